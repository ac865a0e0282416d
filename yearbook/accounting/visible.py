"""What a reader sees of a filled text, and which of its characters are bound to the records.

A figure is bound by ``<data>``; a period, a literal, a reference and the reason of a waiver by the
classes that `yearbook.binding` gives them. A list item and a footnote are texts of their own, so
that no numeral is read across their borders.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from html.parser import HTMLParser

ANCHOR = "\ufffc"
"""Stands where a footnote is called."""
_PERIODS = ("period", "span", "start")


class Sort(StrEnum):
    """What binds a stretch of text."""

    FIGURE = "figure"
    PERIOD = "period"
    LITERAL = "literal"
    SEE = "see"
    REASON = "reason"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Bound:
    """A stretch of a text that comes from the records.

    ``source`` is what it prints: ``dispatched``, ``rest(dispatched)``, the id of a literal; of a
    period, with ``form`` period, span or start.
    """

    sort: Sort
    start: int
    end: int
    source: str
    period: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Visible:
    """A stretch of running text and what is bound in it, in order."""

    text: str
    bounds: tuple[Bound, ...]

    def figures(self) -> tuple[Bound, ...]:
        """The figures, without periods, names and references."""
        return tuple(bound for bound in self.bounds if bound.sort is Sort.FIGURE)

    def typed(self) -> str:
        """The same text, what is bound in it made blank.

        >>> visible('of <data class="figure" data-fact="a">9</data> people')[0].typed()
        'of   people'
        """
        letters = list(self.text)
        for bound in self.bounds:
            letters[bound.start : bound.end] = " " * (bound.end - bound.start)
        return "".join(letters)


@lru_cache(maxsize=8192)
def visible(html: str) -> tuple[Visible, ...]:
    """The texts of a filled template: its items one by one, its footnotes at the end.

    >>> (one,) = visible('In <data class="figure" value="9" data-fact="a">9 people</data> we')
    >>> one.text, one.bounds[0].source, one.text[one.bounds[0].start : one.bounds[0].end]
    ('In 9 people we', 'a', '9 people')
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    texts = (*reader.done, reader.open[0], *reader.notes)
    return tuple(_finished(draft) for draft in texts if "".join(draft.text).strip())


@dataclass
class _Draft:
    """A text while it is read."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    bounds: list[Bound] = field(default_factory=list)

    def add(self, words: str) -> None:
        self.text.append(words)
        self.length += len(words)


@dataclass
class _Reader(HTMLParser):
    """Walks the markup once; ``elements`` are the open tags, with what they bind."""

    open: list[_Draft] = field(default_factory=lambda: [_Draft()])
    done: list[_Draft] = field(default_factory=list)
    notes: list[_Draft] = field(default_factory=list)
    elements: list[tuple[str, Bound | None, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("wbr", "br"):
            return
        attributes = {name: value or "" for name, value in attrs}
        note = "footnote" in attributes.get("class", "").split()
        if note:
            self.open[-1].add(ANCHOR)
            self.open.append(_Draft())
        elif tag == "li":
            self.done.append(self.open[0])
            self.open[0] = _Draft()
        self.elements.append((tag, _bound(attributes, self.open[-1].length), note))

    def handle_endtag(self, tag: str) -> None:
        if not self.elements or self.elements[-1][0] != tag:
            return
        _, bound, note = self.elements.pop()
        if note:
            self.notes.append(self.open.pop())
        elif bound:
            draft = self.open[-1]
            draft.bounds.append(replace(bound, end=draft.length))

    def handle_data(self, data: str) -> None:
        self.open[-1].add(data)


def _bound(attributes: dict[str, str], start: int) -> Bound | None:
    classes = attributes.get("class", "").split()
    for sort in Sort:
        if sort.value not in classes:
            continue
        if sort is Sort.PERIOD:
            form = next((name for name in _PERIODS if _data(name, attributes)), "")
            return Bound(sort, start, start, _data(form, attributes), form=form)
        name = {Sort.FIGURE: "fact", Sort.SEE: ""}.get(sort, sort.value)
        return Bound(sort, start, start, _data(name, attributes), _data("period", attributes))
    return None


def _data(name: str, attributes: dict[str, str]) -> str:
    return attributes.get(f"data-{name}", "")


def _finished(draft: _Draft) -> Visible:
    bounds = sorted(draft.bounds, key=lambda bound: (bound.start, -bound.end))
    return Visible("".join(draft.text).replace("\u00a0", " "), tuple(bounds))
