"""Figures that are out of the ordinary beside those of other years.

A change is compared with the changes of all other years of the series, by logarithms, medians and
median deviations, which single outliers do not move (Hampel's identifier; ESS rule types VNO and
VRT). A series too short for that is compared with a plain band. What is suspicious is a warning
that wants a justification: a note on the row, a mark that the cell was checked, or a waiver.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp, log

from yearbook.checks.cells import suspects, typed, where
from yearbook.checks.swings import DEVIATIONS, ENOUGH, LEAST, QUANTITIES, restless
from yearbook.finding import Finding, Severity
from yearbook.frame import Frame, in_common, sifted
from yearbook.grid import Flags
from yearbook.model import Fact, Nature, Qualifier, Text
from yearbook.numbers import text, trimmed
from yearbook.records import Records, year_before

BANDS = {None: 5.0, Nature.FLOW: 5.0, Nature.STOCK: 2.0}
"""In a short series, how many times last year's figure is too much (or its inverse too little), by
what the indicator is; a cumulative one has its own rule."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure, that of the year before, and the logarithm of their ratio."""

    now: Fact
    before: Fact
    size: float


def check(records: Records) -> Iterator[Finding]:
    """Every change from one year to the next that is out of the ordinary.

    >>> from dataclasses import replace
    >>> from yearbook.model import Period
    >>> from yearbook.specimen import fact, records
    >>> def year(number, value):
    ...     return replace(fact("trained", value), period=Period(str(number), str(number)))
    >>> steady = [year(2002 + at, 4000 + 90 * at) for at in range(8)]
    >>> list(check(records(*steady, year(2010, 4830))))
    []
    >>> [found.what.en for found in check(records(*steady, year(2010, 8430)))]
    ['4630 in 2009 and 8430 in 2010: 1.8 times, where other years have 1']
    """
    natures = {c.code: c.nature for c in records.chapter.codes if c.dimension == "id"}
    for series in _series(records):
        changes = tuple(_changes(series))
        reported = False
        for at, change in enumerate(changes):
            usual = _unusual(changes, at, natures.get(change.now.id))
            # The way back from an outlier is not another one.
            reported = usual is not None and not reported
            if usual is not None and reported:
                yield _finding(records, change, usual)


def _series(records: Records) -> Iterator[list[Fact]]:
    """The quantities known exactly, indicator by indicator, oldest first."""
    found: dict[str, list[Fact]] = {}
    for fact in _likely(records):
        exact = fact.qualifier is Qualifier.EXACT and fact.value > 0
        if exact and fact.unit.kind in QUANTITIES:
            found.setdefault(fact.id, []).append(fact)
    for series in found.values():
        if len(series) > 1:
            yield sorted(series, key=lambda fact: (fact.period.end, fact.period.start))


def _likely(records: Records) -> Iterator[Fact]:
    """All figures but those of series in large tables that surely have nothing to tell."""
    codes = records.chapter.codes
    stocks = {c.code for c in codes if c.dimension == "id" and c.nature is Nature.STOCK}
    bands = max(BANDS.values()), BANDS[Nature.STOCK]
    facts = records.chapter.facts

    def rows(frame: Frame) -> Flags:
        found = restless(frame, bands, stocks)
        found[in_common(frame, facts)] = True
        return found

    return sifted(facts, rows)


def _changes(series: Sequence[Fact]) -> Iterator[Change]:
    for at, now in enumerate(series):
        for before in reversed(series[:at]):
            if year_before(before.period, now.period):
                yield Change(now, before, log(now.value) - log(before.value))
                break


def _unusual(changes: Sequence[Change], at: int, nature: Nature | None) -> float | None:
    """The usual change (0: none is known), if the one in question is out of the ordinary."""
    if nature is Nature.CUMULATIVE:
        return None
    size = changes[at].size
    others = [change.size for change in changes if change is not changes[at]]
    if len(others) < ENOUGH:
        return 0.0 if abs(size) > log(BANDS[nature]) else None
    from statistics import median

    usual = median(others)
    spread = median(abs(other - usual) for other in others)
    limit = max(DEVIATIONS * spread, LEAST)
    # A series that swings to and fro has a small median deviation on either side.
    as_far = [other for other in others if 2 * abs(other) >= abs(size) and other * size > 0]
    return usual if abs(size - usual) > limit and len(as_far) < 2 else None


def _finding(records: Records, change: Change, usual: float) -> Finding:
    now = change.now
    why = now.note or (f"checked: {now.checked}" if now.checked else "")
    return Finding(
        "implausible",
        Severity.INFORMATION if why else Severity.WARNING,
        now.place,
        _what(change, usual),
        _hint(why),
        where(records, now),
        now.value - change.before.value,
        suspects=suspects(records, (now, change.before)),
    )


def _what(change: Change, usual: float) -> Text:
    now, before, times = change.now, change.before, _times(change.size)
    said = Text(
        f"{typed(before)} in {before.period} and {typed(now)} in {now.period}: {times} times",
        f"{before.period}年为{typed(before)}，{now.period}年为{typed(now)}，为上年的{times}倍",
    )
    if not usual:
        return Text(f"{said.en} last year’s figure", said.zh)
    ordinary = _times(usual)
    return Text(
        f"{said.en}, where other years have {ordinary}", f"{said.zh}，其他年份约为{ordinary}倍"
    )


def _times(size: float) -> str:
    """A ratio as one says it: 1.8, 0.05, 12.

    >>> _times(log(1.8)), _times(log(0.05)), _times(log(12))
    ('1.8', '0.05', '12')
    """
    return text(trimmed(Decimal(f"{exp(size):.2g}")))


def _hint(why: str) -> Text:
    if why:
        return Text(f'nothing to do: the row says "{why}"', f"无须处理：该行注明“{why}”")
    return Text(
        "compare it with the source; if right, write why under note, or who looked under checked",
        "请对照资料核对；如属实，请在 note 列说明原因，或在 checked 列注明核对人",
    )
