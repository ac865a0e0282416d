"""What a style sheet may not do: add words to a page, hide what the records say, or fade it.

The text of a page is proved against the records; a style could still print a figure of its own
(``content: "42"``), make one vanish, or set white on white. These are refused where they stand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2

from yearbook.finding import Finding, error
from yearbook.model import Place, Text

FURNITURE = frozenset({"skip", "editions", "elsewhere", "download", "origin", "swipe"})
"""Classes of what leads through a page and prints nothing of the records: it may be hidden."""
LEAST_CONTRAST = 4.5
"""Between text and its ground: WCAG 2.2, success criterion 1.4.3."""
_HIDING: Mapping[str, frozenset[str]] = {
    "display": frozenset({"none"}),
    "visibility": frozenset({"hidden", "collapse"}),
    "text-decoration": frozenset({"line-through"}),
    "text-decoration-line": frozenset({"line-through"}),
    "direction": frozenset({"rtl"}),
    "text-transform": frozenset({"uppercase", "lowercase", "capitalize", "full-width"}),
}
"""Properties with the values that hide or change what is read."""
_REFUSED = frozenset(
    "clip clip-path mask mask-image filter unicode-bidi transform writing-mode text-security "
    "-webkit-text-security -webkit-text-fill-color -webkit-mask-image".split()
)
"""Properties that no text of the records may have."""
_WHOLE = frozenset({"opacity", "font-size"})
"""Properties that hide with 0; opacity also fades below 1."""
_NEUTRAL = frozenset({"inherit", "currentcolor"})


@dataclass(frozen=True, slots=True)
class _Rule:
    """A declaration with the selectors it is for and the colour it stands on."""

    selectors: tuple[str, ...]
    name: str
    value: Sequence[Any]
    line: int
    column: int
    ground: str = "paper"

    @property
    def furniture(self) -> bool:
        """Whether it is for what may be hidden, and for nothing else."""
        return bool(self.selectors) and all(
            any(f".{name}" in selector for name in FURNITURE) for selector in self.selectors
        )


def lint(file: str, css: str, colours: Sequence[Mapping[str, str]]) -> Iterator[Finding]:
    """Everything a style sheet does that it may not. ``colours`` are those of each scheme.

    >>> found = lint("x.css", 'td::before { content: "42 " }', [])
    >>> [(str(each.place), each.what.en) for each in found]
    [('x.css:1:14', 'the style adds the words "42 " to the page')]
    """
    for rule in _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)):
        place = Place(file, rule.line, rule.column)
        for what, hint in (*_added(rule), *_hidden(rule), *_faded(rule, colours)):
            yield error("style", place, what, hint)


def _rules(nodes: Sequence[Any], selectors: tuple[str, ...] = ()) -> Iterator[_Rule]:
    ground = _ground(nodes)
    for node in nodes:
        if node.type == "qualified-rule":
            named = tuple(part.strip() for part in tinycss2.serialize(node.prelude).split(","))
            yield from _rules(_body(node), named)
        elif node.type == "at-rule" and node.content:
            inside = node.lower_at_keyword in ("media", "supports", "layer")
            parsed = tinycss2.parse_rule_list(node.content) if inside else _body(node)
            yield from _rules(parsed, selectors)
        elif node.type == "declaration":
            yield _Rule(
                selectors,
                node.lower_name,
                node.value,
                node.source_line,
                node.source_column,
                ground,
            )


def _ground(nodes: Sequence[Any]) -> str:
    """The colour of the theme that a block of declarations paints behind its text."""
    for node in nodes:
        if node.type == "declaration" and node.lower_name in ("background", "background-color"):
            written = str(tinycss2.serialize(node.value)).strip()
            if written.startswith("var(--"):
                return written.removeprefix("var(--").removesuffix(")")
    return "paper"


def _body(node: Any) -> Sequence[Any]:
    parsed: Sequence[Any] = tinycss2.parse_blocks_contents(
        node.content, skip_comments=True, skip_whitespace=True
    )
    return parsed


def _added(rule: _Rule) -> Iterator[tuple[Text, Text]]:
    """Words typed into a style."""
    for token in _tokens(rule.value):
        words = token.value if token.type == "string" else ""
        if rule.name in ("content", "string-set") and any(c.isalnum() for c in words):
            yield (
                Text(
                    f'the style adds the words "{words}" to the page', f"样式向页面添加了“{words}”"
                ),
                Text(
                    "write words into the template or the text; a style may add counters and signs",
                    "文字须写在模板或正文中；样式只可添加计数和符号",
                ),
            )


def _hidden(rule: _Rule) -> Iterator[tuple[Text, Text]]:
    values = [getattr(token, "lower_value", None) for token in rule.value]
    numbers = [token.value for token in rule.value if token.type in _NUMBERS]
    hides = (
        any(value in _HIDING.get(rule.name, ()) for value in values)
        or (rule.name in _REFUSED and set(values) - {None} != {"none"})
        or (rule.name in _WHOLE and any(number <= 0 for number in numbers))
        or (rule.name == "opacity" and any(number < 1 for number in numbers))
    )
    if hides and not rule.furniture:
        written = f"{rule.name}: {tinycss2.serialize(rule.value).strip()}"
        names = ", ".join(f".{name}" for name in sorted(FURNITURE))
        yield (
            Text(
                f'"{written}" could hide or change what the records say',
                f"“{written}”可能隐去或改变数据的内容",
            ),
            Text(f"only {names} may be hidden", f"只有 {names} 可以隐藏"),
        )


_NUMBERS = ("number", "percentage", "dimension")


def _faded(rule: _Rule, colours: Sequence[Mapping[str, str]]) -> Iterator[tuple[Text, Text]]:
    """A colour of text that is none of the theme's, or too near to the paper's."""
    if rule.name != "color":
        return
    written = tinycss2.serialize(rule.value).strip()
    if written.lower() in _NEUTRAL:
        return
    name = written.removeprefix("var(--").removesuffix(")")
    known = [scheme for scheme in colours if name in scheme and rule.ground in scheme]
    hint = Text(
        f"use var(--ink) or another colour of theme.toml, with a contrast of {LEAST_CONTRAST} to "
        "paper",
        f"请使用 theme.toml 中的颜色，如 var(--ink)，与底色的对比度须达到{LEAST_CONTRAST}",
    )
    if not written.startswith("var(--") or len(known) < len(colours):
        yield Text(f'"{written}" is no colour of the theme', f"“{written}”不是主题颜色"), hint
        return
    least = min((contrast(scheme[name], scheme[rule.ground]) for scheme in known), default=21.0)
    if least < LEAST_CONTRAST:
        yield (
            Text(
                f'text in "{name}" has a contrast of {least:.1f} to "{rule.ground}"',
                f"“{name}”色文字与底色“{rule.ground}”的对比度为{least:.1f}",
            ),
            hint,
        )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (#rrggbb), from 1 to 21; WCAG 2.2, relative luminance.

    >>> contrast("#000000", "#ffffff"), contrast("#ffffff", "#ffffff")
    (21.0, 1.0)
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _tokens(nodes: Sequence[Any]) -> Iterator[Any]:
    """All tokens of a value, also those inside functions."""
    for node in nodes:
        yield node
        inner = getattr(node, "arguments", None) or getattr(node, "content", None)
        if isinstance(inner, list):
            yield from _tokens(inner)
