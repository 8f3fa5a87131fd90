"""The RO-Crate of the site, by the community's own validator and without a network."""

from __future__ import annotations

import contextlib
import io
import json
import logging
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from review.findings import Result

NAME = "ro-crate-metadata.json"
PROFILE = "ro-crate-1.1"


def context() -> dict[str, Any]:
    """The vocabulary of RO-Crate, as the `rocrate` package carries it; a crate names it by an address only."""
    carried = json.loads((files("rocrate") / "data" / "ro-crate.jsonld").read_text("utf-8"))
    return {"@context": carried["@context"]}


@contextlib.contextmanager
def _offline() -> Iterator[None]:
    """Let the validator find the vocabulary here: it would fetch it, and no stage asks an outside host."""
    import requests
    from rocrate_validator.utils import document_loader, http

    vocabulary = json.dumps(context()).encode()

    def answered(self: object, url: str, **_: object) -> requests.Response:
        response = requests.Response()
        if url.startswith("https://w3id.org/ro/crate/"):
            response.status_code, response._content = 200, vocabulary
            response.headers["Content-Type"] = "application/ld+json"
        else:
            response.status_code, response._content = 504, b""
        return response

    before = document_loader._fetch_json_ld
    http.HttpRequester.get = http.HttpRequester.head = answered
    document_loader._fetch_json_ld = lambda url: json.loads(vocabulary)
    try:
        yield
    finally:
        document_loader._fetch_json_ld = before
        del http.HttpRequester.get, http.HttpRequester.head


def sizes(site: Path, result: Result) -> None:
    """Add every file that the crate lists and that is missing, or has another size than it says."""
    try:
        graph = json.loads((site / NAME).read_text("utf-8"))["@graph"]
        entities = [(str(one["@id"]), one.get("contentSize")) for one in graph if one.get("@type") == "File"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        result.add(NAME, f"cannot be read: {error}; run `make book`")
        return
    for name, size in entities:
        path = site / name
        if not path.is_file():
            result.add(f"{NAME}, {name}", "is listed and not there")
        elif str(path.stat().st_size) != size:
            result.add(f"{NAME}, {name}", f"is said to hold {size} bytes and holds {path.stat().st_size}")
    result.facts["crate_files"] = len(entities)


def validate(site: Path, result: Result) -> None:
    """Add what the validator's required rules find; a note where it is not installed."""
    try:
        from rocrate_validator import models, services
    except ImportError:
        result.notes.append("the RO-Crate was not validated by roc-validator, which is not installed")
        return
    logging.disable(logging.CRITICAL)
    try:
        with _offline(), contextlib.redirect_stdout(io.StringIO()):
            settings = services.ValidationSettings(
                rocrate_uri=str(site), profile_identifier=PROFILE, requirement_severity=models.Severity.REQUIRED, offline=True
            )
            outcome = services.validate(settings)
    finally:
        logging.disable(logging.NOTSET)
    for issue in outcome.get_issues():
        entity = getattr(issue, "violatingEntity", None)
        result.add(f"{NAME}{f', {entity}' if entity else ''}", f"{issue.check.identifier}: {issue.message}")
    result.facts["crate_profile"] = PROFILE
