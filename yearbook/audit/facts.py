"""facts.json: every numeral of a printed chapter, where it stands and what it comes from.

``facts`` are the figures read from a cell; ``others`` all further numerals of each page, with
their kind and source; ``texts`` the words of the pages in reading order, and what is bound in them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yearbook.audit.figures import Account, Figure
from yearbook.audit.items import Item, Kind, Mark, Sort
from yearbook.audit.match import Generated, Match, positions
from yearbook.audit.runs import Run
from yearbook.model import Edition, Fact, Language
from yearbook.numbers import text as digits

FORMAT = "yearbook-facts/1"
NAME = "facts.json"
Json = dict[str, Any]


class FormatError(ValueError):
    """A file is not a facts.json as this toolkit writes it."""


@dataclass(frozen=True, slots=True)
class Head:
    """Which printed chapter the facts are of."""

    chapter: str
    edition: str
    data_year: int


def compose(head: Head, items: Sequence[Item], account: Account, found: Match) -> Json:
    """What facts.json says of a page whose texts were found."""
    spots = _Spots(items, found)
    facts, others = [], []
    for figure in account.figures:
        place = spots.of(figure.item, figure.start)
        item = items[figure.item]
        if figure.fact is None:
            others.append(_other(figure, item, place))
        else:
            facts.append(_read_from(figure.fact) | _shown(figure, item, place))
    others += [_made(generated, items) for generated in _numerals(found.generated, items)]
    return {
        "format": FORMAT,
        "chapter": head.chapter,
        "edition": head.edition,
        "data_year": head.data_year,
        "facts": facts,
        "others": others,
        "texts": [_text(item, found, at) for at, item in enumerate(items)],
    }


class _Spots:
    """Where the letters of items stand on the pages."""

    def __init__(self, items: Sequence[Item], found: Match) -> None:
        self._items, self._found = items, found
        self._letters: dict[int, dict[int, int]] = {}

    def of(self, item: int, start: int) -> tuple[int, Sequence[float]]:
        """The page and the box of the run that shows a character; page 0 for none."""
        if item not in self._letters:
            kept = positions(self._items[item].words)
            self._letters[item] = {at: letter for letter, at in enumerate(kept)}
        letter = self._letters[item].get(start, 0)
        for chunk in self._found.chunks.get(item, ()):
            if chunk.start <= letter < chunk.end:
                return chunk.page, chunk.runs[letter - chunk.start].box
        return 0, ()


def _read_from(fact: Fact) -> Json:
    return {
        "id": fact.id,
        "period": str(fact.period),
        "value": digits(fact.value),
        "unit": fact.unit.id,
        "hedge": fact.qualifier.value,
    }


def _other(figure: Figure, item: Item, place: tuple[int, Sequence[float]]) -> Json:
    return {
        "kind": figure.sort.value,
        "source": figure.source,
        "value": None if figure.value is None else digits(figure.value),
        **_shown(figure, item, place),
    }


def _shown(figure: Figure, item: Item, place: tuple[int, Sequence[float]]) -> Json:
    return {
        "language": item.language.value,
        "printed": figure.printed,
        "page": place[0],
        "box": list(place[1]),
        "text": figure.item,
    }


def _numerals(generated: Sequence[Generated], items: Sequence[Item]) -> Iterator[Generated]:
    """What the page itself makes and holds a digit."""
    for one in generated:
        if any(letter.isdigit() for letter in _words(one, items)):
            yield one


def _words(generated: Generated, items: Sequence[Item]) -> str:
    if generated.item >= 0:
        return items[generated.item].words
    return generated.run.text.strip()


def _made(generated: Generated, items: Sequence[Item]) -> Json:
    run: Run = generated.run
    return {
        "kind": generated.sort.value,
        "printed": _words(generated, items),
        "page": run.page,
        "box": list(run.box),
    }


def _text(item: Item, found: Match, at: int) -> Json:
    made: Json = {
        "words": item.words,
        "language": item.language.value,
        "kind": item.kind.value,
        "anchor": item.anchor,
        "target": item.target,
        "pages": [chunk.page for chunk in found.chunks.get(at, ())],
        "marks": [[m.start, m.end, m.sort.value, m.source, m.period] for m in item.marks],
    }
    return {name: value for name, value in made.items() if value}


def written(facts: Mapping[str, Any]) -> bytes:
    """facts.json as a file: one entry a line.

    >>> print(written({"format": "a", "facts": [{"id": 1}, {"id": 2}]}).decode())
    {
    "format": "a",
    "facts": [
    {"id": 1},
    {"id": 2}
    ]
    }
    <BLANKLINE>
    """
    parts = []
    for name, value in facts.items():
        said = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list):
            rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in value)
            said = f"[\n{rows}\n]"
        parts.append(f"{json.dumps(name)}: {said}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def parse(content: bytes) -> Json:
    """The content of a facts.json. Raises `FormatError`."""
    try:
        facts = json.loads(content)
        if facts["format"] != FORMAT:
            raise FormatError(str(facts["format"]))
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise FormatError(str(problem)) from problem
    known: Json = facts
    return known


def head(facts: Mapping[str, Any]) -> Head:
    """Which chapter some facts are of. Raises `FormatError`."""
    try:
        edition = Edition(facts["edition"]).value
        return Head(str(facts["chapter"]), edition, int(facts["data_year"]))
    except (KeyError, TypeError, ValueError, OverflowError) as problem:
        raise FormatError(str(problem)) from problem


def entries(facts: Mapping[str, Any], name: str) -> list[Json]:
    """The entries of a part of some facts that are entries at all.

    >>> entries({"facts": [{"id": "a"}, 3]}, "facts"), entries({"facts": None}, "facts")
    ([{'id': 'a'}], [])
    """
    held = facts.get(name)
    return [entry for entry in held if isinstance(entry, dict)] if isinstance(held, list) else []


def items(facts: Mapping[str, Any]) -> tuple[Item, ...]:
    """The texts that some facts speak of. Raises `FormatError`."""
    try:
        return tuple(_item(text) for text in facts["texts"])
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise FormatError(repr(problem)) from problem


def _item(text: Mapping[str, Any]) -> Item:
    words = str(text["words"])
    marks = tuple(
        Mark(int(start), int(end), Sort(sort), str(source), str(period))
        for start, end, sort, source, period in text.get("marks", ())
    )
    return Item(
        words,
        Language(text["language"]),
        Kind(text["kind"]),
        str(text.get("anchor", "")),
        str(text.get("target", "")),
        marks,
    )
