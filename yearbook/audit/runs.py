"""Reads a finished PDF again: PDFium says what its pages show, its tags in which order.

Neither is the program that made the file.
"""

from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2

from yearbook.audit.known import MEMORY
from yearbook.audit.look import Box, Look, look
from yearbook.audit.tree import Opened, Path, opened

MALFORMED = (
    pikepdf.PdfError,
    pypdfium2.PdfiumError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What the readers of a file raise over parts that a hand put where others belong."""


class UnreadableError(ValueError):
    """The file cannot be read as a PDF."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text as one operator shows it. ``path`` is empty for what no tag covers: heads
    and page numbers."""

    page: int
    text: str
    path: Path
    box: Box


@dataclass(frozen=True, slots=True)
class Pages:
    """A PDF as read: its runs in the order of the tags; those without tags; what its charts say
    to those who do not see them; by page (0 is the file), what can show or hide figures; what it
    says of itself; its bookmarks; and by serial number of the element, the words of its links."""

    count: int
    runs: tuple[Run, ...]
    loose: tuple[Run, ...]
    alternatives: tuple[str, ...] = ()
    strangers: tuple[tuple[int, str], ...] = ()
    told: tuple[str, ...] = ()
    bookmarks: tuple[str, ...] = ()
    links: tuple[tuple[int, str], ...] = ()


def read(content: bytes, known: MutableMapping[str, Look] = MEMORY.looks) -> Pages:
    """Everything a PDF shows. Raises `UnreadableError`."""
    try:
        file = opened(content)
        return _put(file, _looks(content, file.keys, known))
    except MALFORMED as problem:
        raise UnreadableError(str(problem)) from problem


def _looks(content: bytes, names: Sequence[str], known: MutableMapping[str, Look]) -> list[Look]:
    """What each page shows; those that are known are not read again."""
    missing = [at for at, key in enumerate(names) if key not in known]
    found = {at: known[key] for at, key in enumerate(names) if key in known}
    if missing:
        document = pypdfium2.PdfDocument(content)
        try:
            for at in missing:
                page = document[at]
                found[at] = known[names[at]] = look(page)
                page.close()
        finally:
            document.close()
    return [found[at] for at in range(len(names))]


def _put(file: Opened, looks: Sequence[Look]) -> Pages:
    """The texts of the pages in the order of the tags."""
    shown: dict[tuple[int, int], list[tuple[str, Box]]] = {}
    for number, seen in enumerate(looks, 1):
        for piece in seen.pieces:
            shown.setdefault((number, piece.marked), []).append((piece.text, piece.box))
    tags = file.tags
    runs = [
        Run(page, text, path, box)
        for page, number, path in tags.order
        for text, box in shown.pop((page, number), ())
    ]
    loose = [
        Run(page, text, (), box) for (page, _), rest in sorted(shown.items()) for text, box in rest
    ]
    drawn = ((at, what) for at, seen in enumerate(looks, 1) for what in seen.strange)
    return Pages(
        len(looks),
        tuple(runs),
        tuple(loose),
        tuple(tags.alternatives),
        tuple(dict.fromkeys((*file.strange, *drawn, *_instead(tags.instead)))),
        file.told,
        file.bookmarks,
        tuple(tags.links.items()),
    )


def _instead(said: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for page, words in said:
        yield page, f"“{words}” to be read in the place of a text"
