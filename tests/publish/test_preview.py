"""The preview: an edit is served, only its page is read again, and a browser is told."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml

from analysis import paths
from publish import build, preview
from publish.errors import BuildFailed


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> preview.Site:
    """A book of three pages with the project's own settings, built once."""
    source = tmp_path_factory.mktemp("preview") / "source"
    shutil.copytree(paths.BOOK / "_static", source / "_static")
    for name in ("_config.yml", "references.bib"):
        shutil.copyfile(paths.BOOK / name, source / name)
    (source / "index.md").write_text("# A book\n\nSee [the other](other.md).\n")
    (source / "other.md").write_text("# The other\n\nAs it was.\n")
    (source / "third.md").write_text("# The third\n\nLeft alone.\n")
    chapters = [{"file": "other"}, {"file": "third"}]
    toc = {"format": "jb-book", "root": "index", "parts": [{"caption": "Part", "chapters": chapters}]}
    (source / "_toc.yml").write_text(yaml.safe_dump(toc))
    return preview.Site(source, source.with_name("site"))


@pytest.fixture
def served(small: preview.Site) -> Iterator[tuple[str, preview.Changes]]:
    """Its address on this machine, and what tells of changes."""
    changes = preview.Changes()
    server = preview.server(small.target, "free", changes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", changes
    server.shutdown()
    server.server_close()


def test_an_edit_is_served_and_other_pages_are_left_alone(small: preview.Site, served: tuple[str, preview.Changes]) -> None:
    address, _ = served
    untouched = (small.target / "third.html").stat().st_mtime_ns
    assert "As it was." in urlopen(f"{address}/other.html").read().decode()
    (small.source / "other.md").write_text("# The other\n\nAs it is now.\n")
    small.update()
    assert "As it is now." in urlopen(f"{address}/other.html").read().decode()
    assert (small.target / "third.html").stat().st_mtime_ns == untouched


def test_whoever_reads_is_told_of_a_change(served: tuple[str, preview.Changes]) -> None:
    address, changes = served
    page = urlopen(f"{address}/").read()
    assert preview.RELOAD in page
    told = urlopen(address + preview.EVENTS, timeout=10)
    changes.tell()
    assert told.readline() == b"data: 1\n"


def test_the_files_of_the_site_get_no_script(small: preview.Site, served: tuple[str, preview.Changes]) -> None:
    assert preview.RELOAD not in (small.target / "index.html").read_bytes()


def test_a_port_in_use_is_said_and_the_next_can_be_asked_for(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with pytest.raises(BuildFailed, match=rf"port {port} cannot be used .* or PORT=free"):
            preview.server(tmp_path, port, preview.Changes())
    for wrong in ("0", "99999", "80 80", "eight"):
        with pytest.raises(BuildFailed, match="is no port"):
            preview.server(tmp_path, wrong, preview.Changes())
    preview.server(tmp_path, "free", preview.Changes()).server_close()


def test_the_command_says_it_in_one_line_before_any_work(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert build.main(["preview", port]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1 and said.err.startswith(f"preview: port {port} cannot be used (")


@pytest.mark.parametrize("stumbles", [False, True], ids=["at rest", "while Sphinx reads side by side"])
def test_who_stops_it_while_it_builds_reads_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stumbles: bool
) -> None:
    def interrupted(port: str) -> None:
        try:
            raise KeyboardInterrupt
        finally:
            if stumbles:
                {}.pop(2)

    monkeypatch.setattr(preview, "serve", interrupted)
    assert build.main(["preview"]) == 130
    assert capsys.readouterr().err == "\npreview: stopped before its end\n"


def test_a_missing_key_is_no_interruption(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "serve", {}.pop)
    with pytest.raises(KeyError):
        build.main(["preview"])


def test_changes_are_new_gone_and_rewritten_files(tmp_path: Path) -> None:
    for name in ("kept", "gone", "rewritten"):
        (tmp_path / name).write_text("1")
    before = preview.seen(["kept", "gone", "rewritten", "new", "missing"], tmp_path)
    (tmp_path / "gone").unlink()
    (tmp_path / "new").write_text("1")
    after = preview.seen(["kept", "gone", "rewritten", "new", "missing"], tmp_path)
    after["rewritten"] += 1
    assert preview.changed(before, after) == {"gone", "new", "rewritten"}
