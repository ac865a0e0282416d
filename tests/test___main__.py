"""``python -m yearbook`` is the command line, for the folder it is called in."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.edits import ROOT
from yearbook import __main__


@pytest.mark.parametrize("options", [[], ["-S"], ["-S", "-X", "dev"]])
def test_module(tmp_path: Path, options: list[str]) -> None:
    """The module runs the same commands as ``build.py``, also where Python starts without site."""
    assert callable(vars(__main__)["run"])
    done = subprocess.run(
        [sys.executable, *options, "-m", "yearbook", "check"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "data/book.toml" in done.stderr


def test_same_packages_without_site() -> None:
    """The answer of ``python -S`` sees the packages that a build sees."""
    code = "from yearbook import __main__ as m; print(m.receipt.surroundings())"
    told = [
        subprocess.run(
            [sys.executable, *options, "-c", code], cwd=ROOT, capture_output=True, check=True
        ).stdout
        for options in ([], ["-S"])
    ]
    assert b"package weasyprint" in told[0]
    assert told[0] == told[1]
