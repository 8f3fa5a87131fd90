"""The Chinese font is cut into slices: every character in one, what the chapters draw in the first."""

from hypothesis import given
from hypothesis import strategies as st

from publish.fonts import SLICE, slices

TEXT = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=900)


@given(TEXT, TEXT)
def test_every_character_is_in_one_slice(chapter: str, claims: str) -> None:
    cut = slices({"a.html": chapter + "abc", "claims/a.html": claims}, {"a.html"})
    assert sorted("".join(cut)) == sorted(set(chapter + claims))
    assert all(len(part) <= SLICE for part in cut[1:])
    if chapter:
        assert set(cut[0]) == set(chapter)


def test_a_book_without_chinese_has_no_slices() -> None:
    assert slices({"a.html": "only English"}, {"a.html"}) == []


def test_what_stands_on_more_pages_comes_first() -> None:
    common, rare = chr(0x5000), [chr(0x6000 + number) for number in range(SLICE)]
    pages = {f"claims/{name}.html": common for name in "abc"} | {"claims/d.html": "".join(rare)}
    assert slices(pages, set())[0].startswith(common)
