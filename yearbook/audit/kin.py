"""What binds a text that carries no markup of its own: the texts it stands with."""

import re
from collections.abc import Iterator
from dataclasses import replace

from yearbook.audit.items import Item, Kind, Mark, Sort
from yearbook.model import Period
from yearbook.numbers import span


def parted(label: str) -> list[str]:
    """Labels that stand side by side in one line, each in its own language.

    >>> parted("9 people · 9人"), parted("9 people"), parted("")
    (['9 people ·', '9人'], ['9 people'], [])
    """
    return [part for part in re.split(r"(?<= ·) ", label) if part]


def echoed(found: list[Item]) -> Iterator[Item]:
    """An entry of the contents repeats a title, without its markup: it is bound as that is."""
    titles = {(i.anchor, i.language, i.words): i.marks for i in found if i.marks and not i.target}
    for item in found:
        marks = titles.get((item.target, item.language, item.words), ())
        yield replace(item, marks=marks) if marks and not item.marks else item


def dated(row: list[Item]) -> Iterator[Item]:
    """The cells of a row, that of the period bound to the figure whose period it says.

    >>> from yearbook.audit.items import Kind
    >>> from yearbook.model import Language
    >>> mark = Mark(0, 1, Sort.FACT, "a", "1986-2010")
    >>> figure = Item("9", Language.EN, Kind.CELL, marks=(mark,))
    >>> said = Item("1986–2010", Language.EN, Kind.CELL)
    >>> list(dated([said, figure]))[0].marks[0].source
    'a'
    """
    known: dict[str, str] = {}
    for item in row:
        for mark in item.marks:
            if mark.sort is Sort.FACT and mark.period:
                known.setdefault(span(period(mark.period), item.language), mark.source)
    for item in row:
        if item.kind is Kind.CELL and not item.marks and item.words in known:
            mark = Mark(0, len(item.words), Sort.PERIOD, known[item.words], "span")
            yield replace(item, marks=(mark,))
        else:
            yield item


def period(text: str) -> Period:
    """A period as ``data-period`` writes it.

    >>> period("1986-2010").years, period("2010-04/2010-12").start, period("2010").end
    (25, '2010-04', '2010')
    """
    start, slash, end = text.partition("/")
    if not slash and re.fullmatch(r"\d{4}-\d{4}", text):
        start, end = text[:4], text[5:]
    return Period(start, end or start)
