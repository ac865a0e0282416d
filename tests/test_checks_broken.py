"""Broken records, one folder a case: the cells changed and the findings they must give.

``pytest tests/test_checks_broken.py --golden`` writes every findings.txt anew, for review.
"""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from yearbook.checks import findings
from yearbook.finding import Finding
from yearbook.read import read
from yearbook.read.snapshot import Snapshot, take

ROOT = Path(__file__).parents[1]
BROKEN = ROOT / "tests" / "broken"
CASES = sorted(folder.name for folder in BROKEN.iterdir() if folder.is_dir())


@dataclass(frozen=True)
class Change:
    """One changed cell; in the column ``+`` a whole new row, in ``-`` a row taken away."""

    file: str
    id: str
    column: str
    value: str


def changes(case: str) -> tuple[Change, ...]:
    """What a case changes in the records."""
    with (BROKEN / case / "change.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(Change(**row) for row in csv.DictReader(lines, strict=True))


def _csv(content: bytes, change: Change) -> bytes:
    text = content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    if change.column == "+":
        rows += list(csv.reader([change.value], strict=True))
    else:
        at = next(at for at, row in enumerate(rows) if at and change.id in row[:2])
        if change.column == "-":
            del rows[at]
        else:
            rows[at][rows[0].index(change.column)] = change.value
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _toml(content: bytes, change: Change) -> bytes:
    lines = content.decode().splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith(f"{change.id} ="))
    lines[at] = f"{change.id} = {change.value}"
    return "\n".join(lines).encode()


def changed(snapshot: Snapshot, case: str) -> Snapshot:
    """The snapshot of the real records as a case breaks it, in memory."""
    files = dict(snapshot.files)
    for change in changes(case):
        name = f"data/{change.file}"
        files[name] = (_toml if name.endswith(".toml") else _csv)(files[name], change)
    return Snapshot(files, snapshot.findings)


@cache
def _real() -> Snapshot:
    return take(ROOT)


def _found(snapshot: Snapshot) -> tuple[Finding, ...]:
    reading = read(snapshot)
    return (*reading.findings, *findings(reading.book))


def new(case: str) -> tuple[Finding, ...]:
    """What is found in a case and not in the records as they are."""
    known = _found(_real())
    return tuple(finding for finding in _found(changed(_real(), case)) if finding not in known)


def _lines(found: tuple[Finding, ...]) -> Iterator[str]:
    for finding in found:
        waived = " waived" if finding.waived else ""
        yield (
            f"{finding.place} {finding.severity}{waived} {finding.rule}: "
            f"{finding.what.en} | {finding.what.zh}\n"
        )


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, golden: bool) -> None:
    """A broken case gives exactly its findings, in both languages, in the order of the files."""
    said = "".join(_lines(new(case)))
    expected = BROKEN / case / "findings.txt"
    if golden:
        expected.write_bytes(said.encode())
    assert said == expected.read_bytes().decode()


@pytest.mark.parametrize("case", CASES)
def test_words(case: str) -> None:
    """Every finding has a clause and a hint in both languages, lower-case and without a stop."""
    assert new(case)
    for finding in new(case):
        for words in (finding.what, finding.hint):
            assert words.en
            assert words.zh
            assert not words.en.endswith(".")
            assert not words.zh.endswith("。")
            assert any("一" <= letter <= "鿿" for letter in words.zh)


def test_cases_are_enough() -> None:
    """There are at least the cases that were asked for, each with its two files and no other."""
    assert len(CASES) >= 14
    for case in CASES:
        files = sorted(path.name for path in (BROKEN / case).iterdir())
        assert files == ["change.csv", "findings.txt"]


def test_golden_refused_in_ci() -> None:
    """The switch stops with a usage error in continuous integration, before any test."""
    command = [sys.executable, "-m", "pytest", "--golden", "--collect-only", "tests/test_checks.py"]
    environment = {**os.environ, "CI": "true"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "refused in CI" in done.stderr
