"""Jinja as the project allows it: sandboxed, every value escaped, nothing undefined, no holes."""

import re
import traceback
import types
from collections.abc import Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import cache, lru_cache
from types import CodeType
from typing import Any

from jinja2 import (
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    pass_eval_context,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import Macro
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from yearbook.doing import doing
from yearbook.finding import Finding, error
from yearbook.memo import Memo
from yearbook.model import Place, Text
from yearbook.records import UnknownError

FAULTS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NameError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template can raise: its author's fault, never the toolkit's."""


_BRACES = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)


class HoleError(ValueError):
    """A template would print what is neither words nor a figure."""


_PRINTED = (str, int, float, Decimal, Undefined)
"""What may stand in a page; what is not defined has its own words for that."""


def solid(value: object) -> object:
    """Refuse what would leave a hole in the page, or show a reader the inside of a program.
    Raises `HoleError`.

    >>> solid("a"), solid(Decimal("NaN"))
    Traceback (most recent call last):
    yearbook.template.HoleError: 'NaN' is neither words nor a figure
    """
    if (
        not isinstance(value, _PRINTED)
        or isinstance(value, bool)
        or (isinstance(value, float | Decimal) and not Decimal(value).is_finite())
    ):
        raise HoleError(f"'{_short(value)}' is neither words nor a figure")
    return value


@pass_eval_context
def _solid(_: object, value: object) -> object:
    # Without a context Jinja would ask of constants only when they are escaped, None being words.
    return solid(value)


def _short(value: object) -> str:
    """What a template wrote, as its author may know it: a function by its name.

    >>> _short(None), _short(plain), _short(True)
    ('None', 'plain', 'True')
    """
    named = getattr(value, "__name__", None)
    return named if isinstance(named, str) else str(value)


Translated = Mapping[tuple[str | None, str], str]
"""Templates as Python, by their names (None: none) and texts."""
_TRANSLATED: Memo[tuple[str | None, str], CodeType] = Memo(64)


_INNER = (
    *(types.FunctionType, types.MethodType, type, types.CodeType, types.TracebackType),
    *(types.FrameType, types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType),
)
"""What leads into Python itself; Jinja looks at each of them closely."""


_ORDINARY: set[object] = set()
"""The types that were seen to be of no such kind."""


def _ordinary(thing: object) -> bool:
    kind = type(thing)
    if kind not in _ORDINARY:
        if issubclass(kind, _INNER):
            return False
        _ORDINARY.add(kind)
    return True


_AROUND = frozenset({"_block_vars", "_loop_vars"})
"""What Jinja hands on of the block and the loop around a call; it is not for macros."""


@lru_cache(256)
def _free(macro: Macro) -> bool:
    return _alone(macro, ())


def _alone(macro: Macro, known: tuple[Macro, ...]) -> bool:
    """Whether a macro looks at nothing of its template but at other macros that do likewise."""
    body = macro._func
    cells = zip(body.__code__.co_freevars, body.__closure__ or (), strict=True)
    seen = [cell.cell_contents for name, cell in cells if name.startswith("l_")]
    return all(
        each in known or (type(each) is Macro and _alone(each, (*known, macro))) for each in seen
    )


class _Environment(SandboxedEnvironment):
    """Jinja's sandbox, which takes a translation that is known."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """As Jinja's, which asks nine times what kind of thing it is: the kind is asked once."""
        if _ordinary(obj):
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)

    def call(self, context: Any, called: Any, /, *words: Any, **named: Any) -> Any:
        """As Jinja's; a first argument that has a method ``again`` may know what a macro gives."""
        # Its kind is asked, for Jinja fails when anything is asked of a name that is not defined.
        again = getattr(type(words[0]), "again", None) if words and type(called) is Macro else None
        if again is None or named.keys() - _AROUND or not _free(called):
            return super().call(context, called, *words, **named)
        stock, rest = super().call, words[1:]
        body = called._func  # two templates may have macros of one name
        which = body.__globals__["name"], body.__code__
        return again(words[0], which, rest, lambda page: stock(context, called, page, *rest))

    def compile(self, source: Any, name: Any = None, *rest: Any, **more: Any) -> Any:
        """The code of a template."""
        return _TRANSLATED.get((name, source)) or super().compile(source, name, *rest, **more)


def translated(
    loaded: SandboxedEnvironment, sources: Iterable[tuple[str | None, str]]
) -> Translated:
    """Templates as Python; those with faults are left out, to be told where they are filled.

    Jinja works out what is constant while it translates, so that a template could take all memory
    even then: do this within limits (`yearbook.worker`), and hand on what comes of it.
    """
    found: dict[tuple[str | None, str], str] = {}
    for name, source in sources:
        with suppress(*FAULTS):
            found[name, source] = loaded.compile(source, name, raw=True)
    return found


def know(found: Translated) -> None:
    """Use translations from now on, here and in every process that is forked from this one."""
    for (name, source), code in found.items():
        _TRANSLATED[name, source] = compile(code, "<template>", "exec")


@cache
def environment() -> SandboxedEnvironment:
    """The one environment: every template name is escaped, not only ``*.html``."""
    made = _Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_solid,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in ("lipsum", "cycler", "joiner", "namespace"):
        del made.globals[name]
    # No text of the records may claim to be markup.
    for name in ("safe", "forceescape"):
        del made.filters[name]
    return made


_TOLD = re.compile(r"[{}\r]|\n\Z")
"""What a template may read as anything but itself."""


@lru_cache(4096)
def _compiled(source: str) -> Template:
    """A text is filled for both media and in each edition: compiled once, it takes half as long."""
    return environment().from_string(source)


_WHYS = {
    TemplateSyntaxError: "花括号内的写法有误",
    SecurityError: "模板中不允许此操作",
    RecursionError: "模板相互引用，没有尽头",
    ZeroDivisionError: "除数为零",
}


def fill(
    source: str, names: Mapping[str, Any], place: Place, loaded: SandboxedEnvironment | None = None
) -> Markup | Finding:
    """Fill a template; a fault becomes a finding at the line of the template it stands on.

    >>> fill("{{ a }} & co", {"a": "<b>"}, Place("en.md", 3))
    Markup('&lt;b&gt; & co')
    >>> fill("{{ b }}", {}, Place("en.md", 3)).place.line
    3
    """
    if loaded is None and not _TOLD.search(source):
        return Markup(source)  # noqa: S704 - escaped above
    try:
        with doing(place):
            made = loaded.from_string(source) if loaded else _compiled(source)
            return Markup(made.render(names))  # noqa: S704 - escaped above
    except UnknownError as unknown:
        return error("template", _spot(unknown, source, place), unknown.what, unknown.hint)
    except FAULTS as fault:
        what = Text(f"the template cannot be filled: {fault}", f"模板无法填充：{_why(fault)}")
        hint = Text(
            'write figures as {{ fact("name") }}; see docs/prose.md',
            '数据请写作 {{ fact("name") }}，详见 docs/prose.md',
        )
        return error("template", _spot(fault, source, place), what, hint)


def _why(fault: Exception) -> str:
    """Why a template cannot be filled, in Chinese; Jinja knows English only.

    >>> _why(UndefinedError("'fcat' is undefined"))
    '“fcat”未定义'
    """
    quoted = re.findall(r"'([^']*)'", str(fault))
    if isinstance(fault, UndefinedError) and quoted:
        return f"“{quoted[-1]}”未定义"
    if isinstance(fault, HoleError) and quoted:
        return f"“{quoted[0]}”既非文字，也非数据"
    for kind, why in _WHYS.items():
        if isinstance(fault, kind):
            return why
    return f"表达式有误，程序报告“{fault}”"


def _spot(problem: Exception, source: str, place: Place) -> Place:
    """The line and column of the template at which a fault was raised."""
    if isinstance(problem, TemplateSyntaxError):
        offset = problem.lineno - 1
    else:
        frames = traceback.extract_tb(problem.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == "<template>"]
        offset = (lines[-1] or 1) - 1 if lines else 0
    lines_of_source = source.split("\n")
    line = lines_of_source[offset] if offset < len(lines_of_source) else ""
    quoted = re.search(r'"([^"]*)"', str(problem))
    column = line.find(quoted[1]) if quoted else line.find("{{")
    if place.cell is not None:
        return place
    first = place.column - 1 if offset == 0 and place.column else 0
    return Place(place.file, place.line + offset, first + max(column, 0) + 1)


def plain(filled: Markup) -> str:
    """The text of a filled template, without tags.

    >>> plain(Markup("<b>a &amp; b</b>"))
    'a & b'
    """
    return filled.striptags()


def unmarked(source: str) -> str:
    """A template whose own words are plain text: what is outside the braces is escaped.

    >>> unmarked('R&D <5, {{ fact("a") }}')
    'R&amp;D &lt;5, {{ fact("a") }}'
    """
    return "".join(
        piece if at % 2 else str(escape(piece)) for at, piece in enumerate(_BRACES.split(source))
    )
