"""The fonts of a finished file: of each the glyphs that its leaves show, cut from the master."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import uharfbuzz as hb
from weasyprint.pdf.fonts import Font

from yearbook.pdf.subset import Widths, cut, held


class Held(Font):  # type: ignore[misc]  # WeasyPrint has no types
    """A font to embed, as WeasyPrint's writer wants it, made of what leaves told of it."""

    bitmap = used_in_forms = False
    italic_angle, stemv, stemh = 0, 80, 80

    def __init__(self, told: Mapping[str, Any], master: bytes) -> None:
        self.hash, self.name = told["hash"], told["name"].encode("ascii")
        self.family, self.index = told["family"], told["index"]
        self.ascent, self.descent, self.flags, self.upem = told["measures"]
        self.missing: dict[int, int] = {}
        self.to_unicode: dict[int, str] = {}
        self.widths: dict[int, int] = {}
        self.file_content = master

    def add(self, told: Mapping[str, Any]) -> None:
        """What a leaf shows of it."""
        self.missing.update((int(code), glyph) for code, glyph in told["missing"].items())
        for glyph, text in told["glyphs"].items():
            self.to_unicode.setdefault(int(glyph), text)

    def clean(self, to_unicode: Mapping[int, str], hinting: bool) -> None:
        """Cut the master: called by WeasyPrint before it is embedded."""
        face = hb.Face(self.file_content, self.index)
        self.to_unicode, widths = held(face, to_unicode), Widths(face)
        self.widths = {glyph: widths[glyph] for glyph in self.to_unicode if glyph in widths}
        shown, lacking = set(self.to_unicode), bool(self.missing)
        self.file_content = cut(self.file_content, shown, self.index, lacking)


def fonts(told: Iterable[Mapping[str, Any]], masters: Mapping[str, bytes]) -> dict[str, Held]:
    """The fonts that leaves told of, in the order of their names; ``masters`` by their digests.

    Raises KeyError for a font that none of them is.
    """
    found: dict[str, Held] = {}
    for each in told:
        font = found.setdefault(each["hash"], Held(each, masters[each["digest"]]))
        font.add(each)
    return dict(sorted(found.items()))


def strangers(told: Iterable[Mapping[str, Any]], masters: Mapping[str, bytes]) -> Iterator[str]:
    """The families of fonts that are none of the masters: this machine's own."""
    seen = {each["digest"]: each["family"] for each in told}
    yield from (family for digest, family in seen.items() if digest not in masters)
