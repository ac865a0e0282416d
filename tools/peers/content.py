"""What a built page says, without how it says it: the blocks that every peer prints."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import tinyhtml5

Spans = tuple[tuple[str, str], ...]
"""Pieces of a sentence: each is ``text``, ``em`` or the text of a ``note``, and what it says."""
_BLANKS = re.compile(r"[ \n\t\r]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list, a table, a chart, or the two sides of a pair of languages."""

    kind: str
    items: tuple[Spans, ...] = ()
    target: str = ""
    sides: tuple[tuple["Block", ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is printed; ``figures`` are the columns of numbers."""

    id: str
    title: str
    unit: str
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[int, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The words around a chart and instead of it."""

    id: str
    title: str
    said: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """An edition: its cover and its blocks in order, its tables and charts by name."""

    edition: str
    cover: tuple[str, ...]
    title: str
    blocks: tuple[Block, ...]
    tables: Mapping[str, Table] = field(default_factory=dict)
    charts: Mapping[str, Chart] = field(default_factory=dict)


def joined(parts: Sequence[Content]) -> Content:
    """The same edition of several chapters as one document."""
    first = parts[0]
    return Content(
        first.edition,
        first.cover,
        first.title,
        tuple(block for part in parts for block in part.blocks),
        {name: table for part in parts for name, table in part.tables.items()},
        {name: chart for part in parts for name, chart in part.charts.items()},
    )


def content(edition: str, html: str, chapter: str) -> Content:
    """An edition of a chapter as its built page tells it; tables and charts go by its name."""
    root = tinyhtml5.parse(html, namespace_html_elements=False)
    notes = {
        str(item.get("id")): text(item).removesuffix(" ↑")
        for item in root.iterfind(".//aside/ol/li")
    }
    cover = next(e for e in root.iter("header") if _is(e, "cover"))
    figures = list(root.iter("figure"))
    for figure in figures:
        kind, _, name = str(figure.get("id")).partition("-")
        figure.set("id", f"{kind}-{chapter}.{name}")
    tables = [_table(e) for e in figures if _is(e, "table")]
    charts = [_chart(e) for e in figures if _is(e, "chart")]
    sections = list(root.iter("section"))
    seal = [e for e in root.iter("p") if _is(e, "seal")]
    return Content(
        edition,
        tuple(text(e) for e in cover if e.tag == "p"),
        text(next(cover.iter("h1"))),
        (*_blocks([e for section in sections for e in section], notes), *_blocks(seal, notes)),
        {table.id: table for table in tables},
        {chart.id: chart for chart in charts},
    )


def _is(element: Any, name: str) -> bool:
    return name in (element.get("class") or "").split()


def text(element: Any) -> str:
    """The words of an element, its lines apart."""
    lines = [e for e in element.iter() if _is(e, "line")]
    parts = ["".join(e.itertext()) for e in lines] or ["".join(element.itertext())]
    return "\n".join(_BLANKS.sub(" ", part).strip() for part in parts)


def _blocks(elements: Iterable[Any], notes: Mapping[str, str]) -> Iterator[Block]:
    for element in elements:
        if _is(element, "elsewhere") or element.tag in ("aside", "nav"):
            continue
        if element.tag == "h2":
            counts = [e for e in element if _is(e, "count")]
            number = "".join("".join(e.itertext()) for e in counts)
            yield Block("heading", ((("text", text(element)),),), number)
        elif element.tag == "figure":
            kind, _, name = str(element.get("id")).partition("-")
            yield Block(kind, target=name)
        elif element.tag == "p":
            yield Block("text", (tuple(_spans(element, notes)),))
        elif element.tag in ("ul", "ol"):
            yield Block("list", tuple(tuple(_spans(item, notes)) for item in element))
        elif _is(element, "pair"):
            sides = tuple(tuple(_blocks(side, notes)) for side in element)
            yield Block("pair", sides=sides)


def _spans(element: Any, notes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield from _said("text", element.text)
    for child in element:
        if child.tag == "sup":
            yield "note", notes[str(child[0].get("href")).removeprefix("#")]
        elif child.tag == "em":
            yield from _said("em", "".join(child.itertext()))
        elif child.tag == "br":
            yield "text", "\n"
        else:
            yield from _spans(child, notes)
        yield from _said("text", child.tail)


def _said(kind: str, words: str | None) -> Iterator[tuple[str, str]]:
    if words:
        yield kind, _BLANKS.sub(" ", words)


def _notes(figure: Any) -> tuple[str, ...]:
    parts = (e for name in ("note", "source") for e in figure.iter("div") if _is(e, name))
    return tuple(_BLANKS.sub(" ", "".join(p.itertext())).strip() for part in parts for p in part)


def _table(figure: Any) -> Table:
    caption = next(figure.iter("caption"))
    rows = [[e for e in row if e.tag in ("th", "td")] for row in figure.iter("tr")]
    unit = [e for e in caption if _is(e, "unit")]
    titles = [e for e in caption if _is(e, "line")]
    return Table(
        str(figure.get("id")).partition("-")[2],
        "\n".join(" ".join(_BLANKS.sub(" ", "".join(p.itertext())) for p in e) for e in titles),
        " ".join(text(e).replace("\n", " ") for e in unit),
        tuple(tuple(text(cell) for cell in row) for row in rows),
        tuple(number for number, cell in enumerate(rows[0]) if _is(cell, "figure")),
        _notes(figure),
    )


def _chart(figure: Any) -> Chart:
    caption = next(e for e in figure.iter("p") if _is(e, "caption"))
    return Chart(
        str(figure.get("id")).partition("-")[2],
        "\n".join(" ".join("".join(p.itertext()) for p in line) for line in caption),
        " / ".join("".join(e.itertext()) for e in figure.iter() if _local(e) == "desc"),
        _notes(figure),
    )


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
