"""Reads a published whole book again beside the published PDFs of its chapters."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

import pikepdf
import pypdfium2

from yearbook.finding import Finding, error
from yearbook.model import Place, Text
from yearbook.volume.check import bare, texts
from yearbook.volume.job import Job, UnboundError

_HINT = Text("build the book again with make report", "请用 make report 重新生成全书")


def compared(name: str, content: bytes, chapters: Mapping[str, bytes]) -> Iterator[Finding]:
    """What differs between a whole book and its chapters, by the names of their files: each page
    of a chapter stands in the book, in its order, and says the same but for its number."""
    try:
        book = [bare(text) for text in texts(content)]
        own = {each: _pages(held) for each, held in chapters.items()}
    except (pypdfium2.PdfiumError, pikepdf.PdfError, UnboundError) as problem:
        yield _finding(name, 0, Text(f"cannot be read: {problem}", f"无法读取：{problem}"))
        return
    starts = {each: _start(book, pages[0][1]) for each, pages in own.items() if pages}
    front = min(starts.values(), default=0)
    left = set(range(front, len(book)))
    for each, pages in own.items():
        begin = starts.get(each, -1)
        left -= set(range(begin, begin + len(pages)))
        for at, (number, text) in enumerate(pages, begin):
            if begin < 0 or at >= len(book) or book[at] not in _said(text, number, at - front + 1):
                what = Text(
                    f"page {number} of {each} does not stand there as it is",
                    f"其中没有与{each}第{number}页相同的内容",
                )
                yield _finding(name, max(at, 0) + 1, what)
    for at in sorted(left):
        yield _finding(
            name, at + 1, Text(f"page {at + 1} is of no chapter", f"第{at + 1}页不属于任何一章")
        )


def _pages(content: bytes) -> Sequence[tuple[int, str]]:
    """The pages of a chapter that are bound, with their numbers."""
    every = [bare(text) for text in texts(content)]
    with pikepdf.open(BytesIO(content)) as pdf:
        kept = Job.of(pdf, "", whole=False).pages
        numbers = [at for at, page in enumerate(pdf.pages) if page.obj.objgen[0] in kept]
    return [(at + 1, every[at]) for at in numbers]


def _start(book: Sequence[str], first: str) -> int:
    """Where a chapter begins: its first page prints no number."""
    return next((at for at, text in enumerate(book) if text == first), -1)


def _said(text: str, old: int, new: int) -> tuple[str, str]:
    """What a page may say in the book: the same, if it prints no number."""
    head, found, tail = text.rpartition(str(old))
    return text, f"{head}{new}{tail}" if found else text


def _finding(name: str, page: int, what: Text) -> Finding:
    return error("audit", Place(name, page), what, _HINT)
