"""Wholes and parts over tables: every margin, in columns as one by one."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from yearbook.balance import Balance
from yearbook.columns import LARGEST, alike, columns, unbalanced
from yearbook.families import balances, siblings
from yearbook.model import Code, Fact, Period, Place, Relation, Text
from yearbook.specimen import fact, part, records


def _codes(dimension: str, relation: Relation, *names: str) -> Iterator[Code]:
    for name in ("total", *names):
        whole = name == "total"
        yield Code(
            dimension,
            name,
            "" if whole else "total",
            None if whole else relation,
            Text(name, name),
            Place("c.csv"),
        )


CODES = (
    *_codes("region", Relation.SUM, "east", "west"),
    *_codes("sex", Relation.SUM, "men", "women"),
)
CELLS = {
    ("total", "total"): 10, ("total", "men"): 6, ("total", "women"): 4,
    ("east", "total"): 7, ("east", "men"): 4, ("east", "women"): 3,
    ("west", "total"): 3, ("west", "men"): 2, ("west", "women"): 1,
}  # fmt: skip


def _table(**wrong: int) -> list[Fact]:
    made = []
    for line, ((region, sex), value) in enumerate(CELLS.items(), 2):
        name = f"{region}_{sex}"
        typed = fact(name, wrong.get(name, value))
        made.append(
            replace(
                typed,
                dimensions={"region": region, "sex": sex},
                table="two",
                place=Place("two.csv", line, 5),
            )
        )
    return made


def _names(found: Iterator[Balance]) -> set[tuple[str, ...]]:
    return {tuple(fact.id for fact in balance.facts) for balance in found}


def test_both_margins() -> None:
    """A two-way table has its row totals, its column totals and its grand total twice."""
    found = _names(balances(records(*_table(), codes=CODES)))
    assert len(found) == 6
    assert ("total_total", "east_total", "west_total") in found
    assert ("total_total", "total_men", "total_women") in found
    assert ("west_total", "west_men", "west_women") in found
    assert ("total_women", "east_women", "west_women") in found


@pytest.mark.parametrize("name", [f"{region}_{sex}" for region, sex in CELLS])
def test_every_cell_has_two(name: str) -> None:
    """A slip in any cell breaks both rules it is in; nothing that surely holds is passed on."""
    whole = records(*_table(**{name: 99}), codes=CODES)
    wrong = [one for one in balances(whole) if one.residual]
    assert len(wrong) == 2
    assert _names(balances(whole, every=False)) == _names(iter(wrong))


def test_periods_and_units_apart() -> None:
    """Figures of another period or unit are another sum."""
    later = [replace(one, period=Period("2011", "2011")) for one in _table()]
    assert len(_names(balances(records(*_table(), *later, codes=CODES)))) == 6
    assert len(list(balances(records(*_table(), *later, codes=CODES)))) == 12
    other = replace(_table()[3], unit=fact("x", 1, "yuan").unit)
    mixed = [other if one.id == other.id else one for one in _table()]
    assert ("total_total", "east_total", "west_total") not in _names(
        balances(records(*mixed, codes=CODES))
    )


def test_missing_code() -> None:
    """A part that the table does not have leaves the sum open, unless the rest makes it up."""
    (whole, east, west) = (_table()[at] for at in (0, 3, 6))
    codes = tuple(_codes("region", Relation.SUM, "east", "west", "north"))
    (found,) = balances(records(whole, east, west, codes=codes))
    assert found.missing == ()
    (found,) = balances(records(whole, east, replace(west, value=Decimal(2)), codes=codes))
    assert found.missing == ("north",)


def test_subset_in_columns() -> None:
    """Of an ``of`` only what exceeds the whole is passed on."""
    codes = tuple(_codes("region", Relation.OF, "east"))
    whole, east = _table()[0], _table()[3]
    assert not list(balances(records(whole, east, codes=codes), every=False))
    over = replace(east, value=Decimal(11))
    assert len(list(balances(records(whole, over, codes=codes), every=False))) == 1


def test_hedged_and_huge_are_passed_on() -> None:
    """What floating point cannot add up exactly is left to be added up one by one."""
    hedged = [
        replace(one, qualifier=fact("x", 1, qualifier="nearly").qualifier)
        if one.id == "west_men"
        else one
        for one in _table()
    ]
    assert len(list(balances(records(*hedged, codes=CODES), every=False))) == 2
    huge = columns([fact("a", str(int(LARGEST) * 4))])
    assert not huge.sure[0]


def test_columns_scale_decimals() -> None:
    """Tenths that binary floating point cannot hold add up exactly."""
    made = columns([fact("a", "0.3"), fact("b", "0.1"), fact("c", "0.2")])
    signs = np.array([1.0, -1.0, -1.0])
    groups = np.zeros(3, np.int64)
    assert made.values.tolist() == [3, 1, 2]
    assert unbalanced(groups, signs, made, equal=True).size == 0


def test_alike_with_many_codes() -> None:
    """Groups stay few however many codes the other dimensions have."""
    facts = [
        replace(fact(f"f{n}", n), dimensions={f"d{at}": f"{n % 7}{at}" for at in range(12)})
        for n in range(200)
    ]
    numbers = alike(columns(facts), "d0")
    assert numbers.max() < 4 * 200
    assert len(set(numbers.tolist())) == 7


def test_siblings() -> None:
    """A partition is complete without its whole only if all parts and no whole have figures."""
    codes = tuple(part(name, "whole", Relation.SUM) for name in "ab")
    a, b, whole = fact("a", 40), fact("b", 60), fact("whole", 100)
    assert len(list(siblings(records(a, b, codes=codes), lambda _: True))) == 1
    assert not list(siblings(records(a, codes=codes), lambda _: True))
    assert not list(siblings(records(a, b, whole, codes=codes), lambda _: True))
    assert not list(siblings(records(a, b, codes=codes), lambda _: False))
    included = tuple(part(name, "whole", Relation.OF) for name in "ab")
    assert not list(siblings(records(a, b, codes=included), lambda _: True))
    in_table = [one for one in _table() if "total" not in one.dimensions.values()]
    assert len(list(siblings(records(*in_table, codes=CODES), lambda _: True))) == 4
