"""Reads a finished PDF again: PDFium says what its pages show, its tags in which order.

Neither is the program that made the file.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

Path = tuple[tuple[str, int], ...]
"""The structure elements around a text, outermost first: their tags and serial numbers."""
_DEEPEST = 16


class UnreadableError(ValueError):
    """The file cannot be read as a PDF."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text as one operator shows it; ``box`` is left, bottom, right and top in points
    from the foot of the page. ``path`` is empty for what no tag covers: heads and page numbers."""

    page: int
    text: str
    path: Path
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Pages:
    """A PDF as read: its runs in the order of the tags, those without tags, what its charts say to
    those who do not see them; and, by page, pictures and notes, of which ours have none."""

    count: int
    runs: tuple[Run, ...]
    loose: tuple[Run, ...]
    alternatives: tuple[str, ...]
    strangers: tuple[tuple[int, str], ...] = ()


def read(content: bytes) -> Pages:
    """Everything a PDF shows. Raises `UnreadableError`."""
    try:
        shown = _shown(content)
        with pikepdf.open(BytesIO(content)) as pdf:
            count, order, alternatives = len(pdf.pages), tuple(_tagged(pdf)), tuple(_said(pdf))
            strangers = tuple(dict.fromkeys(_strangers(pdf)))
    except (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError, RecursionError) as problem:
        raise UnreadableError(str(problem)) from problem
    runs = [
        Run(page, text, path, box)
        for page, number, path in order
        for text, box in shown.pop((page, number), ())
    ]
    loose = [
        Run(page, text, (), box) for (page, _), rest in sorted(shown.items()) for text, box in rest
    ]
    return Pages(count, tuple(runs), tuple(loose), alternatives, strangers)


Shown = dict[tuple[int, int], list[tuple[str, tuple[float, float, float, float]]]]


def _shown(content: bytes) -> Shown:
    """The texts of each marked content, by page and its number there; -1 for unmarked content."""
    found: Shown = {}
    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            for piece in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=_DEEPEST):
                marked = _marked(piece)
                text = _text(piece, text_page)
                if text.strip():
                    found.setdefault((number + 1, marked), []).append((text, _box(piece)))
            text_page.close()
            page.close()
    finally:
        document.close()
    return found


def _marked(piece: Any) -> int:
    """The number of the marked content; what stands in a form is marked where that is drawn."""
    while piece.container is not None:
        piece = piece.container
    return int(raw.FPDFPageObj_GetMarkedContentID(piece.raw))


def _text(piece: Any, text_page: Any) -> str:
    size = raw.FPDFTextObj_GetText(piece.raw, text_page.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    letters = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFTextObj_GetText(piece.raw, text_page.raw, letters, size)
    # PDFium marks a hyphen at the end of a line so.
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").replace("\x02", "-")


def _box(piece: Any) -> tuple[float, float, float, float]:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(piece.raw, *sides)
    left, bottom, right, top = (side.value for side in sides)
    corners = [(left, bottom), (left, top), (right, bottom), (right, top)]
    while (piece := piece.container) is not None:
        matrix = piece.get_matrix()
        corners = [matrix.on_point(*corner) for corner in corners]
    across, up = zip(*corners, strict=True)
    return round(min(across), 1), round(min(up), 1), round(max(across), 1), round(max(up), 1)


def _tagged(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int, Path]]:
    """Page, number and elements of each marked content, in the order of the structure tree."""
    pages: dict[Any, int] = {page.objgen: at for at, page in enumerate(pdf.pages, 1)}
    serial = 0

    def walk(node: Any, page: int, path: Path) -> Iterator[tuple[int, int, Path]]:
        nonlocal serial
        if isinstance(node, pikepdf.Array):
            for kid in node:
                yield from walk(kid, page, path)
        elif isinstance(node, int):
            yield page, int(node), path
        elif isinstance(node, pikepdf.Dictionary):
            page = pages.get(node["/Pg"].objgen, page) if "/Pg" in node else page
            if "/MCID" in node:
                yield page, int(node["/MCID"]), path
            elif "/K" in node:
                serial += 1
                yield from walk(node["/K"], page, (*path, (str(node.get("/S", ""))[1:], serial)))

    root = pdf.Root.get("/StructTreeRoot")
    if root is not None and "/K" in root:
        yield from walk(root["/K"], 0, ())


def _strangers(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    """What can show a numeral that no reader of texts finds: pictures, and notes over a page."""
    for number, page in enumerate(pdf.pages, 1):
        for note in page.obj.get("/Annots", ()):
            if note.get("/Subtype") != "/Link":
                yield number, str(note.get("/Subtype", "/Annots"))[1:]
        for name, thing in page.resources.get("/XObject", {}).items():
            if thing.get("/Subtype") == "/Image":
                yield number, name[1:]


def _said(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The text alternatives of the figures, in their order."""

    def walk(node: Any) -> Iterator[str]:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                yield from walk(kid)
        elif isinstance(node, pikepdf.Dictionary):
            if "/Alt" in node:
                yield str(node["/Alt"])
            if "/K" in node:
                yield from walk(node["/K"])

    root = pdf.Root.get("/StructTreeRoot")
    if root is not None and "/K" in root:
        yield from walk(root["/K"])
