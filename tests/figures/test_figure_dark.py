"""The dark palette: legible on dark paper, apart for every vision, and nothing but colours changed in a picture."""

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_figure_style import MACHADO, contrast, difference, lightness

from analysis.figures import dark, style
from analysis.figures.stylesheet import stylesheet


def test_the_measure_is_that_of_the_light_palette() -> None:
    assert dark.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert dark.contrast("#A77FFE", "#16191D") == pytest.approx(contrast("#A77FFE", "#16191D"))


def test_marks_and_words_are_legible_on_dark_paper() -> None:
    for look in [*style.ACTORS.values(), style.REST]:
        assert contrast(dark.darkened(look.colour), dark.PAPER) >= 3, look.name
        assert contrast(dark.darkened(look.ink), dark.PAPER) >= 4.5, look.name
    for text in (style.INK, style.SOFT, style.STATEMENT_INK):
        assert contrast(dark.darkened(text), dark.PAPER) >= 4.5, text
    for text in (style.INK, style.STATEMENT_INK):
        assert contrast(dark.darkened(text), dark.darkened(style.STATEMENT)) >= 4.5, text
    for mark in (style.FAINT, style.STATEMENT_EDGE):
        assert contrast(dark.darkened(mark), dark.PAPER) >= 3, mark


def test_verdicts_are_legible_on_dark_paper() -> None:
    for verdict in style.VERDICTS.values():
        for hollow in (True, False):
            face, edge, sign = map(dark.darkened, verdict.colours(hollow))
            assert contrast(face, sign) >= 4.5, verdict.label
            assert max(contrast(edge, dark.PAPER), contrast(face, dark.PAPER)) > 1.8, verdict.label  # as on white paper
        assert contrast(dark.darkened(verdict.ink), dark.PAPER) >= 4.5


def test_the_edge_of_every_chip_is_seen_on_dark_paper() -> None:
    screen = stylesheet().partition("@media screen {")[2]
    edges = re.findall(r"\.verdict-[a-z-]+(?:\.verdict-hollow)? \{[^}]*border-color: (#\w{6})", screen)
    assert len(edges) == 2 * len(style.VERDICTS)
    assert all(contrast(edge, dark.PAPER) >= 3 for edge in edges)


def test_verdicts_stay_apart_in_grey() -> None:
    for one, other in combinations(style.VERDICTS.values(), 2):
        assert abs(lightness(dark.darkened(one.fill)) - lightness(dark.darkened(other.fill))) > 10, (one.label, other.label)


@pytest.mark.parametrize("vision", MACHADO)
def test_actors_and_verdicts_stay_apart_for_every_vision(vision: str) -> None:
    actors = [look.colour for look in [*style.ACTORS.values(), style.REST]]
    for group in (actors, [verdict.fill for verdict in style.VERDICTS.values()]):
        for one, other in combinations(group, 2):
            assert difference(dark.darkened(one), dark.darkened(other), vision) > 0.085, (one, other)


def test_actors_stay_apart_in_grey() -> None:
    for one, other in combinations(style.ACTORS.values(), 2):
        if abs(lightness(dark.darkened(one.colour)) - lightness(dark.darkened(other.colour))) < 8:
            assert one.dash != other.dash, (one.name, other.name)


greys = st.integers(0, 255).map(lambda part: f"#{part:02X}{part:02X}{part:02X}")
colours = st.tuples(*[st.integers(0, 255)] * 3).map(lambda parts: "#{:02X}{:02X}{:02X}".format(*parts))


@given(greys, greys)
def test_an_order_of_shades_stays_one(one: str, other: str) -> None:
    pale, strong = sorted((one, other), key=lambda colour: contrast(colour, style.PAPER))
    assert contrast(dark._alike(pale), dark.PAPER) <= contrast(dark._alike(strong), dark.PAPER)


@given(colours)
def test_a_colour_without_a_name_keeps_its_contrast(colour: str) -> None:
    wanted = min(contrast(colour, style.PAPER), contrast(dark.INK, dark.PAPER))
    assert contrast(dark._alike(colour), dark.PAPER) == pytest.approx(wanted, rel=0.06)


def test_a_picture_changes_its_colours_and_nothing_else() -> None:
    light = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>.a{fill:#1b1f24;stroke:#FFFFFF}</style>'
        '<path id="fff" d="M1 2" fill="#ffffff" style="stroke:#cd2d0c;fill:none"/><use href="#abcdef"/></svg>'
    )
    made = dark.recoloured(light)
    assert ElementTree.fromstring(made) is not None
    assert ".a{fill:#e2e8ef;stroke:#16191d}" in made
    assert 'fill="#16191d" style="stroke:#ff6338;fill:none"' in made
    assert 'href="#abcdef"' in made
    colour = re.compile("#[0-9a-fA-F]{6}")
    assert colour.sub("", made) == colour.sub("", light)


def test_the_style_sheet_darkens_screens_only() -> None:
    sheet = stylesheet()
    screen = sheet[sheet.index("@media screen {") :]
    assert screen.count('html[data-theme="dark"]') == sheet.count('html[data-theme="dark"]')
    assert f".verdict-supported {{ background: {dark.darkened('#005A96')};" in screen
    hollow = [line for line in screen.splitlines() if "verdict-hollow" in line]
    assert len(hollow) == len(style.VERDICTS) and all("background: none" in line for line in hollow)
