"""Texts that are drawn once."""

from collections import Counter
from typing import Any

import pytest
from weasyprint.draw import text as drawing
from weasyprint.text.ffi import ffi
from weasyprint.text.line_break import Layout

from tests.plain import everything, mended
from yearbook.pdf import render, strokes


def test_the_same_bytes_as_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written from memory is what WeasyPrint draws anew."""
    expected = mended()
    monkeypatch.setattr(Layout, "reactivate", strokes._stock_reactivate)
    monkeypatch.setattr(drawing, "draw_first_line", strokes._stock_draw)
    assert render(everything()) == expected


def test_a_text_is_shaped_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seventy rows of a table with the same figures are drawn from one on each page."""
    expected = mended()
    shaped: Counter[str] = Counter()
    stock = strokes._pieces

    def counted(stream: Any, textbox: Any) -> Any:
        shaped[textbox.text] += 1
        return stock(stream, textbox)

    monkeypatch.setattr(strokes, "_pieces", counted)
    assert render(everything()) == expected
    assert 0 < shaped["1,234"] <= expected.pages
    assert 0 < shaped["县"] <= expected.pages


def test_glyphs_are_read_as_pango_has_them() -> None:
    """A glyph takes as many bytes here as in Pango's declaration."""
    assert ffi.sizeof("PangoGlyphInfo") == strokes._GLYPH.size
