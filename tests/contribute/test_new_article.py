"""`new-article`: what it asks, what it refuses, and that it writes all or nothing."""

from __future__ import annotations

import errno
from pathlib import Path

import nbformat
import pytest
import sound

from analysis import cli, importing, new_article, tables
from analysis.cli import WRONG_INPUT

TEXT = "第一段说的是油船怎样改了航向，又为什么改。\n\n  \n第二段说的是谁更离不开谁，以及怎样算出来。\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project: sound tables with one article `a`, a module that chapters share, a page across articles."""
    root = tmp_path / "project"
    sound.write(root / "data")
    for name in ("analysis/chapters/words.py", "book/together.ipynb"):
        (root / name).parent.mkdir(parents=True)
        (root / name).touch()
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    return root


def given(project: Path, **changes: str) -> list[str]:
    """The options that say all that is needed, some of them changed."""
    options = {
        "title-en": "A new article",
        "title-zh": "新文章",
        "outlet": "A paper",
        "date": "2026-03-05",
        "script": "Hans",
        "text": str(project.parent / "text.txt"),
    }
    named = options | {name.replace("_", "-"): cell for name, cell in changes.items()}
    return [part for name, cell in named.items() if cell for part in (f"--{name}", cell)]


def run(project: Path, *arguments: str) -> int:
    return cli.main(["--data", str(project / "data"), "new-article", *arguments])


def state(project: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(project.rglob("*")) if path.is_file()}


def test_what_it_writes_is_sound_and_holds_no_sentence_of_the_text(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(project)
    assert run(project, "new", *given(project)) == 0
    assert "written: " in capsys.readouterr().out
    loaded = tables.load(project / "data")
    article = loaded.row("articles", "new")
    assert (article["paragraphs"], article["characters"]) == (2, len(TEXT))
    assert article["published_low"] == article["published_high"] == "2026-03-05"
    module, notebook = project / "analysis" / "chapters" / "new.py", project / "book" / "new.ipynb"
    assert set(state(project)) - set(before) == {module, notebook}
    compile(module.read_text("utf-8"), str(module), "exec")
    nbformat.validate(nbformat.read(notebook, as_version=4))
    assert not any("第一段" in content.decode() for content in state(project).values())


def test_the_same_input_writes_the_same_bytes(project: Path) -> None:
    before = state(project)
    run(project, "new", *given(project))
    first = state(project)
    for path in first:
        path.unlink()
    for path, content in before.items():
        path.write_bytes(content)
    run(project, "new", *given(project))
    assert state(project) == first


HOSTILE = {"title_en": '$x ${y} *b* """ {eval-rst} <script>', "argument_zh": "<b>甲。"}


def head(project: Path) -> str:
    """The first cell of the new notebook; that the module is Python, this proves as well."""
    compile((project / "analysis" / "chapters" / "new.py").read_text("utf-8"), "new.py", "exec")
    return str(nbformat.read(project / "book" / "new.ipynb", as_version=4).cells[0].source)


def test_an_odd_title_is_shown_and_never_obeyed(project: Path) -> None:
    odd = {"title_en": r"""$x $$ *b* \"" ''' {2} }{ A_B \n""", "argument_zh": "1 < 2 & 甲。"}
    assert run(project, "new", *given(project, **odd)) == 0
    shown = head(project)
    assert shown.splitlines()[1] == r"""# \$x \$\$ \*b\* \\"" ''' \{2\} \}\{ A\_B \\n"""
    assert '<p lang="zh-Hans">1 &lt; 2 &amp; 甲。</p>' in shown
    assert tables.load(project / "data").row("articles", "new")["title_en"] == odd["title_en"]


def test_markup_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(project)
    assert run(project, "new", *given(project, **HOSTILE)) == WRONG_INPUT
    said = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[0] for line in said] == [
        f"articles.csv, row 3, column {name}" for name in sorted(HOSTILE)
    ]
    assert all("markup; write plain text" in line for line in said) and state(project) == before


def test_markup_that_no_check_refused_would_be_shown_and_never_obeyed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "check", lambda _: [])
    assert run(project, "new", *given(project, **HOSTILE)) == 0
    shown = head(project)
    assert r"# \$x \${y\} \*b\* " in shown.replace(r"\{", "{") and "<script" not in shown.replace(r"\<script", "")
    assert "&lt;b&gt;甲" in shown


@pytest.mark.parametrize(
    ("article_id", "changes", "said"),
    [
        ("a", {}, "'a' is there already; choose another id"),
        ("Sixth", {}, "'Sixth' is no id; write a word of small letters"),
        ("../x", {}, "'../x' is no id"),
        ("import", {}, "'import' is no id"),
        ("words", {}, "'words' is taken by chapters/words.py; choose another id"),
        ("together", {}, "'together' is taken by book/together.ipynb"),
        ("codebook", {}, "'codebook' is taken by a page of the book"),
        ("new", {"date": "2026-02-30"}, "--date: '2026-02-30' is not a day or month of the calendar: write one"),
        ("new", {"date": "5.3.2026"}, "--date: '5.3.2026' is not a period; write 2023"),
        ("new", {"date": "２０２６-03-05"}, "--date: '２０２６-03-05' is not a period; write 2023"),
        ("new", {"date": "2026-Q1"}, "--date: '2026-Q1' is no date: write 2025-12-09"),
        ("new", {"script": "Latin"}, "--script: 'Latin' is no script; write one of Hans, Hant"),
        ("new", {"text": "nowhere.txt"}, "nowhere.txt: no such file; name the file"),
        ("new", {"text": "."}, "a folder, no file; name the file"),
        ("new", {"region": "moon"}, "articles.csv, row 3, column region: 'moon'"),
        ("new", {"published_low": "2026-04"}, "not between published_low and published_high; widen"),
        ("new", {"title_en": "", "date": " "}, "--title-en is missing; give it"),
    ],
)
def test_what_is_wrong_is_said_with_its_mend_and_nothing_is_written(
    project: Path, capsys: pytest.CaptureFixture[str], article_id: str, changes: dict[str, str], said: str
) -> None:
    before = state(project)
    assert run(project, article_id, *given(project, **changes)) == WRONG_INPUT
    out, err = capsys.readouterr()
    assert out == "" and said in err and state(project) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("第一段".encode("gbk"), "not UTF-8"),
        (b"\n \n", "holds no text; name the file"),
        (b"", "holds no text"),
        ("油\n船\n".encode(), "column characters: '4': in 2 paragraphs; count again: one of the two is wrong, or lines"),
        ("油船。".encode() * 600, "column characters: '1800': in 1 paragraphs; count again"),
    ],
)
def test_a_text_that_cannot_be_read_or_is_no_article_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    (project.parent / "text.txt").write_bytes(content)
    before = state(project)
    assert run(project, "new", *given(project)) == WRONG_INPUT
    assert said in capsys.readouterr().err and state(project) == before


def test_all_that_is_missing_is_named_at_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "new", "--outlet", "A paper") == WRONG_INPUT
    assert [line.split()[1] for line in capsys.readouterr().err.splitlines()] == [
        "--title-en", "--title-zh", "--date", "--script", "--text",
    ]  # fmt: skip


def test_a_person_is_asked_until_there_is_an_answer() -> None:
    answers = iter(["", "  ", " A title "])
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    cells = {name: "x" for name in new_article.ASKED if name != "title_en"}
    assert new_article.completed(cells, ask) == {**cells, "title_en": "A title"}
    assert asked == ["Title in English: "] * 3


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
def test_who_breaks_off_has_written_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], end: type[BaseException]
) -> None:
    def ended(_: str) -> str:
        raise end

    monkeypatch.setattr("builtins.input", ended)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    before = state(project)
    assert run(project, "new", "--outlet", "A paper") == WRONG_INPUT
    assert "broken off; nothing was written" in capsys.readouterr().err and state(project) == before


def test_a_disk_that_fails_half_way_leaves_everything_as_it_was(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before, written = state(project), importing.replace

    def failing(path: Path, content: bytes) -> None:
        if path.suffix == ".ipynb":
            raise OSError(errno.ENOSPC, "No space left on device")
        written(path, content)

    monkeypatch.setattr(importing, "replace", failing)
    assert run(project, "new", *given(project)) == WRONG_INPUT
    assert "new.ipynb: No space left on device; nothing was written" in capsys.readouterr().err
    assert state(project) == before


def test_tables_without_a_project_around_them_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound.write(tmp_path / "data")
    assert run(tmp_path, "new") == WRONG_INPUT
    assert "no such folder; name the data folder of a whole project" in capsys.readouterr().err
