"""The codebook: what every table and column means, written from the schema and from nothing else."""

from __future__ import annotations

import re
from typing import Any

_SEMANTICS = {
    "day": "date (ISO 8601, at the precision known)",
    "period": "period (ISO 8601, interval or fiscal year)",
    "decimal": "decimal, with the digits printed",
    "list": "list, joined by semicolons",
    "unit": "unit code",
}


def text(cell: str) -> str:
    """`cell` as Markdown that shows it unchanged, also inside a table."""
    return re.sub(r"([\\`*_{}\[\]#|<>~$&])", r"\\\1", " ".join(cell.split()))


def _type(field: dict[str, Any]) -> str:
    return _SEMANTICS.get(field.get("semantic", ""), field["type"])


def _constraints(field: dict[str, Any], references: dict[str, str]) -> str:
    constraints = field.get("constraints", {})
    parts = ["required"] if constraints.get("required") else []
    if "enum" in constraints:
        parts.append("one of " + ", ".join(f"`{value}`" for value in constraints["enum"]))
    if "minimum" in constraints or "maximum" in constraints:
        low, high = constraints.get("minimum"), constraints.get("maximum")
        parts.append(f"from {low}" if high is None else f"to {high}" if low is None else f"{low} to {high}")
    if field["name"] in references:
        parts.append(f"a key of {references[field['name']]}")
    return "; ".join(parts)


def _reference(key: dict[str, Any], table: str) -> tuple[str, str]:
    """Column and the table it points to; the empty name means the table itself."""
    column = key["fields"] if isinstance(key["fields"], str) else key["fields"][0]
    return column, f"`{key['reference']['resource'] or table}`"


def _table(resource: dict[str, Any], level: int) -> list[str]:
    schema = resource["schema"]
    references = dict(_reference(key, resource["name"]) for key in schema.get("foreignKeys", []))
    key = schema["primaryKey"]
    lines = [
        f"{'#' * level} {text(resource['title'])}",
        "",
        f"`{resource['path']}`: {text(resource['description'])} "
        f"Key: {', '.join(f'`{column}`' for column in ([key] if isinstance(key, str) else key))}.",
        "",
        "| Column | Type | Meaning | Constraints |",
        "| --- | --- | --- | --- |",
    ]
    for field in schema["fields"]:
        lines.append(
            f"| `{field['name']}` | {_type(field)} | {text(field['description'])} | {_constraints(field, references)} |"
        )
    return [*lines, ""]


def markdown(package: dict[str, Any]) -> str:
    """The codebook of a data package (the parsed datapackage.json) as one Markdown page."""
    licences = ", ".join(f"[{text(item['title'])}]({item['path']})" for item in package["licenses"])
    lines = [
        "# Codebook",
        "",
        f"{text(package['description'])} Version {text(package['version'])}; the evidence reaches to "
        f"{text(package['as_of'])}. Licence of the tables: {licences}; each source's own terms stand in its row.",
        "",
        "This page is generated from `datapackage.json`, the only schema of the tables.",
        "",
    ]
    for resource in package["resources"]:
        lines += _table(resource, 2)
    lines += ["## Units", "", "| Code | Meaning |", "| --- | --- |"]
    lines += [f"| `{code}` | {text(meaning)} |" for code, meaning in package["units"].items()]
    return "\n".join(lines) + "\n"
