"""Mathematics as MathML, which browsers draw by themselves: no page loads a script or asks a host for it.

TeX is read by docutils; what it does not know is a warning that names the formula, and warnings fail the build.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

# Environments that only say that a formula stands by itself; rows and their alignment are read without them.
ALONE = re.compile(r"\\(?:begin|end)\{(?:equation|align|gather|multline|eqnarray)\*?\}|\\(?:nonumber|notag)\b")
logger = logging.getLogger(__name__)


def mathml(tex: str, *, block: bool = False) -> str:
    """A formula as a math element; MathError for what is not understood."""
    made: str = tex2mathml(ALONE.sub("", tex).strip(), as_block=block)
    return made


def _formula(translator: HTML5Translator, node: nodes.math | nodes.math_block, *, block: bool) -> str:
    try:
        return mathml(node.astext(), block=block)
    except MathError as error:
        logger.warning("formula %r: %s", node.astext(), error, location=node)
        return translator.encode(node.astext())


def _inline(translator: HTML5Translator, node: nodes.math) -> NoReturn:
    translator.body.append(_formula(translator, node, block=False))
    raise nodes.SkipNode


def _block(translator: HTML5Translator, node: nodes.math_block) -> NoReturn:
    translator.body.append(translator.starttag(node, "div", CLASS="math"))
    if node.get("number"):
        translator.body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})</span>')
    translator.body.append(f"{_formula(translator, node, block=True)}</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
