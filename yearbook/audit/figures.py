"""What the numerals of each item are bound to, and whether they say what they are bound to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from yearbook.accounting.derived import Expected, expected
from yearbook.accounting.ledger import Ledger
from yearbook.audit.charts import MOMENT, moments, tallies
from yearbook.audit.items import Item, Kind, Mark, Sort
from yearbook.lexer import Numeral, NumeralKind
from yearbook.model import Fact, Language, Period, Qualifier, Text
from yearbook.numbers import NumberError, grouped, text, trimmed
from yearbook.records import UnknownError

_TABULAR = frozenset({Kind.CELL, Kind.COLUMN, Kind.CHART, Kind.ALT})
_BRACES = re.compile(r"\{\{.*?\}\}", re.DOTALL)
LOOKUPS = (UnknownError, NumberError, KeyError, TypeError, ValueError)
"""What asking the records for something that is not there can raise."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A numeral of an item and what it is bound to: a record, its period, a formula, a name, the
    number of a part. ``fact`` is the record of a figure that is read from its cell."""

    item: int
    start: int
    end: int
    printed: str
    sort: Sort
    source: str
    period: str = ""
    value: Decimal | None = None
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A numeral that nothing binds (``wanted`` is empty), or that does not say what it should."""

    item: int
    printed: str
    wanted: str = ""
    source: str = ""


@dataclass
class Account:
    """All numerals of a page, and what is wrong with them."""

    figures: list[Figure]
    faults: list[Fault]


def account(items: Sequence[Item], ledger: Ledger) -> Account:
    """Bind every numeral of the items."""
    done = Account([], [])
    numbers: dict[str, Decimal] = {}
    for place, item in enumerate(items):
        if item.kind in (Kind.HEAD, Kind.SCREEN):
            continue
        numerals = ledger.read(item.words, item.language)
        for mark in item.marks:
            if mark.sort in (Sort.FACT, Sort.DERIVED):
                _figure(done, ledger, (place, item, mark), numerals)
        for numeral in numerals:
            _other(done, ledger, (place, item), numeral, numbers)
    return done


def _figure(
    done: Account, ledger: Ledger, where: tuple[int, Item, Mark], numerals: Sequence[Numeral]
) -> None:
    """A figure: the first numeral in it says it, alone as well as among its neighbours."""
    place, item, mark = where
    printed = item.words[mark.start : mark.end]
    try:
        wanted = said_by(ledger, mark)
        fact = ledger.records.fact(mark.source, mark.period or None) if _is_fact(mark) else None
    except LOOKUPS:
        done.faults.append(Fault(place, printed, "?", mark.source))
        return
    inside = [n for n in numerals if mark.start <= n.number_start < mark.end]
    alone = ledger.read(printed, item.language)
    right = alone and inside and alone[0].hedge is wanted[0].hedge
    if not right or not all(_says(wanted, n, item, fact) for n in (alone[0], inside[0])):
        meant = text(trimmed(wanted[0].value))
        done.faults.append(Fault(place, printed, meant, mark.source))
    sort, value = mark.sort, wanted[0].value
    if not _is_fact(mark) and inside and inside[0].value is not None:
        value = inside[0].value
    done.figures.append(
        Figure(place, mark.start, mark.end, printed, sort, mark.source, mark.period, value, fact)
    )


def _is_fact(mark: Mark) -> bool:
    return mark.sort is Sort.FACT


def said_by(ledger: Ledger, mark: Mark) -> tuple[Expected, ...]:
    """What a figure may say: one value, or the number of any group of a list.

    Raises one of `LOOKUPS`.
    """
    if mark.source.startswith("tally("):
        groups = tallies(ledger.records, mark.source[6:-1])
        if not groups:
            raise KeyError(mark.source)
        return tuple(expected_count(Decimal(count)) for count in sorted(groups))
    return (expected(ledger.records, mark.source, mark.period),)


def expected_count(value: Decimal) -> Expected:
    """A whole number that is exact."""
    return Expected(value, Qualifier.EXACT, frozenset({NumeralKind.CARDINAL}))


def _says(wanted: Sequence[Expected], numeral: Numeral, item: Item, fact: Fact | None) -> bool:
    if any(one.says(numeral, item.language) for one in wanted):
        return True
    if item.kind not in _TABULAR or fact is None or numeral.value is None:
        return False
    scales = (Decimal(1), fact.unit.en_factor, fact.unit.zh_factor)
    return any(numeral.value * scale == fact.value for scale in scales)


def _other(
    done: Account,
    ledger: Ledger,
    where: tuple[int, Item],
    numeral: Numeral,
    numbers: dict[str, Decimal],
) -> None:
    """A numeral that is no figure: of a period, of a name, the number of a part, or unknown."""
    place, item = where
    holders = [mark for mark in item.marks if _holds(mark, numeral, item.words)]
    if not holders and (unit := _scale(ledger, item)):
        holders = [Mark(0, len(item.words), Sort.NUMBER, unit)]
    if not holders:
        done.faults.append(Fault(place, numeral.text))
        return
    mark = min(holders, key=lambda mark: mark.end - mark.start)
    if mark.sort in (Sort.FACT, Sort.DERIVED):
        printed = item.words[mark.start : mark.end]
        own = ledger.read(printed, item.language)
        if own and mark.start + own[0].number_start != numeral.number_start:
            done.faults.append(Fault(place, numeral.text))
        return
    if not _named(ledger, item, mark, numeral, numbers):
        done.faults.append(Fault(place, numeral.text, _meant(mark, numbers), mark.source))
    done.figures.append(
        Figure(
            place,
            numeral.start,
            numeral.end,
            numeral.text,
            mark.sort,
            mark.source,
            mark.period if mark.sort is Sort.PERIOD else "",
            numeral.value,
        )
    )


def _holds(mark: Mark, numeral: Numeral, words: str) -> bool:
    """A typed 年 after a bound year belongs to the words, not to the number."""
    number = words[numeral.number_start : numeral.number_end].rstrip("年月日号度份")
    return mark.start <= numeral.number_start and numeral.number_start + len(number) <= mark.end


def _scale(ledger: Ledger, item: Item) -> str:
    """The unit that an item names with its scale: 10,000 yuan."""
    for unit in ledger.records.book.units.values():
        if item.words.endswith(f"{grouped(unit.zh_factor, Language.EN)} {unit.other}"):
            return f"unit({unit.id})"
    return ""


def _meant(mark: Mark, numbers: Mapping[str, Decimal]) -> str:
    known = numbers.get(mark.source)
    return text(known) if known is not None else mark.source


def _named(
    ledger: Ledger,
    item: Item,
    mark: Mark,
    numeral: Numeral,
    numbers: dict[str, Decimal],
) -> bool:
    """Whether a numeral says what its mark is bound to."""
    records = ledger.records
    words = item.words[mark.start : mark.end]
    if mark.sort is Sort.PERIOD:
        return _dated(ledger, item.language, mark, (words, numeral))
    if mark.sort is Sort.LITERAL:
        return fits(records.book.literals.get(mark.source), item.language, words)
    if mark.sort is Sort.REASON:
        reasons = [w.reason for w in records.chapter.waivers if w.where == mark.source]
        return any(fits(reason, item.language, words) for reason in reasons)
    return numeral.value == _number(ledger, mark.source, numbers)


def _number(ledger: Ledger, source: str, numbers: dict[str, Decimal]) -> Decimal:
    """The number that a part bears, the scale of a unit, the year of the edition.

    Sections, tables and charts are numbered each from one, as they are first named.
    """
    if source == "edition":
        return Decimal(ledger.records.book.edition_year)
    if source.startswith("unit("):
        return ledger.records.book.units[source[5:-1]].zh_factor
    if source not in numbers:
        kind = source.partition("-")[0]
        before = sum(name.partition("-")[0] == kind for name in numbers)
        numbers[source] = Decimal(before + 1)
    return numbers[source]


def _dated(ledger: Ledger, language: Language, mark: Mark, said: tuple[str, Numeral]) -> bool:
    """Whether a printed period is one of those its figure has, or a numeral one of its ends."""
    words, numeral = said
    series = ledger.records.series(mark.source)
    if mark.period == MOMENT:
        return any(numeral.value in moments(fact) for fact in series)
    values = tuple(numeral.value for numeral in ledger.read(words, language))
    return any(values == _ends(fact.period, mark.period) for fact in series)


def _ends(period: Period, form: str) -> tuple[int, ...]:
    start, end = (int(part.replace("-", "")) for part in (period.start, period.end))
    if form == "start":
        return (int(period.start[:4]),)
    return (start,) if start == end else (start, end)


def fits(template: Text | None, language: Language, words: str) -> bool:
    """Whether words are a text of the records with its figures filled in.

    >>> said = Text("GB/T 2260 of {{ year() }}", "")
    >>> fits(said, Language.EN, "GB/T 2260 of 2010"), fits(said, Language.EN, "GB/T 2261 of 2010")
    (True, False)
    """
    if template is None:
        return False
    parts = (" ".join(re.split(r"\s+", part)) for part in _BRACES.split(template.of(language)))
    return re.fullmatch(".+?".join(map(re.escape, parts)), words) is not None
