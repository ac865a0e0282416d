"""Sets the lengths of a box at once when none of them hangs on the box around it.

WeasyPrint 70.0 asks of each of the thirteen lengths of a box, each time that it is laid out,
whether it is a percentage. Of the boxes of a chapter one in twenty has any.
"""

from operator import itemgetter
from sys import modules
from typing import Any

from weasyprint.layout import percent

_NAMES = (
    *("margin_left", "margin_right", "margin_top", "margin_bottom"),
    *("padding_left", "padding_right", "padding_top", "padding_bottom"),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
_SMALLEST = ("min_width", "min_height")
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
# A book has a few hundred kinds of boxes; whoever prints many books starts again.
_ENOUGH = 5000

_lengths, _borders = itemgetter(*_NAMES), itemgetter(*_BORDERS)
_stock = percent.resolve_percentages

Lengths = dict[str, Any]
_known: dict[tuple[Any, ...], Lengths | None] = {}


def _used(lengths: tuple[Any, ...]) -> Lengths | None:
    """The lengths that a box uses, or None if that hangs on another box."""
    used: Lengths = {}
    for name, length in zip(_NAMES, lengths, strict=True):
        if length is None or length == "auto":
            used[name] = 0 if length and name in _SMALLEST else length
        elif getattr(length, "unit", None) == "px":
            used[name] = length.value
        else:
            return None
    return used


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """As WeasyPrint's, from memory for lengths that are the same in every place."""
    lengths = _lengths(box.style)
    if lengths not in _known:
        if len(_known) > _ENOUGH:
            _known.clear()
        _known[lengths] = _used(lengths)
    used = _known[lengths]
    if used is None:
        _stock(box, containing_block)
        return
    own = vars(box)
    own.update(used)
    style = box.style
    if style["border_collapse"] == "collapse":
        # Where borders were joined the widths are the table's.
        for name in _BORDERS:
            if name not in own:
                own[name] = style[name]
    else:
        own.update(zip(_BORDERS, _borders(style), strict=True))
    if style["box_sizing"] != "content-box":
        percent.adjust_box_sizing(box, "width")
        percent.adjust_box_sizing(box, "height")


def mend() -> None:
    """Put it in WeasyPrint's place, in each module that has it by name."""
    for name, module in list(modules.items()):
        if name.startswith("weasyprint.") and vars(module).get("resolve_percentages") is _stock:
            module.resolve_percentages = resolve_percentages  # type: ignore[attr-defined]
