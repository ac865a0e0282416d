"""Wholes in codes.csv that are none, or that lead back to their part."""

from tests.edits import SLUG, edited
from yearbook.read import read
from yearbook.read.snapshot import Snapshot

CODES = f"{SLUG}/codes.csv"


def told(project: Snapshot, *edits: tuple[str, str, str]) -> list[tuple[str, str]]:
    """The cells of codes.csv that name a wrong whole, after edits of it."""
    for name, column, value in edits:
        project = edited(project, CODES, name, column, value)
    found = (one for one in read(project).findings if one.place.file.endswith("codes.csv"))
    return [(one.place.cell or "", one.what.en) for one in found]


def test_of_the_chapter(project: Snapshot) -> None:
    """The wholes of the chapter are right."""
    assert told(project) == []


def test_part_of_itself(project: Snapshot) -> None:
    """A code that is its own whole, and two that are one another's."""
    said = '"{}" would be a part of itself'
    itself = ("tv_key_counties", "parent", "tv_key_counties")
    assert told(project, itself) == [("C24", said.format("tv_key_counties"))]
    other = ("tv_counties", "parent", "tv_key_counties"), ("tv_counties", "relation", "of")
    found = told(project, *other)
    assert found == [("C23", said.format("tv_counties")), ("C24", said.format("tv_key_counties"))]


def test_unknown(project: Snapshot) -> None:
    """A whole that nobody defined, with what was meant."""
    found = told(project, ("tv_key_counties", "parent", "tv_countys"))
    assert found == [("C24", 'the code of "id" "tv_countys" is not known')]
