"""Notes which blocks are looked at while a page is laid out: what the page hangs on.

WeasyPrint 70.0 lays out block after block until one does not fit, so a page has looked at the
blocks it shows and at those that were tried and found no room.
"""

from dataclasses import dataclass, field
from typing import Any

from weasyprint.layout import block, page

_stock_block = block.block_level_layout
_stock_page = page.remake_page


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page looked at: elements. ``whole``: nothing but the text's place was handed on, no
    part of a note or of a floating box."""

    elements: frozenset[Any]
    whole: bool


@dataclass
class Visits:
    """The last visit of each page of a document, by its number from 0."""

    pages: dict[int, Visit] = field(default_factory=dict)
    now: set[Any] = field(default_factory=set)


def _carries(context: Any) -> bool:
    return bool(context.reported_footnotes or context.broken_out_of_flow)


def block_level_layout(context: Any, box: Any, *rest: Any, **more: Any) -> Any:
    """WeasyPrint's, and the block is noted."""
    visits = getattr(context, "visits", None)
    if visits is not None and box.element is not None:
        visits.now.add(box.element)
    return _stock_block(context, box, *rest, **more)


def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
    """WeasyPrint's, and the visit is kept."""
    visits = getattr(context, "visits", None)
    if visits is None:
        return _stock_page(index, context, root_box, html)
    carried, visits.now = _carries(context), set()
    made = _stock_page(index, context, root_box, html)
    visits.pages[index] = Visit(frozenset(visits.now), not (carried or _carries(context)))
    return made


def mend() -> None:
    """Put both in the place of WeasyPrint's own."""
    block.block_level_layout = block_level_layout
    page.remake_page = remake_page
