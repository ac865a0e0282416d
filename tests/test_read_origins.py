"""Findings of instances, told in the cells and files that an editor can open."""

from dataclasses import replace

import pytest

from yearbook.book import Instance
from yearbook.finding import Suspect, error
from yearbook.model import Cell, Code, Place, Text
from yearbook.read.origins import Origins, named
from yearbook.specimen import records

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WIDE = 28
"""Columns up to AB."""


def row(file: str, number: int, line: int, *texts: str) -> list[Cell]:
    """A row of a file as it stands there, its cells ten columns apart."""
    names = [*LETTERS, *(f"A{letter}" for letter in LETTERS)]
    cells = enumerate(zip(texts, names, strict=False))
    return [Cell(t, Place(file, line, 10 * at + 1, f"{name}{number}")) for at, (t, name) in cells]


@pytest.fixture
def origins() -> Origins:
    """Two instances of chapter a, three of b; of the files of a-1 three were cut from others."""
    made = Origins()
    for stem, slug in (("a", "a-1"), ("a", "a-2"), ("b", "b-1"), ("b", "b-2"), ("b", "b-3")):
        made.instance(stem, slug)
    kept = (("data/a/x.csv", 1, 1), ("data/a/x.csv", 5, 7), ("data/a/x.csv", 6, 9))
    texts = (("id", "note"), ("p", "one\ntwo\nthree"), ("q", "four"))
    rows = [row(*at, *cells) for at, cells in zip(kept, texts, strict=True)]
    made.add("data/a-1/x.csv", "data/a/x.csv", rows)
    made.add("data/a-1/县数.csv", "data/a/县数.csv", [row("data/a/县数.csv", 4, 4, *["c"] * WIDE)])
    # Without its first column, which says whose row it is.
    made.add("data/a-1/rules.csv", "data/a/rules.csv", [row("data/a/rules.csv", 3, 3, "", "r")[1:]])
    long = [
        Cell("m", Place("data/a/y.csv", 5, 1, "A4")),
        Cell("n", Place("data/a/y.csv", 7, 4, "B4")),
    ]
    made.add("data/a-1/y.csv", "data/a/y.csv", [long])
    made.add("data/a-1/tables.csv", "data/a/tables.csv", ())
    made.add("templates/chapters/a-1/en.md", "templates/chapters/a/en.md", ())
    return made


@pytest.mark.parametrize(
    ("place", "home"),
    [
        (Place("data/a-1/x.csv", 1, 4, "B1"), Place("data/a/x.csv", 1, 11, "B1")),
        (Place("data/a-1/x.csv", 2, 1, "A2"), Place("data/a/x.csv", 7, 1, "A5")),
        (Place("data/a-1/x.csv", 4, 1, "B2"), Place("data/a/x.csv", 7, 11, "B5")),
        (Place("data/a-1/x.csv", 5, 3, "B3"), Place("data/a/x.csv", 9, 11, "B6")),
        (Place("data/a-1/x.csv", 99, 1, "F99"), Place("data/a/x.csv", 9, 11, "B6")),
        (Place("data/a-1/x.csv", 5), Place("data/a/x.csv", 9)),
        (Place("data/a-1/x.csv"), Place("data/a/x.csv")),
        (Place("data/a-1/y.csv", 1), Place("data/a/y.csv", 5)),
        (Place("data/a-1/县数.csv", 1, 1, "Z1"), Place("data/a/县数.csv", 4, 251, "Z4")),
        (Place("data/a-1/县数.csv", 1, 1, "AA1"), Place("data/a/县数.csv", 4, 261, "AA4")),
        (Place("data/a-1/rules.csv", 1, 1, "A1"), Place("data/a/rules.csv", 3, 11, "B3")),
        (Place("data/a-1/tables.csv", 2, 5, "B2"), Place("data/a/tables.csv", 2, 5, "B2")),
        (
            Place("templates/chapters/a-1/en.md", 3, 7),
            Place("templates/chapters/a/en.md", 3, 7),
        ),
        (Place("data/book.toml", 3), Place("data/book.toml", 3)),
    ],
)
def test_place(origins: Origins, place: Place, home: Place) -> None:
    """A cell of an instance is that cell of the common file, whatever rows stand between."""
    assert origins.place(place) == home


CELL = Place("data/a-1/x.csv", 2, 1, "A2")
FOREIGN = Place("data/c/x.csv", 3, 1, "A3")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("look at x.csv A2, then x.csv B3.", "look at x.csv A5, then x.csv B6."),
        ("请依次核对x.csv A2、x.csv B3", "请依次核对x.csv A5、x.csv B6"),
        ("此处为430，x.csv B3为437", "此处为430，x.csv B6为437"),
        ("核对县数.csv AB1（21%）", "核对县数.csv AB4（21%）"),
        ("2010 (tables.csv B2)", "2010 (tables.csv B2)"),
        ("rules.csv A1 and x.csv Z99", "rules.csv B3 and x.csv B6"),
        ("max.csv B3 and x.csv A3, 核对ax.csv B3", "max.csv B3 and x.csv A3, 核对ax.csv B3"),
        ("first at data/a-1/x.csv:2:14", "first at data/a/x.csv:7"),
        ("首次出现于data/a-1/县数.csv:1中", "首次出现于data/a/县数.csv:4中"),
        ("没有data/a-1/x.csv文件", "没有data/a/x.csv文件"),
        ("templates/chapters/a-1/en.md:3:7", "templates/chapters/a/en.md:3:7"),
        ("data/a-1/tables.csv:3:7, data/a-2/x.csv", "data/a/tables.csv:3:7, data/a-2/x.csv"),
    ],
)
def test_words(origins: Origins, text: str, told: str) -> None:
    """Places named in the words of a finding are those of the common files, in both languages."""
    suspects = (Suspect(FOREIGN, "p", "1"), Suspect(replace(CELL, cell="B2"), "q", "2"))
    found = error("r", CELL, Text(text, ""), Text("", text))
    (one,) = origins.told([replace(found, suspects=suspects)], {})
    assert (one.what, one.hint) == (Text(f"a-1: {told}", "a-1："), Text("", told))
    assert str(one.place) == "data/a/x.csv:7:1"
    assert [str(each.place) for each in one.suspects] == ["data/c/x.csv:3:1", "data/a/x.csv:7:11"]
    assert [(each.id, each.value) for each in one.suspects] == [("p", "1"), ("q", "2")]


def test_first_of_two(origins: Origins) -> None:
    """Of two cells called alike the one that the finding stands at is meant."""
    text = "x.csv A2"
    for at, told in ((CELL, "x.csv A5"), (replace(FOREIGN, cell="A2"), "x.csv A2")):
        other = FOREIGN if at is CELL else CELL
        found = error("r", at, Text(text, text), Text("", ""))
        suspects = (Suspect(replace(other, cell="A2"), "p", "1"),)
        (one,) = origins.told([replace(found, suspects=suspects)], {})
        assert one.what == Text(f"a-1: {told}", f"a-1：{told}")


NAMES = {"a-1": Text("Upper", "上区"), "b-1": Text("One", "一"), "b-2": Text("Two", "二")}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (["data/a-1/t.csv"], [("Upper: w", "上区：词")]),
        (["data/a-1/t.csv", "data/a-1/t.csv"], [("Upper: w", "上区：词")]),
        (["data/a-1/t.csv", "data/a-2/t.csv"], [("w", "词")]),
        (["data/b-1/t.csv", "data/b-2/t.csv"], [("One, Two: w", "一、二：词")]),
        (["data/b-2/t.csv", "data/b-3/t.csv"], [("Two, b-3: w", "二、b-3：词")]),
        ([f"data/b-{n}/t.csv" for n in (1, 2, 3)], [("w", "词")]),
        (["data/book.toml"], [("w", "词")]),
        (["data/book.toml", "data/a-1/t.csv"], [("w", "词"), ("Upper: w", "上区：词")]),
        (["data/c/a-1"], [("w", "词")]),
    ],
)
def test_told(origins: Origins, files: list[str], told: list[tuple[str, str]]) -> None:
    """What several instances have alike is said once, with their names unless it holds for all."""
    for slug in ("a-1", "a-2", "b-1", "b-2", "b-3"):
        origins.add(f"data/{slug}/t.csv", f"data/{slug[0]}/t.csv", ())
    found = [error("r", Place(file), Text("w", "词"), Text("", "")) for file in files]
    assert [(one.what.en, one.what.zh) for one in origins.told(found, NAMES)] == told


def test_only_instance() -> None:
    """The only instance of a chapter is named: another year may bring more."""
    origins = Origins()
    origins.instance("c", "c-1")
    found = error("r", Place("data/c-1/t.csv"), Text("w", "词"), Text("", ""))
    assert [one.what.en for one in origins.told([found], {})] == ["c-1: w"]


def test_slug(origins: Origins) -> None:
    """A finding concerns the instance of its place, else that of the first suspect that has one."""
    texts = Text("", ""), Text("", "")
    found = error("r", Place("templates/chapters/b-1/en.md"), *texts)
    assert origins.slug(found) == "b-1"
    suspects = tuple(Suspect(Place(f"data/{name}/t.csv"), "p", "1") for name in ("c", "a-2", "b-1"))
    assert origins.slug(replace(found, suspects=suspects)) == "b-1"
    assert origins.slug(error("r", Place("data/c/t.csv"), *texts)) == ""
    elsewhere = error("r", Place("data/c/t.csv"), *texts)
    assert origins.slug(replace(elsewhere, suspects=suspects)) == "a-2"


def test_many_names(origins: Origins) -> None:
    """Of many instances the first three are named, and how many there are."""
    for number in range(1, 7):
        origins.instance("d", f"d-{number}")
        origins.add(f"data/d-{number}/t.csv", "data/d/t.csv", ())

    def told(count: int) -> Text:
        files = [f"data/d-{number}/t.csv" for number in range(1, count + 1)]
        found = [error("r", Place(file), Text("w", "词"), Text("", "")) for file in files]
        (one,) = origins.told(found, {})
        return one.what

    assert told(3) == Text("d-1, d-2, d-3: w", "d-1、d-2、d-3：词")
    assert told(4) == Text("d-1, d-2, d-3 and 1 more: w", "d-1、d-2、d-3等4处：词")


@pytest.mark.parametrize(
    ("instance", "name"),
    [
        (None, Text("people", "people")),
        (Instance("people", "areas", "area", "b2"), Text("Lower (b2)", "下区（b2）")),
        (Instance("people", "areas", "town", "b2"), Text("b2", "b2")),
        (Instance("people", "areas", "area", "a1"), Text("a1", "a1")),
    ],
)
def test_named(instance: Instance | None, name: Text) -> None:
    """An instance is called by the label of its code, with the code; without one by its code."""
    code = Code("area", "b2", "", None, Text("Lower", "下区"), Place("data/people/codes.csv", 2))
    chapter = replace(records(codes=(code,)).chapter, slug="people", instance=instance)
    assert named(chapter) == name
