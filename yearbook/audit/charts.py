"""Binds the numerals of a drawn chart to the records it asked for: a label carries no markup."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from yearbook.accounting.ledger import Ledger
from yearbook.audit.items import Item, Mark, Sort
from yearbook.chart import Asked
from yearbook.lexer import Numeral
from yearbook.model import Entry, Fact, Kind, Qualifier, Relation
from yearbook.numbers import NumberError
from yearbook.records import Records, UnknownError

MOMENT = "moment"
"""Of a period: one of its ends, or the year or month of one."""


def bind(items: Sequence[Item], asked: Asked, ledger: Ledger) -> tuple[Item, ...]:
    """The items of a chart with the marks of their numerals; one that equals nothing the chart
    asked for stays without."""
    binder = _Binder(asked)
    done = []
    for item in items:
        numerals = ledger.read(item.words, item.language)
        binder.hear(numerals)
        marks = tuple(
            replace(found, start=numeral.start, end=numeral.end)
            for numeral in numerals
            if (found := binder.find(numeral))
        )
        done.append(replace(item, marks=marks))
    return tuple(done)


@dataclass
class _Binder:
    """Looks up what a chart asked for; of two records that say the same, the one not yet shown."""

    asked: Asked

    def __post_init__(self) -> None:
        self.records = Records(self.asked.book, self.asked.chapter)
        self.facts = list({(f.id, f.period): f for f in self.asked.facts}.values())
        self.shown: Counter[str] = Counter()
        self.dated = self.facts

    def hear(self, numerals: Sequence[Numeral]) -> None:
        """A label tells a period by both its ends: of its facts those first that have both."""
        said = {numeral.value for numeral in numerals}
        self.dated = sorted(self.facts, key=lambda fact: -len(said & moments(fact)))

    def find(self, numeral: Numeral) -> Mark | None:
        """A mark without its place."""
        equal = [fact for fact in self.facts if _equals(fact, numeral)]
        if equal:
            fact = min(equal, key=lambda one: self.shown[one.id])
            self.shown[fact.id] += 1
            return Mark(0, 0, Sort.FACT, fact.id, str(fact.period))
        if numeral.hedge is not Qualifier.EXACT or numeral.value is None:
            return None
        return next(self._others(numeral.value), None)

    def _others(self, value: Decimal) -> Iterator[Mark]:
        if value == self.records.year:
            yield Mark(0, 0, Sort.DERIVED, "year()")
        for fact in self.dated:
            if value in moments(fact):
                yield Mark(0, 0, Sort.PERIOD, fact.id, MOMENT)
        for name, derived in self._derived():
            if value == derived:
                yield Mark(0, 0, Sort.DERIVED, name)
        for entries in self.asked.lists:
            name = entries[0].place.file.rpartition("/")[2].removesuffix(".csv") if entries else ""
            if name and value == len(entries):
                yield Mark(0, 0, Sort.DERIVED, f"count({name})")
            if name and value in counts(self.records, entries):
                yield Mark(0, 0, Sort.DERIVED, f"tally({name})")

    def _derived(self) -> Iterator[tuple[str, Decimal]]:
        for fact in self.facts:
            for relation in (Relation.OF, Relation.SUM):
                parts = self.records.parts(fact.id, relation)
                try:
                    if parts and relation is Relation.OF:
                        yield f"rest({fact.id})", self.records.rest(fact)
                    for part in parts:
                        yield f"share({part}, {fact.id})", self.records.share(part, fact.id)
                except (UnknownError, NumberError):
                    continue


def _equals(fact: Fact, numeral: Numeral) -> bool:
    if numeral.value is None or numeral.hedge is not fact.qualifier:
        return False
    scales = {Decimal(1)}
    if fact.unit.kind in (Kind.MONEY, Kind.MEASURE):
        scales |= {fact.unit.en_factor, fact.unit.zh_factor}
    return any(numeral.value * scale == fact.value for scale in scales)


def moments(fact: Fact) -> frozenset[Decimal]:
    """Year, month and day of both ends of a figure's period, as far as they are told.

    >>> from yearbook.specimen import fact as made
    >>> sorted(moments(made("a", 9)))
    [Decimal('2010')]
    """
    ends = (fact.period.start, fact.period.end)
    return frozenset(
        Decimal(end[:length].replace("-", ""))
        for end in ends
        for length in range(4, len(end) + 1, 3)
    )


def tallies(records: Records, name: str) -> frozenset[int]:
    """How many rows of a list share a code or a province. Raises `UnknownError`."""
    return counts(records, records.entries(name))


def counts(records: Records, entries: Sequence[Entry]) -> frozenset[int]:
    """How many of some rows share a code or a province, and how many different ones there are."""
    found: set[int] = set()
    divisions = records.book.divisions
    for column in entries[0].cells if entries else ():
        codes = [entry.code(column) for entry in entries]
        groups = [codes]
        if column == "place":
            groups.append([divisions[code].province for code in codes if code in divisions])
        for group in groups:
            found |= {*Counter(group).values(), len(set(group))}
    return frozenset(found)
