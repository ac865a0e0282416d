"""How the charts put words: one line or several, a figure in a sentence, labels side by side."""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yearbook.chart import Sketch
from yearbook.model import Fact, Language, Qualifier, Text
from yearbook.numbers import form

POINT = 1 / 72
"""Inches in a point."""
LINE = 11.5 * POINT
"""From one line of a label to the next."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How words are written: points, a colour of the theme, a weight."""

    size: float = 8
    colour: str = "ink"
    weight: int = 400


BODY = Pen()
STRONG = Pen(8.5, "ink", 700)
MUTED = Pen(7.5, "muted")


def lines(sketch: Sketch) -> int:
    """How many lines a label has: one for each language."""
    return len(sketch.edition.languages)


def wrapped(text: str, letters: int) -> str:
    """The same lines, none longer than so many Latin letters; Chinese is twice as wide."""
    return "\n".join(part for line in text.split("\n") for part in _folded(line, letters))


def _folded(line: str, letters: int) -> list[str]:
    if line.isascii() or " " in line:
        return textwrap.wrap(line, letters, break_long_words=False)
    size = letters // 2
    return [line[start : start + size] for start in range(0, len(line), size)]


def spoken(fact: Fact, language: Language) -> str:
    """A figure as prose says it: more than 3,200 institutions, 3200多家."""
    parts = form(fact, language)
    said = (part for part in (parts.before, parts.number, parts.unit) if part)
    return ("" if language is Language.ZH else " ").join(said).replace("\u00a0", " ")


def joined(sketch: Sketch, say: Callable[[Language], str]) -> str:
    """What is said in each language of the edition, in one line."""
    return " · ".join(say(language) for language in sketch.edition.languages)


def spread(wanted: Sequence[float], widths: Sequence[float], limit: float) -> list[float]:
    """Where labels of these widths begin, as near as can be to where they are wanted, so that
    none touches the next and the last ends before the limit.

    >>> spread([0, 1, 2], [1.5, 0.5, 3], 5)
    [0, 1.5, 2]
    >>> spread([0, 4], [1, 2], 5)
    [0, 3]
    """
    places: list[float] = []
    free = wanted[0]
    for place, width in zip(wanted, widths, strict=True):
        places.append(max(place, free))
        free = places[-1] + width
    end = limit
    for index in reversed(range(len(places))):
        places[index] = min(places[index], end - widths[index])
        end = places[index]
    return places


def beyond(fact: Fact) -> int:
    """Where the figure may truly lie: 1 above the number given, -1 below it, 0 there."""
    above = (Qualifier.MORE_THAN, Qualifier.AT_LEAST)
    below = (Qualifier.NEARLY, Qualifier.AT_MOST)
    return (fact.qualifier in above) - (fact.qualifier in below)


def series(sketch: Sketch, sentence: Text, facts: Sequence[Fact]) -> str:
    """Facts with their labels as the ``parts`` of a sentence, in the sketch's leading language."""
    language = sketch.language
    blank = "" if language is Language.ZH else ": "
    parts = [f"{sketch.label(fact.id)}{blank}{spoken(fact, language)}" for fact in facts]
    joint = "；" if language is Language.ZH else "; "
    return sentence.of(language).format(parts=joint.join(parts))
