"""Put a chapter together: every block filled in both languages, numbered, with what it cites."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from markupsafe import Markup

from yearbook import calls
from yearbook.binding import Citation, Medium, Numbering, Voice
from yearbook.finding import Finding
from yearbook.model import Language, Place, Text
from yearbook.prose import Block, Manuscript
from yearbook.records import Records
from yearbook.template import fill, unmarked

Spoken = Mapping[Language, Markup]
"""The same thing said in each language."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the page: its words, or the table, chart or list it calls for."""

    kind: str
    target: str
    words: Spoken
    cited: Mapping[Language, tuple[Citation, ...]]
    places: Mapping[Language, Place]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page; ``number`` is empty for the front matter."""

    id: str
    number: str
    headings: Spoken
    passages: tuple[Passage, ...]
    notes: Mapping[Language, tuple[Markup, ...]]


@dataclass(frozen=True, slots=True)
class Telling:
    """A text as its author wrote it and as it was filled; `yearbook.accounting` reads them all."""

    source: str
    html: Markup
    language: Language
    place: Place


@dataclass
class Teller:
    """Fills texts of the records and of the manuscripts, and gathers what goes wrong."""

    records: Records
    numbering: Numbering
    medium: Medium
    findings: list[Finding] = field(default_factory=list)
    log: list[Telling] = field(default_factory=list)

    def voice(self, language: Language) -> Voice:
        """A fresh reading in one language."""
        return Voice(self.records, language, self.medium, self.numbering, self._within)

    def say(self, text: Text, language: Language, place: Place | None = None) -> Markup:
        """A text of the records, never markup; a fault leaves it empty and a finding."""
        source = unmarked(text.of(language))
        return self.told(source, self.voice(language), place or self.records.chapter.place)

    def told(self, source: str, voice: Voice, place: Place) -> Markup:
        """A template, in a given reading."""
        if refused := list(calls.check(source, place)):
            self.findings.extend(refused)
            return Markup("")
        filled = fill(source, voice.names(), place)
        if isinstance(filled, Finding):
            self.findings.append(filled)
            return Markup("")
        self.log.append(Telling(source, filled, voice.language, place))
        return filled

    def _within(self, text: Text, language: Language) -> Markup:
        """A text that another asks for: a literal, a reason. It is accounted for where it stands
        in the records, so it is not told once more."""
        told = len(self.log)
        words = self.say(text, language)
        del self.log[told:]
        return words


def numbering(manuscript: Manuscript) -> Numbering:
    """Sections, tables and charts are numbered as the leading manuscript calls for them.

    >>> from yearbook.book import Prose
    >>> from yearbook.prose import parse
    >>> text = '## A {#a .front}\\n\\n## B {#b}\\n\\n{{ table("x") }}\\n'
    >>> numbers = numbering(parse(Prose("en.md", text), Language.EN)).numbers
    >>> numbers["section", "b"], numbers["table", "x"]
    ('1', '1')
    """
    numbers: dict[tuple[str, str], str] = {}
    for section in manuscript.sections:
        if not section.front:
            count = sum(kind == "section" for kind, _ in numbers) + 1
            numbers["section", section.id] = str(count)
        for block in section.blocks:
            if block.kind in ("table", "chart"):
                count = sum(kind == block.kind for kind, _ in numbers) + 1
                numbers.setdefault((block.kind, block.target), str(count))
    return Numbering(numbers)


def compose(manuscripts: Mapping[Language, Manuscript], teller: Teller) -> tuple[Part, ...]:
    """Fill two manuscripts that run parallel; `yearbook.parity` says where they do not."""
    parts = []
    for sections in zip(*(manuscripts[language].sections for language in Language), strict=False):
        voices = {language: teller.voice(language) for language in Language}
        by_language = dict(zip(Language, sections, strict=True))
        passages = tuple(
            _passage(dict(zip(Language, blocks, strict=True)), voices, teller)
            for blocks in zip(*(section.blocks for section in sections), strict=False)
        )
        leading = sections[0]
        parts.append(
            Part(
                id=leading.id,
                number=teller.numbering.numbers.get(("section", leading.id), ""),
                headings={
                    language: breakable(
                        teller.told(section.heading, teller.voice(language), section.place)
                    )
                    for language, section in by_language.items()
                },
                passages=passages,
                notes={
                    language: tuple(breakable(note) for note in voice.notes)
                    for language, voice in voices.items()
                },
            )
        )
    return tuple(parts)


def _passage(
    blocks: Mapping[Language, Block], voices: Mapping[Language, Voice], teller: Teller
) -> Passage:
    words: dict[Language, Markup] = {}
    cited: dict[Language, tuple[Citation, ...]] = {}
    for language, block in blocks.items():
        voice = voices[language]
        before = len(voice.cited)
        words[language] = breakable(teller.told(block.template, voice, block.place))
        cited[language] = tuple(voice.cited[before:])
    leading = blocks[Language.EN]
    places = {language: block.place for language, block in blocks.items()}
    return Passage(leading.kind, leading.target, words, cited, places)


def breakable(html: Markup) -> Markup:
    """Allow a line to break outside curly quotes that touch Han characters.

    Pango 1.50 forbids it and 1.56 allows it; with ``<wbr>`` both break alike, and no character is
    added to the text.

    >>> breakable(Markup("坚持“科技扶贫精神”的理念"))
    Markup('坚持<wbr>“科技扶贫精神”<wbr>的理念')
    >>> breakable(Markup("“精神”，"))
    Markup('“精神”，')
    """
    return _broken(html)


@lru_cache(4096)
def _broken(html: Markup) -> Markup:
    out: list[str] = []
    last = ""
    for piece in _pieces(str(html)):
        if piece.startswith("<"):
            out.append(piece)
            continue
        for character in piece:
            opening = character == "“" and _word(last)
            closing = last == "”" and _word(character)
            out.append(f"<wbr>{character}" if opening or closing else character)
            last = character
    return Markup("".join(out))  # noqa: S704 - only <wbr> was added


def _word(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or character.isalnum()


def _pieces(html: str) -> Iterator[str]:
    """Tags and the text between them, in turn."""
    start = 0
    while start < len(html):
        tag = html[start] == "<"
        end = html.find(">" if tag else "<", start + 1)
        end = len(html) if end < 0 else end + tag
        yield html[start:end]
        start = end
