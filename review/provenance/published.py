"""The documents of the site for programs: under their schemas, complete, and made from these very tables."""

from __future__ import annotations

import filecmp
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from pybtex.database import parse_string
from referencing import Registry, Resource

from review.findings import Result
from review.rows import table

REVIEW = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
ADDRESS = re.compile(r'(?<![\w-])(?:href|src)="([^"#?]+)')


def _read(path: Path, site: Path, result: Result) -> Any:
    """A JSON document; None, and a finding, where there is none."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        result.add(path.relative_to(site).as_posix(), f"cannot be read: {error}; run `make book`")
        return None


def _documents(site: Path) -> Iterator[tuple[Path, str]]:
    yield site / "api" / "claims.json", "claims.schema.json"
    yield site / "api" / "articles.json", "articles.schema.json"
    for path in sorted((site / "api" / "claims").glob("*.json")):
        yield path, "claim.schema.json"


def schemas(site: Path, result: Result) -> None:
    """Add each published schema that is none, and each document that breaks its own."""
    loaded = {path.name: _read(path, site, result) for path in sorted((site / "api" / "schema").glob("*.json"))}
    sound = {}
    for name, schema in loaded.items():
        try:
            Draft202012Validator.check_schema(schema)
            sound[name] = schema
        except SchemaError as error:
            result.add(f"api/schema/{name}", f"is no JSON Schema: {error.message[:200]}")
    pairs = [(key, Resource.from_contents(schema)) for name, schema in sound.items() for key in (name, schema.get("$id", name))]
    registry = Registry().with_resources(pairs)
    validators = {name: Draft202012Validator(schema, registry=registry) for name, schema in sound.items()}
    for path, name in _documents(site):
        if name not in validators:
            result.add(f"api/schema/{name}", "is not published, or is no schema")
        elif (document := _read(path, site, result)) is not None:
            for fault in validators[name].iter_errors(document):
                place = ".".join(map(str, fault.absolute_path))
                result.add(f"{path.relative_to(site).as_posix()}{f', {place}' if place else ''}", fault.message[:300])


def complete(folder: Path, site: Path, result: Result) -> None:
    """Add each claim without a document, a citation or a review, and each table that is another than the project's."""
    claims = set(table(folder, "claims").get("claim_id", []))
    reviewed = set()
    for page in sorted((site / "claims").glob("*.html")):
        for block in REVIEW.findall(page.read_text("utf-8")):
            reviewed |= {match for match in re.findall(r"#claim-([a-z-]+-\d+)", block)}
    for claim in sorted(claims):
        for name in (f"api/claims/{claim}.json", f"api/citations/{claim}.json", f"api/citations/{claim}.bib"):
            if not (site / name).exists():
                result.add(name, "is missing")
        if claim.replace(".", "-") not in reviewed:
            result.add(f"claims/{claim.rpartition('.')[0]}.html", f"holds no ClaimReview of {claim}")
    for path in sorted((site / "api" / "citations").glob("*.bib")):
        if not parse_string(path.read_text("utf-8"), "bibtex").entries:
            result.add(path.relative_to(site).as_posix(), "holds no entry")
    for path in sorted((site / "data").rglob("*.*")):
        name = path.relative_to(site).as_posix()
        if not (folder / name).exists() or not filecmp.cmp(path, folder / name, shallow=False):
            result.add(name, "is another on the site than in the project; run `make book`")
    result.facts["claims_published"] = len(claims)


def links(site: Path, result: Result) -> None:
    """Add each link or picture of a page that leads to no file of the site, and each picture that is no SVG."""
    seen = 0
    for page in sorted(site.rglob("*.html")):
        for target in sorted(set(ADDRESS.findall(page.read_text("utf-8")))):
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            seen += 1
            if not (page.parent / unquote(parts.path)).exists():
                result.add(page.relative_to(site).as_posix(), f"leads to {target}, which is not there")
    for picture in sorted(site.glob("figures/**/*.svg")):
        try:
            ElementTree.parse(picture)
        except ElementTree.ParseError as error:
            result.add(picture.relative_to(site).as_posix(), f"is no SVG: {error}")
    result.facts["local_links"] = seen
