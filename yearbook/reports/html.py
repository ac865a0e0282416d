"""Findings as a page: both languages, each with its row and sentences, filtered in the browser."""

from importlib.resources import files

from yearbook.checks.cells import named
from yearbook.concern import NAMES, Concern
from yearbook.finding import Finding, Severity, failing
from yearbook.listing import SEVERITIES, decision
from yearbook.reports.case import Report, slip
from yearbook.template import environment

_TEMPLATE = "findings.html"


def page(report: Report) -> bytes:
    """findings.html: one file, no request to anywhere, readable without its script."""
    template = files("yearbook.reports").joinpath(_TEMPLATE).read_text("utf-8")
    found = tuple(report.findings)
    return (
        environment()
        .from_string(template)
        .render(
            report=report,
            decision=decision,
            slip=slip,
            named=named,
            severities=[(each, SEVERITIES[each], _of(found, each)) for each in Severity],
            classes=[
                (each, NAMES[each], sum(f.concern is each for f in found))
                for each in Concern
                if any(f.concern is each for f in found)
            ],
            severity_names=SEVERITIES,
            class_names=NAMES,
            failing=len(failing(found)),
            waived=sum(f.waived is not None for f in found),
        )
        .encode()
    )


def _of(found: tuple[Finding, ...], severity: Severity) -> int:
    return sum(f.severity is severity for f in found)
