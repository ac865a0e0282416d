"""A printed figure leads to its cells, or to what it was worked out of."""

from dataclasses import replace

import pytest

from tests.edits import rows
from yearbook.model import Period, Relation
from yearbook.provenance import Origin, cell, origin
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.records import Records, UnknownError
from yearbook.specimen import entry, fact, part, records


def known() -> Records:
    """A whole, its parts, the year before, a list."""
    before = replace(fact("all", 400), period=Period("2009", "2009"))
    return records(
        fact("all", 437),
        before,
        fact("some", 101),
        codes=(part("some", "all", Relation.OF),),
        lists={"posts": (entry("a", place="1"), entry("b", place="2"))},
    )


def found(expression: str, period: str = "") -> Origin:
    """What stands behind an expression."""
    return origin(expression, period, known())


def test_a_fact_is_its_cell() -> None:
    """A figure of the records has one cell and no formula."""
    assert [f.id for f in found("all").facts] == ["all"]
    assert found("all").formula.en == ""
    assert found("all").unit == "person"
    assert str(found("all", "2009").facts[0].value) == "400"


@pytest.mark.parametrize(
    ("expression", "formula", "facts"),
    [
        ("rest(all)", "437 − 101 =", 2),
        ("share(some, all)", "101 ÷ 437 × 100 ≈", 2),
        ("change(all)", "(437 − 400) ÷ 400 × 100 ≈", 2),
        ("year(all)", "the year before:", 1),
        ("year()", "the year this edition reports:", 0),
        ("count(posts)", "the rows of posts.csv:", 0),
        ("sum(all, some)", "", 2),
    ],
)
def test_derivations_say_what_they_are_made_of(expression: str, formula: str, facts: int) -> None:
    """Each derivation gives its formula and the cells in it."""
    behind = found(expression)

    assert behind.formula.en == formula
    assert len(behind.facts) == facts


def test_a_count_leads_to_its_rows() -> None:
    """The address names the rows counted."""
    assert found("count(posts)").cells == ("data/posts.csv#row=2-2",)


def test_change_without_a_year_before() -> None:
    """Where there is no year before, only the figure is named."""
    behind = origin("change(some)", "", known())

    assert [f.id for f in behind.facts] == ["some"]


def test_unknown_figure() -> None:
    """A name that is not in the records is an error, not an empty origin."""
    with pytest.raises(UnknownError):
        found("nothing")


def test_units_that_differ_are_none() -> None:
    """A derivation over several units has no unit of its own."""
    mixed = records(fact("people", 2), fact("money", 5, "yuan"))

    assert origin("share(people, money)", "", mixed).unit == ""


def test_addresses_lead_to_the_cells(project: Snapshot) -> None:
    """For every fact, the row and column of its address hold its value in the file."""
    chapter = read(project).book.chapters[0]
    for one in chapter.facts:
        file, _, spot = cell(one).partition("#cell=")
        row, column = map(int, spot.split(","))
        sheet = rows(project.files[f"data/{chapter.slug}/{file.removeprefix('data/')}"])
        typed = sheet[row - 1][column - 1].replace("-", "").replace(",", "")
        assert typed == f"{one.value:f}", one.id
        assert sheet[row - 1][0] == one.id
