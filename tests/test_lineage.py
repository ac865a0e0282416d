"""The files of a chart's code: what it imports, however it is written, and nothing else."""

import pytest

from yearbook.lineage import lineage
from yearbook.read.snapshot import Snapshot

FILES = {
    "figures/__init__.py": b"from figures import a, b",
    "figures/a.py": b"",
    "figures/b.py": b"",
    "figures/_x.py": b"import figures._y",
    "figures/_y.py": b"",
    "figures/deep/__init__.py": b"",
    "figures/deep/z.py": b"from .. import _y",
}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("", ""),
        ("from figures._y import f", "_y"),
        ("from figures import _y", "_y"),
        ("from . import _y", "_y"),
        ("from ._y import f", "_y"),
        ("import figures._x as x", "_x _y"),
        ("def f():\n    from figures import _x", "_x _y"),
        ("from figures.deep.z import f", "_y deep/__init__ deep/z"),
        ("from figures.deep import z", "_y deep/__init__ deep/z"),
        ("import math, figures.b", "b"),
    ],
)
def test_imports(code: str, names: str) -> None:
    """Every form of an import is followed to its end."""
    files = {**FILES, "figures/a.py": code.encode()}
    wanted = {f"figures/{name}.py" for name in ("__init__", "a", *names.split())}
    assert set(lineage(files, "figures.a") or ()) == wanted


@pytest.mark.parametrize(
    "code",
    [
        "import importlib",
        "from importlib import import_module",
        "__import__('figures.b')",
        "exec('x')",
        "f = open('figures/data.txt')",
        "from pathlib import Path; Path('x').read_text()",
        "import pandas as pd; pd.read_csv('x')",
        "x = __file__",
        "def",
        "x = " + "-" * 100_000 + "1",
        "x = 1" + " + 1" * 10_000,
        "x = [" + "1," * 200_000 + "]",
    ],
    ids=lambda code: code[:40],
)
def test_cannot_be_told(code: str) -> None:
    """Code that may load what it does not import has no lineage."""
    assert lineage({**FILES, "figures/a.py": code.encode()}, "figures.a") is None
    assert lineage({**FILES, "figures/_y.py": code.encode()}, "figures.deep.z") is None


def test_absent() -> None:
    """A module that is not there has no lineage."""
    assert lineage(FILES, "figures.c") is None
    assert lineage(FILES, "elsewhere") is None


def test_project(project: Snapshot) -> None:
    """Every chart of the project has one, and none hangs on another chart."""
    charts = {n for n in project.files if n.startswith("figures/") and "/_" not in n}
    for file in charts:
        module = file.removesuffix(".py").replace("/", ".")
        assert charts & set(lineage(project.files, module) or ()) == {file}
