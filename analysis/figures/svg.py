"""A drawing library's SVG, cut to what a browser needs: about a third of the bytes, the same picture.

Every figure travels inside its notebook, twice, so that its weight is the weight of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
ElementTree.register_namespace("", _SVG.strip("{}"))

_NUMBER = re.compile(r"-?\d+\.\d+")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_SHIFT = re.compile(r"translate\((-?[\d.]+) (-?[\d.]+)\)")


def _round(number: re.Match[str]) -> str:
    text = f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _name(position: int) -> str:
    """A short id: a … z, ba, bb, …"""
    letters = chr(ord("a") + position % 26)
    while position := position // 26:
        letters = chr(ord("a") + position % 26) + letters
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


def _remove(root: Element, unwanted: set[Element]) -> None:
    for parent in list(root.iter()):
        parent[:] = [child for child in parent if child not in unwanted]


def _drop_what_draws_nothing(root: Element) -> None:
    """Remove metadata, empty outlines with their uses (spaces), and clips as large as the drawing."""
    width, height = root.attrib["viewBox"].split()[2:]
    unwanted = set(root.iter(f"{_SVG}metadata"))
    for element in root.iter():
        if element.tag == f"{_SVG}path" and not element.get("d", "").strip():
            unwanted.add(element)
        if element.tag == f"{_SVG}clipPath" and (box := element.find(f"{_SVG}rect")) is not None:
            whole = {"x": "0", "y": "0", "width": width, "height": height}
            if all(float(box.attrib[key]) == float(value) for key, value in whole.items()):
                unwanted.add(element)
    names = {element.get("id") for element in unwanted}
    for element in root.iter():
        if element.get(_HREF, "#")[1:] in names:
            unwanted.add(element)
        clip = _REFERENCE.search(element.get("clip-path", ""))
        if clip and clip[1] in names:
            del element.attrib["clip-path"]
    _remove(root, unwanted)


def _shorten_names(root: Element) -> None:
    """Give what is referred to a short id, in the order of the drawing, and drop all other ids."""
    used = {element.attrib[_HREF][1:] for element in root.iter() if _HREF in element.attrib}
    used |= {
        name
        for element in root.iter()
        for value in element.attrib.values()
        for name in _REFERENCE.findall(value)
    }
    names: dict[str, str] = {}
    for element in root.iter():
        identifier = element.attrib.pop("id", "")
        if identifier in used:
            names[identifier] = _name(len(names))
            element.set("id", names[identifier])
    for element in root.iter():
        if _HREF in element.attrib:
            element.set("href", "#" + names[element.attrib.pop(_HREF)[1:]])
        for key, value in element.attrib.items():
            element.set(key, _REFERENCE.sub(lambda found: f"url(#{names[found[1]]})", value))


def _shorten_values(element: Element) -> None:
    """Round to hundredths of a point, and glyphs' places to hundredths of their size."""
    shift = _SHIFT.fullmatch(element.get("transform", ""))
    if element.tag == f"{_SVG}use" and shift:
        del element.attrib["transform"]
        places = {key: f"{float(value):.0f}" for key, value in zip("xy", shift.groups(), strict=True)}
        element.attrib.update({key: value for key, value in places.items() if value != "0"})
    for key, value in element.attrib.items():
        if key == "d":
            element.set(key, _path(value))
        elif key == "transform":
            element.set(key, _SHIFT.sub(lambda found: _NUMBER.sub(_round, found[0]), value))
        else:
            element.set(key, _NUMBER.sub(_round, re.sub(r"([:;])\s+", r"\1", value)))


def _unwrap(parent: Element) -> None:
    """Put the children of groups without attributes in the group's place, and drop empty groups."""
    children: list[Element] = []
    for child in parent:
        _unwrap(child)
        if child.tag == f"{_SVG}g" and not child.attrib:
            children.extend(child)
        elif child.tag not in (f"{_SVG}g", f"{_SVG}defs") or len(child):
            children.append(child)
    parent[:] = children


def _share_styles(root: Element) -> None:
    """Say a style that occurs more than once in the drawing's style sheet, and name it where it is used."""
    counts = Counter(element.get("style") for element in root.iter())
    classes = {style: _name(place) for place, style in enumerate(s for s in counts if s and counts[s] > 1)}
    for element in root.iter():
        style = element.get("style")
        if style in classes:
            del element.attrib["style"]
            element.set("class", classes[style])
    sheet = root.find(f".//{_SVG}style")
    if sheet is not None:
        sheet.text = (sheet.text or "") + "".join(f".{name}{{{style}}}" for style, name in classes.items())


def compact(source: str) -> str:
    """The same drawing without comments, metadata, unused ids and digits beyond a hundredth of a point.

    `source` is an SVG whose viewBox begins at the origin. Equal input gives equal bytes.
    """
    root = ElementTree.fromstring(source)  # comments are dropped in reading
    _drop_what_draws_nothing(root)
    _shorten_names(root)
    for element in root.iter():
        _shorten_values(element)
        element.text = element.text.strip() if element.text and element.text.strip() else None
        element.tail = None
    _unwrap(root)
    _share_styles(root)
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")
