"""Glyph truth of a finished PDF: what each shown code draws is the character it is read as.

Text extraction believes the table of a font that says what its glyphs mean. Here the glyphs
themselves are looked at, in the font programs that the file embeds.
"""

import re
import struct
from collections.abc import Collection, Iterator, MutableMapping, Sequence
from typing import Any

import pikepdf

from yearbook.audit.keys import Keys
from yearbook.audit.known import MEMORY
from yearbook.audit.tree import opened
from yearbook.memo import Memo
from yearbook.outlines import false

_String = pikepdf.String
_SHOWING = "Tf Tj TJ ' \" Do"
_PAIRS = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_RANGES = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_DEEPEST = 16
_FONTS: Memo[str, dict[int, str]] = Memo(128)
"""Of the codes looked at before the false character, or nothing, by the digest of a font."""


def false_glyphs(
    content: bytes, known: MutableMapping[str, tuple[str, ...]] = MEMORY.glyphs
) -> Iterator[tuple[int, str]]:
    """Page and character of each glyph that is missing, blank or another's; each once a page."""
    file = opened(content)
    found = {key: known[key] for key in file.keys if key in known}
    missing = [(key, at) for at, key in enumerate(file.keys) if key not in found]
    if missing:
        read = dict(_false_on(file.parts, [(key, file.file.pages[at]) for key, at in missing]))
        found |= read
        known.update(read)
    for number, key in enumerate(file.keys, 1):
        yield from ((number, character) for character in found[key])


def _false_on(
    parts: Keys, pages: Sequence[tuple[str, Any]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The characters of the false glyphs of each page, by its key."""
    fonts: dict[str, Any] = {}
    shown: dict[str, dict[str, set[int]]] = {}
    for key, page in pages:
        own = shown.setdefault(key, {})
        for font, codes in _codes(page.obj, page.obj.get("/Resources"), _DEEPEST):
            name = parts.of(font)
            fonts[name] = font
            own.setdefault(name, set()).update(codes)
    told: dict[str, dict[int, str]] = {}
    for name, font in fonts.items():
        told[name] = _judged(name, font, {c for own in shown.values() for c in own.get(name, ())})
    for key, own in shown.items():
        yield key, tuple(sorted({told[of][code] for of in own for code in own[of]} - {""}))


def _judged(name: str, font: Any, codes: set[int]) -> dict[int, str]:
    """The false character of each code of a font, or nothing where it is true."""
    told = _FONTS.get(name, {})
    if new := codes - told.keys():
        told = _FONTS[name] = {**told, **dict.fromkeys(new, ""), **dict(_false(font, new))}
    return told


def _codes(content: Any, resources: Any, depth: int) -> Iterator[tuple[Any, set[int]]]:
    """Each font and the two-byte codes that a page or a form shows in it."""
    font, codes = None, set[int]()
    program: Any = pikepdf.parse_content_stream(content, _SHOWING)
    for operands, operator in program:
        name = str(operator)
        if name == "Tf":
            if codes:
                yield font, codes
            font, codes = resources.Font[str(operands[0])], set()
        elif name == "Do":
            form = resources.XObject[str(operands[0])]
            if form.get("/Subtype") == "/Form" and depth:
                yield from _codes(form, form.get("/Resources", resources), depth - 1)
        else:
            strings = operands[0] if name == "TJ" else operands[-1:]
            codes.update(_read(b"".join([_even(s) for s in strings if isinstance(s, _String)])))
    if codes:
        yield font, codes


def _read(shown: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(shown) // 2}H", shown)


def _even(string: Any) -> bytes:
    """The bytes of a string; the last one alone is a code of its own."""
    shown = bytes(string)
    return shown if len(shown) % 2 == 0 else shown[:-1] + b"\0" + shown[-1:]


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
