"""A gathering under the numbers it has in the volume, as the bytes of a PDF."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise

from yearbook.volume.gathering import HELD, Gathering
from yearbook.volume.objects import PARENTS, moved

WIDTHS = (1, 4, 2)
"""Bytes of the columns of a table of places."""
_UP = b"\2"
"""Begins a row told as its difference from the row above."""


@dataclass(frozen=True, slots=True)
class Block:
    """Bytes of a PDF, and their digest; where in them the objects begin that come after the plain
    ones; of the plain ones the rows of the table of places, each but the first told by the one
    above."""

    content: bytes = field(repr=False)
    digest: str
    places: tuple[int, ...]
    first: bytes
    rows: bytes = field(repr=False)
    last: bytes


def block(made: Gathering, base: int, shared: Mapping[str, bytes]) -> Block:
    """Move a gathering to the numbers after ``base``; what is ``shared`` stands there by name."""

    def name(called: str) -> bytes:
        key = called.removeprefix(PARENTS)
        return shared[called] if key == called else b"%d" % (base + int(key))

    def reference(number: int) -> bytes:
        return b"%d 0 R" % (base + number)

    sewing = made.sewing
    first = base + sewing.late + 1
    heads = [moved(head, reference, name) for head, _ in made.streams]
    plain = [moved(text, reference, name) for text in made.plain]
    parts, places, at = list[bytes](), list[int](), 0
    number = first + sewing.plain
    bodies = [body for _, body in made.streams]
    for head, body in (*zip(heads, bodies, strict=True), *_holders(plain, first)):
        written = stream(number, head, body)
        parts.append(written)
        places.append(at)
        at, number = at + len(written), number + 1
    holder = first + sewing.plain + sewing.streams
    rows = [row(2, holder + at // HELD, at % HELD) for at in range(sewing.plain)]
    told = b"".join(difference(above, below) for above, below in pairwise(rows))
    content = b"".join(parts)
    mark = sha256(content).hexdigest()
    return Block(content, mark, tuple(places), rows[0], told, rows[-1])


def packed(made: Block) -> tuple[bytes, ...]:
    """A block as runs of bytes."""
    places = b" ".join(b"%d" % place for place in made.places)
    rows = zlib.compress(made.rows, 1)
    return made.content, made.digest.encode(), made.first, made.last, places, rows


def unpacked(contents: Sequence[bytes]) -> Block:
    """What `packed` made into bytes."""
    content, mark, first, last, places, rows = contents
    at = tuple(map(int, places.split()))
    return Block(content, mark.decode(), at, first, zlib.decompress(rows), last)


def _holders(plain: Sequence[bytes], first: int) -> list[tuple[bytes, bytes]]:
    """Streams that hold the plain objects."""
    made = []
    for begin in range(0, len(plain), HELD):
        texts, at, index = plain[begin : begin + HELD], 0, list[bytes]()
        for place, text in enumerate(texts, first + begin):
            index.append(b"%d %d" % (place, at))
            at += len(text) + 1
        head = b" ".join(index) + b"\n"
        about = b"<< /Filter /FlateDecode /First %d /N %d /Type /ObjStm >>"
        body = zlib.compress(head + b"\n".join(texts), 9)
        made.append((about % (len(head), len(texts)), body))
    return made


def stream(number: int, head: bytes, body: bytes) -> bytes:
    """A stream as an object of a file.

    After a carriage return a line feed would be taken for the second half of one end of line, and
    the stream for a byte short.

    >>> stream(7, b"<< /A 1 >>", b"xy")
    b'7 0 obj\\n<< /A 1 /Length 2 >>\\nstream\\nxy\\nendstream\\nendobj\\n'
    """
    about, end = head.removesuffix(b">>"), b"\r\n" if body.endswith(b"\r") else b"\n"
    told = (number, about, len(body), body, end)
    return b"%d 0 obj\n%s/Length %d >>\nstream\n%s%sendstream\nendobj\n" % told


def thing(number: int, text: bytes) -> bytes:
    """Any other object of a file."""
    return b"%d 0 obj\n%s\nendobj\n" % (number, text)


def row(*columns: int) -> bytes:
    """A row of the table of places."""
    return b"".join(
        value.to_bytes(width, "big") for value, width in zip(columns, WIDTHS, strict=True)
    )


def difference(above: bytes, below: bytes) -> bytes:
    """A row as it differs from the one above.

    >>> difference(row(1, 10, 0), row(1, 11, 0))
    b'\\x02\\x00\\x00\\x00\\x00\\x01\\x00\\x00'
    """
    return _UP + bytes((b - a) & 255 for a, b in zip(above, below, strict=True))
