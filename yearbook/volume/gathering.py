"""A chapter ready to be bound: its objects under numbers of their own, and what joins them."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256

from yearbook.volume.stamp import Piece

_BETWEEN = b"\x01"
HELD = 200
"""Plain objects in one stream: a reader unpacks all of them to see one."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page: the number of its object, its number in its own PDF, the height of the paper in
    points; the stream in which it prints numbers that are known when the volume is bound (0 for
    none), these numbers, and what stands after the last of them."""

    number: int
    page: int
    tall: float
    stream: int = 0
    pieces: tuple[Piece, ...] = ()
    rest: str = ""

    def content(self, numbers: Sequence[str]) -> bytes:
        """The stream with these numbers."""
        said = [p.before + p.stamped(n) for p, n in zip(self.pieces, numbers, strict=True)]
        return "".join([*said, self.rest]).encode("latin-1")


@dataclass(frozen=True, slots=True)
class Type:
    """A font as a chapter uses it: the master it was cut from, by the name of its file, and for
    each glyph the text it stands for and its width in thousandths of the size; ``about`` is what
    else its descriptor says."""

    master: str
    about: str
    texts: Mapping[int, str]
    widths: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An attached file: its name, the number of its specification, the digest of its content."""

    name: str
    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Sewing:
    """All by which a gathering is joined to others; numbers are those of its objects.

    The first ``late`` numbers are of objects made when the volume is bound; then come ``plain``
    ones, ``streams`` and those streams that hold the plain ones. ``roots`` are single objects by
    name: the node of its pages, the wrapper of its tags, its leaves of the trees of parents,
    destinations and identifiers, its bookmark and the first and last below it. ``spans`` are the
    first and last names of those leaves, ``types`` the digest of its fonts, ``bookmarks`` how
    many it has; ``title`` is as a PDF writes it; ``places`` are the destinations by their names in
    the chapter: which of its pages, and where on it.
    """

    late: int
    plain: int
    streams: int
    title: str
    leaves: tuple[Leaf, ...]
    roots: Mapping[str, int]
    spans: Mapping[str, tuple[str, str]]
    types: str
    enclosures: tuple[Enclosure, ...]
    bookmarks: int
    places: Mapping[str, tuple[int, str]]

    @property
    def holders(self) -> int:
        """How many streams hold the plain objects."""
        return -(-self.plain // HELD)

    @property
    def count(self) -> int:
        """How many numbers it needs."""
        return self.late + self.plain + self.streams + self.holders


@dataclass(frozen=True, slots=True)
class Gathering:
    """A chapter ready to be bound: its objects as a PDF writes them, in the order of their
    numbers; references to the shared fonts stand as names between NUL bytes."""

    sewing: Sewing
    types: tuple[Type, ...]
    streams: Sequence[tuple[bytes, bytes]] = field(repr=False)
    plain: Sequence[bytes] = field(repr=False)


def digest(types: Sequence[Type]) -> str:
    """The digest of some fonts."""
    return sha256(_told(types)).hexdigest()


def _told(types: Sequence[Type]) -> bytes:
    told = [[o.master, o.about, _pairs(o.texts), _pairs(o.widths)] for o in types]
    return _json(told)


def packed(made: Gathering) -> tuple[tuple[bytes, bytes], tuple[bytes, bytes]]:
    """A gathering as runs of bytes: its sewing and its fonts, which are always asked for; its
    objects and its streams."""
    sizes = [len(body) for _, body in made.streams]
    heads = [json.dumps(sizes).encode(), *(head for head, _ in made.streams)]
    objects = zlib.compress(_BETWEEN.join([*heads, *made.plain]), 1)
    bodies = b"".join(body for _, body in made.streams)
    return (_json(asdict(made.sewing)), _told(made.types)), (objects, bodies)


def _json(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _pairs(held: Mapping[int, object]) -> list[tuple[int, object]]:
    return sorted(held.items())


def sewing(content: bytes) -> Sewing:
    """The first run of a packed gathering."""
    told = json.loads(content)
    leaves = tuple(
        Leaf(
            one["number"],
            one["page"],
            one["tall"],
            one["stream"],
            tuple(Piece(**{**p, "codes": tuple(p["codes"])}) for p in one["pieces"]),
            one["rest"],
        )
        for one in told.pop("leaves")
    )
    spans = {name: (first, last) for name, (first, last) in told.pop("spans").items()}
    places = {name: (at, where) for name, (at, where) in told.pop("places").items()}
    enclosures = tuple(Enclosure(**one) for one in told.pop("enclosures"))
    return Sewing(leaves=leaves, spans=spans, places=places, enclosures=enclosures, **told)


def types(content: bytes) -> tuple[Type, ...]:
    """The second run of a packed gathering."""
    return tuple(Type(name, about, dict(t), dict(w)) for name, about, t, w in json.loads(content))


def unpacked(known: Sequence[bytes], held: Sequence[bytes]) -> Gathering:
    """What `packed` made into bytes."""
    sizes, *texts = zlib.decompress(held[0]).split(_BETWEEN)
    streams, at = [], 0
    for head, size in zip(texts, json.loads(sizes), strict=False):
        streams.append((head, held[1][at : at + size]))
        at += size
    return Gathering(sewing(known[0]), types(known[1]), streams, texts[len(streams) :])
