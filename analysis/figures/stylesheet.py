"""The page's side of the visual language: one style sheet for figures, tables and verdicts.

The book's build writes it beside its pages, so that colours and class names have one home.
"""

from __future__ import annotations

from analysis.figures import dark, stands, style

_FIGURES = f"""
figure.finding {{ margin: 2rem 0; padding: 0; max-width: 43rem; }}
figure.finding figcaption {{ margin: 0 0 .5rem; text-align: left; font-style: normal; }}
figure.finding p {{ margin: 0; text-align: left; }}
figure.finding .finding-title {{ font-size: 1.15rem; font-weight: 650; line-height: 1.3; }}
figure.finding .finding-subtitle {{ font-size: .9rem; line-height: 1.4; opacity: .8; }}
figure.finding img {{ display: block; width: 100%; background: {style.PAPER}; }}
.finding-picture {{ position: relative; }}
.finding-spot {{ position: absolute; width: .8rem; height: .8rem; margin: -.4rem; border-radius: 50%; }}
.finding-spot:hover {{ box-shadow: 0 0 0 2px {style.INK}; }}
figure.finding .finding-source,
figure.finding .finding-download {{ margin-top: .4rem; font-size: .8rem; line-height: 1.4; opacity: .8; }}
figure.finding .finding-download {{ margin-top: .1rem; }}
figure.finding img.finding-dark {{ display: none; background: {dark.PAPER}; }}
"""

_TABLES = f"""
.finding-scroll {{ overflow-x: auto; }}
table.finding-table {{ border-collapse: collapse; width: 100%; margin: 0; font-size: .9rem; line-height: 1.35; }}
table.finding-table th, table.finding-table td {{
  padding: .4rem .8rem .4rem 0; border: 0; border-bottom: 1px solid var(--pst-color-border, {style.GRID});
  text-align: left; vertical-align: top; background: none; }}
table.finding-table thead th {{ border-bottom: 1.5px solid currentColor; font-weight: 600; vertical-align: bottom; }}
table.finding-table tbody th {{ font-weight: 400; }}
table.finding-table.finding-stands tbody th {{ min-width: 8.5rem; }}
table.finding-table .unit {{ display: block; font-weight: 400; opacity: .75; }}
table.finding-table .number {{ text-align: right; white-space: pre; font-variant-numeric: tabular-nums lining-nums; }}
@media (min-width: 36.01rem) {{
  table.finding-verdicts tr:has(.verdict-now) > th {{ min-width: 12rem; }}
  table.finding-verdicts td:has(> .verdict-now) {{ min-width: 15rem; }}
}}
details.finding-fold > summary {{ cursor: pointer; padding: .3rem 0; font-size: .9rem; }}
@media print {{ details.finding-fold::details-content {{ content-visibility: visible; }} }}
"""



def _cards(name: str) -> str:
    """Rows of a table as cards: the first cell heads a card, the others stand under it with their labels."""
    table = f"table.{name}"
    return f"""
{table} thead {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
{table}, {table} tbody, {table} tr, {table} th, {table} td {{ display: block; }}
{table} tr {{ padding: .6rem 0; border-bottom: 1px solid var(--pst-color-border, {style.GRID}); }}
{table} th, {table} td {{ padding: .1rem 0; border: 0; }}
{table} .number {{ text-align: left; }}
{table} td[data-label]::before {{
  content: attr(data-label); display: inline-block; min-width: 8.5em; padding-right: .6em; font-size: .8rem; opacity: .75; }}
"""


# A table of verdicts becomes cards where it has no room for columns; one of sentences is always cards.
_LAYOUTS = f"""
@media (max-width: 36rem) {{{_cards("finding-verdicts")}
table.finding-verdicts td:first-of-type::before {{ content: none; }}
{_cards("finding-stands")}
}}
{_cards("finding-cards")}
table.finding-cards td {{ display: grid; grid-template-columns: 9rem 1fr; gap: .6rem; white-space: normal; }}
table.finding-cards td[data-label]::before {{ min-width: 0; line-height: 1.7; }}
table.finding-cards td > * {{ justify-self: start; }}
table.finding-cards td:empty {{ display: none; }}
table.finding-table.finding-cards tbody th {{ font-weight: 600; }}
@media (max-width: 36rem) {{ table.finding-cards td {{ grid-template-columns: 1fr; gap: 0; }} }}
"""

# Every other table is scrolled where it has no room: its columns keep the width of a few words, its first one stays in
# view. A cell that stays would cover the lines that cells share, so each draws its own, and rows are of whole pixels.
_COLUMNS = "table.finding-table:not(.finding-cards, .finding-verdicts, .finding-stands)"
_SCROLLED = f"""
@media screen and (max-width: 36rem) {{
{_COLUMNS} {{ width: max-content; min-width: 100%; border-collapse: separate; border-spacing: 0; }}
{_COLUMNS} tr > * {{
  max-width: 9rem; padding-block: .375rem; line-height: 1.25rem; border-bottom: 1px solid var(--pst-color-border, {style.GRID}); }}
{_COLUMNS} thead tr > * {{ white-space: normal; border-bottom: 2px solid currentColor; }}
{_COLUMNS} tr > th:first-child {{ position: sticky; left: 0; background: var(--paper, {style.PAPER}); }}
}}
"""

_CHIPS = """
.verdict, .stand { display: inline-flex; align-items: center; gap: .35em; padding: .05em .6em .05em .15em;
  border: 1.5px solid; border-radius: 1em; font-size: .85rem; line-height: 1.45; white-space: nowrap; }
.verdict-icon { display: inline-block; width: 1.5em; text-align: center; font-weight: 700; }
.verdict-now { white-space: nowrap; }
.verdict-bare { padding-right: .15em; }
.verdict-bare .verdict-word { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.stand-claims { display: block; margin-top: .2rem; font-size: .8rem; line-height: 1.5; }
.verdict-claim-id { white-space: nowrap; font-variant-numeric: tabular-nums; }
"""


def _chips() -> str:
    rules = []
    for look in style.VERDICTS.values():
        for hollow, selector in ((False, look.css_class), (True, f"{look.css_class}.verdict-hollow")):
            face, edge, sign = look.colours(hollow)
            rules.append(f".{selector} {{ background: {face}; border-color: {edge}; color: {sign}; }}")
    for name, stand in stands.STANDS.items():
        rules.append(
            f".stand-{name} {{ background: {stand.fill}; border-color: {stand.mark}; color: {stand.ink}; }}"
        )
    return "\n".join(rules) + "\n"


def _dark() -> str:
    """On a screen in dark mode pictures and verdicts change colour; paper is always white."""
    mode = 'html[data-theme="dark"]'
    rules = [
        f"{mode} figure.finding img.finding-light {{ display: none; }}",
        f"{mode} figure.finding img.finding-dark {{ display: block; }}",
    ]
    for look in style.VERDICTS.values():
        face, edge, sign = map(dark.darkened, look.colours(hollow=False))
        ink = dark.darkened(look.ink)
        edge = edge if dark.contrast(edge, dark.PAPER) >= 3 else ink  # a faint fill has an edge that is seen
        rules += [
            f"{mode} .{look.css_class} {{ background: {face}; border-color: {edge}; color: {sign}; }}",
            f"{mode} .{look.css_class}.verdict-hollow {{ background: none; border-color: {ink}; color: {ink}; }}",
        ]
    for name, stand in stands.STANDS.items():
        face, mark, ink = map(dark.darkened, (stand.fill, stand.mark, stand.ink))
        rules.append(f"{mode} .stand-{name} {{ background: {face}; border-color: {mark}; color: {ink}; }}")
    return "@media screen {\n" + "\n".join(rules) + "\n}\n"


def stylesheet() -> str:
    """The rules as CSS text."""
    return (_FIGURES + _TABLES + _LAYOUTS + _SCROLLED + _CHIPS + _chips() + _dark()).lstrip()
