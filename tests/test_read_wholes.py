"""Wholes in codes.csv that are none, or that lead back to their part."""

import pytest

from tests.edits import SLUG, edited
from yearbook.finding import error
from yearbook.model import Place, Text
from yearbook.read import read
from yearbook.read.sheet import parse
from yearbook.read.snapshot import Snapshot
from yearbook.read.wholes import orphans

CODES = f"{SLUG}/codes.csv"


def told(project: Snapshot, *edits: tuple[str, str, str]) -> list[tuple[str, str]]:
    """The cells of codes.csv that name a wrong whole, after edits of it."""
    for name, column, value in edits:
        project = edited(project, CODES, name, column, value)
    found = (one for one in read(project).findings if one.place.file.endswith("codes.csv"))
    return [(one.place.cell or "", one.what.en) for one in found]


def test_of_the_chapter(project: Snapshot) -> None:
    """The wholes of the chapter are right."""
    assert told(project) == []


def test_part_of_itself(project: Snapshot) -> None:
    """A code that is its own whole, and two that are one another's."""
    said = '"{}" would be a part of itself'
    itself = ("tv_key_counties", "parent", "tv_key_counties")
    assert told(project, itself) == [("C24", said.format("tv_key_counties"))]
    other = ("tv_counties", "parent", "tv_key_counties"), ("tv_counties", "relation", "of")
    found = told(project, *other)
    assert found == [("C23", said.format("tv_counties")), ("C24", said.format("tv_key_counties"))]


def test_unknown(project: Snapshot) -> None:
    """A whole that nobody defined, with what was meant."""
    found = told(project, ("tv_key_counties", "parent", "tv_countys"))
    assert found == [("C24", 'the code of "id" "tv_countys" is not known')]


HEAD = "dimension,code,parent\n"


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("id,a,\nid,b,a\nid,c,b\n", {}),
        # A code of another dimension is no whole.
        ("id,a,\nrank,b,a\n", {"C3": ("unknown", "a")}),
        ("rank,c,\nid,b,c\nid,c,\n", {}),
        # Round and round: those on the ring are parts of themselves, those that lead to it not.
        ("id,a,a\n", {"C2": ("codes", "a")}),
        ("id,a,b\nid,b,c\nid,c,a\nid,d,a\n", {c: ("codes", c) for c in ("C2", "C3", "C4")}),
        # The same ring in another dimension is another one.
        ("id,a,b\nid,b,\nrank,a,\nrank,b,a\n", {}),
    ],
)
def test_wholes(rows: str, wrong: dict[str, tuple[str, str]]) -> None:
    """Which codes have a wrong whole, each at its cell."""
    found = list(orphans(parse("codes.csv", f"{HEAD}{rows}".encode()).rows))
    assert {one.place.cell: one.rule for one in found} == {
        cell: rule for cell, (rule, _) in wrong.items()
    }


def test_words() -> None:
    """What is said of a wrong whole, in both languages."""
    text = f"{HEAD}id,a,a\nid,total,\nid,b,totals\nrank,totals,\n"
    itself, unknown = orphans(parse("codes.csv", text.encode()).rows)
    assert itself == error(
        "codes",
        Place("codes.csv", 2, 6, "C2"),
        Text('"a" would be a part of itself', "“a”成了自身的组成部分"),
        Text("name the whole it belongs to as parent", "parent 应填其所属的合计"),
    )
    assert unknown == error(
        "unknown",
        Place("codes.csv", 4, 6, "C4"),
        Text('the code of "id" "totals" is not known', "上级代码“totals”未定义"),
        Text(
            'did you mean "total"? if it is new, add it to codes.csv',
            "是不是“total”？如为新增，请先添加到 codes.csv",
        ),
    )
