"""What may live of the mutants (tools/mutate.py) is written down, and still there."""

import csv
from collections import Counter

from tests.edits import ROOT

COLUMNS = ["file", "function", "was", "becomes", "why"]


def test_mutants_that_may_live() -> None:
    """Each stands in the code of today, differs from it, and has its reason; none twice."""
    with (ROOT / "tests" / "mutants.csv").open(encoding="utf-8", newline="") as text:
        head, *rows = csv.reader(text)
    assert head == COLUMNS
    assert all(all(row) for row in rows)
    for file, function, was, becomes, why in rows:
        code = " ".join(line.strip() for line in (ROOT / file).read_text("utf-8").split("\n"))
        assert was.removesuffix("*") in code, f"{file} {function}: {was}"
        assert function == "(module)" or f"def {function.rpartition('.')[2]}(" in code
        assert was != becomes
        assert why == why.strip()
    assert Counter(tuple(row[:4]) for row in rows).most_common(1)[0][1] == 1
