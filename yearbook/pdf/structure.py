"""Tells assistive technology more than WeasyPrint 70.0 does: the language of each part, which
cells a heading cell heads, what is a note, a table of contents or a link's purpose."""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags

#: ISO 32000-1, 14.8.4.3.2: the parts of a list when the list is a table of contents.
_CONTENTS = {"/L": "/TOC", "/LI": "/TOCI", "/LBody": "/Reference"}
_SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}

_stock_build_box_tree = tags._build_box_tree


def _kids(structure: Any, pdf: Any) -> Iterator[Any]:
    for kid in structure["K"]:
        if isinstance(kid, bytes):
            kid_object = pdf.objects[int(kid.split()[0])]
            if kid_object.get("Type") == "/StructElem":
                yield kid_object


def _as_contents(structure: Any, pdf: Any) -> None:
    structure["S"] = _CONTENTS.get(structure["S"], structure["S"])
    for kid in _kids(structure, pdf):
        _as_contents(kid, pdf)


def _name_link(box: Any) -> None:
    """A link must say where it leads (PDF/UA-1, 7.18.5); WeasyPrint gives the bare address."""
    words = " ".join("".join(box.element.itertext()).split())
    if box.link_annotation and words:
        box.link_annotation["Contents"] = pydyf.String(words)


def describe(structure: Any, box: Any, pdf: Any) -> None:
    """Add to a structure element what the HTML element of its box says."""
    element = box.element
    if lang := element.get("lang"):
        structure["Lang"] = pydyf.String(lang)
    if structure["S"] == "/TH":
        structure["A"]["Scope"] = _SCOPES.get(element.get("scope", "").lower(), "/Column")
    elif element.get("role") == "doc-footnote":
        structure["S"] = "/Note"
        structure["ID"] = pydyf.String(f"note-{structure.number}")
    elif element.tag == "nav" and "contents" in element.get("class", "").split():
        _as_contents(structure, pdf)
    elif element.tag == "a":
        _name_link(box)


def build_box_tree(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:
    """WeasyPrint's structure elements for a box, each described further."""
    real = getattr(box, "_box", box)
    for structure in _stock_build_box_tree(box, parent, pdf, *rest):
        # The page, html and body hand on the elements of their children.
        if real.element is not None and real.element_tag not in {"html", "body"}:
            if "::" not in real.element_tag:
                describe(structure, real, pdf)
            elif real.element_tag.endswith("::footnote-call"):
                structure["S"] = "/Reference"
        yield structure


def mend() -> None:
    """Put the function in the place of WeasyPrint's own."""
    tags._build_box_tree = build_box_tree
