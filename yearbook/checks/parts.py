"""The parts and their whole, as codes.csv relates them: ``sum`` makes it up, ``of`` is in it.

A relation between indicators (dimension ``id``) holds in every period in which the whole has a
figure. The relation between codes of another dimension (rank, scope) holds within a table among
figures that share all other dimensions; where the indicators already say as much it is skipped,
so that one slip gives one finding.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from yearbook.checks.cells import suspects, where
from yearbook.checks.comparison import Comparison, Side, hint
from yearbook.finding import Finding, Severity
from yearbook.interval import Verdict, combine, interval, point
from yearbook.model import Code, Fact, Relation, Text
from yearbook.records import Records

_SIGNS = {Relation.SUM: "=", Relation.OF: ">="}
_MEANING = {
    Relation.SUM: Text("the parts make up the whole", "各部分之和应等于合计"),
    Relation.OF: Text("the parts are included in the whole", "各部分包含在合计之内"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """A whole and those of its parts that have a figure; ``missing`` are those without."""

    relation: Relation
    whole: Fact
    parts: tuple[Fact, ...]
    missing: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The whole, then its parts."""
        return (self.whole, *self.parts)

    def covers(self, other: "Group") -> bool:
        """Whether this one, by the same or a stronger relation, says all the other says."""
        stronger = self.relation in (other.relation, Relation.SUM)
        return (
            stronger
            and self.whole == other.whole
            and all(part in self.parts for part in other.parts)
        )


def check(records: Records) -> Iterator[Finding]:
    """Every relation that fails, and those that hedged or missing figures leave open.

    >>> from yearbook.specimen import fact, part, records
    >>> codes = (part("heads", "group", Relation.SUM), part("others", "group", Relation.SUM))
    >>> good = records(fact("group", 9), fact("heads", 3), fact("others", 6), codes=codes)
    >>> list(check(good))
    []
    >>> bad = records(fact("group", 9), fact("heads", 4), fact("others", 6), codes=codes)
    >>> [finding.what.en for finding in check(bad)]
    ['group is 9 but heads + others is 10']
    """
    by_indicator = tuple(_of_indicators(records))
    by_dimension = tuple(
        group
        for group in _of_dimensions(records)
        if not any(stated.covers(group) for stated in by_indicator)
    )
    for group in (*by_indicator, *by_dimension):
        yield from _units(records, group)
        yield from _judged(records, group)


def _of_indicators(records: Records) -> Iterator[Group]:
    figures = {(fact.id, fact.period): fact for fact in records.chapter.facts}
    for name, relation, parts in _families(records.chapter.codes, "id"):
        for whole in records.series(name):
            found = {part: figures.get((part, whole.period)) for part in parts}
            present = tuple(fact for fact in found.values() if fact)
            missing = tuple(part for part, fact in found.items() if not fact)
            if present:
                yield Group(relation, whole, present, missing)


def _of_dimensions(records: Records) -> Iterator[Group]:
    codes = records.chapter.codes
    for dimension in dict.fromkeys(code.dimension for code in codes if code.dimension != "id"):
        having = [fact for fact in records.chapter.facts if fact.dimensions.get(dimension)]
        for name, relation, parts in _families(codes, dimension):
            for whole in having:
                if whole.dimensions[dimension] == name:
                    beside = tuple(
                        fact
                        for fact in having
                        if fact.dimensions[dimension] in parts and _alike(fact, whole, dimension)
                    )
                    if beside:
                        yield Group(relation, whole, beside)


def _families(
    codes: Iterable[Code], dimension: str
) -> Iterator[tuple[str, Relation, tuple[str, ...]]]:
    """Each parent of a dimension with the parts of one relation; a rest is derived, no part."""
    families: dict[tuple[str, Relation], list[str]] = {}
    for code in codes:
        if code.dimension == dimension and code.relation in _SIGNS and code.relation:
            families.setdefault((code.parent, code.relation), []).append(code.code)
    for (parent, relation), parts in families.items():
        yield parent, relation, tuple(parts)


def _alike(part: Fact, whole: Fact, dimension: str) -> bool:
    """Same table, period, unit and other dimensions."""
    if (part.table, part.period, part.unit) != (whole.table, whole.period, whole.unit):
        return False
    return all(
        part.dimensions[name] == code
        for name, code in whole.dimensions.items()
        if name != dimension
    )


def _units(records: Records, group: Group) -> Iterator[Finding]:
    for part in group.parts:
        if part.unit.id != group.whole.unit.id:
            yield Finding(
                "parts-unit",
                Severity.ERROR,
                part.place,
                Text(
                    f'the unit is "{part.unit.id}" but "{group.whole.id}", of which this is a '
                    f'part, has "{group.whole.unit.id}"',
                    f"单位为“{part.unit.id}”，而合计“{group.whole.id}”的单位为"
                    f"“{group.whole.unit.id}”",
                ),
                Text("give both the same unit", "部分与合计须用同一单位"),
                where(records, part),
                suspects=suspects(records, (part, group.whole)),
            )


def _judged(records: Records, group: Group) -> Iterator[Finding]:
    total = point(Decimal(0))
    for part in group.parts:
        total = combine("+", total, interval(part))
    compared = Comparison(
        Side(group.whole.id, interval(group.whole)),
        # Of an incomplete sum this much is certain: its parts do not exceed the whole.
        ">=" if group.missing else _SIGNS[group.relation],
        Side(" + ".join(part.id for part in group.parts), total),
    )
    verdict = compared.verdict
    open_sum = group.relation is Relation.SUM and bool(group.missing)
    if verdict is Verdict.HOLDS and not open_sum:
        return
    failed = verdict is Verdict.FAILS
    yield Finding(
        f"parts-{group.relation}",
        Severity.ERROR if failed else Severity.INFORMATION,
        group.whole.place,
        compared.what() if failed or not open_sum else _incomplete(group),
        hint(
            _MEANING[group.relation],
            Verdict.FAILS if failed else Verdict.UNDECIDED,
            (fact.place for fact in group.facts),
        ),
        where(records, group.whole),
        compared.difference,
        suspects=suspects(records, group.facts),
    )


def _incomplete(group: Group) -> Text:
    missing, period = ", ".join(group.missing), group.whole.period
    return Text(
        f"the sum of {group.whole.id} cannot be decided: {missing} has no figure for {period}",
        f"无法判定“{group.whole.id}”的合计：“{missing}”没有{period}年的数据",
    )
