"""The witness: what a chart looked at, cell by cell, and whether it would be told the same."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from yearbook.book import Chapter
from yearbook.chart import Asked
from yearbook.model import Language, Place, Relation, Text
from yearbook.records import Records, UnknownError
from yearbook.specimen import fact, records
from yearbook.witness import Witness, again, unmoved, values

SPECIMEN = records(fact("sent", 437), fact("trained", 4830), fact("heads", 101))
Look = Callable[[Records], object]


def say(language: Language, text: Text) -> str:
    """A text as it stands."""
    return text.of(language)


def seen(look: Look) -> Witness:
    """What a look at the specimen asks."""
    witness = Witness(Asked(SPECIMEN.book, SPECIMEN.chapter), say)
    look(witness.records)
    return witness


def edited(**changes: Any) -> Chapter:
    """The chapter of the specimen with another first fact."""
    first, *rest = SPECIMEN.chapter.facts
    return replace(SPECIMEN.chapter, facts=(replace(first, **changes), *rest))


def same(look: Look, chapter: Chapter) -> bool:
    """Whether what was looked at is the same in another state of the records."""
    answers = seen(look).answers
    assert again(tuple(answers), Asked(SPECIMEN.book, SPECIMEN.chapter), say) == answers
    return again(tuple(answers), Asked(SPECIMEN.book, chapter), say) == answers


LOOKS: dict[str, Look] = {
    "value": lambda r: r.fact("sent").value,
    "all values": lambda r: [f.value for f in r.current()],
    "series": lambda r: [f.value for f in r.series("sent")],
    "copy": lambda r: replace(r.fact("sent"), note="x"),
    "attribute": lambda r: r.chapter.facts[0].value,
    "rest": lambda r: r.rest(r.fact("sent")),
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_value(look: Look) -> None:
    """Whoever looked at a value, in whatever way, is told another one."""
    assert same(look, SPECIMEN.chapter)
    assert not same(look, edited(value=Decimal(438)))
    assert not same(look, edited(value=Decimal("437.0")))


@pytest.mark.parametrize(
    "look",
    [
        lambda r: r.fact("trained").value,
        lambda r: r.fact("sent").unit,
        lambda r: [f.dimensions for f in r.current()],
        lambda r: [f.value for f in r.current() if f.id == "trained"],
        lambda r: r.year,
    ],
)
def test_other_cells(look: Look) -> None:
    """Whoever did not look at the value is told the same."""
    assert same(look, edited(value=Decimal(438)))


def test_what_is_there() -> None:
    """A new fact is another answer for who asked for all, not for who asked for one."""
    more = replace(SPECIMEN.chapter, facts=(*SPECIMEN.chapter.facts, fact("new", 1)))
    assert not same(lambda r: len(r.current()), more)
    assert same(lambda r: r.fact("sent").value, more)
    fewer = replace(SPECIMEN.chapter, facts=SPECIMEN.chapter.facts[1:])
    assert not same(lambda r: r.fact("sent"), fewer)


def test_absent() -> None:
    """That something is not there is an answer too."""

    def look(asked: Records) -> None:
        with pytest.raises(UnknownError):
            asked.fact("new")

    more = replace(SPECIMEN.chapter, facts=(*SPECIMEN.chapter.facts, fact("new", 1)))
    assert same(look, SPECIMEN.chapter)
    assert not same(look, more)


def test_arguments() -> None:
    """Questions with a relation, a language or a fact can be asked again."""

    def look(asked: Records) -> None:
        asked.parts("sent", Relation.SUM)
        asked.previous(asked.fact("sent"))
        asked.book.masks(Language.ZH)

    assert same(look, SPECIMEN.chapter)


def test_other_place() -> None:
    """A row that moved is the same to who did not ask where it stands."""
    moved = edited(place=Place("data/c/x.csv", 99))
    assert same(lambda r: r.fact("sent").value, moved)
    assert not same(lambda r: r.fact("sent").place, moved)


def test_texts() -> None:
    """A text that is filled otherwise is another answer."""
    witness = Witness(Asked(SPECIMEN.book, SPECIMEN.chapter), say)
    assert witness.say(Language.EN, Text("a", "甲")) == "a"
    asked = Asked(SPECIMEN.book, SPECIMEN.chapter)
    assert again(tuple(witness.answers), asked, say) == witness.answers
    other = again(tuple(witness.answers), asked, lambda *_: "b")
    assert other != witness.answers


def test_untraceable() -> None:
    """A question that cannot be written down is told, so that nothing is kept."""
    strange: Any = object()
    assert not seen(lambda r: r.parts("sent", strange)).traceable


def test_asked_for_again() -> None:
    """Asking again leaves the same figures asked for as the chart did."""
    witness = seen(lambda r: [f.value for f in (r.fact("sent"), *r.series("heads"))])
    asked = Asked(SPECIMEN.book, SPECIMEN.chapter)
    again(tuple(witness.answers), asked, say)
    assert asked.facts == witness.asked.facts


@pytest.mark.parametrize(
    "question", ['["call", ["nothing"], [], {}]', '["of", "x", "2010", "value"]']
)
def test_no_answer(question: str) -> None:
    """A question that has no answer any more ends the asking."""
    assert again((question,), Asked(SPECIMEN.book, SPECIMEN.chapter), say) is None


def test_values_alone() -> None:
    """What facts say can be compared by itself: it fills no texts. Where two have one name, the
    first is meant, as where a chart asks."""
    kept = values(seen(lambda r: (r.fact("sent").value, r.current())).answers)
    assert [json.loads(question)[0] for question in kept] == ["of"]
    first = SPECIMEN.chapter.facts[0]
    assert unmoved(kept, SPECIMEN.chapter)
    assert not unmoved(kept, edited(value=Decimal(438)))
    assert not unmoved(kept, edited(id="other"))
    twin = replace(first, value=Decimal(1))
    assert unmoved(kept, replace(SPECIMEN.chapter, facts=(*SPECIMEN.chapter.facts, twin)))
