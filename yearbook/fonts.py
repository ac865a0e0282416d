"""The vendored fonts: read them whole, ask what they can show, cut them to what a page needs."""

import csv
import hashlib
import io
import lzma
import unicodedata
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import brotli
import uharfbuzz as hb
from fontTools.ttLib import TTFont
from fontTools.ttLib import woff2 as packer

from yearbook.model import Place, Text
from yearbook.node import Shelf, key

MANIFEST = "fonts.csv"

# What page layout writes of its own accord: hyphens, bullets, quotes, counters, dots, no-break
# spaces. A font cut to the words of a page alone would leave holes where these are inserted.
# (The hollow bullet of nested lists, U+25E6, is in no vendored face: see docs/fonts.md.)
INSERTED = frozenset(
    map(ord, " \u00a00123456789.()[]*-\u2010\u2022\u25aa\u2018\u2019\u201c\u201d\u2026")
)

# Copyright, names and version, and the licence with its address: the OFL asks that they travel.
NAME_IDS = frozenset({0, 1, 2, 3, 4, 5, 6, 13, 14})


class FontError(Exception):
    """A font of the set cannot be used: ``what`` names the file, ``hint`` says what to do."""

    def __init__(self, what: Text, hint: Text) -> None:
        super().__init__(f"{what.en}; {hint.en}")
        self.place = Place("templates/fonts")
        self.what = what
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Face:
    """One cut of a family: ``weight`` as in CSS (400, 700), ``style`` normal or italic.

    ``content`` is a TrueType file and ``file`` its name, ``NotoSerif-Bold.ttf``.
    """

    family: str
    weight: int
    style: str
    content: bytes = field(repr=False)
    file: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the manifest."""

    file: str
    family: str
    weight: int
    style: str
    sha256: str


def load(folder: Path, shelf: Shelf | None = None) -> tuple[Face, ...]:
    """The faces that ``fonts.csv`` of the folder lists, in its order, each proved by its digest.

    On the ``shelf`` they are kept unpacked.
    Raises FontError, naming the file, if the list or a font is absent, unreadable or altered.
    """
    rows = tuple(_rows(_read(folder / MANIFEST)))
    # lzma lets go of the interpreter's lock, so threads halve the time.
    with ThreadPoolExecutor() as pool:
        return tuple(pool.map(lambda row: _face(folder, row, shelf), rows))


def _rows(content: bytes) -> Iterator[_Row]:
    try:
        for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")):
            weight = int(row["weight"])
            yield _Row(row["file"], row["family"], weight, row["style"], row["sha256"])
    except (KeyError, TypeError, ValueError, csv.Error) as problem:
        raise FontError(
            Text(f"the font list {MANIFEST} cannot be read", f"字体清单 {MANIFEST} 无法读取"),
            Text(
                "it needs the columns file, family, weight, style, sha256; weight is a number",
                "应有 file、family、weight、style、sha256 五列，其中 weight 为数字",
            ),
        ) from problem


def _face(folder: Path, row: _Row, shelf: Shelf | None) -> Face:
    content = _unpacked(row.file, _read(folder / row.file), shelf)
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise FontError(
            Text(
                f"the font {row.file} is not the one that {MANIFEST} lists",
                f"字体 {row.file} 与 {MANIFEST} 所列的不一致",
            ),
            Text(
                "restore the file, or, if you replaced it on purpose, write its sha256 in the list",
                "请恢复原文件；如属有意更换，请在清单中更新其 sha256",
            ),
        )
    return Face(row.family, row.weight, row.style, content, row.file.removesuffix(".xz"))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise FontError(
            Text(f"the font file {path.name} cannot be opened", f"字体文件 {path.name} 无法打开"),
            Text("restore it from the repository", "请从版本库中恢复该文件"),
        ) from problem


def _unpacked(file: str, packed: bytes, shelf: Shelf | None) -> bytes:
    if shelf is None:
        return _unpack(file, packed)
    place = key("unpacked", {"packed": hashlib.sha256(packed).hexdigest()})
    content = shelf.get(place)
    if content is None:
        content = _unpack(file, packed)
        shelf.put(place, content)
    return content


def _unpack(file: str, content: bytes) -> bytes:
    if not file.endswith(".xz"):
        return content
    try:
        return lzma.decompress(content, lzma.FORMAT_XZ)
    except lzma.LZMAError as problem:
        raise FontError(
            Text(f"the font file {file} is damaged", f"字体文件 {file} 已损坏"),
            Text("restore it from the repository", "请从版本库中恢复该文件"),
        ) from problem


def coverage(face: Face) -> frozenset[int]:
    """The code points that the face truly shows: their glyph has an outline, or is a space.

    A font may map a character to an empty glyph; text extraction would never notice the hole.
    """
    source = hb.Face(face.content)
    font = hb.Font(source)
    return frozenset(code for code in source.unicodes if _shows(font, code))


def missing(faces: Iterable[Face], text: str) -> tuple[str, ...]:
    """The characters of the text that no face shows, once each, in the order of the text.

    Line ends and format controls (soft hyphen, word joiner) print nothing and are never missing.
    """
    fonts = tuple(hb.Font(hb.Face(face.content)) for face in faces)
    return tuple(
        character
        for character in dict.fromkeys(text)
        if unicodedata.category(character) not in {"Cc", "Cf", "Zl", "Zp"}
        and not any(_shows(font, ord(character)) for font in fonts)
    )


def _shows(font: hb.Font, code: int) -> bool:
    glyph = font.get_nominal_glyph(code)
    if not glyph:
        return False
    extents = font.get_glyph_extents(glyph)
    inked = extents is not None and extents.width and extents.height
    return bool(inked) or unicodedata.category(chr(code)) == "Zs"


def subset(face: Face, characters: frozenset[int]) -> bytes:
    """A TrueType file with these code points and those that layout inserts; features are kept.

    The same face and characters give the same bytes. Code points the face lacks are left out.
    """
    return cut(face.content, characters | INSERTED)


def cut(content: bytes, characters: frozenset[int], features: Iterable[str] | None = None) -> bytes:
    """A TrueType file with these code points, without hinting; ``features`` None keeps them all."""
    wanted = hb.SubsetInput()
    wanted.unicode_set.set(characters)
    wanted.name_id_set.set(NAME_IDS)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    tags = wanted.layout_feature_tag_set
    tags.clear()
    if features is None:
        tags.invert()
    else:
        tags.update(int.from_bytes(tag.encode("ascii"), "big") for tag in features)
    return bytes(hb.subset(hb.Face(content), wanted).blob.data)


class _Brotli:
    """Brotli as fontTools calls it: a third of the time for three percent more bytes."""

    MODE_FONT = brotli.MODE_FONT
    decompress = staticmethod(brotli.decompress)

    @staticmethod
    def compress(data: bytes, mode: int) -> bytes:
        """Pack at the level before the last two, which try everything twice."""
        return bytes(brotli.compress(data, mode=mode, quality=9))


packer.brotli = _Brotli


def woff2(ttf: bytes) -> bytes:
    """The font packed for browsers: the same glyphs, the same dates, the same bytes each time.

    The outlines are packed as they are, which the format allows: to write them in its other way
    makes a font a sixth smaller and takes three quarters of the time.
    """
    with TTFont(io.BytesIO(ttf), recalcTimestamp=False, recalcBBoxes=False) as font:
        font.flavor = "woff2"
        font.flavorData = packer.WOFF2FlavorData(transformedTables=())
        packed = io.BytesIO()
        font.save(packed)
    return packed.getvalue()
