"""Pages with the faces they need and no others."""

import re

from tests.editions import faces
from yearbook.node import Cache
from yearbook.webfonts import with_fonts

PAGE = "<html><style>x</style><body>{}</body></html>"


def families(html: str) -> set[tuple[str, str, str]]:
    """The faces in a page: family, weight, style."""
    found = re.findall(
        r"font-family:'([^']+)';font-weight:(\d+);font-style:(\w+);src:url\(data:font/woff2", html
    )
    return {(family, weight, slope) for family, weight, slope in found}


def test_no_emphasis() -> None:
    """A page without emphasis carries no italics."""
    found = families(with_fonts(PAGE.format("abc"), faces(), Cache()))
    assert ("Noto Serif", "400", "normal") in found
    assert not {each for each in found if each[2] == "italic"}


def test_emphasis() -> None:
    """Italics come only where there is emphasis."""
    found = families(with_fonts(PAGE.format("<em>abc</em>"), faces(), Cache()))
    assert ("Noto Serif", "400", "italic") in found


def test_small() -> None:
    """A face holds only the characters of its page."""
    small = with_fonts(PAGE.format("科技"), faces(), Cache())
    large = with_fonts(PAGE.format("科技扶贫开发年鉴概况训练项目"), faces(), Cache())
    assert len(small) < len(large) < len(small) * 2


def test_once() -> None:
    """The faces stand in the first style sheet and nowhere else; the page stays as it was."""
    html = with_fonts("<style>a</style><style>b</style>", faces(), Cache())
    assert html.endswith("a</style><style>b</style>")
    assert "@font-face" not in html.rpartition("<style>")[2]
