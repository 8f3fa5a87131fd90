"""Figures leave the page as files."""

import base64
from pathlib import Path

from publish.figures import extract


def encoded(kind: str, content: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content.encode()).decode()}"


def page(folder: Path, body: str, name: str = "a.html") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<html><body>{body}</body></html>")
    return path


def figure(name: str, svg: str) -> str:
    return (
        f'<figure id="figure-{name}" class="finding"><img src="{encoded("image/svg+xml", svg)}" alt="x">'
        f'<a download="{name}.csv" href="{encoded("text/csv", "a,b")}">Data</a></figure>'
    )


def test_pictures_and_tables_become_files_named_after_their_figure(tmp_path: Path) -> None:
    path = page(tmp_path, figure("trade-total", "<svg/>"))
    assert extract(path, tmp_path) == 2
    text = path.read_text()
    assert 'src="figures/trade-total.svg"' in text
    assert 'href="figures/trade-total.csv"' in text
    assert "data:" not in text
    assert (tmp_path / "figures" / "trade-total.svg").read_text() == "<svg/>"
    assert (tmp_path / "figures" / "trade-total.csv").read_text() == "a,b"


def test_a_page_in_a_folder_leads_out_of_it(tmp_path: Path) -> None:
    path = page(tmp_path, figure("one", "<svg/>"), "claims/a.html")
    extract(path, tmp_path)
    assert 'src="../figures/one.svg"' in path.read_text()


def test_a_picture_stands_twice_for_white_paper_and_for_dark_and_is_downloaded_once(tmp_path: Path) -> None:
    svg = '<svg><path style="fill:#1b1f24"/></svg>'
    download = f'<a download="one.svg" href="{encoded("image/svg+xml", svg)}">Picture</a>'
    path = page(tmp_path, figure("one", svg).replace("</figure>", f"{download}</figure>"), "claims/a.html")
    extract(path, tmp_path)
    text = path.read_text()
    assert '<img class="finding-light" src="../figures/one.svg" alt="x">' in text
    assert '<img class="finding-dark" src="../figures/dark/one.svg" alt="x">' in text
    assert '<a download="one.svg" href="../figures/one.svg">' in text
    assert (tmp_path / "figures" / "one.svg").read_text() == svg
    assert (tmp_path / "figures" / "dark" / "one.svg").read_text() == '<svg><path style="fill:#e2e8ef"/></svg>'


def test_two_contents_never_share_a_name(tmp_path: Path) -> None:
    first, second = page(tmp_path, figure("one", "<svg/>")), page(tmp_path, figure("one", "<svg> </svg>"), "b.html")
    extract(first, tmp_path)
    extract(second, tmp_path)
    assert len(list((tmp_path / "figures").glob("one*.svg"))) == 2


def test_what_stands_outside_a_figure_is_named_by_its_content(tmp_path: Path) -> None:
    path = page(tmp_path, f'<img alt="x" src="{encoded("image/svg+xml", "<svg/>")}">')
    assert extract(path, tmp_path) == 1
    assert len(list((tmp_path / "figures").glob("*.svg"))) == 1


def test_text_that_only_speaks_of_an_address_stays(tmp_path: Path) -> None:
    body = "<pre>&lt;img src=&quot;data:image/svg+xml;base64,AAAA&quot;&gt;</pre>"
    path = page(tmp_path, body)
    assert extract(path, tmp_path) == 0
    assert body in path.read_text()
