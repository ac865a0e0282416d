"""The comparison with advisories is believed only if every package was compared."""

import json
import runpy
from collections.abc import Mapping

import pytest

from tests.edits import ROOT

_TOOL = runpy.run_path(str(ROOT / "tools/audit_packages.py"))
judged, wanted = _TOOL["judged"], _TOOL["wanted"]
SOUND, FAULTY, UNKNOWN = 0, 1, 3
WANTED = ["click", "jinja2"]
CLICK = {"name": "click", "version": "8.5.1", "vulns": []}
JINJA = {"name": "jinja2", "version": "3.1.6", "vulns": []}
FAULT = {"id": "GHSA-x", "fix_versions": ["3.1.7"], "description": ""}


def answer(*seen: Mapping[str, object]) -> str:
    """The JSON of pip-audit."""
    return json.dumps({"dependencies": seen, "fixes": []})


def test_all_compared() -> None:
    """Every package was looked at, none has a fault."""
    code, lines = judged(answer(CLICK, JINJA), WANTED)
    assert code == SOUND
    assert lines[0] == "audited: 2 packages, no known fault"


def test_a_known_fault() -> None:
    """A fault is named with the version that mends it, and outweighs what was left out."""
    code, lines = judged(answer({**JINJA, "vulns": [FAULT]}), WANTED)
    assert code == FAULTY
    assert lines[0].startswith("known fault: jinja2 3.1.6: GHSA-x, mended in 3.1.7")
    assert lines[1].startswith("not audited: 1 of 2 packages (click)")


@pytest.mark.parametrize(
    "said",
    [
        "",
        "No known vulnerabilities found",
        "[]",
        "{}",
        answer(),
        answer({"name": "click", "skip_reason": "x"}, {"name": "jinja2", "skip_reason": "x"}),
    ],
)
def test_not_compared(said: str) -> None:
    """Where the service was out of reach, or packages were skipped, nobody says all is well."""
    code, lines = judged(said, WANTED)
    assert code == UNKNOWN
    assert lines == [
        "not audited: 2 of 2 packages (click, jinja2)",
        "未核查：2个软件包未能对照安全公告",
    ]


def test_one_skipped() -> None:
    """One package left out is enough."""
    code, lines = judged(answer(CLICK, {"name": "jinja2", "skip_reason": "none"}), WANTED)
    assert (code, lines[0]) == (UNKNOWN, "not audited: 1 of 2 packages (jinja2)")


def test_wanted() -> None:
    """What is meant for some machines only need not be compared on this one."""
    found = wanted((ROOT / "locks/run.txt").read_text("utf-8"))
    assert {"weasyprint", "jinja2", "pillow", "fonttools"} <= set(found)
    assert "brotlicffi" not in found
    assert len(found) > 30
