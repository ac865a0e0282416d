"""Chapters made once for each row of a list: what each gets, and that none gets another's."""

from collections.abc import Mapping

import pytest

from tests.counties import BOOK, FILES, SLUGS
from yearbook import checks
from yearbook.book import Instance
from yearbook.finding import failing
from yearbook.model import Place
from yearbook.read import ConfigurationError, Reading, read
from yearbook.read.instances import shared_out
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


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('by = "area"', 'by = "place"', 'has no column "place"'),
        ('for_each = "areas"', 'for_each = "towns"', "there is no data/counties/towns.csv"),
        ('by = "area"', 'by = "area"\nonly = "a1"', "a filter names a column"),
        ('by = "area"', 'by = "area"\nonly = { area = 1 }', "a filter names a column"),
        ('by = "area"', 'by = "area"\nonly = { town = "x" }', 'has no column "town"'),
    ],
)
def test_refused(theme: bytes, old: str, new: str, what: str) -> None:
    """Settings that name nothing are refused where they stand."""
    with pytest.raises(ConfigurationError, match=what) as refused:
        reading(swapped("data/book.toml", old, new), theme)
    assert refused.value.place.line > 0


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        ("people.csv", "2010,b2,29", "2010,d4,29", 'areas.csv names no "d4"'),
        ("areas.csv", "c3,2010,c3", "c3,2010,C 3", '"C 3" cannot name a folder'),
        ("areas.csv", ",2010,", ",2009,", "no row of 2010 is left"),
    ],
)
def test_rows(theme: bytes, file: str, old: str, new: str, what: str) -> None:
    """Rows that would belong to nobody are errors; so is a list without rows."""
    made = reading(swapped(f"data/counties/{file}", old, new), theme)
    found = [each for each in failing(made.findings) if each.rule == "instance"]
    assert any(what in each.what.en for each in found)
    assert {each.place.file for each in found} <= {
        "data/counties/people.csv",
        "data/counties/areas.csv",
    }


def test_folder_taken(theme: bytes) -> None:
    """A folder of the name that an instance needs is never overwritten."""
    made = reading(snapshot({"data/counties-b2/x.csv": "id\n"}), theme)
    assert [str(each.place) for each in failing(made.findings)] == ["data/counties-b2"]


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
