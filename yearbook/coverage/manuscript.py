"""A manuscript as paragraphs: its numerals, and where some words stand in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yearbook import lexer
from yearbook.book import Book
from yearbook.lexer import Numeral
from yearbook.model import Language

_FOLDED = str.maketrans("‘’“”„–—−\u00a0\u3000［］", '\'\'"""---  []')


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with blanks drawn together; ``offsets`` lead back to the manuscript."""

    number: int
    text: str
    offsets: tuple[int, ...]
    numerals: tuple[Numeral, ...]

    @property
    def folded(self) -> str:
        return self.text.translate(_FOLDED)

    def found(self, words: str) -> Iterator[int]:
        """Where these words stand, whatever their quotation marks, dashes and blanks."""
        wanted = " ".join(words.translate(_FOLDED).split())
        at = self.folded.find(wanted) if wanted else -1
        while at >= 0:
            yield at
            at = self.folded.find(wanted, at + 1)


def paragraphs(manuscript: str, book: Book) -> Iterator[Paragraph]:
    """The paragraphs of a manuscript; an empty line ends one."""
    for number, found in enumerate(re.finditer(r"\S(?:.|\n(?!\s*\n))*", manuscript), 1):
        letters: list[str] = []
        offsets: list[int] = []
        for at, letter in enumerate(found[0], found.start()):
            blank = letter.isspace()
            if not (blank and letters and letters[-1] == " "):
                letters.append(" " if blank else letter)
                offsets.append(at)
        text = "".join(letters)
        language = _language(text)
        numerals = lexer.read(text, language, book.masks(language))
        yield Paragraph(number, text, tuple(offsets), numerals)


def _language(text: str) -> Language:
    """Chinese if it has more Han characters than Latin letters: 【】 or a name decide nothing."""
    han = len(re.findall(r"[㐀-鿿]", text))
    return Language.ZH if han > len(re.findall(r"[A-Za-z]", text)) else Language.EN


def position(text: str, at: int) -> tuple[int, int]:
    """Line and column, from 1, of a character.

    >>> position("a\\nbc", 3)
    (2, 2)
    """
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
