"""What machines read: the crate, the citation, the arguments, the published documents and their schemas."""

from __future__ import annotations

from pathlib import Path

from review.findings import Result
from review.provenance import argument, citation, crate, published


def check(folder: Path) -> Result:
    """Everything for machines, in `folder` and in the site that was built there."""
    result, site = Result(), folder / "_build" / "html"
    citation.check(folder, result)
    if not (site / "index.html").exists():
        result.add("_build/html", "there is no site to look at; run `make book`, or the stage book before this one")
        return result
    crate.sizes(site, result)
    crate.validate(site, result)
    argument.check(site, result)
    published.schemas(site, result)
    published.complete(folder, site, result)
    published.links(site, result)
    return result
