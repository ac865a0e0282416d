"""Draws the plain paths of a chart without asking of each point what an SVG could make of it.

WeasyPrint 70.0 takes a path apart with eight regular expressions a point and keeps the angles of
its lines for markers, which no chart of this project has. Straight lines and curves between
points that are written out, as matplotlib writes them, become the same operators at once.
"""

import re
from collections.abc import Iterator
from typing import Any

from weasyprint import svg

from yearbook.pdf.objects import to_bytes

_stock = svg.TAGS["path"]
_PLAIN = re.compile("[MLCzZ0-9. -]+")
_MARKERS = frozenset({"marker", "marker-start", "marker-mid", "marker-end"})
#: For each letter how many numbers follow it, and its operator in a page.
_OPERATORS = {"M": (2, b"m"), "L": (2, b"l"), "C": (6, b"c"), "z": (0, b"h"), "Z": (0, b"h")}


def operators(path: str) -> Iterator[bytes]:
    """The operators of a plain path; KeyError, IndexError or ValueError if it is not plain.

    >>> [*operators("M 0 1 L 2.50 3 z")]
    [b'0 0 m', b'0 1 m', b'2.5 3 l', b'h']
    """
    # WeasyPrint begins so.
    yield b"0 0 m"
    words = path.split()
    at, drawn = 0, False
    while at < len(words):
        count, operator = _OPERATORS[words[at]]
        numbers = words[at + 1 : at + 1 + count]
        written = [to_bytes(float(number)) for number in numbers]
        if len(written) < count:
            raise IndexError
        # What has no line yet is not closed.
        if count or drawn:
            yield b" ".join((*written, operator))
        drawn = operator in {b"l", b"c"}
        at += 1 + count


def path(drawing: Any, node: Any, font_size: float) -> None:
    """Draw a path, as WeasyPrint does."""
    words = node.get("d", "")
    if _PLAIN.fullmatch(words) and not _MARKERS & node.attrib.keys():
        try:
            plain = [*operators(words)]
        except (KeyError, IndexError, ValueError):
            plain = []
        if plain:
            drawing.stream.stream.extend(plain)
            return
    _stock(drawing, node, font_size)


def mend() -> None:
    """Put it in WeasyPrint's place."""
    svg.TAGS["path"] = path
