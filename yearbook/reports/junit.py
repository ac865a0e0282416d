"""Findings as JUnit XML, which CI services show as tests: a suite a class, a test a rule.

An error that nobody waived is a failure, a waived one is skipped with its reason, a rule that
found nothing passes. A warning or a note passes too and says so: JUnit knows no third state.
"""

from collections.abc import Iterator
from xml.etree import ElementTree

from yearbook import listing
from yearbook.concern import NAMES, Concern
from yearbook.finding import Finding, failing
from yearbook.reports.case import Report, both, concern


def suites(report: Report) -> bytes:
    """findings.junit.xml.

    >>> from yearbook.model import Text
    >>> xml = suites(Report(Text("Yearbook", "年鉴"), 2011, "2011-01-01T00:00:00+00:00", ()))
    >>> b'<testcase name="quote" classname="copying" time="0" />' in xml
    True
    """
    root = ElementTree.Element("testsuites", name=f"{both(report.title)}{report.year}")
    cases: dict[Concern, list[ElementTree.Element]] = {each: [] for each in Concern}
    for rule, found in report.checked().items():
        cases[concern(rule, found)].extend(_cases(rule, found))
    for each, tests in cases.items():
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=both(NAMES[each]),
            tests=str(len(tests)),
            failures=str(sum(test.find("failure") is not None for test in tests)),
            errors="0",
            skipped=str(sum(test.find("skipped") is not None for test in tests)),
            time="0",
            timestamp=report.created[:19],
        )
        suite.extend(tests)
    ElementTree.indent(root, " ")
    xml: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return xml + b"\n"


def _cases(rule: str, found: tuple[Finding, ...]) -> Iterator[ElementTree.Element]:
    """One test for each finding of a rule, or one that passes."""
    for finding in found:
        case = _case(rule, finding.concern)
        case.set("name", f"{rule}: {finding.where}" if finding.where else rule)
        if finding.place.file:
            case.set("file", finding.place.file)
        if finding.place.line:
            case.set("line", str(finding.place.line))
        told = "\n".join(_clean(line) for line in listing.lines(finding))
        what = _clean(both(finding.what))
        if finding.waived:
            reason = _clean(both(listing.decision(finding)))
            ElementTree.SubElement(case, "skipped", message=reason).text = told
        elif failing((finding,)):
            ElementTree.SubElement(case, "failure", message=what, type=rule).text = told
        else:
            ElementTree.SubElement(case, "system-out").text = told
        yield case
    if not found:
        yield _case(rule, concern(rule, ()))


def _case(rule: str, of: Concern) -> ElementTree.Element:
    return ElementTree.Element("testcase", name=rule, classname=of.value, time="0")


def _clean(text: str) -> str:
    """Without the control characters that XML 1.0 cannot hold."""
    return "".join(char if char >= " " or char in "\t\n" else "�" for char in text)
