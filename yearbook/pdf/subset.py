"""Cuts fonts with the uharfbuzz wheel, and names them alike whatever Pango is installed.

WeasyPrint 70.0 cuts fonts with the system's libharfbuzz-subset and, where that is absent, warns
and falls back to slower code whose bytes differ. Its names for fonts come from Pango's
description of them, which is worded differently by each version.
"""

import re
from hashlib import sha256
from typing import Any

import uharfbuzz as hb
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream

_DROPPED = "BASE DSIG EBDT EBLC EBSC GPOS GSUB JSTF LTSH PCLT".split()
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
    notdef = hb.SubsetFlags.NOTDEF_OUTLINE if self.missing else hb.SubsetFlags.DEFAULT
    shown = _order(set(to_unicode), notdef | hb.SubsetFlags.RETAIN_GIDS)
    shown.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED)
    unhinted = hb.SubsetFlags.DEFAULT if hinting else hb.SubsetFlags.NO_HINTING
    upto = _order(set(range(max(to_unicode) + 1)), notdef | unhinted)
    face = hb.subset(hb.subset(hb.Face(self.file_content, self.index), shown), upto)
    self.file_content = face.blob.data


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
    return font, size


def mend() -> None:
    """Put the two functions in the place of WeasyPrint's own."""
    Font.subset = subset
    Stream.add_font = add_font
