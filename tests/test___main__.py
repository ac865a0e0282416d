"""``python -m yearbook`` is the command line, for the folder it is called in."""

import subprocess
import sys
from pathlib import Path

from tests.edits import ROOT
from yearbook import __main__


def test_module(tmp_path: Path) -> None:
    """The module runs the same commands as ``build.py``."""
    assert callable(vars(__main__)["run"])
    done = subprocess.run(
        [sys.executable, "-m", "yearbook", "check"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "data/book.toml" in done.stderr
