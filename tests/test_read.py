"""A whole project read: what it holds, what is wrong with it, and when it cannot be read at all."""

import json

import pytest

from tests.edits import CHAPTER, SLUG, changed, edited, replaced, rows, said, with_files
from yearbook import theme
from yearbook.model import Language
from yearbook.read import CONFIGURATION, THEME, ConfigurationError, read
from yearbook.read.snapshot import Snapshot

EMPTY = """
title_en = "Y"
title_zh = "年"
publisher_en = "P"
publisher_zh = "部"
edition_year = 2011
data_year = 2010
"""


def test_project(project: Snapshot) -> None:
    """The records of the project read without a finding."""
    reading = read(project)
    assert not reading.findings
    (chapter,) = reading.book.chapters
    assert (reading.book.data_year, reading.book.edition_year) == (2010, 2011)
    assert (chapter.slug, chapter.facts[0].id) == (SLUG, "launching_departments")
    assert set(chapter.prose) == set(Language)
    assert "posts" in chapter.lists
    assert not {"codes", "rules", "exceptions", "tables", "charts"} & set(chapter.lists)


def test_same_twice(project: Snapshot) -> None:
    """Reading is a function of the bytes."""
    assert read(project) == read(Snapshot(dict(project.files), ()))


@pytest.mark.parametrize(
    ("file", "row", "column", "value", "rule", "letter"),
    [
        ("units.csv", "person", "kind", "people", "unknown", "B"),
        ("units.csv", "yuan", "zh_factor", "1万", "value", "H"),
        ("units.csv", "person", "other", "{{ year() }}", "template", "D"),
        ("places.csv", "370523", "zh", "", "language", "C"),
        ("places.csv", "370523", "en", "{{ 7*7 }}", "template", "B"),
        ("sources.csv", "most-2010", "en", "", "language", "B"),
        ("sources.csv", "most-2010", "id", "", "key", "A"),
        ("literals.csv", "plan_12", "id", "plan_11", "key", "A"),
        (f"{SLUG}/codes.csv", "dispatched_division", "relation", "", "codes", "D"),
        (f"{SLUG}/codes.csv", "dispatched_division", "parent", "sent", "unknown", "C"),
        (f"{SLUG}/codes.csv", "dispatched_division", "zh", "", "language", "F"),
        (f"{SLUG}/rules.csv", "leaders", "level", "bad", "unknown", "B"),
        (f"{SLUG}/rules.csv", "cumulated", "id", "leaders", "key", "A"),
        (f"{SLUG}/exceptions.csv", "place-in-province", "reason_zh", "", "language", "E"),
        (f"{SLUG}/tables.csv", "glance", "kind", "grid", "unknown", "B"),
        (f"{SLUG}/tables.csv", "glance", "title_en", "", "language", "F"),
        (f"{SLUG}/charts.csv", "funds", "note_zh", "", "language", "E"),
        (f"{SLUG}/posts.csv", "jia", "place", "610829", "unknown", "F"),
    ],
)
def test_wrong_cell(  # noqa: PLR0913, PLR0917 - a table of cases
    project: Snapshot, file: str, row: str, column: str, value: str, rule: str, letter: str
) -> None:
    """A wrong cell of a defining list is reported in its file, at its cell."""
    found = read(edited(project, file, row, column, value)).findings
    cells = rows(project.files[f"data/{file}"])
    number = next(at for at, cells_ in enumerate(cells, 1) if at > 1 and row in cells_[:2])
    place = found[0].place
    assert (found[0].rule, place.file, place.cell) == (rule, f"data/{file}", f"{letter}{number}")


def test_all_files_at_once(project: Snapshot) -> None:
    """Faults in several files are all reported in one run."""
    broken = edited(project, "units.csv", "person", "kind", "people")
    broken = edited(broken, f"{SLUG}/projects.csv", "tv_counties", "value", "600多")
    broken = with_files(broken, **{f"{CHAPTER}/medical.csv": b"\xff"})
    files = {found.place.file for found in read(broken).findings}
    assert {"data/units.csv", f"{CHAPTER}/projects.csv", f"{CHAPTER}/medical.csv"} <= files


def test_wrong_header(project: Snapshot) -> None:
    """A defining list whose header is wrong is reported once, not row by row."""
    broken = changed(project, f"{SLUG}/charts.csv", lambda cells: cells[0].__setitem__(1, "title"))
    assert [found.rule for found in read(broken).findings] == ["header", "header"]


def test_findings_of_the_snapshot(project: Snapshot) -> None:
    """What the snapshot could not read is among the findings."""
    other = edited(project, "units.csv", "person", "kind", "people")
    known = read(other).findings
    assert read(Snapshot(project.files, known)).findings == known


def test_prose_not_utf8(project: Snapshot) -> None:
    """A manuscript in another encoding is a finding."""
    name = f"templates/chapters/{SLUG}/zh.md"
    reading = read(with_files(project, **{name: "概况".encode("gb18030")}))
    assert [str(found.place) for found in reading.findings] == [f"{name}:1:1"]
    assert set(reading.book.chapters[0].prose) == {Language.EN}


def test_book_without_chapters() -> None:
    """The smallest project: a book.toml and a theme."""
    settings = b"".join(
        [b"[colours]\n", *COLOURS, b"[dark]\n", *COLOURS, b"[fonts]\n"]
        + [f'{name} = "Noto"\n'.encode() for name in ("serif", "serif_zh", "sans", "sans_zh")]
    )
    reading = read(Snapshot({CONFIGURATION: EMPTY.encode(), THEME: settings}, ()))
    assert reading.book.chapters == ()
    assert not reading.findings


COLOURS = [f'{name} = "#000000"\n'.encode() for name in theme.COLOURS]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("title_en = ", "it cannot be read"),
        (EMPTY.replace("2011", '"2011"'), '"edition_year" must be given as a whole number'),
        (EMPTY.replace("2010", "true"), '"data_year" must be given as a whole number'),
        (EMPTY.replace('title_zh = "年"', ""), '"title_zh" must be given as a text'),
        (EMPTY + "[[chapter]]\ntitle_en = 'A'\n", '"slug" must be given as a text'),
        (EMPTY + "[chapter]\nslug = 'a'\n", "a chapter begins with [[chapter]]"),
        (EMPTY + "[[chapter]]\nslug = '../a'\n", 'the slug "../a" must stand once'),
        (EMPTY + "[[chapter]]\nslug = 'a'\n" * 2, 'the slug "a" must stand once'),
    ],
)
def test_configuration(settings: str, says: str) -> None:
    """What is wrong in book.toml stops the reading and names the file, in both languages."""
    with pytest.raises(ConfigurationError) as raised:
        read(Snapshot({CONFIGURATION: settings.encode()}, ()))
    assert raised.value.place.file == CONFIGURATION
    assert says in raised.value.what.en
    assert any("一" <= letter <= "鿿" for letter in raised.value.what.zh)


def test_no_project() -> None:
    """A folder without book.toml is no project."""
    with pytest.raises(ConfigurationError, match="no such file"):
        read(Snapshot({}, ()))


def test_theme(project: Snapshot) -> None:
    """A theme that lacks a colour stops the reading with its name."""
    with pytest.raises(ConfigurationError, match='needs "ink"') as raised:
        read(replaced(project, THEME, "ink = ", "pen = "))
    assert raised.value.place.file == THEME


def test_data_package(project: Snapshot) -> None:
    """The columns that datapackage.json declares are required; a broken one stops the reading."""
    name = f"{CHAPTER}/datapackage.json"
    fields = [{"name": column} for column in ("id", "period", "place", "source")]
    package = {"resources": [{"path": "medical.csv", "schema": {"fields": fields}}]}
    assert not read(with_files(project, **{name: json.dumps(package).encode()})).findings
    fields[2]["name"] = "county"
    found = read(with_files(project, **{name: json.dumps(package).encode()})).findings
    assert said(found) == [
        f'{CHAPTER}/medical.csv:1:11 C1 header: the column "place" is not known here',
        f'{CHAPTER}/medical.csv:1:1 A1 header: the column "county" is missing',
    ]
    for broken in (b"{", b"[]", b'{"resources": [{}]}', b"[" * 100_000):
        with pytest.raises(ConfigurationError, match="not a data package"):
            read(with_files(project, **{name: broken}))
