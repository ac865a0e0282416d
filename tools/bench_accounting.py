"""What accounting, parity and audit cost, in both languages: cold, and after one cell changed.

Only these three are timed, not filling texts, drawing or printing, which another process does.
The longest way is that of a build, which audits each language in a process of its own. What is
kept from one to the other is what the toolkit keeps in a process: texts already read for their
numerals, and what pages show, by the digest of all that they are made of.
"""

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.editions import Printed, desk, printed
from tests.edits import ROOT, edited
from yearbook import accounting, audit, parity
from yearbook.model import Edition
from yearbook.read.snapshot import Snapshot, take
from yearbook.verify import enclosed_sheet

TABLE = "science-and-technology/correspondents.csv"
LANGUAGES = (Edition.EN, Edition.ZH)
PARTS = (
    (parity, "structure"),
    (parity, "citations"),
    (parity, "values"),
    (accounting, "account"),
)


class Clock:
    """Adds up the time that some functions take."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def timed(self, function: Callable[..., Any]) -> Callable[..., list[Any]]:
        """The same function, its findings taken at once."""

        def within(*arguments: Any) -> list[Any]:
            begun = time.process_time()
            found = list(function(*arguments))
            self.seconds += time.process_time() - begun
            return found

        return within


def measured(snapshot: Snapshot, made: list[Printed]) -> tuple[float, list[float]]:
    """Seconds of accounting with parity, and of the audit of each language."""
    clock, audits = Clock(), []
    kept = [(module, name, getattr(module, name)) for module, name in PARTS]
    for module, name, function in kept:
        setattr(module, name, clock.timed(function))
    desk(snapshot)
    for module, name, function in kept:
        setattr(module, name, function)
    for one in made:
        sheet, auditing = enclosed_sheet(one.pdf), Clock()
        auditing.timed(audit.findings)(sheet, one.pdf, one.html)
        audits.append(auditing.seconds)
    return clock.seconds, audits


def lines() -> Iterator[str]:
    """The figures to print."""
    before = take(ROOT)
    after = edited(before, TABLE, "correspondents", "value", "75000")
    quote = "a total of 75,000 science and technology correspondents"
    after = edited(after, TABLE, "correspondents", "quote", quote)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        jobs = [[pool.submit(printed, of, e) for e in LANGUAGES] for of in (before, after)]
        books = [[job.result() for job in row] for row in jobs]
    yield "processor seconds             accounting, parity      audit   together     longest"
    for name, snapshot, made in (
        ("cold", before, books[0]),
        ("after one cell changed", after, books[1]),
        ("nothing changed", after, books[1]),
    ):
        bound, audits = measured(snapshot, made)
        audited, longest = sum(audits), bound + max(audits)
        yield f"{name:<28}{bound:>20.3f}{audited:>11.3f}{bound + audited:>11.3f}{longest:>12.3f}"


if __name__ == "__main__":
    for line in lines():
        print(line)
