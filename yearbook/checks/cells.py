"""How a finding speaks of the cells it concerns: in names, in places, as typed."""

from collections.abc import Iterable
from decimal import Decimal

from yearbook import numbers
from yearbook.finding import Suspect
from yearbook.interval import INFINITY, VAST, Interval
from yearbook.model import Entry, Fact, Kind, Place, Text
from yearbook.records import Records


def iso(value: Decimal) -> str:
    """A day held as yyyymmdd, as an editor types it.

    >>> iso(Decimal(20100416))
    '2010-04-16'
    """
    digits = numbers.text(value)
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def typed(fact: Fact) -> str:
    """The value as it stands in its cell."""
    return iso(fact.value) if fact.unit.kind is Kind.DATE else numbers.text(fact.value)


def where(records: Records, row: Fact | Entry, within: str = "") -> str:
    """What a waiver calls a row: its id, the list before it, and, for another year, its period.

    >>> from yearbook.specimen import entry, fact, records
    >>> where(records(), fact("dispatched", 437)), where(records(), entry("jia"), "posts")
    ('dispatched', 'posts/jia')
    """
    parts = [within] if within else []
    parts.append(row.id)
    if row.period.last_year != records.year:
        parts.append(str(row.period))
    return "/".join(parts)


def suspects(records: Records, facts: Iterable[Fact]) -> tuple[Suspect, ...]:
    """The value cells of facts: any of them may be the wrong one."""
    return tuple(Suspect(fact.place, where(records, fact), typed(fact)) for fact in facts)


def named(place: Place) -> str:
    """A cell as an editor finds it.

    >>> named(Place("data/x/posts.csv", 3, 1, "A3"))
    'posts.csv A3'
    """
    name = place.file.rpartition("/")[2]
    return f"{name} {place.cell or place.line or ''}".strip()


def listed(places: Iterable[Place]) -> Text:
    """Several cells, each once."""
    names = tuple(dict.fromkeys(named(place) for place in places))
    return Text(", ".join(names), "、".join(names))


def said(bounds: Interval) -> Text:
    """What a figure or a sum may be, in words.

    >>> said(Interval(Decimal(600), INFINITY, low_open=True))
    Text(en='more than 600', zh='多于600')
    >>> said(Interval(Decimal(0), Decimal(50), high_open=True)).en
    'less than 50'
    """
    low, high = _digits(bounds.low), _digits(bounds.high)
    if bounds.exact:
        return Text(low, low)
    below = bounds.low <= 0
    if bounds.high == INFINITY:
        if bounds.low == -INFINITY:
            return Text("any number", "任意数")
        return (
            Text(f"more than {low}", f"多于{low}")
            if bounds.low_open
            else Text(f"at least {low}", f"至少{low}")
        )
    if below:
        return (
            Text(f"less than {high}", f"少于{high}")
            if bounds.high_open
            else Text(f"at most {high}", f"至多{high}")
        )
    return Text(f"between {low} and {high}", f"{low}至{high}之间")


def _digits(value: Decimal) -> str:
    """A value with at most six decimals; an infinite one has none to show, a vast one is cut."""
    if not value.is_finite():
        return ""
    if value.adjusted() >= VAST:
        return f"{value:.3E}"
    rounded = round(value, 6)
    return numbers.text(value if rounded == value else numbers.trimmed(rounded))
