"""What prose and the texts of the records may hold between braces: one call of one word.

The words choose their own form; an author who could compute, cut or hide could print a figure that
is not the figure of the records. Page templates are free: they print no figure of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache

from jinja2 import Environment, TemplateError, nodes

from yearbook.finding import Finding, error
from yearbook.model import Place, Text

WORDS = frozenset({
    "fact", "number", "words", "count", "list", "rest", "share", "rounded", "compared", "year",
    "period", "start", "span", "literal", "waiver", "see", "footnote", "table", "chart", "waivers",
})  # fmt: skip
"""The words of `yearbook.binding`, and the directives that stand alone in a paragraph."""
_NOTE = re.compile(r"\{% (?:call footnote\(\)|endcall) %\}")
_BRACES = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}"
    r"|(?P<id>\{#[^{}\n]*(?<!#)\})|\{#.*?#\}"
    r"|(?P<stray>[{｛]+[^{}｛｝\n]*[}｝]+|[{}｛｝]+)",
    re.DOTALL,
)
"""A heading's ``{#id}`` is no comment, nor anything to print; what begins or ends with single or
full-width braces would be printed as it stands."""
_UNDERLINED = re.compile(r"[ \t]*\n[-=]+[ \t]*(?:\n|\Z)")
_SHOWN = 40
_MEANT = dict(zip("“”‘’＂＇（），＝．", "\"\"''\"'(),=.", strict=True))
_WIDE = re.compile(f"[{''.join(_MEANT)}]")
"""Signs that an input method for Chinese, or a word processor, puts in the place of plain ones."""
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def check(source: str, place: Place) -> Iterator[Finding]:
    """Everything between braces that is no call of a word with constant arguments, and every brace
    that a reader would see.

    >>> [str(f.place) for f in check('a\\n{{ year()|string }} b', Place("en.md", 3, 1))]
    ['en.md:4:1']
    >>> list(check('{{ fact("a", "people", period="2009") }}', Place("en.md", 3, 1)))
    []
    """
    for match in _BRACES.finditer(source):
        spot = _spot(source, match.start(), place)
        if match["stray"] or (match["id"] and not _in_heading(source, match)):
            yield _stray(match[0], spot)
        elif not match["id"] and not _allowed(match[0]):
            yield _refused(match[0], spot)


def _in_heading(source: str, found: re.Match[str]) -> bool:
    signs = source.startswith("#", source.rfind("\n", 0, found.start()) + 1)
    return signs or _UNDERLINED.match(source, found.end()) is not None


@lru_cache(maxsize=4096)
def _allowed(piece: str) -> bool:
    """Whether a piece between braces is one call, or the note that ``^[…]`` becomes."""
    if _NOTE.fullmatch(piece):
        return True
    if not (piece.startswith("{{") and piece.endswith("}}")) or "-" in (piece[2:3], piece[-3:-2]):
        return False
    try:
        body = Environment(autoescape=True).parse(piece).body
    except TemplateError:
        return False
    if len(body) != 1 or not isinstance(body[0], nodes.Output) or len(body[0].nodes) != 1:
        return False
    call = body[0].nodes[0]
    return isinstance(call, nodes.Call) and _plain(call)


def _plain(call: nodes.Call) -> bool:
    values = [*call.args, *(keyword.value for keyword in call.kwargs)]
    return (
        isinstance(call.node, nodes.Name)
        and call.node.name in WORDS
        and call.dyn_args is None
        and call.dyn_kwargs is None
        and all(isinstance(value, nodes.Const) and _printable(value.value) for value in values)
    )


def _printable(value: object) -> bool:
    """A text without braces or signs that no page can show; a number, true, false or none."""
    return not isinstance(value, str) or (value.isprintable() and not re.search(r"[{}]", value))


def _spot(source: str, at: int, place: Place) -> Place:
    if place.cell is not None:
        return place
    before = source[:at]
    line = before.count("\n")
    column = at - (before.rfind("\n") + 1) + (1 if line else max(place.column, 1))
    return replace(place, line=place.line + line, column=column)


def _called(piece: str) -> str:
    """The word that a piece between braces begins with, if it is followed by arguments."""
    found = re.match(r"\{\{\s*([a-z_]+)\s*\(", piece)
    return found[1] if found else ""


def _shown(piece: str) -> str:
    """A piece on one line, shortened."""
    shown = " ".join(piece.split())
    shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
    return shown.encode("utf-8", "replace").decode()


def _stray(piece: str, place: Place) -> Finding:
    shown = _shown(piece)
    return error(
        "call",
        place,
        Text(f"{shown} would be printed as it stands", f"“{shown}”会原样印出"),
        Text(
            "a word stands between two half-width braces on either side: {{ year() }}",
            "词的前后各用两个半角花括号，如 {{ year() }}",
        ),
    )


def _refused(piece: str, place: Place) -> Finding:
    shown = _shown(piece)
    wide = _WIDE.search(_QUOTED.sub("", piece))
    if wide:
        return error(
            "call",
            place,
            Text(f"{shown} holds the sign {wide[0]}", f"{shown} 中有符号 {wide[0]}"),
            Text(
                f"write {_MEANT[wide[0]]} instead: signs between braces are of half width, "
                "quotation marks straight",
                f"请改为 {_MEANT[wide[0]]}：花括号内须用半角符号和直引号",
            ),
        )
    name = _called(piece)
    if name and name not in WORDS:
        near = get_close_matches(name, sorted(WORDS), 1)
        hint = Text("see docs/prose.md", "请参看 docs/prose.md")
        if near:
            hint = Text(f'did you mean "{near[0]}"?', f"是不是“{near[0]}”？")
        what = Text(f'there is no word "{name}"', f"没有名为“{name}”的词")
        return error("call", place, what, hint)
    return error(
        "call",
        place,
        Text(f"{shown} is no plain call of a word", f"{shown} 不是对单个词的直接调用"),
        Text(
            'write one word with fixed arguments, such as {{ fact("name") }}: no filters, blocks, '
            "sums or comments; the words are listed in docs/prose.md",
            '只能写一个词及其固定参数，如 {{ fact("name") }}；不得使用过滤器、控制语句、运算或'
            "注释，可用的词见 docs/prose.md",
        ),
    )
