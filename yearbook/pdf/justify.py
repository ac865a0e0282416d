"""Justifies Chinese: WeasyPrint 70.0 widens only spaces, and Chinese has none.

The room left in a line is shared evenly among its spaces and the gaps between Chinese
characters. Pango, when it draws a text box, opens the gaps through its letter spacing, which
gives each character half a gap on either side and takes it off again at both ends of the box;
so the gap between two boxes (a span in a paragraph) is opened by moving the second one.

The distances themselves WeasyPrint cuts to whole thousandths of the font size. That is nothing
for the few spaces of an English line and a quarter of a point for the forty gaps of a Chinese
one, so they are written with two more places. And it writes empty strings between them, after
which Chrome's reader (pdfium) forgets the last distance of a run; they are left out.
"""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

# Han, kana, full-width forms and the quotes and middle dot Chinese shares with English. The long
# dash and the ellipsis are not here: their two halves must not part.
_CHINESE = re.compile(
    "[\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uffef\U00020000-\U0003ffff“”‘’·]+"
)
_SPACE = re.compile("[ \u00a0]")
_DISTANCE = re.compile(r">(-?[\d.]+)<")
_SEEN = 0.5

_stock_justify_line = inline.justify_line
_stock_set_text = Layout.set_text
_stock_show_text = Stream.show_text


@dataclass(frozen=True, slots=True)
class Gaps:
    """How many gaps a text opens before, inside and after itself when its line is justified."""

    before: float
    inside: float
    after: float

    @property
    def total(self) -> float:
        """All the gaps of the text."""
        return self.before + self.inside + self.after


def is_chinese(style: Any) -> bool:
    """Whether a box is in Chinese: only there may the gaps between characters open."""
    return (style["lang"] or "").lower().startswith("zh")


def gaps(text: str, chinese: bool) -> Gaps:
    """The gaps of a text box: one for each space, and one around each Chinese character.

    >>> gaps("2010年底", chinese=True)
    Gaps(before=0.0, inside=1.5, after=0.5)
    >>> gaps("two words", chinese=False)
    Gaps(before=0.0, inside=1, after=0.0)
    """
    inside = len(_SPACE.findall(text))
    if not chinese:
        return Gaps(0.0, inside, 0.0)
    runs = [match.span() for match in _CHINESE.finditer(text)]
    before = 0.5 if runs and runs[0][0] == 0 else 0.0
    after = 0.5 if runs and runs[-1][1] == len(text) else 0.0
    return Gaps(before, inside + sum(end - start for start, end in runs) - before - after, after)


def _leaves(box: Any) -> Iterator[Any]:
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        yield box
        return
    for child in box.children:
        if child.is_in_normal_flow():
            yield from _leaves(child)


def _gaps_of_line(line: Any) -> dict[Any, Gaps]:
    """The gaps of each text box of the line; none at either end of the line."""
    leaves = [box for box in _leaves(line) if not isinstance(box, boxes.TextBox) or box.text]
    found = {
        box: gaps(box.text, is_chinese(box.style))
        for box in leaves
        if isinstance(box, boxes.TextBox)
    }
    if found and leaves[0] in found:
        found[leaves[0]] = Gaps(0.0, found[leaves[0]].inside, found[leaves[0]].after)
    if found and leaves[-1] in found:
        found[leaves[-1]] = Gaps(found[leaves[-1]].before, found[leaves[-1]].inside, 0.0)
    return found


def _move(box: Any, found: dict[Any, Gaps], gap: float, shift: float) -> float:
    """Move a box and its children to the right, open their gaps; return the new shift."""
    if isinstance(box, boxes.TextBox):
        own = found.get(box, Gaps(0.0, 0.0, 0.0))
        box.position_x += shift + own.before * gap
        box.width += own.inside * gap
        if own.inside:
            box.justification_spacing = gap
            box.pango_layout = copy(box.pango_layout)
            box.pango_layout.text, box.pango_layout.justification_spacing = box.text, gap
        return shift + own.total * gap
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += shift
        before = shift
        for child in box.children:
            if child.is_in_normal_flow():
                shift = _move(child, found, gap, shift)
        box.width += shift - before
        return shift
    box.translate(shift, 0)
    return shift


def justify_line(context: Any, line: Any, extra_width: float) -> None:
    """Share the extra width (CSS pixels) among the gaps of a line that holds Chinese."""
    texts = [box for box in _leaves(line) if isinstance(box, boxes.TextBox)]
    if not any(is_chinese(box.style) for box in texts):
        _stock_justify_line(context, line, extra_width)
        return
    found = _gaps_of_line(line)
    if total := sum(own.total for own in found.values()):
        _move(line, found, extra_width / total, 0.0)


def set_text(self: Any, text: str, justify: bool = False) -> None:
    """Set the text of a Pango layout; when it is drawn justified, open the Chinese gaps too."""
    _stock_set_text(self, text, justify)
    if not (justify and self.justification_spacing and is_chinese(self.style)):
        return
    own = self.style["letter_spacing"]
    spacing = self.justification_spacing + (0 if own == "normal" else own)
    attributes = pango.pango_layout_get_attributes(self.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for run in _CHINESE.finditer(self.text):
        attribute = pango.pango_attr_letter_spacing_new(int(spacing * TO_UNITS))
        attribute.start_index = len(self.text[: run.start()].encode())
        attribute.end_index = len(self.text[: run.end()].encode())
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(self.layout, attributes)


class Distance(int):
    """An integer for C, that prints as the number it was made from.

    >>> f"{Distance(-25.614)} {int(Distance(-25.614))}"
    '-25.61 -25'
    """

    exact: float

    def __new__(cls, value: float) -> "Distance":
        distance = super().__new__(cls, value)
        distance.exact = value
        return distance

    def __format__(self, spec: str) -> str:
        return f"{round(self.exact, 2):g}"


def show_text(self: Any, text: str) -> None:
    """Show glyphs and distances, ``<0041>-120<>-70<0042>``, without the empty strings and without
    distances that nobody sees: what is less than half a thousandth of the size is owed to the
    next glyph."""
    owed = 0.0

    def settled(distance: re.Match[str]) -> str:
        nonlocal owed
        owed += float(distance[1])
        if abs(owed) < _SEEN:
            return ""
        paid, owed = owed, 0.0
        return f">{round(paid, 2):g}<"

    _stock_show_text(self, _DISTANCE.sub(settled, text).replace("<>", " "))


def mend() -> None:
    """Put these in the place of WeasyPrint's own; ``int`` is what cuts a distance there."""
    inline.justify_line = justify_line
    Layout.set_text = set_text
    Stream.show_text = show_text
    drawing.int = Distance
