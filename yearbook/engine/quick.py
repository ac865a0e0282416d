"""Makes the screen pages at once, from the records alone: what an editor sees before anything is
checked.

Whatever is remembered here only saves time: the pages are those that a report makes, byte for
byte, or none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from yearbook import graph, parity, prose
from yearbook.audit import proof
from yearbook.binding import Medium
from yearbook.book import Book, Chapter, ChartSpec
from yearbook.chart import Asked
from yearbook.cite import linked
from yearbook.compose import Part, compose, numbering
from yearbook.engine.leaflet import Leaflet
from yearbook.engine.recall import Recall, Remembering, hanging, ids_of
from yearbook.kit import Kit
from yearbook.memo import Memo
from yearbook.model import Edition, Language
from yearbook.order import warm
from yearbook.page import Layout, Picture, render
from yearbook.read import Reading
from yearbook.records import UnknownError
from yearbook.studio import Studio
from yearbook.svg import inline
from yearbook.webfonts import Needs, needs, placed, rules

_PAGES = 32
_NONE = Picture(Markup(""), {})


@dataclass(frozen=True, slots=True)
class Sheet:
    """The screen page of an edition; ``waiting`` are the charts that must be drawn for it."""

    name: str
    edition: Edition
    content: bytes
    waiting: tuple[ChartSpec, ...]


@dataclass(frozen=True, slots=True)
class Easel:
    """A chapter laid out for the screen, and what its editions have in common."""

    book: Book
    chapter: Chapter
    parts: tuple[Part, ...]
    teller: Remembering
    kit: Kit
    recall: Recall
    fonts: Memo[Needs, str]

    def page(self, edition: Edition) -> Sheet | None:
        """The screen page of an edition; None if it cannot be filled."""
        kit, teller = self.kit, self.teller
        studio = Studio(kit, replace(kit.cache, nodes=[]), {}, [])
        pictures, waiting = {}, []
        for spec in self.chapter.charts:
            if ("chart", spec.id) in teller.numbering.numbers:
                made = self._picture(spec, edition, studio)
                pictures[spec.id] = made or _NONE
                if made is None:
                    waiting.append(spec)
        seal = proof.seal(proof.behind(kit.files, self.chapter.slug))
        about = (self.book, self.chapter, edition, Medium.SCREEN, self.parts, teller, pictures)
        page = Leaflet(*about, recall=self.recall)
        try:
            filled = str(render(page, Layout(kit.templates, kit.theme, (), seal)))
        except UnknownError:
            return None
        if page.findings or teller.findings:
            return None
        led = linked(filled, teller.records, self.recall.leads).encode()
        wanted = needs(led)
        if wanted not in self.fonts:
            self.fonts[wanted] = rules(wanted, kit.faces, kit.cache)
        name = f"{self.chapter.slug}/{edition}.html"
        return Sheet(name, edition, placed(led, self.fonts[wanted]), tuple(waiting))

    def _picture(self, spec: ChartSpec, edition: Edition, studio: Studio) -> Picture | None:
        """A chart ready for the screen, if it was drawn before of the same answers."""
        held = self.recall.pictures.get((spec.id, edition))
        if held is not None:
            return held[0]
        if (spec.id, edition) in self.recall.stale:
            # Most likely it must be drawn; whether it was ever drawn so is asked by who draws it.
            self.recall.stale.discard((spec.id, edition))
            return None
        before = len(self.teller.asked)
        known = studio.known(spec, edition, self.teller)
        if known is None:
            return None
        drawing, ids = known.drawing, hanging(known.answers)
        made = Picture(Markup(inline(drawing.svg, studio.kit.theme)), drawing.alt)  # noqa: S704
        if ids is not None:
            ids |= ids_of(self.teller.asked[before:])
            self.recall.pictures[spec.id, edition] = (made, ids)
        return made


class Quick:
    """Remembers what it was last asked to make pages of, to make those alone that may differ."""

    def __init__(self) -> None:
        self._last: dict[str, Mapping[str, bytes]] = {}
        self._recalls: dict[str, Recall] = {}
        self._fonts: Memo[Needs, str] = Memo(_PAGES)
        self._looks: tuple[object, ...] = ()

    def easels(self, reading: Reading, kit: Kit) -> Iterator[Easel]:
        """The chapters whose files are not as they were, laid out; those that have faults are left
        to the checks."""
        looks = (kit.templates, kit.theme, kit.faces)
        if looks != self._looks:
            warm(kit, reading.book.limits)
            self._looks = looks
            self._recalls.clear()
            self._fonts.clear()
        alone = graph.apart(reading.files)
        held = graph.Holdings.of(reading.files, reading.book, alone=alone)
        for chapter in reading.book.chapters:
            files = held.edition(chapter)
            if self._last.get(chapter.slug) == files:
                continue
            self._last[chapter.slug] = files
            book = replace(reading.book, chapters=(chapter,)) if alone else reading.book
            recall = self._recalls.setdefault(chapter.slug, Recall())
            found = _laid_out((recall, self._fonts), book, chapter, kit)
            if found is not None:
                yield found


def _laid_out(
    memory: tuple[Recall, Memo[Needs, str]], book: Book, chapter: Chapter, kit: Kit
) -> Easel | None:
    recall, fonts = memory
    manuscripts = {of: prose.parse(text, of) for of, text in chapter.prose.items()}
    if set(manuscripts) != set(Language) or any(each.findings for each in manuscripts.values()):
        return None
    known = {("table", spec.id) for spec in chapter.tables}
    known |= {("chart", spec.id) for spec in chapter.charts}
    numbers = numbering(manuscripts[Language.EN])
    called = {pair for pair in numbers.numbers if pair[0] in ("table", "chart")}
    if list(parity.structure(manuscripts)) or not called <= known:
        return None
    recall.turn(book, chapter, numbers)
    teller = Remembering(Asked(book, chapter), numbers, Medium.SCREEN, recall=recall)
    parts = tuple(recall.met(compose(manuscripts, teller)))
    return None if teller.findings else Easel(book, chapter, parts, teller, kit, recall, fonts)
