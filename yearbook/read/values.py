"""Read one cell: a number, a period, a choice. Each gives a value or a finding, never a guess."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from yearbook.finding import Finding, error
from yearbook.model import Cell, Kind, Period, Text, Unit
from yearbook.records import suggestion

E = TypeVar("E", bound=StrEnum)
# Digits are ASCII: full-width ones would make another key of the same period.
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_GROUPED = re.compile(
    "-?[0-9]{1,3}(?P<mark>[,，\u0020\u00a0\u2009\u202f\u3000])[0-9]{3}((?P=mark)[0-9]{3})*(\\.[0-9]+)?"
)
_MARKS = re.compile("[,，\u0020\u00a0\u2009\u202f\u3000]")
_PER_CENT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)\s*[%％]")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")
_WRITTEN_YEAR = re.compile(r"([0-9]{4})(?:年|\.0+)")
_YEARS = re.compile(r"[0-9]{4}-[0-9]{4}")
_SLASHED = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?)?月?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DEFINED = {name: f"{name}s.csv" for name in ("code", "place", "source", "unit")}
"""Where the words are defined that a cell may use."""


def number(cell: Cell) -> Decimal | Finding:
    """A plain decimal number; separators in groups of three are understood.

    >>> from yearbook.model import Place
    >>> number(Cell("72,000", Place("x.csv")))
    Decimal('72000')
    >>> number(Cell("7.2万", Place("x.csv"))).hint.en
    'write the plain number 72000 (not 7.2万) and the unit in its own column'
    """
    text = cell.text.replace("\u2212", "-")
    if _GROUPED.fullmatch(text):
        text = _MARKS.sub("", text)
    if _NUMBER.fullmatch(text):
        value = Decimal(text)
        return value or value.copy_abs()
    from yearbook.read import slips

    return error("value", cell.place, *slips.told(cell.text))


def scale(cell: Cell) -> Decimal | Finding:
    """A number to divide by."""
    found = number(cell)
    if isinstance(found, Finding) or found > 0:
        return found
    return error(
        "value",
        cell.place,
        Text("the scale must be above zero", "换算系数须大于零"),
        Text("write 1 to print figures as they are", "不换算请填1"),
    )


def measured(cell: Cell, unit: Unit) -> Decimal | Finding:
    """A value in its unit: a date for units of kind date, else a number."""
    if unit.kind is not Kind.DATE:
        return number(replace(cell, text=_in_unit(cell.text, unit)))
    if day(cell.text):
        return Decimal(cell.text.replace("-", ""))
    return error(
        "value",
        cell.place,
        Text(f'"{cell.text}" is not a date', f"“{cell.text}”不是日期"),
        _proposed(cell.text)
        or Text("write year-month-day: 2010-04-16", "请按年-月-日填写：2010-04-16"),
    )


def _in_unit(text: str, unit: Unit) -> str:
    """A number without the unit typed after it, where that is its row's: 12.5%, 1986年."""
    if unit.kind is Kind.YEAR:
        year = _WRITTEN_YEAR.fullmatch(text)
        return year[1] if year else text
    share = _PER_CENT.fullmatch(text)
    return share[1] if share and per_cent(unit) else text


def per_cent(unit: Unit) -> bool:
    """Whether a unit counts in per cent.

    >>> from yearbook.specimen import UNITS
    >>> per_cent(UNITS["person"])
    False
    """
    return any("%" in name or "per cent" in name or "percent" in name for name in _called(unit))


def _called(unit: Unit) -> tuple[str, ...]:
    return (unit.id, unit.one, unit.other, unit.zh.replace("％", "%"), unit.en_name, unit.zh_name)


def day(text: str) -> bool:
    """Whether a text is a day of the calendar in ISO form.

    >>> day("2010-04-16"), day("2010-02-29"), day("2012-02-29")
    (True, False, True)
    """
    found = _DATE.fullmatch(text)
    if not found:
        return False
    year, month, date = (int(part) for part in found.groups())
    if not 1 <= month <= 12 or not 1 <= date <= _DAYS[month - 1]:
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (month, date) != (2, 29) or leap


def period(cell: Cell) -> Period | Finding:
    """A year, a range of years, a month, a range of months or days, or a day.

    >>> from yearbook.model import Place
    >>> str(period(Cell("1986-2010", Place("x.csv"))))
    '1986-2010'
    """
    text = cell.text.replace("–", "-").replace("—", "-")
    if _YEARS.fullmatch(text):
        start, end = text.split("-")
    else:
        start, slash, end = text.partition("/")
        end = end if slash else start
    if _moment(start) and _moment(end) and len(start) == len(end) and start <= end:
        return Period(start, end)
    return error(
        "period",
        cell.place,
        Text(f'"{cell.text}" is not a period', f"“{cell.text}”不是时期"),
        _proposed(text)
        or Text(
            "write 2010, 1986-2010, 2010-04/2010-12 or 2010-04-16",
            "请填写2010、1986-2010、2010-04/2010-12或2010-04-16",
        ),
    )


def _proposed(text: str) -> Text | None:
    """What a date that Excel wrote its own way should look like; None if it cannot be told."""
    found = _SLASHED.fullmatch(text)
    if not found:
        return None
    iso = "-".join(f"{int(part):02}" for part in found.groups() if part)
    if not _moment(iso):
        return None
    return Text(
        f"if Excel turned it into a date: set the cell to Text and type {iso}",
        f"如系Excel转成的日期：请把单元格设为“文本”，再填写{iso}",
    )


def _moment(text: str) -> bool:
    if _YEAR.fullmatch(text):
        return True
    if _MONTH.fullmatch(text):
        return 1 <= int(text[5:]) <= 12
    return day(text)


def choice(cell: Cell, kind: type[E], default: E) -> E | Finding:
    """One of a fixed set of words; blank is the default."""
    if not cell.text:
        return default
    for member in kind:
        if member.value == cell.text:
            return member
    return unknown(cell, "word", "值", [member.value for member in kind])


def unknown(cell: Cell, what_en: str, what_zh: str, known: Collection[str]) -> Finding:
    """A finding for a name that nothing bears; a new one wants a row of its own elsewhere.

    >>> from yearbook.model import Place
    >>> unknown(Cell("school", Place("x.csv")), "unit", "单位", ["person"]).hint.en
    'known are: person; if it is new, add it to units.csv'
    """
    hint, file = suggestion(cell.text, known), _DEFINED.get(what_en.partition(" ")[0])
    if file and known and cell.text:
        hint = Text(
            f"{hint.en}{'' if hint.en.endswith('?') else ';'} if it is new, add it to {file}",
            f"{hint.zh}{'' if hint.zh.endswith('？') else '；'}如为新增，请先添加到 {file}",
        )
    return error(
        "unknown",
        cell.place,
        Text(f'the {what_en} "{cell.text}" is not known', f"{what_zh}“{cell.text}”未定义"),
        hint,
    )


def unfilled(cells: Iterable[Cell]) -> Iterator[Finding]:
    """Names are printed as they stand; only labels, titles, notes, reasons and literals are filled.

    >>> from yearbook.model import Place
    >>> [found.rule for found in unfilled([Cell("{{ 7*7 }}", Place("x.csv"))])]
    ['template']
    """
    for cell in cells:
        if any(braces in cell.text for braces in ("{{", "{%", "{#")):
            yield error(
                "template",
                cell.place,
                Text("braces are not filled in here", "此处不能使用花括号模板"),
                Text(
                    "write the name itself; labels, titles and notes may ask for figures",
                    "请直接填写名称；只有标签、标题和注释可以引用数据",
                ),
            )
