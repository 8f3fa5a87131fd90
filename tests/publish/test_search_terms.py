"""How text is cut for the search index."""

from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from publish.chinese import folding, regional
from publish.extensions import chinese_search
from publish.extensions.chinese_search import ChineseInEnglish

NAMES = regional([("川普", "特朗普"), ("晶片", "芯片"), ("微晶片", "芯片")])


def split(text: str) -> list[str]:
    return chinese_search.split(text, NAMES)


def test_chinese_runs_give_characters_and_pairs_and_words_stay_whole() -> None:
    assert split("石油價格 oil-price 2024年") == ["石", "油", "价", "格", "石油", "油价", "价格", "oil", "price", "2024", "年"]


def test_a_number_is_one_term_and_does_not_look_like_one_to_the_search() -> None:
    assert split("36.5 % of 1,729 or 1729 in 2024, Q4, 49 and 3rd") == ["36.5", "of", "1729.", "or", "1729.", "in", "2024", "Q4", "49", "and", "3rd"]


def test_both_scripts_give_the_same_terms() -> None:
    simplified = "次级制裁使结算变难"
    assert split(OpenCC("s2t").convert(simplified)) == split(simplified)


def test_a_regional_name_gives_the_terms_of_both_forms_and_changes_no_other_text() -> None:
    assert {"川普", "川", "特朗", "朗普"} <= set(split("川普與石油"))
    assert {"微晶", "晶片", "芯片"} <= set(split("微晶片"))
    assert split("石油價格") == chinese_search.split("石油價格", {})


@given(st.text(alphabet="制裁石油俄中美價格級", min_size=1, max_size=12))
def test_every_pair_of_neighbours_can_be_asked_for(run: str) -> None:
    folded = "".join(folding().get(character, character) for character in run)
    assert {folded[i : i + 2] for i in range(len(folded) - 1)} | set(folded) == set(split(run))


def test_english_words_are_stemmed_and_chinese_is_left_alone() -> None:
    language = ChineseInEnglish({})
    assert language.stem("sanctions") == language.stem("sanctioned")
    assert language.stem("制裁") == "制裁"
    assert language.word_filter("油")
    assert not language.word_filter("the")


def test_the_browser_gets_the_folding_whole() -> None:
    code = ChineseInEnglish({"names": NAMES}).js_splitter_code
    assert '["貿","贸"]' in code
    assert '[["微晶片","芯片"],["川普","特朗普"],["晶片","芯片"]]' in code
    assert "%s" not in code
