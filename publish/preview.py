"""The book on this machine while it is written: an edit is on the page a moment later.

The first build is whole. From then on Sphinx stays loaded and reads a changed page alone; a changed notebook
is executed first, alone. What an edit can change beyond its page (other pages' lists of figures, the fonts'
characters, the dark pictures) is left to `make book`. Changed tables or modules start the preview anew, since
every page may depend on them.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Iterable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from joblib.externals.loky import get_reusable_executor
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import patch_docutils

from analysis import paths
from publish import digest, execute, notebooks, stage
from publish.build import lay_out, sphinx_settings
from publish.errors import BuildFailed

FIRST_PORT, PORTS_TRIED = 8000, 100
LOOK_EVERY = 0.3  # seconds
EVENTS = "/_preview"
# Added to a page as it is sent, never to a file: loads the page anew when the server says that something changed.
# A server that was away for a moment was started anew, and so is the page.
RELOAD = (
    f'<script>{{const told = new EventSource("{EVENTS}"); let opened = 0; told.onmessage = () => location.reload(); '
    "told.onopen = () => { if (opened++) location.reload(); }}</script></body>"
).encode()
WHOLE = ("data", "analysis", "publish", "book/_config.yml", "requirements.txt")
"""What every page may depend on."""


def seen(names: Iterable[str], root: Path = paths.ROOT) -> dict[str, int]:
    """The files of these files and folders of `root`, each with the time of its last change in nanoseconds."""
    return {
        path.relative_to(root).as_posix(): path.stat().st_mtime_ns
        for name in names
        if (root / name).exists()
        for path in digest.files(root / name)
    }


def changed(before: dict[str, int], after: dict[str, int]) -> set[str]:
    """The files that are new, gone or written since."""
    return {name for name, _ in before.items() ^ after.items()}


class Site:
    """The pages of `source` as HTML in `target`, with Sphinx kept loaded between two builds."""

    def __init__(self, source: Path, target: Path) -> None:
        from jupyter_book.config import get_final_config

        config, _ = get_final_config(
            user_yaml=source / "_config.yml", cli_config=sphinx_settings(source), sourcedir=source
        )
        # While one writes, a link may lead nowhere yet; `make book` insists.
        config["nitpicky"] = False
        self.source, self.target = source, target
        # What Sphinx's extensions register stays registered, as long as this process builds.
        with patch_docutils():
            self._sphinx = Sphinx(
                source, None, target, target.with_name("doctrees"), "html", confoverrides=config,
                status=None, warning=sys.stderr, freshenv=True, parallel=os.cpu_count() or 1,
            )  # fmt: skip
            self._sphinx.build(force_all=True)

    def update(self) -> None:
        """Read the pages of `source` that changed since the last build, and write those."""
        with patch_docutils():
            self._sphinx.build()


class Changes:
    """How often the site changed; whoever waits is woken by the next time."""

    def __init__(self) -> None:
        self.count = 0
        self._condition = threading.Condition()

    def tell(self) -> None:
        with self._condition:
            self.count += 1
            self._condition.notify_all()

    def wait(self, known: int, seconds: float) -> int:
        """The count, as soon as it is another than `known`, or after so many seconds."""
        with self._condition:
            self._condition.wait_for(lambda: self.count != known, seconds)
            return self.count


class Pages(SimpleHTTPRequestHandler):
    """Sends the site's files, each page with the script that loads it anew."""

    def __init__(self, changes: Changes, *arguments: object, **options: object) -> None:
        self.changes = changes
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.path == EVENTS:
            self._send_changes()
            return
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix != ".html" or not path.exists():
            super().do_GET()
            return
        page = path.read_bytes().replace(b"</body>", RELOAD, 1)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def _send_changes(self) -> None:
        known = self.changes.count  # before the answer, so that no change is missed after it
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            while True:
                now = self.changes.wait(known, 15)
                self.wfile.write(b": still here\n\n" if now == known else f"data: {now}\n\n".encode())
                self.wfile.flush()
                known = now
        except OSError:  # the reader has gone
            return

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the terminal tells what changes, not what is read."""


def server(folder: Path, port: str, changes: Changes) -> ThreadingHTTPServer:
    """A server of `folder` for this machine alone, on a port by number, or on the first that is `free`.

    BuildFailed says what to do when the port is taken or no port.
    """
    if port != "free" and not (port.isascii() and port.isdecimal() and 0 < int(port) < 65536):
        raise BuildFailed(f"{port!r} is no port; write a number from 1 to 65535, or free")
    tried = range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if port == "free" else [int(port)]
    handler = partial(Pages, changes, directory=str(folder))
    for number in tried:
        try:
            return ThreadingHTTPServer(("127.0.0.1", number), handler)
        except OSError as error:
            reason = error.strerror
    raise BuildFailed(f"port {port} cannot be used ({reason}); write another, PORT=8001, or PORT=free for the next that is free")


def take_over(name: str, source: Path) -> str:
    """Bring one changed file of book/ to `source`, a notebook executed; return what was done to it."""
    path, target = paths.ROOT / name, source / Path(name).relative_to("book")
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix != ".ipynb":
        shutil.copyfile(path, target)
        if target.name == "book.css":
            stage.dress(source)
        return "read"
    notebooks.write(notebooks.read(path), target)
    notebooks.write(execute.execute([target])[target], target)
    return "executed and read"


def serve(port: str) -> None:
    """Build, serve and watch, until interrupted; start anew when something changes that every page may depend on."""
    from publish import api, explorer

    source, target = paths.BUILD / "preview" / "source", paths.BUILD / "preview" / "site"
    changes = Changes()
    served = server(target, port, changes)  # before the work: a port that is taken is said at once
    before_whole, before = seen(WHOLE), seen(["book"])
    written = lay_out(source)
    shutil.rmtree(target, ignore_errors=True)
    site = Site(source, target)
    api.write(written, target)
    explorer.write(written, target)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    print(f"preview: http://127.0.0.1:{served.server_port}/ (Control-C ends it)", flush=True)
    try:
        while True:
            time.sleep(LOOK_EVERY)
            after = seen(["book"])
            if changed(before_whole, seen(WHOLE)) or before.keys() != after.keys():
                print("preview: tables, modules or the list of pages changed; starting anew", flush=True)
                served.server_close()
                get_reusable_executor().shutdown()  # else its processes would outlive the new start
                os.execv(sys.executable, [sys.executable, "-m", "publish", "preview", str(served.server_port)])
            if not (names := sorted(changed(before, after))):
                continue
            before, started = after, time.monotonic()
            try:
                done = [f"{name} {take_over(name, source)}" for name in names]
                site.update()
            except (BuildFailed, SphinxError) as error:
                print(f"preview: {error}", file=sys.stderr, flush=True)
                continue
            changes.tell()
            print(f"preview: {', '.join(done)} ({time.monotonic() - started:.1f} s)", flush=True)
    except KeyboardInterrupt:
        served.shutdown()
