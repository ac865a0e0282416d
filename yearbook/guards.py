"""How well the cells of a chapter are guarded: which slips of a typist the rules would notice.

As tests have coverage, records have guards. A figure is mistyped in every way one slip allows, and
it is counted how often a rule breaks or the quote disagrees: mutation testing of the rules
themselves. A slip that a hedge or a rounding hides is counted as missed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from yearbook.checks import constraints, quote
from yearbook.constraint import Cell, Constraint, System
from yearbook.localise.slip import origins
from yearbook.model import Fact
from yearbook.records import Records


@dataclass(frozen=True, slots=True)
class Guard:
    """One cell: how many rules bear on it, whether it has a quote, and of how many single slips
    how many would be noticed."""

    table: str
    where: str
    rules: int
    quoted: bool
    slips: int
    caught: int


@dataclass(frozen=True, slots=True)
class Guards:
    """Several cells together: a table, a chapter."""

    name: str
    cells: tuple[Guard, ...]

    @property
    def score(self) -> Decimal:
        """Of all single slips, the share some rule or quote catches; 1 where there is no cell.

        >>> cells = (Guard("t", "a", 1, True, 10, 10), Guard("t", "b", 0, False, 10, 0))
        >>> Guards("t", cells).score
        Decimal('0.5')
        """
        slips = sum(cell.slips for cell in self.cells)
        return Decimal(sum(cell.caught for cell in self.cells)) / slips if slips else Decimal(1)

    def covered(self, rules: int) -> int:
        """How many cells so many rules bear on; 2 stands for two and more.

        >>> Guards("t", (Guard("t", "a", 3, True, 1, 1),)).covered(2)
        1
        """
        return sum(min(cell.rules, 2) == rules for cell in self.cells)

    def unguarded(self) -> tuple[Guard, ...]:
        """The cells of which some slip would go unnoticed, the worst first."""
        weak = (cell for cell in self.cells if cell.caught < cell.slips)
        return tuple(sorted(weak, key=lambda cell: (cell.caught / cell.slips, cell.where)))

    def tables(self) -> tuple["Guards", ...]:
        """The same by table, in the order of the files."""
        names = dict.fromkeys(cell.table for cell in self.cells)
        return tuple(Guards(n, tuple(c for c in self.cells if c.table == n)) for n in names)


def guards(records: Records) -> Guards:
    """The guards of all figures of a chapter.

    >>> from yearbook.specimen import fact, records
    >>> made = guards(records(fact("leaders", 101, quote="including 101 leaders"), fact("b", 9)))
    >>> [(cell.where, cell.quoted, cell.caught == cell.slips) for cell in made.cells]
    [('leaders', True, True), ('b', False, False)]
    """
    system = constraints.system(records)
    over: dict[str, list[Constraint]] = {}
    for constraint in system.constraints:
        for key, _ in constraint.terms:
            over.setdefault(key, []).append(constraint)
    facts = records.chapter.facts
    return Guards(
        records.chapter.slug,
        tuple(_guard(records, fact, system, over.get(str(fact.place), [])) for fact in facts),
    )


def _guard(
    records: Records, fact: Fact, system: System, bearing: Iterable[Constraint]
) -> Guard:
    cell = system.cells[str(fact.place)]
    rules = tuple(bearing)
    slips = caught = 0
    said = quote.said(records, fact)
    whole = tuple(rule for rule in rules if not system.broken(rule))
    for typed in _mistyped(cell):
        slips += 1
        wrong = said is not None and said != typed
        caught += wrong or any(_breaks(system.cells, cell, typed, rule) for rule in whole)
    return Guard(fact.table, cell.where, len(rules), said is not None, slips, caught)


def _mistyped(cell: Cell) -> Iterator[Decimal]:
    """The values that one slip of a typist makes of this one."""
    digits = int(cell.value / _unit(cell.value))
    for origin in origins(digits):
        yield origin.digits * _unit(cell.value)


def _unit(value: Decimal) -> Decimal:
    """What one in the last written digit is worth; of a whole number, one."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))


def _breaks(cells: Mapping[str, Cell], cell: Cell, typed: Decimal, rule: Constraint) -> bool:
    keys = {key for key, _ in rule.terms}
    changed = {key: cells[key] for key in keys}
    changed[cell.key] = replace(cell, value=typed)
    return System(changed).broken(rule)
