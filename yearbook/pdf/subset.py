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

from yearbook.words import SEALING

# A PDF shows glyphs by their numbers, with widths and words of its own. The characters that a font
# gives its glyphs stay (cmap): by them it is proved that each glyph shows what it is read as.
_DROPPED = "BASE DSIG EBDT EBLC EBSC GDEF GPOS GSUB JSTF LTSH OS/2 PCLT name post".split()
_FIGURES = "0123456789,.%"
_KEEP_SHAPE = hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | hb.SubsetFlags.DESUBROUTINIZE


class Widths(dict[int, int]):
    """The widths of a font's glyphs in thousandths of its size, known of every glyph: WeasyPrint
    would measure a glyph where it is shown first, and round by the size it has there."""

    def __init__(self, face: hb.Face) -> None:
        super().__init__()
        self._font, self._upem = hb.Font(face), face.upem

    def __contains__(self, glyph: object) -> bool:
        if isinstance(glyph, int) and not super().__contains__(glyph):
            self[glyph] = round(self._font.get_glyph_h_advance(glyph) * 1000 / self._upem)
        return True


def _order(glyphs: set[int], flags: hb.SubsetFlags) -> hb.SubsetInput:
    order = hb.SubsetInput()
    order.unicode_set.clear()
    order.glyph_set.clear()
    order.glyph_set.update(glyphs)
    order.flags = flags | _KEEP_SHAPE
    return order


def cut(content: bytes, glyphs: set[int], index: int = 0, lacking: bool = False) -> bytes:
    """A font with some glyphs under their own numbers, without the empty ones after the last;
    ``lacking``: it shows a box for characters it has not."""
    notdef = hb.SubsetFlags.NOTDEF_OUTLINE if lacking else hb.SubsetFlags.DEFAULT
    shown = _order(glyphs, notdef | hb.SubsetFlags.RETAIN_GIDS)
    shown.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED)
    upto = _order(set(range(max(glyphs, default=0) + 1)), notdef | hb.SubsetFlags.NO_HINTING)
    made: bytes = hb.subset(hb.subset(hb.Face(content, index), shown), upto).blob.data
    return made


def held(face: hb.Face, shown: Mapping[int, str]) -> dict[int, str]:
    """The glyphs that a font holds: those shown, and the signs that go with them."""
    ready = dict(_kept(_figures(face), set(shown.values())))
    both = {**ready, **shown}
    return {glyph: both[glyph] for glyph in sorted(both)}


def _kept(ready: Mapping[int, str], shown: set[str]) -> Iterator[tuple[int, str]]:
    """Of the signs that a font holds ready those that go with what it shows."""
    if shown & set(_FIGURES):
        small = any(sign in SEALING for sign in shown)
        yield from ((g, sign) for g, sign in ready.items() if small or sign not in SEALING)


def _figures(face: hb.Face) -> dict[int, str]:
    """The figures, what stands within them and the seal's letters, by a font's glyph of each."""
    drawing = hb.Font(face)
    found = {drawing.get_nominal_glyph(ord(letter)): letter for letter in _FIGURES + SEALING}
    return {glyph: letter for glyph, letter in found.items() if glyph}


def readied(font: Any) -> None:
    """Measure and weigh a font that was just opened, and name it by its family, style and weight,
    whatever Pango calls it."""
    key = f"{font.family}|{font.style}|{int(font.weight)}"
    font.hash = "".join(chr(65 + number % 26) for number in sha256(key.encode()).digest()[:6])
    family = re.sub(rb"[^A-Za-z0-9]", lambda byte: b"#%02x" % byte[0][0], font.family.encode())
    font.name = b"/%s+%s-%d" % (font.hash.encode(), family, int(font.weight))
    font.widths = Widths(hb.Face(font.file_content, font.index))
    font.digest = sha256(font.file_content).hexdigest()
