"""Figures and tables as they reach the page: words, escaping, downloads, refusals."""

import base64
import csv
import io
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from matplotlib import pyplot

from analysis.figures import style
from analysis.figures.figure import Figure, publish
from analysis.figures.numbers import FIGURE_SPACE, POINT_SPACE
from analysis.figures.stylesheet import stylesheet
from analysis.figures.table import Column, table
from analysis.figures.verdicts import ATTRIBUTION, chip, transition, verdict_table

WORDS = {
    "title": "A rises",
    "subtitle": "% · Russia · 2023",
    "source": "Bank of Russia",
    "alt": "A line that rises.",
}
ROWS = pd.DataFrame({"b": [1 / 3, 2.0], "a": ["x,y", '"z"']})
HOSTILE = "<script>alert('x')</script> & \"quote\""
VOID = {"img", "br", "meta", "link"}


class Page(HTMLParser):
    """Tags in order, and whether they nest; attributes of each."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def content(uri: str | None) -> str:
    assert uri is not None
    return base64.b64decode(uri.partition("base64,")[2]).decode()


def drawn(label: str = "value", **words: str) -> Figure:
    canvas = style.canvas(1.5)
    canvas.add_subplot().set_xlabel(label)
    return publish(canvas, ROWS, **{"figure_id": "test-one", **WORDS, **words})  # type: ignore[arg-type]


def test_a_figure_is_one_valid_element_that_needs_nothing_beside_it() -> None:
    figure = drawn()
    page = Page(figure._repr_html_())
    assert page.tags[0] == ("figure", {"id": "figure-test-one", "class": "finding"})
    (image,) = page.all("img")
    assert image["alt"] == WORDS["alt"] and image["loading"] == "lazy"
    assert content(image["src"]) == figure.svg and figure.svg.startswith("<svg ")
    assert image["width"] == "640" and image["height"] == "200"  # 4.8 by 1.5 inches
    rows, picture = page.all("a")
    assert rows["download"] == "test-one.csv" and content(rows["href"]) == figure.csv
    assert picture["download"] == "test-one.svg" and content(picture["href"]) == figure.svg
    assert rows["aria-label"] == "Data (CSV): A rises"
    for word in ("title", "subtitle", "source"):
        assert WORDS[word] in page.text
    assert "http" not in figure._repr_html_().replace("http://www.w3.org", "")


def test_its_text_form_is_short() -> None:
    assert repr(drawn()) == "<Figure test-one: A rises>"


def test_csv_keeps_columns_in_order_with_unix_newlines() -> None:
    text = drawn().csv
    assert text == 'b,a\n0.3333333333,"x,y"\n2,"""z"""\n'
    assert next(csv.reader(io.StringIO(text))) == ["b", "a"]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("empty", ["", "  "])
def test_a_figure_without_a_word_is_refused_by_name(word: str, empty: str) -> None:
    with pytest.raises(ValueError, match=f"figure test-one has no {word}"):
        drawn(**{word: empty})


def test_an_id_that_cannot_be_an_anchor_is_refused() -> None:
    with pytest.raises(ValueError, match="Test one"):
        drawn(figure_id="Test one")


def test_hostile_words_stay_words() -> None:
    figure = drawn(label=HOSTILE, title=HOSTILE, subtitle=HOSTILE, source=HOSTILE, alt=HOSTILE)
    page = Page(figure._repr_html_())
    assert page.all("script") == [] and page.text.count(HOSTILE) == 3
    assert page.all("img")[0]["alt"] == HOSTILE
    assert "script" not in figure.svg


def test_chinese_is_drawn_and_a_font_without_it_refused() -> None:
    assert len(drawn(label="制裁／人民幣 人民币").svg) > len(drawn(label="").svg)
    canvas = style.canvas(1.5)
    canvas.add_subplot().set_xlabel("制裁", family="DejaVu Sans")
    with pytest.raises(ValueError, match=r"test-one: the font cannot draw it.*[Gg]lyph"):
        publish(canvas, ROWS, figure_id="test-one", **WORDS)


@pytest.mark.parametrize("again", [False, True])  # matplotlib remembers a font missed before
def test_a_font_that_is_not_there_is_refused(again: bool) -> None:
    canvas = style.canvas(1.5)
    canvas.add_subplot().set_xlabel("value", family="No Such Font")
    with pytest.raises(ValueError, match=r"figure test-one: .*No Such Font"):
        publish(canvas, ROWS, figure_id="test-one", **WORDS)


def test_a_figure_too_heavy_for_a_page_is_refused() -> None:
    canvas = style.canvas(3)
    canvas.add_subplot().plot([(place * 37 % 101) / 7 for place in range(9_000)], "o")
    with pytest.raises(ValueError, match=r"figure test-one: its SVG has \d+ kB, over the 150 kB"):
        publish(canvas, ROWS, figure_id="test-one", **WORDS)


def test_publishing_closes_the_drawing() -> None:
    canvas = pyplot.figure()
    publish(canvas, ROWS, figure_id="test-one", **WORDS)
    assert canvas.number not in pyplot.get_fignums()


def test_a_wide_figure_scrolls_on_a_small_screen() -> None:
    canvas = style.canvas(1.5, width=9.6)
    page = Page(publish(canvas, ROWS, figure_id="test-wide", **WORDS)._repr_html_())
    (scroller,) = page.all("div")
    assert scroller["class"] == "finding-scroll" and scroller["tabindex"] == "0"
    assert "min-width:672px" in str(page.all("img")[0]["style"])


def numbers_of(markup: str) -> list[str]:
    return re.findall(r'<t[dh][^>]*class="number"[^>]*>([^<]*)', markup.partition("<tbody>")[2])


def test_a_table_aligns_points_and_prints_units_once() -> None:
    rows = pd.DataFrame({"who": ["China", HOSTILE], "trade": ["240.1", "65"], "more": [1.0, None]})
    columns = {
        "who": Column("Partner"),
        "trade": Column("Trade", True, "usd_bn"),
        "more": Column("Extra", True),
    }
    shown = table(rows, columns, table_id="test-trade", title="T", subtitle="S", source="GACC")
    page = Page(shown._repr_html_())
    assert numbers_of(shown.html) == ["240.1", "1", f"65{POINT_SPACE}{FIGURE_SPACE}", "–"]
    assert page.text.count("US$ bn") == 1 and "bn" not in "".join(numbers_of(shown.html))
    assert page.all("script") == [] and HOSTILE in page.text
    assert [cell["scope"] for cell in page.all("th")] == ["col", "col", "col", "row", "row"]
    assert content(page.all("a")[0]["href"]) == shown.csv


def test_a_table_names_what_it_lacks() -> None:
    with pytest.raises(ValueError, match="table test-t: its data lack nothing_here"):
        table(ROWS, {"nothing_here": Column("N")}, table_id="test-t", title="T", subtitle="S", source="x")
    with pytest.raises(ValueError, match="table test-t has no source"):
        table(ROWS, {"a": Column("A")}, table_id="test-t", title="T", subtitle="S", source="")


CLAIMS = pd.DataFrame(
    {
        "claim_id": ["dependence.001", "dependence.002"],
        "label": ["China takes 36.5 % of imports", HOSTILE],
        "verdict_at_publication": ["Supported", "Open"],
        "verdict": ["Supported", "Refuted"],
        "attribution": ["partly", ""],
        "strength": [0.9, None],
        "address": ["claims/dependence.html#claim-dependence-001", None],
    }
)


def test_verdicts_carry_word_icon_and_class() -> None:
    for look in style.VERDICTS.values():
        for hollow in (False, True):
            markup = chip(look.label, hollow=hollow)
            assert look.label in markup and look.icon in markup and look.css_class in markup
            assert ("verdict-hollow" in markup) is hollow
    with pytest.raises(ValueError, match="Maybe"):
        chip("Maybe")


def test_an_unchanged_verdict_shows_its_word_once_to_the_eye_and_twice_to_the_ear() -> None:
    same, moved = transition("Open", "Open"), transition("Open", "Refuted")
    assert "verdict-bare" in same and same.count("Open") == 2
    assert "verdict-bare" not in moved


def test_the_verdict_table() -> None:
    shown = verdict_table(CLAIMS, table_id="test-verdicts", title="T", subtitle="S", source="this book")
    page = Page(shown._repr_html_())
    assert page.all("script") == [] and HOSTILE in page.text
    assert page.all("a")[0]["href"] == "claims/dependence.html#claim-dependence-001"
    assert ATTRIBUTION["partly"] in page.text and ATTRIBUTION[""] in page.text
    assert numbers_of(shown.html) == ["0.90", "–" + POINT_SPACE + 2 * FIGURE_SPACE]
    assert shown.csv.startswith(
        "claim_id,label,verdict_at_publication,verdict,attribution,strength,address\n"
    )


@pytest.mark.parametrize(("column", "value"), [("verdict", "True"), ("attribution", "maybe")])
def test_words_outside_the_vocabulary_are_refused(column: str, value: str) -> None:
    with pytest.raises(ValueError, match=value):
        verdict_table(
            CLAIMS.assign(**{column: value}), table_id="test-v", title="T", subtitle="S", source="x"
        )


def test_the_style_sheet_covers_every_class_in_use() -> None:
    sheet = stylesheet()
    markup = verdict_table(CLAIMS, table_id="test-v", title="T", subtitle="S", source="x")._repr_html_()
    markup += drawn()._repr_html_() + "".join(chip(label, hollow=True) for label in style.VERDICTS)
    used = {name for names in re.findall(r'class="([^"]+)"', markup) for name in names.split()}
    assert {name for name in used if f".{name}" not in sheet} == set()
    assert sheet.count("{") == sheet.count("}")
