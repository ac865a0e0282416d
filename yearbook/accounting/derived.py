"""What a printed figure should say: the record it names, or a named derivation over records."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from yearbook import rounding
from yearbook.bound import size
from yearbook.lexer import Numeral, NumeralKind
from yearbook.model import Fact, Kind, Language, Qualifier
from yearbook.records import Records, percentage

_CALL = re.compile(r"(\w+)\((.*)\)")
_KINDS = {
    Kind.COUNT: {NumeralKind.CARDINAL},
    Kind.MONEY: {NumeralKind.CARDINAL},
    Kind.MEASURE: {NumeralKind.CARDINAL},
    Kind.ORDINAL: {NumeralKind.ORDINAL},
    Kind.YEAR: {NumeralKind.YEAR, NumeralKind.CARDINAL},
    Kind.DATE: {NumeralKind.DATE},
}


@dataclass(frozen=True, slots=True)
class Expected:
    """A value with its hedge, and the kinds of numerals that may say it.

    ``chinese`` is the factor of a measure whose Chinese unit is another: two decades are 20年.
    """

    value: Decimal
    hedge: Qualifier
    kinds: frozenset[NumeralKind]
    chinese: Decimal = Decimal(1)

    def says(self, numeral: Numeral, language: Language) -> bool:
        """Whether a numeral has this value; its hedge is another question."""
        if numeral.value is None or numeral.kind not in self.kinds:
            return False
        factor = self.chinese if language is Language.ZH else 1
        return numeral.value * factor == self.value


def expected(records: Records, source: str, period: str = "") -> Expected:
    """What ``data-fact`` promises.

    Raises `yearbook.records.UnknownError` or `yearbook.numbers.NumberError`.

    >>> from yearbook.specimen import fact, records
    >>> expected(records(fact("a", 437)), "a").value
    Decimal('437')
    >>> expected(records(fact("a", 101), fact("b", 437)), "share(a, b)").value
    Decimal('23.1')
    """
    call = _CALL.fullmatch(source)
    if call is None:
        return of(records.fact(source, period or None))
    return _DERIVATIONS[call[1]](records, *filter(None, call[2].split(", ")))


def of(fact: Fact) -> Expected:
    """What a printed record should say."""
    measure = fact.unit.kind is Kind.MEASURE
    return Expected(
        fact.value,
        fact.qualifier,
        frozenset(_KINDS[fact.unit.kind]),
        fact.unit.zh_factor if measure else Decimal(1),
    )


def _plain(value: Decimal, *kinds: NumeralKind) -> Expected:
    return Expected(value, Qualifier.EXACT, frozenset(kinds or {NumeralKind.CARDINAL}))


def _rest(records: Records, name: str) -> Expected:
    return _plain(records.rest(records.fact(name)))


def _count(records: Records, name: str) -> Expected:
    return _plain(Decimal(len(records.entries(name))))


def _share(records: Records, part: str, whole: str) -> Expected:
    return _plain(records.share(part, whole), NumeralKind.PERCENT)


def _change(records: Records, name: str) -> Expected:
    return _plain(abs(change(records, name)), NumeralKind.PERCENT)


def change(records: Records, name: str) -> Decimal:
    """How a figure changed on the year before, in percent.

    Raises `yearbook.records.UnknownError`.
    """
    fact = records.fact(name)
    before = before_it(records, fact)
    return percentage(fact.value - before.value, before.value)


def before_it(records: Records, fact: Fact) -> Fact:
    """The same figure a year before. Raises `yearbook.records.UnknownError`."""
    before = records.previous(fact)
    if before is None:
        return records.fact(fact.id, str(fact.period.last_year - 1))
    return before


def _year(records: Records, name: str = "") -> Expected:
    year = before_it(records, records.fact(name)).period.last_year if name else records.year
    return _plain(Decimal(year), NumeralKind.YEAR, NumeralKind.CARDINAL)


def _rounded(records: Records, name: str, to: str, way: str = "down") -> Expected:
    fact = records.fact(name)
    bound = rounding.rounded(fact, int(to), up=way == "up")
    return Expected(bound.value, bound.qualifier, frozenset(_KINDS[fact.unit.kind]))


def _shown(records: Records, name: str) -> Expected:
    return _plain(Decimal(size(name, records)[0]))


def _rows(records: Records, name: str) -> Expected:
    return _plain(Decimal(size(name, records)[1]))


_DERIVATIONS: Mapping[str, Callable[..., Expected]] = {
    "rest": _rest,
    "count": _count,
    "share": _share,
    "change": _change,
    "year": _year,
    "rounded": _rounded,
    "shown": _shown,
    "rows": _rows,
}
"""Every derivation that a template may print; `yearbook.binding` names them in ``data-fact``."""
