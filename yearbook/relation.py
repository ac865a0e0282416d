"""Rules between figures: a small grammar.

A rule is ``left = right`` with ``=``, ``>=`` or ``<=`` (or ＝ ≥ ≤), sums, differences, products and
quotients of numbers, ids, ids of another chapter (``chapter.id``), ``count(list)``, ``sum(a, b)``,
``prev(id)``; or ``x between a and b``. It holds, fails, or, if hedged, cannot be decided.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from yearbook.interval import Interval, combine, point
from yearbook.model import Text


class RuleError(ValueError):
    """A rule that cannot be read; ``what`` says why, and at which character of the cell."""

    def __init__(self, en: str, zh: str, at: int | None = None) -> None:
        super().__init__(en)
        place = Text("", "") if at is None else Text(f" (character {at})", f"（第{at}个字符）")
        self.what = Text(en + place.en, zh + place.zh)
        self.at = at


@dataclass(frozen=True, slots=True)
class Number:
    """A number typed in a rule."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    """An id of an indicator, for the data year; with a chapter and a dot before it, of that one."""

    id: str


@dataclass(frozen=True, slots=True)
class Call:
    """``count(list)``, ``prev(id)`` or ``sum(id, id, ...)``."""

    function: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """Two terms joined by ``+``, ``-``, ``*`` or ``/``."""

    sign: str
    left: "Term"
    right: "Term"


Term = Number | Name | Call | Operation


@dataclass(frozen=True, slots=True)
class Comparison:
    """A whole rule: its two sides; ``between`` is two comparisons."""

    left: Term
    sign: str
    right: Term


_NAME = r"(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)?[A-Za-z_一-鿿][\w一-鿿]*"
_TOKEN = re.compile(rf"\s*(>=|<=|[=+\-*/(),]|{_NAME}|\d+(?:\.\d+)?)")
FUNCTIONS = ("count", "prev", "sum")
"""The functions of the grammar; the next need is a check in Python."""
LONGEST = 200
"""Words and signs of a rule at most: what is longer no editor can read."""
DIGITS = 30
"""Digits of a number in a rule at most: no figure has as many."""


def parse(text: str) -> tuple[Comparison, ...]:
    """Read a rule. Raises `RuleError`.

    >>> parse("group = heads + deputies")[0].sign
    '='
    >>> len(parse("award / students between 100 and 5000"))
    2
    >>> parse("a ＞＝ count(posts)")[0].right
    Call(function='count', arguments=('posts',))
    """
    tokens = tuple(_tokens(*_folded(text)))
    if tokens and tokens[0].text == "=":
        raise RuleError(
            "a rule must not begin with =: a spreadsheet takes it for a formula",
            "规则不能以=开头：电子表格会将其当作公式",
            tokens[0].at,
        )
    if len(tokens) > LONGEST:
        raise RuleError(
            f"the rule has {len(tokens)} words and signs, more than {LONGEST}",
            f"规则过长：共{len(tokens)}个词和符号，上限为{LONGEST}",
        )
    return _Parser(tokens).rule()


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or sign, and the character of the rule at which it begins, from 1."""

    text: str
    at: int


_MEANT = {
    "≥": ">=", "≧": ">=", "⩾": ">=", "≤": "<=", "≦": "<=", "⩽": "<=", "×": "*", "·": "*",
    "÷": "/", "∕": "/", "−": "-", "–": "-", "、": ",", "【": "(", "】": ")",
}  # fmt: skip
"""Signs of either keyboard that are not the same sign by Unicode's compatibility forms."""


def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """The rule in plain signs, and which character of it each of them was."""
    parts = [_MEANT.get(sign) or unicodedata.normalize("NFKC", sign) for sign in text.rstrip()]
    places = tuple(at for at, part in enumerate(parts, 1) for _ in part)
    return "".join(parts), places


def _tokens(text: str, places: tuple[int, ...]) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            odd = text[at : at + 10]
            raise RuleError(f'"{odd}" is not part of a rule', f"规则中不能写“{odd}”", places[at])
        yield _Token(found[1], places[found.start(1)])
        at = found.end()


class _Parser:
    """Recursive descent over the tokens of one rule."""

    def __init__(self, tokens: tuple[_Token, ...]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def here(self) -> int | None:
        return self.tokens[self.at].at if self.at < len(self.tokens) else None

    def take(self, wanted: str = "") -> str:
        token = self.peek()
        if not token or (wanted and token != wanted):
            raise _expected(wanted, token, self.here())
        self.at += 1
        return token

    def rule(self) -> tuple[Comparison, ...]:
        left = self.sum()
        found: tuple[Comparison, ...]
        if self.peek() == "between":
            self.take()
            low = self.sum()
            self.take("and")
            found = (Comparison(left, ">=", low), Comparison(left, "<=", self.sum()))
        elif self.peek() in ("=", ">=", "<="):
            found = (Comparison(left, self.take(), self.sum()),)
        else:
            raise RuleError(
                "a rule needs =, >=, <= or between",
                "规则须含=、>=、<=或between",
            )
        if self.peek():
            raise RuleError(f'"{self.peek()}" is left over', f"“{self.peek()}”多余", self.here())
        return found

    def sum(self) -> Term:
        return self._joined("+-", lambda: self._joined("*/", self.term))

    def _joined(self, signs: str, part: Callable[[], Term]) -> Term:
        left = part()
        while self.peek() and self.peek() in signs:
            sign = self.take()
            left = Operation(sign, left, part())
        return left

    def term(self) -> Term:
        began = self.here()
        token = self.take()
        if token == "(":
            inner = self.sum()
            self.take(")")
            return inner
        if token.replace(".", "", 1).isdigit():
            if len(token) > DIGITS:
                raise RuleError(
                    f"a number has {len(token)} digits, more than {DIGITS}",
                    f"有一个数长达{len(token)}位，最多{DIGITS}位",
                    began,
                )
            return Number(Decimal(token))
        if not (token[0].isalnum() or token[0] == "_"):
            raise _expected("", token, began)
        if self.peek() != "(":
            return Name(token)
        return self.call(token, began)

    def call(self, function: str, began: int | None) -> Call:
        if function not in FUNCTIONS:
            raise RuleError(
                f'"{function}" is not a function; there are {", ".join(FUNCTIONS)}',
                f"没有名为“{function}”的函数，可用的有{'、'.join(FUNCTIONS)}",
                began,
            )
        self.take("(")
        arguments = [self.take()]
        while self.peek() == ",":
            self.take()
            arguments.append(self.take())
        self.take(")")
        if function != "sum" and len(arguments) > 1:
            raise RuleError(
                f"{function} takes one name, not {len(arguments)}",
                f"{function}只能填一个名称，此处有{len(arguments)}个",
                began,
            )
        return Call(function, tuple(arguments))


def _expected(wanted: str, token: str, at: int | None) -> RuleError:
    if not token:
        return RuleError(f"the rule ends before {wanted or 'a figure'}", "规则不完整")
    return RuleError(
        f'expected {wanted or "a figure"} but found "{token}"',
        f"此处应为{f'“{wanted}”' if wanted else '数据'}，而非“{token}”",
        at,
    )


def references(term: Term) -> tuple[tuple[str, str], ...]:
    """What a term looks up, in order: pairs of ``fact``, ``prev`` or ``count`` and a name.

    >>> references(parse("a >= prev(b) + sum(c, d) - count(posts)")[0].right)
    (('prev', 'b'), ('fact', 'c'), ('fact', 'd'), ('count', 'posts'))
    """
    if isinstance(term, Name):
        return (("fact", term.id),)
    if isinstance(term, Call):
        function = "fact" if term.function == "sum" else term.function
        return tuple((function, name) for name in term.arguments)
    if isinstance(term, Operation):
        return references(term.left) + references(term.right)
    return ()


def written(term: Term) -> str:
    """A term as one would write it.

    >>> written(parse("x = (a+b) * 2 - (c - sum(d,e))")[0].right)
    '(a + b) * 2 - (c - sum(d, e))'
    """
    if isinstance(term, Number):
        return format(term.value, "f")
    if isinstance(term, Name):
        return term.id
    if isinstance(term, Call):
        return f"{term.function}({', '.join(term.arguments)})"
    left, right = (
        f"({written(side)})" if _needs_brackets(side, term.sign, at_right) else written(side)
        for side, at_right in ((term.left, False), (term.right, True))
    )
    return f"{left} {term.sign} {right}"


def _needs_brackets(side: Term, sign: str, at_right: bool) -> bool:
    if not isinstance(side, Operation):
        return False
    weaker = side.sign in "+-" and sign in "*/"
    return weaker or (at_right and (side.sign in "+-") == (sign in "+-"))


def evaluate(term: Term, look_up: Callable[[str, str], Interval]) -> Interval:
    """The bounds of a term; ``look_up(function, name)`` answers for ``fact``, ``prev``, ``count``.

    Whatever ``look_up`` raises passes through.
    """
    if isinstance(term, Number):
        return point(term.value)
    if isinstance(term, Name):
        return look_up("fact", term.id)
    if isinstance(term, Operation):
        return combine(term.sign, evaluate(term.left, look_up), evaluate(term.right, look_up))
    if term.function == "sum":
        total = point(Decimal(0))
        for name in term.arguments:
            total = combine("+", total, look_up("fact", name))
        return total
    return look_up(term.function, term.arguments[0])
