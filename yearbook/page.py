"""A chapter as one HTML page: for the screen, self-contained; for print, with assets by name."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from jinja2 import DictLoader
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from yearbook.binding import Medium
from yearbook.book import Book, Chapter, ChartSpec, TableSpec
from yearbook.compose import Part, Teller
from yearbook.finding import Finding
from yearbook.model import Edition, Language, Place, Text
from yearbook.table import Maker, Table, Words
from yearbook.template import Translated, environment, fill, translated
from yearbook.theme import Theme
from yearbook.words import WORDS


@dataclass(frozen=True, slots=True)
class FontFace:
    """A face as the page's style names it; ``url`` is an asset or a ``data:`` address."""

    family: str
    weight: int
    style: str
    url: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart ready for a page: markup that shows it, and what it says in words."""

    markup: Markup
    alt: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class PlacedChart:
    """A chart with the words around it."""

    id: str
    title: Words
    note: Words
    source: Words
    picture: Picture


@dataclass(frozen=True, slots=True)
class Layout:
    """What a page looks like: the templates and styles by name, the theme, the fonts; ``seal`` is
    the digest of what is behind it, printed at its end."""

    templates: Mapping[str, str]
    theme: Theme
    faces: tuple[FontFace, ...]
    seal: str = ""


@dataclass
class Page:
    """Everything chapter.html may ask for; ``findings`` is what went wrong while filling it."""

    book: Book
    chapter: Chapter
    edition: Edition
    medium: Medium
    parts: Sequence[Part]
    teller: Teller
    pictures: Mapping[str, Picture]
    findings: list[Finding] = field(default_factory=list)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the edition."""
        return self.edition.languages

    @property
    def others(self) -> tuple[Edition, ...]:
        """The other editions."""
        return tuple(other for other in Edition if other is not self.edition)

    def say(self, text: Text, place: Place | None = None) -> Words:
        """A text of the records in each language of the edition."""
        return tuple((of, self.teller.say(text, of, place)) for of in self.languages)

    def words(self, name: str) -> Words:
        """Words of the toolkit in each language of the edition."""
        return tuple((of, Markup.escape(WORDS[name].of(of))) for of in self.languages)

    def word(self, name: str, language: Language) -> str:
        """Words of the toolkit in one language."""
        return WORDS[name].of(language)

    @property
    def title(self) -> Words:
        """The title of the chapter."""
        return self.say(self.chapter.title, self.chapter.place)

    @property
    def front(self) -> list[Part]:
        """The sections before the text proper."""
        return [part for part in self.parts if not part.number]

    @property
    def body(self) -> list[Part]:
        """The numbered sections."""
        return [part for part in self.parts if part.number]

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """The tables, in the order of their numbers."""
        specs = {spec.id: spec for spec in self.chapter.tables}
        return {name: self._table(specs[name]) for name in self._called("table")}

    @cached_property
    def charts(self) -> Mapping[str, PlacedChart]:
        """The charts, in the order of their numbers."""
        specs = {spec.id: spec for spec in self.chapter.charts}
        return {name: self._chart(specs[name]) for name in self._called("chart")}

    def table(self, name: str) -> Table:
        """The table of a name that the text calls for."""
        return self.tables[name]

    def chart(self, name: str) -> PlacedChart:
        """The chart of a name that the text calls for."""
        return self.charts[name]

    def titles(self, kind: str) -> tuple[tuple[str, Words], ...]:
        """The names and titles of the tables, or of the charts, in the order of their numbers."""
        held: Mapping[str, Table | PlacedChart] = self.tables if kind == "table" else self.charts
        return tuple((name, each.title) for name, each in held.items())

    def _table(self, spec: TableSpec) -> Table:
        return Maker(self.teller.records, self.edition, self.say).table(spec)

    def _chart(self, spec: ChartSpec) -> PlacedChart:
        return PlacedChart(
            spec.id,
            self.say(spec.title, spec.place),
            self.say(spec.note, spec.place) if spec.note.en else (),
            tuple(
                (of, Markup.escape(self.book.sources[spec.source].of(of))) for of in self.languages
            ),
            self.pictures[spec.id],
        )

    def _called(self, kind: str) -> list[str]:
        return [name for of, name in self.teller.numbering.numbers if of == kind]

    def number(self, kind: str, name: str) -> str:
        """The number of a table or a chart."""
        return self.teller.numbering.numbers[kind, name]

    @property
    def waivers(self) -> list[Words]:
        """The reasons of the known discrepancies."""
        return [self.say(waiver.reason, waiver.place) for waiver in self.chapter.waivers]


def render(page: Page, layout: Layout) -> Markup:
    """Fill chapter.html; faults are added to the findings of the page."""
    names = {
        "page": page,
        "edition": page.edition,
        "medium": page.medium,
        "seal": layout.seal,
        "languages": page.languages,
        "style": Markup(style(layout, page.medium)),  # noqa: S704 - the designer's own files
        "tables": page.tables,
        "charts": page.charts,
        "Language": Language,
    }
    return filled(layout.templates, "chapter.html", names, page.findings)


def filled(
    templates: Mapping[str, str], name: str, names: Mapping[str, Any], findings: list[Finding]
) -> Markup:
    """Fill one of the page templates; a fault is added to the findings."""
    done = fill(templates[name], names, Place(f"templates/{name}", 1, 1), _loaded(templates))
    if isinstance(done, Finding):
        findings.append(done)
        return Markup("")
    return done


def _loaded(templates: Mapping[str, str]) -> SandboxedEnvironment:
    return _loading(tuple(templates.items()))


@lru_cache(4)
def _loading(templates: tuple[tuple[str, str], ...]) -> SandboxedEnvironment:
    loaded: SandboxedEnvironment = environment().overlay(loader=DictLoader(dict(templates)))
    loaded.filters["data_url"] = data_url
    return loaded


def translation(templates: Mapping[str, str]) -> Translated:
    """The page templates as Python, for all processes to come (`yearbook.template.translated`)."""
    pages = {name: text for name, text in templates.items() if name.endswith(".html")}
    both = [pair for name, text in pages.items() for pair in ((name, text), (None, text))]
    return translated(_loaded(templates), both)


def style(layout: Layout, medium: Medium) -> str:
    """The whole style sheet: colours and fonts of the theme, the faces, the designer's rules."""
    colours = "".join(f"--{name}:{value};" for name, value in layout.theme.colours.items())
    dark = "".join(f"--{name}:{value};" for name, value in layout.theme.dark.items())
    parts = [":root{" + colours + "}", *font_rules(layout.faces)]
    if medium is Medium.SCREEN:
        parts.append("@media screen and (prefers-color-scheme:dark){:root{" + dark + "}}")
    parts.append(layout.templates["common.css"])
    parts.append(layout.templates["screen.css" if medium is Medium.SCREEN else "page.css"])
    return "\n".join(parts)


def font_rules(rules: Iterable[FontFace]) -> list[str]:
    """``@font-face`` rules. Every Latin face also goes by "<family> Digits" for ASCII only: it
    leads the Chinese stack, so that digits are tabular and quotation marks stay Chinese."""
    found = []
    for face in rules:
        spans = {face.family: ""}
        if not face.family.endswith("SC"):
            spans[f"{face.family} Digits"] = "unicode-range:U+0020-007E;"
        for family, span in spans.items():
            found.append(
                f"@font-face{{font-family:'{family}';font-weight:{face.weight};"
                f"font-style:{face.style};src:url({face.url});{span}}}"
            )
    return found


def data_url(content: bytes, media_type: str) -> str:
    """Bytes as an address that needs no request.

    >>> data_url(b"a", "text/csv")
    'data:text/csv;base64,YQ=='
    """
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
