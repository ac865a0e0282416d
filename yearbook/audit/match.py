"""Lays the texts a page should show beside those it shows, letter by letter.

Blanks and hyphens at line ends do not count; everything else does. What the page makes by itself
(its number, list signs, the numbers of notes and of the contents) is told apart and counted on its
own.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from yearbook.audit.items import PRINTED, Item, Kind
from yearbook.audit.runs import Pages, Run

_SOFT = "\u00ad\u2010\u200b\ufeff"
_AHEAD = 6
_SURE = 12
_TRIES = 12
_AROUND = 12


def letters(text: str) -> str:
    """What is compared of a text.

    >>> letters("In co‐\\u00a0operation, 9 towns")
    'Incooperation,9towns'
    """
    return "".join(text[at] for at in positions(text))


def positions(text: str) -> list[int]:
    """Where the letters that are compared stand in a text."""
    return [at for at, letter in enumerate(text) if not letter.isspace() and letter not in _SOFT]


class Made(StrEnum):
    """What the page itself makes."""

    PAGE = "page number"
    RUNNING = "running head"
    CONTENTS = "contents"
    CALL = "note call"
    NOTE = "note number"
    LIST = "list sign"
    REPEATED = "repeated head"


@dataclass(frozen=True, slots=True)
class Generated:
    """A run that the page made; ``item`` is the one it belongs to or repeats, -1 for none."""

    sort: Made
    run: Run
    item: int = -1


@dataclass(frozen=True, slots=True)
class Chunk:
    """Letters ``start`` to ``end`` of an item, and the run that shows each of them."""

    start: int
    end: int
    page: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a page shows in the place of what it should; either may be empty."""

    page: int
    wanted: str
    found: str
    item: int = -1


@dataclass
class Match:
    """How items and pages fit."""

    chunks: dict[int, list[Chunk]] = field(default_factory=dict)
    generated: list[Generated] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    def page(self, item: int) -> int:
        """The page on which an item begins; 0 if it is nowhere."""
        return self.chunks[item][0].page if self.chunks.get(item) else 0


def match(items: Sequence[Item], pages: Pages) -> Match:
    """Find each item on the pages, and everything else that stands there."""
    found = Match()
    made = dict(_made(pages.runs))
    by_page: dict[int, list[Run]] = {number: [] for number in range(1, pages.count + 1)}
    for place, run in enumerate(pages.runs):
        if place in made:
            found.generated.append(Generated(made[place], run))
        else:
            by_page.setdefault(run.page, []).append(run)
    matcher = Matcher(items, found)
    for number in sorted(by_page):
        matcher.page(number, by_page[number])
    matcher.finish(pages.count)
    _furniture(items, pages, found)
    return found


def _furniture(items: Sequence[Item], pages: Pages, found: Match) -> None:
    """What no tag covers: texts of the page said again at its head, and its number."""
    known = {letters(item.words): at for at, item in enumerate(items) if item.kind is Kind.TEXT}
    texts = sorted((text for text in known if not text.isdigit()), key=len, reverse=True)
    for number in range(1, pages.count + 1):
        runs = [run for run in pages.loose if run.page == number]
        owners = [run for run in runs for _ in letters(run.text)]
        text, at = "".join(letters(run.text) for run in runs), 0
        while at < len(text) and text[at:] != str(number):
            said = next((one for one in texts if text.startswith(one, at)), "")
            if not said:
                found.differences.append(Difference(number, str(number), text[at:]))
                break
            found.generated.append(Generated(Made.RUNNING, owners[at], known[said]))
            at += len(said)
        else:
            if text:
                found.generated.append(Generated(Made.PAGE, owners[-1]))


def _made(runs: Sequence[Run]) -> Iterator[tuple[int, Made]]:
    """Which runs the page makes by itself, told by the tags around them."""
    last = {_serial(run, "TOCI"): place for place, run in enumerate(runs)}
    begun: set[int] = set()
    for place, run in enumerate(runs):
        tags = [tag for tag, _ in run.path]
        note, entry = _serial(run, "Note"), _serial(run, "TOCI")
        said = run.text.strip()
        if "Lbl" in tags:
            yield place, Made.LIST
        elif entry and last[entry] == place and said.isdigit():
            yield place, Made.CONTENTS
        elif note and note not in begun:
            begun.add(note)
            if re.fullmatch(r"\d+\.?", said):
                yield place, Made.NOTE
        elif "Reference" in tags and not entry and said.isdigit():
            yield place, Made.CALL


def _serial(run: Run, tag: str) -> int:
    """The serial number of the innermost element of that tag around a run; 0 for none."""
    return next((serial for name, serial in reversed(run.path) if name == tag), 0)


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is still to be found of an item."""

    item: int
    text: str
    offset: int = 0


class Matcher:
    """Walks the pages once; what a page cuts short goes on, in the same order, on the next."""

    def __init__(self, items: Sequence[Item], found: Match) -> None:
        self.items, self.found = items, found
        self.texts = [letters(item.words) for item in items]
        shown = [at for at, item in enumerate(items) if item.kind in PRINTED]
        notes = [at for at in shown if items[at].kind is Kind.NOTE]
        self.order = deque(_Rest(at, self.texts[at]) for at in shown if at not in set(notes))
        self.notes = [_Rest(at, self.texts[at]) for at in notes]
        self.cut: list[_Rest] = []
        self.text, self.owners, self.number = "", list[Run](), 0

    def page(self, number: int, runs: Iterable[Run]) -> None:
        """Take in one page."""
        self.number, self.owners, shown = number, [], []
        for run in runs:
            kept = letters(run.text)
            shown.append(kept)
            self.owners.extend([run] * len(kept))
        self.text, at = "".join(shown), 0
        while at < len(self.text):
            at = self._next(at)
        self.order.extendleft(reversed(self.cut))
        self.cut = []

    def finish(self, last: int) -> None:
        """What no page shows."""
        for rest in (*self.order, *self.notes):
            before = self.found.chunks.get(rest.item)
            page = before[-1].page if before else last
            self.found.differences.append(Difference(page, rest.text, "", rest.item))

    def _next(self, at: int) -> int:
        """Account for the letters from ``at`` on; how far that went."""
        if self.order:
            first = self.order[0]
            same = self._same(at, first.text)
            if same == len(first.text) or (same and at + same == len(self.text)):
                self.order.popleft()
                return self._put(first, at, same)
            if same and len(self.order) > 1 and self._begins(at + same, self.order[1].text):
                self.order.popleft()
                return self._put(first, at, same)
        for place, rest in enumerate(self.notes):
            same = self._same(at, rest.text)
            if same == len(rest.text) or (same and at + same == len(self.text)):
                del self.notes[place]
                return self._put(rest, at, same)
        return self._repeated(at) or self._recover(at)

    def _same(self, at: int, text: str) -> int:
        if self.text.startswith(text, at):
            return len(text)
        length = 0
        for mine, other in zip(text, self.text[at : at + len(text)], strict=False):
            if mine != other:
                break
            length += 1
        return length

    def _begins(self, at: int, text: str) -> bool:
        return self.text.startswith(text[:_AHEAD], at)

    def _put(self, rest: _Rest, at: int, length: int) -> int:
        """So many letters of an item stand here; the others are still to come."""
        chunk = Chunk(
            rest.offset, rest.offset + length, self.number, tuple(self.owners[at : at + length])
        )
        self.found.chunks.setdefault(rest.item, []).append(chunk)
        if length < len(rest.text):
            self.cut.append(_Rest(rest.item, rest.text[length:], rest.offset + length))
        return at + length

    def _repeated(self, at: int) -> int:
        """The heads of a table that goes on from the page before."""
        if not self.order:
            return 0
        anchor = self.items[self.order[0].item].anchor
        for place, item in enumerate(self.items):
            if item.kind is Kind.COLUMN and item.anchor == anchor and place in self.found.chunks:
                text = self.texts[place]
                if self.found.page(place) < self.number and self.text.startswith(text, at):
                    self.found.generated.append(Generated(Made.REPEATED, self.owners[at], place))
                    return at + len(text)
        return 0

    def _recover(self, at: int) -> int:
        """Something else stands here than should: name it, and find where the page goes on."""
        following = list(self.order)[:_TRIES]
        if following:
            length = len(following[0].text)
            rest = self.text[at + length :]
            after = following[1].text if len(following) > 1 else ""
            begun = self._same(at, following[0].text) >= min(_SURE, length)
            if begun or not rest or (after and rest.startswith(after[:1])):
                return self._replaced(at, min(length, len(self.text) - at))
        for skipped, expected in enumerate(following):
            where = self.text.find(expected.text[:_SURE], at)
            if where >= 0 and (len(expected.text) >= _AHEAD or where == at):
                return self._skipped(at, where, skipped)
        self.found.differences.append(Difference(self.number, "", self.text[at:]))
        return len(self.text)

    def _replaced(self, at: int, length: int) -> int:
        first = self.order.popleft()
        wanted, found = narrowed(first.text[:length], self.text[at : at + length])
        self.found.differences.append(Difference(self.number, wanted, found, first.item))
        return self._put(first, at, length)

    def _skipped(self, at: int, where: int, count: int) -> int:
        missing = [self.order.popleft() for _ in range(count)]
        wanted, found = narrowed("".join(rest.text for rest in missing), self.text[at:where])
        item = missing[0].item if missing else -1
        self.found.differences.append(Difference(self.number, wanted, found, item))
        return where


def narrowed(wanted: str, found: str) -> tuple[str, str]:
    """Two texts without what they begin and end with alike, but for a few letters.

    >>> narrowed("itsent369peopletopoorareasforwork", "itsent359peopletopoorareasforwork")
    ('itsent369peopletopoo', 'itsent359peopletopoo')
    """
    head = 0
    while head < min(len(wanted), len(found)) and wanted[head] == found[head]:
        head += 1
    tail = 0
    while tail < min(len(wanted), len(found)) - head and wanted[-1 - tail] == found[-1 - tail]:
        tail += 1
    start, end = max(0, head - _AROUND), max(0, tail - _AROUND)
    return wanted[start : len(wanted) - end], found[start : len(found) - end]
