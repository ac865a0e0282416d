"""Facts and lists out of sheets: every wrong cell a finding at its place, all of them at once."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest

from tests.edits import bilingual, said
from yearbook.model import Cell, Code, Division, Entry, Period, Place, Qualifier, Text
from yearbook.read.large import Large, opened
from yearbook.read.sheet import Sheet, parse
from yearbook.read.tables import Gathered, Vocabulary, gather
from yearbook.specimen import UNITS

P = Place("data/c/codes.csv")
WORDS = Vocabulary(
    units=UNITS,
    sources={"most-2010": Text("Ministry", "科技部")},
    divisions={"370523": Division("370523", Text("Guangrao County", "广饶县"), P)},
    codes=tuple(
        Code(of, name, "", None, Text(name, name), P)
        for of, name in (("id", "dispatched"), ("id", "funds"), ("rank", "total"))
    ),
)
HEADER = "id,period,rank,value,unit,qualifier,quote,source,note\n"
GOOD = "dispatched,1986-2010,total,437,person,,groups of 437 people,most-2010,\n"


def read(**sheets: str) -> Gathered:
    """What some sheets give."""
    parsed = {name: parse(f"{name}.csv", text.encode()) for name, text in sheets.items()}
    return gather(parsed, WORDS, {})


def large(name: str, text: str) -> Large:
    """A table as columns."""
    made = opened(f"{name}.csv", text.encode(), 0)
    assert made is not None
    return made


def faults(**sheets: str) -> list[str]:
    """What is wrong with some sheets."""
    return said(read(**sheets).findings)


def test_fact() -> None:
    """A row of observations with everything it says, each part with its place."""
    (fact,) = read(d=HEADER + GOOD).facts
    assert (fact.id, fact.value, fact.unit) == ("dispatched", Decimal(437), UNITS["person"])
    assert (fact.period, fact.qualifier) == (Period("1986", "2010"), Qualifier.EXACT)
    assert (fact.table, fact.source, fact.note) == ("d", "most-2010", "")
    assert fact.dimensions == {"rank": "total"}
    assert (str(fact.place), fact.place.cell) == ("d.csv:2:28", "D2")
    assert (fact.quote.text, fact.quote.place.cell) == ("groups of 437 people", "G2")


def test_checked() -> None:
    """Who compared a cell with its source is a column of its own, no dimension."""
    text = HEADER.replace("note", "note,checked") + GOOD.replace("\n", ",LW 2011\n")
    for gathered in (read(d=text), gather({"d": large("d", text)}, WORDS, {})):
        assert not gathered.findings
        assert [fact.checked for fact in gathered.all_facts()] == ["LW 2011"]
        assert [fact.dimensions for fact in gathered.all_facts()] == [{"rank": "total"}]


def test_column_order() -> None:
    """Columns may stand in any order."""
    turned = (
        "note,source,quote,qualifier,unit,value,period,id\n,most-2010,q,,person,437,2010,funds\n"
    )
    assert [fact.value for fact in read(d=turned).facts] == [437]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "dispatched",
            "dispached",
            'd.csv:2:1 A2 unknown: the code of "id" "dispached" is not known',
        ),
        ("dispatched,", ",", 'd.csv:2:1 A2 unknown: the code of "id" "" is not known'),
        ("1986-2010", "2010-1986", 'd.csv:2:12 B2 period: "2010-1986" is not a period'),
        ("total", "totals", 'd.csv:2:22 C2 unknown: the code of "rank" "totals" is not known'),
        ("437,person", "437人,person", 'd.csv:2:28 D2 value: "437人" is not a number'),
        ("437,person", "7.2万,person", 'd.csv:2:28 D2 value: "7.2万" is not a number'),
        ("437,person", ">437,person", 'd.csv:2:28 D2 value: ">437" is not a number'),
        ("437,person", ",person", "d.csv:2:28 D2 value: the value is empty"),
        ("437,person", "437,date", 'd.csv:2:28 D2 value: "437" is not a date'),
        ("437,person", "437,persons", 'd.csv:2:32 E2 unknown: the unit "persons" is not known'),
        ("person,,", "person,多,", 'd.csv:2:39 F2 unknown: the word "多" is not known'),
        ("most-2010", "most", 'd.csv:2:61 H2 unknown: the source "most" is not known'),
    ],
)
def test_wrong_cell(old: str, new: str, fault: str) -> None:
    """A wrong cell is reported at its line, column and spreadsheet cell, in both languages."""
    gathered = read(d=HEADER + GOOD.replace(old, new, 1))
    assert said(gathered.findings) == [fault]
    assert bilingual(gathered.findings[0].what)
    assert gathered.findings[0].hint.en
    assert gathered.findings[0].hint.zh
    others = [GOOD.replace("1986", year) for year in ("1987", "1988")]
    table = others[0] + GOOD.replace(old, new, 1) + others[1]
    strict = read(d=HEADER + table)
    made = opened("d.csv", (HEADER + table).encode(), 0)
    assert (made is None) == (new == ","), "a row without a name is left to the strict reader"
    if made is not None:
        columns = gather({"d": made}, WORDS, {})
        assert len(columns.frames) == 1
        assert said(columns.findings) == said(strict.findings)
        assert list(columns.all_facts()) == strict.facts


def test_all_cells_at_once() -> None:
    """A row that is wrong in six cells gives six findings, and the other rows are read."""
    wrong = "x,x,x,x,x,x,x,x,x\n"
    gathered = read(d=HEADER + wrong + GOOD)
    assert [found.place.cell for found in gathered.findings] == [
        *("A2", "C2", "H2", "E2", "B2", "F2", "D2")
    ]
    assert len(gathered.facts) == 1


def test_twice() -> None:
    """Two rows for one indicator and period name both places, also across tables."""
    assert faults(a=HEADER + GOOD, b=HEADER + "\n" + GOOD) == [
        'b.csv:3:28 D3 key: "dispatched" of 1986-2010 stands twice, first at a.csv:2:28'
    ]
    assert faults(a=HEADER + GOOD + GOOD.replace("1986-2010", "1986/2010"))


def test_other_period() -> None:
    """The same indicator in another period is no repetition."""
    assert not faults(a=HEADER + GOOD + GOOD.replace("1986-2010", "1986-2009"))


def test_missing_column() -> None:
    """A table of observations without one of its columns is named and not read."""
    gathered = read(d=HEADER.replace("quote,", "") + GOOD.replace("groups of 437 people,", ""))
    assert said(gathered.findings) == ['d.csv:1:1 A1 header: the column "quote" is missing']
    assert not gathered.facts


def test_misspelt_value() -> None:
    """A misspelt ``value`` does not make a list of a table of observations."""
    gathered = read(d=HEADER.replace("value", "valu") + GOOD)
    assert said(gathered.findings) == [
        'd.csv:1:16 D1 header: the column "value" is missing; this one is called "valu"'
    ]
    assert not gathered.lists


def test_declared() -> None:
    """Where datapackage.json gives the columns, no other may stand."""
    sheet = parse("d.csv", (HEADER + GOOD).encode())
    columns = ["id", "period", "level", "value", "unit", "qualifier", "quote", "source", "note"]
    found = gather({"d": sheet}, WORDS, {"d": columns}).findings
    assert said(found) == [
        'd.csv:1:11 C1 header: the column "rank" is not known here',
        'd.csv:1:1 A1 header: the column "level" is missing',
    ]


def test_list() -> None:
    """A table without figures is a list; its rows keep their cells."""
    text = "id,period,place,partner_en,partner_zh,source\na,2010,370523,Bank,银行,most-2010\n"
    gathered = read(p=text)
    assert not gathered.findings
    (entry,) = gathered.lists["p"]
    assert (entry.id, entry.code("place"), entry.words("partner")) == (
        *("a", "370523"),
        Text("Bank", "银行"),
    )


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("a,2010,370524", 'p.csv:2:8 C2 unknown: the place "370524" is not known'),
        ("a,2010,", 'p.csv:2:8 C2 unknown: the place "" is not known'),
        ("a,20100,370523", 'p.csv:2:3 B2 period: "20100" is not a period'),
        ("{{ 7*7 }},2010,370523", "p.csv:2:1 A2 template: braces are not filled in here"),
        (
            "a,2010,370523\na,2010,370523",
            "p.csv:3:1 A3 form: the row is the same as p.csv:2:1 and was read once",
        ),
    ],
)
def test_wrong_list(row: str, fault: str) -> None:
    """What is wrong in a list is reported at its cell."""
    assert faults(p=f"id,period,place\n{row}\n") == [fault]


def test_twice_in_a_list() -> None:
    """Two rows of one name that differ are a fault, two that do not are one row."""
    header = "id,period,post_en,post_zh\n"
    assert faults(p=header + "a,2010,Head,团长\na,2010,Deputy,副团长\n") == [
        'p.csv:3:1 A3 key: "a" of 2010 stands twice, first at p.csv:2:1'
    ]
    assert len(read(p=header + "a,2010,Head,团长\n" * 2).lists["p"]) == 1
    assert len(read(d=HEADER + GOOD + GOOD).facts) == 1


def test_total() -> None:
    """A row of totals that no code marks is refused, in figures and in lists."""
    for word in ("合计", "合 计", "Total", "小计"):
        for sheet in (
            HEADER + GOOD.replace("total", word),
            HEADER + GOOD.replace("dispatched", word),
        ):
            assert [found.rule for found in read(d=sheet).findings] == ["total"]
        rows = f"id,period,rank,post_en,post_zh\na,2010,total,{word},甲\n"
        assert [found.rule for found in read(p=rows).findings] == ["total"]
    assert not faults(d=HEADER + GOOD)


def test_undefined_column() -> None:
    """A column of figures that is no dimension is refused once, with the name that was meant."""
    (found,) = read(d=HEADER.replace("rank", "rnak") + GOOD).findings
    assert said([found]) == [
        'd.csv:1:11 C1 header: the column "rnak" is not known here, nor a dimension of codes.csv'
    ]
    assert found.hint.en == 'did you mean "rank"?'


def test_header_only() -> None:
    """A table of records without rows has lost them."""
    for header in (HEADER, "id,period,place\n"):
        assert faults(d=header) == ["d.csv:1:1 A1 csv: the table has a header and no rows"]


def test_faults_of_form() -> None:
    """Faults of the CSV and of its cells are reported together."""
    assert len(faults(d=HEADER + "a,b\n" + GOOD.replace("437,", "4多,", 1))) == 2


def test_as_columns() -> None:
    """A table read as columns stands among the others in its order."""
    first = HEADER + GOOD.replace("dispatched", "funds")
    sheets = {name: parse(f"{name}.csv", (HEADER + GOOD).encode()) for name in ("a", "c")}
    last = HEADER + GOOD.replace("1986", "1990")
    tables: dict[str, Sheet | Large] = {
        "a": sheets["a"],
        "b": large("b", first),
        "c": sheets["c"],
        "e": large("e", last),
    }
    gathered = gather(tables, WORDS, {})
    assert [(fact.table, fact.id) for fact in gathered.all_facts()] == [
        *(("a", "dispatched"), ("b", "funds"), ("c", "dispatched"), ("e", "dispatched")),
    ]
    assert [end for end, _ in gathered.frames] == [1, 2]
    assert said(gathered.findings) == [
        'c.csv:2:28 D2 key: "dispatched" of 1986-2010 stands twice, first at a.csv:2:28'
    ]


def test_as_columns_or_not() -> None:
    """A large table that lacks a column which datapackage.json declares is told by its rows."""
    columns = [*HEADER.strip().split(","), "level"]
    for declared, missing in (({"d": columns}, True), ({"e": columns}, False)):
        gathered = gather({"d": large("d", HEADER + GOOD)}, WORDS, declared)
        wanted = ['d.csv:1:1 A1 header: the column "level" is missing'] if missing else []
        assert said(gathered.findings) == wanted
        assert (len(gathered.facts), len(gathered.frames)) == (missing, not missing)


def test_any_code() -> None:
    """Of a dimension that is free, every code is known; of the others of the same table, not."""
    words = replace(WORDS, free=frozenset(("id",)))
    rows = GOOD.replace("dispatched", "gone") + OTHER.replace("total", "totals")
    gathered = gather({"d": large("d", HEADER + rows)}, words, {})
    assert len(gathered.frames) == 1
    assert said(gathered.findings) == [
        'd.csv:3:22 C3 unknown: the code of "rank" "totals" is not known'
    ]
    assert [fact.id for fact in gathered.all_facts()] == ["gone", "dispatched"]


WRONG = GOOD.replace("437,", "4多,", 1)
OTHER = GOOD.replace("1986", "1987")


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (GOOD, True),
        (OTHER + GOOD, True),
        # What says the same again is read once, right or wrong; the same key is told.
        (GOOD + OTHER + GOOD, True),
        (WRONG + OTHER + WRONG, True),
        (WRONG + WRONG, True),
        (GOOD + WRONG, True),
        (GOOD + GOOD.replace("437,", "438,", 1), True),
        # Several wrong rows, and right ones after them.
        (WRONG + WRONG.replace("1986", "1988") + OTHER, True),
        (WRONG.replace("person", "x") + OTHER + WRONG.replace("1986", "1989"), True),
        ("dispatched,soon,total,437,persons,多,,most-2010,\n" + OTHER, True),
        (GOOD.replace("dispatched,", "x,").replace("total", "y").replace("most-2010", "z"), True),
        # Numbers that are not plainly written, to the last digit that fits.
        (GOOD.replace("437,", '"123,456,789,012,345,678",', 1) + OTHER, True),
        (GOOD.replace("437,", '"-3,456,789,012,345.678",', 1) + OTHER, True),
        (GOOD.replace("437,", '"1,123,456,789,012,345,678",', 1) + OTHER, False),
        (GOOD.replace("437,person", "2010-04-16,date", 1) + OTHER, True),
        (GOOD.replace("437,person", "437.5,date", 1) + OTHER, True),
        (GOOD.replace("person,", "person,about", 1) + OTHER, True),
        (GOOD.replace("person,", "yuan,", 1) + OTHER, True),
    ],
)
def test_rows_of_large_tables(rows: str, columns: bool) -> None:
    """Rows of a large table give the figures and the findings of the strict reader."""
    table = large("d", HEADER + rows)
    gathered = gather({"d": table}, WORDS, {})
    strict = gather({"d": table.strict()}, WORDS, {})
    assert bool(gathered.frames) == columns
    assert said(gathered.findings) == said(strict.findings)
    assert list(gathered.all_facts()) == strict.facts


@pytest.mark.parametrize(
    ("old", "new", "declared", "columns"),
    [
        ("x", "x", None, True),
        ("x", "x", ["rank", "unit"], True),
        # A column that is no dimension, or one that datapackage.json makes one.
        ("rank", "rnak", None, False),
        ("rank", "rnak", ["rnak"], True),
        ("rank", "rnak", ["rank"], False),
        ("rank", "RANK", None, False),
        ("quote", "cited", None, False),
    ],
)
def test_headers_of_large_tables(
    old: str, new: str, declared: list[str] | None, columns: bool
) -> None:
    """A header is read alike in both ways; one that is told, or meant, is left to the strict."""
    told = {"d": declared} if declared else {}
    table = opened("d.csv", (HEADER.replace(old, new) + GOOD).encode(), 0)
    gathered = gather({"d": table}, WORDS, told) if table else Gathered()
    assert bool(gathered.frames) == columns
    if table:
        strict = gather({"d": table.strict()}, WORDS, told)
        assert said(gathered.findings) == said(strict.findings)
        assert list(gathered.all_facts()) == strict.facts


def test_declared_dimension() -> None:
    """A column that datapackage.json declares is a dimension, in whatever letters it is typed."""
    columns = [*HEADER.replace("rank", "height").strip().split(",")]
    sheet = parse("d.csv", (HEADER.replace("rank", "HEIGHT") + GOOD.replace("total", "")).encode())
    gathered = gather({"d": sheet}, WORDS, {"d": columns})
    assert not gathered.findings
    assert [fact.dimensions for fact in gathered.facts] == [{"height": ""}]


@pytest.mark.parametrize("two", [*combinations(("value", "unit", "qualifier", "quote"), 2)])
def test_two_of_four(two: tuple[str, str]) -> None:
    """Any two of the columns that only figures have make a table one of figures."""
    gathered = read(d=f"id,period,{','.join(two)}\na,2010,,\n")
    assert not gathered.lists
    assert len(gathered.findings) == 4


def test_what_makes_figures() -> None:
    """Two columns that only figures have make a table one of figures, one does not; a table that
    lacks its columns does not hide the next."""
    gathered = read(
        d="id,period,qualifier,quote\na,2010,,\n",
        e="id,post_en,post_zh\na,Head,团长\n",
        f="id,period,quote\na,2010,x\n",
    )
    missing = ("value", "unit", "source", "note")
    assert said(gathered.findings) == [
        *(f'd.csv:1:1 A1 header: the column "{name}" is missing' for name in missing),
        'e.csv:1:1 A1 header: the column "period" is missing',
    ]
    assert list(gathered.lists) == ["f"]


def test_entry() -> None:
    """A row of a list in full."""
    (entry,) = read(p="period,id\n2010,a\n").lists["p"]
    cells = {
        "period": Cell("2010", Place("p.csv", 2, 1, "A2")),
        "id": Cell("a", Place("p.csv", 2, 6, "B2")),
    }
    assert entry == Entry("a", Period("2010", "2010"), cells, Place("p.csv", 2, 1, "A2"))


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            "period,id,post\n2010,a,x\n2010,a,y\n",
            ['p.csv:3:6 B3 key: "a" of 2010 stands twice, first at p.csv:2:6'],
        ),
        # A total that codes.csv knows is none among its parts.
        (
            "id,period,rank,post\na,2010,total,合计\n",
            ['p.csv:2:14 D2 total: "合计" is a total among its parts: it would be counted twice'],
        ),
        (
            "id,period,province\na,2010,37\nb,2010,\n",
            ['p.csv:2:8 C2 unknown: the place "37" is not known'],
        ),
        (
            "id,period,place,province\na,2010,合计,共计\n",
            [
                f'p.csv:2:{at} total: "{word}" is a total among its parts: '
                "it would be counted twice"
                for at, word in (("8 C2", "合计"), ("11 D2", "共计"))
            ],
        ),
    ],
)
def test_cells_of_a_list(text: str, faults: list[str]) -> None:
    """What is wrong in a list, each at its cell."""
    assert said(read(p=text).findings) == faults


def test_place_in_chinese() -> None:
    """A place that is not known, in the editors' language."""
    (found,) = read(p="id,period,place\na,2010,37\n").findings
    assert found.what == Text('the place "37" is not known', "行政区划代码“37”未定义")
    assert found.hint.en.endswith("; if it is new, add it to places.csv")
    assert found.hint.zh.endswith("；如为新增，请先添加到 places.csv")


def test_what_cannot_be_new() -> None:
    """An empty cell, and a word of this toolkit's own, are to be corrected and nothing else."""
    for wrong in (GOOD.replace("dispatched", ""), GOOD.replace("person,,", "person,多,")):
        (found,) = read(d=HEADER + wrong).findings
        assert "if it is new" not in found.hint.en


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("person", "x", Text('the unit "x" is not known', "单位“x”未定义")),
        ("most-2010", "x", Text('the source "x" is not known', "资料来源“x”未定义")),
        ("total", "x", Text('the code of "rank" "x" is not known', "“rank”代码“x”未定义")),
    ],
)
def test_unknown_in_chinese(old: str, new: str, what: Text) -> None:
    """What is not known among figures, in both languages."""
    (found,) = read(d=HEADER + GOOD.replace(old, new, 1)).findings
    assert found.what == what


def test_what_was_meant() -> None:
    """Of a word that is not known, the nearest one that is."""
    wrong = GOOD.replace("dispatched", "dispached").replace("total", "totale")
    wrong = wrong.replace("most-2010", "most-201").replace("person", "persn")
    assert [found.hint.en for found in read(d=HEADER + wrong).findings] == [
        f'did you mean "{name}"? if it is new, add it to {file}.csv'
        for name, file in (
            *(("dispatched", "codes"), ("total", "codes")),
            *(("most-2010", "sources"), ("person", "units")),
        )
    ]
