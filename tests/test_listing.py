"""Findings as lines for people and as JSON for tools."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from yearbook.concern import Concern
from yearbook.finding import Finding, Grant, Severity, Suspect
from yearbook.listing import SEVERITIES, found, lines, plain
from yearbook.model import Place, Text

FOUND = Finding(
    rule="quote",
    severity=Severity.ERROR,
    place=Place("data/x.csv", 17, 12, "D17"),
    what=Text("the value is 105 but its quote says 101", "数值为105，摘录中为101"),
    hint=Text("look it up", "请查对"),
    where="leaders",
    difference=Decimal(4),
    tolerance=Decimal("0.5"),
    waived=Text("known", "已知"),
    suspects=(Suspect(Place("data/x.csv", 17, 12, "D17"), "leaders", "105", "101", "digit", 0.9),),
)
BARE = Finding("file", Severity.WARNING, Place("data/x.csv"), Text("a", "甲"), Text("", ""))


def test_fields() -> None:
    """Every field of the interface is there, also where it does not apply."""
    assert plain(FOUND) == {
        "rule": "quote",
        "severity": "error",
        "file": "data/x.csv",
        "line": 17,
        "column": 12,
        "cell": "D17",
        "where": "leaders",
        "what": {"en": "the value is 105 but its quote says 101", "zh": "数值为105，摘录中为101"},
        "hint": {"en": "look it up", "zh": "请查对"},
        "difference": 4,
        "tolerance": 0.5,
        "waived": {"en": "known", "zh": "已知"},
        "grant": None,
        "concern": "copying",
        "suspects": [
            {
                "file": "data/x.csv",
                "line": 17,
                "column": 12,
                "id": "leaders",
                "value": "105",
                "proposed": "101",
                "slip": "digit",
                "probability": 0.9,
            }
        ],
    }
    assert set(plain(BARE)) == set(plain(FOUND))
    nothing = ("line", "column", "cell", "where", "difference", "tolerance", "waived")
    assert [plain(BARE)[name] for name in nothing] == [None] * 7
    assert plain(BARE)["suspects"] == []


GRANTED = replace(
    FOUND,
    grant=Grant("letter 7", "LW", 2011),
    of=Concern.CHAPTERS,
    suspects=(Suspect(Place("data/x.csv"), "a", "1"),),
)


@pytest.mark.parametrize("finding", [FOUND, BARE, GRANTED])
def test_found_again(finding: Finding) -> None:
    """A finding comes back from its JSON: told again it reads as before."""
    (again,) = found(json.loads(json.dumps([plain(finding)])))
    assert plain(again) == plain(finding)
    assert [*lines(again)] == [*lines(finding)]


@pytest.mark.parametrize("row", [{}, {"rule": "sum"}, {**plain(BARE), "severity": "grave"}])
def test_nothing_found_again(row: dict[str, object]) -> None:
    """What is no finding is not taken for one."""
    with pytest.raises((TypeError, ValueError, LookupError)):
        found([row])


def test_lines() -> None:
    """Place, cell, severity, waiver, clause, difference and rule; then Chinese; then the hints."""
    assert list(lines(FOUND)) == [
        "data/x.csv:17:12 (D17): error (waived): "
        "the value is 105 but its quote says 101; difference 4 [quote]",
        "    错误（已豁免）：数值为105，摘录中为101；相差4",
        "    hint: look it up",
        "    提示：请查对",
        "    waived because: known",
        "    豁免理由：已知",
    ]
    assert list(lines(BARE)) == ["data/x.csv: warning: a [file]", "    警告：甲"]


@pytest.mark.parametrize("difference", ["1E+3", "-0.50"])
def test_difference(difference: str) -> None:
    """A difference is printed without an exponent."""
    (first, *_) = lines(replace(FOUND, difference=Decimal(difference)))
    assert f"; difference {Decimal(difference):f} [" in first


def test_every_severity_has_a_name() -> None:
    """Every severity has a name in both languages."""
    assert set(SEVERITIES) == set(Severity)
