"""What fails a build, and what does not."""

from dataclasses import replace

from yearbook.finding import Severity, error, failing
from yearbook.model import Place, Text

FOUND = error("rule", Place("x.csv"), Text("a", "甲"), Text("b", "乙"))


def test_failing() -> None:
    """Only errors that no waiver covers fail; they keep their order."""
    waived = replace(FOUND, waived=Text("known", "已知"))
    milder = [replace(FOUND, severity=s) for s in Severity if s is not Severity.ERROR]
    other = replace(FOUND, rule="other")
    assert failing([waived, other, *milder, FOUND]) == (other, FOUND)
    assert failing([]) == ()


def test_error() -> None:
    """A plain error has nothing but place, clause and hint."""
    assert (FOUND.where, FOUND.difference, FOUND.waived, FOUND.suspects) == ("", None, None, ())


def test_a_value() -> None:
    """Two findings of the same are the same, so that none is reported twice."""
    assert len({FOUND, replace(FOUND)}) == 1
