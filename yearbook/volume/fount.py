"""What a font of a PDF says of itself: the texts of its glyphs and their widths."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_BLOCKS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_PAIRS = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")
_RANGES = b"beginbfrange"
NOUGHT = "0030"
"""The text of the digit nought."""
_SECTION = 100
"""Entries of one block of a table of texts: a reader need not take more."""
_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
_FOOT = b"""endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def program(font: Any) -> bytes:
    """The TrueType program of a font whose codes are its glyphs; nothing of another."""
    if font.get("/Encoding") != "/Identity-H" or "/ToUnicode" not in font:
        return b""
    descendant = font.DescendantFonts[0]
    descriptor = descendant.get("/FontDescriptor", {})
    if descendant.get("/CIDToGIDMap") != "/Identity" or "/FontFile2" not in descriptor:
        return b""
    found: bytes = descriptor.FontFile2.read_bytes()
    return found


_PROPER = re.compile(rb"/(?:FontFile2 \d+ 0 R|FontName /\S+|Type /FontDescriptor) ?")


def about(font: Any) -> str:
    """What a font's descriptor says, but for its name and its program."""
    told = font.DescendantFonts[0].FontDescriptor.unparse(resolved=True)
    return _PROPER.sub(b"", told).decode("latin-1").removeprefix("<<").removesuffix(">>").strip()


def texts(font: Any) -> dict[int, str]:
    """The text of each glyph, as hexadecimal digits of UTF-16; nothing if ranges are told."""
    table = font.ToUnicode.read_bytes()
    if _RANGES in table:
        return {}
    return {
        int(code, 16): text.decode().lower()
        for block in _BLOCKS.findall(table)
        for code, text in _PAIRS.findall(block)
    }


def said(text: str) -> str:
    """A text of a glyph, read.

    >>> said("4e00")
    '一'
    """
    return bytes.fromhex(text).decode("utf-16-be", "replace")


def widths(font: Any) -> dict[int, int]:
    """The width of each glyph, in thousandths of the size."""
    found: dict[int, int] = {}
    told = list(font.DescendantFonts[0].get("/W", ()))
    while told:
        first, second = int(told.pop(0)), told.pop(0)
        if isinstance(second, int):
            wide = told.pop(0)
            found.update(dict.fromkeys(range(first, int(second) + 1), int(wide)))
        else:
            found.update(enumerate((int(wide) for wide in second), first))
    return found


def table(texts: Mapping[int, str]) -> bytes:
    """The table of texts of a font.

    >>> b"<0041> <4e00>" in table({0x41: "4e00"})
    True
    """
    lines = [b"<%04x> <%s>\n" % (code, text.encode()) for code, text in sorted(texts.items())]
    parts = [lines[at : at + _SECTION] for at in range(0, len(lines), _SECTION)]
    blocks = [b"%d beginbfchar\n%sendbfchar\n" % (len(p), b"".join(p)) for p in parts]
    return b"".join([_HEAD, *blocks, _FOOT])


def array(widths: Mapping[int, int]) -> bytes:
    """The widths of a font as a PDF lists them: runs of neighbours.

    >>> array({3: 500, 4: 600, 9: 1000})
    b'[ 3 [ 500 600 ] 9 [ 1000 ] ]'
    """
    parts = (
        b"%d [ %s ]" % (first, b" ".join(b"%d" % w for w in run))
        for first, run in _runs(widths.items())
    )
    return b"[ %s ]" % b" ".join(parts)


def _runs(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, list[int]]]:
    begun, run = 0, list[int]()
    for glyph, wide in sorted(pairs):
        if run and glyph == begun + len(run):
            run.append(wide)
            continue
        if run:
            yield begun, run
        begun, run = glyph, [wide]
    if run:
        yield begun, run
