"use strict";

// A composite of each side's dependence, as in analysis/methods/composite.py: normalised scores, averaged with the
// reader's weights. A domain without a score under a choice does not enter.
(window.plays ??= {}).composite = ({ scores, scale, domains }, values) => {
  const { normalisation, mean } = values;
  const entering = Object.keys(domains).filter((domain) => scores[normalisation][mean][domain]);
  const weights = entering.map((domain) => values[domain]);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const left = Object.keys(domains).filter((domain) => !entering.includes(domain)).map((domain) => domains[domain]);
  const out = left.length ? `Without a score by this choice: ${left.join(", ")}.` : "";
  if (!(total > 0)) return { answers: { russia: "–", china: "–", more: "No domain has a weight", out }, bars: { RU: [0, "–"], CN: [0, "–"] } };
  const average = (side) => {
    const sum = (score) => entering.reduce((all, domain, place) => all + weights[place] * score(scores[normalisation][mean][domain][side]), 0) / total;
    if (mean === "geometric") return Math.exp(sum(Math.log));
    if (mean === "harmonic") return 1 / sum((value) => 1 / value);
    return sum((value) => value);
  };
  const [russia, china] = [average(0), average(1)];
  const [low, high] = scale[normalisation];
  const words = (value) => value.toFixed(2).replace("-", "−");
  const more = Math.abs(russia - china) < 1e-9 ? "Both depend alike" : `${russia > china ? "Russia" : "China"} is the more dependent side`;
  return {
    answers: { russia: words(russia), china: words(china), more, out },
    bars: { RU: [(russia - low) / (high - low), words(russia)], CN: [(china - low) / (high - low), words(china)] },
  };
};
