"""Writes the objects of a PDF once, and without asking each number what it is.

pydyf 0.13 writes each object twice, for the file and for its identifier, and compresses a stream
for the draft too that is read before data is attached. It asks of each number and name in a page
whether it is one of five kinds, and of a document for all its pages once for each tag.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any
from zlib import compressobj

import pydyf

_stock_to_bytes, _stock_write = pydyf._to_bytes, pydyf.PDF.write
_LEVEL = 9


def _number(item: float) -> bytes:
    if item.is_integer():
        return b"%d" % item
    return f"{item:f}".rstrip("0").encode()


# By far the most of what a page is written from, by kind.
_WRITTEN: dict[type, Callable[[Any], bytes]] = {
    bytes: bytes,
    str: lambda item: item.encode("ascii"),
    int: b"%d".__mod__,
    float: _number,
}


def to_bytes(item: Any) -> bytes:
    """As pydyf writes a name, a number or an object.

    >>> [to_bytes(item) for item in (b"/F", "Tf", 12, 12.0, -0.25, True)]
    [b'/F', b'Tf', b'12', b'12', b'-0.25', b'True']
    """
    written: bytes = _WRITTEN.get(type(item), _stock_to_bytes)(item)
    return written


# What has been written of the file that is being written, by the numbers of its objects.
_written: ContextVar[dict[int, bytes] | None] = ContextVar("written", default=None)


def dictionary(self: Any) -> bytes:
    """A dictionary, as pydyf writes it."""
    written = _written.get() if self.number else None
    if written is not None and self.number in written:
        return written[self.number]
    content = b"<<%b>>" % b"".join(
        [b"/%b %b" % (to_bytes(key), to_bytes(value)) for key, value in self.items()]
    )
    if written is not None:
        written[self.number] = content
    return content


def write(self: Any, *arguments: Any, **options: Any) -> None:
    """Write a file: meanwhile its objects stay as they are."""
    token = _written.set({})
    try:
        _stock_write(self, *arguments, **options)
    finally:
        _written.reset(token)


def array(self: Any) -> bytes:
    """An array, as pydyf writes it."""
    return b"[%b]" % b" ".join([to_bytes(child) for child in self])


def stream(self: Any) -> bytes:
    """A stream, as pydyf writes it; packed anew only when something else is in it."""
    content = b"\n".join([to_bytes(item) for item in self.stream])
    extra = pydyf.Dictionary(self.extra.copy())
    if self.compress:
        extra["Filter"] = "/FlateDecode"
        before, packed = getattr(self, "yearbook_packed", (None, b""))
        if content != before:
            packing = compressobj(level=_LEVEL)
            packed = packing.compress(content) + packing.flush()
            self.yearbook_packed = (content, packed)
        content = packed
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


def page_references(self: Any) -> tuple[bytes, ...]:
    """What refers to each page; listed anew only when there are more of them."""
    kids = self.pages["Kids"]
    found: tuple[bytes, ...] = getattr(self, "yearbook_pages", ())
    if len(found) != len(kids) // 3:
        found = self.yearbook_pages = tuple(b"%d 0 R" % number for number in kids[::3])
    return found


def mend() -> None:
    """Put these in pydyf's place."""
    pydyf._to_bytes = to_bytes
    pydyf.Dictionary.data = property(dictionary)
    pydyf.Array.data = property(array)
    pydyf.Stream.data = property(stream)
    pydyf.PDF.write = write
    pydyf.PDF.page_references = property(page_references)
