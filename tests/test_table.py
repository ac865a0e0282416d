"""Printed tables: indicators, pivots and lists, in each edition, with their rows to download."""

from dataclasses import replace
from typing import Any

import pytest
from markupsafe import escape

from tests.edits import rows
from yearbook.book import TableKind, TableSpec
from yearbook.model import Code, Edition, Fact, Language, Period, Place, Relation, Text
from yearbook.numbers import NBSP
from yearbook.records import Records, UnknownError
from yearbook.specimen import entry, fact, part, records
from yearbook.table import Maker, Table, Words

P = Place("data/specimen/codes.csv", 2, 1, "A2")
BOTH, EN, ZH = Edition.BOTH, Edition.EN, Edition.ZH
SOURCES = {"most-2010": Text("Ministry", "科技部"), "gb": Text("Standard", "国标")}


def code(of: str, name: str, relation: Relation | None = None, parent: str = "") -> Code:
    """A code with a label in both languages."""
    return Code(of, name, parent, relation, Text(name.capitalize(), f"{name}名"), P)


def book(*facts: Fact, **parts: Any) -> Records:
    """Records in which every indicator has a label."""
    have = {each.code for each in parts.get("codes", ()) if each.dimension == "id"}
    labels = tuple(
        code("id", name) for name in dict.fromkeys(f.id for f in facts) if name not in have
    )
    parts["codes"] = (*parts.get("codes", ()), *labels)
    divisions = {
        "370000": Text("Shandong", "山东省"),
        "370523": Text("Guangrao County", "广饶县"),
    }
    made = records(*facts, divisions=divisions, **parts)
    return replace(made, book=replace(made.book, sources=SOURCES))


def make(of: Records, edition: Edition = EN, **spec: Any) -> Table:
    """A table of some records."""

    def say(text: Text, place: Place | None = None) -> Words:
        return tuple((language, escape(text.of(language))) for language in edition.languages)

    wanted: dict[str, Any] = {
        "id": "t",
        "kind": TableKind.INDICATORS,
        "data": "people",
        "rows": (),
        "columns": (),
        "title": Text("Title", "标题"),
        "note": Text("", ""),
        "place": P,
    }
    return Maker(of, edition, say).table(TableSpec(**{**wanted, **spec}))


def said(words: Words) -> str:
    """Words in all languages."""
    return " / ".join(str(text) for _, text in words)


def grid(table: Table) -> list[list[str]]:
    """What a table prints, cell by cell."""
    return [
        [said(row.head), *(cell.figure or said(cell.words) for cell in row.cells)]
        for row in table.rows
    ]


def heads(table: Table) -> list[str]:
    """The heads of all columns."""
    return [said(head) for head in table.heads]


def year(figure: Fact, start: str, end: str | None = None) -> Fact:
    """A figure of another period."""
    return replace(figure, period=Period(start, end or start))


def test_shared_unit() -> None:
    """With one unit for all rows the unit stands above the table."""
    table = make(book(fact("a", 437), fact("b", 72000, qualifier="more_than")))
    assert heads(table) == ["Item", "Period", "Figure"]
    assert grid(table) == [["A", "2010", "437"], ["B", "2010", ">72,000"]]
    assert said(table.unit) == "persons"
    assert [said(source) for source in table.sources] == ["Ministry"]


def test_mixed_units() -> None:
    """With several units each row has its own, and money its scale."""
    of = book(fact("a", 437), fact("m", 44_050_000, "yuan"), fact("y", 1986, "year"))
    assert heads(make(of)) == ["Item", "Unit", "Period", "Figure"]
    assert grid(make(of)) == [
        ["A", "persons", "2010", "437"],
        ["M", "million yuan", "2010", "44.05"],
        ["Y", "–", "2010", "1986"],
    ]
    assert grid(make(of, ZH))[1] == ["m名", "万元", "2010", "4405"]
    assert said(make(of).unit) == "as listed"


def test_both_languages() -> None:
    """The edition in two languages takes the Chinese scale and names it in both."""
    of = book(fact("m", 44_050_000, "yuan"))
    assert grid(make(of, BOTH)) == [["M / m名", "2010", "4,405"]]
    assert said(make(of, BOTH).unit) == "10,000 yuan / 万元"
    assert heads(make(of, BOTH))[0] == "Item / 项目"


def test_previous_year() -> None:
    """As soon as one row has a figure of the year before there is a column for it."""
    of = book(year(fact("a", 400), "2009"), fact("a", 437), fact("b", 5))
    table = make(of)
    assert heads(table) == ["Item", "Period", "Previous year", "Figure"]
    assert grid(table) == [["A", "2010", "400", "437"], ["B", "2010", "", "5"]]
    assert table.rows[0].cells[1].period == "2009"


def test_cumulated() -> None:
    """A figure over years is compared with the figure over the years up to the one before."""
    of = book(year(fact("a", 400), "1986", "2009"), year(fact("a", 437), "1986", "2010"))
    assert grid(make(of)) == [["A", "1986–2010", "400", "437"]]


def test_only_an_older_year() -> None:
    """An indicator that ended earlier is printed with its own period."""
    assert grid(make(book(year(fact("a", 8), "2009")))) == [["A", "2009", "8"]]


def test_included() -> None:
    """Parts are set in below their whole; those included are marked, the first of them as such."""
    codes = (
        part("b", "a", Relation.OF),
        part("c", "a", Relation.OF),
        part("e", "d", Relation.SUM),
        part("g", "f", Relation.OF),
    )
    table = make(book(*(fact(name, 9) for name in "abcdeg"), codes=codes))
    assert [(row.depth, row.included, row.first) for row in table.rows] == [
        (0, False, False),
        (1, True, True),
        (1, True, False),
        (0, False, False),
        (1, False, True),
        (0, False, False),
    ]


def test_chosen_rows() -> None:
    """A specification may pick the rows; an unknown one is answered with a suggestion."""
    of = book(fact("a", 1), fact("b", 2))
    assert grid(make(of, rows=("b", "a"))) == [["B", "2010", "2"], ["A", "2010", "1"]]
    with pytest.raises(UnknownError, match='no figure is called "c"'):
        make(of, rows=("c",))


RANKS = (
    *(code("scope", "all"), code("scope", "year"), code("rank", "total")),
    *(code("rank", name, Relation.OF, "total") for name in ("leaders", "cadres", "others")),
    code("rank", "unclassified", Relation.REST, "total"),
    *(part(name, "dispatched", Relation.OF) for name in ("d_leaders", "d_cadres")),
    *(part(name, "members", Relation.SUM) for name in ("m_leaders", "m_others")),
    *(code("id", name) for name in ("dispatched", "members")),
)


def ranked(name: str, value: int, scope: str, rank: str, qualifier: str = "exact") -> Fact:
    """A figure in a table of two dimensions."""
    return replace(
        fact(name, value, qualifier=qualifier), dimensions={"scope": scope, "rank": rank}
    )


PEOPLE = (
    ranked("dispatched", 437, "all", "total"),
    ranked("d_leaders", 101, "all", "leaders"),
    ranked("d_cadres", 204, "all", "cadres"),
    ranked("members", 9, "year", "total"),
    ranked("m_leaders", 3, "year", "leaders"),
    ranked("m_others", 6, "year", "others"),
)
PIVOT: dict[str, Any] = {"kind": TableKind.PIVOT, "rows": ("rank",), "columns": ("scope",)}


def test_pivot() -> None:
    """Two dimensions cross in the order of codes.csv; the rest is derived where parts leave one."""
    table = make(book(*PEOPLE, fact("bare", 1), codes=RANKS), **PIVOT)
    assert heads(table) == ["Item", "All", "Year"]
    assert grid(table) == [
        ["Total", "437", "9"],
        ["Leaders", "101", "3"],
        ["Cadres", "204", ""],
        ["Others", "", "6"],
        ["Unclassified", "132", ""],
    ]
    assert [(row.depth, row.included, row.first) for row in table.rows] == [
        (0, False, False),
        (1, True, True),
        *[(1, True, False)] * 3,
    ]
    rest = table.rows[-1].cells[0]
    assert (rest.fact, rest.value, rest.period) == ("rest(dispatched)", "132", "2010")


def test_pivot_of_the_data_year() -> None:
    """Figures of other years stay out of a pivot."""
    old = replace(PEOPLE[0], period=Period("2009", "2009"), value=PEOPLE[0].value - 9)
    assert grid(make(book(*PEOPLE, old, codes=RANKS), **PIVOT))[0] == ["Total", "437", "9"]


def test_pivot_without_rest() -> None:
    """A hedged part leaves no exact rest: the row is not printed."""
    hedged = ranked("d_cadres", 204, "all", "cadres", "about")
    table = make(book(*PEOPLE[:2], hedged, *PEOPLE[3:], codes=RANKS), **PIVOT)
    assert [said(row.head) for row in table.rows] == ["Total", "Leaders", "Cadres", "Others"]


@pytest.mark.parametrize(
    "spec",
    [
        {"rows": ()},
        {"columns": ()},
        {"rows": ("level",)},
        {"data": "nothing"},
    ],
)
def test_pivot_that_cannot_be_made(spec: dict[str, Any]) -> None:
    """A specification that fits no figures is answered with what is missing."""
    with pytest.raises(UnknownError) as raised:
        make(book(*PEOPLE, codes=RANKS), **{**PIVOT, **spec})
    assert raised.value.what.zh
    assert raised.value.hint.zh


def columns(*names: str) -> tuple[Code, ...]:
    """Labels of the columns of a list."""
    return tuple(code("column", name) for name in names)


def test_list() -> None:
    """Rows of lists, with places, provinces, words and codes by their names."""
    row = entry(
        *("a",),
        place="370523",
        rank="leaders",
        post_en="Head <1>",
        post_zh="团长",
        source="gb",
    )
    of = book(
        lists={"heads": (row,)},
        codes=(*columns("place", "place.province", "post", "rank"), code("rank", "leaders")),
    )
    spec: dict[str, Any] = {"kind": TableKind.LIST, "data": "heads"}
    table = make(of, columns=("place", "place.province", "post", "rank"), **spec)
    assert heads(table) == ["Place", "Place.province", "Post", "Rank"]
    assert grid(table) == [["Guangrao County", "Shandong", "Head &lt;1&gt;", "Leaders"]]
    assert table.unit == ()
    assert [said(source) for source in table.sources] == ["Standard"]


def test_list_of_lists() -> None:
    """Several lists in one table; of two columns each takes the one it has."""
    first = entry("a", place="370523", source="gb")
    second = entry("b", group_en="Group", group_zh="团", source="gb")
    of = book(lists={"a": (first,), "b": (second,)}, codes=columns("place/group"))
    table = make(of, kind=TableKind.LIST, data="a b", columns=("place/group",))
    assert grid(table) == [["Guangrao County"], ["Group"]]


def test_unknown_column() -> None:
    """A column that a list does not have is named."""
    of = book(lists={"a": (entry("a", source="gb"),)}, codes=columns("post"))
    with pytest.raises(UnknownError, match='the list has no column "post"'):
        make(of, kind=TableKind.LIST, data="a", columns=("post",))


def test_note_and_title() -> None:
    """A note is printed if there is one."""
    of = book(fact("a", 1))
    assert said(make(of, BOTH).title) == "Title / 标题"
    assert make(of).note == ()
    assert said(make(of, note=Text("N", "注")).note) == "N"


def _parts(total: str, **spec: Any) -> Table:
    codes = (
        code("id", "whole"),
        *(code("id", name, Relation.SUM, "whole") for name in "abc"),
    )
    facts = (fact("whole", total), *(fact(name, "3.3") for name in "abc"))
    return make(book(*facts, codes=codes), **{"edition": BOTH, **spec})


def test_rounding_note() -> None:
    """Where rounded components do not add up the table says so by itself, after the note."""
    words = (
        "Components may not add to the total because of rounding."
        " / 由于四舍五入，分项之和可能不等于合计。"
    )
    assert said(_parts("10.0").note) == words
    assert _parts("9.9").note == ()
    assert _parts("12.0").note == ()
    both = _parts("10.0", note=Text("A note.", "注释。")).note
    assert said(both).startswith("A note. Components may not")
    assert said(both).endswith("注释。由于四舍五入，分项之和可能不等于合计。")
    assert _parts("10.0", rows=("a", "b", "c")).note == ()


def test_dates() -> None:
    """Days do not break at a line end."""
    assert grid(make(book(fact("d", 20100416, "date"))))[0][-1] == f"16{NBSP}April{NBSP}2010"


def test_download() -> None:
    """The rows behind a table come with it."""
    table = make(book(fact("a", 437)))
    assert rows(table.csv)[1][:5] == ["a", "A", "a名", "2010", "437"]


def test_language_of_words() -> None:
    """Every word knows its language."""
    table = make(book(fact("a", 1)), BOTH)
    assert [language for language, _ in table.rows[0].head] == list(Language)
