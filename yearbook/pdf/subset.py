"""Cuts fonts with the uharfbuzz wheel, and names them alike whatever Pango is installed.

WeasyPrint 70.0 cuts fonts with the system's libharfbuzz-subset and, where that is absent, warns
and falls back to slower code whose bytes differ. Its names for fonts come from Pango's
description of them, which is worded differently by each version.

A font that shows a figure holds all of them, and one with small letters too those of the seal: when
a figure changes, the fonts stay as they are, and so does what is known of the pages that do not
show it.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import uharfbuzz as hb
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream

from yearbook.words import SEALING

_DROPPED = "BASE DSIG EBDT EBLC EBSC GPOS GSUB JSTF LTSH PCLT".split()
_FIGURES = "0123456789,.%"
_KEEP_SHAPE = hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | hb.SubsetFlags.DESUBROUTINIZE

_stock_add_font = Stream.add_font


def _order(glyphs: set[int], flags: hb.SubsetFlags) -> hb.SubsetInput:
    order = hb.SubsetInput()
    order.unicode_set.clear()
    order.glyph_set.clear()
    order.glyph_set.update(glyphs)
    order.flags = flags | _KEEP_SHAPE
    return order


def subset(self: Any, to_unicode: dict[int, str], hinting: bool) -> None:
    """Keep the glyphs shown, under their own numbers, and drop the empty ones after the last."""
    if not to_unicode:
        return
    held = figures(self)
    kept = dict(_kept(held, set(to_unicode.values())))
    to_unicode = kept | to_unicode
    self.to_unicode = {glyph: to_unicode[glyph] for glyph in sorted(to_unicode)}
    for glyph in held.keys() - to_unicode.keys():
        del self.widths[glyph]
    self.file_content = cut(
        self.file_content, set(to_unicode), self.index, bool(self.missing), hinting
    )


def cut(
    content: bytes,
    glyphs: set[int],
    index: int = 0,
    notdef: bool = False,
    hinting: bool = False,
) -> bytes:
    """A font with these glyphs alone, under their own numbers; ``notdef``: and the box of those
    that are missing."""
    boxes = hb.SubsetFlags.NOTDEF_OUTLINE if notdef else hb.SubsetFlags.DEFAULT
    shown = _order(glyphs, boxes | hb.SubsetFlags.RETAIN_GIDS)
    shown.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED)
    unhinted = hb.SubsetFlags.DEFAULT if hinting else hb.SubsetFlags.NO_HINTING
    upto = _order(set(range(max(glyphs) + 1)), boxes | unhinted)
    made: bytes = hb.subset(hb.subset(hb.Face(content, index), shown), upto).blob.data
    return made


def _kept(held: Mapping[int, str], shown: set[str]) -> Iterator[tuple[int, str]]:
    """Of the signs that a font holds ready those that go with what it shows."""
    if shown & set(_FIGURES):
        small = any(sign in SEALING for sign in shown)
        yield from ((g, sign) for g, sign in held.items() if small or sign not in SEALING)


def figures(font: Any) -> dict[int, str]:
    """The figures, what stands within them and the seal's letters, by a font's glyph of each."""
    drawing = hb.Font(hb.Face(font.file_content, font.index))
    found = {drawing.get_nominal_glyph(ord(letter)): letter for letter in _FIGURES + SEALING}
    return {glyph: letter for glyph, letter in found.items() if glyph}


def widen(font: Any) -> None:
    """Give the figures of a font their widths before one of them is shown: what is measured in a
    line is rounded by its size."""
    drawing = hb.Font(hb.Face(font.file_content, font.index))
    for glyph in figures(font):
        font.widths[glyph] = round(drawing.get_glyph_h_advance(glyph) * 1000 / font.upem)


def rename(font: Any, position: int) -> None:
    """Name a font by its family, style, weight and place in the document."""
    key = f"{font.family}|{font.style}|{int(font.weight)}|{position}"
    # The last two letters are the place itself, so that no two fonts of a document share a name.
    numbers = (*sha256(key.encode()).digest()[:4], position // 26, position)
    font.hash = "".join(chr(65 + number % 26) for number in numbers)
    family = re.sub(rb"[^A-Za-z0-9]", lambda byte: b"#%02x" % byte[0][0], font.family.encode())
    font.name = b"/%s+%s-%d" % (font.hash.encode(), family, int(font.weight))


def add_font(self: Any, pango_font: Any) -> tuple[Any, float]:
    """The font of a run of text, named when it is met first."""
    before = len(self._fonts)
    font, size = _stock_add_font(self, pango_font)
    if len(self._fonts) > before:
        rename(font, before)
        widen(font)
    return font, size


def mend() -> None:
    """Put the two functions in the place of WeasyPrint's own."""
    Font.subset = subset
    Stream.add_font = add_font
