"""A page that knows what its tables, charts and macros gave last time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from yearbook.book import ChartSpec, TableSpec
from yearbook.chart import Asked
from yearbook.compose import Part, Passage
from yearbook.engine.recall import Filled, Question, Recall, ids_of
from yearbook.model import Language
from yearbook.page import Page, PlacedChart
from yearbook.table import Table

_NOUNS = (Part, PlacedChart, Table)
"""With passages, what is met again as itself where it is as it was: to compare all it holds would
take too long."""


@dataclass
class Leaflet(Page):
    """A page that is filled with what is remembered, where that is so still."""

    recall: Recall = field(default_factory=Recall)

    def _table(self, spec: TableSpec) -> Table:
        """As `Page._table`: a table hangs on the figures of its data and what it asks for."""
        known = self.recall.tables.get((spec.id, self.edition))
        if known is not None:
            return known[0]
        asked = self.teller.records
        assert isinstance(asked, Asked)  # noqa: S101 - the records of `Remembering`
        before = len(asked.facts)
        made = super()._table(spec)
        self.recall.tables[spec.id, self.edition] = (made, ids_of(asked.facts[before:]))
        return made

    def _chart(self, spec: ChartSpec) -> PlacedChart:
        """As `Page._chart`; what is as it was is met again as itself."""
        made = super()._chart(spec)
        return self.recall.charts.again((spec.id, self.edition), made)

    def again(
        self, which: object, words: tuple[object, ...], make: Callable[[object], object]
    ) -> object:
        """What a macro gives that is handed this page and some words."""
        return self.filled(which, words, make).html

    def filled(
        self, which: object, words: tuple[object, ...], make: Callable[[object], object]
    ) -> Filled:
        """What a macro gives and what it asks.

        It is what it gave before if the words are the same and the page answers all it was asked
        in the same way. Equal words of other kinds are printed otherwise, and so are decimals.
        """
        key = (self.edition, which, tuple(map(_name, words)))
        try:
            known = self.recall.macros.pop(key, None)
        except TypeError:  # words that may change cannot be remembered
            return _traced(self, words, make)
        if known is None or not _still(known, words, self):
            known = _traced(self, words, make)
        if not known.lost:
            self.recall.macros[key] = known  # the last to be forgotten
        return known


class Traced:
    """Stands in for a page and writes down what is asked of it, also by the macros within."""

    def __init__(self, page: Leaflet) -> None:
        self._page = page
        self.asked_of_page: dict[Question, object] = {}
        self.lost = False

    def again(
        self, which: object, words: tuple[object, ...], make: Callable[[object], object]
    ) -> object:
        """As `Leaflet.again`."""
        filled = self._page.filled(which, words, make)
        self.asked_of_page |= filled.asked
        self.lost = self.lost or filled.lost
        return filled.html

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._page, name)
        if not callable(value):
            self.asked_of_page[name, None] = value
            return value

        def called(*words: object) -> object:
            told = value(*words)
            try:
                self.asked_of_page[name, words] = told
            except TypeError:  # a question that cannot be put again
                self.lost = True
            return told

        return called


def _traced(page: Leaflet, words: tuple[object, ...], make: Callable[[object], object]) -> Filled:
    traced = Traced(page)
    return Filled(make(traced), traced.asked_of_page, words, traced.lost)


def _name(word: object) -> tuple[type, object]:
    """What a word is called: of what may have changed meanwhile, a name that stays."""
    if isinstance(word, Passage):
        return Passage, word.places.get(Language.EN)
    if isinstance(word, _NOUNS):
        return type(word), word.id
    return type(word), str(word) if isinstance(word, Decimal) else word


def _still(known: Filled, words: tuple[object, ...], page: Page) -> bool:
    """Whether a macro that was handed words of the same names would give the same again."""
    pairs = zip(known.words, words, strict=True)
    met = all(one is other for one, other in pairs if isinstance(other, (Passage, *_NOUNS)))
    return met and all(_asked(page, one) == told for one, told in known.asked.items())


def _asked(page: Page, question: Question) -> object:
    name, words = question
    value = getattr(page, name)
    return value if words is None else value(*words)
