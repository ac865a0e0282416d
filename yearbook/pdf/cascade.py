"""Finds the style of equal elements once, and that of their pseudo-elements when it is asked for.

WeasyPrint 70.0 shares the style of elements that match the same rules below the same parent, but
not if they say their language, as each part of a page in two languages does; it applies the rules
before it looks whether it need have; and it prepares five pseudo-elements for every element, of
which a page asks one in a hundred. Of a single value it asks at length where it is to come from.
"""

from collections.abc import Iterable, Iterator
from math import inf
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import css
from weasyprint.css import ComputedStyle, StyleFor
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

Rule = tuple[str, Any, float, Iterable[Any]]
"""Where a rule comes from, its specificity and layer, and what it declares."""

_SVG = "{http://www.w3.org/2000/svg}svg"
# Values with a way of their own: they remember what was specified, or hand it on otherwise.
_SPECIAL = {"position", "float", "display", "page"}


def _plain(name: str) -> bool:
    return not (name in _SPECIAL or name[:16] == "text_decoration_")


_HANDED_DOWN = frozenset(
    name for name in INHERITED if _plain(name) and name not in PHYSICAL_FUNCTIONS
)
_INITIAL = {
    name: value
    for name, value in INITIAL_VALUES.items()
    if _plain(name) and not (name in INHERITED or name in INITIAL_NOT_COMPUTED or check_math(value))
}
_LOGICAL = {
    (name, direction): function(block="ttb", inline=direction)
    for name, function in PHYSICAL_FUNCTIONS.items()
    for direction in ("ltr", "rtl")
}

_stock_init, _stock_call = StyleFor.__init__, StyleFor.__call__
_stock_missing = ComputedStyle.__missing__


def missing(self: Any, key: str) -> Any:
    """The value of a property that no rule sets; all others as WeasyPrint finds them."""
    if key not in self.cascaded:
        if key in _HANDED_DOWN and self.parent_style is not None:
            value = self[key] = self.parent_style[key]
            return value
        if key in _INITIAL and not (
            key in PHYSICAL_FUNCTIONS and _LOGICAL[key, self["direction"]] in self.cascaded
        ):
            value = self[key] = _INITIAL[key]
            return value
    return _stock_missing(self, key)


def _apply(rules: Iterable[Rule]) -> dict[str, Any]:
    """What rules declare, the weightiest last."""
    style: dict[str, Any] = {}
    for origin, specificity, layer, declarations in rules:
        for name, values, important in declarations:
            weight = (css.declaration_precedence(origin, important), layer, specificity)
            if name not in style or style[name][1] <= weight:
                style[name] = values, weight
    return style


def _attributes(element: Any, base_url: str | None) -> Iterator[Rule]:
    """What the attributes of an element declare: its style, its language, its name."""
    bare = Element(element.tag, element.attrib)
    for specificity, _, declarations, base in css.find_style_attributes(bare, False, base_url):
        yield "author", specificity, inf, list(css.preprocess_declarations(base, declarations))


def _said(element: Any) -> tuple[Any, ...]:
    """What of an element's attributes makes its style another; an anchor is like no other."""
    if element.get("id") or (element.tag == "a" and element.get("name")):
        return (element,)
    said = (element.get("style"), element.get("lang"))
    return (*said, element.get("width"), element.get("height")) if element.tag == _SVG else said


def _matched(sheets: Any, wrapper: Any) -> tuple[list[Any], list[tuple[str | None, Rule]]]:
    """The rules of all sheets that match an element: by number, and as they are."""
    numbers, rules = [], []
    for place, (sheet, origin, of_sheet) in enumerate(sheets):
        for specificity, order, pseudo, (declarations, layer) in sheet.matcher.match(wrapper):
            depth = inf if layer is None else sheet.layers.index(layer)
            numbers.append((place, order))
            rules.append((pseudo, (origin, of_sheet or specificity, depth, declarations)))
    return numbers, rules


def _by_pseudo(rules: Iterable[tuple[str | None, Rule]]) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for pseudo, rule in rules:
        if pseudo:
            found.setdefault(pseudo, []).append(rule)
    return found


def init(  # noqa: PLR0913, PLR0917 - as WeasyPrint has it
    self: Any, html: Any, sheets: Any, hints: bool, fonts: Any, targets: Any
) -> None:
    """The styles of all elements of a page, in the order of the tree."""
    if hints:
        self.yearbook_pseudos = {}
        _stock_init(self, html, sheets, hints, fonts, targets)
        return
    # An empty page: what else the styles need is set up as ever.
    _stock_init(self, _Nothing, sheets, hints, fonts, targets)
    self.yearbook_root, self.yearbook_base = html.etree_element, html.base_url
    pseudos = self.yearbook_pseudos = {}
    computed, equal = self._computed_styles, {}
    for wrapper in html.wrapper_element.iter_subtree():
        element = wrapper.etree_element
        parent = wrapper.parent.etree_element if wrapper.parent else None
        numbers, rules = _matched(sheets, wrapper)
        above = None if parent is None else id(computed[parent, None])
        key = (above, _said(element), tuple(numbers))
        if key not in equal:
            own = [rule for pseudo, rule in rules if not pseudo]
            own = [*_attributes(element, html.base_url), *own]
            _set(self, (element, None), parent, own, targets)
            equal[key] = computed[element, None], _by_pseudo(rules)
        computed[element, None], pseudos[element] = equal[key]
    for element, by_name in pseudos.items():
        for pseudo, its in by_name.items():
            if any(name == "anchor" for rule in its for name, *_ in rule[3]):
                _set(self, (element, pseudo), element, its, targets)


class _Nothing:
    """A page without elements."""

    etree_element = Element("html")
    base_url = None

    class wrapper_element:  # noqa: N801 - as WeasyPrint calls it
        """Its tree."""

        @staticmethod
        def iter_subtree() -> tuple[()]:
            """No element."""
            return ()


def _set(self: Any, whose: tuple[Any, str | None], parent: Any, rules: Any, targets: Any) -> None:
    self._cascaded_styles[whose] = _apply(rules)
    element, pseudo = whose
    root, base = self.yearbook_root, self.yearbook_base
    self.set_computed_styles(element, parent, root, pseudo, base, targets)
    # What stays in it is taken for the margin boxes of a page.
    del self._cascaded_styles[whose]


def call(self: Any, element: Any, pseudo_type: str | None = None) -> Any:
    """The style of an element or, asked for first now, of its pseudo-element."""
    if pseudo_type and (element, pseudo_type) not in self._computed_styles:
        rules = self.yearbook_pseudos.get(element, {}).get(pseudo_type)
        if rules is not None:
            _set(self, (element, pseudo_type), element, rules, None)
    return _stock_call(self, element, pseudo_type)


def mend() -> None:
    """Put these in WeasyPrint's place."""
    ComputedStyle.__missing__ = missing
    StyleFor.__init__, StyleFor.__call__ = init, call
