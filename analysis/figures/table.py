"""A table of the page: numbers aligned at the decimal point, each unit printed once, rows to download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import pandas as pd

from analysis.figures import numbers
from analysis.figures.figure import check_words, csv, download

LONG = 10


class Html(str):
    """Cell content that is markup already; any other text is escaped."""


@dataclass(frozen=True)
class Column:
    """How a column is headed and printed.

    `numeric` aligns it as numbers, `unit` (a code of the data package) stands under its title;
    `decimals` and `signed` are those of `numbers.number`.
    """

    title: str
    numeric: bool = False
    unit: str = ""
    decimals: int | None = None
    signed: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class Table:
    """A finished table; `html` is the table alone, `data` the rows behind it.

    With more than `folds_over` rows the title stands for the table until a reader opens it.
    """

    table_id: str
    title: str
    subtitle: str
    source: str
    html: str
    data: pd.DataFrame
    folds_over: int | None = None

    def __post_init__(self) -> None:
        check_words("table", self.table_id, title=self.title, subtitle=self.subtitle, source=self.source)

    @property
    def csv(self) -> str:
        """The rows behind the table."""
        return csv(self.data)

    def __repr__(self) -> str:
        return f"<Table {self.table_id}: {self.title}>"

    def _repr_html_(self) -> str:
        rows = download(self.csv, "text/csv", f"{self.table_id}.csv", "Data (CSV)", self.title)
        scroll = (
            f'<div class="finding-scroll" tabindex="0" role="region" aria-label="{escape(self.title)}">\n'
            f"{self.html}\n</div>"
        )
        if self.folds_over is not None and len(self.data) > self.folds_over:
            scroll = (
                f'<details class="finding-fold"><summary>Show the {len(self.data)} rows</summary>\n{scroll}\n</details>'
            )
        return (
            f'<figure id="table-{self.table_id}" class="finding">\n'
            f'<figcaption>\n<p class="finding-title">{escape(self.title)}</p>\n'
            f'<p class="finding-subtitle">{escape(self.subtitle)}</p>\n</figcaption>\n'
            f"{scroll}\n"
            f'<p class="finding-source">Source: {escape(self.source)}</p>\n'
            f'<p class="finding-download">Download: {rows}</p>\n'
            f"</figure>"
        )


def _head(column: Column) -> str:
    unit = numbers.unit(column.unit).title
    below = f' <span class="unit">{escape(unit)}</span>' if unit else ""
    return f'<th scope="col"{_class(column)}>{escape(column.title)}{below}</th>'


def _class(column: Column) -> str:
    return ' class="number"' if column.numeric else ""


def _cells(values: pd.Series, column: Column) -> list[str]:
    if column.numeric:
        return [
            escape(text) for text in numbers.aligned(values.tolist(), column.decimals, signed=column.signed)
        ]
    return [
        value if isinstance(value, Html) else escape("" if numbers.missing(value) else str(value))
        for value in values
    ]


def markup(data: pd.DataFrame, columns: Mapping[str, Column], css_class: str = "") -> str:
    """The rows as an HTML table; the first column heads its rows, the others carry their title as a label."""
    cells = [_cells(data[name], column) for name, column in columns.items()]
    lines = [f'<table class="{f"finding-table {css_class}".strip()}">']
    lines.append("<thead><tr>" + "".join(_head(column) for column in columns.values()) + "</tr></thead>")
    lines.append("<tbody>")
    for row in zip(*cells, strict=True):
        first, *others = zip(row, columns.values(), strict=True)
        line = f'<th scope="row"{_class(first[1])}>{first[0]}</th>'
        for text, column in others:
            line += f'<td{_class(column)} data-label="{escape(column.title)}">{text}</td>'
        lines.append(f"<tr>{line}</tr>")
    lines.append("</tbody></table>")
    return "\n".join(lines)


def table(
    data: pd.DataFrame,
    columns: Mapping[str, Column],
    *,
    table_id: str,
    title: str,
    subtitle: str,
    source: str,
    css_class: str = "",
) -> Table:
    """Print the rows of `data` in their order, with these of its columns; the download holds the same.

    `css_class` is finding-cards for rows of sentences, which need more room than columns have.
    ValueError, naming the table, when a word or a column is missing.
    """
    absent = [name for name in columns if name not in data.columns]
    if absent or not columns:
        raise ValueError(f"table {table_id}: its data lack {', '.join(absent) or 'any column'}")
    return Table(table_id, title, subtitle, source, markup(data, columns, css_class), data[list(columns)].copy())
