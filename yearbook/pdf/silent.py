"""Takes out of the tags of a page what says nothing: a language that is that of the element around
it, and a part of a line that tells nothing of its words.

WeasyPrint 70.0 makes an element of each box, of each piece of a line, too: half of all tags. A file
without them is a tenth smaller, and less is to be read again.
"""

from collections.abc import Iterator
from typing import Any

_SILENT = frozenset({"/Span", "/NonStruct"})
_BARE = frozenset({"Type", "S", "K", "Pg", "P"})
_LINES = frozenset(f"/{name}" for name in "P H1 H2 H3 H4 H5 H6 Span Link Reference".split())
"""Elements that hold nothing but lines; the others may hold blocks, which must stay apart."""
_HOLDERS = _LINES | _SILENT | {"/TH", "/TD", "/Caption", "/Lbl", "/LBody", "/Note"}


def silence(pdf: Any) -> None:
    """Let the elements of a page hold what their silent parts hold; ``pdf`` is pydyf's."""
    _speak(pdf)
    owners: dict[bytes, bytes] = {}
    # An element is made after the one around it, so its own parts are merged before it is.
    for structure in filter(_is_element, reversed(pdf.objects)):
        if structure["S"] in _HOLDERS:
            structure["K"][:] = list(_merged(structure, pdf, owners))
    tree = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    (_, marked, *_) = pdf.objects[_number(tree["ParentTree"])]["Nums"]
    marked[:] = [_owner(each, owners) for each in marked]


def _speak(pdf: Any) -> None:
    """Let elements say their language only where it is not that of the element around them."""
    spoken: dict[bytes, Any] = {}
    for structure in filter(_is_element, pdf.objects):
        around = spoken.get(structure["P"], pdf.catalog["Lang"])
        spoken[structure.reference] = own = structure.get("Lang", around)
        if own.string == around.string:
            structure.pop("Lang", None)


def _merged(structure: Any, pdf: Any, owners: dict[bytes, bytes]) -> Iterator[Any]:
    """What an element holds, its silent parts replaced by what they hold."""
    kids = structure["K"]
    for kid in kids:
        part: Any = pdf.objects[_number(kid)] if isinstance(kid, bytes) else {}
        block = part.get("S") == "/NonStruct" and structure["S"] not in _LINES and len(kids) > 1
        if part.get("S") not in _SILENT or part.keys() != _BARE or block:
            yield kid
            continue
        owners[part.reference], part.free = structure.reference, "f"
        for below in part["K"]:
            if isinstance(below, bytes):
                pdf.objects[_number(below)]["P"] = structure.reference
            yield below


def _owner(reference: bytes, owners: dict[bytes, bytes]) -> bytes:
    while reference in owners:
        reference = owners[reference]
    return reference


def _is_element(thing: Any) -> bool:
    return isinstance(thing, dict) and thing.get("Type") == "/StructElem"


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
