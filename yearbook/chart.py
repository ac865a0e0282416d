"""What a chart may ask of the book, and what it must give: a drawing and its words for the blind.

A chart is a module of ``figures/`` with ``SIZE`` (inches), ``draw(figure, sketch)`` and
``alt(sketch)``; ``figures/__init__.py`` lists them all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from yearbook.finding import Finding
from yearbook.model import Edition, Entry, Fact, Kind, Language, Qualifier, Relation, Text
from yearbook.numbers import SYMBOLS, form, grouped, trimmed
from yearbook.records import Records
from yearbook.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Asked(Records):
    """Records that remember what they were asked for, so that a chart's numbers can be accounted
    for by `yearbook.accounting.charts`."""

    facts: list[Fact] = field(default_factory=list)
    lists: list[tuple[Entry, ...]] = field(default_factory=list)

    @property
    def _records(self) -> Records:
        return Records(self.book, self.chapter)

    def fact(self, name: str, period: str | None = None) -> Fact:
        """As `Records.fact`, remembered."""
        self.facts.append(self._records.fact(name, period))
        return self.facts[-1]

    def series(self, name: str) -> tuple[Fact, ...]:
        """As `Records.series`, remembered."""
        self.facts.extend(found := self._records.series(name))
        return found

    def current(self) -> tuple[Fact, ...]:
        """As `Records.current`, remembered."""
        self.facts.extend(found := self._records.current())
        return found

    def entries(self, name: str) -> tuple[Entry, ...]:
        """As `Records.entries`, remembered."""
        self.lists.append(self._records.entries(name))
        return self.lists[-1]


@dataclass(frozen=True, slots=True)
class Sketch:
    """The records as a chart sees them, in the words of one edition.

    ``say`` fills the figures into a text of the records (a label may hold ``{{ fact("x") }}``) and
    gives plain text.
    """

    records: Records
    theme: Theme
    edition: Edition
    say: Callable[[Language, Text], str]

    def within(self, language: Language) -> "Sketch":
        """The same sketch in one language, for the text alternative."""
        return replace(self, edition=Edition(language.value))

    @property
    def language(self) -> Language:
        """The leading language of the edition."""
        return self.edition.languages[0]

    def colour(self, name: str) -> str:
        """A colour of the theme."""
        return self.theme.colours[name]

    def fact(self, name: str) -> Fact:
        """The observation of the data year. Raises `yearbook.records.UnknownError`."""
        return self.records.fact(name)

    def entries(self, name: str) -> tuple[Entry, ...]:
        """The rows of a list for the data year. Raises `yearbook.records.UnknownError`."""
        return self.records.entries(name)

    def parts(self, name: str, relation: Relation) -> tuple[Fact, ...]:
        """The observations that codes.csv calls parts of this one."""
        return tuple(self.fact(part) for part in self.records.parts(name, relation))

    def words(self, text: Text, joint: str = "\n") -> str:
        """A text in the edition's language, or in both, joined."""
        return joint.join(self.say(language, text) for language in self.edition.languages)

    def label(self, name: str, joint: str = "\n") -> str:
        """What an indicator is called, in the edition's words."""
        return self.words(self.records.label(name), joint)

    def place(self, code: str, joint: str = "\n") -> str:
        """The name of a place, in the edition's words."""
        return self.words(self.records.place_name(code), joint)

    def figure(self, fact: Fact, joint: str = "\n") -> str:
        """A figure as a chart's label prints it: symbol of its hedge, number, unit of money.

        An edition in both languages prints both ways of writing it where they differ.
        """
        printed = [self._figure(fact, language) for language in self.edition.languages]
        return joint.join(dict.fromkeys(printed))

    def _figure(self, fact: Fact, language: Language) -> str:
        if fact.unit.kind is Kind.COUNT:
            return SYMBOLS[fact.qualifier] + grouped(fact.value, self.language)
        if fact.unit.kind is Kind.MONEY:
            value = fact.value / fact.unit.factor(language)
            return SYMBOLS[fact.qualifier] + grouped(trimmed(value), language)
        parts = form(replace(fact, qualifier=Qualifier.EXACT), language)
        blank = "" if language is Language.ZH else " "
        printed = f"{SYMBOLS[fact.qualifier]}{parts.number}{blank}{parts.unit}"
        return printed.replace("\u00a0", " ").strip()


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of the records: its size in inches, how to draw it, how to say it."""

    size: tuple[float, float]
    draw: "Callable[[Figure, Sketch], None]"
    alt: Callable[[Sketch], str]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished chart: ``svg`` (empty if it could not be drawn), what it says in each language of
    its edition, and all that is wrong with it."""

    svg: bytes = field(repr=False)
    alt: Mapping[Language, str]
    findings: tuple[Finding, ...]
