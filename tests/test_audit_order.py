"""Texts that changed places on the paper while the tags read them where they were: named."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tests import forge
from yearbook.audit import order, page, runs
from yearbook.audit.runs import Run
from yearbook.model import Edition
from yearbook.verify import enclosed_sheet

DOT = 0.75
"""Points of a CSS pixel: the unit of the content of a page."""


def exchanged(content: bytes, one: Run, two: Run) -> bytes:
    """The PDF with two texts of a page drawn where the other was."""
    with pikepdf.open(BytesIO(content)) as pdf:
        leaf = pdf.pages[one.page - 1]
        height = float(leaf.MediaBox[3])
        program: Any = list(pikepdf.parse_content_stream(leaf))
        first, second = (_placed(program, run, height) for run in (one, two))
        old, new = list(program[first][0]), list(program[second][0])
        old[4:], new[4:] = new[4:], old[4:]
        for at, operands in ((first, old), (second, new)):
            program[at] = (operands, pikepdf.Operator("Tm"))
        leaf.Contents = pdf.make_stream(pikepdf.unparse_content_stream(program))
        return forge.saved(pdf)


def _placed(program: Any, run: Run, height: float) -> int:
    """The operator that says where a text stands."""
    right, down = run.box[0] / DOT, (height - run.box[1]) / DOT

    def far(at: int) -> float:
        matrix = [float(part) for part in program[at][0]]
        return abs(matrix[4] - right) + abs(matrix[5] - down)

    return min((at for at, (_, name) in enumerate(program) if str(name) == "Tm"), key=far)


def found(content: bytes) -> list[tuple[int, str]]:
    """What the audit says of a changed edition: the page, and what."""
    sheet = enclosed_sheet(forge.finished(Edition.EN).pdf)
    problems = page.inspect(content, sheet.items, sheet.ledger, sheet.head).problems
    return [(one.page, one.what.en) for one in problems]


def shown(*words: str) -> list[Run]:
    """The runs of the English edition that say these words, in a table or a paragraph."""
    every = runs.read(forge.finished(Edition.EN).pdf).runs
    texts = [run for run in every if not any(tag in ("Figure", "TOCI") for tag, _ in run.path)]
    return [next(run for run in texts if run.text.strip().startswith(one)) for one in words]


@pytest.mark.parametrize(
    "words",
    [
        ("Members of the group", "People sent with"),
        ("plan drawn up", "areas, so that"),
    ],
)
def test_exchanged(words: tuple[str, str]) -> None:
    """Labels of two rows, and lines of a paragraph, that change places are named with the page."""
    one, two = shown(*words)
    said = found(exchanged(forge.finished(Edition.EN).pdf, one, two))
    assert any("elsewhere than where it is read" in what for _, what in said), said
    assert {number for number, _ in said} == {one.page}


@pytest.mark.parametrize("edition", list(Edition))
def test_in_place(edition: Edition) -> None:
    """The texts of finished editions stand where they are read, in two columns as in one."""
    assert list(order.displaced(runs.read(forge.finished(edition).pdf).runs)) == []


def run(text: str, box: tuple[float, float, float, float], *tags: tuple[str, int]) -> Run:
    """A text in a place."""
    return Run(1, text, tags, box)


def test_cells_and_rows() -> None:
    """A cell left of the one before, a row above the one before, a line above or left of the one
    before it; not the next column of a page, nor a heading beside what follows."""
    table, one, two = ("Table", 1), ("TR", 2), ("TR", 3)
    a = run("a", (0, 90, 20, 100), table, one, ("TH", 4))
    b = run("b", (40, 90, 60, 100), table, one, ("TD", 5))
    c = run("c", (0, 70, 20, 80), table, two, ("TH", 6))
    assert list(order.displaced([a, b, c])) == []
    assert list(order.displaced([b, a, c])) == [(1, "a")]
    assert list(order.displaced([c, a, b])) == [(1, "a b")]
    upper = run("d", (0, 50, 20, 60), ("P", 7))
    lower = run("e", (0, 30, 20, 40), ("P", 7))
    column = run("f", (40, 50, 60, 60), ("P", 8))
    head = run("g", (0, 55, 20, 65), ("H2", 9))
    assert list(order.displaced([upper, lower, column, head])) == []
    assert list(order.displaced([lower, upper])) == [(1, "d")]
