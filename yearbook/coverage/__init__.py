"""What becomes of every numeral of a manuscript: which fact holds it, by what rule it is none.

The ledger of a chapter (coverage.csv) keeps the outcome, and the reasons a person gave for numerals
that no fact holds. It holds numerals and places, never sentences of the source.
"""

from collections.abc import Iterable

from yearbook.coverage.holding import of_records, reviewed
from yearbook.coverage.manuscript import paragraphs, position
from yearbook.coverage.ruling import COLUMNS, Holding, Mention, Ruling
from yearbook.coverage.telling import HINT, line, plain, summary
from yearbook.records import Records

__all__ = [
    "COLUMNS",
    "HINT",
    "Holding",
    "Mention",
    "Ruling",
    "line",
    "missing",
    "plain",
    "summary",
    "survey",
]


def survey(manuscript: str, records: Records, ledger: Iterable[Ruling] = ()) -> tuple[Mention, ...]:
    """Every numeral of a manuscript in either language, with what holds it.

    >>> from yearbook.specimen import fact, records
    >>> known = records(fact("leaders", 101, quote="including 101 leaders"))
    >>> text = "In 2010 it sent 437 people, including 101 leaders."
    >>> for mention in survey(text, known):
    ...     print(mention.column, mention.ruling.numeral, mention.ruling.holding.value)
    4 2010 period
    17 437 missing
    39 101 fact
    """
    known = {(ruling.place, ruling.numeral): ruling for ruling in ledger}
    mentions = []
    for paragraph in paragraphs(manuscript, records.book):
        held = of_records(paragraph, records)
        for number, numeral in enumerate(paragraph.numerals, 1):
            place = f"p{paragraph.number}.{number}"
            written = numeral.text.lstrip("+-")
            holding, name, quote = held.get(numeral, (Holding.MISSING, "", ""))
            ruling = Ruling(written, place, holding, name, "")
            if holding is Holding.MISSING:
                ruling = reviewed(known.get((place, written)), numeral, records) or ruling
            at = paragraph.offsets[numeral.start]
            mentions.append(Mention(*position(manuscript, at), ruling, quote))
    return tuple(mentions)


def missing(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Those that nothing accounts for."""
    return tuple(m for m in mentions if m.ruling.holding is Holding.MISSING)
