"use strict";

// The worth of the 12-trillion offer today, as in analysis/methods/present_value.py: even payments at the end of
// each year after the delay, each expected with the chance that the deal still stands.
(window.plays ??= {}).offer = ({ total, gdp }, { years, rate, hazard, deferral, rent }) => {
  const kept = (1 - hazard / 100) / (1 + rate / 100);
  let sum = 0;
  for (let year = deferral + 1; year <= deferral + years; year += 1) sum += kept ** year;
  const worth = (rent / 100) * (total / years) * sum;
  const bar = (value) => [value / Math.max(total, gdp), `$${(value / 1000).toFixed(2)} tn`];
  return {
    answers: {
      worth: (worth / 1000).toFixed(2),
      ratio: (worth / gdp).toFixed(2),
      lasting: (100 * (1 - hazard / 100) ** (deferral + years)).toFixed(0),
    },
    bars: { total: bar(total), worth: bar(worth), gdp: bar(gdp) },
  };
};
