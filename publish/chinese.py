"""Chinese text in pages: which characters it is made of, which script it is in, and its lang attribute."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from opencc import OpenCC

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Chinese characters and the punctuation that is set with them.
WIDE = f"{HAN}\u2e80-\u2fdf\u3000-\u303f\u31c0-\u31ef\ufe30-\ufe4f\uff00-\uffef"
# From one wide character to another, with the digits, letters and marks that stand between without a space.
PASSAGE = re.compile(rf"[{WIDE}](?:[{WIDE}]|[^{WIDE}\s]{{1,12}}(?=[{WIDE}]))*")

# A tag, or the start, and the text up to the next one.
TEXT = re.compile(r"(<[^<>]*>|^)([^<>]+)")


@cache
def folding() -> dict[str, str]:
    """Traditional character to simplified character, for every one that OpenCC folds alone."""
    return _changed("t2s")


def folded(text: str) -> str:
    """`text` with every traditional character folded to its simplified one, so that either script finds it.

    >>> folded("人民幣")
    '人民币'
    """
    return "".join(folding().get(character, character) for character in text)


def regional(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of pairs of a name and its common form, both in simplified characters, those that part one region from another.

    The longest stands first, so that no part of it is taken before it. Left out are names that are alike or part of one
    another, which a search finds anyhow, and single characters.

    >>> regional([("川普", "特朗普"), ("沙特", "沙特阿拉伯"), ("著", "着"), ("王毅", "王毅")])
    {'川普': '特朗普'}
    """
    whole = re.compile(f"[{HAN}]{{2,}}")
    kept = {name: form for name, form in names if whole.fullmatch(name) and name not in form and form not in name}
    return dict(sorted(kept.items(), key=lambda pair: (-len(pair[0]), pair)))


def common(text: str, names: Mapping[str, str]) -> str:
    """`text`, in simplified characters, with each of these names, as `regional` gives them, in its common form.

    >>> common("川普与微晶片", {"微晶片": "芯片", "川普": "特朗普", "晶片": "芯片"})
    '特朗普与芯片'
    """
    return re.sub("|".join(names), lambda found: names[found[0]], text) if names else text


def searched(text: str, names: Mapping[str, str]) -> str:
    """What a search reads of `text`: folded, and once more with names in their common form where that is another."""
    own = folded(text)
    other = common(own, names)
    return own if own == other else f"{own} {other}"


@cache
def _unfolding() -> dict[str, str]:
    return _changed("s2t")


def _changed(conversion: str) -> dict[str, str]:
    convert = OpenCC(conversion).convert
    pairs = ((character, convert(character)) for character in map(chr, range(0x3400, 0xA000)))
    return {old: new for old, new in pairs if old != new and len(new) == 1}


def language(text: str) -> str:
    """The lang attribute of Chinese text: zh-Hant or zh-Hans by the characters only one of them has, else zh."""
    traditional = sum(character in folding() for character in text)
    simplified = sum(character in _unfolding() for character in text)
    if traditional == simplified:
        return "zh"
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def passages(text: str) -> list[tuple[str, str]]:
    """`text` cut into pieces with their lang attribute, empty for what is not Chinese.

    >>> passages("HK01 (香港01)")
    [('HK01 (', ''), ('香港', 'zh'), ('01)', '')]
    """
    pieces: list[tuple[str, str]] = []
    end = 0
    for match in PASSAGE.finditer(text):
        if not re.search(f"[{HAN}]", match[0]):
            continue
        pieces += [(text[end : match.start()], ""), (match[0], language(match[0]))]
        end = match.end()
    return [piece for piece in [*pieces, (text[end:], "")] if piece[0]]


def marked(html: str) -> str:
    """Markup with a lang attribute around each Chinese passage that does not stand right inside one."""

    def mark(match: re.Match[str]) -> str:
        tag, text = match.groups()
        if " lang=" in tag or tag.startswith(("<script", "<style", "<!--")):
            return match[0]
        return tag + "".join(f'<span lang="{lang}">{piece}</span>' if lang else piece for piece, lang in passages(text))

    return TEXT.sub(mark, html)
