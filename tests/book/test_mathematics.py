"""A formula is drawn by the browser itself, on the screen and on paper, and costs nothing where there is none."""

from __future__ import annotations

import re
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import Browser
from pypdf import PdfReader

from analysis import paths
from publish import browser as browsers
from publish import build, pdf
from publish.extensions.mathematics import mathml

FORMULAS = r"""# Formulas

The share $x_i^2$ is squared and summed:

$$
\left( \sum_{i=1}^{n} \frac{x_i^2}{1+r} \right) = \sqrt{\alpha}
$$ (sum)

\begin{align}
a &= b + c \\
d &= \max(0, 2s - 1)
\end{align}

Equation {eq}`sum` costs 5 \$.
"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source and the pages of a book of two pages, one with formulas, under the real book's settings."""
    folder = tmp_path_factory.mktemp("formulas")
    source = folder / "source"
    source.mkdir()
    config = yaml.safe_load((paths.BOOK / "_config.yml").read_text("utf-8"))
    config["html"] = {"extra_footer": "<p>foot</p>"}
    (source / "_config.yml").write_text(yaml.safe_dump(config))
    (source / "references.bib").touch()
    parts = [{"caption": "Part", "chapters": [{"file": "formulas"}]}]
    (source / "_toc.yml").write_text(yaml.safe_dump({"format": "jb-book", "root": "index", "parts": parts}))
    (source / "index.md").write_text("# Plain\n\nIt costs 5 \\$.\n")
    (source / "formulas.md").write_text(FORMULAS)
    (source / "_static").mkdir()
    (source / "_static" / "book.css").write_bytes((paths.BOOK / "_static" / "book.css").read_bytes())
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as builder:  # Sphinx changes its process for good
        builder.submit(build._render, source, folder / "html").result()
    return source, folder / "html"


def test_formulas_are_markup_and_no_page_has_a_script_for_them(tiny: tuple[Path, Path]) -> None:
    formulas, plain = (BeautifulSoup((tiny[1] / name).read_text("utf-8"), "html.parser") for name in ("formulas.html", "index.html"))
    assert len(formulas.find_all("math")) == 3
    assert not plain.find("math")
    for soup in (formulas, plain):
        assert not [script for script in soup.find_all("script") if re.search("mathjax|katex", f"{script.get('src')} {script.string}", re.I)]
        assert not soup.find_all(src=re.compile("^(https?:)?//"))
    assert formulas.find("a", href="#equation-sum")
    assert formulas.find(id="equation-sum").find("math")


def test_a_browser_draws_them_and_asks_no_host(browser: Browser, tiny: tuple[Path, Path]) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tiny[1] / "formulas.html").as_uri(), wait_until="networkidle")
    assert all(url.startswith(("file:", "data:")) for url in asked)
    fraction = page.locator("mfrac").first
    above, below = (fraction.locator("> *").nth(place).bounding_box() for place in (0, 1))
    assert above["y"] + above["height"] <= below["y"] + 1
    page.close()


@pytest.mark.skipif(browsers.installed() is None, reason=f"no PDF was printed: {browsers.MISSING}")
def test_they_are_printed_with_every_letter(tiny: tuple[Path, Path], tmp_path: Path) -> None:
    source, html = tiny
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as printer:
        printer.submit(pdf.write, html, source, tmp_path / "paper", tmp_path / "tiny.pdf").result()
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "tiny.pdf").pages)
    assert {"𝑥", "𝛼", "∑", "𝑠"} <= set(text)


def test_what_is_no_formula_is_named() -> None:
    with pytest.raises(Exception, match="unknowncommand"):
        mathml(r"\unknowncommand{x}")
