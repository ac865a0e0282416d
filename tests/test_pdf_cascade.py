"""Styles that are found once."""

from typing import Any

import pytest
import weasyprint
from weasyprint.css import ComputedStyle, StyleFor, get_all_computed_styles
from weasyprint.text.fonts import FontConfiguration

from tests.plain import everything, mended
from yearbook.pdf import cascade, render

PAGE = """<html lang=en><style>p { color: red } [lang=zh] { color: blue }</style>
<p><i lang=zh>1</i><i lang=zh>2</i><i lang=zh style="color: lime">3</i>
<i lang=zh style="color: navy">4</i><i id=a lang=zh>5</i><i id=b lang=zh>6</i><i lang=en>7</i>"""


def styles(page: str) -> tuple[Any, list[Any]]:
    """The styles of a page, and its elements named ``i``."""
    html = weasyprint.HTML(string=page)
    found = get_all_computed_styles(html, font_config=FontConfiguration())
    return found, list(html.etree_element.iter("i"))


def test_the_same_bytes_as_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """The styles that are shared, put off or looked up are those that WeasyPrint finds."""
    expected = mended()
    monkeypatch.setattr(ComputedStyle, "__missing__", cascade._stock_missing)
    monkeypatch.setattr(StyleFor, "__init__", cascade._stock_init)
    monkeypatch.setattr(StyleFor, "__call__", cascade._stock_call)
    assert render(everything()) == expected


def test_equal_elements_share_a_style() -> None:
    """A style is shared by those that say the same language, not by those with a style or name."""
    found, elements = styles(PAGE)
    shared = [found(element) for element in elements]
    assert shared[0] is shared[1]
    assert len({id(style) for style in shared}) == 6
    colours = [style["color"].to("srgb").coordinates for style in shared[:4]]
    assert colours == [(0, 0, 1), (0, 0, 1), (0, 1, 0), (0, 0, 128 / 255)]
    assert [style["anchor"] for style in shared] == [None, None, None, None, "a", "b", None]


def test_pseudo_elements_are_prepared_when_asked_for() -> None:
    """No style of a marker is made before it is wanted, and then it hangs on its element."""
    found, elements = styles(PAGE + "<style>i::marker { font-weight: 700 }</style>")
    assert not any(pseudo for _, pseudo in found.get_computed_styles())
    marker = found(elements[0], "marker")
    assert marker["font_weight"] == 700
    assert marker["color"] == found(elements[0])["color"]
    assert found(elements[0], "marker") is marker
    assert found(elements[0], "before") is None
    assert not found.get_cascaded_styles()
