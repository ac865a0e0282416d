"""Findings as JSON for tools and as plain lines for people."""

from yearbook import listing
from yearbook.manifest import written
from yearbook.reports.case import Report


def json_of(report: Report) -> bytes:
    """findings.json: docs/findings.md names its fields."""
    return written([listing.plain(finding) for finding in report.findings])


def lines_of(report: Report) -> bytes:
    """findings.txt: what the terminal shows, all of it."""
    return f"{listing.text(report.findings)}{listing.summary(report.findings)}\n".encode()
