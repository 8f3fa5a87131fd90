"""Chinese passages get the lang attribute of their script, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.chinese import language, marked, passages


@pytest.mark.parametrize(
    ("text", "lang"), [("俄羅斯", "zh-Hant"), ("俄罗斯", "zh-Hans"), ("中文", "zh"), ("无线電視臺", "zh-Hant")]
)
def test_the_script_is_told_by_characters_that_only_one_has(text: str, lang: str) -> None:
    assert language(text) == lang


def test_a_passage_keeps_its_digits_and_marks_and_ends_with_its_last_character() -> None:
    assert passages("In 2025 said 「2025年12月，中俄會談」 (CIPS)") == [
        ("In 2025 said ", ""),
        ("「2025年12月，中俄會談」", "zh-Hant"),
        (" (CIPS)", ""),
    ]


def test_text_between_tags_is_marked_once_and_attributes_are_left() -> None:
    html = '<p title="俄羅斯">俄羅斯 and <b>more</b></p><p lang="zh-Hans">俄罗斯</p><script>"俄"</script>'
    assert marked(html) == (
        '<p title="俄羅斯"><span lang="zh-Hant">俄羅斯</span> and <b>more</b></p>'
        '<p lang="zh-Hans">俄罗斯</p><script>"俄"</script>'
    )
    assert marked("a &lt; b") == "a &lt; b"


@given(st.text(alphabet="a1 &，。俄羅斯罗", max_size=20))
def test_nothing_is_lost(text: str) -> None:
    assert "".join(piece for piece, _ in passages(text)) == text
    assert marked(text).count("<span") == sum(bool(lang) for _, lang in passages(text))
