"use strict";

// How much of a lost trade others replaced, as in analysis/methods/substitution_ratio.py: gross, in prices of the
// baseline, or net of what the others (and the sanctioning partners) would have come to at their earlier growth.
(window.plays ??= {}).substitution = (settings, { flow, definition, base, fillers, year }) => {
  const { trade, levels, bases, trend, readings } = settings;
  const partner = trade[flow].ADVANCED;
  const filler = trade[flow][fillers];
  const span = bases[base];
  const mean = (values, scale = () => 1) => span.reduce((sum, one) => sum + values[one] / scale(one), 0) / span.length;
  const real = definition === "real";
  const none = (words) => ({ answers: { lost: "–", gained: "–", share: "–", reads: words }, bars: { lost: [0, "–"], gained: [0, "–"] } });
  if (real && !(year in levels)) return none("no price level is known for this year");
  if (filler[year] == null) return none("no value is known for this year");
  const scale = real ? (one) => levels[one] : () => 1;
  const growth = (values) => (values[trend[1]] / values[trend[0]]) ** (1 / (trend[1] - trend[0])) - 1;
  const passed = year - span.reduce((sum, one) => sum + Number(one), 0) / span.length;
  const both = definition === "both_trends";
  const grown = (values, wanted) => mean(values, scale) * (wanted ? (1 + growth(values)) ** passed : 1);
  const lost = grown(partner, both) - partner[year] / scale(year);
  const gained = filler[year] / scale(year) - grown(filler, both || definition === "others_trend");
  const money = (value) => `${value < 0 ? "−" : ""}$${Math.abs(value / 1000).toFixed(1)} bn`;
  const longest = Math.max(Math.abs(lost), Math.abs(gained));
  const share = (100 * gained) / lost;
  const compare = { ">": (limit) => share > limit, ">=": (limit) => share >= limit, "<": (limit) => share < limit, "<=": (limit) => share <= limit };
  const reading = readings.find(({ sign, limit }) => compare[sign](limit));
  return {
    answers: {
      lost: lost > 0 ? money(lost) : "nothing",
      gained: money(gained),
      share: lost > 0 ? `${share.toFixed(0).replace("-", "−")} %` : "–",
      reads: lost > 0 ? (reading ? reading.words : settings.otherwise) : "nothing was lost",
    },
    bars: { lost: [lost / longest, money(lost)], gained: [gained / longest, money(gained)] },
  };
};
