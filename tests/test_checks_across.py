"""Rules over chapters: the national figure is the sum of those of all instances."""

from collections.abc import Mapping

import pytest

from tests.counties import FILES, SENT
from yearbook import checks
from yearbook.book import Book
from yearbook.checks.across import elsewhere
from yearbook.concern import Concern
from yearbook.finding import Severity, Suspect
from yearbook.model import Place
from yearbook.read import records as read
from yearbook.read.instances import shared_out
from yearbook.read.snapshot import Snapshot
from yearbook.records import Records, UnknownError

RULES = "data/people/rules.csv"
TOTAL = sum(sent for sent, _ in SENT.values())


def book(rule: str, changes: Mapping[str, str] | None = None) -> Book:
    """The book of the counties with a rule of the national chapter, and other files."""
    text = f"{FILES[RULES].splitlines()[0]}\nacross,error,{rule},it adds up,应当相等\n"
    files = {**FILES, RULES: text, **(changes or {})}
    snapshot = Snapshot({name: each.encode() for name, each in files.items()}, ())
    made, _ = read(shared_out(snapshot).snapshot)
    return made


def told(made: Book) -> list[tuple[str, str]]:
    """The findings of that rule, and of rules that are broken."""
    found = [f for f in checks.findings(made) if f.rule in ("across", "rule")]
    return [(f.rule, f.what.en) for f in found]


def national(sent: int) -> dict[str, str]:
    """The national table with this figure."""
    name = "data/people/people.csv"
    return {name: FILES[name].replace("437", str(sent))}


def test_the_sum_over_all_instances() -> None:
    """It holds exactly if the figure is their sum, and one that differs is told with both."""
    rule = "sent = sum(counties.sent)"
    assert told(book(rule, national(TOTAL))) == []
    found = told(book(rule, national(TOTAL + 9)))
    assert found == [("across", f"sent is {TOTAL + 9} but sum(counties.sent) is {TOTAL}")]


def test_what_a_finding_names() -> None:
    """The national cell, and the table of the instances that editors keep; no instance of them."""
    made = book("sent = sum(counties.sent)", national(TOTAL + 9))
    (found,) = (f for f in checks.findings(made) if f.rule == "across")
    assert (found.severity, found.of, found.where) == (Severity.ERROR, Concern.CHAPTERS, "sent")
    assert found.place.file == "data/people/people.csv"
    assert Suspect(Place("data/counties/people.csv"), "counties.sent", str(TOTAL)) in found.suspects


def test_a_figure_of_another_chapter() -> None:
    """Of a chapter without instances the name is its figure; an instance may ask for it, too."""
    rules = f"{FILES[RULES].splitlines()[0]}\nwithin,error,sent <= people.sent,within,不超过\n"
    made = book("heads <= sent", {"data/counties/rules.csv": rules, **national(30)})
    (found,) = (f for f in checks.findings(made) if f.rule == "within")
    assert found.what.en == "sent is 43, more than people.sent, which is 30"
    assert found.place.file == "data/counties-c3/people.csv"


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        ("sent = sum(county.sent)", 'no chapter is called "county"'),
        ("sent = sum(counties.send)", 'counties-a1: no figure is called "send"'),
        ("sent = prev(counties.sent)", 'no figure is called "counties.sent"'),
        ("sent >= 2010-b.sent", 'no chapter is called "2010-b"'),
    ],
)
def test_names_that_nobody_knows(rule: str, what: str) -> None:
    """Are faults of the rule, told as such."""
    found = told(book(rule))
    assert [(name, said.partition(" (character")[0]) for name, said in found] == [("rule", what)]


def test_an_instance_without_the_figure() -> None:
    """Is named: a sum of the others would look like the whole."""
    name = "data/counties/people.csv"
    lines = [line for line in FILES[name].splitlines() if not line.startswith("sent,2010,b2")]
    found = told(book("sent = sum(counties.sent)", {name: "\n".join(lines) + "\n"}))
    assert ("rule", 'counties-b2: "sent" is in codes.csv and has no row') in found


def test_units_must_agree() -> None:
    """Persons and pieces do not add up."""
    made = book("sent = sum(counties.sent)")
    units = [fact.unit.id for chapter in made.chapters for fact in chapter.facts]
    assert set(units) == {"person"}
    records = Records(made, made.chapters[0])
    assert elsewhere(records, "counties.sent").bounds.low == TOTAL
    mixed = {
        "data/counties/people.csv": FILES["data/counties/people.csv"].replace(
            "b2,29,person,,29 people", "b2,29,item,,29 items"
        ),
        "data/units.csv": FILES["data/units.csv"]
        + FILES["data/units.csv"].splitlines()[1].replace("person", "item").replace("人", "件"),
    }
    made = book("sent = sum(counties.sent)", mixed)
    with pytest.raises(UnknownError, match="several units"):
        elsewhere(Records(made, made.chapters[0]), "counties.sent")


def test_rounding_of_each_instance_is_allowed_for() -> None:
    """Three figures rounded to tens and their rounded sum may be 20 apart, and no more."""
    units = FILES["data/units.csv"]
    head, row = units.splitlines()[:2]
    assert "rounded_to" not in head
    rounded = f"{head},rounded_to\n{row},10\n"
    rule = "sent = sum(counties.sent)"
    name = "data/counties/people.csv"
    round_ones = FILES[name]
    for sent, _ in SENT.values():
        round_ones = round_ones.replace(
            f"{sent},person,,{sent} ", f"{sent // 10 * 10},person,,{sent // 10 * 10} "
        )
    files = {"data/units.csv": rounded, name: round_ones}
    assert told(book(rule, {**files, **national(90)})) == []
    assert [name for name, _ in told(book(rule, {**files, **national(200)}))] == ["across"]
