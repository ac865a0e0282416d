"""Makes the screen pages at once, from the records alone: what an editor sees before anything is
checked.

Whatever is remembered here only saves time: the pages are those that a report makes, byte for
byte, or none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from yearbook import graph, parity, prose, witness
from yearbook.audit import proof
from yearbook.binding import Medium
from yearbook.book import Book, Chapter, ChartSpec
from yearbook.chart import Asked
from yearbook.cite import linked
from yearbook.compose import Part, Teller, compose, numbering
from yearbook.draft import warm
from yearbook.kit import Kit
from yearbook.memo import Memo
from yearbook.model import Edition, Language, Text
from yearbook.page import Layout, Page, Picture, render
from yearbook.read import Reading
from yearbook.records import Records, UnknownError
from yearbook.studio import Known, Studio
from yearbook.svg import inline
from yearbook.template import plain
from yearbook.webfonts import with_fonts

_PLACES = 4096
_NONE = Picture(Markup(""), {})


@dataclass(frozen=True, slots=True)
class Sheet:
    """The screen page of an edition; ``waiting`` are the charts that must be drawn for it."""

    name: str
    edition: Edition
    content: bytes
    waiting: tuple[ChartSpec, ...]


@dataclass
class Chest:
    """The charts as they were drawn last, by chapter, name and edition."""

    held: Memo[tuple[str, str, Edition], tuple[Known, Picture]] = field(
        default_factory=lambda: Memo(_PLACES)
    )

    def picture(
        self, spec: ChartSpec, edition: Edition, teller: Teller, studio: Studio
    ) -> Picture | None:
        """A chart ready for the screen, if it was drawn before of the same answers."""
        name = (teller.records.chapter.slug, spec.id, edition)
        known, made = self.held.get(name, (None, _NONE))
        asked = Asked(teller.records.book, teller.records.chapter)

        def say(language: Language, text: Text) -> str:
            return plain(teller.say(text, language, spec.place))

        if known is not None:
            answers = witness.again(tuple(known.answers), asked, say)
            if answers == known.answers:
                return made
        found = studio.known(spec, edition, teller)
        if found is None:
            return None
        drawing = found.drawing
        made = Picture(Markup(inline(drawing.svg, studio.kit.theme)), drawing.alt)  # noqa: S704
        self.held[name] = (found, made)
        return made


@dataclass(frozen=True, slots=True)
class Easel:
    """A chapter laid out for the screen, and what its editions have in common."""

    book: Book
    chapter: Chapter
    parts: tuple[Part, ...]
    teller: Teller
    kit: Kit

    def page(self, edition: Edition, chest: Chest) -> Sheet | None:
        """The screen page of an edition; None if it cannot be filled."""
        kit, teller = self.kit, self.teller
        studio = Studio(kit, replace(kit.cache, nodes=[]), {}, [])
        pictures, waiting = {}, []
        for spec in self.chapter.charts:
            if ("chart", spec.id) in teller.numbering.numbers:
                made = chest.picture(spec, edition, teller, studio)
                pictures[spec.id] = made or _NONE
                if made is None:
                    waiting.append(spec)
        seal = proof.seal(proof.behind(kit.files, self.chapter.slug))
        page = Page(self.book, self.chapter, edition, Medium.SCREEN, self.parts, teller, pictures)
        try:
            filled = str(render(page, Layout(kit.templates, kit.theme, (), seal)))
        except UnknownError:
            return None
        if page.findings or teller.findings:
            return None
        content = with_fonts(linked(filled, teller.records), kit.faces, kit.cache)
        name = f"{self.chapter.slug}/{edition}.html"
        return Sheet(name, edition, content.encode(), tuple(waiting))


class Quick:
    """Remembers what it was last asked to make pages of, to make those alone that may differ."""

    def __init__(self) -> None:
        self.chest = Chest()
        self._last: dict[str, Mapping[str, bytes]] = {}
        self._templates: Mapping[str, str] = {}

    def easels(self, reading: Reading, kit: Kit) -> Iterator[Easel]:
        """The chapters whose files are not as they were, laid out; those that have faults are left
        to the checks."""
        if kit.templates != self._templates:
            warm(kit, reading.book.limits)
            self._templates = kit.templates
        alone = graph.apart(reading.files)
        for chapter in reading.book.chapters:
            files = _behind(reading, chapter) if alone else reading.files
            if self._last.get(chapter.slug) == files:
                continue
            self._last[chapter.slug] = files
            book = replace(reading.book, chapters=(chapter,)) if alone else reading.book
            found = _laid_out(book, chapter, replace(kit, cache=replace(kit.cache, nodes=[])))
            if found is not None:
                yield found


def _behind(reading: Reading, chapter: Chapter) -> Mapping[str, bytes]:
    """The files that a chapter may hang on."""
    own = {each.slug: graph.folders(each.slug) for each in reading.book.chapters}
    others = tuple(room for slug, rooms in own.items() if slug != chapter.slug for room in rooms)
    return {name: held for name, held in reading.files.items() if not name.startswith(others)}


def _laid_out(book: Book, chapter: Chapter, kit: Kit) -> Easel | None:
    manuscripts = {of: prose.parse(text, of) for of, text in chapter.prose.items()}
    if set(manuscripts) != set(Language) or any(each.findings for each in manuscripts.values()):
        return None
    known = {("table", spec.id) for spec in chapter.tables}
    known |= {("chart", spec.id) for spec in chapter.charts}
    numbers = numbering(manuscripts[Language.EN])
    called = {pair for pair in numbers.numbers if pair[0] in ("table", "chart")}
    if list(parity.structure(manuscripts)) or not called <= known:
        return None
    teller = Teller(Records(book, chapter), numbers, Medium.SCREEN)
    parts = compose(manuscripts, teller)
    return None if teller.findings else Easel(book, chapter, parts, teller, kit)
