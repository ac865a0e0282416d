"""What was said, tabled and drawn of a chapter last time, less what a change of figures touches.

Between two builds mostly a few values change. Then everything that looked at none of these
indicators is as it was; where more than values changed, everything is forgotten.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from markupsafe import Markup

from yearbook.binding import Citation, Numbering, Voice
from yearbook.book import Book, Chapter
from yearbook.chart import Asked
from yearbook.cite import Led
from yearbook.compose import Part, Passage, Teller
from yearbook.memo import Memo
from yearbook.model import Edition, Fact, Language, Place
from yearbook.page import Picture, PlacedChart
from yearbook.read.again import STANDING, differ, stands
from yearbook.table import Table

K = TypeVar("K")
V = TypeVar("V")
Ids = frozenset[str]
_MOST = 1024
"""So many macros are remembered of a chapter; who was not asked for longest is forgotten."""
_CALLS = frozenset({"fact", "series", "current", "entries", "label", "code", "parts", "place_name"})
"""What a chart may call of the records whose answer tells which figures there are, no value."""
_READS = frozenset(
    {"codes", "data_year", "divisions", "facts", "lists", "sources", "units", "year"}
)
"""What it may read of them likewise."""

Question = tuple[str, tuple[object, ...] | None]
"""Something of a page: its name, and the arguments if it was called."""


@dataclass(frozen=True, slots=True)
class Said:
    """A filled text, what it cited and the notes it made, and the figures it asked for."""

    html: Markup
    cited: tuple[Citation, ...]
    notes: tuple[Markup, ...]
    facts: tuple[Fact, ...]


def differing(before: tuple[Book, Chapter], now: tuple[Book, Chapter]) -> Ids | None:
    """The indicators of which a figure is not as it was; None if more than that and the texts of
    the chapter changed."""
    if replace(before[0], chapters=()) != replace(now[0], chapters=()):
        return None
    if replace(before[1], facts=(), prose={}) != replace(now[1], facts=(), prose={}):
        return None
    old, new = before[1].facts, now[1].facts
    if not (isinstance(old, tuple) and isinstance(new, tuple)) or len(old) != len(new):
        return None
    pairs = [(one, other) for one, other in zip(old, new, strict=True) if differ(one, other)]
    if any(stands(one) != stands(other) for one, other in pairs):
        return None
    return frozenset(one.id for one, _ in pairs)


def hanging(questions: Iterable[str]) -> Ids | None:
    """The indicators at whose values a chart looked, beside those in the texts it had filled; None
    if that cannot be told.

    >>> sorted(hanging(['["of", "sent", "2010", "value"]', '["call", ["fact"], ["led"], {}]']))
    ['sent']
    >>> hanging(['["call", ["share"], ["a", "b"], {}]'])
    """
    found = set()
    for question in questions:
        kind, *rest = json.loads(question)
        if kind == "of" and rest[2] not in STANDING:
            found.add(rest[0])
        elif kind == "call":
            if len(rest[0]) != 1 or rest[0][0] not in _CALLS:
                return None
        elif kind == "read" and rest[-1] not in _READS:
            return None
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a macro gave, all that it asked of its page with the answers, and the words it was
    handed. ``lost``: it asked what cannot be asked again."""

    html: object
    asked: Mapping[Question, object]
    words: tuple[object, ...]
    lost: bool = False


class Same(dict[K, V]):
    """What was met last, by name: what is equal to it is met again as itself, and so is compared
    at once."""

    def again(self, name: K, made: V) -> V:
        """What is known by a name if it is equal, else what was made.

        >>> same, one = Same[str, str](), "".join(["a", "b"])
        >>> same.again("x", one) is same.again("x", "".join(["a", "b"]))
        True
        """
        if self.get(name) != made:
            self[name] = made
        return self[name]


@dataclass
class Recall:
    """What is remembered of a chapter; ``stale`` are the charts that were forgotten last."""

    last: tuple[Book, Chapter] | None = None
    numbering: Numbering | None = None
    said: dict[tuple[str, Language, int], Said] = field(default_factory=dict)
    tables: dict[tuple[str, Edition], tuple[Table, Ids]] = field(default_factory=dict)
    pictures: dict[tuple[str, Edition], tuple[Picture, Ids]] = field(default_factory=dict)
    leads: dict[str, Led] = field(default_factory=dict)
    charts: Same[tuple[str, Edition], PlacedChart] = field(default_factory=Same)
    parts: Same[str, Part] = field(default_factory=Same)
    passages: Same[tuple[str, int], Passage] = field(default_factory=Same)
    macros: Memo[object, Filled] = field(default_factory=lambda: Memo(_MOST))
    stale: set[tuple[str, Edition]] = field(default_factory=set)

    def turn(self, book: Book, chapter: Chapter, numbering: Numbering) -> None:
        """Forget what these records, which come next, and the numbers of sections, tables and
        charts make different."""
        known = self.last if numbering == self.numbering else None
        changed = differing(known, (book, chapter)) if known is not None else None
        self.last, self.numbering = (book, chapter), numbering
        self.stale.clear()
        if changed is None:
            self.forget()
            return
        self.said = {k: one for k, one in self.said.items() if not changed & ids_of(one.facts)}
        self.tables = {k: one for k, one in self.tables.items() if not changed & one[1]}
        self.stale = {k for k, one in self.pictures.items() if changed & one[1]}
        self.pictures = {k: one for k, one in self.pictures.items() if not changed & one[1]}
        self.leads = {k: one for k, one in self.leads.items() if not changed & one.ids}

    def forget(self) -> None:
        """Forget everything."""
        for held in (self.said, self.tables, self.pictures, self.leads, self.macros):
            held.clear()
        for known in (self.charts, self.parts, self.passages):
            known.clear()

    def met(self, parts: Iterable[Part]) -> Iterator[Part]:
        """The sections of a page; those that are as they were, and what is in them, as they were
        met last."""
        for part in parts:
            passages = tuple(
                self.passages.again((part.id, at), passage)
                for at, passage in enumerate(part.passages)
            )
            yield self.parts.again(part.id, replace(part, passages=passages))


def ids_of(facts: Iterable[Fact]) -> Ids:
    """The indicators that some figures are of."""
    return frozenset(fact.id for fact in facts)


@dataclass
class Remembering(Teller):
    """A teller that says again what it said before, where nothing behind it changed."""

    recall: Recall = field(default_factory=Recall)

    @property
    def asked(self) -> list[Fact]:
        """The figures asked for so far."""
        assert isinstance(self.records, Asked)  # noqa: S101 - `remembering` makes it so
        return self.records.facts

    def told(self, source: str, voice: Voice, place: Place) -> Markup:
        """As `Teller.told`."""
        key = (source, voice.language, len(voice.notes))
        known = self.recall.said.get(key)
        if known is not None:
            voice.cited.extend(known.cited)
            voice.notes.extend(known.notes)
            self.asked.extend(known.facts)
            return known.html
        before = len(voice.cited), len(voice.notes), len(self.asked), len(self.findings)
        html = Teller.told(self, source, voice, place)
        if len(self.findings) == before[3]:
            self.recall.said[key] = Said(
                html,
                tuple(voice.cited[before[0] :]),
                tuple(voice.notes[before[1] :]),
                tuple(self.asked[before[2] :]),
            )
        return html
