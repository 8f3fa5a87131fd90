"""The command `extract`: what it counts, what it refuses, and that many processes make the same bytes as one."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import invented
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import paths
from analysis.cli import WRONG_INPUT, main
from analysis.texts.sections import sections

TEXT = "普丁與川普會談。\n\n中俄關係推著雙方前進,普京表示歡迎。\nReuters: https://example.org\n來源:路透社\n"


def extract(data: Path, texts: Path, *options: str) -> int:
    return main(["--data", str(data), "extract", str(texts), *options])


def written(folder: Path, texts: dict[str, str], **article: str) -> tuple[Path, Path]:
    data, held = invented.write(folder, texts, **article)
    assert extract(data, held, "--write") == 0
    return data, held


def test_words_are_counted_by_section_with_names_in_their_common_form(tmp_path: Path) -> None:
    data, _ = written(tmp_path, {"a": TEXT}, script="Hant", region="taiwan")
    assert invented.counts(data)["a", "1", "普京", "nr"] == 2
    found = invented.words(data)
    assert found["特朗普"] == 1 and found["着"] == 1
    assert not {"普丁", "川普", "著", "中俄关系", "Reuters", "路透社"} & set(found)


def test_spellings_are_counted_before_they_become_one(tmp_path: Path) -> None:
    data, _ = written(tmp_path, {"a": TEXT}, script="Hant", region="taiwan")
    assert invented.counts(data, "variants") == {
        ("a", "川普"): 1, ("a", "普丁"): 1, ("a", "普京"): 1, ("a", "著"): 1,
    }  # fmt: skip


def test_what_was_written_is_reproduced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, held = written(tmp_path, {"a": TEXT, "b": "制裁。"})
    capsys.readouterr()
    assert extract(data, held) == 0
    rows = len(invented.counts(data))
    assert f"reproduces the committed table tokens: {rows} rows" in capsys.readouterr().out


def test_a_changed_text_is_refused_with_both_hashes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, held = written(tmp_path, {"a": TEXT, "b": "制裁。"})
    before = (data / "tokens.csv").read_bytes()
    (held / "a.txt").write_bytes(TEXT.replace("歡迎", "反對").encode())
    capsys.readouterr()
    for options in ([], ["--write"]):
        assert extract(data, held, *options) == WRONG_INPUT
        out, err = capsys.readouterr()
        assert out == "" and "Traceback" not in err and "a.txt" in err
        for text in (TEXT, TEXT.replace("歡迎", "反對")):
            assert hashlib.sha256(text.encode()).hexdigest() in err
    assert (data / "tokens.csv").read_bytes() == before
    assert not list(data.glob("*.new"))


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("普京,nr,2", "普京,nr,3", "普京, nr: the table has 3, the text 2"),
        ("a,1,普京,nr,2\n", "", "普京, nr: the table has no such row, the text 2"),
        ("a,1,普京,nr,2\n", "a,1,普京,nr,2\na,1,普遍,n,1\n", "普遍, n: the table has 1, the text no such row"),
        ("\na,", "\nb,", "the table has no such row"),
    ],
)
def test_a_table_that_differs_is_named_by_its_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    data, held = written(tmp_path, {"a": TEXT})
    table = data / "tokens.csv"
    assert old in table.read_text("utf-8")
    table.write_text(table.read_text("utf-8").replace(old, new), "utf-8")
    assert extract(data, held) == WRONG_INPUT
    assert said in capsys.readouterr().err


def test_many_differences_are_counted_and_only_the_first_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, held = written(tmp_path, {"a": TEXT})
    rows = len(invented.counts(data))
    (data / "tokens.csv").write_text("article_id,section,token,pos,count\n", "utf-8")
    assert extract(data, held) == WRONG_INPUT
    err = capsys.readouterr().err
    assert f"{rows} rows differ" in err and f"{rows - 10} more" in err and err.count("tokens.csv,") == 10


def test_articles_without_a_text_keep_their_rows_and_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, held = written(tmp_path, {"a": "制裁。", "b": "贸易。", "c": "石油。"})
    before = (data / "tokens.csv").read_bytes()
    (held / "a.txt").unlink()
    (held / "c.txt").unlink()
    capsys.readouterr()
    assert extract(data, held) == 0 and extract(data, held, "--write") == 0
    assert "no text of a, c" in capsys.readouterr().out
    assert (data / "tokens.csv").read_bytes() == before


def test_what_is_no_text_of_the_tables_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, held = invented.write(tmp_path, {"a": "制裁。"})
    assert extract(data, held / "nowhere") == WRONG_INPUT
    assert "no such folder" in capsys.readouterr().err
    (held / "z.txt").write_text("制裁。", "utf-8")
    assert extract(data, held) == WRONG_INPUT
    assert "no row 'z'" in capsys.readouterr().err
    (held / "z.txt").unlink()
    (held / "a.txt").unlink()
    assert extract(data, held) == WRONG_INPUT
    assert "holds no text" in capsys.readouterr().err


def test_a_text_without_a_chinese_word_yields_no_row(tmp_path: Path) -> None:
    data, held = written(tmp_path, {"a": "", "b": "Only this.\n"})
    assert invented.counts(data) == {} and extract(data, held) == 0


def test_many_processes_make_the_same_bytes_and_show_how_far_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, words = random.Random(8), "普京 制裁 贸易 石油 影子舰队 欧洲 。 ，\n".split(" ")
    texts = {f"a{number}": "".join(chance.choices(words, k=300)) for number in range(24)}
    serial, held = invented.write(tmp_path / "one", texts)
    parallel, _ = invented.write(tmp_path / "two", texts)
    assert extract(serial, held, "--write", "--jobs", "1") == 0
    assert extract(parallel, held, "--write", "--jobs", "2") == 0
    assert "24/24" in capsys.readouterr().err
    for name in ("tokens.csv", "variants.csv"):
        assert (serial / name).read_bytes() == (parallel / name).read_bytes()
    assert extract(parallel, held, "--jobs", "2") == 0


def test_few_texts_show_no_bar(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, {"a": "制裁。"})
    assert capsys.readouterr().err == ""


@given(st.lists(st.lists(st.integers(), max_size=40), max_size=30), st.integers(1, 60))
def test_sections_are_long_runs_of_whole_paragraphs(paragraphs: list[list[int]], least: int) -> None:
    found = sections(paragraphs, least)
    words = [word for paragraph in paragraphs for word in paragraph]
    assert [word for section in found for word in section] == words
    assert all(len(section) >= least for section in found) or len(found) == 1
    ends = {0}
    for paragraph in paragraphs:
        ends.add(max(ends) + len(paragraph))
    place = 0
    for section in found:
        place += len(section)
        assert place in ends


def test_the_articles_reproduce_the_committed_tables(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert extract(paths.DATA, texts) == 0
    assert "no text of" not in capsys.readouterr().out


def test_names_are_spelled_as_a_count_by_hand_found(texts: Path) -> None:
    spelled = invented.counts(paths.DATA, "variants")
    # How often the strings stand in the texts, before anything is cut or converted.
    for article_id, variant, count in (
        ("hedge", "川普", 14), ("endgame", "特朗普", 18), ("reset", "特朗普", 84), ("dependence", "特朗普", 1),
    ):  # fmt: skip
        assert (texts / f"{article_id}.txt").read_text("utf-8").count(variant) == count
        assert spelled[article_id, variant] == count
