"""Whether a text stands within the window through which a PDF lets it be seen.

A clip that cuts through a text can leave a 43 of a 437: nothing that is read tells of it.
"""

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

Box = tuple[float, float, float, float]
_SLACK = 1.5
"""Points by which a glyph may reach beyond the box in which it stands."""


def clipped(thing: Any, box: Box) -> bool:
    """Whether a clip of an object, or of a drawing it stands in, leaves less than ``box``: points
    from the foot of the page. A clip that is no rectangle may leave anything."""
    around = thing
    while around is not None:
        for points in _windows(around):
            corners = [_on_page(around.container, *point) for point in points]
            if not _within(box, corners):
                return True
        around = around.container
    return False


def _windows(thing: Any) -> Iterator[list[tuple[float, float]]]:
    """The corners of each clip of an object, in the space in which it stands."""
    clip = raw.FPDFPageObj_GetClipPath(thing.raw)
    if not clip:
        return
    right, up = ctypes.c_float(), ctypes.c_float()
    for number in range(max(0, raw.FPDFClipPath_CountPaths(clip))):
        points = []
        for at in range(max(0, raw.FPDFClipPath_CountPathSegments(clip, number))):
            segment = raw.FPDFClipPath_GetPathSegment(clip, number, at)
            raw.FPDFPathSegment_GetPoint(segment, right, up)
            points.append((right.value, up.value))
        yield points


def _on_page(around: Any, right: float, up: float) -> tuple[float, float]:
    while around is not None:
        right, up = around.get_matrix().on_point(right, up)
        around = around.container
    return right, up


def _within(box: Box, corners: list[tuple[float, float]]) -> bool:
    """Whether a box stands in a rectangle.

    >>> sheet = [(0, 0), (99, 0), (99, 99), (0, 99), (0, 0)]
    >>> _within((9, 9, 50, 20), sheet), _within((9, 9, 120, 20), sheet)
    (True, False)
    >>> _within((9, 9, 50, 20), [(0, 0), (99, 0), (99, 99)])
    False
    """
    steps = pairwise([*corners, *corners[:1]])
    straight = all(round(a - c, 1) == 0 or round(b - d, 1) == 0 for (a, b), (c, d) in steps)
    sides = [{round(side) for side in one} for one in zip(*corners, strict=True)]
    if not straight or [len(one) for one in sides] != [2, 2]:
        return False
    across, upward = zip(*corners, strict=True)
    left, bottom, right, top = box
    if min(across) - _SLACK > left or right > max(across) + _SLACK:
        return False
    return not (min(upward) - _SLACK > bottom or top > max(upward) + _SLACK)
