"use strict";

// What every picture to play with shares: it reads the controls, asks the sum of its kind, and shows the answer.
// Each kind adds itself to `plays`: a function of the settings from the tables and of the reader's values that
// gives words by answer and, by bar, the part of the full length with its words.
window.plays ??= {};

document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-play]")) {
    const settings = JSON.parse(form.dataset.settings);
    const controls = [...form.elements].filter((element) => element.name);

    const show = () => {
      const values = {};
      for (const control of controls) {
        values[control.name] = control.type === "range" ? Number(control.value) : control.value;
        const output = form.querySelector(`output[for="${control.id}"]`);
        if (!output) continue;
        output.value = control.value + output.dataset.unit;
        control.setAttribute("aria-valuetext", output.value);
      }
      const { answers, bars } = window.plays[form.dataset.play](settings, values);
      for (const [name, words] of Object.entries(answers)) {
        form.querySelector(`[data-answer="${name}"]`).textContent = words;
      }
      for (const [name, [part, words]] of Object.entries(bars)) {
        const bar = form.querySelector(`[data-bar="${name}"]`);
        bar.querySelector(".what-if-fill").style.width = `${100 * Math.min(Math.max(part, 0), 1)}%`;
        bar.querySelector(".what-if-value").textContent = words;
      }
    };

    form.addEventListener("input", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => window.setTimeout(show)); // the values return after the event
    form.hidden = false;
    show();
  }
});
