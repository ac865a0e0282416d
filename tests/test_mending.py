"""``check --fix`` asks, cell by cell, and writes what a person says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.edits import SLUG, edited, with_files, written
from yearbook.cli import main
from yearbook.read.snapshot import Snapshot

DISPATCH = f"data/{SLUG}/dispatch.csv"
Ask = Callable[[str], Result]


@pytest.fixture
def slips(project: Snapshot, tmp_path: Path) -> Path:
    """The project with two wrong figures in one file."""
    bare = {n: None for n in project.files if n.startswith(("figures/", "templates/fonts/"))}
    wrong = edited(
        with_files(project, **bare), f"{SLUG}/dispatch.csv", "dispatched", "value", "473"
    )
    wrong = edited(wrong, f"{SLUG}/dispatch.csv", "group_heads", "value", "4")
    return written(wrong, tmp_path / "book")


@pytest.fixture
def ask(slips: Path) -> Ask:
    """Answers typed at the questions."""

    def call(answers: str) -> Result:
        return CliRunner().invoke(main, ["check", "--fix", "--root", str(slips)], input=answers)

    return call


def test_yes(ask: Ask, slips: Path, project: Snapshot) -> None:
    """Two answers mend both cells; the file is then the right one, byte for byte."""
    done = ask("y\ny\n")
    assert done.exit_code == 0
    assert "473 → 437" in done.output
    assert "4 → 3" in done.output
    assert (slips / DISPATCH).read_bytes() == project.files[DISPATCH]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8"])
def test_encoding(ask: Ask, slips: Path, project: Snapshot, encoding: str) -> None:
    """A file keeps its encoding and its mark; only the cells change."""
    right = project.files[DISPATCH].decode("utf-8-sig")
    wrong = (slips / DISPATCH).read_bytes().decode("utf-8-sig")
    (slips / DISPATCH).write_bytes(wrong.encode(encoding))
    assert ask("y\ny\n").exit_code == 0
    assert (slips / DISPATCH).read_bytes() == right.encode(encoding)


def test_no(ask: Ask, slips: Path) -> None:
    """Whoever says no, or stops, changes nothing; the findings still fail."""
    before = (slips / DISPATCH).read_bytes()
    assert ask("q\n").exit_code == 1
    done = ask("n\n" * 40)
    assert done.exit_code == 1
    assert (slips / DISPATCH).read_bytes() == before


def test_nothing(project: Snapshot, tmp_path: Path) -> None:
    """Where nothing is wrong nothing is asked."""
    bare = {n: None for n in project.files if n.startswith(("figures/", "templates/fonts/"))}
    place = written(with_files(project, **bare), tmp_path / "book")
    done = CliRunner().invoke(main, ["check", "--fix", "--lang", "en", "--root", str(place)])
    assert done.exit_code == 0
    assert "there is nothing to propose" in done.output
