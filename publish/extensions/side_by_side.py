"""Pages are read and written side by side, as the extensions loaded here allow."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

# They do not say so themselves. What each does per page is a function of that page alone; numbering, which is
# not, happens after all pages are read, in one process.
SAFE = ("sphinx_multitoc_numbering",)


def declare(app: Sphinx, config: Config) -> None:
    for name in SAFE:
        app.extensions[name].parallel_read_safe = True
        app.extensions[name].parallel_write_safe = True


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("config-inited", declare)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
