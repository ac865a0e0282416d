"""The tags and words of an HTML page in their order, by Python's own reader.

A page is read in pieces, each of which begins with the tag of a block. A piece that ends where its
reader has nothing left open is read alike wherever it stands, so one that was read before is not
read again; any other is read with all that follows it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from itertools import pairwise
from typing import Protocol

Attributes = list[tuple[str, str | None]]
Event = tuple[str, str, Attributes]
"""What was met: ``start``, ``empty``, ``end`` or ``words``; the tag or the words; attributes."""
_CUT = re.compile(r"<(?:section|figure|table|tr|p|li|h[1-6]|svg|g|text|footer|nav|script)[ >]")
_HELD = 16384


class Listener(Protocol):
    """Who is told what a page holds."""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """An element begins."""

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """An element that is closed as it begins."""

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""

    def handle_data(self, data: str) -> None:
        """Words, with what stands for a character replaced by it."""


def tell(page: str, listener: Listener) -> None:
    """Tell a listener all that a page holds, comments and declarations aside."""
    for kind, said, attributes in events(page):
        if kind == "words":
            listener.handle_data(said)
        elif kind == "end":
            listener.handle_endtag(said)
        elif kind == "start":
            listener.handle_starttag(said, attributes)
        else:
            listener.handle_startendtag(said, attributes)


def events(page: str) -> Iterator[Event]:
    """Everything met in a page.

    >>> [(kind, said) for kind, said, _ in events("<p>9 &lt; 10</p>")]
    [('start', 'p'), ('words', '9 < 10'), ('end', 'p')]
    """
    cuts = [0, *(found.start() for found in _CUT.finditer(page)), len(page)]
    for start, end in pairwise(cuts):
        met = _met(page[start:end])
        if met is None:
            yield from _rest(page[start:])
            return
        yield from met


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.met: list[Event] = []

    @property
    def done(self) -> bool:
        """Whether nothing is left open: no tag, no comment, no script, no half a character."""
        return not self.rawdata and self.cdata_elem is None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.met.append(("start", tag, attrs))

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.met.append(("empty", tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.met.append(("end", tag, []))

    def handle_data(self, data: str) -> None:
        self.met.append(("words", data, []))


@lru_cache(maxsize=_HELD)
def _met(piece: str) -> tuple[Event, ...] | None:
    """What a piece holds; nothing if it does not stand by itself."""
    reader = _Reader()
    reader.feed(piece)
    return tuple(reader.met) if reader.done else None


def _rest(page: str) -> list[Event]:
    """What the end of a page holds, from a piece on that does not stand by itself."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.met
