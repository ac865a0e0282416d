"""What texts are checked against, and where in its file a typed word stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from yearbook import lexer
from yearbook.compose import Telling
from yearbook.lexer import Numeral
from yearbook.model import Language, Place
from yearbook.records import Records

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The records, and the words of each language that hold a numeral but count nothing.

    ``manuscripts`` are the texts of the chapter as typed, by file; ``variants`` what terms.csv
    forbids, in small letters.
    """

    records: Records
    masks: Mapping[Language, frozenset[str]]
    manuscripts: Mapping[str, str]
    variants: Mapping[Language, frozenset[str]] = field(default_factory=dict)

    def read(self, text: str, language: Language) -> tuple[Numeral, ...]:
        """The numerals of a text."""
        return lexer.read(text, language, self.masks.get(language, frozenset()))

    def masked(self, text: str, language: Language) -> tuple[tuple[int, int], ...]:
        """Where reviewed phrases stand that count nothing."""
        return lexer.masked(text, language, self.masks.get(language, frozenset()))

    def spot(self, telling: Telling, words: str, number: int = 0) -> Place:
        """Where the author typed some words for the nth time, counted from 0.

        In a manuscript the line and column; a cell is small enough to be named as a whole.

        >>> from yearbook.specimen import records
        >>> from markupsafe import Markup
        >>> ledger = Ledger(records(), {}, {"en.md": "## A\\n\\nIn {{ year() }} it\\nsent 437."})
        >>> told = Telling("", Markup(""), Language.EN, Place("en.md", 3, 1))
        >>> str(ledger.spot(told, "437"))
        'en.md:4:6'
        """
        place = telling.place
        if place.cell is not None or place.file not in self.manuscripts or not words.strip():
            return place
        lines = self.manuscripts[place.file].split("\n")
        text = _JINJA.sub(_blank, "\n".join(lines[place.line - 1 :]))
        wanted = re.escape(words.strip()).replace(r"\ ", r"\s+")
        found = [match.start() for match in re.finditer(wanted, text)]
        if not found:
            return place
        before = text[: found[min(number, len(found) - 1)]]
        column = len(before) - (before.rfind("\n") + 1) + 1
        return replace(place, line=place.line + before.count("\n"), column=column)

    def call(self, telling: Telling, source: str) -> Place:
        """Where a text calls for a figure: the braces that name it."""
        place = telling.place
        if place.cell is not None or place.file not in self.manuscripts:
            return place
        lines = self.manuscripts[place.file].split("\n")
        name = re.split(r"[(),]\s*", source)
        wanted = re.compile(r"\{\{[^}]*" + re.escape(name[-2] if len(name) > 1 else source))
        for offset, line in enumerate(lines[place.line - 1 :]):
            if match := wanted.search(line):
                return replace(place, line=place.line + offset, column=match.start() + 1)
        return place


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
