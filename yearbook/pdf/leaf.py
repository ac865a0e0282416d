"""A leaf: one finished page as a PDF of its own, without its fonts, to be bound with others.

It is made of its page alone, so it is the same whichever pages are made with it, and can be kept.
What concerns the whole file is told beside it: the fonts used, by glyph; the places that links
lead to; the bookmarks; the running heads it sets.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint.logger import LOGGER
from weasyprint.pdf.fonts import build_fonts_dictionary
from weasyprint.pdf.metadata import DocumentMetadata

from yearbook.pdf.silent import silence
from yearbook.pdf.start import Start
from yearbook.pdf.subset import readied

_stock_resolve_links = weasyprint.pdf.resolve_links
_POINTS = 0.75  # of a CSS pixel
_PRINTED = 4
"""The flag of an annotation that is printed (ISO 19005-3, 6.3.2)."""
_OPTIONS = {**weasyprint.DEFAULT_OPTIONS, "pdf_tags": True, "pdf_version": "1.7"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page, finished: the PDF of it, what it tells the whole file, where the next page starts.

    ``facts`` holds JSON: ``fonts``, ``places``, ``links``, ``bookmarks``, ``height``, ``pages``
    (the page of each anchor, where it prints numbers of pages) and ``number`` (its own).
    """

    content: bytes = field(repr=False)
    facts: Mapping[str, Any]
    end: Start

    def packed(self) -> bytes:
        """As bytes, to be kept."""
        head = {"facts": self.facts, "end": [self.end.number, self.end.code]}
        return json.dumps(head, ensure_ascii=False).encode() + b"\n" + self.content


def unpacked(content: bytes) -> Leaf:
    """The reverse of `Leaf.packed`."""
    head, _, page = content.partition(b"\n")
    told = json.loads(head)
    return Leaf(page, told["facts"], Start(*told["end"]))


class _Fonts(dict[Any, Any]):
    """The fonts of a leaf: it names them and does not hold them. Each is opened once for all
    leaves of a document, those in ``opened``; the glyphs shown are the leaf's own."""

    def __init__(self, opened: dict[Any, Any]) -> None:
        super().__init__()
        self._opened = opened

    def __contains__(self, key: object) -> bool:
        if not super().__contains__(key) and key in self._opened:
            font = copy(self._opened[key])
            font.to_unicode, font.missing = {}, {}
            super().__setitem__(key, font)
        return super().__contains__(key)

    def __setitem__(self, key: Any, font: Any) -> None:
        readied(font)
        self._opened[key] = font
        self.__contains__(key)


class _Alone(list[Any]):
    """The one page of a leaf, and the anchors of the whole document."""

    def __init__(self, page: Any, anchors: Collection[str]) -> None:
        super().__init__([page])
        self.anchors = anchors


def _resolve_links(pages: Any) -> Iterable[Any]:
    """WeasyPrint's, but links of a leaf may lead to other leaves."""
    if not isinstance(pages, _Alone):
        yield from _stock_resolve_links(pages)
        return
    (page,) = pages
    for kind, name, _, _ in page.links:
        if kind == "internal" and name not in pages.anchors:
            LOGGER.error("No anchor #%s for internal URI reference", name)
    kept = [one for one in page.links if one[0] != "internal" or one[1] in pages.anchors]
    yield kept, [(name, x, y) for name, (x, y, _, _) in page.anchors.items()]


def _names(pdf: Any, fonts: Any, *rest: Any) -> Any:
    """WeasyPrint's, but a leaf only names its fonts."""
    if not isinstance(fonts, _Fonts):
        return build_fonts_dictionary(pdf, fonts, *rest)
    return pydyf.Dictionary({font.hash: pydyf.Dictionary() for font in fonts.values()})


def leaf(
    laid: Any, page: Any, number: int, anchors: Collection[str]
) -> tuple[bytes, dict[str, Any]]:
    """The PDF of a page of a document, the facts that it adds to the file. The document's fonts
    are those opened so far."""
    alone = laid.copy([])
    alone.pages, alone.fonts = _Alone(page, anchors), _Fonts(laid.fonts)
    alone.metadata = DocumentMetadata(lang=laid.metadata.lang)
    alone.output_intent, alone.color_profiles = None, {}
    output = BytesIO()
    pdf = weasyprint.pdf.generate_pdf(alone, None, 1, **_OPTIONS)
    places = _finish(pdf, number)
    pdf.write(output, b"1.7", False, False)
    facts = {
        "number": number,
        "fonts": [_font(font) for font in alone.fonts.values()],
        "places": places,
        "links": sorted({target for kind, target, _, _ in page.links if kind == "internal"}),
        "bookmarks": [[*mark[:2], list(mark[2]), mark[3]] for mark in page.bookmarks],
        "height": page.height,
    }
    return output.getvalue(), facts


def _finish(pdf: Any, number: int) -> list[Any]:
    """Make the parts of a leaf fit to stand beside others; gives the places that links lead to."""
    _place_figures(pdf)
    silence(pdf)
    for thing in pdf.objects:
        if isinstance(thing, dict) and thing.get("Type") == "/Annot":
            thing["F"] = _PRINTED
        if isinstance(thing, dict) and isinstance(thing.get("ID"), pydyf.String):
            thing["ID"].string = f"{number}-{thing['ID'].string}"
    named = pdf.catalog.pop("Names", {}).get("Dests", {}).get("Names", [])
    pairs = zip(named[::2], named[1::2], strict=True)
    return [[name.string, float(at[2]), float(at[3])] for name, at in pairs]


def _place_figures(pdf: Any) -> None:
    """Give the boxes of figures in PDF points from the foot of the page, not CSS pixels."""
    for figure in pdf.objects:
        if isinstance(figure, dict) and figure.get("S") == "/Figure":
            height = pdf.objects[int(figure["Pg"].split()[0])]["MediaBox"][3]
            left, top, right, bottom = (side * _POINTS for side in figure["A"]["BBox"])
            figure["A"]["BBox"][:] = [left, height - bottom, right, height - top]


def _font(font: Any) -> dict[str, Any]:
    """What must be known of a font to embed it, and the glyphs shown."""
    return {
        "hash": font.hash,
        "name": font.name.decode("ascii"),
        "family": font.family,
        "digest": font.digest,
        "index": font.index,
        "measures": [font.ascent, font.descent, font.flags, font.upem],
        "missing": {str(code): glyph for code, glyph in font.missing.items()},
        "glyphs": {str(glyph): text for glyph, text in font.to_unicode.items()},
    }


def mend() -> None:
    """Put both in the place of WeasyPrint's own."""
    weasyprint.pdf.resolve_links = _resolve_links
    weasyprint.pdf.build_fonts_dictionary = _names
