"use strict";

// The reader's own sum over the 12-trillion offer. The same formula as analysis/methods/present_value.py: even
// payments at the end of each year after the delay, each expected with the chance that the deal still stands.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.what-if");
  if (!form) return;
  const { total, gdp } = JSON.parse(form.dataset.settings);
  const inputs = [...form.querySelectorAll("input[type=range]")];

  const worth = ({ years, rate, hazard, deferral, rent }) => {
    const kept = (1 - hazard / 100) / (1 + rate / 100);
    let sum = 0;
    for (let year = deferral + 1; year <= deferral + years; year += 1) sum += kept ** year;
    return (rent / 100) * (total / years) * sum;
  };

  const show = () => {
    const terms = Object.fromEntries(inputs.map((input) => [input.name, Number(input.value)]));
    for (const input of inputs) {
      const output = form.querySelector(`output[for="${input.id}"]`);
      output.value = input.value + output.dataset.unit;
      input.setAttribute("aria-valuetext", output.value);
    }
    const value = worth(terms);
    const answers = {
      worth: (value / 1000).toFixed(2),
      ratio: (value / gdp).toFixed(2),
      lasting: (100 * (1 - terms.hazard / 100) ** (terms.deferral + terms.years)).toFixed(0),
    };
    for (const [name, text] of Object.entries(answers)) {
      form.querySelector(`[data-answer="${name}"]`).textContent = text;
    }
    for (const [name, sum] of Object.entries({ total, worth: value, gdp })) {
      const bar = form.querySelector(`[data-bar="${name}"]`);
      bar.querySelector(".what-if-fill").style.width = `${(100 * sum) / Math.max(total, gdp)}%`;
      bar.querySelector(".what-if-value").textContent = `$${(sum / 1000).toFixed(2)} tn`;
    }
  };

  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => window.setTimeout(show)); // the values return after the event
  form.hidden = false;
  show();
});
