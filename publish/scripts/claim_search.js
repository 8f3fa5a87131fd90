"use strict";

// Before the pages that were found, the claims that hold every word of the query: these are what most readers look for,
// and a page of claims has hundreds. Words are cut and folded as for the pages; a number is found whole, with its signs
// or without, and a word in any form that begins like it.
document.addEventListener("DOMContentLoaded", () => {
  const SHOWN = 12;
  const query = (new URLSearchParams(window.location.search).get("q") || "").trim();
  const place = document.getElementById("search-results");
  const { claims, chips } = window.claimSearch;
  const ready = (text) => foldHan(text).toLowerCase().replace(/(\d),(?=\d{3})/g, "$1");
  const both = (text) => `${text} ${commonHan(text)}`; // as it is written, and with names in their common form
  const sign = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const every = commonHan(ready(query)).match(/[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|\d+(?:\.\d+)*|[\p{Letter}\p{Number}_]+/gu) || [];
  const pieces = every.filter((piece) => every.length === 1 || !/^[a-z]$/.test(piece)); // not the s of China’s
  const tests = pieces.map((piece) => {
    if (/^\d/.test(piece)) return new RegExp(`(?<!\\d|\\d\\.)${sign(piece)}(?!\\d|\\.\\d)`);
    if (hanRun.test(piece)) return new RegExp(piece);
    return new RegExp(`(?<![\\p{Letter}\\p{Number}])${sign(piece.length > 3 ? piece.replace(/(?:ies|es|y|s)$/, "") : piece)}`, "u");
  });
  if (!place || !tests.length) return;
  const found = claims.filter(([id, , short, english, chinese]) => {
    const text = both(ready(`${short} ${english} ${chinese}`));
    return id === query || tests.every((test) => test.test(text));
  });
  const box = document.createElement("section");
  box.id = "claim-results";
  const told = document.createElement("p");
  told.textContent = found.length === 1 ? "1 claim holds these words." : `${found.length || "No"} claims hold these words.`;
  box.append(told);
  const list = document.createElement("ul");
  for (const [id, address, short, english, , then, now] of found.slice(0, SHOWN)) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = address;
    link.textContent = short;
    const code = document.createElement("code");
    code.textContent = id;
    const verdicts = document.createElement("span");
    verdicts.className = "verdict-now";
    verdicts.innerHTML = `${chips[then][0]} → ${chips[now][1]}`; // of the build's own making
    const statement = document.createElement("p");
    statement.className = "context";
    statement.textContent = english;
    item.append(link, " ", code, " ", verdicts, statement);
    list.append(item);
  }
  box.append(list);
  if (found.length > SHOWN) {
    const all = document.createElement("a");
    all.href = `explorer.html#${new URLSearchParams({ words: query })}`;
    all.textContent = "All of them, to filter and sort";
    box.append(all);
  }
  place.before(box);
});
