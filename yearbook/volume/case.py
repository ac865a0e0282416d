"""The fonts of a volume: one program for each master, with every glyph that a chapter shows.

Chapters that give a glyph different texts (a blank and a no-break blank are one glyph) share the
program and have tables of texts of their own.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from yearbook.volume import fount
from yearbook.volume.gathering import Type
from yearbook.volume.letters import Letters, Outlines

ROOM = 32
"""Numbers of objects for each master: its program, descriptor and metrics, and two for each table
of texts."""
_TABLES = (ROOM - 3) // 2

Written = tuple[int, bytes, bytes]
"""The number of an object, its text, and the body of a stream."""


class DisagreeingError(ValueError):
    """Chapters give the glyphs of a master more texts than can be kept apart, or other widths."""


@dataclass(frozen=True, slots=True)
class Case:
    """The fonts of a volume: for each chapter the numbers of its fonts, and all objects."""

    numbers: Sequence[Sequence[int]]
    objects: Sequence[Written] = field(repr=False)


@dataclass
class _Master:
    """A master and all that chapters show of it."""

    first: int
    about: str
    widths: dict[int, int] = field(default_factory=dict)
    tables: list[dict[int, str]] = field(default_factory=list)

    def take(self, one: Type) -> int:
        """Add what a chapter shows; the number of its font."""
        if any(self.widths.setdefault(code, wide) != wide for code, wide in one.widths.items()):
            raise DisagreeingError(one.master)
        for at, table in enumerate(self.tables):
            if all(table.get(code, text) == text for code, text in one.texts.items()):
                table.update(one.texts)
                return self.first + 3 + 2 * at
        if len(self.tables) == _TABLES:
            raise DisagreeingError(one.master)
        self.tables.append(dict(one.texts))
        return self.first + 3 + 2 * (len(self.tables) - 1)


def case(chapters: Iterable[Sequence[Type]], letters: Letters, first: int) -> Case:
    """The fonts of these chapters, from the number ``first`` on; each master has its own numbers
    whatever chapters use it. Raises `DisagreeingError`."""
    order = {name: first + ROOM * at for at, name in enumerate(letters.masters)}
    masters: dict[str, _Master] = {}
    numbers = [
        tuple(
            masters.setdefault(one.master, _Master(order[one.master], one.about)).take(one)
            for one in types
        )
        for types in chapters
    ]
    objects = [each for name, master in masters.items() for each in _objects(name, master, letters)]
    return Case(numbers, objects)


def _objects(name: str, master: _Master, letters: Letters) -> Iterator[Written]:
    shown = {code for table in master.tables for code in table}
    program, at = letters.cut(name, shown), master.first
    if not Outlines(program).alike(Outlines(letters.masters[name]), shown):
        raise DisagreeingError(name)
    called = _called(name)
    yield at, b"<< /Filter /FlateDecode /Length1 %d >>" % len(program), zlib.compress(program, 9)
    descriptor = b"<< %s /FontFile2 %d 0 R /FontName %s /Type /FontDescriptor >>"
    yield at + 1, descriptor % (master.about.encode("latin-1"), at, called), b""
    metrics = (
        b"<< /BaseFont %s /CIDSystemInfo << /Ordering (Identity) /Registry (Adobe) /Supplement 0 "
        b">> /CIDToGIDMap /Identity /FontDescriptor %d 0 R /Subtype /CIDFontType2 /Type /Font "
        b"/W %s >>"
    )
    yield at + 2, metrics % (called, at + 1, fount.array(master.widths)), b""
    font = (
        b"<< /BaseFont %s /DescendantFonts [ %d 0 R ] /Encoding /Identity-H /Subtype /Type0 "
        b"/ToUnicode %d 0 R /Type /Font >>"
    )
    for place, table in enumerate(master.tables):
        own = at + 3 + 2 * place
        yield own, font % (called, at + 2, own + 1), b""
        yield own + 1, b"<< /Filter /FlateDecode >>", zlib.compress(fount.table(table), 9)


def _called(name: str) -> bytes:
    """The name of a font of which not all glyphs are there: six letters before its own."""
    letters = bytes(65 + number % 26 for number in sha256(name.encode()).digest()[:6])
    return b"/%s+%s" % (letters, name.rpartition(".")[0].encode())
