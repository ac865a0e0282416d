"""Values as JSON and back: nothing is lost, and the same value is the same text in any process."""

import json
import os
import subprocess
import sys
from decimal import Decimal

import pytest

from tests.edits import ROOT
from yearbook.build import check
from yearbook.codec import digest, plain, revived
from yearbook.finding import Finding, Severity, Suspect
from yearbook.model import Place, Text
from yearbook.specimen import records

FULL = Finding(
    "sum",
    Severity.WARNING,
    Place("data/x.csv", 2, 3, "B2"),
    Text("off", "有误"),
    Text("look", "请看"),
    where="dispatched",
    difference=Decimal("-2.50"),
    tolerance=Decimal(0),
    waived=Text("known", "已知"),
    suspects=(Suspect(Place("data/x.csv", 3), "a", "1", "2", "slip", 0.25),),
)


def test_finding_there_and_back() -> None:
    """Every field of a finding survives, through real JSON."""
    assert revived(Finding, json.loads(json.dumps(plain(FULL)))) == FULL


def test_findings_of_the_project() -> None:
    """So does whatever the records of the project give."""
    found = check(ROOT).findings
    assert found
    assert revived(tuple[Finding, ...], json.loads(json.dumps(plain(found)))) == found


def test_any_process() -> None:
    """A digest does not hang on how a process orders its sets."""
    code = "from yearbook.codec import digest; print(digest({'a', 'b', 'c', 'd'}))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert said == {digest({"a", "b", "c", "d"}) + "\n"}


def test_differs() -> None:
    """A fact with another value, place or dimension has another digest."""
    facts = records().chapter.facts
    assert len({digest(fact) for fact in facts}) == len(facts)


@pytest.mark.parametrize("value", [object(), [object()], {"a": print}])
def test_unknown(value: object) -> None:
    """What cannot be compared is refused, not taken for equal."""
    with pytest.raises(TypeError):
        digest(value)


@pytest.mark.parametrize(("kind", "value"), [(Place, {"a": 1}), (Severity, "bad"), (bytes, "a")])
def test_not_revived(kind: type, value: object) -> None:
    """What is no value of the type is refused."""
    with pytest.raises((TypeError, ValueError, KeyError)):
        revived(kind, value)
