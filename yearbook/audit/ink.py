"""Whether a person sees what a program reads: every letter of a PDF as ink on its page.

Each page is drawn three times: as it is; without its letters; its letters alone, in black. Where
a letter is, the first must differ from the second, whatever it is that hides it. Beside and within
a numeral nothing else may be drawn: a stroke makes an 8 of a 3.
"""

import ctypes
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
from pypdfium2 import raw

from yearbook.audit.tree import opened
from yearbook.memo import Memo

Known = MutableMapping[str, tuple[str, ...]]
"""What is wrong with the letters of pages, by the digest of what a page is made of."""
_PAGES: Known = Memo(512)
_Shot = npt.NDArray[np.int16]
_DEEPEST = 16
_SCALE = 1.5
_INK = 48
"""Of 255 shades, how dark black letters are where a letter should have ink."""
_FAINTEST = 0.15
"""Of that darkness, how much must be seen: a grey letter on a grey ground is less than black."""
_ENOUGH = 0.8
"""Of the places where a letter should have ink, the part that must."""
_EDGE = 24
_ROUND = 1
"""Dots around the box of a letter in which its ink may stand: a hairline falls beside it."""
_INVISIBLE, _FILLED = 3, 0
_UNSEEN = frozenset("\u00ad\u0002\ufffe\ufeff\u200b")
_MOST = 40


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter and its box: left, top, right and bottom, in dots from the head of the page."""

    said: str
    box: tuple[int, int, int, int]


def hidden(content: bytes, known: Known = _PAGES) -> Iterator[tuple[int, str]]:
    """Page and words of what is read on it but not seen, or seen otherwise."""
    names = opened(content).keys
    missing = [at for at, key in enumerate(names) if key not in known]
    if missing:
        document = pypdfium2.PdfDocument(content)
        try:
            for at in missing:
                known[names[at]] = tuple(_on(document, at))
        finally:
            document.close()
    for number, key in enumerate(names, 1):
        yield from ((number, what) for what in known[key])


def _on(document: Any, at: int) -> Iterator[str]:
    page = document[at]
    full = _drawn(page)
    letters = _letters(page, full.shape)
    _letters_only(page)
    alone = _drawn(page)
    page.close()
    page = document[at]
    for thing in _things(page, raw.FPDF_PAGEOBJ_TEXT):
        raw.FPDFTextObj_SetTextRenderMode(thing.raw, _INVISIBLE)
    behind = _drawn(page)
    page.close()
    if not letters:
        return
    unseen, mixed = _judged(letters, full, alone, behind)
    if unseen:
        yield f"“{_short(unseen)}” not to be seen"
    if mixed:
        yield f"“{_short(mixed)}” with strokes that are no letters"


def _short(words: str) -> str:
    return words if len(words) <= _MOST else f"{words[:_MOST]}…"


def _drawn(page: Any) -> _Shot:
    """The shades of a page."""
    shades = page.render(scale=_SCALE, grayscale=True).to_numpy()
    return np.asarray(shades.reshape(shades.shape[:2]), dtype=np.int16)


def _things(page: Any, kind: int) -> Iterator[Any]:
    return (thing for thing in page.get_objects(max_depth=_DEEPEST) if thing.type == kind)


def _letters(page: Any, shape: tuple[int, ...]) -> list[_Letter]:
    """The letters that a page is read to have."""
    found, text = [], page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for at in range(text.count_chars()):
        said = chr(raw.FPDFText_GetUnicode(text.raw, at))
        if said.isspace() or said in _UNSEEN or raw.FPDFText_IsGenerated(text.raw, at) == 1:
            continue
        raw.FPDFText_GetCharBox(text.raw, at, left, right, bottom, top)
        across = int(left.value * _SCALE), int(right.value * _SCALE) + 1
        down = int(shape[0] - top.value * _SCALE), int(shape[0] - bottom.value * _SCALE) + 1
        found.append(_Letter(said, (across[0], down[0], across[1], down[1])))
    text.close()
    return found


def _letters_only(page: Any) -> None:
    """Leave nothing on a page but its letters, in black."""
    for thing in page.get_objects(max_depth=1):
        if thing.type in (raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_IMAGE):
            page.remove_obj(thing)
    for thing in _things(page, raw.FPDF_PAGEOBJ_PATH):
        raw.FPDFPageObj_SetFillColor(thing.raw, 0, 0, 0, 0)
        raw.FPDFPageObj_SetStrokeColor(thing.raw, 0, 0, 0, 0)
    for thing in _things(page, raw.FPDF_PAGEOBJ_TEXT):
        raw.FPDFPageObj_SetFillColor(thing.raw, 0, 0, 0, 255)
        raw.FPDFTextObj_SetTextRenderMode(thing.raw, _FILLED)


def _judged(letters: list[_Letter], full: _Shot, alone: _Shot, behind: _Shot) -> tuple[str, str]:
    """The letters that are not seen, and the numerals that have something else within them."""
    black = 255 - alone
    wanted = black > _INK
    seen = _sums(wanted & (np.abs(full - behind) > black * _FAINTEST), letters, _ROUND)
    wanting = _sums(wanted, letters, _ROUND)
    drawn = _sums(_edges(behind), letters)
    unseen = (wanting < 1) | (seen < _ENOUGH * wanting)
    said = [letter.said for letter in letters]
    mixed = "".join(
        one
        for one, edges, lost in zip(said, drawn, unseen, strict=True)
        if edges and not lost and one.isnumeric()
    )
    return "".join(one for one, lost in zip(said, unseen, strict=True) if lost), mixed


def _edges(shades: _Shot) -> npt.NDArray[np.bool_]:
    """Where one shade meets another."""
    found = np.zeros(shades.shape, dtype=bool)
    found[:, 1:] |= np.abs(np.diff(shades, axis=1)) > _EDGE
    found[1:] |= np.abs(np.diff(shades, axis=0)) > _EDGE
    return found


def _sums(
    dots: npt.NDArray[np.bool_], letters: list[_Letter], around: int = 0
) -> npt.NDArray[np.int32]:
    """How many dots there are in the box of each letter, and so far around it."""
    height, width = dots.shape
    table = np.zeros((height + 1, width + 1), dtype=np.int32)
    np.cumsum(dots, axis=0, out=table[1:, 1:], dtype=np.int32)
    np.cumsum(table[1:, 1:], axis=1, out=table[1:, 1:])
    boxes = np.array([letter.box for letter in letters])
    boxes += np.array([-around, -around, around, around])
    left, right = (boxes[:, side].clip(0, width) for side in (0, 2))
    top, bottom = (boxes[:, side].clip(0, height) for side in (1, 3))
    counts: npt.NDArray[np.int32] = table[bottom, right] - table[top, right]
    counts -= table[bottom, left] - table[top, left]
    return counts
