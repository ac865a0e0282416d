"""Causes before what they cause: the order of findings, and those that merely follow."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.edits import CHAPTER, replaced, with_files
from yearbook import inspection, triage
from yearbook.finding import Finding, Severity, error, failing
from yearbook.model import Place, Text
from yearbook.read.snapshot import Snapshot

FOUND = error("value", Place("b.csv", 9), Text("a", "甲"), Text("b", "乙"))


def test_order_of_files() -> None:
    """Findings of a kind come once each, in the order of files, lines and columns."""
    places = [Place("b.csv", 10), Place("b.csv", 9, 7), Place("b.csv", 9, 1), Place("a.csv", 30)]
    found = [replace(FOUND, place=place) for place in places]
    assert triage.ordered([*found, *found]) == tuple(reversed(found))


def test_order_of_weight() -> None:
    """A refused file, then errors, warnings, what is waived, information, wherever they stand."""
    information = replace(FOUND, severity=Severity.INFORMATION, place=Place("a.csv"))
    waived = replace(FOUND, waived=Text("known", "已知"), place=Place("a.csv"))
    warning = replace(FOUND, severity=Severity.WARNING, place=Place("a.csv"))
    refused = replace(FOUND, rule="csv", place=Place("z.csv"))
    wanted = (refused, FOUND, warning, waived, information)
    assert triage.ordered(reversed(wanted)) == wanted


def _found(monkeypatch: pytest.MonkeyPatch, snapshot: Snapshot) -> tuple[Finding, ...]:
    monkeypatch.setattr(inspection, "take", lambda _: snapshot)
    return inspection.check(Path()).findings


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (f"{CHAPTER}/codes.csv", "dimension,code", "dimensions,code"),
        (f"{CHAPTER}/dispatch.csv", "value", "vlue"),
        (f"{CHAPTER}/donations.csv", "id,period", "idd,period"),
        ("data/units.csv", "id,kind", "id,knd"),
        ("data/places.csv", "code,en", "cod,en"),
        ("data/sources.csv", "id,en", "idd,en"),
    ],
)
def test_one_header(
    monkeypatch: pytest.MonkeyPatch, project: Snapshot, file: str, old: str, new: str
) -> None:
    """A header broken in one place is all there is to mend, and it stands first."""
    found = _found(monkeypatch, replaced(project, file, old, new))
    assert {(f.rule, f.place.file) for f in failing(found)} == {("header", file)}
    assert found[0].rule == "header"


def test_no_codes(monkeypatch: pytest.MonkeyPatch, project: Snapshot) -> None:
    """Without codes.csv each table says so once, not once a row."""
    name = f"{CHAPTER}/datapackage.json"
    package = json.loads(project.files[name])
    package["resources"] = [one for one in package["resources"] if one["name"] != "codes"]
    lost = {f"{CHAPTER}/codes.csv": None, name: json.dumps(package).encode()}
    found = failing(_found(monkeypatch, with_files(project, **lost)))
    files = [f.place.file for f in found]
    assert {f.rule for f in found} == {"unknown"}
    assert len(files) == len(set(files))


def test_what_does_not_follow_stays() -> None:
    """A misspelt name among known ones is told beside a refused file; so is a broken sum."""
    unknown = replace(FOUND, rule="unknown", hint=Text("known are: a", "可用的有：a"))
    refused = replace(FOUND, rule="csv")
    assert list(triage.causes([refused, unknown])) == [refused, unknown]
    broken = replace(FOUND, rule="parts-sum")
    assert list(triage.beside([refused], [broken])) == [broken]
