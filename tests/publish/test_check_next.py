"""What jupyter-book 2 says is known, or an error; and a known fault that is mended leaves the list."""

from pathlib import Path

from publish import check_next

RUN = """\x1b[33m⚠️  index.md:6 unexpected option "file" provided (in raw)\x1b[39m
⚠️  a.ipynb Duplicate identifier in project "e433217fb7c7"
{more}
📚 Built 22 pages for project in 3 s.
"""
KNOWN = [r'unexpected option "file" provided \(in raw\)', r'Duplicate identifier in project "[0-9a-f]{12}"']


def test_known_objections_pass_and_any_other_fails() -> None:
    assert check_next.judge(RUN.format(more=""), KNOWN) == []
    broken = RUN.format(more='⚠️  b.md:3:1 Cross reference target was not found: "x"')
    assert check_next.judge(broken, KNOWN) == ['b.md:3:1: Cross reference target was not found: "x"']


def test_an_objection_that_is_gone_leaves_the_list() -> None:
    (said,) = check_next.judge(RUN.format(more=""), [*KNOWN, "Odd syntax"])
    assert "Odd syntax is said no more" in said


def test_a_run_that_stops_is_no_success() -> None:
    (said,) = check_next.judge("⛔ stopping build", [])
    assert "did not come to an end" in said


def test_contents_keep_order_titles_and_levels(tmp_path: Path) -> None:
    for name in ("index.md", "first.ipynb", "claims.md"):
        (tmp_path / name).touch()
    below = {"file": "first", "sections": [{"file": "claims", "title": "Claims"}]}
    toc = {"root": "index", "parts": [{"caption": "Part", "chapters": [below]}]}
    assert check_next.contents(toc, tmp_path) == [
        {"file": "index.md"},
        {"title": "Part", "children": [{"file": "first.ipynb", "children": [{"file": "claims.md", "title": "Claims"}]}]},
    ]
