"""Draws a text once: the same words in the same style are the same strings of the page.

WeasyPrint 70.0 shapes each text again to draw it, although a page repeats its figures and its
heads, and the letters of a chart are each a text of their own. What a text wrote is remembered
here and written again. Marks that rise from the line, missing glyphs and coloured ones are drawn
as ever.
"""

from collections.abc import Iterator
from struct import Struct
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

from yearbook.pdf.justify import Distance
from yearbook.pdf.shapes import kept, spaced

Piece = tuple[Any, float, str]
"""A font, its size, and the glyphs and distances to show in it."""

# PangoGlyphInfo: the glyph, its width and offsets, and marks of no concern.
_GLYPH = Struct("=Iiiii")
_SMALLEST = 1e-6

_stock_draw = drawing.draw_first_line
_stock_reactivate = Layout.reactivate


class _UnusualError(Exception):
    """A text with something in it that WeasyPrint had better draw."""


def reactivate(self: Any, style: Any) -> None:
    """Be ready to be drawn; the glyphs are looked for when no memory has them."""
    self.style, self.layout, self.language = style, None, None


def _runs(line: Any) -> Iterator[Any]:
    run = line.runs[0]
    while run != ffi.NULL:
        yield run.data
        run = run.next


def _named(font: Any, item: Any, at: int, text: bytes) -> None:
    """Write down which characters a glyph shows."""
    clusters, last = item.glyphs.log_clusters, item.glyphs.num_glyphs - 1
    if item.item.analysis.level % 2:
        end = item.item.length if at == 0 else clusters[at - 1]
    else:
        end = item.item.length if at == last else clusters[at + 1]
    start = item.item.offset
    glyph = item.glyphs.glyphs[at].glyph
    font.to_unicode[glyph] = text[start + clusters[at] : start + end].decode()


def _width(font: Any, item: Any, glyph: int, size: float, stream: Any) -> float:
    """The width of a glyph in thousandths of the size, as its font will tell it."""
    if glyph not in font.widths:
        rectangles = stream.ink_rect, stream.logical_rect
        pango.pango_font_get_glyph_extents(item.item.analysis.font, glyph, *rectangles)
        font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    width: float = font.widths[glyph]
    return width


def _shown(item: Any, font: Any, size: float, stream: Any, text: bytes) -> str:
    """The glyphs of a run and the distances between them."""
    parts = ["<"]
    count = item.glyphs.num_glyphs
    glyphs = ffi.buffer(item.glyphs.glyphs, count * _GLYPH.size)
    for at, (glyph, width, aside, above, _) in enumerate(_GLYPH.iter_unpack(glyphs)):
        if glyph == pango.PANGO_GLYPH_EMPTY:
            parts.append(f">{-width / size}<")
            continue
        if above or glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
            raise _UnusualError
        if glyph not in font.to_unicode:
            _named(font, item, at, text)
        offset = aside / size
        if offset:
            parts.append(f">{-offset}<")
        parts.append(f"{glyph:04x}")
        logical = _width(font, item, glyph, size, stream)
        kerning = logical + offset - width * 1000 * FROM_UNITS / size
        if kerning:
            parts.append(f">{Distance(kerning)}<")
    shown = "".join(parts)
    return shown[:-1] if shown[-1] == "<" else f"{shown}>"


def _pieces(stream: Any, textbox: Any) -> list[Piece]:
    """What a text writes into a page, font by font."""
    layout = textbox.pango_layout
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    text = layout.text.encode()
    pieces: list[Piece] = []
    before = None
    for item in _runs(line):
        face = item.item.analysis.font
        if face != before:
            before = face
            font, size = stream.add_font(face)
            if font.bitmap or font.png or font.svg or font.colr:
                raise _UnusualError
            pieces.append((font, size, ""))
        shown = _shown(item, font, size, stream, text)
        pieces[-1] = (font, size, pieces[-1][2] + shown)
    return pieces


def draw_first_line(stream: Any, textbox: Any, overflow: str, ellipsis: Any, matrix: Any) -> Any:
    """Write a line into the page; return its coloured glyphs, which are drawn after it."""
    layout, style = textbox.pango_layout, textbox.style
    cut = overflow == "ellipsis" or ellipsis != "none" or pango.pango_version() < 14802
    if cut or not textbox.text.strip() or style["font_size"] < _SMALLEST:
        _stock_reactivate(layout, style)
        return _stock_draw(stream, textbox, overflow, ellipsis, matrix)
    # With the fonts themselves, so that no others can come to have their number.
    _, strings = kept(style, "strings").setdefault(id(stream._fonts), (stream._fonts, {}))
    key = (layout.text, layout.justification_spacing, spaced(style))
    pieces = strings.get(key)
    if pieces is None:
        _stock_reactivate(layout, style)
        try:
            pieces = strings[key] = _pieces(stream, textbox)
        except _UnusualError:
            return _stock_draw(stream, textbox, overflow, ellipsis, matrix)
    stream.set_text_matrix(*matrix.values)
    for font, size, string in pieces:
        stream.set_font_size(font.hash, size)
        stream.show_text(string)
    return []


def mend() -> None:
    """Put these in WeasyPrint's place."""
    Layout.reactivate = reactivate
    drawing.draw_first_line = draw_first_line
