"use strict";

// Strengths in an argument, as in analysis/arguments.py: premises start from their verdicts, linked ones act with
// the weakest of them, and a semantics moves what they lead to from one half.
(window.plays ??= {}).argument = ({ claims, steps, conclusions }, { semantics, transfer, when, supported, refuted, otherwise }) => {
  const bases = { S: supported, R: refuted };
  const passed = transfer === "whole" ? (strength) => strength : (strength) => Math.max(0, 2 * strength - 1);
  const all = (values) => values.reduce((sum, value) => sum + value, 0);
  const joined = (values) => 1 - values.reduce((product, value) => product * (1 - value), 1);
  const rules = {
    df_quad: (base, supports, attacks) => {
      const push = joined(supports) - joined(attacks);
      return push <= 0 ? base + base * push : base + (1 - base) * push;
    },
    quadratic_energy: (base, supports, attacks) => {
      const energy = all(supports) - all(attacks);
      const push = energy ** 2 / (1 + energy ** 2);
      return energy <= 0 ? base - base * push : base + (1 - base) * push;
    },
    euler_based: (base, supports, attacks) => 1 - (1 - base ** 2) / (1 + base * Math.exp(all(supports) - all(attacks))),
  };
  const strength = [];
  claims.forEach((labels, claim) => {
    const leading = steps[claim];
    if (!leading) {
      strength.push(bases[labels[when === "now" ? 1 : 0]] ?? otherwise);
      return;
    }
    const [supports, attacks] = [[], []];
    for (const [attack, ...premises] of leading) {
      (attack ? attacks : supports).push(passed(Math.min(...premises.map((premise) => strength[premise]))));
    }
    strength.push(rules[semantics](0.5, supports, attacks));
  });
  const bars = Object.fromEntries(conclusions.map((claim, place) => [`c${place}`, [strength[claim], strength[claim].toFixed(2)]]));
  const beyond = conclusions.filter((claim) => strength[claim] > 0.5 + 1e-9).length;
  return { answers: { beyond: String(beyond), all: String(conclusions.length) }, bars };
};
