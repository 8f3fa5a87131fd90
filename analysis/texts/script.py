"""Traditional text in simplified script, so that one word is one word whoever wrote it.

OpenCC knows the characters of Hong Kong and the vocabulary of Taiwan apart, so the region picks its conversion.
"""

from __future__ import annotations

from functools import cache

from opencc import OpenCC

CHARACTERS = "t2s"
CONVERSIONS = {"": CHARACTERS, "mainland": CHARACTERS, "hong_kong": "hk2s", "taiwan": "tw2sp"}


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def simplified(text: str, script: str, region: str) -> str:
    """The text in simplified script; Taiwan's general vocabulary becomes the mainland's too (資訊: 信息)."""
    return text if script == "Hans" else _converter(CONVERSIONS[region]).convert(text)


def simplified_characters(text: str, script: str) -> str:
    """The text in simplified characters, its vocabulary as it was: what spellings are counted in."""
    return text if script == "Hans" else _converter(CHARACTERS).convert(text)
