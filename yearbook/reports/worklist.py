"""Findings as a work list for Excel and WPS: a row each, typed cells, no formula, a column to tick.

Numbers are numbers and text is text: nothing of the records can become a formula or a link.
"""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

from yearbook.checks.cells import named
from yearbook.concern import NAMES
from yearbook.docket import Docket
from yearbook.finding import Finding
from yearbook.listing import SEVERITIES
from yearbook.model import Language, Text
from yearbook.reports.case import Report, both, slip

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

COLUMNS: tuple[tuple[Text, int], ...] = (
    (Text("Done", "已处理"), 8),
    (Text("Severity", "级别"), 14),
    (Text("Class", "类别"), 24),
    (Text("File", "文件"), 30),
    (Text("Cell", "单元格"), 9),
    (Text("What is wrong", "问题"), 46),
    (Text("What is wrong (Chinese)", "问题（中文）"), 40),
    (Text("What to do", "建议"), 46),
    (Text("What to do (Chinese)", "建议（中文）"), 40),
    (Text("Difference", "相差"), 12),
    (Text("First suspect", "首要疑点"), 22),
    (Text("Typed", "现值"), 12),
    (Text("Proposed", "建议值"), 12),
    (Text("Probability", "可能性"), 11),
    (Text("Kind of slip", "差错类型"), 24),
    (Text("English sentence", "英文原句"), 50),
    (Text("Chinese sentence", "中文原句"), 46),
    (Text("Waived because", "豁免理由"), 40),
    (Text("Evidence", "依据"), 24),
    (Text("Approved by", "审批人"), 14),
    (Text("Until edition", "有效至（年版）"), 11),
    (Text("Rule", "规则"), 20),
)
"""The columns and their widths in characters."""
_CHOICES = ["✓", "—"]


def workbook(report: Report) -> bytes:
    """findings.xlsx: the same bytes for the same findings."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {"title": report.title.en, "created": datetime.fromisoformat(report.created)}
        )
        sheet = book.add_worksheet("Findings 核对结果")
        head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEEAE2"}
        )
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        share = book.add_format({"num_format": "0%", "valign": "top"})
        for column, (name, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, f"{name.en}\n{name.zh}", head)
        for row, docket in enumerate(report.dockets, 1):
            _row(sheet, row, docket, (cell, share))
        last = max(1, len(report.dockets))
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
        sheet.freeze_panes(1, 5)
        sheet.data_validation(1, 0, last, 0, {"validate": "list", "source": _CHOICES})
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return buffer.getvalue()


def _row(sheet: "Worksheet", row: int, docket: Docket, formats: "tuple[Format, Format]") -> None:
    cell, share = formats
    for column, value in enumerate(_values(docket)):
        if isinstance(value, str):
            sheet.write_string(row, column, value, cell)
        elif value is None:
            sheet.write_blank(row, column, None, cell)
        else:
            named = COLUMNS[column][0].en
            sheet.write_number(row, column, value, share if named == "Probability" else cell)


def _values(docket: Docket) -> tuple[Any, ...]:
    """What stands in each column: text, a number, or nothing."""
    finding = docket.finding
    suspect = finding.suspects[0] if finding.suspects else None
    grant = finding.grant
    return (
        None,
        both(SEVERITIES[finding.severity]),
        both(NAMES[finding.concern]),
        finding.place.file,
        finding.place.cell or (finding.place.line or None),
        finding.what.en,
        finding.what.zh,
        finding.hint.en,
        finding.hint.zh,
        _number(finding.difference),
        f"{named(suspect.place)} {suspect.id}" if suspect else None,
        _typed(suspect.value) if suspect else None,
        _typed(suspect.proposed) if suspect else None,
        suspect.probability if suspect else None,
        both(slip(suspect)) or None if suspect else None,
        docket.sentences.get(Language.EN),
        docket.sentences.get(Language.ZH),
        _reason(finding),
        grant.evidence if grant else None,
        grant.approved_by if grant else None,
        grant.until_edition if grant else None,
        finding.rule,
    )


def _typed(value: str | None) -> str | float | None:
    """A number that a spreadsheet holds exactly is a number; a date, a code or a long one is text.

    >>> _typed("105"), _typed("-5.2"), _typed("2010-04-16"), _typed("=1+1")
    (105.0, -5.2, '2010-04-16', '=1+1')
    """
    if value is None:
        return None
    digits = value.removeprefix("-").replace(".", "", 1)
    plain = digits.isascii() and digits.isdecimal() and len(digits) <= 15
    return float(value) if plain else value


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _reason(finding: Finding) -> str | None:
    return f"{finding.waived.en}\n{finding.waived.zh}" if finding.waived else None
