"""Answers what is asked of every box and element again and again without further ado.

WeasyPrint 70.0 asks five times whether a box is in the flow, and cssselect2 takes a lock, as
Python 3.11 does, to find what it has already found out about an element.
"""

from collections.abc import Callable
from functools import cached_property
from operator import itemgetter
from typing import Any

from cssselect2 import ElementWrapper
from weasyprint.css import Style
from weasyprint.formatting_structure.boxes import Box

_OUT = frozenset({"left", "right", "inline-start", "inline-end", "footnote"})
_AWAY = frozenset({"absolute", "fixed"})
_placed = itemgetter("float", "position")


def is_in_normal_flow(self: Any) -> bool:
    """Whether a box is in the flow: no float, footnote, note nor placed elsewhere."""
    float_, position = _placed(self.style)
    if float_ in _OUT or position in _AWAY:
        return False
    return position[0] not in {"running()", "note()"}


class FoundOnce:
    """A property that is found out once, without a lock: a page is made by one thread."""

    def __init__(self, find: Callable[[Any], Any], name: str) -> None:
        self.find, self.name = find, name

    def __get__(self, thing: Any, owner: type) -> Any:
        """Find it out; after that the thing has it itself."""
        if thing is None:
            return self
        found = vars(thing)[self.name] = self.find(thing)
        return found


def mend() -> None:
    """Put these in the place of the others."""
    Box.is_in_normal_flow = is_in_normal_flow
    for owner in (Style, ElementWrapper):
        for name, value in list(vars(owner).items()):
            if isinstance(value, cached_property):
                setattr(owner, name, FoundOnce(value.func, name))
