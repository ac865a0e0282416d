"""A small book that has one of everything, read in full; and each fault of it, at its cell."""

import json
from collections.abc import Mapping
from decimal import Decimal

import pytest

from tests.counties import FILES as COUNTIES
from tests.edits import ROOT, with_files
from yearbook.book import (
    Book,
    Chapter,
    ChartSpec,
    Confirmation,
    Floor,
    Instance,
    Limits,
    Prose,
    Rule,
    TableKind,
    TableSpec,
    Term,
    Waiver,
)
from yearbook.model import (
    Code,
    Division,
    Kind,
    Language,
    Period,
    Place,
    Qualifier,
    Relation,
    Text,
    Unit,
)
from yearbook.read import CONFIGURATION, RESERVED, THEME, ConfigurationError, Reading, read, records
from yearbook.read.instances import shared_out
from yearbook.read.snapshot import Snapshot
from yearbook.theme import Theme
from yearbook.theme import parse as parse_theme

FILES = {
    CONFIGURATION: """title_en = "Y"
title_zh = "年鉴"
publisher_en = "P"
publisher_zh = "社"
edition_year = 2011
data_year = 2010
whole = true
[limits]
cpu_seconds = 7
[guards]
floor = 0.5
[[chapter]]
slug = "a"
title_en = "A"
title_zh = "甲"
""",
    "data/units.csv": "id,kind,one,other,zh,en_factor,en_name,zh_factor,zh_name\n"
    "person,count,person,people,人,1,persons,1,人\n",
    "data/places.csv": "code,en,zh\n370000,Shandong,山东省\n",
    "data/sources.csv": "id,en,zh\nreport,Report,报告\n",
    "data/literals.csv": "id,en,zh,reason\nplan,Plan 12,十二规划,a name\n",
    "data/idioms.csv": "language,phrase,note\nzh,五湖四海,\nen,one by one,\n",
    "data/terms.csv": "en,zh,forbidden_en,forbidden_zh,note\ncadre,干部,official|clerk,官员,\n",
    "data/a/codes.csv": "dimension,code,parent,relation,en,zh\n"
    "id,sent,,,Sent,派出\nid,heads,sent,of,Heads,组长\n",
    "data/a/rules.csv": "id,level,rule,message_en,message_zh\nr,warning,heads <= sent,Why,原因\n",
    "data/a/exceptions.csv": "rule,where,expected_difference,reason_en,reason_zh,evidence,"
    "approved_by,until_edition\nr,heads,4,as the source has it,原文如此,letter,editor,2012\n",
    "data/a/tables.csv": "id,kind,data,rows,columns,title_en,title_zh,note_en,note_zh\n"
    "t,pivot,people,id,period,Table,表,Note,注\n",
    "data/a/charts.csv": "id,title_en,title_zh,note_en,note_zh,source\nc,Chart,图,See,见,report\n",
    "data/a/published.csv": "edition,id,period,value,unit,qualifier\n2010,sent,2009,430,person,\n",
    "data/a/wording.csv": "section,paragraph,en,zh\ns,1,x,y\ns,x,x,y\n",
    "data/a/coverage.csv": "any,thing\n",
    "data/a/people.csv": "id,period,value,unit,qualifier,quote,source,note\n"
    "sent,2010,437,person,,437 people,report,\nheads,2010,25,person,,25 heads,report,\n",
    "data/a/posts.csv": "id,period,name_en,name_zh\np,2010,Li,李\n",
    "templates/chapters/a/en.md": "\ufeff## A\n",
    "templates/chapters/a/zh.md": "## 甲\n",
}


LOOK = (ROOT / THEME).read_text("utf-8")


@pytest.fixture
def book() -> Snapshot:
    """The files of the small book, with the theme of the real one."""
    return Snapshot({name: text.encode() for name, text in {**FILES, THEME: LOOK}.items()}, ())


def test_reading(book: Snapshot) -> None:
    """A reading holds the book, its theme and the files; nothing is found."""
    reading = read(book)
    made, findings = records(book)
    assert reading == Reading(made, parse_theme(book.files[THEME]), (), book.files)
    assert findings == ()
    assert (reading.origins.cuts, reading.origins.stems) == ({}, {})


def test_book(book: Snapshot) -> None:
    """The words that all chapters share, each from its file."""
    made = read(book).book
    unit = Place("data/units.csv", 2, 1, "A2")
    one = Decimal(1)
    place = Place("data/places.csv", 2, 1, "A2")
    assert made == Book(
        title=Text("Y", "年鉴"),
        publisher=Text("P", "社"),
        edition_year=2011,
        data_year=2010,
        chapters=made.chapters,
        units={
            "person": Unit(
                *("person", Kind.COUNT, "person", "people", "人", one, "persons", one, "人", unit)
            )
        },
        divisions={"370000": Division("370000", Text("Shandong", "山东省"), place)},
        sources={"report": Text("Report", "报告")},
        literals={"plan": Text("Plan 12", "十二规划")},
        idioms={
            Language.EN: frozenset({"one by one"}),
            Language.ZH: frozenset({"五湖四海"}),
        },
        terms=(
            Term(
                Text("cadre", "干部"),
                {Language.EN: ("official", "clerk"), Language.ZH: ("官员",)},
                Place("data/terms.csv", 2, 1, "A2"),
            ),
        ),
        inscriptions=made.inscriptions,
        limits=Limits(cpu_seconds=7),
        floor=Floor(Decimal("0.5"), Place(CONFIGURATION, 11, 1)),
        whole=True,
    )
    assert len(made.chapters) == 1


def test_facts(book: Snapshot) -> None:
    """The figures of a chapter, and those of the edition before."""
    (made,) = read(book).book.chapters
    (unit,) = read(book).book.units.values()
    (was,) = made.published
    assert (was.id, was.period, was.value) == ("sent", Period("2009", "2009"), Decimal(430))
    assert (was.unit, was.qualifier, was.checked) == (unit, Qualifier.EXACT, "2010")
    assert [(fact.id, fact.value, str(fact.place)) for fact in made.facts] == [
        ("sent", Decimal(437), "data/a/people.csv:2:11"),
        ("heads", Decimal(25), "data/a/people.csv:3:12"),
    ]


def test_chapter(book: Snapshot) -> None:
    """All that a chapter holds, each from its file."""
    (made,) = read(book).book.chapters
    folder = "data/a"
    assert {name: [entry.id for entry in of] for name, of in made.lists.items()} == {"posts": ["p"]}
    code = f"{folder}/codes.csv"
    sent = Code("id", "sent", "", None, Text("Sent", "派出"), Place(code, 2, 4, "B2"))
    label = Text("Heads", "组长")
    heads = Code("id", "heads", "sent", Relation.OF, label, Place(code, 3, 4, "B3"))
    assert made == Chapter(
        slug="a",
        title=Text("A", "甲"),
        facts=made.facts,
        lists=made.lists,
        codes=(sent, heads),
        rules=(
            Rule(
                *("r", "warning", "heads <= sent", Text("Why", "原因")),
                Place(f"{folder}/rules.csv", 2, 11, "C2"),
            ),
        ),
        waivers=(
            Waiver(
                *("r", "heads", "4", Text("as the source has it", "原文如此"), 2012),
                *(Place(f"{folder}/exceptions.csv", 2, 1, "A2"), "letter", "editor"),
            ),
        ),
        tables=(
            TableSpec(
                *("t", TableKind.PIVOT, "people", ("id",), ("period",)),
                *(Text("Table", "表"), Text("Note", "注")),
                Place(f"{folder}/tables.csv", 2, 1, "A2"),
            ),
        ),
        charts=(
            ChartSpec(
                *("c", Text("Chart", "图"), Text("See", "见"), "report"),
                Place(f"{folder}/charts.csv", 2, 1, "A2"),
            ),
        ),
        prose={
            Language.EN: Prose("templates/chapters/a/en.md", "## A\n"),
            Language.ZH: Prose("templates/chapters/a/zh.md", "## 甲\n"),
        },
        place=Place(CONFIGURATION),
        inscriptions=made.inscriptions,
        confirmed=(Confirmation("s", 1, "x", "y"),),
        published=made.published,
    )


def test_inscriptions(book: Snapshot) -> None:
    """Every cell whose words are printed, where it stands, and whether figures are filled in."""
    made = read(book).book
    of = [
        (each.cell.text, str(each.cell.place), each.template, each.literal)
        for each in (*made.inscriptions, *made.chapters[0].inscriptions)
        if each.language is Language.EN
    ]
    assert of == [
        ("Y", CONFIGURATION, False, ""),
        ("P", CONFIGURATION, False, ""),
        ("person", "data/units.csv:2:14", False, ""),
        ("people", "data/units.csv:2:21", False, ""),
        ("persons", "data/units.csv:2:32", False, ""),
        ("Shandong", "data/places.csv:2:8", False, ""),
        ("Report", "data/sources.csv:2:8", False, ""),
        ("Plan 12", "data/literals.csv:2:6", True, "plan"),
        ("A", CONFIGURATION, True, ""),
        ("Sent", "data/a/codes.csv:2:11", True, ""),
        ("Heads", "data/a/codes.csv:3:18", True, ""),
        ("Li", "data/a/posts.csv:2:8", False, ""),
        ("as the source has it", "data/a/exceptions.csv:2:11", True, ""),
        ("Table", "data/a/tables.csv:2:26", True, ""),
        ("Note", "data/a/tables.csv:2:34", True, ""),
        ("Chart", "data/a/charts.csv:2:3", True, ""),
        ("See", "data/a/charts.csv:2:11", True, ""),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        # A key that stands twice.
        ("units.csv", "1,人\n", "1,人\nperson,count,p,p,人,1,p,1,人\n", "3:1 key"),
        ("places.csv", "山东省\n", "山东省\n370000,S,山\n", "3:1 key"),
        ("sources.csv", "报告\n", "报告\nreport,R,报\n", "3:1 key"),
        ("literals.csv", "a name\n", "a name\nplan,P,规,b\n", "3:1 key"),
        ("terms.csv", "官员,\n", "官员,\ncadre,官,,,\n", "3:1 key"),
        ("a/codes.csv", "id,heads,", "id,sent,sent,of,S,派\nid,heads,", "3:4 key"),
        ("a/rules.csv", "原因\n", "原因\nr,,heads > 0,W,因\n", "3:1 key"),
        (
            "a/exceptions.csv",
            "2012\n",
            "2012\nr,heads,5,as it stands,原文如此,book,me,2012\n",
            "3:3 key",
        ),
        ("a/tables.csv", "注\n", "注\nt,,people,,,T,表,,\n", "3:1 key"),
        ("a/charts.csv", "report\n", "report\nc,C,图,,,report\n", "3:1 key"),
        ("a/published.csv", "person,\n", "person,\n2010,sent,2009,431,person,\n", "3:11 key"),
        # A text in one language.
        ("places.csv", "Shandong", "", "2:8 language"),
        ("sources.csv", "报告", "", "2:15 language"),
        ("literals.csv", "Plan 12", "", "2:6 language"),
        ("terms.csv", "干部", "", "2:7 language"),
        ("a/codes.csv", "派出", "", "2:16 language"),
        ("a/rules.csv", "Why", "", "2:25 language"),
        ("a/exceptions.csv", "原文如此", "", "2:32 language"),
        ("a/tables.csv", "Table", "", "2:26 language"),
        ("a/tables.csv", "注", "", "2:39 language"),
        ("a/charts.csv", "图", "", "2:9 language"),
        ("a/charts.csv", "See", "", "2:11 language"),
        # What else a list may get wrong.
        ("units.csv", "person,count", "person,counts", "2:8 unknown"),
        ("units.csv", "people,人", "people {{ 1 }},人", "2:21 template"),
        ("places.csv", "Shandong", "{% if %}", "2:8 template"),
        ("sources.csv", "Report", "{{ x }}", "2:8 template"),
        ("literals.csv", "a name", "", "2:19 literal"),
        ("idioms.csv", "五湖", "5湖", "2:4 value"),
        ("idioms.csv", "zh,", "fr,", "2:1 unknown"),
        ("a/codes.csv", "heads,sent", "heads,gone", "3:10 unknown"),
        ("a/codes.csv", "sent,of", "sent,", "3:15 codes"),
        ("a/rules.csv", "warning", "bad", "2:3 unknown"),
        ("a/exceptions.csv", "letter", "-", "2:37 waiver"),
        ("a/exceptions.csv", "2012", "soon", "2:51 value"),
        ("a/tables.csv", "pivot", "grid", "2:3 unknown"),
        ("a/charts.csv", "见,report", "见,gone", "2:17 unknown"),
        ("a/published.csv", "430,person", "430,persons", "2:20 unknown"),
        ("a/published.csv", "430", "43O", "2:16 value"),
        ("a/people.csv", "437 people,report", "437 people,gone", "2:34 unknown"),
        ("a/people.csv", "heads,2010", "head,2010", "3:1 unknown"),
        ("a/posts.csv", "2010", "20l0", "2:3 period"),
        ("a/wording.csv", "section", "chapter", "1:1 header"),
    ],
)
def test_fault(book: Snapshot, file: str, old: str, new: str, told: str) -> None:
    """What is wrong with a file is told in that file, at its cell; the rest is read."""
    name = f"data/{file}"
    assert old in FILES[name]
    reading = read(with_files(book, **{name: FILES[name].replace(old, new, 1).encode()}))
    found = [f"{str(each.place)[len(name) + 1 :]} {each.rule}" for each in reading.findings]
    assert found[0] == told, [str(each.place) for each in reading.findings]
    # A unit that is lost is missed by its figures.
    assert {each.place.file for each in reading.findings} == {name} or "counts" in new


@pytest.mark.parametrize(
    ("file", "row"),
    [
        ("a/codes.csv", "area,sent,,,S,派\n"),
        ("a/exceptions.csv", "q,heads,4,as the source has it,原文如此,letter,editor,2012\n"),
        ("a/published.csv", "2011,sent,2009,430,person,\n2010,heads,2009,25,person,\n"),
    ],
)
def test_no_key_twice(book: Snapshot, file: str, row: str) -> None:
    """Of a key in parts the parts may stand twice."""
    name = f"data/{file}"
    assert not read(with_files(book, **{name: f"{FILES[name]}{row}".encode()})).findings


LEFT: Mapping[str, tuple[str, object]] = {
    "places": ("divisions", {}),
    "literals": ("literals", {}),
    "idioms": ("idioms", {Language.EN: frozenset(), Language.ZH: frozenset()}),
    "terms": ("terms", ()),
    "a/rules": ("rules", ()),
    "a/exceptions": ("waivers", ()),
    "a/tables": ("tables", ()),
    "a/charts": ("charts", ()),
    "a/published": ("published", ()),
    "a/wording": ("confirmed", None),
    "a/posts": ("lists", {}),
}


@pytest.mark.parametrize("file", LEFT)
def test_without(book: Snapshot, file: str) -> None:
    """A file that is not needed may be missing."""
    name, value = LEFT[file]
    reading = read(with_files(book, **{f"data/{file}.csv": None}))
    of = reading.book.chapters[0] if file.startswith("a/") else reading.book
    assert getattr(of, name) == value
    assert not reading.findings


def test_what_a_row_without_its_words_leaves(book: Snapshot) -> None:
    """A row that cannot be read is left out; the others are read."""
    name = "data/units.csv"
    more = "ton,mass,ton,tons,吨,1,tons,1,吨\nyear,year,,,,1,,1,\n"
    units = read(with_files(book, **{name: f"{FILES[name]}{more}".encode()})).book.units
    assert [*units] == ["person", "year"]
    name = "data/a/rules.csv"
    more = "s,bad,heads > 0,W,因\nt,,heads > 1,W,因\n"
    (chapter,) = read(with_files(book, **{name: f"{FILES[name]}{more}".encode()})).book.chapters
    assert [rule.id for rule in chapter.rules] == ["r", "t"]


def test_reserved(book: Snapshot) -> None:
    """Whatever else lies in the folder of a chapter is a table of its records."""
    assert set(RESERVED) == {
        *("codes", "rules", "exceptions", "tables", "charts"),
        *("wording", "coverage", "published"),
    }
    chapter = read(
        with_files(book, **{"data/a/more.csv": b"id,period,x\nq,2010,1\n"})
    ).book.chapters[0]
    assert [*chapter.lists] == ["more", "posts"] or [*chapter.lists] == ["posts", "more"]


DAMAGED = Text("it is not a data package", "不是有效的数据包描述")


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"\xff",
        b"[]",
        b"3",
        b'{"resources": 3}',
        b'{"resources": [3]}',
        b'{"resources": [{"path": 3, "schema": {"fields": []}}]}',
        b'{"resources": [{"path": "people.csv", "schema": {"fields": [{"name": []}]}}]}',
        b'{"resources": [{"path": "people.csv", "schema": {"fields": [{"name": 3}]}}]}',
        b"[" * 100_000,
    ],
)
def test_data_package_damaged(book: Snapshot, content: bytes) -> None:
    """A datapackage.json that is none stops the reading and says how to have another."""
    name = "data/a/datapackage.json"
    with pytest.raises(ConfigurationError) as raised:
        read(with_files(book, **{name: content}))
    problem = raised.value
    assert (problem.place, problem.what) == (Place(name), DAMAGED)
    assert problem.hint == Text(
        "run `build.py describe` with the file removed: it writes it anew",
        "请删除该文件，再运行 `build.py describe` 重新生成",
    )


def test_data_package(book: Snapshot) -> None:
    """Only the columns that datapackage.json declares may stand in its table."""
    fields = [{"name": name} for name in ("id", "period", "name_en", "wish")]
    package = {"resources": [{"path": "posts.csv", "schema": {"fields": fields}}]}
    reading = read(with_files(book, **{"data/a/datapackage.json": json.dumps(package).encode()}))
    told = [str(found.place) for found in reading.findings]
    assert told == ["data/a/posts.csv:1:19", "data/a/posts.csv:1:1"]


def test_theme_that_is_none(book: Snapshot) -> None:
    """What is wrong with the theme stops the reading there, with what to do."""
    with pytest.raises(ConfigurationError) as raised:
        read(with_files(book, **{THEME: b"a = 1\nb =\n"}))
    assert (str(raised.value.place), raised.value.what.zh) == (
        f"{THEME}:2:4",
        "等号后须是加引号的文字、数字或 [列表]",
    )
    assert raised.value.hint is not None
    assert "title_en" in raised.value.hint.en
    with pytest.raises(ConfigurationError) as raised:
        read(with_files(book, **{THEME: None, "templates/page.css": b""}))
    assert raised.value.place == Place(THEME)
    assert "needs" in raised.value.what.en


def test_manuscript_that_is_none(book: Snapshot) -> None:
    """A manuscript in another encoding is told; the other language is read."""
    name = "templates/chapters/a/en.md"
    reading = read(with_files(book, **{name: b"## A\n\n1 " + "甲\n".encode("gb18030")}))
    (found,) = reading.findings
    assert (found.rule, found.place) == ("file", Place(name, 3, 3))
    assert found.what == Text("from here on it is not UTF-8 text", "自此处起不是UTF-8文本")
    assert found.hint
    assert "UTF-8" in found.hint.zh
    assert [*reading.book.chapters[0].prose] == [Language.ZH]


def test_instances() -> None:
    """A chapter made for each row of a list is read for each, with the files it was given."""
    files = {name: text.encode() for name, text in {**COUNTIES, THEME: LOOK}.items()}
    given = Snapshot(files, ())
    shared = shared_out(given)
    reading = read(given)
    assert (reading.files, reading.origins) == (shared.snapshot.files, shared.origins)
    assert [each.instance for each in reading.book.chapters] == [
        None,
        *(Instance("counties", "areas", "area", key) for key in ("a1", "b2", "c3")),
    ]


def test_bare() -> None:
    """Of tables without templates the records are read; what no file defines is as it is used."""
    rows = "id,period,area,value,unit,qualifier,quote,source,note\nsent,2010,x,437,person,,,r,\n"
    files = {"data/a/people.csv": rows.encode(), "data/a/published.csv": b""}
    reading = read(Snapshot(files, ()))
    assert (reading.theme, reading.files) == (Theme({}, {}, {}), files)
    assert [str(found.place) for found in reading.findings] == ["data/a/published.csv:1"]
    (chapter,) = reading.book.chapters
    assert [(fact.id, fact.value, fact.dimensions) for fact in chapter.facts] == [
        ("sent", Decimal(437), {"area": "x"})
    ]
