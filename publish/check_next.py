"""The strict check of jupyter-book 2: its parser reads the same sources, and what it objects to is known or an error.

Version 2 fetches its theme while it builds; a theme of two empty files stands in for it, so that everything up
to the theme runs without a network. Only the first run needs one, for the packages of a throw-away environment.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from analysis import paths
from publish.errors import BuildFailed

VERSION = "2.1.7"
KNOWN = Path(__file__).with_name("next_known.txt")
FOLDER = paths.BUILD / "next"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
SAID = re.compile(r"^(?:⚠️|⛔️?)\s+(?P<place>\S+?\.(?:md|ipynb)(?::\d+)*)\s+(?P<what>.+)$", re.MULTILINE)
BUILT = re.compile(r"Built (\d+) pages? for project")


def contents(toc: dict[str, Any], source: Path) -> list[dict[str, Any]]:
    """The table of contents of `source` in the form of version 2."""

    def entry(old: dict[str, Any]) -> dict[str, Any]:
        name = next(name for ending in (".md", ".ipynb") if (source / (name := old["file"] + ending)).exists())
        new: dict[str, Any] = {"file": name}
        if "title" in old:
            new["title"] = old["title"]
        if "sections" in old:
            new["children"] = [entry(below) for below in old["sections"]]
        return new

    parts = [{"title": part["caption"], "children": [entry(page) for page in part["chapters"]]} for part in toc["parts"]]
    return [entry({"file": toc["root"]}), *parts]


def lay_out(source: Path, target: Path) -> None:
    """Copy the sources of the site to `target`, with the settings of version 2 and a theme that shows nothing."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("_build", "_config.yml", "_toc.yml"))
    toc = yaml.safe_load((source / "_toc.yml").read_text("utf-8"))
    settings = {
        "version": 1,
        "project": {"toc": contents(toc, source), "bibliography": ["references.bib"]},
        "site": {"template": "./stub"},
    }
    (target / "myst.yml").write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), encoding="utf-8")
    stub = target / "stub"
    stub.mkdir()
    (stub / "template.yml").write_text("jtex: v1\nkind: site\ntitle: stub\nversion: 1.0.0\n")
    (stub / "package.json").write_text(json.dumps({"name": "stub", "version": "1.0.0", "private": True}))


def known() -> list[str]:
    """The expressions of the differences that are known."""
    lines = KNOWN.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def judge(output: str, expressions: list[str]) -> list[str]:
    """What is wrong with a run that printed this: an objection that is not known, or a known one that is gone."""
    text = COLOUR.sub("", output)
    said = [(match["place"], match["what"].strip()) for match in SAID.finditer(text)]
    found = [
        f"{place}: {what}" for place, what in said if not any(re.fullmatch(known, what) for known in expressions)
    ]
    found += [
        f"{KNOWN.name}: {expression} is said no more; remove the line"
        for expression in expressions
        if not any(re.fullmatch(expression, what) for _, what in said)
    ]
    if not BUILT.search(text):
        found.append(f"it did not come to an end: {text.strip().splitlines()[-1] if text.strip() else 'it said nothing'}")
    return found


def _environment() -> Path:
    """The interpreter of the throw-away environment, which is made when it is not there."""
    if shutil.which("node") is None:
        raise BuildFailed("jupyter-book 2 needs Node.js 20 or newer; install it and run this again")
    python = FOLDER / "env" / "bin" / "python"
    stamp = FOLDER / "env" / "version"
    if not stamp.exists() or stamp.read_text() != VERSION:
        print(f"check-next: installing jupyter-book {VERSION} into a throw-away environment (a minute)", flush=True)
        shutil.rmtree(FOLDER / "env", ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(FOLDER / "env")], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if subprocess.run([*pip, f"jupyter-book=={VERSION}"], stderr=subprocess.PIPE, text=True, check=False).returncode:
            raise BuildFailed(f"jupyter-book {VERSION} could not be installed; this needs a package index once")
        stamp.write_text(VERSION)
    return python


def check(source: Path = paths.BUILD / "source") -> int:
    """Let version 2 read the sources of the site; the number of its known objections. BuildFailed names the others."""
    python = _environment()
    print(f"check-next: jupyter-book {VERSION} reads the sources", flush=True)
    lay_out(source, FOLDER / "source")
    run = subprocess.run(
        [str(python), "-m", "jupyter_book", "build", "--site", "--strict", "--ci"],
        cwd=FOLDER / "source", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if found := judge(run.stdout, known()):
        raise BuildFailed("\n".join(found))
    return len(SAID.findall(COLOUR.sub("", run.stdout)))
