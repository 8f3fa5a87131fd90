"""Search an English book for Chinese words, in either script.

Sphinx indexes a run of Chinese characters as one word, so no word inside it is found; its Chinese
mode cuts the index into words but not the query. Here index and query are cut the same way, into
single characters and pairs of neighbours, after traditional characters are folded to simplified
ones. A page is found when it holds all pairs of the query. English words keep their stemming.

Names that another region writes otherwise (川普, 特朗普) are in the index in their common form too, and the query
asks for that one: `html_search_options` holds them as `names`.

Sphinx drops numbers from queries and cuts them at their point. Here 36.5 is one word, and so is 1729, which gets
a point at its end so that it does not look like a number; years and numbers under 100 are left as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

from publish.chinese import HAN, folding, searched

PIECES = re.compile(rf"[{HAN}]+|\d+(?:[.,]\d+)*(?![^\W{HAN}])|[^\W{HAN}]+")
NUMBER = re.compile(r"\d[\d.,]*")
PLAIN = re.compile(r"\d{1,2}|(?:19|20)\d\d")
RUN = re.compile(rf"[{HAN}]+")


def split(text: str, names: Mapping[str, str]) -> list[str]:
    """The index terms of `text`: words of other scripts whole, Chinese runs as characters and pairs.

    >>> split("石油 price 36.5萬 of 1,729 in 2024", {})
    ['石', '油', '石油', 'price', '36.5', '万', 'of', '1729.', 'in', '2024']
    """
    terms: list[str] = []
    for piece in PIECES.findall(searched(text, names)):
        if RUN.fullmatch(piece):
            terms += [*piece, *(piece[i : i + 2] for i in range(len(piece) - 1))]
        elif NUMBER.fullmatch(piece):
            number = piece.replace(",", "")
            terms.append(number if "." in number or PLAIN.fullmatch(number) else f"{number}.")
        else:
            terms.append(piece)
    return terms


# The browser's half. A query of several characters asks for its pairs only: they imply the characters.
# The excerpt is looked up in folded text, so that a simplified query shows the traditional place it found.
SPLITTER = """
const hanFold = new Map(%s);
const foldHan = (text) => [...text].map((c) => hanFold.get(c) || c).join("");
const hanNames = new Map(%s);
const hanName = new RegExp([...hanNames.keys()].join("|") || "$^", "gu");
const commonHan = (text) => text.replace(hanName, (name) => hanNames.get(name));
const hanRun = /^[\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff]+$/u;
const searchNumber = (piece) => {
  const number = piece.replace(/,/g, "");
  return number.includes(".") || /^(?:\\d{1,2}|(?:19|20)\\d\\d)$/.test(number) ? number : `${number}.`;
};
const searchPieces = /[\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff]+|\\d+(?:[.,]\\d+)*(?!(?![\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff])[\\p{Letter}\\p{Number}_])|(?:(?![\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff])[\\p{Letter}\\p{Number}_])+/gu;
var splitQuery = (query) => {
  const terms = [];
  for (const [piece] of commonHan(foldHan(query)).matchAll(searchPieces)) {
    if (/^\\d[\\d.,]*$/.test(piece)) terms.push(searchNumber(piece));
    else if (piece.length === 1 || !hanRun.test(piece)) terms.push(piece);
    else for (let i = 0; i + 1 < piece.length; i++) terms.push(piece.slice(i, i + 2));
  }
  return terms;
};
const foldedExcerpt = (page, keywords, anchor) => {
  const text = Search.htmlToText(page, anchor).replace(/\\s+/g, " ");
  if (!text) return null;
  const folded = foldHan(text).toLowerCase();
  const query = foldHan(new URLSearchParams(window.location.search).get("q") || "").trim().toLowerCase();
  const otherwise = [...hanNames].filter(([, form]) => query.includes(form)).map(([name]) => name);
  const found = [query, ...keywords, ...otherwise].find((word) => word && folded.includes(word.toLowerCase())) || "";
  const place = found ? folded.indexOf(found.toLowerCase()) : 0;
  const start = Math.max(place - 80, 0);
  const excerpt = document.createElement("p");
  excerpt.className = "context";
  const mark = document.createElement("mark");
  mark.textContent = text.slice(place, place + found.length);
  excerpt.append((start ? "…" : "") + text.slice(start, place), mark, text.slice(place + found.length, place + 160) + "…");
  return excerpt;
};
document.addEventListener("DOMContentLoaded", () => { Search.makeSearchSummary = foldedExcerpt; });
// The theme writes a heading that it found as markup; the index holds headings as text.
if (typeof Search !== "undefined") {
  const setIndex = Search.setIndex;
  const asMarkup = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  Search.setIndex = (index) => {
    const headings = Object.entries(index.alltitles).map(([title, places]) => [asMarkup(title), places]);
    setIndex.call(Search, { ...index, alltitles: Object.fromEntries(headings) });
  };
}
"""


class ChineseInEnglish(SearchEnglish):
    """English search that also knows Chinese; `html_search_language` names it by its code."""

    lang = "en-han"
    language_name = "English with Chinese"

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__(options)
        self._stem = cache(super().stem)
        self._names: Mapping[str, str] = options.get("names", {})
        pairs = (sorted(folding().items()), list(self._names.items()))
        self.js_splitter_code = SPLITTER % tuple(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in pairs)

    def split(self, input: str) -> list[str]:
        return split(input, self._names)

    def stem(self, word: str) -> str:
        return word if RUN.match(word) else self._stem(word)

    def word_filter(self, word: str) -> bool:
        return bool(RUN.match(word)) or super().word_filter(word)


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_search_language(ChineseInEnglish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
