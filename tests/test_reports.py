"""The reports of findings, read by programs that did not write them."""

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from junitparser import Failure, JUnitXml, Skipped

from tests.edits import edited
from yearbook import inspection, markup
from yearbook.concern import Concern
from yearbook.docket import Docket
from yearbook.finding import Finding, Grant, Severity, Suspect
from yearbook.model import Language, Place, Text
from yearbook.read.snapshot import Snapshot
from yearbook.reports import FORMATS, Report, artifacts
from yearbook.reports.github import annotations

CHAPTER = "science-and-technology"
CELL = Place("data/数据/x.csv", 17, 12, "D17")
FOUND = Finding(
    rule="quote",
    severity=Severity.ERROR,
    place=CELL,
    what=Text("the value is 105 but its quote says 101", "数值为105，摘录中为101"),
    hint=Text("look it up", "请查对"),
    where="leaders",
    difference=Decimal(4),
    suspects=(Suspect(CELL, "leaders", "105", "101", "digit", 0.97),),
)
WAIVED = replace(
    FOUND,
    rule="place",
    waived=Text("the source says so", "原文如此"),
    grant=Grant("GB/T 2260", "LW", 2011),
    suspects=(),
)
DECIDED = Text(
    "the source says so (evidence: GB/T 2260; approved by: LW; until edition 2011)",
    "原文如此（依据：GB/T 2260；审批：LW；有效至2011年版）",
)
ODD = replace(FOUND, rule="ratio", severity=Severity.WARNING, of=Concern.IMPLAUSIBLE, suspects=())
OPEN = replace(FOUND, rule="farmers", severity=Severity.INFORMATION, difference=None, suspects=())
EVIL = replace(
    FOUND,
    rule="evil",
    what=Text("=1+1 </script><b>&\x0b ]]>", "=cmd|' /C calc'!A0"),
    suspects=(Suspect(CELL, '=HYPERLINK("x")', "=1+1", "-5.2"),),
)
REPORT = Report(
    Text("Yearbook", "年鉴"),
    2011,
    "2011-01-01T00:00:00+00:00",
    (
        Docket(
            FOUND,
            (("id", "leaders"), ("value", "105")),
            {Language.EN: "It sent 105 leaders.", Language.ZH: "派出105人。"},
        ),
        *(Docket(each) for each in (WAIVED, ODD, OPEN, EVIL)),
    ),
    {"farmers": Text("no more can be trained", "不应多于")},
    expressions={"farmers": "benefited >= trained"},
)


def made(name: str, report: Report = REPORT) -> bytes:
    """One format of the report."""
    return FORMATS[name](report)


def test_names() -> None:
    """Every format is a file of its own, the same bytes each time."""
    once = {each.name: each.content for each in artifacts(REPORT)}
    assert set(once) == set(FORMATS)
    assert once == {each.name: each.content for each in artifacts(REPORT)}


def test_json() -> None:
    """findings.json lists every finding in order."""
    told = json.loads(made("findings.json"))
    assert [each["rule"] for each in told] == ["quote", "place", "ratio", "farmers", "evil"]


def test_lines() -> None:
    """findings.txt says all of it in both languages and sums up."""
    text = made("findings.txt").decode()
    assert "data/数据/x.csv:17:12 (D17): error: the value is 105" in text
    assert text.endswith("2个错误，1个警告，1个已豁免，1条信息\n")


def test_junit() -> None:
    """A JUnit reader sees failures, skipped waivers with their reasons, and rules that pass."""
    whole = JUnitXml.fromstring(made("findings.junit.xml"))
    cases = {case.name: case for suite in whole for case in suite}
    assert [type(each) for each in cases["quote: leaders"].result] == [Failure]
    assert [type(each) for each in cases["place: leaders"].result] == [Skipped]
    assert cases["place: leaders"].result[0].message == f"{DECIDED.en} {DECIDED.zh}"
    what = f"{FOUND.what.en} {FOUND.what.zh}"
    assert cases["quote: leaders"].result[0].message == what
    names = [suite.name for suite in whole]
    assert names[0] == "copying, unit or typesetting slip 抄写、单位或排印差错"
    assert cases["ratio: leaders"].is_passed
    assert "101" in str(cases["ratio: leaders"].system_out)
    assert cases["parts-sum"].is_passed
    assert cases["farmers: leaders"].is_passed
    assert "</script>" in cases["evil: leaders"].result[0].message
    counted = [(suite.failures, suite.skipped, suite.errors) for suite in whole]
    assert tuple(map(sum, zip(*counted, strict=True))) == (2, 1, 0)


def sarif(report: Report = REPORT) -> Any:
    """The one run of the log."""
    (run,) = json.loads(made("findings.sarif", report))["runs"]
    return run


def test_sarif() -> None:
    """Levels, places, suppressions and fixes stand where SARIF 2.1.0 has them."""
    run = sarif()
    levels = {result["ruleId"]: result["level"] for result in run["results"]}
    assert levels == {
        "quote": "error",
        "place": "error",
        "ratio": "warning",
        "farmers": "note",
        "evil": "error",
    }
    first, waived, *_ = run["results"]
    spot = first["locations"][0]["physicalLocation"]
    assert spot["artifactLocation"]["uri"] == "data/%E6%95%B0%E6%8D%AE/x.csv"
    assert spot["region"] == {"startLine": 17, "startColumn": 12}
    (change,) = first["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["deletedRegion"]["endColumn"] == 15
    assert change["replacements"][0]["insertedContent"]["text"] == "101"
    assert waived["suppressions"][0]["justification"] == f"{DECIDED.en} {DECIDED.zh}"
    assert [each for each in run["results"] if "suppressions" in each] == [waived]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


ESS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type", "event", "rule", "data", "value"],
        "properties": {
            "id": {"type": "string"},
            "type": {"const": "validation"},
            "event": {"required": ["time", "actor"]},
            "rule": {
                "required": ["language", "expression", "severity"],
                "properties": {"severity": {"enum": ["information", "warning", "error"]}},
            },
            "data": {
                "required": ["source", "target"],
                "properties": {
                    name: {"type": "array", "items": {"type": "string"}}
                    for name in ("source", "target")
                },
            },
            "value": {"enum": ["0", "1", "NA"]},
        },
    },
}
"""What the structure of the European Statistical System asks for, in our words."""


def test_ess() -> None:
    """Each rule on each target: fails 0, holds 1, cannot be decided NA; ids are unique."""
    told = json.loads(made("findings.ess.json"))
    jsonschema.validate(told, ESS)
    values = {entry["rule"]["expression"]: entry["value"] for entry in told}
    assert (values["quote"], values["parts-sum"]) == ("0", "1")
    assert values["benefited >= trained"] == "NA"
    assert len({entry["id"] for entry in told}) == len(told)


def cells(content: bytes) -> Any:
    """The one sheet of a workbook."""
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_worklist() -> None:
    """Numbers are numbers, text is text, nothing is a formula or a link."""
    sheet = cells(made("findings.xlsx"))
    assert (sheet.max_row, sheet.freeze_panes) == (6, "F2")
    head = {cell.value.split("\n")[0]: cell.column - 1 for cell in sheet[1]}
    first = [cell.value for cell in sheet[2]]
    assert (first[head["Cell"]], first[head["Typed"]], first[head["Proposed"]]) == ("D17", 105, 101)
    assert first[head["Probability"]] == 0.97
    assert first[head["Chinese sentence"]] == "派出105人。"
    evil = [cell.value for cell in sheet[6]]
    assert (evil[head["Typed"]], evil[head["Proposed"]]) == ("=1+1", -5.2)
    types = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert types <= {"s", "n"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_worklist_in_libreoffice(tmp_path: Path) -> None:
    """LibreOffice opens the work list and shows what was written."""
    (tmp_path / "findings.xlsx").write_bytes(made("findings.xlsx"))
    target = "csv:Text - txt - csv (StarCalc):44,34,76"
    subprocess.run(
        ["soffice", "--headless", "--convert-to", target, "findings.xlsx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        timeout=120,
    )
    rows = list(csv.reader(io.StringIO((tmp_path / "findings.csv").read_text("utf-8"))))
    assert rows[1][4:6] == ["D17", FOUND.what.en]
    assert rows[5][11:13] == ["=1+1", "-5.2"]


def test_page() -> None:
    """The page has what every page must have; what findings say is text on it."""
    page = made("findings.html").decode()
    script = page[page.index("<script>") + 8 : page.index("</script>")]
    assert list(markup.check("findings.html", page, script)) == []
    assert "textContent = count" in script
    assert "派出105人。" in page
    assert "<b>&" not in page
    assert re.findall(r"<h2[^>]*>.*?the value is 105", page)
    assert made("findings.html", replace(REPORT, dockets=())).count(b"<article") == 0


def test_decisions() -> None:
    """Every format says why a finding is waived, on what evidence, by whose word, for how long."""
    for name in ("findings.txt", "findings.html", "findings.ess.json"):
        text = made(name).decode()
        assert DECIDED.en in text, name
        assert DECIDED.zh in text, name
    (told,) = (each for each in json.loads(made("findings.json")) if each["waived"])
    grant = {"evidence": "GB/T 2260", "approved_by": "LW", "until_edition": 2011}
    assert told["grant"] == grant
    sheet = cells(made("findings.xlsx"))
    head = {cell.value.split("\n")[0]: cell.column - 1 for cell in sheet[1]}
    row = [cell.value for cell in sheet[3]]
    told = [row[head[name]] for name in ("Waived because", "Evidence", "Approved by")]
    assert told == ["the source says so\n原文如此", "GB/T 2260", "LW"]
    assert row[head["Until edition"]] == 2011
    assert any(DECIDED.zh in line for line in annotations([WAIVED]))


def test_annotations() -> None:
    """Errors, warnings and notices; a waived one is a notice."""
    found = [docket.finding for docket in REPORT.dockets]
    commands = [line.split(" ")[0] for line in annotations(found)]
    (told,) = annotations([FOUND], [Language.ZH])
    assert told.endswith("title=quote::数值为105，摘录中为101%0A请查对")
    assert commands == ["::error", "::notice", "::warning", "::notice", "::error"]


def test_rows_and_sentences(project: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A finding of the real chapter comes with its row and a sentence in each language."""
    wrong = edited(project, f"{CHAPTER}/dispatch.csv", "dispatched", "value", "439")
    monkeypatch.setattr(inspection, "take", lambda _: wrong)
    checked = inspection.check(Path())
    files: Mapping[str, bytes] = {each.name: each.content for each in checked.reports()}
    sheet = cells(files["findings.xlsx"])
    row = next(r for r in sheet.iter_rows(values_only=True) if r[4] == "E5")
    head = {cell.value.split("\n")[0]: cell.column - 1 for cell in sheet[1]}
    assert "439" in row[head["English sentence"]]
    assert "439" in row[head["Chinese sentence"]]
    assert row[head["Kind of slip"]] == "one digit mistyped 一位数字有误"
    assert "<td>one digit mistyped <span" in files["findings.html"].decode()
    assert (
        "dispatch.csv E5: 439 → 437 (one digit mistyped 一位数字有误)"
        in files["findings.sarif"].decode()
    )
    assert b'<th scope="col">quote</th>' in files["findings.html"]
    told = json.loads(files["findings.json"])
    assert all("{{" not in (each["waived"] or {"en": ""})["en"] for each in told)
