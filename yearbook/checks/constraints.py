"""The rules of a chapter as linear constraints over its cells, for `yearbook.localise`.

Every sum of the toolkit and every written rule that is a sum is there, whether it holds or not; a
rule that compares with a list has the list's count as its constant.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import cast

from yearbook import families, relation
from yearbook.balance import Balance
from yearbook.book import Rule
from yearbook.checks import cumulative, shares, twice
from yearbook.checks.cells import where
from yearbook.checks.rules import Meant, names
from yearbook.constraint import Cell, Constraint, Sign, System, cell
from yearbook.linear import Linear, Reference, linear
from yearbook.model import Fact
from yearbook.records import Records
from yearbook.tolerance import slack, step

BALANCES: tuple[Callable[[Records], Iterable[Balance]], ...] = (
    families.balances,
    cumulative.balances,
    shares.balances,
    twice.balances,
)
"""Every kind of sum that needs no writing."""


def system(records: Records) -> System:
    """The cells of a chapter and all constraints over them.

    >>> from yearbook.model import Place
    >>> from yearbook.specimen import fact, records, rule
    >>> b = replace(fact("b", 2), place=Place("b.csv", 2, 1, "A2"))
    >>> made = system(records(fact("a", 3), b, rules=(rule("a >= b * 1.5"),)))
    >>> [(one.terms, one.sign) for one in made.constraints]
    [((('data/specimen/people.csv:2:1', 2), ('b.csv:2:1', -3)), '>=')]
    """
    cells = {str(fact.place): _cell(records, fact) for fact in records.chapter.facts}
    found = [*_balanced(records), *_written(records)]
    for foreign in _foreign(records):
        cells.setdefault(str(foreign.place), _cell(records, foreign))
    return System(cells, tuple(found))


def _cell(records: Records, fact: Fact) -> Cell:
    """A value cell: its step by the unit, pinned if somebody compared it with the source."""
    made = cell(fact, where(records, fact))
    return replace(made, step=step(fact) or made.step, pinned=bool(fact.checked))


def _foreign(records: Records) -> Iterator[Fact]:
    """Figures of other chapters that a constraint of this one names."""
    for balance in twice.balances(records):
        yield from balance.right


def _balanced(records: Records) -> Iterator[Constraint]:
    for kind in BALANCES:
        for balance in kind(records):
            if len({fact.unit.id for fact in balance.facts}) == 1:
                yield constraint(records, balance)


def constraint(records: Records, balance: Balance) -> Constraint:
    """A balance as a constraint: left less right, compared with its constant."""
    terms: dict[str, int] = {}
    for facts, sign in ((balance.left, 1), (balance.right, -1)):
        for fact in facts:
            terms[str(fact.place)] = terms.get(str(fact.place), 0) + sign
    return Constraint(
        balance.rule,
        tuple(terms.items()),
        balance.facts[0].place,
        where(records, balance.facts[0]),
        cast(Sign, balance.certain),
        balance.constant,
        balance.slack.worst,
    )


def _written(records: Records) -> Iterator[Constraint]:
    for rule in records.chapter.rules:
        try:
            comparisons = relation.parse(rule.text)
        except relation.RuleError:
            continue
        meant, _ = names(records, comparisons)
        for form in filter(None, map(linear, comparisons)):
            if meant is not None and form.terms:
                yield from _constraint(rule, form.whole, meant)


def _constraint(rule: Rule, form: Linear, meant: Mapping[Reference, Meant]) -> Iterator[Constraint]:
    """A written rule over figures; what is no figure (a count, a year) joins the constant."""
    terms: dict[str, int] = {}
    constant = -form.constant
    facts: list[tuple[Decimal, Fact]] = []
    for name, part in form.terms.items():
        if meant[name].others:  # of their cells any may be wrong, and they are not at hand
            return
        fact = meant[name].fact
        if fact is None:
            constant -= part * int(meant[name].bounds.low)
        else:
            facts.append((Decimal(int(part)), fact))
            terms[str(fact.place)] = terms.get(str(fact.place), 0) + int(part)
    if facts:
        yield Constraint(
            rule.id,
            tuple(terms.items()),
            facts[0][1].place,
            next((one.where for one in meant.values() if one.where), rule.id),
            cast(Sign, form.sign),
            Decimal(constant.numerator) / constant.denominator,
            slack((by, step(fact)) for by, fact in facts).worst,
        )
