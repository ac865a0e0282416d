"""Whether the glyphs of a font draw the characters they stand for."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import uharfbuzz as hb


def _invisible(text: str) -> bool:
    return all(unicodedata.category(character) in {"Zs", "Cf", "Cc"} for character in text)


def _same(one: str, other: str) -> bool:
    """Whether a glyph drawn for one character may stand for the other: a compatibility form, or
    the dash, whose Chinese form (``locl``) the Noto faces keep under U+2015."""
    if {one, other} == {"\u2014", "\u2015"}:
        return True
    return unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other)


def _draws(drawing: Any, glyph: int) -> bool:
    box = drawing.get_glyph_extents(glyph)
    return box is not None and box.width != 0 and box.height != 0


def untrue(content: bytes, shown: Mapping[int, str]) -> Iterator[str]:
    """The characters that `false` glyphs stand for."""
    for glyph in false(content, shown):
        yield shown[glyph][0]


def false(content: bytes, shown: Mapping[int, str]) -> Iterator[int]:
    """The glyphs of the embedded font ``content`` that are blank or another character's.

    ``shown`` says which character each glyph number stands for. A glyph that the font reaches
    only through substitution (a narrow comma, say) has no character of its own to compare.
    """
    face = hb.Face(content)
    drawing = hb.Font(face)
    owners: dict[int, set[str]] = {}
    for code in face.unicodes:
        owners.setdefault(drawing.get_nominal_glyph(code), set()).add(chr(code))
    for glyph, text in shown.items():
        if _invisible(text):
            continue
        own = owners.get(glyph)
        mistaken = own is not None and not any(_same(text, one) for one in own)
        if mistaken or not _draws(drawing, glyph):
            yield glyph
