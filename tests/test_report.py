"""A chapter on the desk: what stops it early, and what is found before anything is printed."""

import pytest

from tests.edits import CHAPTER, SLUG, edited, replaced, said, with_files
from yearbook.finding import Finding
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.report import lay_out

EN = f"templates/chapters/{SLUG}/en.md"
ZH = f"templates/chapters/{SLUG}/zh.md"


def errors(snapshot: Snapshot) -> list[Finding]:
    """What fails in the chapter of a snapshot, other than in its records."""
    book = read(snapshot).book
    found = lay_out(book, book.chapters[0]).findings
    return [finding for finding in found if finding.severity.value == "error"]


def test_project(project: Snapshot) -> None:
    """The chapter of the project lies on the desk without an error, for both media."""
    assert errors(project) == []
    book = read(project).book
    desk = lay_out(book, book.chapters[0])
    assert {len(parts) for parts in desk.parts.values()} == {
        len(desk.parts[next(iter(desk.parts))])
    }


def test_missing_text(project: Snapshot) -> None:
    """A chapter without a Chinese text says which file to write."""
    assert said(errors(with_files(project, **{ZH: None}))) == [
        f"{ZH} - prose: the chapter has no Chinese text"
    ]


def test_unknown_figure(project: Snapshot) -> None:
    """A name that no record bears is found at its line and column, with the one probably meant."""
    broken = replaced(project, EN, 'fact("field_research")', 'fact("field_reserch")')
    found = [each for each in errors(broken) if each.rule == "template"]
    line = project.files[EN].decode().split('fact("field_research")')[0]
    spot = (line.count("\n") + 1, len(line.rpartition("\n")[2]) + 7)
    assert (found[0].place.line, found[0].place.column) == spot
    assert found[0].hint.en == 'did you mean "field_research"?'


def test_unknown_table(project: Snapshot) -> None:
    """A table or chart that is not specified is found in both texts."""
    broken = replaced(project, EN, 'table("training")', 'table("trainings")')
    broken = replaced(broken, ZH, 'table("training")', 'table("trainings")')
    found = [each for each in errors(broken) if each.rule == "prose"]
    assert [each.place.file for each in found] == [EN, ZH]
    assert found[0].what.en == 'there is no table "trainings"'


@pytest.mark.parametrize(
    ("file", "row", "column", "value", "says"),
    [
        ("tables", "glance", "rows", "dispached", 'no figure is called "dispached"'),
        ("tables", "dispatched", "rows", "level", 'the table "dispatch" has no figures of 2010'),
        ("tables", "dispatched", "rows", "", 'the table "dispatch" has no figures of 2010'),
        ("tables", "posts", "data", "jobs", 'no list is called "jobs"'),
        ("tables", "posts", "columns", "rank job", 'codes.csv has no column "job"'),
        ("tables", "glance", "title_en", "{{ yea() }}", 'there is no word "yea"'),
        ("charts", "funds", "title_en", "{{ yea() }}", 'there is no word "yea"'),
        ("codes", "tv_programmes", "en", "{{ yea() }}", 'there is no word "yea"'),
    ],
)
def test_tables_before_printing(  # noqa: PLR0913, PLR0917 - a table of cases
    project: Snapshot, file: str, row: str, column: str, value: str, says: str
) -> None:
    """What a table or the words around it lack is found without printing, in its own file."""
    found = errors(edited(project, f"{SLUG}/{file}.csv", row, column, value))
    assert says in found[0].what.en
    assert found[0].place.file == f"{CHAPTER}/{file}.csv"
    assert found[0].place.cell


def test_missing_province(project: Snapshot) -> None:
    """A county whose province is not in places.csv is told, not a fault of the toolkit."""
    broken = replaced(project, "data/places.csv", "410000,Henan,河南省\r\n", "")
    assert any('places.csv has no place "410000"' in each.what.en for each in errors(broken))
