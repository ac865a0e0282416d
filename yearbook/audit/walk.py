"""Lays the texts that pages should show beside those they show.

What the pages make by themselves (page numbers, list signs, the numbers of notes and of the
contents, the heads of a table that goes on) is told apart. The order is that of the tags; a text
that a page cuts short goes on upon the next, and so do those that stand beside it in a row.
"""

from collections.abc import Iterator, Sequence

from yearbook.audit.furniture import Counts, furniture, vocabulary
from yearbook.audit.items import PRINTED, Item, Kind
from yearbook.audit.match import Chunk, Difference, Generated, Made, Match, letters, narrowed
from yearbook.audit.runs import Pages, Run
from yearbook.audit.sheet import Rest, Sheet, sheets

_SURE = 12
_AHEAD = 6
_TRIES = 12
_BESIDE = 40
"""How many texts of one row may have to wait for the next page."""


def match(items: Sequence[Item], pages: Pages, counts: Counts) -> Match:
    """Find each item on the pages, and everything else that stands there; ``counts`` says whether
    words hold a numeral."""
    found = Match()
    made = dict(_made(pages.runs))
    found.generated.extend(Generated(sort, pages.runs[at]) for at, sort in made.items())
    tagged = [run for at, run in enumerate(pages.runs) if at not in made]
    Walk(items, found, sheets(tagged, pages.count)).walk()
    known = vocabulary(items)
    for number in range(1, pages.count + 1):
        loose = [run for run in pages.loose if run.page == number]
        for one in furniture(number, loose, known, counts):
            if isinstance(one, Generated):
                found.generated.append(one)
            else:
                found.differences.append(one)
    return found


def _made(runs: Sequence[Run]) -> Iterator[tuple[int, Made]]:
    """Which runs the page makes by itself, told by the tags around them."""
    around = [dict(run.path) for run in runs]
    last = {tags.get("TOCI", 0): place for place, tags in enumerate(around)}
    begun: set[int] = set()
    for place, (run, tags) in enumerate(zip(runs, around, strict=True)):
        note, entry = tags.get("Note", 0), tags.get("TOCI", 0)
        if "Lbl" in tags:
            yield place, Made.LIST
        elif entry and last[entry] == place and run.text.strip().isdigit():
            yield place, Made.CONTENTS
        elif note and note not in begun:
            begun.add(note)
            if run.text.strip().rstrip(".").isdigit():
                yield place, Made.NOTE
        elif "Reference" in tags and not entry and run.text.strip().isdigit():
            yield place, Made.CALL


class Walk:
    """Goes through the pages once, with what is still to be found in the order of the book."""

    def __init__(self, items: Sequence[Item], found: Match, pages: Sequence[Sheet]) -> None:
        self.items, self.found, self.pages = items, found, pages
        self.texts = [letters(item.words) for item in items]
        shown = [Rest(at, self.texts[at]) for at, i in enumerate(items) if i.kind in PRINTED]
        self.order = [rest for rest in shown if items[rest.item].kind is not Kind.NOTE]
        self.notes = [rest for rest in shown if items[rest.item].kind is Kind.NOTE]
        self.later: list[Rest] = []
        self.sheet = pages[0]

    def walk(self) -> None:
        """Account for every letter of the pages and every item."""
        for sheet in self.pages:
            self.sheet, at = sheet, 0
            while at < len(self.sheet.text):
                at = self._next(at)
            self.order, self.later = [*self.later, *self.order], []
        for rest in (*self.order, *self.notes):
            before = self.found.chunks.get(rest.item)
            page = before[-1].page if before else self.sheet.number
            self.found.differences.append(Difference(page, rest.text, "", rest.item))

    def _next(self, at: int) -> int:
        """Account for the letters from ``at`` on; how far that went."""
        step = self._head(at) or self._first(at) or self._note(at) or self._repeated(at)
        return step or self._beside(at) or self._broken(at) or self._recover(at)

    def _head(self, at: int) -> int:
        """What stands in the head of a table that has begun."""
        heading = self.sheet.in_head(at) and self.order
        if heading and self.items[self.order[0].item].kind is not Kind.COLUMN:
            return self._repeated(at)
        return 0

    def _first(self, at: int) -> int:
        """The next text, to its end, or as far as the page goes if the next page goes on."""
        if not self.order:
            return 0
        first = self.order[0]
        same = self.sheet.fits(at, first.text)
        if same == len(first.text) or (same and self._continued([first.cut(same)])):
            del self.order[0]
            return self._put(first, at, same)
        return 0

    def _note(self, at: int) -> int:
        """A note stands at the foot of the page that calls it, or of a later one."""
        fits = [(self.sheet.fits(at, rest.text), rest) for rest in self.notes]
        whole = [rest for same, rest in fits if same == len(rest.text)]
        cut = [rest for same, rest in fits if same and at + same == len(self.sheet.text)]
        if not whole and not cut:
            return 0
        rest = max(whole or cut, key=lambda rest: len(rest.text))
        self.notes.remove(rest)
        return self._put(rest, at, self.sheet.fits(at, rest.text))

    def _put(self, rest: Rest, at: int, length: int) -> int:
        """So many letters of an item stand here; the others are still to come."""
        runs = tuple(self.sheet.owners[at : at + length])
        chunk = Chunk(rest.offset, rest.offset + length, self.sheet.number, runs)
        self.found.chunks.setdefault(rest.item, []).append(chunk)
        if length < len(rest.text):
            waiting = self.notes if self.items[rest.item].kind is Kind.NOTE else self.later
            waiting.append(rest.cut(length))
        return at + length

    def _repeated(self, at: int) -> int:
        """The heads of a table that goes on from the page before, and the words that say so."""
        place = self._again(self.sheet, at)
        if place < 0:
            return 0
        self.found.generated.append(Generated(Made.REPEATED, self.sheet.owners[at], place))
        return at + len(self.texts[place])

    def _again(self, sheet: Sheet, at: int) -> int:
        """The item that a page says again at some place; -1 for none."""
        anchors = {self.items[rest.item].anchor for rest in (*self.later, *self.order[:1])} - {""}
        fitting = [
            (len(self.texts[place]), place)
            for place, item in enumerate(self.items)
            if item.anchor in anchors
            and self._may_repeat(place, sheet)
            and sheet.text.startswith(self.texts[place], at)
        ]
        return max(fitting)[1] if fitting else -1

    def _may_repeat(self, place: int, sheet: Sheet) -> bool:
        """Heads stand on a page before; so does part of what words say that it goes on."""
        item, seen = self.items[place], [place]
        if item.kind is Kind.AGAIN:
            seen = [at for at, other in enumerate(self.items) if other.anchor == item.anchor]
        begun = any(0 < self.found.page(at) < sheet.number for at in seen)
        return begun and item.kind in (Kind.AGAIN, Kind.COLUMN)

    def _beside(self, at: int) -> int:
        """A text further on, if those before it stand where the next page begins."""
        for count, rest in enumerate(self.order[1:_BESIDE], 1):
            same = self.sheet.fits(at, rest.text)
            cut = [rest.cut(same)] if same < len(rest.text) else []
            if same and self._continued([*self.order[:count], *cut]):
                self.later.extend(self.order[:count])
                del self.order[: count + 1]
                return self._put(rest, at, same)
        return 0

    def _continued(self, rests: Sequence[Rest]) -> bool:
        """Whether the pages to come go on with these texts and those that wait already."""
        waiting = [*self.later, *rests]
        for sheet in self.pages[self.sheet.number :]:
            before, waiting = waiting, self._left(sheet, waiting)
            if not waiting or waiting == before:
                return not waiting
        return False

    def _left(self, sheet: Sheet, waiting: Sequence[Rest]) -> list[Rest]:
        """What is still waiting after a page that begins with some of these texts."""
        at, left = 0, []
        for rest in waiting:
            while (place := self._again(sheet, at)) >= 0:
                at += len(self.texts[place])
            same = sheet.fits(at, rest.text)
            at += same
            if same < len(rest.text):
                left.append(rest.cut(same))
        return left

    def _broken(self, at: int) -> int:
        """A text that its next page does not go on with: what is wrong stands there."""
        if not self.order:
            return 0
        same = self.sheet.fits(at, self.order[0].text)
        if same >= _SURE or (same and at + same == len(self.sheet.text)):
            return self._put(self.order.pop(0), at, same)
        return 0

    def _recover(self, at: int) -> int:
        """Something else stands here than should: name it, and find where the page goes on."""
        text, following = self.sheet.text, self.order[:_TRIES]
        if following:
            length = len(following[0].text)
            after = following[1].text if len(following) > 1 else ""
            begun = self.sheet.same(at, following[0].text) >= min(_SURE, length)
            rest = text[at + length :]
            if begun or not rest or (after and rest.startswith(after[:1])):
                return self._replaced(at, min(length, len(text) - at))
        for skipped, expected in enumerate(following):
            where = text.find(expected.text[:_SURE], at)
            if where >= 0 and (len(expected.text) >= _AHEAD or where == at):
                return self._skipped(at, where, skipped)
        self.found.differences.append(Difference(self.sheet.number, "", text[at:]))
        return len(text)

    def _replaced(self, at: int, length: int) -> int:
        first = self.order.pop(0)
        shown = self.sheet.text[at : at + length]
        wanted, found = narrowed(first.text[:length], shown)
        self.found.differences.append(Difference(self.sheet.number, wanted, found, first.item))
        return self._put(first, at, length)

    def _skipped(self, at: int, where: int, count: int) -> int:
        missing, self.order = self.order[:count], self.order[count:]
        shown = self.sheet.text[at:where]
        wanted, found = narrowed("".join(rest.text for rest in missing), shown)
        item = missing[0].item if missing else -1
        self.found.differences.append(Difference(self.sheet.number, wanted, found, item))
        return where
