"""matplotlib is loaded without the settings and the fonts of the user."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib.font_manager import FontManager

from tests.edits import ROOT
from yearbook.easel import LIST, own_settings


def fresh(code: str) -> str:
    """What a fresh process prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_version_of_the_list() -> None:
    """The list is of the version that the locked matplotlib reads; of another it makes its own."""
    assert FontManager.__version__ == LIST


def test_no_font_of_the_machine() -> None:
    """In a fresh process matplotlib knows no font at all, and wrote no list of its own."""
    code = (
        "from yearbook.easel import own_settings\n"
        "with own_settings():\n"
        "    from matplotlib.font_manager import fontManager\n"
        "print(len(fontManager.ttflist), len(fontManager.afmlist))\n"
    )
    assert fresh(code) == "0 0\n"


def test_the_folder_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside the block there is a folder with the list, after it the user's own again."""
    monkeypatch.setenv("MPLCONFIGDIR", "of-the-user")
    with own_settings():
        (held,) = Path(os.environ["MPLCONFIGDIR"]).iterdir()
        assert json.loads(held.read_text(encoding="utf-8"))["_version"] == LIST
    assert os.environ["MPLCONFIGDIR"] == "of-the-user"
    assert not held.exists()


def test_artists_can_be_set_without_help() -> None:
    """In a fresh process classes have no help texts, and may be set as ever; what is not to be set
    is refused as ever."""
    code = (
        "from yearbook.easel import own_settings\n"
        "with own_settings():\n"
        "    from matplotlib.lines import Line2D\n"
        "line = Line2D([0], [0])\n"
        "line.set(lw=3, color='red')\n"
        "print(line.get_linewidth(), line.get_color(), Line2D.set.__doc__)\n"
        "try:\n"
        "    line.set(colour='red')\n"
        "except AttributeError as refused:\n"
        "    print(refused)\n"
    )
    assert fresh(code).splitlines() == [
        "3.0 red None",
        "Line2D.set() got an unexpected keyword argument 'colour'",
    ]
