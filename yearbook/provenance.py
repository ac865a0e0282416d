"""Where a printed figure comes from: the cells it is read from, or what it is worked out of."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from yearbook import numbers
from yearbook.model import Entry, Fact, Relation, Text
from yearbook.records import Records

_CALL = re.compile(r"([a-z]+)\((.*)\)")
_NONE = Text("", "")


@dataclass(frozen=True, slots=True)
class Origin:
    """What stands behind a figure. ``formula`` leads up to the value and is empty for one that is
    read from its cell; ``rows`` are those counted."""

    facts: tuple[Fact, ...] = ()
    formula: Text = _NONE
    rows: tuple[Entry, ...] = ()
    table: str = ""

    @property
    def unit(self) -> str:
        """The id of the unit the facts share; empty where they give none to the figure."""
        units = {fact.unit.id for fact in self.facts}
        return units.pop() if len(units) == 1 else ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells in the downloadable CSVs, as addresses (RFC 7111)."""
        found = [cell(fact) for fact in self.facts]
        if self.rows:
            spots = [position(entry.place.cell or "A1")[0] for entry in self.rows]
            found.append(f"data/{self.table}.csv#row={min(spots)}-{max(spots)}")
        return tuple(dict.fromkeys(found))


def cell(fact: Fact) -> str:
    """The address of the cell of a fact.

    >>> from yearbook.specimen import fact as made
    >>> cell(made("dispatched", 437))
    'data/people.csv#cell=2,1'
    """
    row, column = position(fact.place.cell or "A1")
    return f"data/{fact.table}.csv#cell={row},{column}"


def position(name: str) -> tuple[int, int]:
    """Row and column, from 1, of a spreadsheet's cell.

    >>> position("D17"), position("AA2")
    ((17, 4), (2, 27))
    """
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(name[len(letters) :]), column


def origin(expression: str, period: str, records: Records) -> Origin:
    """What a printed figure says it is (its ``data-fact``), looked up in the records.

    Raises `yearbook.records.UnknownError` if there is no such figure.

    >>> from yearbook.specimen import fact as made, records as book
    >>> known = book(made("leaders", 101), made("dispatched", 437))
    >>> origin("share(leaders, dispatched)", "", known).formula.en
    '101 ÷ 437 × 100 ≈'
    """
    call = _CALL.fullmatch(expression)
    if call is None:
        return Origin((records.fact(expression, period or None),))
    names = [name.strip() for name in call[2].split(",") if name.strip()]
    return _WORKED.get(call[1], _other)(names, period, records)


def _rest(names: list[str], period: str, records: Records) -> Origin:
    whole = records.fact(names[0], period or None)
    parts = [records.fact(part) for part in records.parts(whole.id, Relation.OF)]
    return Origin((whole, *parts), _same(" − ".join(map(_value, (whole, *parts))) + " ="))


def _share(names: list[str], period: str, records: Records) -> Origin:
    part, whole = (records.fact(name) for name in names)
    return Origin((part, whole), _same(f"{_value(part)} ÷ {_value(whole)} × 100 ≈"))


def _change(names: list[str], period: str, records: Records) -> Origin:
    fact = records.fact(names[0], period or None)
    before = records.previous(fact)
    if before is None:
        return Origin((fact,))
    old, new = _value(before), _value(fact)
    return Origin((fact, before), _same(f"({new} − {old}) ÷ {old} × 100 ≈"))


def _year(names: list[str], period: str, records: Records) -> Origin:
    if names:
        before = records.previous(records.fact(names[0]))
        return Origin((before,) if before else (), Text("the year before:", "上年："))
    return Origin((), Text("the year this edition reports:", "本版年鉴的数据年份："))


def _count(names: list[str], period: str, records: Records) -> Origin:
    rows = records.entries(names[0])
    said = Text(f"the rows of {names[0]}.csv:", f"{names[0]}.csv 的行数：")
    return Origin((), said, rows, names[0])


def _other(names: list[str], period: str, records: Records) -> Origin:
    """A derivation this module has no formula for: the figures it names."""
    known = {fact.id for fact in records.chapter.facts}
    return Origin(tuple(records.fact(name) for name in names if name in known))


Worked = Callable[[list[str], str, Records], Origin]
_WORKED: dict[str, Worked] = {
    "rest": _rest,
    "share": _share,
    "change": _change,
    "year": _year,
    "count": _count,
    "shown": lambda names, *_: Origin((), Text("rows shown:", "刊印行数：")),
    "rows": lambda names, *_: Origin((), Text("rows of the whole table:", "全表行数：")),
}


def _value(fact: Fact) -> str:
    return numbers.text(fact.value)


def _same(formula: str) -> Text:
    return Text(formula, formula)
