"""Findings as others read them: lines for people in both languages, JSON for tools."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from yearbook import numbers
from yearbook.codec import revived
from yearbook.finding import Finding, Grant, Severity, Suspect, counted, failing
from yearbook.model import Language, Text

SEVERITIES = {
    Severity.ERROR: Text("error", "错误"),
    Severity.WARNING: Text("warning", "警告"),
    Severity.INFORMATION: Text("information", "信息"),
}
_WAIVED = Text(" (waived)", "（已豁免）")
_COLON = Text(": ", "：")
_HINTS = Text("hint: ", "提示：")
_BECAUSE = Text("waived because: ", "豁免理由：")
_DIFFERENCE = Text("; difference ", "；相差")


def plain(finding: Finding) -> dict[str, Any]:
    """A finding as JSON has it; a field that does not apply is null.

    >>> from yearbook.finding import error
    >>> from yearbook.model import Place
    >>> plain(error("sum", Place("x.csv", 2, 5, "B2"), Text("a", "甲"), Text("b", "乙")))["cell"]
    'B2'
    """
    place = finding.place
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "file": place.file,
        "line": place.line or None,
        "column": place.column or None,
        "cell": place.cell,
        "where": finding.where or None,
        "what": _pair(finding.what),
        "hint": _pair(finding.hint),
        "difference": _number(finding.difference),
        "tolerance": _number(finding.tolerance),
        "waived": _pair(finding.waived) if finding.waived else None,
        "grant": _grant(finding.grant) if finding.grant else None,
        "concern": finding.concern.value,
        "suspects": [_suspect(suspect) for suspect in finding.suspects],
    }


def found(rows: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """The findings of which `plain` made these rows. Raises TypeError, ValueError or LookupError if
    it made none of them.

    >>> from yearbook.finding import error
    >>> from yearbook.model import Place
    >>> bad = error("sum", Place("x.csv", 2, 5, "B2"), Text("a", "甲"), Text("b", "乙"))
    >>> found([plain(bad)])[0].place
    Place(file='x.csv', line=2, column=5, cell='B2')
    """
    return tuple(revived(Finding, _standing(row)) for row in rows)


def _standing(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its place in one, as findings have it, and its numbers as they were written."""
    place = {name: row[name] for name in ("file", "cell")}
    place |= {name: row[name] or 0 for name in ("line", "column")}
    made = {name: value for name, value in row.items() if name not in place}
    made["place"] = place
    if "concern" in made:
        made |= {"of": made.pop("concern"), "where": made["where"] or ""}
        made |= {name: _written(made[name]) for name in ("difference", "tolerance")}
        made["suspects"] = [_standing({"cell": None, **one}) for one in made["suspects"]]
    return made


def _written(number: float | None) -> str | None:
    return None if number is None else str(number)


def _pair(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def _grant(grant: Grant) -> dict[str, Any]:
    return {
        "evidence": grant.evidence,
        "approved_by": grant.approved_by,
        "until_edition": grant.until_edition,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _suspect(suspect: Suspect) -> dict[str, Any]:
    return {
        "file": suspect.place.file,
        "line": suspect.place.line or None,
        "column": suspect.place.column or None,
        "id": suspect.id,
        "value": suspect.value,
        "proposed": suspect.proposed,
        "slip": suspect.slip,
        "probability": suspect.probability,
    }


def lines(finding: Finding, languages: Sequence[Language] = tuple(Language)) -> Iterator[str]:
    """What an editor reads: place first, then what, then the hint, in the languages asked for.

    >>> from yearbook.finding import error
    >>> from yearbook.model import Place
    >>> place = Place("x.csv", 2, 5, "B2")
    >>> found = error("sum", place, Text("a is off", "甲有误"), Text("b", "乙"))
    >>> print("\\n".join(lines(found)))
    x.csv:2:5 (B2): error: a is off [sum]
        错误：甲有误
        hint: b
        提示：乙
    >>> print("\\n".join(lines(found, [Language.ZH])))
    x.csv:2:5 (B2): 错误：甲有误 [sum]
        提示：乙
    """
    cell = f" ({finding.place.cell})" if finding.place.cell else ""
    for language in languages:
        what = _told(finding, language)
        first = language is languages[0]
        yield f"{finding.place}{cell}: {what} [{finding.rule}]" if first else f"    {what}"
    for language in languages if finding.hint.en else ():
        yield f"    {_HINTS.of(language)}{finding.hint.of(language)}"
    for language in languages if finding.waived else ():
        yield f"    {_BECAUSE.of(language)}{decision(finding).of(language)}"


def decision(finding: Finding) -> Text:
    """Why a finding is waived, on what evidence, by whose word and for how long.

    >>> from yearbook.finding import error
    >>> from dataclasses import replace
    >>> from yearbook.model import Place
    >>> found = error("sum", Place("x.csv"), Text("", ""), Text("", ""))
    >>> reason, grant = Text("So printed.", "原文如此。"), Grant("letter 7", "LW", 2011)
    >>> decision(replace(found, waived=reason, grant=grant)).en
    'So printed. (evidence: letter 7; approved by: LW; until edition 2011)'
    """
    reason, grant = finding.waived or Text("", ""), finding.grant
    if grant is None:
        return reason
    by, until = grant.approved_by, grant.until_edition
    return Text(
        f"{reason.en} (evidence: {grant.evidence}; approved by: {by}; until edition {until})",
        f"{reason.zh}（依据：{grant.evidence}；审批：{by}；有效至{until}年版）",
    )


def _told(finding: Finding, language: Language) -> str:
    """Severity, what is, and by how much, in one language."""
    name = SEVERITIES[finding.severity].of(language)
    waived = _WAIVED.of(language) if finding.waived else ""
    told = f"{name}{waived}{_COLON.of(language)}{finding.what.of(language)}"
    if finding.difference is None:
        return told
    return told + _DIFFERENCE.of(language) + numbers.text(finding.difference)


def urgent(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What a person is shown: of findings that fail a build, only what there is to do.

    >>> from dataclasses import replace
    >>> from yearbook.finding import error
    >>> from yearbook.model import Place
    >>> bad = error("sum", Place("x.csv", 2, 5, "B2"), Text("a", "甲"), Text("b", "乙"))
    >>> note = replace(bad, severity=Severity.INFORMATION)
    >>> len(urgent([bad, note])), len(urgent([note]))
    (1, 1)
    """
    found = tuple(findings)
    if not failing(found):
        return found
    return tuple(f for f in found if f.severity is not Severity.INFORMATION and not f.waived)


def text(findings: Iterable[Finding], languages: Sequence[Language] = tuple(Language)) -> str:
    """The lines of all findings."""
    return "".join(f"{line}\n" for finding in findings for line in lines(finding, languages))


def summary(findings: Iterable[Finding], languages: Sequence[Language] = tuple(Language)) -> str:
    """How many there are of each sort.

    >>> summary((), [Language.ZH])
    '0个错误，0个警告，0个已豁免，0条信息'
    >>> from yearbook.finding import error
    >>> from yearbook.model import Place
    >>> summary([error("sum", Place("x.csv"), Text("", ""), Text("", ""))], [Language.EN])
    '1 error, 0 warnings, 0 waived, 0 for information'
    """
    found = tuple(findings)
    errors = len(failing(found))
    waived = sum(f.waived is not None for f in found)
    warnings = sum(f.severity is Severity.WARNING and f.waived is None for f in found)
    notes = sum(f.severity is Severity.INFORMATION and f.waived is None for f in found)
    told = {
        Language.EN: (
            f"{counted(errors, 'error')}, {counted(warnings, 'warning')}, {waived} waived, "
            f"{notes} for information"
        ),
        Language.ZH: f"{errors}个错误，{warnings}个警告，{waived}个已豁免，{notes}条信息",
    }
    return "  ".join(told[language] for language in languages)
