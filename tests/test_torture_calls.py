"""What the sweep of calls reads from strace."""

import runpy
import sys

import pytest

from tests.edits import ROOT


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The tool, beside those it needs."""
    monkeypatch.setattr(sys, "path", [str(ROOT / "tools"), str(ROOT), *sys.path])
    monkeypatch.setattr(sys, "argv", ["torture_calls"])
    return runpy.run_path(str(ROOT / "tools/torture_calls.py"))


def test_broken_lines_are_joined(tool: dict[str, object]) -> None:
    """A call that others interrupt has its path in one line and its end in another."""
    told = [
        '7 openat(AT_FDCWD, "/book/.yearbook/cache/a" <unfinished ...>',
        '8 openat(AT_FDCWD, "/book/data/x.csv", O_RDONLY) = 4',
        "7 <... openat resumed>)             = -1 EIO (Input/output error) (INJECTED)",
    ]
    plain, broken = tool["whole"](told)  # type: ignore[operator]
    assert plain == told[1]
    assert broken == '7 openat(AT_FDCWD, "/book/.yearbook/cache/a")' + told[2].partition(")")[2]
    spare = tool["SPARE"]
    assert [bool(spare.search(line)) for line in (told[2], broken)] == [False, True]  # type: ignore[attr-defined]
