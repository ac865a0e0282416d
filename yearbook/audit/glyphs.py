"""Glyph truth of a finished PDF: what each shown code draws is the character it is read as.

Text extraction believes the table of a font that says what its glyphs mean. Here the glyphs
themselves are looked at, in the font programs that the file embeds.
"""

import re
from collections.abc import Collection, Iterator, MutableMapping, Sequence
from io import BytesIO
from typing import Any

import pikepdf

from yearbook.audit.memo import Memo
from yearbook.audit.tree import opened
from yearbook.outlines import false

_SHOWING = "Tf Tj TJ ' \" Do"
_PAIRS = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_RANGES = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_DEEPEST = 16
Known = MutableMapping[str, tuple[str, ...]]
"""The characters of false glyphs on pages, by the digest of what a page is made of."""
_PAGES: Known = Memo(512)


def false_glyphs(content: bytes, known: Known = _PAGES) -> Iterator[tuple[int, str]]:
    """Page and character of each glyph that is missing, blank or another's; each once a page."""
    names = opened(content).keys
    missing = [at for at, key in enumerate(names) if key not in known]
    if missing:
        with pikepdf.open(BytesIO(content)) as pdf:
            known.update(_false_on([(names[at], pdf.pages[at]) for at in missing]))
    for number, key in enumerate(names, 1):
        yield from ((number, character) for character in known[key])


def _false_on(pages: Sequence[tuple[str, Any]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The characters of the false glyphs of each page, by its key."""
    fonts: dict[tuple[int, int], Any] = {}
    shown: dict[str, set[tuple[tuple[int, int], int]]] = {}
    for key, page in pages:
        own = shown.setdefault(key, set())
        for font, code in _codes(page.obj, page.obj.get("/Resources"), _DEEPEST):
            fonts[font.objgen] = font
            own.add((font.objgen, code))
    wrong: dict[tuple[tuple[int, int], int], str] = {}
    for name, font in fonts.items():
        codes = {code for own in shown.values() for of, code in own if of == name}
        wrong.update({(name, code): character for code, character in _false(font, codes)})
    for key, own in shown.items():
        yield key, tuple(sorted({wrong[one] for one in own & wrong.keys()}))


def _codes(content: Any, resources: Any, depth: int) -> Iterator[tuple[Any, int]]:
    """Each font and two-byte code that a page or a form shows."""
    font, codes = None, set[int]()
    program: Any = pikepdf.parse_content_stream(content, _SHOWING)
    for operands, operator in program:
        name = str(operator)
        if name == "Tf":
            yield from ((font, code) for code in codes)
            font, codes = resources.Font[str(operands[0])], set()
        elif name == "Do":
            form = resources.XObject[str(operands[0])]
            if form.get("/Subtype") == "/Form" and depth:
                yield from _codes(form, form.get("/Resources", resources), depth - 1)
        else:
            strings = operands[0] if name == "TJ" else operands[-1:]
            for string in strings:
                if isinstance(string, pikepdf.String):
                    raw = bytes(string)
                    codes.update(int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))
    yield from ((font, code) for code in codes)


def _false(font: Any, codes: Collection[int]) -> Iterator[tuple[int, str]]:
    said = _said(font)
    program = _program(font)
    for code in codes:
        if code == 0 or code not in said or program is None:
            yield code, said.get(code, "\ufffd")
    if program is not None:
        shown = {code: said[code] for code in codes if said.get(code)}
        for code in false(program, shown):
            yield code, shown[code][0]


def _said(font: Any) -> dict[int, str]:
    """The characters that a font's ToUnicode table gives to its codes."""
    if "/ToUnicode" not in font:
        return {}
    table = font.ToUnicode.read_bytes()
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in _PAIRS.findall(block):
            found[int(code, 16)] = _text(text)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in _RANGES.findall(block):
            start, begin = int(first, 16), _text(text)
            for code in range(start, int(last, 16) + 1):
                found[code] = begin[:-1] + chr(ord(begin[-1]) + code - start)
    return found


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


def _program(font: Any) -> bytes | None:
    """The embedded font program of a composite font whose codes are its glyph numbers."""
    descendants = font.get("/DescendantFonts")
    if descendants is None or font.get("/Encoding") != "/Identity-H":
        return None
    descendant = descendants[0]
    if descendant.get("/CIDToGIDMap", "/Identity") != "/Identity":
        return None
    descriptor = descendant.get("/FontDescriptor", {})
    for name in ("/FontFile2", "/FontFile3"):
        if name in descriptor:
            return bytes(descriptor[name].read_bytes())
    return None
