"""The editors' classes: every rule of the toolkit has one, each has a name in both languages."""

import re
from dataclasses import replace

import pytest

from tests.edits import ROOT, bilingual
from yearbook.concern import CONCERNS, NAMES, Concern
from yearbook.finding import error
from yearbook.model import Place, Text

CODE = "\n".join(
    re.sub(r">>> .*|^ *\.\.\. .*", "", file.read_text("utf-8"), flags=re.M)
    for file in sorted((ROOT / "yearbook").rglob("*.py"))
    if file.name != "concern.py"
)
USED = set(re.findall(r'\b(?:error|Finding|_finding|_warning)\(\s*"([a-z-]+)"', CODE))


def test_every_rule_has_a_class() -> None:
    """The registry holds each rule a module gives, and the constants some are named by."""
    assert len(USED) > 30
    assert set(CONCERNS) >= USED


def test_no_class_without_a_rule() -> None:
    """No rule of the registry has gone out of use."""
    assert {rule for rule in CONCERNS if f'"{rule}"' not in CODE} <= {"parts-sum", "parts-of"}


@pytest.mark.parametrize("concern", list(Concern))
def test_names(concern: Concern) -> None:
    """Each class is in use and has a name in both languages."""
    assert concern in CONCERNS.values() or concern is Concern.CHAPTERS
    assert bilingual(NAMES[concern])


def test_own_class() -> None:
    """A rule that somebody wrote brings its class; one nobody knows is of the project's files."""
    found = error("mine", Place("x.csv"), Text("", ""), Text("", ""))
    assert found.concern is Concern.PROJECT
    assert replace(found, of=Concern.PARTS).concern is Concern.PARTS
