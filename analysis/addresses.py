"""Where things stand in the published book: permanent addresses, made from ids alone."""

from __future__ import annotations

import re


def anchor(kind: str, key: str) -> str:
    """The permanent fragment of a row: claim-dependence-001 for the claim dependence.001."""
    return f"{kind}-{re.sub('[^A-Za-z0-9]+', '-', key).strip('-')}"


def claim_address(claim_id: str, up: str = "") -> str:
    """The permanent address of a claim, seen from the folder that `up` leads out of."""
    return f"{up}claims/{claim_id.rpartition('.')[0]}.html#{anchor('claim', claim_id)}"


def source_address(source_id: str, up: str = "") -> str:
    """The permanent address of a source, seen from the folder that `up` leads out of."""
    return f"{up}sources.html#{anchor('source', source_id)}"
