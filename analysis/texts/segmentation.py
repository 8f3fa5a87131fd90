"""Chinese text cut into words with their parts of speech, by jieba's dictionary and the project's own words.

jieba's model for words outside its dictionary is off (HMM=False): it guesses names anew from each neighbourhood
(half of one name with half of the next word), while a dictionary cuts a word alike everywhere, and whatever was
missing is a row of the lexicon that can be read and corrected. The dictionary is checked by its hash, since
its frequencies decide every cut.
"""

from __future__ import annotations

import hashlib
import logging
from functools import cache
from typing import NamedTuple

import jieba
import jieba.posseg

from analysis import paths
from analysis.errors import InputError
from analysis.texts.lexicon import Lexicon
from analysis.texts.reading import HAN

DICTIONARY = "7197c3211ddd98962b036cdf40324d1ea2bfaa12bd028e68faa70111a88e12a8"  # of jieba 0.42.1


class Word(NamedTuple):
    """A word and its part of speech, in jieba's tags."""

    token: str
    pos: str


def checked_dictionary(tokenizer: jieba.Tokenizer, expected: str = DICTIONARY) -> None:
    """InputError, showing both hashes, when the segmenter's dictionary is another than the tables were made with."""
    with tokenizer.get_dict_file() as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    if digest != expected:
        raise InputError(
            f"jieba's dictionary has SHA-256 {digest}, and the tables were made with {expected}; "
            "install the version that requirements.txt pins"
        )


def _frequency(tokenizer: jieba.Tokenizer, word: str) -> int:
    """A word's frequency: the dictionary's where it keeps the word whole, otherwise twice what jieba suggests.

    The suggestion beats the word's parts by so little that rounding would decide.
    """
    suggested = int(tokenizer.suggest_freq(word))
    return suggested if suggested == tokenizer.FREQ.get(word) else 2 * suggested


class Segmenter:
    """A segmenter with a lexicon of its own; two of them share nothing."""

    def __init__(self, lexicon: Lexicon) -> None:
        jieba.setLogLevel(logging.ERROR)
        tokenizer = jieba.Tokenizer()
        checked_dictionary(tokenizer)
        folder = paths.BUILD / "jieba"
        folder.mkdir(parents=True, exist_ok=True)
        # A cache of this project's own: the one in the temporary folder belongs to whoever wrote it last.
        tokenizer.tmp_dir, tokenizer.cache_file = str(folder), f"{DICTIONARY[:16]}.cache"
        tokenizer.initialize()
        self._common = lexicon.common
        self._own = {**dict.fromkeys([*lexicon.common, *lexicon.common.values()]), **lexicon.tags}
        for word in lexicon.parted:
            tokenizer.del_word(word)
        # Shorter words first: a longer one is then given a frequency that beats them, so the longest is kept.
        for word in sorted(self._own, key=lambda word: (len(word), word)):
            tokenizer.add_word(word, _frequency(tokenizer, word), self._own[word])
        # jieba adds to the total without taking off what a word had, and every cut depends on the total.
        tokenizer.total = sum(tokenizer.FREQ.values())
        self.frequencies: dict[str, int] = {word: tokenizer.FREQ[word] for word in self._own}
        self._cut = jieba.posseg.POSTokenizer(tokenizer)
        self._tag = {**self._cut.word_tag_tab, **lexicon.tags}

    def spellings(self, text: str) -> list[str]:
        """The words of a simplified text as they are spelled: whatever holds a Chinese character, or is one's own."""
        tokens = (pair.word for pair in self._cut.cut(text, HMM=False))
        return [token for token in tokens if token in self._own or HAN.search(token)]

    def words(self, text: str) -> list[Word]:
        """The words of a simplified text, each variant as its common form.

        Variants are whole words before they are replaced, so a name's characters inside other words stay
        (川普 is a spelling of 特朗普, but not in 四川普通话).
        """
        tokens = (self._common.get(token, token) for token in self.spellings(text))
        return [Word(token, self._tag.get(token, "x")) for token in tokens]


@cache
def segmenter(lexicon: Lexicon) -> Segmenter:
    """The segmenter of a lexicon, made once a process."""
    return Segmenter(lexicon)
