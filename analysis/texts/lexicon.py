"""The words that this project adds to the segmenter's dictionary, and the spellings that are one name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from analysis.package import Tables

# jieba's tags of proper names: person, place, organisation, other.
TAGS = {"person": "nr", "place": "ns", "organisation": "nt", "thing": "nz"}


@dataclass(frozen=True)
class Lexicon:
    """User words with their tags, and variants with the common form that stands for them.

    `names` pairs a variant with its common form, `words` a word with its part of speech; both hold common
    forms too; `parted` holds entries of the dictionary that are never one word. It is a value: equal lexicons
    segment alike, in any process.
    """

    names: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    parted: tuple[str, ...] = ()

    @cached_property
    def common(self) -> dict[str, str]:
        """The common form of every variant."""
        return dict(self.names)

    @cached_property
    def tags(self) -> dict[str, str]:
        """The part of speech of every word of one's own."""
        return dict(self.words)


def lexicon(tables: Tables) -> Lexicon:
    """The lexicon of tables `lexicon-names` and `lexicon-words`; a variant of kind `word` has its word's own tag."""
    names = tables["lexicon-names"].to_dict("records")
    own = tables["lexicon-words"].to_dict("records")
    words = {row["word"]: row["pos"] for row in own if row["whole"] == "yes"}
    for row in names:
        if tag := TAGS.get(row["kind"]):
            words[row["name_zh"]] = tag
    pairs = {row["variant"]: row["name_zh"] for row in names}
    parted = sorted(row["word"] for row in own if row["whole"] == "no")
    return Lexicon(tuple(sorted(pairs.items())), tuple(sorted(words.items())), tuple(parted))
