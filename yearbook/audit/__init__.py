"""Reads what was made again and compares it with the records: docs/audit.md.

The readers are not the programs that made the files: PDFium and pikepdf for a PDF, Python's own
for HTML. What a page should show comes with the edition itself, in the facts.json of its PDF.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from yearbook.accounting.ledger import Ledger
from yearbook.audit import facts, page, proof, screen
from yearbook.audit.charts import bind
from yearbook.audit.facts import Head
from yearbook.audit.html import items
from yearbook.audit.items import Item
from yearbook.audit.known import MEMORY, Known, shelved
from yearbook.audit.labels import labels
from yearbook.audit.problem import Problem
from yearbook.finding import Finding, error
from yearbook.model import Place, Text

__all__ = ["Known", "Sheet", "bind", "enclosed", "findings", "items", "labels", "shelved"]

_HINT = Text(
    "the file is not what was built, or the toolkit has a fault: build it again with make report",
    "文件与生成结果不一致，或工具有误：请用 make report 重新生成",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an edition of a chapter should show, and the records behind it."""

    head: Head
    items: Sequence[Item]
    ledger: Ledger

    @property
    def name(self) -> str:
        """The path of its files below output/, without their ending."""
        return f"{self.head.chapter}/{self.head.edition}"


def enclosed(
    sheet: Sheet, draft: bytes, files: Mapping[str, bytes], known: Known = MEMORY
) -> dict[str, bytes]:
    """What the PDF of a sheet carries to prove itself, read from its draft; ``files`` are those
    of the project."""
    read = page.inspect(draft, sheet.items, sheet.ledger, sheet.head, known)
    carried = proof.behind(files, sheet.head.chapter)
    carried[facts.NAME] = facts.written(read.facts())
    carried[proof.NAME] = proof.proof(sheet.head.chapter, sheet.head.edition, carried)
    return carried


def findings(sheet: Sheet, printed: bytes, shown: str, known: Known = MEMORY) -> Iterator[Finding]:
    """Everything wrong with the two finished files of a sheet, its PDF and its HTML page."""
    read = page.inspect(printed, sheet.items, sheet.ledger, sheet.head, known)
    yield from found(f"{sheet.name}.pdf", (*read.problems, *page.blank(printed, known)))
    yield from found(f"{sheet.name}.html", screen.inspect(shown, sheet.items, sheet.ledger))


def found(file: str, problems: Iterable[Problem]) -> Iterator[Finding]:
    """Problems of a file as findings; the line is the page of a PDF."""
    for problem in dict.fromkeys(problems):
        yield error("audit", Place(file, problem.page), problem.what, _HINT)
