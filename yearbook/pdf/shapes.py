"""Breaks and measures a text once: what is equal in words, style and room has equal lines.

WeasyPrint 70.0 measures the words of a line box up to five times (the narrowest and the widest
line, then each line of each try), and for each builds Pango's context, description of the font
and list of features anew. Here a layout is a copy of the first one in its style, and the lines of
a text are remembered with all that they hang on. Both live as long as the fonts of the document.
"""

from collections.abc import Callable
from copy import copy
from functools import wraps
from operator import itemgetter
from typing import Any

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.line_break import Layout

ffi.cdef("PangoLayout * pango_layout_copy (PangoLayout *layout);")

# All of a style that a Pango layout is set up from, but its families and its decoration.
_FACE = (
    *("font_size", "font_style", "font_stretch", "font_weight", "font_kerning", "direction"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    *("font_feature_settings", "font_variation_settings", "font_language_override", "lang"),
)
# All that the words and the breaks of a line hang on beyond that.
_SPACING = ("letter_spacing", "word_spacing", "overflow_wrap", "tab_size")
_BREAKS = (
    *("white_space", "word_break", "hyphens"),
    *("hyphenate_limit_chars", "hyphenate_limit_zone", "hyphenate_character"),
)
# A long table has as many texts as cells and repeats few of them far apart.
_ENOUGH = 4000

_face, _spacing, _breaks = itemgetter(*_FACE), itemgetter(*_SPACING), itemgetter(*_BREAKS)
_stock_setup = Layout.setup

Split = Callable[..., tuple[Any, ...]]


def face(style: Any) -> tuple[Any, ...]:
    """What of a style decides on the glyphs and the measures of a single word."""
    decorated = style["text_decoration_line"] != "none"
    return (tuple(style["font_family"]), decorated, *_face(style))


def spaced(style: Any) -> tuple[Any, ...]:
    """What of a style decides on the places of the glyphs in a line."""
    return (*face(style), *_spacing(style))


def kept(style: Any, what: str) -> dict[Any, Any]:
    """What is remembered about a document, by name: it goes with the document's fonts."""
    found: dict[Any, Any] = vars(style.font_config).setdefault(f"yearbook_{what}", {})
    return found


def setup(self: Any, style: Any) -> None:
    """As WeasyPrint's, but a copy of the first layout in that style."""
    first = kept(style, "layouts")
    key = face(style)
    if key not in first:
        _stock_setup(self, style)
        first[key] = copy(self)
        first[key].layout = ffi.gc(pango.pango_layout_copy(self.layout), gobject.g_object_unref)
        return
    own = self.justification_spacing
    vars(self).update(vars(first[key]))
    self.style, self.justification_spacing = style, own
    self.layout = ffi.gc(pango.pango_layout_copy(self.layout), gobject.g_object_unref)


def remembered(split: Split) -> Split:
    """The same function of a line's words and style, that answers from memory if it can."""

    @wraps(split)
    def split_first_line(  # noqa: PLR0913, PLR0917 - as WeasyPrint has it
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> tuple[Any, ...]:
        rest = (justification_spacing, is_line_start, minimum)
        lines = kept(style, "lines")
        key = (split, text, spaced(style), _breaks(style), max_width, rest)
        found = lines.get(key)
        if found is None:
            if len(lines) > _ENOUGH:
                lines.clear()
            found = lines[key] = split(text, style, context, max_width, *rest)
        # Who draws a line may change its layout.
        return (copy(found[0]), *found[1:])

    return split_first_line


def mend() -> None:
    """Put these in WeasyPrint's place; those who break lines have the function by name."""
    Layout.setup = setup
    for module in (line_break, preferred, inline):
        module.split_first_line = remembered(module.split_first_line)
