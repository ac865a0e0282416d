"""Binds gatherings into one file: what they share, their blocks as they are, and the table that
says where each object stands.

Each gathering has a range of numbers of its own, rounded up, so that one that grows a little does
not move those after it, and their blocks are used again.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate

from yearbook.volume import block
from yearbook.volume.block import WIDTHS, Block
from yearbook.volume.case import ROOM, Written
from yearbook.volume.gathering import Leaf, Sewing

_NAMES = "pages tree document parents ids places files associated outline labels entries".split()
NUMBERS: Mapping[str, int] = {name: number for number, name in enumerate(_NAMES, 1)}
"""The objects that all gatherings share, by name."""
FONTS = 16
_STEP = 1024
"""Ranges of numbers begin at multiples of it."""
_SMALL = 400
"""Bytes: a stream made now that is longer is packed."""
_HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"


@dataclass(frozen=True, slots=True)
class Quire:
    """A gathering in its place: its name, how it is sewn, its block and the number before its
    first; the numbers to be set on each of its pages."""

    slug: str
    sewing: Sewing
    block: Block
    base: int
    set: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Volume:
    """What is bound: the front and the chapters, their fonts, the files that all of them enclose
    (as objects, with their names and the numbers of their specifications), and where the entries
    of the front lead: by chapter, and by the name of the place in it."""

    quires: Sequence[Quire]
    fonts: Sequence[Written]
    files: Sequence[Written] = field(repr=False)
    named: Mapping[str, int]
    entries: Mapping[str, tuple[int, str]]


def beginning(masters: int, files: int) -> int:
    """The number before the first that a gathering may have."""
    return _up(FONTS + ROOM * masters + 2 * files)


def bases(sewings: Iterable[Sewing], first: int) -> list[int]:
    """The number before the first of each gathering."""
    return [*accumulate((_up(sewing.count + 1) for sewing in sewings), initial=first)][:-1]


def _up(number: int) -> int:
    return -(-number // _STEP) * _STEP


def shared(fonts: Sequence[int]) -> dict[str, bytes]:
    """What the names in a gathering stand for, whose fonts have these numbers."""
    known = {name: b"%d 0 R" % number for name, number in NUMBERS.items()}
    return known | {f"type {at}": b"%d 0 R" % number for at, number in enumerate(fonts)}


def bound(volume: Volume) -> bytes:
    """The file."""
    parts, at, starts = [_HEAD], len(_HEAD), list[int]()
    whole = sha256()
    for quire in volume.quires:
        starts.append(at)
        parts.append(quire.block.content)
        at += len(quire.block.content)
        whole.update(quire.block.digest.encode())
    places: dict[int, int] = {}
    for number, text, body in (*_common(volume), *volume.fonts, *volume.files, *_late(volume)):
        written = block.stream(number, text, body) if body else block.thing(number, text)
        places[number] = at
        parts.append(written)
        at += len(written)
        whole.update(written)
    front = volume.quires[0]
    catalog, info = (front.base + front.sewing.roots[name] for name in ("catalog", "info"))
    about = b"/Root %d 0 R /Info %d 0 R /ID [ <%s> <%s> ]"
    mark = whole.hexdigest()[:32].encode()
    table = _Table(volume, places, starts).written(about % (catalog, info, mark, mark), at)
    return b"".join([*parts, table, b"startxref\n%d\n%%%%EOF\n" % at])


def _common(volume: Volume) -> Iterator[Written]:
    """What joins the gatherings: the trees of pages, tags, names and bookmarks."""
    quires = volume.quires
    yield NUMBERS["pages"], _pages(quires), b""
    yield NUMBERS["labels"], _labels(quires), b""
    trees = [b"/ParentTree %d 0 R" % NUMBERS["parents"], b"/IDTree %d 0 R" % NUMBERS["ids"]]
    tree = b"<< /K [ %d 0 R ] %s /Type /StructTreeRoot >>"
    yield NUMBERS["tree"], tree % (NUMBERS["document"], b" ".join(trees)), b""
    document = b"<< /K [ %s ] /P %d 0 R /S /Document /Type /StructElem >>"
    yield NUMBERS["document"], document % (_kids(quires, "tags"), NUMBERS["tree"]), b""
    yield NUMBERS["parents"], b"<< /Kids [ %s ] >>" % _kids(quires, "parents"), b""
    for name in ("ids", "places"):
        order = sorted(quires, key=lambda q: q.sewing.spans.get(name, ("", ""))[0].encode())
        kids = b"%d 0 R " % NUMBERS["entries"] if name == "places" and volume.entries else b""
        yield NUMBERS[name], b"<< /Kids [ %s%s ] >>" % (kids, _kids(order, name)), b""
    if volume.entries:
        yield NUMBERS["entries"], _entries(volume), b""
    named = {**volume.named, **_enclosed(quires)}
    pairs = (b"(%s) %d 0 R" % (n.encode(), number) for n, number in sorted(named.items()))
    yield NUMBERS["files"], b"<< /Names [ %s ] >>" % b" ".join(pairs), b""
    listed = b" ".join(b"%d 0 R" % number for _, number in sorted(named.items()))
    yield NUMBERS["associated"], b"[ %s ]" % listed, b""
    marks = [b"%d 0 R" % (quire.base + quire.sewing.roots["bookmark"]) for quire in quires]
    outline = b"<< /Count %d /First %s /Last %s /Type /Outlines >>"
    yield NUMBERS["outline"], outline % (len(marks), marks[0], marks[-1]), b""


def _kids(quires: Iterable[Quire], name: str) -> bytes:
    found = (q.base + q.sewing.roots[name] for q in quires if name in q.sewing.roots)
    return b" ".join(b"%d 0 R" % number for number in found)


def _pages(quires: Sequence[Quire]) -> bytes:
    count = sum(len(quire.sewing.leaves) for quire in quires)
    return b"<< /Count %d /Kids [ %s ] /Type /Pages >>" % (count, _kids(quires, "pages"))


def _labels(quires: Sequence[Quire]) -> bytes:
    """The front is numbered in small Roman numerals, the chapters from 1."""
    begun = len(quires[0].sewing.leaves)
    return b"<< /Nums [ 0 << /S /r >> %d << /S /D >> ] >>" % begun


def _entries(volume: Volume) -> bytes:
    """A leaf of the tree of destinations: where the entries of the front lead. Their names come
    before those of all chapters (`yearbook.volume.front`)."""
    order = sorted(volume.entries, key=str.encode)
    pairs = b" ".join(
        b"(%s) [ %s ]" % (name.encode(), _place(volume, *volume.entries[name])) for name in order
    )
    limits = b"(%s) (%s)" % (order[0].encode(), order[-1].encode())
    return b"<< /Limits [ %s ] /Names [ %s ] >>" % (limits, pairs)


def _place(volume: Volume, chapter: int, name: str) -> bytes:
    quire = volume.quires[chapter]
    leaf, where = quire.sewing.places[name] if name else (0, "")
    page = quire.sewing.leaves[leaf]
    told = where.encode() or b"/XYZ 0 %g 0" % page.tall
    return b"%d 0 R %s" % (quire.base + page.number, told)


def _enclosed(quires: Sequence[Quire]) -> dict[str, int]:
    return {
        one.name: quire.base + one.number
        for quire in quires
        for one in quire.sewing.enclosures
        if one.number
    }


def _late(volume: Volume) -> Iterator[Written]:
    """The pages' numbers, and a bookmark for each gathering."""
    quires = volume.quires
    for at, quire in enumerate(quires):
        for leaf, numbers in zip(quire.sewing.leaves, quire.set, strict=True):
            if leaf.stream:
                yield _stamped(quire.base + leaf.stream, leaf, numbers)
        beside = {
            b"Prev": _mark(quires[at - 1]) if at else 0,
            b"Next": _mark(quires[at + 1]) if at + 1 < len(quires) else 0,
            b"First": quire.base + quire.sewing.roots.get("first", -quire.base),
            b"Last": quire.base + quire.sewing.roots.get("last", -quire.base),
        }
        said = [b"/%s %d 0 R" % pair for pair in beside.items() if pair[1]]
        said += [b"/Count %d" % -quire.sewing.bookmarks] if quire.sewing.bookmarks else []
        text = b"<< /Dest [ %s ] /Parent %d 0 R /Title %s %s >>"
        title = quire.sewing.title.encode("latin-1")
        place = _place(volume, at, "")
        yield _mark(quire), text % (place, NUMBERS["outline"], title, b" ".join(said)), b""


def _mark(quire: Quire) -> int:
    return quire.base + quire.sewing.roots["bookmark"]


def _stamped(number: int, leaf: Leaf, numbers: Sequence[str]) -> Written:
    content = leaf.content(numbers)
    if len(content) < _SMALL:
        return number, b"<< >>", content
    return number, b"<< /Filter /FlateDecode >>", zlib.compress(content)


@dataclass
class _Table:
    """Where each object stands: the stream at the end of the file that readers begin with."""

    volume: Volume
    places: Mapping[int, int]
    starts: Sequence[int]
    parts: list[bytes] = field(default_factory=list)
    index: list[tuple[int, int]] = field(default_factory=list)
    above: bytes = block.row(0, 0, 0)

    def written(self, about: bytes, at: int) -> bytes:
        """The table, which stands at this place itself."""
        own = max(quire.base + quire.sewing.count for quire in self.volume.quires) + 1
        first = self.volume.quires[0].base
        self._range(0, [block.row(0, 0, 65535)])
        for number in sorted(one for one in self.places if one <= first):
            self._range(number, [block.row(1, self.places[number], 0)])
        for quire, start in zip(self.volume.quires, self.starts, strict=True):
            self._quire(quire, start)
        self._range(own, [block.row(1, at, 0)])
        body = zlib.compress(b"".join(self.parts))
        index = b" ".join(b"%d %d" % pair for pair in _joined(self.index))
        head = (
            b"<< %s /Size %d /Index [ %s ] /W [ %d %d %d ] /Filter /FlateDecode "
            b"/DecodeParms << /Columns %d /Predictor 12 >> /Type /XRef >>"
        )
        told = head % (about, own + 1, index, *WIDTHS, sum(WIDTHS))
        return block.stream(own, told, body)

    def _quire(self, quire: Quire, start: int) -> None:
        sewing, held = quire.sewing, quire.block
        number = quire.base + 1
        self._range(number, [block.row(1, self.places[number + n], 0) for n in range(sewing.late)])
        self._range(number + sewing.late, [held.first])
        self.parts.append(held.rows)
        self.index[-1] = (number + sewing.late, sewing.plain)
        self.above = held.last
        streams = [block.row(1, start + place, 0) for place in held.places]
        self._range(number + sewing.late + sewing.plain, streams)

    def _range(self, number: int, rows: Sequence[bytes]) -> None:
        for below in rows:
            self.parts.append(block.difference(self.above, below))
            self.above = below
        self.index.append((number, len(rows)))


def _joined(index: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ranges that follow each other without a gap as one."""
    begun, count = 0, 0
    for first, many in index:
        if first == begun + count:
            count += many
            continue
        yield begun, count
        begun, count = first, many
    yield begun, count
