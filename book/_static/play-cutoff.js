"use strict";

// What losing a supplier costs, as in analysis/methods/cutoff_loss.py: 1 − (1 − w)^(1 / (σ − 1)). China's ease of
// replacing, σ − 1, is Russia's over the factor by which China finds it harder.
(window.plays ??= {}).cutoff = ({ shares }, { goods, sigma, harder }) => {
  const loss = (share, ease) => -100 * Math.expm1(Math.log1p(-share) / ease);
  const [russia, china] = [loss(shares[goods].RU, sigma - 1), loss(shares[goods].CN, (sigma - 1) / harder)];
  const percent = (value) => `${value.toFixed(1)} %`;
  const more = Math.abs(russia - china) < 0.05 ? "Both lose alike" : russia > china ? "Russia loses more" : "China loses more";
  return {
    answers: { russia: percent(russia), china: percent(china), more },
    bars: { RU: [russia / 100, percent(russia)], CN: [china / 100, percent(china)] },
  };
};
