"""Which series of a large table may have a change out of the ordinary: `plausible` in columns.

The same measures in columns: the change from the year before, the median of all other changes and
the median deviation from it. Whoever is near a limit is kept, so that only series that surely have
nothing to tell are left out.
"""

from collections.abc import Collection, Iterator, Sequence
from math import log

import numpy as np

from yearbook.frame import Frame
from yearbook.grid import Flags, Floats, Ints
from yearbook.model import Kind, Period, Qualifier
from yearbook.records import year_before

QUANTITIES = (Kind.COUNT, Kind.MONEY, Kind.MEASURE)
ENOUGH = 5
"""Changes beside the one in question from which a median says something."""
DEVIATIONS = 5.0 * 1.4826
"""Median deviations that are five standard deviations of normal figures."""
LEAST = log(1.25)
"""A change of a quarter beside the usual one is never out of the ordinary."""
_NEAR = 1e-9
_PERIODS, _CANDIDATES = 1000, 4


def restless(frame: Frame, bands: tuple[float, float], narrow: Collection[str]) -> Flags:
    """The rows of series in which a change may be out of the ordinary. ``bands`` are how many times
    last year's figure is too much in a short series: in general, and of the ``narrow`` indicators.
    """
    series = np.zeros(len(frame.ids.things), np.bool_)
    before = _years_before(frame.periods.things)
    if before is None:
        return np.ones(len(frame), np.bool_)
    limits = np.full(len(series), log(bands[0]))
    limits[frame.ids.codes[frame.named(narrow)]] = log(bands[1])
    ids, sizes = _changes(frame, before)
    for codes, rows in _alike(ids, sizes):
        if rows.shape[1] > ENOUGH:
            odd = _odd(rows)
        else:
            odd = np.abs(rows) > limits[codes][:, None] - _NEAR
        series[codes[odd.any(axis=1)]] = True
    found: Flags = series[frame.ids.codes]
    return found


def _years_before(periods: Sequence[Period]) -> list[list[int]] | None:
    """For each period the numbers of those a year before, the latest first; nothing if there are
    too many to tell quickly."""
    if len(periods) > _PERIODS:
        return None
    order = sorted(range(len(periods)), key=lambda at: (periods[at].end, periods[at].start))
    by_year: dict[int, list[int]] = {}
    for at in reversed(order):
        by_year.setdefault(periods[at].last_year, []).append(at)
    found = [
        [at for at in by_year.get(now.last_year - 1, ()) if year_before(periods[at], now)]
        for now in periods
    ]
    return found if max(map(len, found), default=0) <= _CANDIDATES else None


def _changes(frame: Frame, before: Sequence[Sequence[int]]) -> tuple[Ints, Floats]:
    """The logarithm of each figure's ratio to that of the year before, with its indicator."""
    known = frame.qualifiers.where(lambda qualifier: qualifier is Qualifier.EXACT)
    known &= frame.units.where(lambda unit: unit.kind in QUANTITIES) & (frame.numbers.digits > 0)
    rows = np.flatnonzero(known)
    ids, periods = frame.ids.codes[rows].astype(np.int64), frame.periods.codes[rows]
    keys = ids * len(before) + periods
    order = np.argsort(keys)
    ordered, logs = keys[order], np.log(frame.numbers.floats[rows])
    sizes = np.full(len(rows), np.nan)
    for candidate in range(_CANDIDATES):
        numbers = [each[candidate] if candidate < len(each) else -1 for each in before]
        wanted = np.array(numbers or [-1], np.int64)[periods]
        asked = np.flatnonzero((wanted >= 0) & np.isnan(sizes))
        if not asked.size:
            break
        key = ids[asked] * len(before) + wanted[asked]
        at = np.minimum(np.searchsorted(ordered, key), len(ordered) - 1)
        there = ordered[at] == key
        sizes[asked[there]] = logs[asked[there]] - logs[order[at[there]]]
    found = np.flatnonzero(~np.isnan(sizes))
    return ids[found], sizes[found]


def _alike(ids: Ints, sizes: Floats) -> Iterator[tuple[Ints, Floats]]:
    """The changes of all series that have equally many, a row for each series."""
    order = np.argsort(ids, kind="stable")
    codes, begins, counts = np.unique(ids[order], return_index=True, return_counts=True)
    for count in np.unique(counts).tolist():
        chosen = np.flatnonzero(counts == count)
        at = begins[chosen][:, None] + np.arange(count)
        yield codes[chosen], sizes[order[at]]


def _odd(sizes: Floats) -> Flags:
    """The changes that are out of the ordinary, or nearly so, beside all others of their row."""
    usual = _others(sizes)
    far = np.abs(sizes - usual)
    odd: Flags = far > LEAST - _NEAR
    some = np.flatnonzero(odd.any(axis=1))
    odd[some] = _far(sizes[some], usual[some])
    return odd


def _far(sizes: Floats, usual: Floats) -> Flags:
    """The changes that are as many deviations from the usual, or nearly so."""
    far = np.abs(sizes - usual)
    limit = np.full(sizes.shape, LEAST)
    # Without one of many the median is one of three: few of the rows need be sorted again.
    for variant in (usual.min(axis=1), usual.max(axis=1), _middle(usual)):
        spread = _others(np.abs(sizes - variant[:, None]))
        here = usual == variant[:, None]
        limit[here] = np.maximum(DEVIATIONS * spread[here], LEAST)
    found: Flags = far > limit - _NEAR * (1 + far)
    return found


def _middle(usual: Floats) -> Floats:
    """Of each row, what is neither its least nor its greatest, if there is such a thing."""
    least, most = usual.min(axis=1), usual.max(axis=1)
    inner = np.where((usual > least[:, None]) & (usual < most[:, None]), usual, -np.inf)
    found: Floats = inner.max(axis=1)
    return np.where(np.isinf(found), least, found)


def _others(values: Floats) -> Floats:
    """For each value of a row, the median of all others.

    >>> _others(np.array([[1.0, 2.0, 3.0, 9.0]])).tolist()
    [[3.0, 3.0, 2.0, 2.0]]
    """
    ordered = np.sort(values, axis=1)
    rest = values.shape[1] - 1

    def other(at: int) -> Floats:
        here, after = ordered[:, at, None], ordered[:, at + 1, None]
        found: Floats = np.where(values > here, here, after)
        return found

    return other(rest // 2) if rest % 2 else (other(rest // 2 - 1) + other(rest // 2)) / 2
