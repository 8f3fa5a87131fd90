"use strict";

// Chromium keeps words that it drew in a stand-in face while a font was on its way. They are drawn anew
// when a font property takes a value it never had, so each arrival turns on a feature that no font has.
let fontArrivals = 0;
document.fonts.addEventListener("loadingdone", () => {
  fontArrivals += 1;
  document.documentElement.style.fontFeatureSettings = `"zz${String(fontArrivals).padStart(2, "0")}" 1`;
});

// A page opened from a folder may not read other pages, so results come without an excerpt there.
if (window.location.protocol === "file:") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}
