"""A day or a year lies in its period, and no period ends after the data year."""

from collections.abc import Iterator
from decimal import Decimal

from yearbook.checks.cells import suspects, typed, where
from yearbook.finding import Finding, Severity, Suspect
from yearbook.frame import Frame, sifted
from yearbook.grid import Flags
from yearbook.model import Entry, Fact, Kind, Text
from yearbook.records import Records


def check(records: Records) -> Iterator[Finding]:
    """Every date or year outside its period, and every period that ends too late.

    >>> from yearbook.specimen import fact, records
    >>> list(check(records(fact("conference", 20100416, "date"))))
    []
    >>> wrong = records(fact("conference", 20110416, "date"))
    >>> [finding.what.en for finding in check(wrong)]
    ['2011-04-16 lies outside its period 2010']
    """
    for fact in sifted(records.chapter.facts, lambda frame: _may_miss(frame, records.year)):
        if fact.period.last_year > records.year:
            yield _late_figure(records, fact)
        elif fact.unit.kind in (Kind.DATE, Kind.YEAR) and not _within(fact):
            yield _outside(records, fact)
    for name, entries in records.chapter.lists.items():
        for entry in entries:
            if entry.period.last_year > records.year:
                yield _late_row(records, name, entry)


def _may_miss(frame: Frame, year: int) -> Flags:
    late = frame.periods.where(lambda period: period.last_year > year)
    return late | frame.units.where(lambda unit: unit.kind in (Kind.DATE, Kind.YEAR))


def _within(fact: Fact) -> bool:
    moment = typed(fact)
    length = min(len(fact.period.start), len(moment))
    return fact.period.start[:length] <= moment[:length] <= fact.period.end[:length]


def _outside(records: Records, fact: Fact) -> Finding:
    return Finding(
        "period",
        Severity.ERROR,
        fact.place,
        Text(
            f"{typed(fact)} lies outside its period {fact.period}",
            f"{typed(fact)}不在所填时期{fact.period}之内",
        ),
        Text("correct the value or the period", "请改正数值或时期"),
        where(records, fact),
        _beyond(fact),
        suspects=suspects(records, (fact,)),
    )


def _beyond(fact: Fact) -> Decimal | None:
    """How many years a year misses its period by; two dates have no such number."""
    if fact.unit.kind is Kind.DATE:
        return None
    first, last = Decimal(fact.period.start[:4]), Decimal(fact.period.end[:4])
    return fact.value - (first if fact.value < first else last)


def _too_late(records: Records, row: Fact | Entry) -> tuple[Text, Text]:
    return (
        Text(
            f"the period {row.period} ends after the data year {records.year}",
            f"时期{row.period}晚于数据年份{records.year}",
        ),
        Text(
            "correct the period, or data_year in book.toml for a new edition",
            "请改正时期；如为新版年鉴，请修改 book.toml 中的 data_year",
        ),
    )


def _late_figure(records: Records, fact: Fact) -> Finding:
    return Finding(
        "period",
        Severity.ERROR,
        fact.place,
        *_too_late(records, fact),
        where(records, fact),
        suspects=(Suspect(fact.place, where(records, fact), str(fact.period)),),
    )


def _late_row(records: Records, name: str, entry: Entry) -> Finding:
    place = entry.cells["period"].place if "period" in entry.cells else entry.place
    row = where(records, entry, name)
    return Finding(
        "period",
        Severity.ERROR,
        place,
        *_too_late(records, entry),
        row,
        suspects=(Suspect(place, row, str(entry.period)),),
    )
