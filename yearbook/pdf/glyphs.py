"""Checks the glyphs of a finished PDF: each shows its character, in a font of the page's own.

Text extraction reads what a PDF says its glyphs mean. Paper shows the glyphs. The two part when
WeasyPrint takes two fonts for one, or when a font lacks a character; both print blanks or boxes.
"""

import html
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from yearbook.finding import Finding, error
from yearbook.model import Text
from yearbook.outlines import untrue
from yearbook.pdf.document import PLACE

_AROUND = 12
_ENOUGH = 12
_NOT_SHOWN = re.compile(r"<(style|script|title)\b.*?</\1>|<[^>]*>", re.DOTALL)


def words_around(page: str, character: str) -> str:
    """Where a character stands, for a reader: the words of the HTML page around it.

    >>> words_around("<p>该市<b>𪚥</b>镇</p>", "𪚥")
    '该市𪚥镇'
    """
    shown = " ".join(html.unescape(_NOT_SHOWN.sub("", page)).split())
    at = shown.find(character)
    return shown[max(0, at - _AROUND) : at + _AROUND] if at >= 0 else ""


def _finding(what: Text, character: str, page: str) -> Finding:
    code, around = f"U+{ord(character):04X}", words_around(page, character)
    return error(
        "glyph",
        PLACE,
        Text(
            f"{what.en} {character} ({code})" + (f' in "{around}"' if around else ""),
            f"{what.zh}“{character}”（{code}）" + (f"，见“{around}”" if around else ""),
        ),
        Text(
            "write it otherwise, or add a font that has it to templates/fonts",
            "请换一种写法，或在 templates/fonts 中加入含有该字的字体",
        ),
    )


def _first(what: Text, characters: Iterable[str], page: str) -> Iterator[Finding]:
    """A finding for each of the first few characters, and one that counts the others."""
    each = sorted(set(characters))
    yield from (_finding(what, character, page) for character in each[:_ENOUGH])
    if rest := len(each[_ENOUGH:]):
        more = Text(f"{rest} more: {what.en}", f"另有 {rest} 个字：{what.zh}")
        yield _finding(more, each[_ENOUGH], page)


def missing(fonts: Iterable[Any], page: str) -> Iterator[Finding]:
    """Characters that no font of the page has: they would print as boxes."""
    what = Text("no font of the page has", "页面字体中没有")
    yield from _first(what, (chr(code) for font in fonts for code in font.missing), page)


def unknown(pages: Iterable[Any], families: Collection[str]) -> Iterator[Finding]:
    """Texts that ask for families of which the page defines none: any font would be taken."""
    asked = {
        tuple(box.style["font_family"])
        for page in pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.TextBox)
    }
    for names in sorted(asked):
        if not set(names) & set(families):
            yield not_own(", ".join(names))


def not_own(family: str) -> Finding:
    """The finding that a font is none of the page's: this machine's, another elsewhere."""
    return error(
        "glyph",
        PLACE,
        Text(
            f"the font {family} is not one of the page's own", f"字体 {family} 不是页面自带的字体"
        ),
        Text(
            "define it by @font-face with src: url(asset:///name), or use one that is defined",
            "请用 @font-face 定义（src 写作 url(asset:///名称)），或改用已定义的字体",
        ),
    )


def untruths(fonts: Iterable[Any], page: str) -> Iterator[Finding]:
    """Characters that read right when copied from the PDF and print as nothing, or as others."""
    what = Text("prints blank or as another character:", "印出来是空白或别的字：")
    found: set[str] = set()
    for font in fonts:
        unknown_glyphs = set(font.missing.values())
        shown = {
            glyph: text for glyph, text in font.to_unicode.items() if glyph not in unknown_glyphs
        }
        found.update(untrue(font.file_content, shown))
    yield from _first(what, found, page)
