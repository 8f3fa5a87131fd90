"""Pictures to play with: what each script works out, against the method in Python on a grid; each on its page alone."""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Callable, Iterator
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page
from support import pages

from analysis import arguments, paths
from analysis.chapter import Chapter, read_chapter
from analysis.chapters.dependence import composite as domains
from analysis.chapters.dependence import play as dependence_play
from analysis.chapters.dependence import vulnerability
from analysis.chapters.endgame import diversion
from analysis.chapters.endgame import play as endgame_play
from analysis.chapters.play import TRANSFERS
from analysis.chapters.rows import rows_of
from analysis.methods.composite import composite
from analysis.methods.cutoff_loss import cutoff_loss

CHAPTERS = sorted(path.stem for path in paths.BOOK.glob("*.ipynb"))
Answers = dict[str, str]
# Sets every control of a form, as a reader would, and gives back what it then says.
SET = """([form, settings]) => settings.map((values) => {
  const found = document.getElementById(form);
  for (const [name, value] of Object.entries(values)) {
    const control = found.elements.namedItem(name);
    control.value = String(value);
    if (Math.abs(Number(control.value) - Number(value)) > 1e-9 || control.value === '') throw new Error(`${name} cannot be ${value}`);
  }
  found.dispatchEvent(new Event('input', { bubbles: true }));
  return {
    ...Object.fromEntries([...found.querySelectorAll('[data-answer]')].map((one) => [one.dataset.answer, one.textContent])),
    ...Object.fromEntries([...found.querySelectorAll('[data-bar]')].map((one) => [`bar ${one.dataset.bar}`, one.querySelector('.what-if-value').textContent])),
    ...Object.fromEntries([...found.querySelectorAll('[data-bar]')].map((one) => [`part ${one.dataset.bar}`, one.querySelector('.what-if-fill').style.width])),
  };
})""".replace("|| control.value === ''", "|| (Number.isNaN(Number(value)) && control.value !== String(value))")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text) if not message.text.startswith("[PST]") else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    opened.close()
    assert said == []


@pytest.fixture(scope="module")
def ask(page: Page, site: Path) -> Callable[[str, str, list[dict[str, Any]]], list[Answers]]:
    """What a form of a chapter's page, opened from the folder, answers to each of some settings."""

    def asked(chapter: str, form: str, settings: list[dict[str, Any]]) -> list[Answers]:
        url = (site / f"{chapter}.html").as_uri()
        if page.url != url:
            page.goto(url, wait_until="load")
        return page.evaluate(SET, [form, settings])

    return asked


@pytest.fixture(scope="module")
def dependence() -> Chapter:
    return read_chapter("dependence")


def number(text: str) -> float:
    return float(re.sub(r"[^\d.−-]", "", text).replace("−", "-"))


def test_the_cost_of_a_cut_off_is_the_method_s(ask: Callable[..., list[Answers]], dependence: Chapter) -> None:
    _, bought = vulnerability.purchases(dependence)
    grid = [
        {"goods": goods, "sigma": sigma, "harder": harder}
        for goods, sigma, harder in itertools.product(dependence_play.GOODS, (1.5, 2.2, 3.8, 5.1, 7), (0.5, 1, 3, 11.5, 40))
    ]
    verdicts = set()
    for setting, found in zip(grid, ask("dependence", "dependence-play-cutoff", grid), strict=True):
        _, russia, china = dependence_play.GOODS[setting["goods"]]
        losses = (
            100 * cutoff_loss(bought[russia].share, setting["sigma"]),
            100 * cutoff_loss(bought[china].share, 1 + (setting["sigma"] - 1) / setting["harder"]),
        )
        assert (number(found["russia"]), number(found["china"])) == pytest.approx(losses, abs=0.0501), setting
        assert found["bar RU"] == found["russia"]
        assert float(found["part CN"].rstrip("%")) == pytest.approx(losses[1], abs=0.001)
        if abs(losses[0] - losses[1]) > 0.05:
            assert found["more"] == f"{'Russia' if losses[0] > losses[1] else 'China'} loses more"
        verdicts.add(found["more"])
    assert {"Russia loses more", "China loses more"} <= verdicts


def test_the_composite_is_the_method_s(ask: Callable[..., list[Answers]], dependence: Chapter) -> None:
    pairs = domains.domain_pairs(dependence, "dependence-composite")
    keys = [domain.replace(" ", "_") for domain in pairs]
    chance = random.Random(1)
    weightings = [[5] * len(keys), [0] * len(keys), *([chance.randint(0, 10) for _ in keys] for _ in range(12))]
    weightings += [[10 if one == key else 0 for one in keys] for key in keys]
    words = {name: said for said, name in dependence_play.NORMALISATIONS.items()}
    grid = [
        {**dict(zip(keys, weights, strict=True)), "normalisation": normalisation, "mean": mean}
        for weights, normalisation, mean in itertools.product(weightings, words, domains.MEANS)
    ]
    sides = set()
    for setting, found in zip(grid, ask("dependence", "dependence-play-composite", grid), strict=True):
        normalisation, mean = words[setting["normalisation"]], setting["mean"]
        fitting = {domain: pair for domain, pair in pairs.items() if domains.fits(pair, normalisation, mean)}
        weights = pd.Series({domain: float(setting[domain.replace(" ", "_")]) for domain in fitting}, dtype=float)
        assert all((domain in found["out"]) == (domain not in fitting) for domain in pairs), setting
        if not weights.sum():
            assert found["more"] == "No domain has a weight"
            continue
        scores = pd.DataFrame(domains.scores(fitting, normalisation).T, index=["RU", "CN"], columns=list(fitting))
        wanted = composite(scores, weights, domains.MEANS[mean][0])
        assert number(found["russia"]) == pytest.approx(wanted["RU"], abs=0.00501), setting
        assert number(found["china"]) == pytest.approx(wanted["CN"], abs=0.00501), setting
        if not np.isclose(wanted["RU"], wanted["CN"]):
            assert found["more"].startswith("Russia" if wanted["RU"] > wanted["CN"] else "China"), setting
        sides.add(found["more"].split()[0])
    assert {"Russia", "China"} <= sides


def test_the_share_filled_is_the_method_s(ask: Callable[..., list[Answers]]) -> None:
    chapter = read_chapter("endgame")
    rows = rows_of(chapter, "endgame-one-change")
    levels = diversion._levels(rows)
    trade = {flow: diversion._trade(rows, flow) for flow in diversion.FLOWS}
    years = [year for year in trade["imports"].index if year > diversion.BASE]
    choices = list(
        itertools.product(trade, endgame_play.DEFINITIONS, diversion.BASES, endgame_play.FILLERS, years)
    )
    grid = [
        {
            "flow": flow,
            "definition": endgame_play.DEFINITIONS[definition],
            "base": endgame_play.BASES[base],
            "fillers": endgame_play.FILLERS[fillers],
            "year": year,
        }
        for flow, definition, base, fillers, year in choices
    ]
    reads = {"taken over": "taken over", "over half": "over half filled", "half or less": "half or less filled"}
    seen = set()
    for choice, found in zip(choices, ask("endgame", "endgame-play-substitution", grid), strict=True):
        flow, definition, base, fillers, year = choice
        value = diversion.filled(trade[flow], levels, definition, base, fillers, year)
        if isnan(value):
            assert found["share"] == "–", choice
        else:
            assert number(found["share"]) == pytest.approx(value, abs=0.501), choice
            assert found["reads"] == reads[diversion._reading(chapter, value)], choice
        seen.add(found["reads"])
    assert set(reads.values()) <= seen


@pytest.mark.parametrize("article", CHAPTERS)
def test_the_strengths_are_the_argument_s(ask: Callable[..., list[Answers]], site: Path, article: str) -> None:
    form = f"{article}-play-argument"
    if f'id="{form}"' not in (site / f"{article}.html").read_text("utf-8"):
        pytest.skip(f"{article} has no scores to play with")
    chapter = read_chapter(article)
    semantics = {function.__name__: function for function in arguments.SEMANTICS.values()}
    transfers = {"excess": arguments.excess, "whole": arguments.whole}
    assert set(transfers) == set(TRANSFERS) and len(transfers) == len(arguments.TRANSFERS)
    scores = [(0.9, 0.1, 0.5), (1, 0, 0.5), (0.5, 0.5, 0.5), (0.8, 0.2, 0.65), (0.95, 0.05, 0), (0.6, 0.4, 1)]
    grid = [
        {"semantics": rule, "transfer": transfer, "when": when, "supported": high, "refuted": low, "otherwise": rest}
        for rule, transfer, when, (high, low, rest) in itertools.product(semantics, transfers, ("now", "then"), scores)
    ]
    premises = set(chapter.argument.premises)
    for setting, found in zip(grid, ask(article, form, grid), strict=True):
        labels = chapter.labels(setting["when"])
        given = {"Supported": setting["supported"], "Refuted": setting["refuted"]}
        base = {claim: given.get(labels[claim], setting["otherwise"]) if claim in premises else 0.5 for claim in chapter.argument.order}
        wanted = chapter.argument.strengths(base, semantics[setting["semantics"]], transfers[setting["transfer"]])
        for place, claim in enumerate(chapter.conclusions):
            assert float(found[f"bar c{place}"]) == pytest.approx(wanted[claim], abs=0.00501), (claim, setting)
            assert float(found[f"part c{place}"].rstrip("%")) == pytest.approx(100 * wanted[claim], abs=0.001), (claim, setting)
        assert int(found["beyond"]) == sum(wanted[claim] > 0.5 + 1e-9 for claim in chapter.conclusions)
    start = ask(article, form, [{"semantics": "df_quad", "transfer": "excess", "when": "now", "supported": 0.9, "refuted": 0.1, "otherwise": 0.5}])[0]
    assert [float(start[f"bar c{place}"]) for place, _ in enumerate(chapter.conclusions)] == pytest.approx(
        [chapter.strengths()[claim] for claim in chapter.conclusions], abs=0.00501
    )


def forms(text: str) -> list[str]:
    return re.findall(r'<form[^>]*\bdata-play="([a-z_]+)"', text)


def test_each_script_comes_only_to_the_pages_that_play_with_it(site: Path) -> None:
    known = {path.name for path in (paths.BOOK / "_static").glob("play*.js")}
    used = set()
    for name in pages(site):
        text = (site / name).read_text("utf-8")
        loaded = set(re.findall(r'src="[^"]*/(play[a-z_-]*\.js)', text))
        wanted = {f"play-{kind}.js" for kind in forms(text)} | ({"play.js"} if forms(text) else set())
        assert loaded == wanted, name
        used |= loaded
    assert used == known


@pytest.mark.parametrize("article", CHAPTERS)
@pytest.mark.parametrize(("mode", "width"), [("light", 1280), ("dark", 390)])
def test_every_form_is_named_reachable_and_fits(browser: Browser, site: Path, article: str, mode: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=mode)
    page = context.new_page()
    page.goto((site / f"{article}.html").as_uri(), wait_until="load")
    shown = page.locator("form[data-play]")
    assert shown.count() == len(forms((site / f"{article}.html").read_text("utf-8")))
    for place in range(shown.count()):
        form = shown.nth(place)
        assert form.is_visible()
        assert form.evaluate("form => form.scrollWidth <= form.clientWidth")
        assert form.evaluate("form => [...form.querySelectorAll('[data-answer], .what-if-value')].every(e => e.dataset.answer === 'out' || e.textContent)")
        for control in form.locator("input, select").all():
            name = control.get_attribute("id")
            assert page.locator(f"label[for='{name}']").count() == 1
            control.focus()
            assert control.evaluate("control => control === document.activeElement")
        before = form.inner_text()
        slider = form.locator("input[type=range]")
        if slider.count():
            slider.first.focus()
            page.keyboard.press("End")
        else:
            form.locator("select").first.select_option(index=1)
        assert form.inner_text() != before
        form.locator("button[type=reset]").click()
        page.wait_for_function("([form, text]) => form.innerText === text", arg=[form.element_handle(), before])
    page.emulate_media(media="print")
    assert not page.locator("form[data-play]:visible").count()
    context.close()


@pytest.mark.parametrize("article", CHAPTERS)
def test_without_scripts_no_form_is_shown(browser: Browser, site: Path, article: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / f"{article}.html").as_uri())
    assert not page.locator("form[data-play]:visible").count()
    context.close()


def test_settings_are_numbers_from_the_tables(site: Path) -> None:
    for article in CHAPTERS:
        text = (site / f"{article}.html").read_text("utf-8")
        for settings in re.findall(r'data-settings="([^"]*)"', text):
            parsed = json.loads(settings.replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&"))
            assert parsed and "NaN" not in settings
