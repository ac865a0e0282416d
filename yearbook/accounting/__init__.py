"""Every numeral that a reader sees is bound to the records, or stands in a reviewed list.

Pure: texts in, findings out. docs/accounting.md says what is checked and how to mend it.
"""

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import escape

from yearbook import lexer
from yearbook.accounting import (
    beside,
    figures,
    gaps,
    included,
    literals,
    nouns,
    numerals,
    tables,
    terms,
    trends,
    unread,
)
from yearbook.accounting.ledger import Ledger
from yearbook.accounting.visible import Visible, visible
from yearbook.book import Inscription
from yearbook.compose import Teller, Telling
from yearbook.finding import Finding
from yearbook.lexer import Numeral
from yearbook.memo import Memo
from yearbook.model import Edition, Language, Place, Text
from yearbook.records import Records, UnknownError
from yearbook.table import Maker, Words
from yearbook.template import unmarked

__all__ = ["Ledger", "account", "ledger", "telling"]


def account(teller: Teller) -> Iterator[Finding]:
    """Everything wrong with the texts that a teller has filled, with those of the CSVs, and with
    the tables of its chapter."""
    records = teller.records
    book = ledger(records)
    for told in teller.log:
        yield from telling(book, told)
    # What a cell's template does wrong is said where it is printed, not once more here.
    silent = Teller(records, teller.numbering, teller.medium)
    strict = replace(book, masks={of: _plain_masks(book, of) for of in Language})
    for inscription in (*records.book.inscriptions, *records.chapter.inscriptions):
        yield from _inscribed(book, strict, inscription, silent)
    yield from literals.unequal(book)
    yield from gaps.half_said(records)
    yield from _tables(book)


def ledger(records: Records) -> Ledger:
    """What the texts of a chapter are checked against.

    The words of its lists are names: `account` looks at their own cells.
    """
    manuscripts = {prose.file: prose.text for prose in records.chapter.prose.values()}
    masks = {of: frozenset(records.book.masks(of) | _names(records, of)) for of in Language}
    return Ledger(records, masks, manuscripts, terms.variants(records.book.terms))


def _names(records: Records, language: Language) -> set[str]:
    """Words of lists that hold a numeral."""
    masks = records.book.masks(language)
    found = {
        cell.text
        for entries in records.chapter.lists.values()
        for entry in entries
        for column, cell in entry.cells.items()
        if column.endswith(f"_{language}") and cell.text
    }
    return {words for words in found if lexer.read(words, language, masks)}


def telling(book: Ledger, told: Telling) -> Iterator[Finding]:
    """Everything wrong with one filled text.

    >>> from markupsafe import Markup
    >>> from yearbook.model import Place
    >>> from yearbook.specimen import fact, records
    >>> text = Markup("It sent 437 people.")
    >>> told = Telling(text, text, Language.EN, Place("en.md", 3, 1))
    >>> [f.hint.en for f in telling(ledger(records(fact("dispatched", 437))), told)]
    ['437 is dispatched: write {{ fact("dispatched") }}']
    """
    for seen in visible(told.html):
        read = book.read(seen.text, told.language)
        typed = tuple(n for n in read if not trends.judged(book, told.language, seen, n))
        yield from numerals.check(book, told, seen, typed)
        yield from figures.check(book, told, seen, read)
        yield from nouns.check(book, told, seen, read)
        yield from included.check(book, told, seen)
        yield from trends.check(book, told, seen, read)
        yield from _typed(book, told, seen, read)


_SOUND: Memo[tuple[object, ...], bool] = Memo(8192)
"""Texts whose typed words are right, with all that they were judged by: none of it is a figure, so
that a changed one leaves them right. What is wrong is looked at each time, for its place."""


def _typed(
    book: Ledger, told: Telling, seen: Visible, read: tuple[Numeral, ...]
) -> Iterator[Finding]:
    """Everything wrong with the words around the figures, whatever these are."""
    language = told.language
    by = (language, seen, read, book.masks.get(language), book.variants.get(language))
    if by in _SOUND:
        return
    wrong = [
        *unread.check(book, told, seen, read),
        *beside.check(book, told, seen),
        *terms.check(book, told, seen),
    ]
    if not wrong:
        _SOUND[by] = True
    yield from wrong


def _inscribed(
    book: Ledger, strict: Ledger, inscription: Inscription, teller: Teller
) -> Iterator[Finding]:
    """A cell: a template is filled; plain words may hold the phrase of a literal (``strict``)."""
    cell, language = inscription.cell, inscription.language
    if not inscription.template:
        yield from telling(strict, Telling(cell.text, escape(cell.text), language, cell.place))
        return
    filled = teller.told(unmarked(cell.text), teller.voice(language), cell.place)
    text = Telling(cell.text, filled, language, cell.place)
    if inscription.literal:
        bare = replace(book, masks={language: book.records.book.masks(language)})
        yield from literals.check(bare, inscription, text)
        for seen in visible(filled):
            yield from figures.check(book, text, seen, book.read(seen.text, language))
    else:
        yield from telling(book, text)


def _plain_masks(book: Ledger, language: Language) -> frozenset[str]:
    records = book.records
    phrases = {text.of(language) for text in records.book.literals.values()}
    return frozenset(records.book.masks(language) | phrases)


def _tables(book: Ledger) -> Iterator[Finding]:
    records = book.records
    for edition in Edition:
        maker = Maker(records, edition, _silent)
        for spec in records.chapter.tables:
            try:
                made = maker.table(spec)
            except UnknownError:  # the page says so at its own place
                continue
            yield from tables.check(book, edition, made, spec.place)


def _silent(text: Text, place: Place | None = None) -> Words:
    """The words of a table are accounted for in their cells; here only its figures count."""
    return ()
