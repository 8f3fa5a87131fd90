"""The table of contents and the foot of the pages."""

from pathlib import Path

import pytest
from sphinx_external_toc.parsing import parse_toc_data

from analysis import paths, schema
from publish import digest, stage

ARTICLES = {"first": "The first", "second": "The second", "third": "The third"}


def test_chapters_stand_in_the_articles_order_with_their_claims() -> None:
    toc = stage.contents(ARTICLES, {"index", "second", "first", "claims/first", "claims/third", "sources", "zebra"})
    assert [part["caption"] for part in toc["parts"]] == ["The articles", "Evidence", "Appendices"]
    chapters = toc["parts"][0]["chapters"]
    assert [chapter["file"] for chapter in chapters] == ["first", "second", "claims/third"]
    assert chapters[0]["sections"][0]["file"] == "claims/first"
    assert chapters[2]["title"] == "The third"
    assert toc["parts"][2]["chapters"] == [{"file": "zebra"}]
    parse_toc_data(toc)


def test_a_book_with_no_chapter_has_no_empty_part() -> None:
    assert [part["caption"] for part in stage.contents(ARTICLES, {"index", "codebook"})["parts"]] == ["Evidence"]


def test_pages_across_the_articles_stand_before_method_and_evidence() -> None:
    pages = {"index", "first", "right-and-wrong", "scoreboard", "sources", "how-a-verdict-comes-about"}
    parts = {part["caption"]: part["chapters"] for part in stage.contents(ARTICLES, pages)["parts"]}
    assert list(parts) == ["The articles", "Across the articles", "Method", "Evidence"]
    assert [page["file"] for page in parts["Across the articles"]] == ["scoreboard", "right-and-wrong"]


def test_the_foot_names_evidence_and_versions_and_no_time() -> None:
    foot = stage.colophon(schema.read(paths.DATA).package, "0123456789abcdef")
    assert "0123456789ab" in foot
    assert schema.read(paths.DATA).package["as_of"] in foot
    assert "jupyter-book 1.0.4.post1" in foot


def test_a_digest_sees_names_bytes_and_missing_folders(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("1")
    first = digest.digest(["data"], tmp_path)
    (tmp_path / "data" / "__pycache__").mkdir()
    (tmp_path / "data" / "__pycache__" / "x").write_text("")
    assert digest.digest(["data"], tmp_path) == first
    (tmp_path / "data" / "a.csv").rename(tmp_path / "data" / "b.csv")
    assert digest.digest(["data"], tmp_path) != first
    with pytest.raises(FileNotFoundError, match="restore it"):
        digest.digest(["missing"], tmp_path)
