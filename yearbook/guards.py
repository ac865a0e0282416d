"""How well the cells of a chapter are guarded: which slips of a typist the rules would notice.

As tests have coverage, records have guards. A figure is mistyped in every way one slip allows, and
it is counted how often a rule breaks or the quote disagrees: mutation testing of the rules
themselves. A slip that a hedge or a rounding hides is counted as missed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from yearbook.book import Book, Floor
from yearbook.checks import constraints, quote
from yearbook.constraint import Cell, Constraint, System
from yearbook.finding import Finding, Severity
from yearbook.interval import Interval, combine
from yearbook.localise.slip import origins
from yearbook.model import Fact, Language, Text
from yearbook.records import Records


@dataclass(frozen=True, slots=True)
class Guard:
    """One cell: how many rules bear on it, whether it has a quote, and of how many single slips
    how many would be noticed (``caught``), how many by rules alone (``ruled``)."""

    table: str
    where: str
    rules: int
    quoted: bool
    slips: int
    caught: int
    ruled: int = 0


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
        return self._share(cell.caught for cell in self.cells)

    @property
    def ruled(self) -> Decimal:
        """The same by rules alone, as if there were no quotes."""
        return self._share(cell.ruled for cell in self.cells)

    def _share(self, caught: Iterable[int]) -> Decimal:
        slips = sum(cell.slips for cell in self.cells)
        return Decimal(sum(caught)) / slips if slips else Decimal(1)

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
    >>> (cell,) = guards(records(fact("sent", 101, quote="including 101 leaders"))).cells
    >>> cell.where, cell.rules, cell.quoted, cell.caught == cell.slips
    ('sent', 0, True, True)
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


def guarded(book: Book) -> tuple[Guards, ...]:
    """The guards of every chapter."""
    return tuple(guards(Records(book, chapter)) for chapter in book.chapters)


def weak(book: Book, made: Iterable[Guards]) -> Iterator[Finding]:
    """Every chapter in which fewer slips would be noticed than book.toml asks for.

    To be told where nothing else fails: a broken rule guards nothing, and is told already.

    >>> from dataclasses import replace
    >>> from yearbook.book import Floor
    >>> from yearbook.model import Place
    >>> from yearbook.specimen import fact, records
    >>> book = records(fact("sent", 101)).book
    >>> list(weak(book, guarded(book)))
    []
    >>> floor = Floor(Decimal("0.98"), Place("data/book.toml", 9))
    >>> [found.what.en for found in weak(replace(book, floor=floor), guarded(book))]
    ['specimen: 0.0% of single slips would be noticed, less than the 98% asked for']
    """
    for each in made:
        if book.floor and each.score < book.floor.share:
            yield _weak(each, book.floor)


def _weak(made: Guards, floor: Floor) -> Finding:
    score, asked = _percent(made.score), f"{100 * floor.share:f}".rstrip("0").rstrip(".")
    first = [f"{cell.table} {cell.where}" for cell in made.unguarded()[:_FIRST]]
    return Finding(
        "guards",
        Severity.ERROR,
        floor.place,
        Text(
            f"{made.name}: {score} of single slips would be noticed, less than the {asked}% asked"
            " for",
            f"{made.name}：单处笔误可发现{score}，低于要求的{asked}%",
        ),
        Text(
            f"give {', '.join(first)} a quote, a total or a rule",
            f"请为{'、'.join(first)}补充摘录、合计或规则",
        ),
    )


def _guard(records: Records, fact: Fact, system: System, bearing: Iterable[Constraint]) -> Guard:
    cell = system.cells[str(fact.place)]
    rules = tuple(bearing)
    slips = caught = ruled = 0
    said = quote.said(records, fact)
    whole = [_Sum.of(rule, cell, system) for rule in rules if not system.broken(rule)]
    for typed in _mistyped(cell):
        slips += 1
        breaks = any(_breaks(system, cell, typed, each) for each in whole)
        ruled += breaks
        caught += breaks or (said is not None and said != typed)
    return Guard(fact.table, cell.where, len(rules), said is not None, slips, caught, ruled)


def _mistyped(cell: Cell) -> Iterator[Decimal]:
    """The values that one slip of a typist makes of this one."""
    unit = _unit(cell.value)
    return (typed * unit for typed in origins(int(cell.value / unit)).digits)


def _unit(value: Decimal) -> Decimal:
    """What one in the last written digit is worth; of a whole number, one."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))


@dataclass(frozen=True, slots=True)
class _Sum:
    """A rule as one of its cells sees it: what all others come to, and its own coefficient."""

    rule: Constraint
    others: Interval
    coefficient: int

    @classmethod
    def of(cls, rule: Constraint, cell: Cell, system: System) -> "_Sum":
        own = sum(coefficient for key, coefficient in rule.terms if key == cell.key)
        return cls(rule, system.residual(rule, less=cell.key), own)


def _breaks(system: System, cell: Cell, typed: Decimal, seen: _Sum) -> bool:
    left = combine("+", seen.others, cell.times(seen.coefficient, typed))
    return system.broken(seen.rule, left)


def lines(made: Guards, languages: Sequence[Language]) -> Iterator[str]:
    """A table for the terminal: a row for each table of records, then what is weakest.

    >>> weak = Guard("people", "sent", 1, True, 100, 98, 40)
    >>> print(*lines(Guards("work", (weak,)), [Language.EN]), sep="\\n")
    work: 98.0% of single slips would be noticed, 40.0% by rules alone
      people  1 cells, 0/1/0 in no/one/more rules, 1 quoted, 98.0% noticed
      weakest: people sent 98%
    """
    for language in languages:
        total, row, weakest = (each.of(language) for each in _WORDS)
        yield total.format(made.name, _percent(made.score), _percent(made.ruled))
        for table in made.tables():
            covered = "/".join(str(table.covered(rules)) for rules in range(3))
            quoted = sum(cell.quoted for cell in table.cells)
            noticed = _percent(table.score)
            yield "  " + row.format(table.name, len(table.cells), covered, quoted, noticed)
        for cell in made.unguarded()[:_SHOWN]:
            share = f"{100 * cell.caught // cell.slips}%"
            yield "  " + weakest.format(f"{cell.table} {cell.where}", share)


_SHOWN = 10
_FIRST = 3
_WORDS = (
    Text(
        "{}: {} of single slips would be noticed, {} by rules alone",
        "{}：单处笔误可发现{}，仅凭规则可发现{}",
    ),
    Text(
        "{}  {} cells, {} in no/one/more rules, {} quoted, {} noticed",
        "{}  共{}格，受0条/1条/多条规则约束的为{}，有摘录{}，可发现{}",
    ),
    Text("weakest: {} {}", "最薄弱：{} {}"),
)


def _percent(share: Decimal) -> str:
    return f"{100 * share:.1f}%"
