"""One font program for a whole volume: which master a chapter's font was cut from, and one cut
with all glyphs that any chapter shows.

The glyphs of a cut keep the numbers and the outlines of the master, byte for byte, so a chapter
shows the same with either. That is not taken on trust: outlines are compared before a font is
shared, and a font of no known master stays as it is.
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from yearbook.pdf import cut


@dataclass(frozen=True)
class Outlines:
    """The outlines of a TrueType program, glyph by glyph, as bytes."""

    program: bytes = field(repr=False)

    @cached_property
    def _tables(self) -> dict[bytes, tuple[int, int]]:
        count = struct.unpack_from(">H", self.program, 4)[0]
        found = {}
        for at in range(12, 12 + 16 * count, 16):
            tag, _, offset, length = struct.unpack_from(">4sLLL", self.program, at)
            found[tag] = (offset, length)
        return found

    @cached_property
    def _places(self) -> tuple[int, ...]:
        """Where each glyph begins in the table of outlines, and where the last one ends."""
        long = struct.unpack_from(">h", self.program, self._tables[b"head"][0] + 50)[0]
        offset, length = self._tables[b"loca"]
        if long:
            return struct.unpack_from(f">{length // 4}L", self.program, offset)
        short = struct.unpack_from(f">{length // 2}H", self.program, offset)
        return tuple(place * 2 for place in short)

    @property
    def count(self) -> int:
        """How many glyphs there are."""
        return len(self._places) - 1

    def glyph(self, number: int) -> bytes:
        """The outline of a glyph; nothing where it is blank, or is none of this program's.

        What only fills it up to the next one is left out.
        """
        if not 0 <= number < self.count:
            return b""
        begin, end = self._places[number : number + 2]
        start = self._tables[b"glyf"][0]
        return self.program[start + begin : start + end].rstrip(b"\0")

    def alike(self, other: "Outlines", glyphs: Iterable[int]) -> bool:
        """Whether these glyphs have the same outlines in both."""
        return all(self.glyph(number) == other.glyph(number) for number in glyphs)


@dataclass
class Letters:
    """The masters of a book, by the names of their files."""

    masters: Mapping[str, bytes]
    _known: dict[str, Outlines] = field(default_factory=dict)

    def master(self, program: bytes) -> str:
        """The file that a program was cut from; nothing if there is none, or two alike."""
        try:
            own = Outlines(program)
            drawn = [number for number in range(own.count) if own.glyph(number)]
            found = [name for name in self.masters if own.alike(self._of(name), drawn)]
        except (struct.error, KeyError):
            return ""
        return found[0] if len(found) == 1 and drawn else ""

    def _of(self, name: str) -> Outlines:
        if name not in self._known:
            self._known[name] = Outlines(self.masters[name])
        return self._known[name]

    def cut(self, name: str, glyphs: Iterable[int]) -> bytes:
        """A master with these glyphs alone, under their own numbers."""
        return cut(self.masters[name], set(glyphs))
