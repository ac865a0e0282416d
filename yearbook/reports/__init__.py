"""Findings in the formats of those who work with them: editors, CI services, statistics offices.

One model, one module a format; docs/reports.md says who reads which.
"""

from collections.abc import Callable, Iterator, Mapping

from yearbook.model import Artifact
from yearbook.reports import ess, html, junit, sarif, text, worklist
from yearbook.reports.case import Report

__all__ = ["FORMATS", "Report", "artifacts"]

FORMATS: Mapping[str, Callable[[Report], bytes]] = {
    "findings.json": text.json_of,
    "findings.txt": text.lines_of,
    "findings.html": html.page,
    "findings.xlsx": worklist.workbook,
    "findings.sarif": sarif.log,
    "findings.junit.xml": junit.suites,
    "findings.ess.json": ess.report,
}
"""Every file that tells the findings; a new format is a new module and a line here."""


def artifacts(report: Report) -> Iterator[Artifact]:
    """All files of a report."""
    for name, made in FORMATS.items():
        yield Artifact(name, made(report))
