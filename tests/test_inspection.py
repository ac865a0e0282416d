"""A check loads and does no more than it needs, and finds in columns what it finds in rows."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.edits import ROOT
from yearbook import inspection
from yearbook.read import opened
from yearbook.read.plain import LARGE

HEAVY = ("pandas", "jinja2", "markdown_it", "matplotlib", "weasyprint", "gb2260", "highspy")
HEADER = "id,period,rank,value,unit,qualifier,quote,source,note\n"
CODES = "dimension,code,parent,relation,en,zh\nrank,total,,,total,合计\n" + "".join(
    f"rank,{name},total,sum,{name},{name}\n" for name in ("a", "b")
)


def _written(folder: Path, wrong: int = 0) -> Path:
    """A folder of a table and its codes; one total is off by so much."""
    data = folder / "data" / "land"
    data.mkdir(parents=True)
    rows = [HEADER]
    for year in range(1000, 2000):
        for name, value in (("total", 30 + wrong * (year == 1500)), ("a", 10), ("b", 20)):
            rows.append(f"{name},{year},{name},{value},ha,,,census,\n")
    (data / "area.csv").write_text("".join(rows), "utf-8")
    (data / "codes.csv").write_text(CODES, "utf-8")
    return folder


def test_loads_little(tmp_path: Path) -> None:
    """A check of tables loads neither the printer's packages nor those of texts."""
    code = (
        "import sys; from pathlib import Path; from yearbook import cli, inspection;"
        f"inspection.check(Path({str(_written(tmp_path))!r}));"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("wrong", [0, 9])
def test_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: int) -> None:
    """A folder with a large table is found as good or as bad as read row by row."""
    folder = _written(tmp_path, wrong)
    made = inspection.check(folder)
    monkeypatch.setattr(opened, "opened", lambda *_: None)
    assert made.findings == inspection.check(folder).findings
    told = [found.rule for found in made.findings]
    assert told == (["parts-sum", "implausible", "quote-missing"] if wrong else ["quote-missing"])
    assert (folder / "data/land/area.csv").stat().st_size > LARGE
