"""Whether glyphs draw what they stand for, on a face of the book."""

import uharfbuzz as hb

from tests.editions import faces
from yearbook.outlines import false, untrue

FACE = next(face.content for face in faces() if face.file == "NotoSerif-Regular.ttf")


def glyph(character: str) -> int:
    """The number of a character's glyph."""
    found = hb.Font(hb.Face(FACE)).get_nominal_glyph(ord(character))
    assert found
    return int(found)


def test_true() -> None:
    """Glyphs that stand for their own characters are true; a blank may be blank."""
    shown = {glyph(character): character for character in "a9,— "}
    assert list(untrue(FACE, shown)) == []


def test_mistaken() -> None:
    """A glyph that stands for another character than it draws is named by its number."""
    assert list(false(FACE, {glyph("3"): "7", glyph("7"): "7"})) == [glyph("3")]
    assert list(untrue(FACE, {glyph("3"): "7"})) == ["7"]


def test_blank() -> None:
    """A blank glyph that stands for a digit is named."""
    assert list(untrue(FACE, {glyph(" "): "9"})) == ["9"]
