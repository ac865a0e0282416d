"""The figures that hang together with broken rules, picked from large tables.

`yearbook.localise` looks at nothing else: rules hang together that share a cell, if only by way of
others. In small tables all figures are taken.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from yearbook import relation
from yearbook.checks import shares
from yearbook.columns import alike, columns
from yearbook.families import Family, families, signs
from yearbook.finding import Finding
from yearbook.frame import Frame, parts
from yearbook.grid import Flags, Ints
from yearbook.model import Fact, Nature
from yearbook.records import Records

Run = Sequence[Fact]
"""Figures that follow one another in their table."""


@dataclass(frozen=True, slots=True)
class Kin:
    """Records of some figures only, and these in runs."""

    records: Records
    runs: tuple[Run, ...]


def kin(records: Records, broken: Iterable[Finding]) -> Kin:
    """The figures that may bear on some findings.

    >>> from yearbook.specimen import fact, records
    >>> [len(run) for run in kin(records(fact("a", 1), fact("b", 2)), []).runs]
    [2]
    """
    tables = parts(records.chapter.facts)
    if not any(isinstance(table, Frame) for table in tables):
        return Kin(records, tables)
    found = tuple(broken)
    runs: list[Run] = []
    for table in tables:
        if isinstance(table, Frame):
            runs.extend(_runs(table, _bearing(records, table, found)))
        else:
            runs.append(table)
    facts = tuple(fact for run in runs for fact in run)
    return Kin(replace(records, chapter=replace(records.chapter, facts=facts)), tuple(runs))


def _runs(frame: Frame, rows: Ints) -> Iterator[Run]:
    if rows.size:
        for run in np.split(rows, np.flatnonzero(np.diff(rows) != 1) + 1):
            yield tuple(frame[row] for row in run.tolist())


def _bearing(records: Records, frame: Frame, found: Iterable[Finding]) -> Ints:
    """The rows that a rule names or a finding, and all that are in a sum with one of them."""
    known = families(records.chapter.codes)
    chosen = np.zeros(len(frame), np.bool_)
    chosen[_told(frame, found)] = True
    chosen[frame.named(_ruled(records, known))] = True
    if known:
        chosen |= frame.units.where(shares.percent)
    return np.flatnonzero(_together(frame, chosen, known))


def _told(frame: Frame, found: Iterable[Finding]) -> Ints:
    places = {place for one in found for place in (one.place, *(s.place for s in one.suspects))}
    lines = sorted({place.line - 2 for place in places if place.file == frame.grid.file})
    return np.flatnonzero(np.isin(frame.rows, np.array(lines, np.int64)))


def _ruled(records: Records, known: Iterable[Family]) -> set[str]:
    """The indicators that rules are about: written ones and those of codes.csv."""
    names: set[str] = set()
    for rule in records.chapter.rules:
        try:
            comparisons = relation.parse(rule.text)
        except relation.RuleError:
            continue
        sides = (side for one in comparisons for side in (one.left, one.right))
        names.update(name for side in sides for _, name in relation.references(side))
    for family in known:
        if family.dimension == "id":
            names.update((family.parent, *family.parts))
    for code in records.chapter.codes:
        if code.nature is Nature.CUMULATIVE:
            names.update((code.code, code.flow))
    return names


def _together(frame: Frame, chosen: Flags, known: Iterable[Family]) -> Flags:
    """The rows chosen and those that share a sum of a dimension with them, by way of others too."""
    used = [family for family in known if family.dimension in frame.dimensions]
    if not used:
        return chosen
    made = columns(frame)
    sums = [(alike(made, one.dimension), signs(made, one) != 0) for one in used]
    before = 0
    while before != (before := int(chosen.sum())):
        for groups, within in sums:
            reached = np.zeros(int(groups.max()) + 1, np.bool_)
            reached[groups[chosen & within]] = True
            chosen = chosen | (reached[groups] & within)
    return chosen
