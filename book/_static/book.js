"use strict";

// Chromium keeps words that it drew in a stand-in face while a font was on its way. They are drawn anew
// when a font property takes a value it never had, so each arrival turns on a feature that no font has.
let fontArrivals = 0;
document.fonts.addEventListener("loadingdone", () => {
  fontArrivals += 1;
  document.documentElement.style.fontFeatureSettings = `"zz${String(fontArrivals).padStart(2, "0")}" 1`;
});

// Paper is white, whatever the screen shows.
let screenTheme = "";
window.addEventListener("beforeprint", () => {
  screenTheme = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
});
window.addEventListener("afterprint", () => {
  document.documentElement.dataset.theme = screenTheme;
});

// A page opened from a folder may not read other pages, so results come without an excerpt there.
if (window.location.protocol === "file:") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}

// On a page of claims the counts choose what is shown: a press leaves only the claims with that verdict.
document.addEventListener("DOMContentLoaded", () => {
  const claims = [...document.querySelectorAll(".claim[data-verdict]")];
  const counts = [...document.querySelectorAll(".tally-legend li[data-verdict]")];
  if (!claims.length) return;
  let chosen = "";
  const show = (verdict) => {
    chosen = verdict;
    for (const claim of claims) {
      claim.closest("section").hidden = verdict !== "" && claim.dataset.verdict !== verdict;
    }
    for (const count of counts) {
      count.firstChild.setAttribute("aria-pressed", verdict === "" || count.dataset.verdict === verdict);
    }
  };
  for (const count of counts) {
    const button = document.createElement("button");
    button.type = "button";
    button.title = "Show only these; press again to show all";
    button.append(...count.childNodes);
    button.addEventListener("click", () => show(chosen === count.dataset.verdict ? "" : count.dataset.verdict));
    count.append(button);
  }
  window.addEventListener("hashchange", () => show(""));
  show("");
});

// What is wider than its place can be scrolled with the keyboard, and only then is it a stop on the way.
const widths = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    if (target.scrollWidth > target.clientWidth) {
      target.tabIndex = 0;
      target.setAttribute("role", "group");
      target.setAttribute("aria-label", "Table, scrolls sideways");
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
    }
  }
});
const watchTables = (part) => {
  for (const table of part.querySelectorAll(".table-wide")) widths.observe(table);
};
document.addEventListener("DOMContentLoaded", () => watchTables(document));

// A citation gets the address at which it was read, and a button that copies it. A page opened from a folder
// has no address worth citing. Older browsers, and pages without encryption, copy what is selected.
const copied = async (text, place) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    window.getSelection().selectAllChildren(place);
    document.execCommand("copy");
  }
};
const dressCitations = (part) => {
  for (const place of part.querySelectorAll(".citation:not([data-ready])")) {
    place.dataset.ready = "";
    if (place.dataset.address && window.location.protocol !== "file:") {
      place.append(` ${new URL(place.dataset.address, window.location.href).href}`);
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "citation-copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await copied(place.textContent, place);
      button.textContent = "Copied";
    });
    place.after(button);
  }
};
document.addEventListener("DOMContentLoaded", () => dressCitations(document));
