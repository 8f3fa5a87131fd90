"""How text is cut into words: names, user words, scripts, and a second program that cuts alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jieba
import pytest
import rjieba
from hypothesis import given
from hypothesis import strategies as st

from analysis import paths, tables
from analysis.errors import InputError
from analysis.texts import reading
from analysis.texts.lexicon import Lexicon, lexicon
from analysis.texts.script import simplified, simplified_characters
from analysis.texts.segmentation import Segmenter, Word, checked_dictionary, segmenter

NAMES = (("川普", "特朗普"), ("普丁", "普京"))
LEXICON = Lexicon(NAMES, (("影子舰队", "n"), ("普京", "nr"), ("泽连斯基", "nr"), ("特朗普", "nr")), ("中俄关系",))


def tokens(text: str) -> list[str]:
    return [word.token for word in segmenter(LEXICON).words(text)]


@pytest.fixture(scope="module")
def own() -> Lexicon:
    return lexicon(tables.load())


def test_a_variant_counts_as_its_common_form_with_its_tag() -> None:
    words = segmenter(LEXICON).words("川普会见普丁")
    assert words[0] == Word("特朗普", "nr") and words[-1] == Word("普京", "nr")


@pytest.mark.parametrize(
    "text, kept", [("他讲四川普通话", "四川"), ("四川普遍下雨", "普遍")]
)
def test_a_variant_inside_other_words_is_left_alone(text: str, kept: str) -> None:
    found = tokens(text)
    assert kept in found and "特朗普" not in found


def test_a_variant_before_a_word_that_begins_like_its_end_is_still_found() -> None:
    assert tokens("川普通过了法案")[:2] == ["特朗普", "通过"]


def test_user_words_stay_whole_and_taken_out_entries_are_cut() -> None:
    assert "影子舰队" in tokens("打击影子舰队的运输")
    assert "泽连斯基" in tokens("同泽连斯基会谈")
    assert "中俄关系" in [word for word in jieba.cut("中俄关系", HMM=False)]
    assert tokens("中俄关系")[-1] == "关系"


def test_only_chinese_words_and_ones_own_are_counted() -> None:
    own = Lexicon((), (("SWIFT", "nz"),))
    assert [word.token for word in Segmenter(own).words("2024年,Club退出SWIFT(见https://a.b)。")] == [
        "年", "退出", "SWIFT", "见",
    ]  # fmt: skip


def test_two_lexicons_share_nothing() -> None:
    plain = Segmenter(Lexicon((), ()))
    assert "影子舰队" not in [word.token for word in plain.words("影子舰队")]


@pytest.mark.parametrize(
    "region, text, expected",
    [
        ("taiwan", "資訊與晶片", "信息与芯片"),
        ("taiwan", "沙烏地阿拉伯", "沙特阿拉伯"),
        ("hong_kong", "資訊與晶片", "资讯与晶片"),
        ("mainland", "資訊與晶片", "资讯与晶片"),
        ("", "臺灣學者", "台湾学者"),
    ],
)
def test_the_region_picks_the_conversion(region: str, text: str, expected: str) -> None:
    assert simplified(text, "Hant", region) == expected


def test_simplified_text_is_left_as_it_is_and_spellings_keep_their_vocabulary() -> None:
    assert simplified("资讯", "Hans", "taiwan") == "资讯"
    assert simplified_characters("沙烏地阿拉伯", "Hant") == "沙乌地阿拉伯"


def test_another_dictionary_is_refused_with_both_hashes() -> None:
    with pytest.raises(InputError, match=r"7197c3211ddd.* 0{64}"):
        checked_dictionary(jieba.Tokenizer(), "0" * 64)


@cache
def peer(words: Lexicon) -> rjieba.Jieba:
    """The second program with the same words and frequencies."""
    other = rjieba.Jieba()
    for word, frequency in segmenter(words).frequencies.items():
        other.add_word(word, frequency, words.tags.get(word))
    for word in words.parted:
        other.add_word(word, 0, None)
    return other


def spelled(other: rjieba.Jieba, words: Lexicon, text: str) -> list[str]:
    own = {*words.common, *words.common.values(), *words.tags}
    return [token for token in other.cut(text, hmm=False) if token in own or reading.HAN.search(token)]


@given(st.lists(st.sampled_from("川普 通过 四川 普通话 普丁 影子 舰队 的 俄 美 制裁 , 。 2024 泽连斯基 对 会谈 中俄".split())))
def test_a_second_program_cuts_alike(parts: list[str]) -> None:
    text = "".join(parts)
    whole = Lexicon(LEXICON.names, LEXICON.words)
    assert segmenter(whole).spellings(text) == spelled(peer(whole), whole, text)


def test_a_second_program_cuts_the_articles_alike(texts: Path, own: Lexicon) -> None:
    known = reading.articles(tables.load()["articles"])
    other, compared = peer(own), 0
    for article_id, path in reading.find(texts, known).items():
        article = known[article_id]
        for paragraph in reading.paragraphs(reading.read(path, article)):
            text = simplified(paragraph, article.script, article.region)
            assert segmenter(own).spellings(text) == spelled(other, own, text)
            compared += len(text)
    assert compared > 0


def test_no_variant_is_left_in_the_committed_counts(own: Lexicon) -> None:
    counted = set(tables.load()["tokens"]["token"])
    assert counted, paths.DATA
    assert not {variant for variant, name in own.names if variant != name} & counted
