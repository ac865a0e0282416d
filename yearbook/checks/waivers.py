"""Waivers: known discrepancies, each pinned to its exact difference and to an edition.

A waiver that covers nothing, or something else than it was written for, is itself a finding.
"""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from yearbook import numbers
from yearbook.book import Waiver
from yearbook.finding import Finding, Grant, Severity
from yearbook.model import Text

NEVER = ("rule", "waiver")
"""A broken rule or waiver is mended, not waived."""

FURTHEST = 1
"""A waiver may be granted up to the next edition; then somebody looks again."""


def difference(finding: Finding) -> str:
    """The difference of a finding as exceptions.csv pins it: a number, or typed and right value.

    >>> from yearbook.finding import Suspect, error
    >>> from yearbook.model import Place
    >>> found = error("quote", Place("x.csv"), Text("", ""), Text("", ""))
    >>> difference(replace(found, difference=Decimal("4.0")))
    '4'
    >>> suspect = Suspect(Place("x.csv"), "donations/guangrao", "440000", proposed="370000")
    >>> difference(replace(found, suspects=(suspect,)))
    '440000 <> 370000'
    """
    if finding.difference is not None:
        return numbers.text(numbers.trimmed(finding.difference))
    for suspect in finding.suspects:
        if suspect.proposed is not None:
            return f"{suspect.value} <> {suspect.proposed}"
    return ""


def applied(
    waivers: Sequence[Waiver], findings: Collection[Finding], edition_year: int
) -> Iterator[Finding]:
    """The findings, those covered with the reason, and what is wrong with the waivers."""
    valid = [waiver for waiver in waivers if waiver.until_edition >= edition_year]
    for finding in findings:
        covering = [waiver for waiver in valid if _covers(waiver, finding)]
        yield _waived(finding, covering[0]) if covering else finding
    for waiver in waivers:
        aimed = [finding for finding in findings if _aims(waiver, finding)]
        if waiver not in valid:
            yield _expired(waiver, edition_year)
        elif waiver.until_edition > edition_year + FURTHEST:
            yield _distant(waiver, edition_year + FURTHEST)
        elif not aimed:
            yield _stale(waiver)
        elif not any(_covers(waiver, finding) for finding in aimed):
            yield _changed(waiver, aimed[0])


def _waived(finding: Finding, by: Waiver) -> Finding:
    grant = Grant(by.evidence, by.approved_by, by.until_edition)
    return replace(finding, waived=by.reason, grant=grant)


def _aims(waiver: Waiver, finding: Finding) -> bool:
    same = (waiver.rule, waiver.where) == (finding.rule, finding.where)
    return same and finding.rule not in NEVER


def _covers(waiver: Waiver, finding: Finding) -> bool:
    return _aims(waiver, finding) and _pinned(waiver.difference) == _pinned(difference(finding))


def _pinned(text: str) -> Decimal | str:
    """A difference in one form, however it was typed: -1, −1, -1.0, １ and with any blanks."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace(",", "")
    plain = "".join(plain.split())
    try:
        return Decimal(plain)
    except InvalidOperation:
        return plain


def _finding(waiver: Waiver, what: Text, hint: Text) -> Finding:
    return Finding("waiver", Severity.ERROR, waiver.place, what, hint, waiver.where)


def _stale(waiver: Waiver) -> Finding:
    return _finding(
        waiver,
        Text(
            f'stale waiver: "{waiver.rule}" finds nothing at "{waiver.where}"',
            f"豁免已失效：规则“{waiver.rule}”在“{waiver.where}”没有发现问题",
        ),
        Text(
            "delete the row if the discrepancy is gone; else check rule and where for slips",
            "如差异已不存在，请删除该行；否则请核对 rule 与 where 两列",
        ),
    )


def _changed(waiver: Waiver, finding: Finding) -> Finding:
    now = difference(finding) or "-"
    return _finding(
        waiver,
        Text(
            f'the waived difference has changed: "{waiver.difference}" was expected, it is "{now}"',
            f"豁免的差异已变化：原为“{waiver.difference}”，现为“{now}”",
        ),
        Text(
            "correct the record, or look at the discrepancy again and waive the new difference",
            "请改正数据；如差异属实，请重新审核后更新 expected_difference",
        ),
    )


def _expired(waiver: Waiver, edition_year: int) -> Finding:
    return _finding(
        waiver,
        Text(
            f"the waiver has expired: it was granted until edition {waiver.until_edition}, "
            f"this is {edition_year}",
            f"豁免已到期：有效至{waiver.until_edition}年版，现为{edition_year}年版",
        ),
        Text(
            "delete the row, or look at the discrepancy again and extend until_edition",
            "请删除该行；如仍须豁免，请重新审核后延长 until_edition",
        ),
    )


def _distant(waiver: Waiver, last: int) -> Finding:
    return _finding(
        waiver,
        Text(
            f"the waiver is granted until edition {waiver.until_edition}; "
            f"at most {last} is allowed",
            f"豁免有效至{waiver.until_edition}年版，最多可至{last}年版",
        ),
        Text(
            "grant it for this edition or the next: a discrepancy is looked at again each year",
            "豁免只限本版或下一版，差异须逐年重新审核",
        ),
    )
