"""Where a running program stands, in the terms of the project: template, chart, box of a page."""

from collections.abc import Iterator
from pathlib import PurePath
from types import FrameType
from typing import Any

from yearbook import doing
from yearbook.model import Place

_WORDS = 40


def where(frame: FrameType | None) -> tuple[Place | None, str]:
    """The place a program is at, and the box of the page it lays out, as far as it is known."""
    now = doing.now()
    for each in _outwards(frame):
        place = drawing(each) or _template(each, now)
        if place is not None:
            return place, ""
    boxes = (each.f_locals.get("box") for each in _outwards(frame))
    return now, next((said for box in boxes if (said := _box(box))), "")


def _outwards(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def drawing(frame: FrameType, line: int = 0) -> Place | None:
    """A line of a chart's module, by default that which runs; None of any other program."""
    if frame.f_globals.get("__name__", "").partition(".")[0] != "figures":
        return None
    name = PurePath(frame.f_code.co_filename).name
    return Place(f"figures/{name}", line or frame.f_lineno)


def _template(frame: FrameType, now: Place | None) -> Place | None:
    """A line of a template: of a file, or of the text that is being filled."""
    template = frame.f_globals.get("__jinja_template__")
    if template is None:
        return None
    line = template.get_corresponding_lineno(frame.f_lineno)
    if template.name:
        return Place(f"templates/{template.name}", line)
    return Place(now.file, now.line + line - 1, 0, now.cell) if now else None


def _box(box: Any) -> str:
    """The element a box is made of, and how its text begins."""
    element = getattr(box, "element", None)
    if element is None or not hasattr(element, "itertext"):
        return ""
    name = element.get("id") or element.get("class") or ""
    words = " ".join("".join(element.itertext()).split())
    shown = words if len(words) <= _WORDS else f"{words[:_WORDS]}…"
    return f'<{element.tag}{f" {name}" if name else ""}> "{shown}"'
