"""Every character that will be printed must have a glyph in the book's own fonts."""

import unicodedata
from collections.abc import Iterator, Mapping

from yearbook.finding import Finding, error
from yearbook.model import Place, Text
from yearbook.read.sheet import parse

UNPRINTED = ("quote", "note", "evidence", "reason", "approved_by")
"""Columns that stay in the records and never reach a page."""
TITLES = "data/book.toml"
"""The titles and the publisher of the book."""


def uncovered(files: Mapping[str, bytes], shown: frozenset[int]) -> Iterator[Finding]:
    """Characters of the records and of the text without a glyph, each with its place."""
    for name, content in files.items():
        if name.startswith("data/") and name.endswith(".csv"):
            yield from _cells(name, content, shown)
        elif name.startswith("templates/chapters/") or name == TITLES:
            yield from _lines(name, content, shown)


def _cells(name: str, content: bytes, shown: frozenset[int]) -> Iterator[Finding]:
    for row in parse(name, content).rows:
        for column, cell in row.cells.items():
            if column not in UNPRINTED:
                for character in _unknown(cell.text, shown):
                    yield _finding(cell.place, character)


def _lines(name: str, content: bytes, shown: frozenset[int]) -> Iterator[Finding]:
    for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), 1):
        for character in _unknown(line, shown):
            yield _finding(Place(name, number, line.index(character) + 1), character)


def _unknown(text: str, shown: frozenset[int]) -> Iterator[str]:
    for character in dict.fromkeys(text):
        if ord(character) not in shown and unicodedata.category(character)[0] not in "CZ":
            yield character


def _finding(place: Place, character: str) -> Finding:
    code = f"U+{ord(character):04X}"
    return error(
        "glyph",
        place,
        Text(
            f'the fonts have no glyph for "{character}" ({code})',
            f"字库中没有“{character}”（{code}）的字形",
        ),
        Text(
            "use another character, or add it to the fonts (docs/fonts.md)",
            "请改用其他字，或将其补入字库（见 docs/fonts.md）",
        ),
    )
