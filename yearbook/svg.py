"""What matplotlib saves, made fit to stand in a page: small, named, without styles of its own."""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from yearbook.model import Language
from yearbook.theme import Theme

_SPACE = "http://www.w3.org/2000/svg"
_URL = re.compile(r"url\(#([^)]+)\)")
_COLOUR = re.compile(r'"(#[0-9a-f]{6})"')
# What matplotlib sets for everything by a style sheet, which would reach beyond the drawing.
_STROKES = {"stroke-linejoin": "round", "stroke-linecap": "butt"}


def finished(
    svg: bytes, name: str, titles: Mapping[Language, str], alt: Mapping[Language, str]
) -> bytes:
    """The same drawing, ready for a page that holds others: ``name`` begins all its ids.

    No prolog, metadata or style sheet; styles are attributes; a title and, in each language, a
    description for those who do not see it.
    """
    root = ElementTree.fromstring(svg)  # noqa: S314 - what matplotlib has just written
    for element in list(root.iter()):
        _unprefix(element)
    for element in list(root.iter()):
        _strip(element)
        _spread(element)
    _flatten(root)
    _rename(root, name)
    _describe(root, name, titles, alt)
    root.attrib.pop("version", None)
    root.attrib.update({"xmlns": _SPACE, **_STROKES})
    ElementTree.indent(root, "")
    return ElementTree.tostring(root, encoding="unicode").encode()


def inline(svg: bytes, theme: Theme) -> str:
    """The drawing for a web page: colours of the theme become custom properties of its CSS
    (``--first``), so that they change with it. Not for print: WeasyPrint knows no ``var()`` here.

    >>> theme = Theme({"ink": "#1c1f23"}, {}, {})
    >>> inline(b'<path fill="#1c1f23" stroke="#000000"/>', theme)
    '<path fill="var(--ink, #1c1f23)" stroke="#000000"/>'
    """
    names = {colour: name for name, colour in reversed([*theme.colours.items()])}

    def variable(found: re.Match[str]) -> str:
        colour = found[1]
        return f'"var(--{names[colour]}, {colour})"' if colour in names else found[0]

    return _COLOUR.sub(variable, svg.decode())


def _unprefix(element: Element) -> None:
    """Plain names: prefixes would hang on what other modules have registered in this process."""
    element.tag = element.tag.rpartition("}")[2]
    for name in [name for name in element.attrib if "}" in name]:
        element.set(name.rpartition("}")[2], element.attrib.pop(name))
    if "d" in element.attrib:
        element.set("d", " ".join(element.attrib["d"].split()))


def _strip(parent: Element) -> None:
    """Take out the metadata and the style sheet."""
    for child in list(parent):
        styles = child.tag == "defs" and child.find("style") is not None
        if styles or child.tag == "metadata":
            parent.remove(child)


def _spread(element: Element) -> None:
    """Write a style as attributes: a page that forbids inline styles must still show it.

    WeasyPrint 70 loses every family after the first if a blank follows the comma.
    """
    for part in element.attrib.pop("style", "").split(";"):
        name, _, value = part.partition(":")
        if value:
            element.set(name.strip(), value.strip().replace("', '", "','"))
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]


def _flatten(root: Element) -> None:
    """Ids and groups that nothing refers to only take room."""
    used = set(_references(root))
    for element in root.iter():
        if element.get("id", "") not in used:
            element.attrib.pop("id", None)
    _ungroup(root)


def _ungroup(parent: Element) -> None:
    children: list[Element] = []
    for child in parent:
        _ungroup(child)
        bare = child.tag == "g" and not child.attrib
        children.extend(child if bare else [child])
    parent[:] = children


def _references(root: Element) -> Iterator[str]:
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "href":
                yield value.removeprefix("#")
            yield from _URL.findall(value)


def _rename(root: Element, name: str) -> None:
    """Ids in the order in which they stand, so that two drawings on a page cannot clash.

    matplotlib's own are random (or, with ``svg.hashsalt``, alike in every drawing).
    """
    ids = {
        element.attrib["id"]: f"{name}-{number}"
        for number, element in enumerate((e for e in root.iter() if "id" in e.attrib), 1)
    }
    for element in root.iter():
        for attribute, value in element.attrib.items():
            if attribute == "id":
                element.set(attribute, ids[value])
            elif attribute == "href":
                element.set(attribute, f"#{ids[value.removeprefix('#')]}")
            else:
                element.set(attribute, _URL.sub(lambda found: f"url(#{ids[found[1]]})", value))


def _describe(
    root: Element, name: str, titles: Mapping[Language, str], alt: Mapping[Language, str]
) -> None:
    words = [("title", f"{name}-title-{tongue}", tongue, text) for tongue, text in titles.items()]
    words += [("desc", f"{name}-desc-{tongue}", tongue, text) for tongue, text in alt.items()]
    for place, (tag, identifier, language, text) in enumerate(words):
        element = Element(tag, {"id": identifier, "lang": language.tag})
        element.text = text
        root.insert(place, element)
    root.set("role", "img")
    root.set("aria-labelledby", " ".join(identifier for _, identifier, _, _ in words))
