"""Findings as SARIF 2.1.0 (OASIS), which code hosts show beside the lines.

A waiver is a suppression with its reason. A value proposed with a probability of 0.9 or more is a
fix that a reviewer may take over.
"""

from hashlib import sha256
from typing import Any
from urllib.parse import quote

from yearbook.checks.cells import named
from yearbook.concern import NAMES
from yearbook.finding import Finding, Severity, Suspect
from yearbook.listing import decision
from yearbook.manifest import written
from yearbook.model import Place
from yearbook.reports.case import VERSION, Report, both, concern, slip

Json = dict[str, Any]
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
PROBABLE = 0.9
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}


def log(report: Report) -> bytes:
    """findings.sarif.

    >>> from yearbook.model import Text
    >>> b'"version": "2.1.0"' in log(Report(Text("Yearbook", "年鉴"), 2011, "", ()))
    True
    """
    rules = report.checked()
    places = {name: at for at, name in enumerate(rules)}
    driver = {
        "name": "Yearbook",
        "semanticVersion": VERSION,
        "rules": [
            {
                "id": name,
                "shortDescription": {"text": _meaning(name, found, report)},
                "properties": {"class": concern(name, found).value},
            }
            for name, found in rules.items()
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, places[finding.rule]) for finding in report.findings],
    }
    return written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _meaning(rule: str, found: tuple[Finding, ...], report: Report) -> str:
    written_rule = report.rules.get(rule)
    of = NAMES[concern(rule, found)]
    return both(written_rule) if written_rule and written_rule.en else f"{rule}: {both(of)}"


def _result(finding: Finding, index: int) -> Json:
    said = "\n".join(both(text) for text in (finding.what, finding.hint) if text.en)
    identity = "\0".join((finding.rule, finding.place.file, finding.where, finding.what.en))
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": said},
        "locations": [{"physicalLocation": _location(finding.place)}],
        "partialFingerprints": {"yearbook/v1": sha256(identity.encode()).hexdigest()[:16]},
        "properties": {"class": finding.concern.value, "where": finding.where},
    }
    if finding.waived:
        reason = both(decision(finding))
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": reason}
        ]
    if finding.suspects:
        result["relatedLocations"] = [
            {
                "id": at,
                "physicalLocation": _location(suspect.place),
                "message": {"text": _suspicion(suspect)},
            }
            for at, suspect in enumerate(finding.suspects)
        ]
    fixes = [
        _fix(suspect) for suspect in finding.suspects if (suspect.probability or 0) >= PROBABLE
    ]
    if fixes:
        result["fixes"] = fixes
    return result


def _location(place: Place) -> Json:
    location: Json = {"artifactLocation": {"uri": quote(place.file)}}
    if place.line:
        location["region"] = {"startLine": place.line}
        if place.column:
            location["region"]["startColumn"] = place.column
    return location


def _suspicion(suspect: Suspect) -> str:
    cell = f"{named(suspect.place)}: {suspect.value}"
    why = f" ({both(slip(suspect))})" if suspect.slip else ""
    return f"{cell} → {suspect.proposed}{why}" if suspect.proposed else f"{cell}{why}"


def _fix(suspect: Suspect) -> Json:
    start = suspect.place.column
    region = {
        "startLine": suspect.place.line,
        "startColumn": start,
        "endColumn": start + len(suspect.value),
    }
    replacement = {"deletedRegion": region, "insertedContent": {"text": suspect.proposed}}
    return {
        "description": {"text": _suspicion(suspect)},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": quote(suspect.place.file)},
                "replacements": [replacement],
            }
        ],
    }
