"""Chapters made once for each row of a list: what each gets, and that none gets another's."""

from collections.abc import Mapping, Sequence

import pytest

from tests.counties import BOOK, FILES, SLUGS
from yearbook import checks
from yearbook.book import Chapter, Instance
from yearbook.finding import Severity, failing
from yearbook.model import Place, Text
from yearbook.read import ConfigurationError, Reading, read
from yearbook.read.instances import shared_out
from yearbook.read.sheet import parse
from yearbook.read.snapshot import Snapshot
from yearbook.records import Records

THEME = {"templates/theme.toml": "", "templates/page.css": ""}


def snapshot(changes: Mapping[str, str] | None = None) -> Snapshot:
    """The book of counties, with other files in the place of some."""
    files = {**FILES, **(changes or {})}
    return Snapshot({name: text.encode() for name, text in files.items()}, ())


def swapped(file: str, old: str, new: str) -> Snapshot:
    """The book with other words in one file."""
    assert old in FILES[file]
    return snapshot({file: FILES[file].replace(old, new)})


def reading(given: Snapshot, theme: bytes) -> Reading:
    """The book as it is read, with a theme."""
    return read(Snapshot({**given.files, "templates/theme.toml": theme}, given.findings))


@pytest.fixture
def theme(project: Snapshot) -> bytes:
    """The theme of the book."""
    return project.files["templates/theme.toml"]


def said(made: Reading) -> list[str]:
    """Everything found, each with its place, as an editor reads it."""
    found = [*made.findings, *checks.findings(made.book)]
    return [f"{each.place}: {each.what.en}" for each in made.origins.told(found, {})]


def test_instances(theme: bytes) -> None:
    """Each row of the list makes a chapter with its own facts, lists and codes, in its order."""
    made = reading(snapshot(), theme)
    assert not made.findings
    chapters = made.book.chapters
    assert [chapter.slug for chapter in chapters] == ["people", *SLUGS]
    assert chapters[2].instance == Instance("counties", "areas", "area", "b2")
    assert [(fact.id, int(fact.value)) for fact in chapters[2].facts] == [
        ("sent", 29),
        ("heads", 5),
    ]
    assert [entry.id for entry in chapters[2].lists["areas"]] == ["b2"]
    assert [c.code for c in chapters[2].codes if c.dimension == "area"] == ["b2"]
    assert {chapter.folder for chapter in chapters[1:]} == {"counties"}


def test_no_row_of_another() -> None:
    """No file of an instance holds a key or a figure of another."""
    files = shared_out(snapshot()).snapshot.files
    own = {s: b"".join(c for n, c in files.items() if f"/{s}/" in n) for s in SLUGS}
    for slug, foreign in (("counties-a1", b"b2"), ("counties-a1", b"43"), ("counties-c3", b"a1")):
        assert foreign not in own[slug]
    assert not any(name.startswith("data/counties/") for name in files)


def test_again() -> None:
    """What was shared out is shared out: doing so again changes nothing."""
    once = shared_out(snapshot()).snapshot
    assert shared_out(once).snapshot.files == once.files


def test_place_of_a_finding(theme: bytes) -> None:
    """A finding names the instance, and the cell in the file that the editor keeps."""
    found = said(reading(swapped("data/counties/people.csv", "b2,29,", "b2,28,"), theme))
    assert found == [
        "data/counties/people.csv:4:14: counties-b2: the quote has 29, the record 28"
    ] or all("data/counties/people.csv:4:" in one and "counties-b2: " in one for one in found)
    assert found


def test_suspects(theme: bytes) -> None:
    """The cells a broken rule points at are those of the common file, in words too."""
    made = reading(swapped("data/counties/people.csv", "c3,7,person,,7", "c3,70,person,,70"), theme)
    told = tuple(made.origins.told(checks.findings(made.book), {}))
    (broken,) = [each for each in told if each.rule == "heads_in_sent"]
    assert {str(each.place) for each in broken.suspects} == {
        "data/counties/people.csv:6:14",
        "data/counties/people.csv:7:15",
    }
    assert "counties-c3: " in broken.what.en
    assert "D7" in broken.what.en + broken.hint.en
    assert "D3" not in broken.what.en + broken.hint.en


def test_said_once(theme: bytes) -> None:
    """What is wrong with a common file is said once, and names no instance if it holds for all."""
    made = reading(swapped("data/counties/rules.csv", "heads <= sent", "heads <= gone"), theme)
    assert [one for one in said(made) if "rules.csv" in one] == [
        'data/counties/rules.csv:2:21: no figure is called "gone"'
    ]


@pytest.mark.parametrize(
    ("only", "slugs"),
    [
        ('only = { region = "north" }', SLUGS[:2]),
        ('only = { region = ["north", "south"], area = ["b2", "c3"] }', SLUGS[1:]),
    ],
)
def test_only(theme: bytes, only: str, slugs: tuple[str, ...]) -> None:
    """Filters of book.toml leave the rows that pass all of them."""
    made = reading(snapshot({"data/book.toml": f"{BOOK}{only}\n"}), theme)
    assert [chapter.slug for chapter in made.book.chapters[1:]] == [*slugs]
    assert not failing(made.findings)


LIST = Text("write the list, one row for each instance", "请编写该名单，每个实例一行")
APART = Text("name the column that tells the instances apart", "请写明区分各实例的列名")
FILTER = (
    Text("a filter names a column and the texts it may hold", "筛选须写明列名及可取的文字"),
    Text('write only = { province = ["520000"] }', '请写 only = { province = ["520000"] }'),
)
AREAS = "data/counties/areas.csv"
PEOPLE = "data/counties/people.csv"
CODES = "data/counties/codes.csv"


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "hint"),
    [
        (
            'for_each = "areas"',
            'for_each = "towns"',
            15,
            Text("there is no data/counties/towns.csv", "没有 data/counties/towns.csv"),
            LIST,
        ),
        (
            'by = "area"',
            'by = "place"',
            16,
            Text(f'{AREAS} has no column "place"', f"{AREAS} 没有“place”列"),
            APART,
        ),
        ('by = "area"', 'by = "area"\nonly = "a1"', 17, *FILTER),
        ('by = "area"', 'by = "area"\nonly = { area = 1 }', 17, *FILTER),
        ('by = "area"', 'by = "area"\nonly = { area = ["b2", 1] }', 17, *FILTER),
        (
            'by = "area"',
            'by = "area"\nonly = { region = "north", town = "x" }',
            17,
            Text(f'{AREAS} has no column "town"', f"{AREAS} 没有“town”列"),
            Text("a filter names a column of the list", "筛选只能用名单中的列"),
        ),
        (
            'for_each = "areas"',
            "for_each = 3",
            15,
            Text('"for_each" must be given as a text', "须以文字填写“for_each”"),
            Text(
                'write a line below [[chapter]]: for_each = "…"',
                '请在 [[chapter]] 之下写一行：for_each = "…"',
            ),
        ),
        (
            'by = "area"\n',
            "",
            13,
            Text('"by" must be given as a text', "须以文字填写“by”"),
            Text(
                'write a line below [[chapter]]: by = "…"', '请在 [[chapter]] 之下写一行：by = "…"'
            ),
        ),
        (
            "data_year = 2010",
            'data_year = "2010"',
            6,
            Text('"data_year" must be given as a whole number', "须以整数填写“data_year”"),
            Text("write a line: data_year = 2010", "请写一行：data_year = 2010"),
        ),
    ],
)
def test_refused(old: str, new: str, line: int, what: Text, hint: Text) -> None:
    """Settings that name nothing are refused where they stand."""
    with pytest.raises(ConfigurationError) as refused:
        shared_out(swapped("data/book.toml", old, new))
    problem = refused.value
    assert str(problem.place) == f"data/book.toml:{line}:1"
    assert (problem.what, problem.hint) == (what, hint)


def test_list_unreadable() -> None:
    """A list that cannot be read at all is refused by what is wrong with it, not by its columns."""
    content = b"\xff\xfe\x00"
    (wrong,) = parse(AREAS, content).findings
    with pytest.raises(ConfigurationError) as refused:
        shared_out(Snapshot({**snapshot().files, AREAS: content}, ()))
    problem = refused.value
    assert (problem.place, problem.what, problem.hint) == (wrong.place, wrong.what, wrong.hint)
    with pytest.raises(ConfigurationError, match='has no column "area"'):
        shared_out(swapped(AREAS, "id,period,area,region,name_en,name_zh", "id,period,name_en"))


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "what", "hint"),
    [
        (
            PEOPLE,
            "2010,b2,29",
            "2010,d4,29",
            f"{PEOPLE}:4:11",
            Text('areas.csv names no "d4"', "areas.csv 中没有“d4”"),
            Text("add it to the list, or correct the cell", "请补入名单，或改正该单元格"),
        ),
        (
            AREAS,
            "a1,2010,a1",
            "a1,2010,A 1",
            f"{AREAS}:2:9",
            Text(
                '"A 1" cannot name a folder: only small letters, digits and hyphens can',
                "“A 1”不能用作文件夹名称：只能含小写字母、数字和连字符",
            ),
            Text("give the instance a code", "请为该实例填写代码"),
        ),
        (
            AREAS,
            ",2010,",
            ",2009,",
            AREAS,
            Text("no row of 2010 is left by the filters", "没有符合筛选条件的2010年数据行"),
            Text(
                "add rows, or change only = in book.toml", "请补充数据行，或修改 book.toml 的 only"
            ),
        ),
    ],
)
def test_rows(  # noqa: PLR0913, PLR0917 - a table of cases
    file: str, old: str, new: str, place: str, what: Text, hint: Text
) -> None:
    """Rows that would belong to nobody are errors; so is a list without rows. Others are read."""
    shared = shared_out(swapped(file, old, new))
    found = shared.snapshot.findings[0]
    assert (found.rule, found.severity, str(found.place)) == ("instance", Severity.ERROR, place)
    assert (found.what, found.hint) == (what, hint)
    left = f"data/{SLUGS[2]}/people.csv" in shared.snapshot.files
    assert left == (old != ",2010,")


@pytest.mark.parametrize(
    ("period", "made"),
    [
        ("2010", True),
        ("2010-12", True),
        ("2010-12-31", True),
        ("1986-2010", True),
        ("", True),
        ("2009", False),
        ("2010-2011", False),
        ("2009-12-20", False),
    ],
)
def test_years(period: str, made: bool) -> None:
    """Rows of the data year make an instance, and those that are of no year."""
    files = shared_out(swapped(AREAS, "b2,2010,", f"b2,{period},")).snapshot.files
    assert [f"data/{slug}/areas.csv" in files for slug in SLUGS] == [True, made, True]


def test_first_row_decides() -> None:
    """An instance that stands twice in the list is made once; its first row of the year decides."""
    lines = "c3,2009,c3,north,Outer,外\nc3,2010,c3,south,Outer,外\nc3,2010,c3,north,Outer,外\n"
    files = {**FILES, AREAS: FILES[AREAS].rpartition("c3,2010")[0] + lines}
    for only, made in (("", True), ('only = { region = "north" }', False)):
        shared = shared_out(snapshot({**files, "data/book.toml": f"{BOOK}{only}\n"})).snapshot
        assert ("data/counties-c3/areas.csv" in shared.files) == made
        assert shared.findings == ()


def table(content: bytes) -> list[str]:
    """The lines of a CSV that was cut."""
    return content.decode("utf-8-sig").splitlines()


def test_files_in_full() -> None:
    """What an instance gets: its rows and the common ones in their order, the rest as it is."""
    rules = "area,id,level,rule,message_en,message_zh\nb2,r,,a = b,x,甲\n,s,,a = c,y,乙\n"
    given = snapshot(
        {
            PEOPLE: FILES[PEOPLE] + "all,2010,,9,person,,9,report,\nlast,2010,b2,1,person,,1,r,\n",
            "data/counties/rules.csv": rules + "c3,t,,a = d,z,丙\n",
            "data/counties/wording.csv": "area\nb2\n",
            "data/counties/coverage.csv": "area\nc3\n",
            "data/counties/nation.csv": "id;value\na;1\n",
            "data/counties/towns.csv": "id,area,x\nt,a1,1\n",
            "data/counties/datapackage.json": "{}",
        }
    )
    shared = shared_out(given)
    files = shared.snapshot.files
    folder = "data/counties-b2/"
    own = {name.removeprefix(folder): c for name, c in files.items() if name.startswith(folder)}
    assert table(own.pop("areas.csv")) == FILES[AREAS].splitlines()[::2]
    people = FILES[PEOPLE].splitlines()
    common = ["all,2010,,9,person,,9,report,", "last,2010,b2,1,person,,1,r,"]
    assert table(own.pop("people.csv")) == [people[0], *people[3:5], *common]
    head, *lines = rules.splitlines()
    assert table(own.pop("rules.csv")) == [line.partition(",")[2] for line in (head, *lines)]
    codes = [
        line for line in FILES[CODES].splitlines() if ",a1," not in line and ",c3," not in line
    ]
    assert table(own.pop("codes.csv")) == codes
    assert "towns.csv" not in own
    for name in ("tables", "charts", "wording", "coverage", "nation"):
        assert own.pop(f"{name}.csv") == given.files[f"data/counties/{name}.csv"]
    assert own == {"datapackage.json": b"{}"}
    assert not shared.snapshot.findings
    assert not any(name.startswith(("data/counties/", f"{TEXTS}counties/")) for name in files)
    for language in ("en", "zh"):
        text = given.files[f"{TEXTS}counties/{language}.md"]
        assert files[f"{TEXTS}counties-b2/{language}.md"] == text
    assert files["data/people/people.csv"] == given.files["data/people/people.csv"]
    at = shared.origins.place(Place(f"{folder}people.csv", 5, 1, "C5"))
    assert at == Place(PEOPLE, 9, 11, "C9")
    at = shared.origins.place(Place(f"{folder}rules.csv", 3, 1, "A3"))
    assert at == Place("data/counties/rules.csv", 3, 2, "B3")
    for name in ("nation.csv", "towns.csv", "wording.csv"):
        place = Place(f"{folder}{name}", 2, 1, "A2")
        assert shared.origins.place(place) == Place(f"data/counties/{name}", 2, 1, "A2")
    assert shared.origins.stems == dict.fromkeys(SLUGS, "counties")


TEXTS = "templates/chapters/"


@pytest.mark.parametrize(
    ("file", "kept"),
    [(name, 1) for name in ("rules", "exceptions", "tables", "charts", "published")] + [("x", 0)],
)
def test_column_that_shares_out(file: str, kept: int) -> None:
    """Where it is none of the table's own, an instance does not get the column of instances."""
    name = f"data/counties/{file}.csv"
    files = shared_out(snapshot({name: "area,id\nb2,r\n,s\nc3,t\n"})).snapshot.files
    lines = [["area", "id"], ["b2", "r"], ["", "s"]]
    assert table(files[f"data/counties-b2/{file}.csv"]) == [",".join(line[kept:]) for line in lines]


@pytest.mark.parametrize("words", ["", "# for_each\n"])
def test_nothing_to_share(words: str) -> None:
    """A book without such a chapter stays as it is; so does a folder without book.toml, and a
    chapter that has no files."""
    assert shared_out(Snapshot({}, ())).snapshot == Snapshot({}, ())
    plain = words + BOOK[: BOOK.rindex("[[chapter]]")]
    for text, files in ((plain, FILES), (BOOK, {})):
        named = {**files, "data/book.toml": text}
        given = Snapshot({name: content.encode() for name, content in named.items()}, ())
        shared = shared_out(given)
        assert (shared.snapshot, shared.origins.stems) == (given, {})


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (CODES, "b2,,,Lower Area,下区", "b2,,,Lower", (f"{CODES}:5:11", "row", "has 5 cells")),
        (CODES, "b2,,,Lower", 'b2,,,"Lower', (f"{CODES}:5:11", "csv", "never closed")),
        (PEOPLE, ",29 people,report,", "", (f"{PEOPLE}:4:24", "row", "has 6 cells")),
        (PEOPLE, "source,note", "note,note", (f"{PEOPLE}:1:48", "header", "twice")),
        (AREAS, "name_zh", "name_en", (f"{AREAS}:1:31", "header", "twice")),
        (AREAS, "region", "area", (f"{AREAS}:1:16", "header", "twice")),
    ],
)
def test_form(theme: bytes, file: str, old: str, new: str, told: tuple[str, str, str]) -> None:
    """What is wrong with the form of a common table is told once, at its cell there."""
    made = reading(swapped(file, old, new), theme)
    found = [
        str(each.place)
        for each in made.origins.told(made.findings, {})
        if each.place.file == file and (each.rule, told[2] in each.what.en) == (told[1], True)
    ]
    assert found == [told[0]]


def test_slug_begins_another(theme: bytes) -> None:
    """Of the chapters "counties" and "counties-b2" each has its own instances, in its own order."""
    second = BOOK[BOOK.rindex("[[chapter]]") :].replace('"counties"', '"counties-b2"')
    files = {n.replace("/counties/", "/counties-b2/"): t for n, t in FILES.items()}
    one = AREAS, FILES[AREAS].replace("b2", "b2-c3")
    people = FILES[PEOPLE].replace("2010,b2", "2010,b2-c3")
    codes = FILES[CODES].replace("area,b2", "area,b2-c3")
    kept = [line for line in FILES[AREAS].splitlines() if not line.startswith("c3")]
    other = "data/counties-b2/areas.csv", "\n".join(kept) + "\n"
    rows = "\n".join(line for line in FILES[PEOPLE].splitlines() if ",c3," not in line) + "\n"
    own = {PEOPLE: people, CODES: codes, "data/counties-b2/people.csv": rows}
    files = {**files, **dict((one, other)), **own, "data/book.toml": BOOK + second}
    chapters = [(c.slug, c.instance and c.instance.chapter) for c in chapters_of(files, theme)]
    assert chapters == [
        ("people", None),
        ("counties-a1", "counties"),
        ("counties-b2-c3", "counties"),
        ("counties-c3", "counties"),
        ("counties-b2-a1", "counties-b2"),
        ("counties-b2-b2", "counties-b2"),
    ]


def chapters_of(files: Mapping[str, str], theme: bytes) -> Sequence[Chapter]:
    """The chapters of a book with other files."""
    return reading(snapshot(files), theme).book.chapters


@pytest.mark.parametrize("slug", ["data", "chapters", "templates"])
def test_slug_like_a_folder(theme: bytes, slug: str) -> None:
    """A chapter may be called as the folders are."""
    files = {name.replace("/counties/", f"/{slug}/"): text for name, text in FILES.items()}
    files = {name: text for name, text in files.items() if "/counties/" not in name}
    given = {name: text.encode() for name, text in files.items()}
    given["data/book.toml"] = BOOK.replace('"counties"', f'"{slug}"').encode()
    chapters = reading(Snapshot(given, ()), theme).book.chapters[1:]
    assert [chapter.slug for chapter in chapters] == [
        f"{slug}-{area}" for area in ("a1", "b2", "c3")
    ]
    assert all(chapter.prose and chapter.facts for chapter in chapters)


@pytest.mark.parametrize("file", ["data/counties-b2/x.csv", f"{TEXTS}counties-b2/en.md"])
def test_folder_taken(theme: bytes, file: str) -> None:
    """A folder of the name that an instance needs is never overwritten; the others are made."""
    given = snapshot({file: "id\n"})
    made = reading(given, theme)
    (found,) = failing(made.findings)
    assert (found.rule, str(found.place)) == ("instance", file.rpartition("/")[0])
    assert found.what == Text(
        "an instance needs this folder, which is there already", "此文件夹名已被某一实例占用"
    )
    assert found.hint == Text(
        "give the folder, or the chapter, another name", "请为该文件夹或该章另取名称"
    )
    assert made.files[file] == given.files[file]
    assert {"data/counties-a1/people.csv", "data/counties-c3/people.csv"} <= {*made.files}
    assert f"{TEXTS}counties-a1/zh.md" in made.files


def test_waiver_of_one(theme: bytes) -> None:
    """With the column in exceptions.csv a waiver is that of one instance."""
    broken = swapped("data/counties/people.csv", "b2,5,person,,5", "b2,50,person,,50")
    waiver = (
        "rule,where,area,expected_difference,reason_en,reason_zh,evidence,approved_by,"
        "until_edition\nheads_in_sent,heads,b2,21,as the source has it,情况属实,,editor,2012\n"
    )
    files = {**broken.files, "data/counties/exceptions.csv": waiver.encode()}
    for language in ("en", "zh"):
        files[f"templates/chapters/counties/{language}.md"] += b"\n{{ waivers() }}\n"
    made = reading(Snapshot(files, ()), theme)
    found = checks.findings(made.book)
    assert [each.rule for each in failing(found)] == []
    assert [each.place.file for each in found if each.waived] == ["data/counties-b2/people.csv"]


def test_two_chapters(theme: bytes) -> None:
    """Instances tell of other subjects; one that tells a common fact otherwise is found."""
    made = reading(snapshot(), theme)
    assert checks.findings(made.book) == ()
    common = "id,period,value,unit,qualifier,quote,source,note\nsent,2010,430,person,,430,report,\n"
    own = FILES["data/counties/people.csv"].replace("sent,", "went,")
    codes = FILES["data/counties/codes.csv"] + "id,went,,,People who went,前往人员\n"
    rules = FILES["data/counties/rules.csv"].replace("<= sent", "<= went")
    changed = {"common.csv": common, "people.csv": own, "codes.csv": codes, "rules.csv": rules}
    made = reading(snapshot({f"data/counties/{name}": t for name, t in changed.items()}), theme)
    twice = [one for one in said(made) if "430" in one]
    assert twice == ["data/counties/common.csv:2:11: sent is 430 here but 437 in people.csv C2"]


def test_origins_of_texts(theme: bytes) -> None:
    """A place in a common text or a table that was not cut is the same line there."""
    origins = reading(snapshot(), theme).origins
    text = Place("templates/chapters/counties-a1/en.md", 3, 7)
    assert origins.place(text) == Place("templates/chapters/counties/en.md", 3, 7)
    rule = Place("data/counties-a1/tables.csv", 2, 1, "A2")
    assert origins.place(rule) == Place("data/counties/tables.csv", 2, 1, "A2")
    assert origins.place(Place("data/book.toml", 3)) == Place("data/book.toml", 3)


def test_records_apart(theme: bytes) -> None:
    """The records of one instance know no figure of another."""
    book = reading(snapshot(), theme).book
    found = {one.slug: int(Records(book, one).fact("heads").value) for one in book.chapters[1:]}
    assert found == {"counties-a1": 3, "counties-b2": 5, "counties-c3": 7}
