"""What may live of the mutants (tools/mutate.py) is written down, and still there."""

import ast
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


def test_every_module_of_the_loader_is_tried() -> None:
    """What is mutated is there, as are its guards; no module of the loader is left out."""
    tool = ast.parse((ROOT / "tools" / "mutate.py").read_text("utf-8"))
    (targets,) = (
        n.value for n in tool.body if isinstance(n, ast.Assign) and "TARGETS" in _names(n)
    )
    assert isinstance(targets, ast.Dict)
    files = {ast.literal_eval(key) for key in targets.keys if key}
    loader = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("yearbook/read/*.py")}
    assert loader <= files
    assert all((ROOT / file).is_file() for file in files)
    tests = {path.stem.removeprefix("test_") for path in ROOT.glob("tests/test_*.py")}
    guards = {
        n.value for each in targets.values for n in ast.walk(each) if isinstance(n, ast.Constant)
    }
    assert guards <= tests


def _names(node: ast.Assign) -> set[str]:
    return {target.id for target in node.targets if isinstance(target, ast.Name)}
