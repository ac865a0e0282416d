"""A finding with what an editor needs beside it: the row it stands in and what the text says."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from yearbook.accounting.visible import ANCHOR, visible
from yearbook.binding import Medium
from yearbook.finding import Finding
from yearbook.model import Language
from yearbook.report import Desk

Cells = tuple[tuple[str, str], ...]
"""The cells of a row, each with the name of its column, in the order of the file."""
Rows = Mapping[tuple[str, int], Cells]
"""Rows by file and line."""
Quoted = Mapping[Language, Sequence[tuple[str, str]]]
"""In each language, the figures that a chapter prints, as it asks for them, with their sentence."""
Sentences = Mapping[Language, Mapping[str, str]]
"""In each language, the first sentence that prints a figure or a list, by its id."""

_END = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])")
_NAME = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Docket:
    """A finding, the row it stands in and the sentences that print its figure."""

    finding: Finding
    row: Cells = ()
    sentences: Mapping[Language, str] = field(default_factory=dict)


def dockets(findings: Iterable[Finding], rows: Rows, sentences: Sentences) -> tuple[Docket, ...]:
    """Every finding with its row and sentences; what there is none of stays empty.

    >>> from yearbook.finding import error
    >>> from yearbook.model import Place, Text
    >>> found = error("value", Place("x.csv", 2, 3, "B2"), Text("a", "甲"), Text("", ""))
    >>> dockets([found], {("x.csv", 2): (("id", "a"), ("value", "1"))}, {})[0].row
    (('id', 'a'), ('value', '1'))
    """
    return tuple(
        Docket(
            finding,
            rows.get((finding.place.file, finding.place.line), ()),
            {
                language: said
                for language, known in sentences.items()
                if (said := next(_said(finding, known), ""))
            },
        )
        for finding in findings
    )


def quoted(desk: Desk) -> Quoted:
    """What the texts of a chapter print, in each language, with its sentence.

    A sentence is cut at its full stop or semicolon.
    """
    printed: dict[Language, list[tuple[str, str]]] = {language: [] for language in Language}
    for part in desk.parts.get(Medium.PRINT, ()):
        for passage in part.passages:
            for language, words in passage.words.items():
                printed[language].extend(_printed(str(words)))
    return printed


def sentences(chapters: Sequence[Quoted]) -> Sentences:
    """What the texts of all chapters say of each figure and list.

    One that prints a figure comes before one that prints what is derived from it.
    """
    return {
        language: _first([pair for chapter in chapters for pair in chapter.get(language, ())])
        for language in Language
    }


def _printed(html: str) -> Iterator[tuple[str, str]]:
    """Each figure a text prints, as it asks for it, with its sentence."""
    for text in visible(html):
        starts = [0, *(found.end() for found in _END.finditer(text.text)), len(text.text)]
        for bound in text.figures():
            start = max(at for at in starts if at <= bound.start)
            end = min(at for at in starts if at > bound.start)
            yield bound.source, " ".join(text.text[start:end].replace(ANCHOR, "").split())


def _first(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The sentence of each name.

    >>> _first([("rest(sent)", "The rest is 3."), ("sent", "9 were sent.")])
    {'rest(sent)': 'The rest is 3.', 'sent': '9 were sent.', 'rest': 'The rest is 3.'}
    """
    found: dict[str, str] = {}
    for source, sentence in pairs:
        found.setdefault(source, sentence)
    for source, sentence in pairs:
        for name in _NAME.findall(source):
            found.setdefault(name, sentence)
    return found


def _said(finding: Finding, known: Mapping[str, str]) -> Iterator[str]:
    for where in (finding.where, *(suspect.id for suspect in finding.suspects)):
        name = where.partition("/")[0]
        if name in known:
            yield known[name]
