"""A page that knows what its tables and its macros gave last time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from yearbook.engine.recall import Filled, Question, Recall, Tables
from yearbook.page import Page
from yearbook.table import Table

_MOST = 4096
"""So many macros are remembered of a chapter; then all are forgotten."""


@dataclass
class Leaflet(Page):
    """A page that is filled with what is remembered, where that is so still."""

    recall: Recall = field(default_factory=Recall)

    @property
    def tables(self) -> dict[str, Table]:
        """As `Page.tables`."""
        maker = Tables(self.teller.records, self.edition, self.say, self.recall)
        specs = {spec.id: spec for spec in self.chapter.tables}
        called = (name for kind, name in self.teller.numbering.numbers if kind == "table")
        return {name: maker.table(specs[name]) for name in called}

    def again(
        self, which: object, words: tuple[object, ...], make: Callable[[object], object]
    ) -> Any:
        """What a macro gives that is handed this page and some words.

        It is what it gave before if the words are the same and the page answers all it was asked
        in the same way. Equal words of other kinds are printed otherwise, and so are decimals.
        """
        told = tuple((type(w), str(w) if isinstance(w, Decimal) else w) for w in words)
        key = (self.edition, which, told)
        try:
            known = self.recall.macros.get(key)
        except TypeError:  # words that may change cannot be remembered
            return make(self)
        if known is not None and all(_asked(self, one) == told for one, told in known.asked):
            return known.html
        traced = Traced(self)
        html = make(traced)
        if len(self.recall.macros) >= _MOST:
            self.recall.macros.clear()
        self.recall.macros[key] = Filled(html, tuple(traced.asked_of_page))
        return html


class Traced:
    """Stands in for a page and writes down what is asked of it."""

    again = None

    def __init__(self, page: Page) -> None:
        self.asked_of_page: list[tuple[Question, object]] = []
        self._page = page

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._page, name)
        if not callable(value):
            self.asked_of_page.append(((name, None), value))
            return value

        def called(*words: object) -> object:
            told = value(*words)
            self.asked_of_page.append(((name, words), told))
            return told

        return called


def _asked(page: Page, question: Question) -> object:
    name, words = question
    value = getattr(page, name)
    return value if words is None else value(*words)
