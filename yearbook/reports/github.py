"""Findings as workflow commands, which GitHub shows beside the changed lines."""

from collections.abc import Iterable, Iterator, Sequence

from yearbook.finding import Finding, Severity
from yearbook.listing import decision
from yearbook.model import Language

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "notice",
}


def annotations(
    findings: Iterable[Finding], languages: Sequence[Language] = tuple(Language)
) -> Iterator[str]:
    """A line for each finding that nobody waived; a waived one is a notice.

    >>> from yearbook.finding import error
    >>> from yearbook.model import Place, Text
    >>> found = error("sum", Place("a,b.csv", 2, 5), Text("50% off", "甲"), Text("", ""))
    >>> print(*annotations([found]))
    ::error file=a%2Cb.csv,line=2,col=5,title=sum::50%25 off%0A甲
    """
    for finding in findings:
        command = "notice" if finding.waived else _COMMANDS[finding.severity]
        place = finding.place
        fields = [f"file={_field(place.file)}"]
        if place.line:
            fields.append(f"line={place.line}")
        if place.line and place.column:
            fields.append(f"col={place.column}")
        fields.append(f"title={_field(finding.rule)}")
        said = (finding.what, decision(finding) if finding.waived else finding.hint)
        words = (text.of(language) for text in said for language in languages)
        message = _message("\n".join(each for each in words if each))
        yield f"::{command} {','.join(fields)}::{message}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _field(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
