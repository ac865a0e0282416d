"""A line may end just where its words do: the blank after them hangs, as CSS Text 3 says (4.1.3).

WeasyPrint 70 measures words together with the blank that stands before a following element. When
the words fit and the blank does not, it breaks the line after the first word and leaves the rest
of the line empty.
"""

from math import inf
from typing import Any

from weasyprint.layout import inline

_split = inline.split_first_line
# No text is set narrower than this part of its size a character; longer ones need no second look.
_NARROWEST = 0.3


def split_first_line(  # noqa: PLR0913, PLR0917 - as WeasyPrint has it
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """As WeasyPrint's, but words that fit stay together although the blank after them does not."""
    rest = (justification_spacing, is_line_start, minimum)
    found = _split(text, style, context, max_width, *rest)
    words = text.rstrip(" ")
    if found[2] is None or words == text or not words or minimum or max_width in (None, inf):
        return found
    if len(words) * style["font_size"] * _NARROWEST > max_width:
        return found
    _, _, resume, width, _, _ = _split(words, style, context, max_width, *rest)
    if resume is None and width <= max_width:
        return _split(text, style, context, None, *rest)
    return found


def mend() -> None:
    """Put it in WeasyPrint's place."""
    inline.split_first_line = split_first_line
