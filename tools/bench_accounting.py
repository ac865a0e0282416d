"""What accounting, parity and audit cost, in both languages: cold, and after one cell changed.

Only these three are timed, not filling texts, drawing or printing. Seconds of the processor, and
those that pass: as in a build, each language is audited in a process of its own. What is kept from
one to the other is what the toolkit keeps in a process: texts already read for their numerals, and
what pages show, by the digest of all that they are made of.
"""

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import lru_cache
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


Seconds = tuple[float, float]
"""Of the processor, and those that passed."""


def now() -> Seconds:
    """Where both clocks stand."""
    return time.process_time(), time.perf_counter()


class Clock:
    """Adds up the time that some functions take."""

    def __init__(self) -> None:
        self.worked = self.passed = 0.0

    def timed(self, function: Callable[..., Any]) -> Callable[..., list[Any]]:
        """The same function, its findings taken at once."""

        def within(*arguments: Any) -> list[Any]:
            begun = now()
            found = list(function(*arguments))
            self.worked, self.passed = (
                told + after - before
                for told, after, before in zip(
                    (self.worked, self.passed), now(), begun, strict=True
                )
            )
            return found

        return within


@lru_cache(maxsize=2)
def sheet(pdf: bytes) -> audit.Sheet:
    """What an edition should show, made before the clock runs."""
    return enclosed_sheet(pdf)


def ready(pdf: bytes) -> None:
    """Let a process know an edition that it is going to audit."""
    sheet(pdf)


def audited(made: Printed) -> float:
    """Audit an edition; the seconds of the processor."""
    clock = Clock()
    clock.timed(audit.findings)(sheet(made.pdf), made.pdf, made.html)
    return clock.worked


def accounted(snapshot: Snapshot) -> Seconds:
    """What accounting and parity take."""
    clock = Clock()
    kept = [(module, name, getattr(module, name)) for module, name in PARTS]
    for module, name, function in kept:
        setattr(module, name, clock.timed(function))
    desk(snapshot)
    for module, name, function in kept:
        setattr(module, name, function)
    return clock.worked, clock.passed


def measured(
    snapshot: Snapshot, made: list[Printed], auditors: list[ProcessPoolExecutor]
) -> tuple[float, float, float]:
    """Processor seconds of accounting with parity and of the audit; the seconds that passed."""
    pairs = list(zip(auditors, made, strict=True))
    for job in [auditor.submit(ready, one.pdf) for auditor, one in pairs]:
        job.result()
    worked, passed = accounted(snapshot)
    begun = time.perf_counter()
    jobs = [auditor.submit(audited, one) for auditor, one in pairs]
    audits = sum(job.result() for job in jobs)
    return worked, audits, passed + time.perf_counter() - begun


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
    yield "                            accounting, parity    audit    together    elapsed"
    with ExitStack() as stack:
        auditors = [
            stack.enter_context(ProcessPoolExecutor(1, mp_context=context)) for _ in LANGUAGES
        ]
        for name, snapshot, made in (
            ("cold", before, books[0]),
            ("after one cell changed", after, books[1]),
            ("nothing changed", after, books[1]),
        ):
            bound, audits, elapsed = measured(snapshot, made, auditors)
            yield f"{name:<28}{bound:>18.3f}{audits:>9.3f}{bound + audits:>12.3f}{elapsed:>11.3f}"


if __name__ == "__main__":
    for line in lines():
        print(line)
