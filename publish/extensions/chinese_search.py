"""Search an English book for Chinese words, in either script.

Sphinx indexes a run of Chinese characters as one word, so no word inside it is found; its Chinese
mode cuts the index into words but not the query. Here index and query are cut the same way, into
single characters and pairs of neighbours, after traditional characters are folded to simplified
ones. A page is found when it holds all pairs of the query. English words keep their stemming.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from opencc import OpenCC
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
PIECES = re.compile(rf"[{HAN}]+|[^\W{HAN}]+")
RUN = re.compile(rf"[{HAN}]+")


@cache
def folding() -> dict[str, str]:
    """Traditional character to simplified character, for every one that OpenCC folds alone."""
    convert = OpenCC("t2s").convert
    pairs = ((character, convert(character)) for character in map(chr, range(0x3400, 0xA000)))
    return {old: new for old, new in pairs if old != new and len(new) == 1}


def split(text: str) -> list[str]:
    """The index terms of `text`: words of other scripts whole, Chinese runs as characters and pairs.

    >>> split("石油 price")
    ['石', '油', '石油', 'price']
    """
    terms: list[str] = []
    for piece in PIECES.findall(text.translate(str.maketrans(folding()))):
        if RUN.fullmatch(piece):
            terms += [*piece, *(piece[i : i + 2] for i in range(len(piece) - 1))]
        else:
            terms.append(piece)
    return terms


# The browser's half. A query of several characters asks for its pairs only: they imply the characters.
SPLITTER = """
const hanFold = new Map(%s);
const hanRun = /[\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff]+/u;
const foldHan = (text) => [...text].map((c) => hanFold.get(c) || c).join("");
var splitQuery = (query) => {
  const terms = [];
  const pieces = /[\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff]+|[\\p{Letter}\\p{Number}_]/u;
  let word = "";
  const endWord = () => { if (word) terms.push(word); word = ""; };
  let run = "";
  const endRun = () => {
    if (run.length === 1) terms.push(run);
    for (let i = 0; i + 1 < run.length; i++) terms.push(run.slice(i, i + 2));
    run = "";
  };
  for (const c of foldHan(query)) {
    if (hanRun.test(c)) { endWord(); run += c; }
    else if (pieces.test(c)) { endRun(); word += c; }
    else { endWord(); endRun(); }
  }
  endWord();
  endRun();
  return terms;
};
"""


class ChineseInEnglish(SearchEnglish):
    """English search that also knows Chinese; `html_search_language` names it by its code."""

    lang = "en-han"
    language_name = "English with Chinese"

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options)
        pairs = json.dumps(sorted(folding().items()), ensure_ascii=False, separators=(",", ":"))
        self.js_splitter_code = SPLITTER % pairs

    def split(self, input: str) -> list[str]:
        return split(input)

    def stem(self, word: str) -> str:
        return word if RUN.match(word) else super().stem(word)

    def word_filter(self, word: str) -> bool:
        return bool(RUN.match(word)) or super().word_filter(word)


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_search_language(ChineseInEnglish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
