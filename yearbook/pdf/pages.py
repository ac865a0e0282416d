"""Lays out a document page by page; pages that were made before of the same are found again.

A page is laid out from where it starts (`yearbook.pdf.start`) and looks at some blocks
(`yearbook.pdf.visits`). Where a page starts as one did before and those blocks are the same, its
leaf is taken and the next page starts where that one ended. A page number that a list of contents
prints hangs on later pages: it is compared at the end, and if one is another, or was not known
yet, the whole document is laid out.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from weasyprint.document import Page
from weasyprint.layout import (
    initialize_page_maker,
    layout_backgrounds,
    layout_document,
    make_margin_boxes,
    page,
)

from yearbook.finding import Finding
from yearbook.node import Shelf, key
from yearbook.pdf import glyphs
from yearbook.pdf.blocks import Blocks
from yearbook.pdf.leaf import Leaf, leaf, unpacked
from yearbook.pdf.start import Start, resume, start
from yearbook.pdf.visits import Visits

_VARIANTS = 4
"""Of the blocks a page looked at, starting at one place: so many sets are kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where leaves are kept, and the digests of all that pages are made with besides their text:
    the toolkit, the libraries, the faces."""

    shelf: Shelf
    base: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rules:
    """What every page must keep to: the families of fonts that the document defines, and ``shut``,
    which takes out links that may not be and tells whether there were none."""

    families: frozenset[str]
    shut: Callable[[Iterable[Any]], bool]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in the making. ``looked`` are the numbers of the blocks it looked at, None if more
    than a place in the text was handed on to it or by it; ``counts``: it prints page numbers."""

    page: Any
    begun: Start
    end: Start
    looked: tuple[int, ...] | None
    counts: bool


@dataclass(frozen=True, slots=True)
class Job:
    """A document to lay out: its parsed page, its boxes, its blocks."""

    html: Any
    root: Any
    context: Any
    blocks: Blocks
    notes: tuple[Any, ...]

    def fresh(self) -> Any:
        """The context of the layout, with all foot-notes still to be placed."""
        self.context.footnotes = list(self.notes)
        self.context.visits = Visits()
        self.context.string_set.clear()
        self.context.rendered_notes = []
        return self.context

    def counts(self, number: int) -> bool:
        """Whether a page prints the numbers of pages."""
        return bool(self.context.page_maker[number][-1]["content_lookups"])

    def looked(self, number: int, made: Any) -> tuple[int, ...] | None:
        """The blocks that a page looked at, if that is all it hangs on."""
        visit, owners = self.context.visits.pages[number], self.blocks.owners
        looked = {owners[each] for each in visit.elements if each in owners}
        shown = {owners[box.element] for box in made.descendants() if box.element in owners}
        return tuple(sorted(looked)) if visit.whole and shown <= looked else None


@dataclass
class Memory:
    """The leaves of pages that were made before."""

    kept: Kept | None
    blocks: Blocks

    def find(self, begun: Start) -> Leaf | None:
        """The leaf of a page that started there and looked at the same."""
        if self.kept is None:
            return None
        for looked in self._looked(begun):
            content = self.kept.shelf.get(self._key("leaf", begun, looked))
            if content is not None:
                return unpacked(content)
        return None

    def keep(self, sheet: Sheet, made: Leaf) -> None:
        """Keep a leaf, if it hangs on nothing but where it started and what it looked at."""
        if self.kept is None or sheet.looked is None:
            return
        older = [each for each in self._looked(sheet.begun) if each != sheet.looked]
        listed = json.dumps([sheet.looked, *older[: _VARIANTS - 1]]).encode()
        self.kept.shelf.put(self._key("leaf", sheet.begun, sheet.looked), made.packed())
        self.kept.shelf.put(self._key("leaves", sheet.begun, ()), listed)

    def _looked(self, begun: Start) -> Iterator[tuple[int, ...]]:
        content = self.kept.shelf.get(self._key("leaves", begun, ())) if self.kept else None
        most = len(self.blocks.digests)
        for each in json.loads(content) if content is not None else ():
            if all(0 <= number < most for number in each):
                yield tuple(each)

    def _key(self, kind: str, begun: Start, looked: tuple[int, ...]) -> str:
        parts = {
            **(self.kept.base if self.kept else {}),
            "skeleton": self.blocks.skeleton,
            "start": f"{begun.number} {begun.code}",
            "blocks": self.blocks.of(looked),
        }
        return key(kind, parts)


def whole(job: Job) -> list[Sheet]:
    """All pages, laid out together."""
    context = job.fresh()
    made = list(layout_document(job.html, job.root, context))
    starts = [start(context, number) for number in range(len(made))]
    starts.append(start(context, len(made), ended=True))
    return [
        Sheet(Page(box), starts[n], starts[n + 1], job.looked(n, box), job.counts(n))
        for n, box in enumerate(made)
    ]


def first(job: Job) -> Start:
    """Where the first page starts."""
    initialize_page_maker(job.context, job.root)
    return start(job.context, 0)


def alone(job: Job, begun: Start) -> Sheet | None:
    """One page, laid out from where it starts; None if it prints what only later pages tell."""
    context, number = job.fresh(), begun.number
    resume(context, begun)
    made, place = page.remake_page(number, context, job.root, job.html)
    if job.counts(number):
        return None
    marked = set()
    for box in made.descendants():
        if box.missing_link:
            return None
        if box.bookmark_label and (box.element, box.element_tag) in marked:
            box.bookmark_label = ""
        elif box.bookmark_label:
            marked.add((box.element, box.element_tag))
        for name, text in () if box.string_set in (None, "none") else box.string_set:
            context.string_set[name][number + 1].append(text)
    _finished(context, made, number)
    ended = place is None and not context.reported_footnotes
    looked = job.looked(number, made)
    return Sheet(Page(made), begun, start(context, number + 1, ended), looked, False)


def _finished(context: Any, made: Any, number: int) -> None:
    """Give a page its margins and backgrounds, as WeasyPrint's layout_document does."""
    root, *areas = made.children
    context.current_page = number + 1
    margins = make_margin_boxes(context, made, context.page_maker[number + 1][3])
    shown = (area for area in areas if area.children)
    made.children = (root, *shown, *margins)
    layout_backgrounds(made, context.get_image_from_uri)


def pieced(
    laid: Any, job: Job, memory: Memory, rules: Rules, opening: Leaf
) -> tuple[list[Leaf], list[Finding]] | None:
    """The leaves of a document after the first, page after page found or made, and what is wrong
    with those that were made; None where the whole must be laid out, for which a fresh job is
    needed."""
    begun = opening.end
    parts: list[Leaf | Sheet] = [opening]
    while not begun.ended:
        part = memory.find(begun) or alone(job, begun)
        if part is None or (isinstance(part, Sheet) and part.looked is None):
            return None
        parts.append(part)
        begun = part.end
    anchors = {name for part in parts for name in _anchors(part)}
    made = _made(laid, [p for p in parts if isinstance(p, Sheet)], anchors, memory, rules)
    done = {each.facts["number"]: each for each in made[0]}
    found = [p if isinstance(p, Leaf) else done[p.begun.number] for p in parts]
    return (found, made[1]) if _agree(found) else None


def together(laid: Any, job: Job, memory: Memory, rules: Rules) -> tuple[list[Leaf], list[Finding]]:
    """The leaves of a document, all of them made, and what is wrong with them."""
    sheets = whole(job)
    anchors = {name for sheet in sheets for name in _anchors(sheet)}
    return _made(laid, sheets, anchors, memory, rules)


def _made(
    laid: Any, sheets: list[Sheet], anchors: set[str], memory: Memory, rules: Rules
) -> tuple[list[Leaf], list[Finding]]:
    """The leaves of laid-out pages."""
    numbers: dict[str, int] = {}
    for sheet in sheets:
        for name in sheet.page.anchors:
            numbers.setdefault(name, sheet.begun.number)
    clean = rules.shut(sheet.page for sheet in sheets)
    made, findings = [], list(glyphs.unknown([sheet.page for sheet in sheets], rules.families))
    for sheet in sheets:
        content, facts = leaf(laid, sheet.page, sheet.begun.number, anchors)
        told = {**facts, "pages": numbers if sheet.counts else {}}
        one = Leaf(content, told, sheet.end)
        if clean and not findings and not any(font["missing"] for font in facts["fonts"]):
            memory.keep(sheet, one)
        made.append(one)
    return made, findings


def _anchors(part: Leaf | Sheet) -> Iterator[str]:
    if isinstance(part, Sheet):
        yield from part.page.anchors
    else:
        yield from (name for name, _, _ in part.facts["places"])


def _agree(found: list[Leaf]) -> bool:
    """Whether each page number that a leaf prints, and each place it leads to, is as it says."""
    numbers: dict[str, int] = {}
    for each in found:
        for name, _, _ in each.facts["places"]:
            numbers.setdefault(name, each.facts["number"])
    printed = all(each.facts["pages"] in ({}, numbers) for each in found)
    return printed and all(link in numbers for each in found for link in each.facts["links"])
