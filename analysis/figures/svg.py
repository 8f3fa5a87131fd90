"""A drawing library's SVG, cut to what a browser needs: about a quarter of the bytes, the same picture.

Every figure travels inside its notebook, twice, so that its weight is the weight of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", SVG)
HREF = "{http://www.w3.org/1999/xlink}href"

_NUMBER = re.compile(r"-?\d+\.\d+")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_SHIFT = re.compile(r"translate\((-?[\d.]+) (-?[\d.]+)\)")
_BASE = "abcdefghijklmnopqrstuvwxyz"


def _round(match: re.Match[str]) -> str:
    text = f"{float(match[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _name(position: int) -> str:
    """A short id: a … z, ba, bb, …"""
    letters = _BASE[position % 26]
    while position := position // 26:
        letters = _BASE[position % 26] + letters
    return letters


def _path(data: str) -> str:
    """The same path with rounded numbers and each command's letter only where the command changes."""
    said = ""
    words: list[str] = []
    for word in _NUMBER.sub(_round, data).split():
        if word.isalpha() and word == said:
            continue
        if word.isalpha():
            said = "L" if word == "M" else word  # what follows a move is a line
        words.append(word)
    return re.sub(r" ?([A-Za-z]) ?", r"\1", " ".join(words)).replace(" -", "-")


def _unwrap(parent: ElementTree.Element) -> None:
    """Put the children of groups without attributes in the group's place."""
    children: list[ElementTree.Element] = []
    for child in parent:
        _unwrap(child)
        if child.tag == f"{{{SVG}}}g" and not child.attrib:
            children.extend(child)
        elif child.tag not in (f"{{{SVG}}}g", f"{{{SVG}}}defs") or len(child):
            children.append(child)
    parent[:] = children


def _share_styles(root: ElementTree.Element) -> None:
    """Say a style that occurs more than once in the drawing's style sheet, and name it where it is used."""
    counts = Counter(element.get("style") for element in root.iter())
    classes = {style: _name(place) for place, style in enumerate(s for s in counts if s and counts[s] > 1)}
    for element in root.iter():
        style = element.get("style")
        if style in classes:
            del element.attrib["style"]
            element.set("class", classes[style])
    sheet = root.find(f".//{{{SVG}}}style")
    if sheet is not None:
        sheet.text = (sheet.text or "") + "".join(f".{name}{{{style}}}" for style, name in classes.items())


def compact(source: str) -> str:
    """The same drawing without metadata, comments, unused ids and digits beyond a hundredth of a point.

    Ids become short and follow the order of the drawing, so equal input gives equal bytes.
    """
    root = ElementTree.fromstring(source)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{SVG}}}metadata":
                parent.remove(child)
    used = {
        name
        for element in root.iter()
        for key, value in element.attrib.items()
        for name in ([value[1:]] if key == HREF else _REFERENCE.findall(value))
    }
    names: dict[str, str] = {}
    for element in root.iter():
        identifier = element.attrib.pop("id", None)
        if identifier in used and identifier is not None:
            names[identifier] = _name(len(names))
            element.set("id", names[identifier])
    for element in root.iter():
        element.text = element.text.strip() if element.text and element.text.strip() else None
        element.tail = None
        target = element.attrib.pop(HREF, None)
        if target is not None:
            element.set("href", "#" + names[target[1:]])
        shift = _SHIFT.fullmatch(element.get("transform", ""))
        if element.tag == f"{{{SVG}}}use" and shift:
            del element.attrib["transform"]
            # Glyphs stand in hundredths of the font size, of which whole ones are exact enough.
            element.attrib.update(
                {key: f"{float(value):.0f}" for key, value in zip("xy", shift.groups(), strict=True)}
            )
        for key, value in element.attrib.items():
            if key == "d":
                element.set(key, _path(value))
                continue
            value = _REFERENCE.sub(lambda match: f"url(#{names[match[1]]})", value)
            if key == "style":
                value = re.sub(r"([:;])\s+", r"\1", value)
            if key != "transform" or "scale" not in value:
                value = _NUMBER.sub(_round, value)
            element.set(key, value)
        if element.tag == f"{{{SVG}}}use" and element.get("y") == "0":
            del element.attrib["y"]
    _unwrap(root)
    _share_styles(root)
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")
