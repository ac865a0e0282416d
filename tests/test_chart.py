"""What a chart is given: figures and labels in the words of an edition, colours of the theme."""

import pytest

from yearbook.chart import Asked, Sketch
from yearbook.model import Code, Edition, Language, Place, Relation, Text
from yearbook.read import THEME
from yearbook.read.snapshot import Snapshot
from yearbook.records import UnknownError
from yearbook.specimen import entry, fact, part, records
from yearbook.theme import Theme, parse

FACTS = (
    fact("people", 4830, qualifier="more_than"),
    fact("leaders", 101),
    fact("funds", 44_050_000, "yuan"),
    fact("group", 24, "group"),
    fact("year", 1986, "year", "about"),
)
BOOK = records(
    *FACTS,
    codes=(
        Code("id", "people", "", None, Text("People", "人员"), Place("x.csv")),
        part("leaders", "people", Relation.OF),
    ),
    divisions={"370523": Text("Guangrao", "广饶县")},
    lists={"posts": (entry("a", place="370523"),)},
)


@pytest.fixture
def theme(project: Snapshot) -> Theme:
    """The theme of the project."""
    return parse(project.files[THEME])


def sketch(theme: Theme, edition: Edition) -> Sketch:
    """The records for one edition."""
    return Sketch(BOOK, theme, edition, lambda language, text: text.of(language))


@pytest.mark.parametrize(
    ("name", "en", "zh", "both"),
    [
        ("people", ">4,830", ">4830", ">4,830"),
        ("funds", "44.05", "4405", "44.05|4405"),
        ("group", "24th", "第24届", "24th|第24届"),
        ("year", "≈1986", "≈1986年", "≈1986|≈1986年"),
    ],
)
def test_figure(theme: Theme, name: str, en: str, zh: str, both: str) -> None:
    """A figure with the sign of its hedge, in each language; once where both are the same."""
    for edition, said in zip(Edition, (en, zh, both), strict=True):
        drawn = sketch(theme, edition)
        assert drawn.figure(drawn.fact(name), "|") == said


def test_words(theme: Theme) -> None:
    """Labels and places in the words of the edition."""
    drawn = sketch(theme, Edition.BOTH)
    assert drawn.label("people") == "People\n人员"
    assert drawn.place("370523", " ") == "Guangrao 广饶县"
    assert drawn.within(Language.ZH).label("people") == "人员"
    assert (drawn.language, drawn.within(Language.ZH).language) == (Language.EN, Language.ZH)


def test_records(theme: Theme) -> None:
    """Parts and rows as the records have them; what they do not have is told."""
    drawn = sketch(theme, Edition.EN)
    assert drawn.parts("people", Relation.OF) == (FACTS[1],)
    assert [row.id for row in drawn.entries("posts")] == ["a"]
    assert drawn.colour("ink") == theme.colours["ink"]
    with pytest.raises(UnknownError):
        drawn.fact("nothing")


def test_asked() -> None:
    """What a chart asked for is remembered, and the answers are those of the records."""
    asked = Asked(BOOK.book, BOOK.chapter)
    assert asked.fact("leaders") == FACTS[1]
    assert asked.series("funds") == (FACTS[2],)
    assert asked.entries("posts") == BOOK.entries("posts")
    assert asked.facts == [FACTS[1], FACTS[2]]
    assert asked.lists == [BOOK.entries("posts")]
    assert asked.current() == FACTS
