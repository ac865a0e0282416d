"""The blocks of a page to print, and a digest of each: a page of a PDF hangs on those it looked at.

A block is what stands directly in the body, in a part of it or in a list of contents: a heading, a
paragraph, a table, a chart. What the blocks are and how they follow each other is the skeleton of
a page; style sheets may look from one block to the next, so it counts for all of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

from weasyprint.formatting_structure import boxes

from yearbook.codec import digest
from yearbook.pdf.fetch import SCHEME

_HOLDERS = frozenset({"main", "section", "nav", "article"})
"""Elements that hold blocks and are none."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a document: which one an element belongs to, and the digest of each."""

    owners: Mapping[Any, int]
    digests: tuple[str, ...]
    skeleton: str

    def of(self, numbers: tuple[int, ...]) -> str:
        """One digest of some blocks."""
        return digest([self.digests[number] for number in numbers])


def blocks(html: Any, root: Any, notes: list[Any], assets: Mapping[str, bytes]) -> Blocks:
    """The blocks of a parsed page, with the texts of its boxes (``root`` and foot-``notes``, not
    laid out yet), where counters and the like have become words."""
    bones: list[Any] = sorted(html.etree_element.attrib.items())
    found = list(_found(html.etree_element, bones))
    owners = {each: number for number, block in enumerate(found) for each in block.iter()}
    marks = [sha256() for _ in found]
    for block, mark in zip(found, marks, strict=True):
        for part in _content(block, assets):
            mark.update(part)
    for box in _boxes(root, notes):
        number = owners.get(box.element)
        if number is not None:
            marks[number].update(box.text.encode() + b"\0")
    return Blocks(owners, tuple(mark.hexdigest() for mark in marks), digest(bones))


def _found(element: Any, bones: list[Any], depth: int = 0) -> Iterator[Any]:
    """The blocks below an element; ``bones`` is told what stands where."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        holder = child.tag in _HOLDERS or depth == 0
        whole = child.tag == "head"
        words = (child.text if holder else "", child.tail)
        bones.append((depth, child.tag, sorted(child.attrib.items()), *words))
        if whole:
            bones.extend((each.tag, each.text, sorted(each.attrib.items())) for each in child)
        elif holder:
            yield from _found(child, bones, depth + 1)
        else:
            yield child


def _content(block: Any, assets: Mapping[str, bytes]) -> Iterator[bytes]:
    """All that a block says, its pictures by their contents."""
    for each in block.iter():
        yield repr((each.tag, sorted(each.attrib.items()), each.text, each.tail)).encode()
        address = each.get("src") or ""
        if address.startswith(SCHEME):
            yield sha256(assets.get(unquote(address.removeprefix(SCHEME)), b"")).digest()


def _boxes(root: Any, notes: list[Any]) -> Iterator[Any]:
    """The boxes of text of a document that is not laid out yet."""
    for top in (root, *notes):
        for box in top.descendants():
            if isinstance(box, boxes.TextBox):
                yield box
