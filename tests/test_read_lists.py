"""The small CSVs that define words: each row made, each wrong cell named."""

from decimal import Decimal

import pytest

from tests.edits import said
from yearbook.book import ChartSpec, Rule, TableKind, TableSpec, Waiver
from yearbook.model import (
    Cell,
    Code,
    Division,
    Fact,
    Kind,
    Language,
    Nature,
    Period,
    Place,
    Qualifier,
    Relation,
    Text,
    Unit,
)
from yearbook.read import lists, printed
from yearbook.read.sheet import Row, parse
from yearbook.read.tables import Gathered
from yearbook.specimen import UNITS


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


def at(column: int, cell: str) -> Place:
    """A place in the second line."""
    return Place("x.csv", 2, column, cell)


def test_unit_in_full() -> None:
    """Every cell of a row of units.csv has its place in the unit."""
    gathered = Gathered()
    columns = (*lists.UNITS, *lists.MORE_UNITS)
    made = lists.unit(row(columns, "t,measure,a,as,吨,2,kt,3,万吨,0.5"), gathered)
    assert made == Unit(
        *("t", Kind.MEASURE, "a", "as", "吨", Decimal(2), "kt", Decimal(3), "万吨"),
        at(1, "A2"),
        Decimal("0.5"),
    )
    plain = lists.unit(row(lists.UNITS, "t,,a,as,吨,2,kt,3,万吨"), gathered)
    assert (plain and plain.kind, plain and plain.step) == (Kind.COUNT, None)
    assert not gathered.findings
    assert lists.unit(row(columns, "t,measure,a,as,吨,2,kt,3,万吨,x"), gathered)
    assert [found.place.cell for found in gathered.findings] == ["J2"]
    lists.unit(row(lists.UNITS, "t,count,person,people,户,1,p,1,p"), gathered)
    assert [found.rule for found in gathered.findings[1:]] == ["unit"]


def test_small_lists_in_full() -> None:
    """A place, a text of a source, a rule, a chart, each with all it says."""
    assert lists.division(row(lists.PLACES, "37,Shandong,山东")) == Division(
        "37", Text("Shandong", "山东"), at(1, "A2")
    )
    assert lists.text(row(lists.SOURCES, "s,S,源")) == Text("S", "源")
    made = lists.rule(row(lists.RULES, "r,warning,a = b,why,因"), Gathered())
    assert made == Rule("r", "warning", "a = b", Text("why", "因"), at(11, "C2"))
    gathered = Gathered()
    chart = lists.chart(row(lists.CHARTS, "c,T,图,N,注,s"), {"s": Text("S", "源")}, gathered)
    assert chart == ChartSpec("c", Text("T", "图"), Text("N", "注"), "s", at(1, "A2"))
    assert not gathered.findings
    lists.chart(row(lists.CHARTS, "c,T,图,N,注,t"), {"s": Text("S", "源")}, gathered)
    (found,) = gathered.findings
    assert found.what == Text('the source "t" is not known', "资料来源“t”未定义")
    assert found.hint == Text(
        "known are: s; if it is new, add it to sources.csv",
        "可用的有：s；如为新增，请先添加到 sources.csv",
    )


def test_code_in_full() -> None:
    """A code with its parent, its nature and what it flows from."""
    columns = (*lists.CODES, *lists.MORE_CODES)
    gathered = Gathered()
    made = lists.code(row(columns, "id,a,b,sum,A,甲,cumulative,f"), gathered)
    assert made == Code(
        *("id", "a", "b", Relation.SUM, Text("A", "甲"), at(4, "B2"), Nature.CUMULATIVE, "f"),
    )
    plain = lists.code(row(lists.CODES, "id,a,,,A,甲"), gathered)
    assert plain == Code("id", "a", "", None, Text("A", "甲"), at(4, "B2"), None, "")
    assert not gathered.findings
    lists.code(row(columns, "id,a,b,,A,甲,often,"), gathered)
    one, other = gathered.findings
    assert (one.rule, one.place) == ("codes", at(8, "D2"))
    assert one.what == Text("parent and relation belong together", "parent 与 relation 须同时填写")
    assert one.hint == Text(
        'write "sum" if the parts make the whole, "of" if they are only some of it',
        "各部分之和等于合计填“sum”，只是其中一部分填“of”",
    )
    assert (other.rule, other.place) == ("unknown", at(13, "G2"))


def test_waiver_in_full() -> None:
    """A waiver with its evidence and who approved it."""
    gathered = Gathered()
    line = "quote,a,4,so it is in the source,原文如此,book,me,2011"
    made = lists.waiver(row(lists.EXCEPTIONS, line), gathered)
    assert made == Waiver(
        *("quote", "a", "4", Text("so it is in the source", "原文如此"), 2011),
        *(at(1, "A2"), "book", "me"),
    )
    assert not gathered.findings


@pytest.mark.parametrize(
    ("reasons", "cell", "what"),
    [
        (
            *("so it stand,原文如此,book,me", "D2"),
            Text('"so it stand" is no reason_en', "“so it stand”不足以作为 reason_en"),
        ),
        (
            *("so it stands,原文如,book,me", "E2"),
            Text('"原文如" is no reason_zh', "“原文如”不足以作为 reason_zh"),
        ),
        (
            *("so it stands,原文如此,bo,me", "F2"),
            Text('"bo" is no evidence', "“bo”不足以作为 evidence"),
        ),
        (
            *("so it stands,原文如此,book,m", "G2"),
            Text('"m" is no approved_by', "“m”不足以作为 approved_by"),
        ),
        (
            *("so it stands,原文如此,book,", "G2"),
            Text("the waiver has no approved_by", "该豁免未填写 approved_by"),
        ),
        (
            *("so it stands,原文如此,--,me", "F2"),
            Text("the waiver has no evidence", "该豁免未填写 evidence"),
        ),
        ("so it stands,,boo,me", "", Text("", "")),
        (
            *("so it stands,,--,me", "F2"),
            Text("the waiver has no evidence", "该豁免未填写 evidence"),
        ),
        ("so it stands,原文如此,boo,me", "", Text("", "")),
    ],
)
def test_waiver_that_does_not_say_why(reasons: str, cell: str, what: Text) -> None:
    """A waiver says why in so many letters, what shows it and who decided."""
    gathered = Gathered()
    lists.waiver(row(lists.EXCEPTIONS, f"quote,a,4,{reasons},2011"), gathered)
    hint = Text("say why it stands, what shows it, and who decided", "请写明保留原因、依据和审批人")
    told = [(f.rule, f.place.cell, f.what, f.hint) for f in gathered.findings]
    assert told == ([("waiver", cell, what, hint)] if cell else [])


def test_published_in_full() -> None:
    """What an edition printed, as a figure; its faults at their cells."""
    gathered = Gathered()
    units = {"person": UNITS["person"]}
    made = lists.published(row(lists.PUBLISHED, "2010,a,2009,1234,person,about"), units, gathered)
    value = at(13, "D2")
    assert made == Fact(
        id="a",
        period=Period("2009", "2009"),
        value=Decimal(1234),
        unit=UNITS["person"],
        qualifier=Qualifier.ABOUT,
        quote=Cell("", value),
        source="",
        note="",
        dimensions={},
        table="published",
        place=value,
        checked="2010",
    )
    made = lists.published(row(lists.PUBLISHED, ",a,2009,1,person,"), units, gathered)
    assert (made and made.checked, made and made.qualifier) == ("-", Qualifier.EXACT)
    assert not gathered.findings
    for line in ("1,a,x,1,person,", "1,a,2009,x,person,", "1,a,2009,1,person,x", "1,a,2009,1,x,"):
        assert lists.published(row(lists.PUBLISHED, line), units, gathered) is None
    assert [found.place.cell for found in gathered.findings] == ["C2", "D2", "F2", "E2"]
    unit = gathered.findings[-1]
    assert unit.what == Text('the unit "x" is not known', "单位“x”未定义")
    assert unit.hint == Text(
        "known are: person; if it is new, add it to units.csv",
        "可用的有：person；如为新增，请先添加到 units.csv",
    )


@pytest.mark.parametrize(("limit", "rows"), [("", None), ("0.5", 1), ("7.9", 7), ("20", 20)])
def test_table_in_full(limit: str, rows: int | None) -> None:
    """A table with its names parted by blanks, and how many rows it shows at most."""
    gathered = Gathered()
    columns = (*lists.TABLES, *lists.MORE_TABLES)
    made = lists.table(row(columns, f"t,pivot,d,a  b,c d,T,表,N,注,{limit}"), gathered)
    assert made == TableSpec(
        *("t", TableKind.PIVOT, "d", ("a", "b"), ("c", "d"), Text("T", "表"), Text("N", "注")),
        at(1, "A2"),
        rows,
    )
    plain = lists.table(row(lists.TABLES, "t,,d,,,T,表,,"), gathered)
    assert (plain and plain.kind, plain and plain.limit) == (TableKind.INDICATORS, None)
    assert not gathered.findings
    assert lists.table(row(columns, "t,pivot,d,a,c,T,表,,,x"), gathered)
    assert [found.place.cell for found in gathered.findings] == ["J2"]


def test_words_of_keys_and_texts() -> None:
    """A key that is missing or stands twice and a text in one language, word for word."""
    found = rows("id,en,zh\na,A,\na,B,乙\n,C,丙\na,D,丁\n")
    twice, none, again = lists.repeated(found, ("id",))
    assert {one.rule for one in (twice, none, again)} == {"key"}
    assert twice.what == Text(
        '"a" stands twice, first at x.csv:2:1', "“a”重复，首次出现于x.csv:2:1"
    )
    assert again.what == twice.what
    assert twice.hint == Text("keep one of the two rows", "请只保留其中一行")
    assert none.what == Text("the row has no name", "该行没有名称")
    assert none.hint == Text('fill in "id"', "请填写“id”")
    (text,) = lists.untranslated(found)
    assert (text.rule, str(text.place)) == ("language", "x.csv:2:5")
    assert text.what == Text("the text is missing in one language", "缺少一种语言的文字")
    assert text.hint == Text("write it in English and in Chinese", "请同时填写英文和中文")


@pytest.mark.parametrize(
    ("file", "header", "columns", "told"),
    [
        ("data/units.csv", (*lists.UNITS, "rounded_to"), lists.UNITS, []),
        ("data/c/codes.csv", (*lists.CODES, "kind", "flow"), lists.CODES, []),
        ("tables.csv", (*lists.TABLES, "limit"), lists.TABLES, []),
        ("data/places.csv", (*lists.PLACES, "limit"), lists.PLACES, ["header"]),
        ("data/places.csv", lists.PLACES, lists.PLACES, []),
    ],
)
@pytest.mark.parametrize("empty", [False, True])
def test_optional_columns(
    file: str, header: tuple[str, ...], columns: tuple[str, ...], told: list[str], empty: bool
) -> None:
    """Each file may have its own optional columns; units and sources need rows."""
    lines = [",".join(header), *([] if empty else [",".join(["1"] * len(header))] * 2)]
    gathered = Gathered()
    found = lists.rows(parse(file, "\n".join(lines).encode()), columns, gathered)
    assert len(found) == (not told and not empty)
    twice = [] if empty else ["form"]
    lost = ["csv"] if empty and columns in (lists.UNITS, lists.SOURCES) else []
    rules = [one.rule for one in gathered.findings]
    assert rules == [*told, *lost] if told else rules == [*lost, *twice]


def test_required_columns() -> None:
    """The columns of each list, as docs/records.md has them."""
    wording = {"en", "zh"}
    assert set(lists.UNITS) == {"id", "kind", "one", "other", "zh"} | {
        f"{of}_{what}" for of in wording for what in ("factor", "name")
    }
    assert lists.PLACES == ("code", "en", "zh")
    assert lists.SOURCES == ("id", "en", "zh")
    assert lists.LITERALS == ("id", "en", "zh", "reason")
    assert lists.CODES == ("dimension", "code", "parent", "relation", "en", "zh")
    assert lists.PUBLISHED == ("edition", "id", "period", "value", "unit", "qualifier")
    more = (lists.MORE_UNITS, lists.MORE_CODES, lists.MORE_TABLES)
    assert more == (("rounded_to",), ("kind", "flow"), ("limit",))


def test_columns_in_another_order() -> None:
    """Each thing stands where its name stands, in whatever column."""
    gathered = Gathered()

    def turned(columns: tuple[str, ...], line: str) -> Row:
        return row(tuple(reversed(columns)), ",".join(reversed(line.split(","))))

    code = lists.code(turned(lists.CODES, "id,a,,,A,甲"), gathered)
    rule = lists.rule(turned(lists.RULES, "r,,a = b,why,因"), gathered)
    line = "quote,a,4,so it stands,原文如此,book,me,2011"
    waiver = lists.waiver(turned(lists.EXCEPTIONS, line), gathered)
    table = lists.table(turned(lists.TABLES, "t,,d,,,T,表,,"), gathered)
    chart = lists.chart(turned(lists.CHARTS, "c,T,图,N,注,s"), {"s": Text("S", "源")}, gathered)
    units = {"person": UNITS["person"]}
    published = lists.published(turned(lists.PUBLISHED, "1,a,2009,5,person,"), units, gathered)
    unit = lists.unit(turned(lists.UNITS, "t,count,a,as,吨,2,kt,3,万吨"), gathered)
    made = (code, rule, waiver, table, chart, published, unit)
    assert not gathered.findings
    assert [one and one.place.cell for one in made] == ["E2", "C2", "H2", "I2", "F2", "C2", "A2"]
    place = lists.division(turned(lists.PLACES, "37,Shandong,山东")).place
    assert place.cell == "C2"
