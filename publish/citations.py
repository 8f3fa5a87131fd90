"""How to cite the book, a chapter or a claim: plain text, BibTeX and CSL JSON, from CITATION.cff and the tables.

The book names no host, so a citation carries no address; the page adds its own where it is read over a network.
Where CITATION.cff states no date of release, the year is that up to which the evidence reaches.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pybtex.database import BibliographyData, Entry, Person

from analysis import paths

Item = dict[str, Any]


def book(as_of: str, path: Path = paths.ROOT / "CITATION.cff") -> Item:
    """The book as a CSL item; `as_of` is the day up to which its evidence reaches (YYYY-MM-DD)."""
    stated = yaml.safe_load(path.read_text("utf-8"))
    released = str(stated.get("date-released", as_of))
    authors = [
        {"literal": person["name"]} if "name" in person else {"family": person["family-names"], "given": person["given-names"]}
        for person in stated["authors"]
    ]
    item: Item = {
        "id": "five-arguments-tested",
        "type": "book",
        "title": stated["title"],
        "author": authors,
        "issued": {"date-parts": [[int(part) for part in released.split("-")]]},
        "version": str(stated["version"]),
        "note": f"Evidence up to {as_of}",
    }
    return item | ({"DOI": stated["doi"]} if "doi" in stated else {})


def part(whole: Item, identifier: str, title: str, kind: str) -> Item:
    """A chapter (`kind` "chapter") or a claim ("entry") of the book `whole`."""
    kept: Item = {name: whole[name] for name in ("author", "issued", "version", "note", "DOI") if name in whole}
    return {"id": f"{whole['id']}-{identifier.replace('.', '-')}", "type": kind, "title": title, "container-title": whole["title"], **kept}


def claim(whole: Item, row: Mapping[str, Any]) -> Item:
    """A claim of the book: its id and what it says in short."""
    return part(whole, row["claim_id"], f"Claim {row['claim_id']}: {row['short_en']}", "entry")


def _names(item: Item) -> list[str]:
    return [author.get("literal") or f"{author['family']}, {author['given']}" for author in item["author"]]


def _year(item: Item) -> int:
    return int(item["issued"]["date-parts"][0][0])


def plain(item: Item) -> str:
    """The citation as one sentence a line of references can take."""
    within = f" In: {item['container-title']}." if "container-title" in item else ""
    doi = f" doi:{item['DOI']}." if "DOI" in item else ""
    return f"{'; '.join(_names(item))} ({_year(item)}). {item['title']}.{within} Version {item['version']}. {item['note']}.{doi}"


TEX = str.maketrans({"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
"""Signs that would begin a command or end a field; pybtex takes care of the others."""


def bibtex(item: Item) -> str:
    """The citation as a BibTeX entry, in which a title is text and never a command."""
    inside = "container-title" in item
    fields = {
        "title": f"{{{item['title'].translate(TEX)}}}",
        **({"booktitle": f"{{{item['container-title'].translate(TEX)}}}"} if inside else {}),
        "year": str(_year(item)),
        "note": f"Version {item['version']}. {item['note']}",
        **({"doi": item["DOI"]} if "DOI" in item else {}),
    }
    entry = Entry("incollection" if inside else "book", fields=fields)
    for author, name in zip(item["author"], _names(item), strict=True):
        # A body's name is one unit: braces keep it from being cut into given and family names.
        entry.add_person(Person(last=f"{{{name}}}") if "literal" in author else Person(name), "author")
    text: str = BibliographyData({item["id"]: entry}).to_string("bibtex")
    return text
