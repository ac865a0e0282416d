"""Lines that are broken and measured once."""

from types import SimpleNamespace
from typing import Any

import pytest
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.line_break import Layout

from tests.plain import everything, mended
from yearbook.pdf import render, shapes


class Style(dict[str, Any]):
    """A style as WeasyPrint has it: values, and the fonts of the document."""

    def __init__(self, **values: Any) -> None:
        super().__init__(INITIAL_VALUES, font_size=10.0, **values)
        self.font_config = SimpleNamespace()


def test_the_same_bytes_as_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered is what WeasyPrint finds anew."""
    expected = mended()
    monkeypatch.setattr(Layout, "setup", shapes._stock_setup)
    for module in (line_break, preferred, inline):
        plain = module.split_first_line.__wrapped__
        monkeypatch.setattr(module, "split_first_line", plain)
    assert render(everything()) == expected


def test_a_line_is_broken_once() -> None:
    """The same words in the same style and room are looked up; each answer has its own layout."""
    asked: list[str] = []

    def split(text: str, *_: Any) -> tuple[Any, ...]:
        asked.append(text)
        return SimpleNamespace(text=text), len(text)

    style, wide = Style(), Style(letter_spacing=1.0)
    wide.font_config = style.font_config
    find = shapes.remembered(split)
    first, again = (find("words", style, None, 50.0, 0) for _ in range(2))
    assert (first[0].text, first[1]) == (again[0].text, again[1]) == ("words", 5)
    assert first[0] is not again[0]
    assert asked == ["words"]
    find("words", style, None, 40.0, 0)
    find("words", wide, None, 50.0, 0)
    find("other", style, None, 50.0, 0)
    find("words", Style(), None, 50.0, 0)
    assert asked == ["words", "words", "words", "other", "words"]


def test_what_is_remembered_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """When there is too much of it, it is forgotten."""
    monkeypatch.setattr(shapes, "_ENOUGH", 3)
    style = Style()
    find = shapes.remembered(lambda text, *_: (SimpleNamespace(text=text),))
    for number in range(20):
        find(str(number), style, None, None, 0)
    assert len(shapes.kept(style, "lines")) <= 5
