"""The cells of a large table: their places, their distinct texts, long ones and many of them."""

import random
from decimal import Decimal

import numpy as np
import pytest

from yearbook.grid import Grid
from yearbook.read.large import opened, written
from yearbook.read.plain import plain
from yearbook.read.sheet import parse

HEAD = "id,value\n"


def _grid(text: str) -> Grid:
    made = plain("x.csv", (HEAD + text).encode())
    assert made is not None
    return made


def _cells(chance: random.Random) -> list[str]:
    """Many texts that share beginnings, of all lengths up to forty."""
    words = [chance.choice("ab") * chance.randrange(1, 41) for _ in range(60)]
    return [chance.choice((*words, f"{chance.random()}", "县")) for _ in range(5000)]


@pytest.mark.parametrize("seed", range(3))
def test_distinct(seed: int) -> None:
    """Every row gets the number of its text, every text one number, and is found by it."""
    cells = _cells(random.Random(seed))  # noqa: S311 - chance, no secret
    column = _grid("".join(f"{cell},1\n" for cell in cells)).distinct(0)
    assert [column[code] for code in column.codes.tolist()] == cells
    assert sorted(column) == sorted(set(cells))
    for code, text in enumerate(column):
        assert column.number(text) == code
        assert cells.index(text) == column.first()[code]
    assert column.number("none of them") == column.number("") == -1


def test_places() -> None:
    """A cell has the line, column and name that the strict reader gives it."""
    text = '县 a,1\n"b, c",22\n,3\n'
    grid, sheet = _grid(text), parse("x.csv", (HEAD + text).encode())
    for number, row in enumerate(sheet.rows):
        for at, cell in enumerate(row.cells.values()):
            assert grid.place(number, at) == cell.place
            assert grid.text(number, at) == cell.text


def test_merged() -> None:
    """Texts that mean the same get one number; one that nothing else says gets its own."""
    column = _grid("a,1\n a,2\n b ,3\nc,4\n b,5\n").distinct(0)
    changed = {column.number(text): text.strip() for text in (" a", " b ", " b")}
    merged = column.merged(changed)
    assert [merged[code] for code in merged.codes.tolist()] == ["a", "a", "b", "c", "b"]
    assert sorted(merged) == ["a", "b", "c"]
    assert merged.number("b") >= 0
    assert merged.number(" b") == -1
    assert not merged.blank().any()


NUMBERS = (
    *(
        "0",
        "-0",
        "7",
        "007",
        "-12.50",
        "0.1",
        "999999999999999999",
        "-0.000001",
        "12345678.87654321",
    ),
    *(
        "",
        "-",
        ".",
        "1.",
        ".1",
        "1..2",
        "1.2.3",
        "--1",
        "1-",
        "+1",
        "1e5",
        "1,5",
        "1" * 19,
        "1" * 30,
    ),
)


def test_written_numbers() -> None:
    """What is plainly written becomes a number with its precision; all else is named."""
    cells = [cell for cell in NUMBERS if "," not in cell]
    numbers, odd = written(_grid("".join(f"a,{cell}\n" for cell in cells)), 1)
    for row, cell in enumerate(cells):
        plainly = cell.count(".") <= 1 and cell.strip("-").replace(".", "0").isdigit()
        plainly &= not cell.startswith((".", "--")) and not cell.endswith((".", "-"))
        plainly &= len(cell) <= 18
        assert (row not in odd) == plainly, cell
        if plainly:
            assert str(numbers.of(row)) == str(Decimal(cell) or Decimal(cell).copy_abs())


def test_floats_are_the_nearest() -> None:
    """A number becomes the floating point number that its text becomes."""
    chance = random.Random(5)  # noqa: S311 - chance, no secret
    cells = [
        f"{chance.randrange(10 ** chance.randrange(1, 17))}.{chance.randrange(100)}"
        for _ in range(2000)
    ]
    numbers, odd = written(_grid("".join(f"a,{cell}\n" for cell in cells)), 1)
    assert [numbers.floats[row] for row in range(2000) if row not in odd] == [
        float(cell) for row, cell in enumerate(cells) if row not in odd
    ]
    assert np.count_nonzero(odd) < 1000
    assert not numbers.broken()[0] or "." in cells[0]


def test_many_rows_of_one_text() -> None:
    """Runs and single rows are numbered alike."""
    rows = "".join(f"a{number // 7},1\n" for number in range(40_000))
    column = _grid(rows).distinct(0)
    assert len(column) == 40_000 // 7 + 1
    assert column[int(column.codes[39_999])] == f"a{39_999 // 7}"


def test_not_a_table_of_figures() -> None:
    """A plain table without values is left to the strict reader."""
    assert opened("x.csv", b"id,period\na,2010\n", 0) is None
