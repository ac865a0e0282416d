"""Wholes and their parts, as codes.csv relates them: in both margins of every table that uses a
dimension, and between indicators in every period."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from yearbook.balance import Balance
from yearbook.columns import Columns, alike, columns, unbalanced
from yearbook.frame import Frame, by_table, sifted
from yearbook.grid import Floats, Ints
from yearbook.model import Code, Fact, Period, Relation, Unit
from yearbook.records import Records

Key = tuple[str, Period]
SIGNS = {Relation.SUM: "=", Relation.OF: ">="}


@dataclass(frozen=True, slots=True)
class Family:
    """A parent among the codes of a dimension and those that stand in one relation to it."""

    dimension: str
    parent: str
    relation: Relation
    parts: tuple[str, ...]

    @property
    def rule(self) -> str:
        """The rule that tells of it."""
        return f"parts-{self.relation}"


def families(codes: Iterable[Code]) -> tuple[Family, ...]:
    """All parents with their parts; a rest is derived and no part.

    >>> from yearbook.specimen import part
    >>> [family.parts for family in families([part("a", "whole", Relation.SUM)])]
    [('a',)]
    """
    found: dict[tuple[str, str, Relation], list[str]] = {}
    for code in codes:
        if code.relation in SIGNS and code.relation:
            key = (code.dimension, code.parent, code.relation)
            found.setdefault(key, []).append(code.code)
    return tuple(Family(*key, tuple(parts)) for key, parts in found.items())


def balances(records: Records, every: bool = True) -> Iterator[Balance]:
    """Every whole against its parts; what the indicators say the dimensions do not say again.

    Unless ``every``, those of the dimensions that surely hold are passed over, unbuilt.
    """
    by_indicator = tuple(indicators(records))
    yield from by_indicator
    stated: dict[Key, list[Balance]] = {}
    for balance in by_indicator:
        stated.setdefault(_key(balance), []).append(balance)
    for balance in dimensions(records, every):
        if not any(_covers(one, balance) for one in stated.get(_key(balance), ())):
            yield balance


def _key(balance: Balance) -> Key:
    whole = balance.left[0]
    return whole.id, whole.period


def _covers(one: Balance, other: Balance) -> bool:
    """Whether one, by the same or a stronger relation, says all the other says."""
    stronger = one.sign in (other.sign, "=")
    return stronger and all(part in one.right for part in other.right)


def indicators(records: Records) -> Iterator[Balance]:
    """The relations of the dimension ``id``, in every period in which the whole has a figure."""
    known = [one for one in families(records.chapter.codes) if one.dimension == "id"]
    related = {name for family in known for name in (family.parent, *family.parts)}
    figures: dict[str, dict[str, Fact]] = {}
    for fact in sifted(records.chapter.facts, lambda frame: frame.named(related)):
        if fact.id in related:
            figures.setdefault(fact.id, {}).setdefault(str(fact.period), fact)
    for family in known:
        for period, whole in sorted(figures.get(family.parent, {}).items()):
            found = {part: figures.get(part, {}).get(period) for part in family.parts}
            present = tuple(fact for fact in found.values() if fact)
            missing = tuple(part for part, fact in found.items() if not fact)
            if present:
                sign = SIGNS[family.relation]
                lacking = missing if family.relation is Relation.SUM else ()
                yield Balance(family.rule, (whole,), sign, present, missing=lacking)


def dimensions(records: Records, every: bool = True) -> Iterator[Balance]:
    """The relations of other dimensions, in each table, among figures alike in all else."""
    known = families(records.chapter.codes)
    for table in by_table(records.chapter.facts):
        facts = table if isinstance(table, Frame) else [fact for fact in table if fact.dimensions]
        named = facts[0].dimensions if facts else {}
        used = [family for family in known if family.dimension in named]
        made = columns(facts) if used else None
        for family in used:
            if made is not None:
                yield from _within(facts, made, family, every)


def signs(made: Columns, family: Family) -> Floats:
    """For each row of a table 1 if it is a whole of the family, -1 if it is a part, else 0."""
    column = made.dimensions[family.dimension]
    roles = np.zeros(len(column.names) + 1)
    for at, name in enumerate(column.names):
        roles[at] = 1.0 if name == family.parent else -1.0 if name in family.parts else 0.0
    found: Floats = roles[column.rows]
    return found


def _within(facts: Sequence[Fact], made: Columns, family: Family, every: bool) -> Iterator[Balance]:
    weights = signs(made, family)
    groups = alike(made, family.dimension)
    if every:
        wanted = np.unique(groups[weights != 0])
    else:
        wanted = unbalanced(groups, weights, made, family.relation is Relation.SUM)
    for rows in members(groups, wanted):
        yield from _balances([facts[row] for row in rows], family)


def members(groups: Ints, wanted: Collection[int]) -> Iterator[list[int]]:
    """The rows of each group wanted, in the order of the file."""
    chosen = np.flatnonzero(np.isin(groups, np.asarray(wanted)))
    found: dict[int, list[int]] = {}
    for row, group in zip(chosen.tolist(), groups[chosen].tolist(), strict=True):
        found.setdefault(group, []).append(row)
    yield from found.values()


def _balances(facts: Sequence[Fact], family: Family) -> Iterator[Balance]:
    having = {fact.dimensions[family.dimension]: fact for fact in reversed(facts)}
    whole = having.get(family.parent)
    present = tuple(having[part] for part in family.parts if part in having)
    if whole and present:
        lacking = family.relation is Relation.SUM and len(present) < len(family.parts)
        missing = tuple(part for part in family.parts if part not in having) if lacking else ()
        if lacking and Balance(family.rule, (whole,), "=", present).residual == 0:
            missing = ()
        yield Balance(family.rule, (whole,), SIGNS[family.relation], present, missing=missing)


def rounded(records: Records, printed: Collection[Fact]) -> bool:
    """Whether some total among these figures is not the sum of its parts beside it, because all
    of them are rounded."""
    cells = {(fact.id, fact.period) for fact in printed}
    return any(
        balance.rounded and all((fact.id, fact.period) in cells for fact in balance.facts)
        for balance in balances(records, every=False)
    )


def siblings(records: Records, wanted: Callable[[Unit], bool]) -> Iterator[tuple[Fact, ...]]:
    """The parts of each partition all of which have a figure while their whole has none.

    Only figures in units that are ``wanted`` (per cent) are looked at.
    """
    known = [one for one in families(records.chapter.codes) if one.relation is Relation.SUM]
    likely = sifted(records.chapter.facts, lambda frame: frame.units.where(wanted))
    facts = [fact for fact in likely if wanted(fact.unit)] if known else []
    for family in known:
        groups: dict[object, dict[str, Fact]] = {}
        for fact in facts:
            name = fact.id if family.dimension == "id" else fact.dimensions.get(family.dimension)
            others = {k: v for k, v in fact.dimensions.items() if k != family.dimension}
            # The indicators of a partition may stand in several tables and under several codes.
            beside = (fact.table, *others.items()) if family.dimension != "id" else ()
            if name:
                groups.setdefault((fact.period, *beside), {})[name] = fact
        for having in groups.values():
            complete = family.parent not in having and set(family.parts) <= having.keys()
            if complete:
                yield tuple(having[part] for part in family.parts)
