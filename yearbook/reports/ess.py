"""Findings as a validation report of the European Statistical System, version 1.0.0.

The structure: M. van der Loo, O. ten Bosch, Design of a generic machine-readable validation report
structure, ESS 2017. Each entry says of one rule on one target: 0 fails, 1 holds, NA cannot be
decided. The data points are named population, time, unit, variable, as far as a finding knows.
"""

from collections.abc import Iterator
from typing import Any

from yearbook.finding import Finding, Severity
from yearbook.listing import decision
from yearbook.manifest import written
from yearbook.reports.case import VERSION, Report, both

Json = dict[str, Any]
_FAILS, _HOLDS, _UNDECIDED = "0", "1", "NA"


def report(report: Report) -> bytes:
    """findings.ess.json.

    >>> import json
    >>> from yearbook.model import Text
    >>> told = json.loads(report(Report(Text("Yearbook", "年鉴"), 2011, "2011-01-01", ())))
    >>> {entry["value"] for entry in told}
    {'1'}
    """
    return written(list(_entries(report)))


def _entries(report: Report) -> Iterator[Json]:
    for rule, found in report.checked().items():
        for finding in found:
            value = _UNDECIDED if finding.severity is Severity.INFORMATION else _FAILS
            yield _entry(report, rule, value, finding)
        if not found:
            yield _entry(report, rule, _HOLDS, None)


def _entry(report: Report, rule: str, value: str, finding: Finding | None) -> Json:
    meaning = report.rules.get(rule)
    told: Json = {
        "language": "Yearbook",
        "expression": report.expressions.get(rule, rule),
        "severity": (finding.severity if finding else Severity.ERROR).value,
    }
    if meaning and meaning.en:
        told["description"] = both(meaning)
    if finding:
        told["explanation"] = both(decision(finding) if finding.waived else finding.what)
    place = finding.place if finding else None
    target = f"{place}#{finding.where}" if place and finding else ""
    return {
        "id": f"{rule}:{target}" if target else rule,
        "type": "validation",
        "event": {
            "time": report.created,
            "actor": "Yearbook",
            "agent": f"Yearbook {VERSION}",
            "trigger": "check",
        },
        "rule": told,
        "data": {
            "source": [suspect.id for suspect in finding.suspects] if finding else [],
            "target": [target] if target else [],
            "description": f"{both(report.title)}{report.year}",
        },
        "value": value,
    }
