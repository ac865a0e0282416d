"""Every numeral of a manuscript is held by a fact, a rule or a reason, or reported missing."""

from dataclasses import replace
from typing import Any

import pytest

from tests.edits import CHAPTER, ROOT, rows
from yearbook.book import Book
from yearbook.coverage import Holding, Mention, Ruling, line, missing, plain, summary, survey
from yearbook.model import Text
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.records import Records
from yearbook.specimen import entry, fact, records

SOURCE = ROOT.parent / "shared" / "source" / "most-2010-en.txt"
ENGLISH = """Report on planting

【Trees】 In 2010 the office sent 369 people to
plant 44 oaks and 44 elms under the "11th Five-Year Plan". Three leaders went along; in 1999
nobody did.

电话:+86-10-1234
"""


def known(**parts: Any) -> Records:
    """Records of a made-up manuscript."""
    made = records(
        fact("people", 369, quote="sent 369 people"),
        fact("oaks", 44, quote="plant [44] oaks and 44 elms"),
        fact("elms", 44, quote="44 oaks and [44] elms"),
        **parts,
    )
    book: Book = replace(made.book, literals={"plan": Text("11th Five-Year Plan", "“十一五”规划")})
    return Records(book, made.chapter)


def held(text: str, ledger: tuple[Ruling, ...] = ()) -> dict[str, str]:
    """What holds each numeral: by place, its kind and id."""
    return {
        mention.ruling.place: f"{mention.ruling.holding} {mention.ruling.id}".strip()
        for mention in survey(text, known(), ledger)
    }


def test_made_up_manuscript() -> None:
    """Quotes across a line end, marks, names and years of the records are found; the rest not."""
    assert held(ENGLISH) == {
        "p2.1": "period people",
        "p2.2": "fact people",
        "p2.3": "fact oaks",
        "p2.4": "fact elms",
        "p2.5": "literal plan",
        "p2.6": "literal plan",
        "p2.7": "missing",
        "p2.8": "missing",
        "p3.1": "missing",
        "p3.2": "missing",
        "p3.3": "missing",
    }


def test_places_lead_to_the_numeral() -> None:
    """Line and column are those of the manuscript, blanks and all."""
    (mention,) = (m for m in survey(ENGLISH, known()) if m.ruling.id == "elms")
    text = ENGLISH.splitlines()[mention.line - 1][mention.column - 1 :]

    assert text.startswith("44 elms")


def test_chinese_manuscript() -> None:
    """A Chinese manuscript is read as Chinese: 7.2万 is 72,000."""
    made = records(fact("sent", 72000, quote="派出科技特派员7.2万名"))
    (mention,) = survey("全年累计派出科技特派员7.2万名。", made)

    assert (mention.ruling.numeral, mention.ruling.holding) == ("7.2万", Holding.FACT)


def test_quote_elsewhere_with_other_numbers() -> None:
    """The words alone hold nothing: the numeral in them must be the value of the fact."""
    made = records(fact("sent", 70, quote="sent 72 people"))

    assert [m.ruling.holding for m in survey("It sent 72 people.", made)] == [Holding.MISSING]


def test_part_of_a_number_is_not_the_number() -> None:
    """A quote of 9 people does not hold 369 people."""
    made = records(fact("few", 9, quote="9 people"))

    assert [m.ruling.holding for m in survey("It sent 369 people.", made)] == [Holding.MISSING]


@pytest.mark.parametrize(
    ("kind", "name", "reason", "holds"),
    [
        ("other", "", "background", True),
        ("other", "", "", False),
        ("count", "leaders", "counted", True),
        ("count", "others", "counted", False),
        ("count", "people", "counted", False),
        ("fact", "three", "said again", True),
        ("fact", "people", "said again", False),
        ("literal", "plan", "variant", True),
        ("literal", "plans", "variant", False),
        ("period", "three", "its year", False),
        ("missing", "", "later", False),
    ],
)
def test_reviewed_rulings_must_hold(kind: str, name: str, reason: str, holds: bool) -> None:
    """A person's ruling counts if its fact or list has that value and its reason is given."""
    made = known(lists={"leaders": (entry("a"), entry("b"), entry("c")), "others": (entry("a"),)})
    chapter = replace(made.chapter, facts=(*made.chapter.facts, fact("three", 3)))
    ruling = Ruling("Three", "p2.7", Holding(kind), name, reason)
    mentions = survey(ENGLISH, Records(made.book, chapter), [ruling])
    (mention,) = (m for m in mentions if m.ruling.place == "p2.7")

    assert (mention.ruling == ruling) is holds
    assert (mention.ruling.holding is not Holding.MISSING) is holds


def test_a_ruling_counts_only_at_its_place() -> None:
    """The reason for one numeral is no reason for another."""
    ruling = Ruling("Three", "p2.8", Holding.OTHER, "", "background")

    assert held(ENGLISH, (ruling,))["p2.7"] == "missing"


def test_years_of_the_records() -> None:
    """The data year is a period of the records wherever it stands; another year is not."""
    mentions = survey("It began in 2010.\n\nIn 1999 it had not.", known())

    assert [m.ruling.holding for m in mentions] == [Holding.PERIOD, Holding.MISSING]


def test_signs_stay_out_of_the_ledger() -> None:
    """A spreadsheet would take +86 for a formula."""
    numerals = [m.ruling.numeral for m in survey(ENGLISH, known())]

    assert "86" in numerals
    assert not any(numeral.startswith(("+", "-")) for numeral in numerals)


def test_what_is_told() -> None:
    """The list shows place, numeral, kind and quote; the summary counts by kind."""
    mentions = survey(ENGLISH, known())
    lines = [line(mention, "a.txt") for mention in mentions]

    assert lines[1] == 'a.txt:3:33: 369  fact people "sent 369 people"'
    assert lines[6].endswith("Three  missing  [p2.7]")
    assert summary(mentions).en.startswith("11 numerals: 3 fact, 1 period, 2 literal")
    assert "缺失5" in summary(mentions).zh
    assert len(missing(mentions)) == 5
    assert plain(mentions[1])["kind"] == "fact"


def ledger() -> list[Ruling]:
    """The ledger of the real source."""
    content = (ROOT / CHAPTER / "coverage.csv").read_bytes()
    return [
        Ruling(numeral, place, Holding(kind), name, reason)
        for numeral, place, kind, name, reason in rows(content)[1:]
    ]


def real(project: Snapshot) -> tuple[Mention, ...]:
    """The real source against the real records."""
    if not SOURCE.is_file():
        pytest.skip("the source is not part of the project and not at hand here")
    book = read(project).book
    return survey(SOURCE.read_text("utf-8"), Records(book, book.chapters[0]), ledger())


def test_nothing_of_the_real_source_is_missing(project: Snapshot) -> None:
    """Every numeral of the real source is accounted for, exactly as the ledger says."""
    mentions = real(project)

    assert missing(mentions) == ()
    assert [mention.ruling for mention in mentions] == ledger()


def test_every_fact_stands_in_the_real_source(project: Snapshot) -> None:
    """Each fact of the chapter is found in the source at its quote."""
    found = {m.ruling.id for m in real(project) if m.ruling.holding is Holding.FACT}

    assert {fact.id for fact in read(project).book.chapters[0].facts} == found


def test_ledger_holds_no_sentences() -> None:
    """The ledger keeps numerals, names and an editor's own reasons, in a few words each."""
    for ruling in ledger():
        assert len(ruling.numeral.split()) <= 4
        assert ruling.reason or ruling.holding not in (Holding.OTHER, Holding.COUNT)


def test_ledger_names_what_the_records_have(project: Snapshot) -> None:
    """Without the source at hand the ledger still speaks only of facts and names that exist."""
    book = read(project).book
    facts = {fact.id for fact in book.chapters[0].facts} | {"year()"}
    known = {Holding.FACT: facts, Holding.PERIOD: facts, Holding.LITERAL: set(book.literals)}

    for ruling in ledger():
        assert ruling.id in known.get(ruling.holding, {""})
