"""The small CSVs that define words: each row made, each wrong cell named."""

from decimal import Decimal

import pytest

from tests.edits import said
from yearbook.book import TableKind
from yearbook.model import Kind, Language, Relation, Text
from yearbook.read import lists, printed
from yearbook.read.sheet import Row, parse
from yearbook.read.tables import Gathered


def row(columns: tuple[str, ...], line: str) -> Row:
    """One row of a list with these columns."""
    return parse("x.csv", f"{','.join(columns)}\n{line}\n".encode()).rows[0]


def rows(text: str) -> tuple[Row, ...]:
    """The rows of a small CSV."""
    return parse("x.csv", text.encode()).rows


def test_rows() -> None:
    """Rows come only under a right header; otherwise the header is reported."""
    gathered = Gathered()
    sheet = parse("x.csv", b"id,en,zh\na,A,B\n")
    assert len(lists.rows(sheet, ("id", "en", "zh"), gathered)) == 1
    assert lists.rows(sheet, ("id", "en", "cn"), gathered) == ()
    assert said(gathered.findings) == [
        'x.csv:1:7 C1 header: the column "zh" is not known here',
        'x.csv:1:1 A1 header: the column "cn" is missing',
    ]


def test_mapped() -> None:
    """Of two rows with one key the first counts."""
    found = rows("id,en\na,1\na,2\n")
    assert lists.mapped(found, "id", lambda row: row.text("en")) == {"a": "1"}


def test_repeated() -> None:
    """A key that stands twice names both places; an empty one is asked for."""
    found = lists.repeated(rows("dimension,code\nid,a\nrank,a\nid,a\nid,\n"), ("dimension", "code"))
    assert said(found) == [
        'x.csv:4:4 B4 key: "a" stands twice, first at x.csv:2:4',
        "x.csv:5:4 B5 key: the row has no name",
    ]


def test_untranslated() -> None:
    """A text in one language only is reported at the empty cell; empty in both is no text."""
    found = rows("id,title_en,title_zh\na,A,\nb,,乙\nc,,\nd,D,丁\n")
    assert said(lists.untranslated(found, "title")) == [
        "x.csv:2:5 C2 language: the text is missing in one language",
        "x.csv:3:3 B3 language: the text is missing in one language",
    ]


def test_unit() -> None:
    """A unit with its scales; a wrong factor or kind leaves it out and is reported."""
    gathered = Gathered()
    unit = lists.unit(row(lists.UNITS, "yuan,money,yuan,yuan,元,1000000,m,10000,万元"), gathered)
    assert unit
    assert (unit.kind, unit.en_factor, unit.zh_factor) == (
        Kind.MONEY,
        Decimal(1_000_000),
        Decimal(10_000),
    )
    for line in ("a,coins,a,a,a,1,a,1,a", "a,count,a,a,a,ten,a,1,a", "a,count,a,a,a,1,a,,a"):
        assert lists.unit(row(lists.UNITS, line), gathered) is None
    assert [found.place.cell for found in gathered.findings] == ["B2", "F2", "H2"]


@pytest.mark.parametrize("factor", ["0", "-1"])
def test_no_factor(factor: str) -> None:
    """A scale that nothing can be divided by is refused."""
    gathered = Gathered()
    assert lists.unit(row(lists.UNITS, f"a,count,a,a,a,{factor},a,1,a"), gathered) is None
    assert said(gathered.findings) == ["x.csv:2:15 F2 value: the scale must be above zero"]


def test_code() -> None:
    """A part of a whole; parent and relation belong together."""
    gathered = Gathered()
    code = lists.code(row(lists.CODES, "id,a,b,of,A,甲"), gathered)
    assert code
    assert (code.relation, code.parent, code.label) == (Relation.OF, "b", Text("A", "甲"))
    for line in ("id,a,b,,A,甲", "id,a,,sum,A,甲", "id,a,b,part,A,甲"):
        lists.code(row(lists.CODES, line), gathered)
    assert said(gathered.findings) == [
        "x.csv:2:8 D2 codes: parent and relation belong together",
        "x.csv:2:7 D2 codes: parent and relation belong together",
        'x.csv:2:8 D2 unknown: the word "part" is not known',
    ]


def test_rule() -> None:
    """A rule with its level; blank is an error, another word is refused."""
    gathered = Gathered()
    made = lists.rule(row(lists.RULES, "r,,a = b,why,因"), gathered)
    assert made
    assert (made.level, made.text, made.message) == ("error", "a = b", Text("why", "因"))
    assert made.place.cell == "C2"
    lists.rule(row(lists.RULES, "r,fatal,a = b,why,因"), gathered)
    assert [found.rule for found in gathered.findings] == ["unknown"]


def test_waiver() -> None:
    """A waiver with its pinned difference; without a last edition it is none."""
    gathered = Gathered()
    made = lists.waiver(
        row(lists.EXCEPTIONS, "quote,a,4,so in the source,原文如此,book,me,2011"), gathered
    )
    assert made
    assert (made.rule, made.where, made.difference, made.until_edition) == ("quote", "a", "4", 2011)
    assert (
        lists.waiver(
            row(lists.EXCEPTIONS, "quote,a,4,so in the source,原文如此,book,me,"), gathered
        )
        is None
    )
    assert said(gathered.findings) == ["x.csv:2:41 H2 value: the value is empty"]


def test_table_and_chart() -> None:
    """Specifications keep their words and the lists of names in them."""
    gathered = Gathered()
    made = lists.table(row(lists.TABLES, "t,pivot,d,rank,scope,T,表,,"), gathered)
    assert made
    assert (made.kind, made.rows, made.columns) == (TableKind.PIVOT, ("rank",), ("scope",))
    assert lists.table(row(lists.TABLES, "t,matrix,d,,,T,表,,"), gathered) is None
    assert [found.place.cell for found in gathered.findings] == ["B2"]
    sources = {"s": Text("S", "源")}
    chart = lists.chart(row(lists.CHARTS, "c,T,图,N,注,s"), sources, gathered)
    assert (chart.title, chart.note, chart.source) == (Text("T", "图"), Text("N", "注"), "s")
    lists.chart(row(lists.CHARTS, "c,T,图,N,注,x"), sources, gathered)
    assert said(gathered.findings[1:]) == ['x.csv:2:11 F2 unknown: the source "x" is not known']


@pytest.mark.parametrize("phrase", ["", "473 people"])
def test_idiom(phrase: str) -> None:
    """An idiom that is empty or holds a digit would mask figures: it is refused and not used."""
    gathered = Gathered()

    found = printed.idioms(rows(f"language,phrase,note\nen,{phrase},x\nzh,十分,y\n"), gathered)

    assert [(f.rule, str(f.place.cell)) for f in gathered.findings] == [("value", "B2")]
    assert found == {Language.EN: frozenset(), Language.ZH: frozenset({"十分"})}
