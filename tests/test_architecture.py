"""The budgets and the order of the house: sizes, docstrings, tests, registries, tracked files."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from figures import CHARTS
from tests.edits import ROOT
from yearbook.checks import CHECKS

MODULES = sorted((ROOT / "yearbook").rglob("*.py"))
CHART_MODULES = sorted((ROOT / "figures").glob("*.py"))
Function = ast.FunctionDef | ast.AsyncFunctionDef
HELPERS = {
    "across",
    "balances",
    "cells",
    "comparison",
    "constraints",
    "implied",
    "kin",
    "mark",
    "suspicion",
    "swings",
    "waivers",
    "quoted",
}
"""Modules of checks/ that are no check: what several checks share."""

UNTESTED = {"", "book", "specimen"}
"""The package itself, nouns that do nothing, and what tests are made of."""


def name(path: Path) -> str:
    """A module as one speaks of it: yearbook/read/sheet.py is read.sheet."""
    parts = path.relative_to(ROOT / "yearbook").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def tree(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(paths: list[Path]) -> Iterator[tuple[Path, Function]]:
    """Every function and method."""
    for path in paths:
        for node in ast.walk(tree(path)):
            if isinstance(node, Function):
                yield path, node


def length(function: Function) -> int:
    """The lines of a function from its head to its end, without docstring."""
    assert function.end_lineno
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None and first.end_lineno:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def size(path: Path) -> int:
    """The lines of a module."""
    return len(path.read_text(encoding="utf-8").splitlines())


def test_modules_are_small() -> None:
    """Half of the modules have at most 120 lines, none has more than 300."""
    assert {str(path): size(path) for path in MODULES + CHART_MODULES if size(path) > 300} == {}
    assert median(size(path) for path in MODULES) <= 120


def test_functions_are_small() -> None:
    """Half of the functions have at most 8 lines, none has more than 50."""
    found = [(path, node, length(node)) for path, node in functions(MODULES + CHART_MODULES)]
    assert [f"{path}: {node.name}" for path, node, lines in found if lines > 50] == []
    assert median(lines for _, _, lines in found) <= 8


def test_few_parameters() -> None:
    """No function takes more than five parameters, but for those whose signature is a library's."""
    for path, node in functions(MODULES + CHART_MODULES):
        every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        own = [arg.arg for arg in every if arg.arg not in ("self", "cls")]
        head = path.read_text(encoding="utf-8").splitlines()[node.lineno - 1]
        assert len(own) <= 5 or "PLR0913" in head, f"{path}: {node.name}"


def test_public_things_say_what_they_are() -> None:
    """Every module, and every public class and function, has a docstring."""
    for path in MODULES + CHART_MODULES:
        assert ast.get_docstring(tree(path)), path
        for node in tree(path).body:
            if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{path}: {node.name}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_has_a_test(path: Path) -> None:
    """Every module has a test file of its name, or its package has one."""
    if name(path) in UNTESTED:
        return
    stem = name(path).split(".")
    wanted = ["_".join(stem), stem[0]]
    tests = [each.stem.removeprefix("test_") for each in (ROOT / "tests").glob("test_*.py")]
    assert any(test == each or test.startswith(f"{each}_") for test in tests for each in wanted)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_is_documented(path: Path) -> None:
    """Every module is spoken of in ARCHITECTURE.md or in docs/, or its package is."""
    pages = [ROOT / "ARCHITECTURE.md", *(ROOT / "docs").glob("*.md")]
    everything = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    words = name(path).split(".")
    if words != [""]:
        assert any(
            re.search(rf"\b{re.escape(word)}\b", everything) for word in (words[0], words[-1])
        )


def test_checks_are_registered() -> None:
    """The literal CHECKS holds the check of every module of its folder that has one."""
    folder = {path.stem for path in (ROOT / "yearbook" / "checks").glob("*.py")}
    registered = {check.__module__.rpartition(".")[2] for check in CHECKS}
    assert registered == folder - HELPERS - {"__init__"}
    assert len(CHECKS) == len(registered)


def test_charts_are_registered() -> None:
    """The literal CHARTS holds every module of its folder, under its name."""
    folder = {path.stem for path in CHART_MODULES if not path.stem.startswith("_")}
    assert set(CHARTS) == folder
    for key, chart in CHARTS.items():
        assert chart.draw.__module__ == f"figures.{key}"


COMMAND_LINE = ("clerical.py", "cli.py", "ending.py", "mending.py", "serving.py", "terminal.py")


def test_no_printing() -> None:
    """Only the command line speaks, through click; nothing prints."""
    for path in MODULES + CHART_MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "print", path
            if isinstance(node, ast.Import) and any(each.name == "click" for each in node.names):
                assert path.name in COMMAND_LINE, path


def test_names_say_something() -> None:
    """No module is a drawer for everything."""
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "base", "core"}
    assert not {path.stem for path in MODULES + CHART_MODULES} & empty


def test_nothing_is_left_to_do() -> None:
    """No module says that something is still to be done, and nothing is skipped in silence."""
    for path in MODULES + CHART_MODULES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", text), path
        assert not re.search(r"except[^\n]*:\n\s+pass\b", text), path


def tracked() -> Iterator[tuple[str, str]]:
    """Every file under version control that is text, but for the locks' digests."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    for file in filter(None, listed.stdout.split("\0")):
        path = ROOT / file
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            if b"\0" not in content[:4096]:
                yield file, content.decode("utf-8", "replace")


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a clone: nothing is tracked")
def test_tracked_files_are_portable() -> None:
    """No tracked file names a folder of somebody's machine or the machine itself."""
    home = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/[\w.]|[A-Z]:\\Users")
    for file, text in tracked():
        found = home.search(text)
        assert not found, f"{file}: {text[max(0, found.start() - 30) : found.end() + 30]}"
