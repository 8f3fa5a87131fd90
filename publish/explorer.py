"""The page on which every claim can be filtered, sorted, searched and opened, and the claims among what a search finds.

The page holds the whole table, so that it can be read without a script. The script gives it controls and
puts a claim's details, the same as on its article's page of claims, under a row that is opened; it asks for
them article by article, as scripts, because a page opened from a folder may not read other files.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

from analysis.addresses import claim_address
from analysis.figures.verdicts import chip
from analysis.verdicts import LABELS
from publish.chinese import folding
from publish.pages import Pages
from publish.source_pages import direct

SCRIPTS = Path(__file__).parent / "scripts"
# What the library's bundle ends with; a script that a page opened from a folder can run must not export.
EXPORTS = re.compile(r"export\{[^}]*?(\w+) as default[^}]*\}")


def _table_library() -> str:
    """DataTables as itables carries it, as a script that sets `DataTable` and exports nothing."""
    bundle = files("itables").joinpath("html/dt_bundle.js").read_text("utf-8")
    script, count = EXPORTS.subn(r"window.DataTable=\1", bundle)
    if count != 1:
        raise RuntimeError("the table library does not end as expected; look at how itables exports it")
    return f"(()=>{{{script}\n}})();\n"


def _assignment(name: str, value: object) -> str:
    return f"{name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n"


def _searched(pages: Pages) -> dict[str, object]:
    """What the search reads of each claim, and each verdict's mark, hollow and filled, to show beside it."""
    texts = ("short_en", "statement_en", "statement_zh")
    return {
        "claims": [
            [
                claim["claim_id"],
                claim_address(claim["claim_id"]),
                *(claim[name] for name in texts),
                *(LABELS.index(pages.ledger[claim["claim_id"]][column]) for column in ("verdict_at_publication", "verdict")),
            ]
            for claim in pages.claims
        ],
        "chips": [[chip(label, hollow=True), chip(label)] for label in LABELS],
    }


def write(pages: Pages, html: Path) -> None:
    """Write the scripts of the page and the claims' details under `html`."""
    folder = html / "_static" / "explorer"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "datatables.js").write_text(_table_library(), encoding="utf-8")
    shutil.copyfile(SCRIPTS / "explorer.js", folder / "explorer.js")
    (folder / "folding.js").write_text(
        _assignment("window.explorerFolding", "".join(f"{old}{new}" for old, new in sorted(folding().items())))
        + _assignment("window.explorerNames", pages.regional_names),
        encoding="utf-8",
    )
    shutil.copyfile(SCRIPTS / "claim_search.js", folder / "claim_search.js")
    (folder / "claims.js").write_text(_assignment("window.claimSearch", _searched(pages)), encoding="utf-8")
    details: dict[str, dict[str, str]] = defaultdict(dict)
    for claim in pages.claims:
        details[claim["article_id"]][claim["claim_id"]] = direct(
            pages.claim_part(claim["claim_id"], up=""), pages.source_places
        )
    for article, parts in sorted(details.items()):
        (folder / f"{article}.js").write_text(
            _assignment(f"window.explorerDetails[{json.dumps(article)}]", parts), encoding="utf-8"
        )
