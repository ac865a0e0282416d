"""Reads a bound volume again with PDFium: each page says what it says in its chapter, but for its
number, which must be the one that the contents name."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2

from yearbook.finding import Finding, error
from yearbook.model import Place, Text
from yearbook.volume.bind import Quire
from yearbook.volume.gather import HOLDER

_HINT = Text(
    "the toolkit has a fault: build again with an empty cache (make clean), and report it",
    "工具有误：请清空缓存（make clean）后重新生成，并反馈此问题",
)


def texts(content: bytes) -> list[str]:
    """What the pages of a file say. Raises `pypdfium2.PdfiumError`."""
    file = pypdfium2.PdfDocument(content)
    found = [_text(file, at) for at in range(len(file))]
    file.close()
    return found


def _text(file: Any, at: int) -> str:
    page = file[at]
    said = page.get_textpage()
    found: str = said.get_text_range()
    said.close()
    page.close()
    return found


def counted(name: str, file: Any, wanted: int) -> Iterator[Finding]:
    """Whether a volume has all pages of its parts."""
    if len(file) != wanted:
        what = Text(f"{len(file)} pages instead of {wanted}", f"有{len(file)}页，应为{wanted}页")
        yield error("audit", Place(name), what, _HINT)


def compared(
    name: str, own: Sequence[str], bound: Sequence[str], numbers: Sequence[tuple[str, str, str]]
) -> Iterator[Finding]:
    """Pages of a chapter by themselves and in the volume; of each page its number in the chapter
    and the one it must have here, nothing where it prints none, and its place in the file.

    >>> [f.what.en for f in compared("x", ["A 3"], ["A 17"], [("3", "17", "20")])]
    []
    >>> [f.what.en for f in compared("x", ["A 3"], ["A 16"], [("3", "17", "20")])]
    ['page 20 does not say "A 17", but "A 16"']
    """
    for before, after, (old, new, page) in zip(own, bound, numbers, strict=True):
        wanted = before
        if old:
            head, found, tail = before.rpartition(old)
            wanted = f"{head}{new}{tail}" if found else f"{before}{new}"
        if bare(after) != bare(wanted):
            yield _differs(name, page, wanted, after)


def entered(
    name: str, own: Sequence[str], bound: Sequence[str], numbers: Sequence[str], holder: str
) -> Iterator[Finding]:
    """Pages of the front, whose numbers were not known when they were laid out.

    >>> list(entered("x", ["A 00 B 00"], ["A 7 B 19"], ["7", "19"], "00"))
    []
    """
    left = iter(numbers)
    for page, (before, after) in enumerate(zip(own, bound, strict=True), 1):
        parts = before.split(holder)
        wanted = parts[0] + "".join(next(left, "") + part for part in parts[1:])
        if bare(after) != bare(wanted):
            yield _differs(name, str(page), wanted, after)


def bare(text: str) -> str:
    """A text without blanks, which a reader sets by what stands near."""
    return "".join(text.split())


def _differs(name: str, page: str, wanted: str, found: str) -> Finding:
    at = next((n for n, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b), 0)
    begin = max(0, at - 12)
    told = [" ".join(text[begin : at + 24].split()) for text in (wanted, found)]
    what = Text(
        f'page {page} does not say "{told[0]}", but "{told[1]}"',
        f"第{page}页应为“{told[0]}”，实为“{told[1]}”",
    )
    return error("audit", Place(name, int(page)), what, _HINT)


@dataclass(frozen=True, slots=True)
class Reading:
    """A part of a volume to be read: the open file and its name, how the part by itself is had, how
    it is bound and how many pages come before it."""

    name: str
    file: Any
    own: Callable[[], bytes]
    quire: Quire
    begin: int

    def findings(self) -> Iterator[Finding]:
        """What is wrong with its pages."""
        leaves = self.quire.sewing.leaves
        bound = [_text(self.file, self.begin + at) for at in range(len(leaves))]
        alone = pypdfium2.PdfDocument(self.own())
        own = [_text(alone, leaf.page - 1) for leaf in leaves]
        alone.close()
        if not self.quire.slug:
            numbers = [number for told in self.quire.set for number in told]
            yield from entered(self.name, own, bound, numbers, HOLDER)
            return
        told = [
            (str(leaf.page), numbers[0], str(at)) if numbers else ("", "", str(at))
            for at, (leaf, numbers) in enumerate(
                zip(leaves, self.quire.set, strict=True), self.begin + 1
            )
        ]
        yield from compared(self.name, own, bound, told)
