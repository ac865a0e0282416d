"""Whichever Python build.py is called with, that of the set-up does the work."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.edits import ROOT
from yearbook import interpreter

TOLD = """\
#!/bin/sh
printf '%s\\n' "$PWD" "$PYTHONUTF8" "$@"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in a folder with a blank in its name, whose own Python tells what it is asked."""
    root = tmp_path / "年鉴 2011"
    own = root / ".venv/bin/python"
    own.parent.mkdir(parents=True)
    own.write_text(TOLD, "utf-8")
    own.chmod(0o755)
    shutil.copy(ROOT / "build.py", root)
    (root / "yearbook").symlink_to(ROOT / "yearbook")
    (root / "tools").symlink_to(ROOT / "tools")
    (root / "elsewhere").mkdir()
    return root


@pytest.mark.parametrize("options", [[], ["-S"], ["-X", "dev"]])
def test_any_python(project: Path, options: list[str]) -> None:
    """The words go on as they were typed, in the folder in which they were typed."""
    words, place = ["check", "--root", "a b", "", "$HOME"], project / "elsewhere"
    done = subprocess.run(
        [sys.executable, *options, "../build.py", *words],
        cwd=place,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n") == [str(place), "1", str(project / "build.py"), *words, ""]


def test_own_python() -> None:
    """The Python of the set-up goes on at once."""
    interpreter.own(str(ROOT))


def test_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python that does not know its own place is not started again and again."""
    monkeypatch.setenv("YEARBOOK_STARTED", "1")
    interpreter.own(str(project))


def test_packages_of_ones_own(tmp_path: Path) -> None:
    """Without a set-up, a Python that has all packages is used as it is."""
    interpreter.own(str(tmp_path))


def test_nothing_set_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a set-up and without packages it is said what to run, in both languages."""
    monkeypatch.setattr(interpreter, "_NEEDED", ("click", "no_such_package"))
    with pytest.raises(SystemExit) as ended:
        interpreter.own(str(tmp_path))
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "run `make report` once" in said
    assert "请先运行一次 make report" in said
