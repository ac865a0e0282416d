"""What one page of a PDF shows, by PDFium: its texts, and what is drawn so as to deceive.

A text that is invisible, white on nothing, too small, off the paper or painted over is read by a
program and not by a person; a picture is the other way round.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from yearbook.audit.clip import clipped

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the foot of the page."""
_DEEPEST = 16
_FILLED = 0
_LIGHT = 200
_SMALL = 2.0
_ROOM = 4096
"""Bytes kept ready for a text."""
_PICTURES = {raw.FPDF_PAGEOBJ_IMAGE: "a picture", raw.FPDF_PAGEOBJ_UNKNOWN: "something unknown"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A text as one operator shows it, and the number of its marked content there; -1 for none."""

    marked: int
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Look:
    """A page as it is shown: its texts in the order of painting, and what deceives on it."""

    pieces: tuple[Piece, ...]
    strange: tuple[str, ...]

    def plain(self) -> list[object]:
        """As JSON can hold it."""
        return [[(each.marked, each.text, each.box) for each in self.pieces], self.strange]


@dataclass(frozen=True, slots=True)
class _Patch:
    """A filled shape: a text after it stands on it, a text before it lies under it."""

    box: Box
    dark: bool
    solid: bool


def look(page: Any) -> Look:
    """Everything that a page of PDFium shows."""
    pieces, strange, patches = [], [], list[_Patch]()
    shown: list[tuple[int, Piece]] = []
    text_page = page.get_textpage()
    buffer = ctypes.create_string_buffer(_ROOM)
    for thing in page.get_objects(max_depth=_DEEPEST):
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            text = _text(thing, text_page, buffer)
            if text.strip():
                piece = Piece(_marked(thing), text, _box(thing))
                pieces.append(piece)
                shown.append((len(patches), piece))
                strange += [f"“{text.strip()}” {why}" for why in _hidden(thing, piece, patches)]
        elif thing.type == raw.FPDF_PAGEOBJ_PATH and (patch := _patch(thing)):
            patches.append(patch)
        elif thing.type in _PICTURES:
            strange.append(_PICTURES[thing.type])
    text_page.close()
    width, height = page.get_size()
    for before, piece in shown:
        if _outside(piece.box, width, height):
            strange.append(f"“{piece.text.strip()}” off the paper")
        if any(patch.solid and _covers(patch.box, piece.box) for patch in patches[before:]):
            strange.append(f"“{piece.text.strip()}” painted over")
    return Look(tuple(pieces), tuple(dict.fromkeys(strange)))


def _marked(thing: Any) -> int:
    """The number of the marked content; what stands in a form is marked where that is drawn."""
    while thing.container is not None:
        thing = thing.container
    return int(raw.FPDFPageObj_GetMarkedContentID(thing.raw))


def _text(thing: Any, text_page: Any, buffer: Any) -> str:
    """The text of an object: it is looked for among all of the page, so asked for once."""
    letters = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    size = raw.FPDFTextObj_GetText(thing.raw, text_page.raw, letters, len(buffer))
    if size > len(buffer):
        return _text(thing, text_page, ctypes.create_string_buffer(size))
    # PDFium marks a hyphen at the end of a line so.
    return ctypes.string_at(buffer, size - 2).decode("utf-16-le", "replace").replace("\x02", "-")


def _box(thing: Any) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(thing.raw, *sides)
    left, bottom, right, top = (side.value for side in sides)
    corners = [(left, bottom), (left, top), (right, bottom), (right, top)]
    while (thing := thing.container) is not None:
        matrix = thing.get_matrix()
        corners = [matrix.on_point(*corner) for corner in corners]
    across, up = zip(*corners, strict=True)
    return round(min(across), 1), round(min(up), 1), round(max(across), 1), round(max(up), 1)


def _hidden(thing: Any, piece: Piece, patches: list[_Patch]) -> Iterator[str]:
    """Why a person does not see a text that stands on these patches."""
    red, green, blue, alpha = _colour(thing)
    if raw.FPDFTextObj_GetTextRenderMode(thing.raw) != _FILLED or alpha == 0:
        yield "invisible"
    if min(red, green, blue) > _LIGHT and not _dark(piece.box, patches):
        yield "white on white"
    tall = piece.box[3] - piece.box[1]
    if tall < _SMALL and any(letter.isalnum() for letter in piece.text):
        yield "too small to read"
    if clipped(thing, piece.box):
        yield "cut off by a clip"


def _dark(box: Box, patches: list[_Patch]) -> bool:
    """Whether the last of these patches that a text stands on is dark."""
    return next((patch.dark for patch in reversed(patches) if _covers(patch.box, box)), False)


def _colour(thing: Any) -> tuple[int, ...]:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(thing.raw, *parts)
    return tuple(part.value for part in parts)


def _patch(thing: Any) -> _Patch | None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing.raw, fill, stroke)
    if not fill.value:
        return None
    red, green, blue, alpha = _colour(thing)
    return _Patch(_box(thing), min(red, green, blue) <= _LIGHT, alpha == 255)


def _covers(outer: Box, inner: Box) -> bool:
    """Whether the middle of a box lies in another."""
    across, up = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= across <= outer[2] and outer[1] <= up <= outer[3]


def _outside(box: Box, width: float, height: float) -> bool:
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return not (0 <= across <= width and 0 <= up <= height)
