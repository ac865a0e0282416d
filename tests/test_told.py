"""From findings to their report."""

import json
from dataclasses import replace

from tests.edits import SLUG
from yearbook import told
from yearbook.finding import error
from yearbook.model import Place, Text
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.reports import FORMATS

DISPATCH = f"data/{SLUG}/dispatch.csv"
FOUND = error("quote", Place(DISPATCH, 5, 32, "E5"), Text("a", "甲"), Text("b", "乙"))


def test_rows(project: Snapshot) -> None:
    """A finding comes with the cells of its row by column name; a lost file gives none."""
    book = read(project).book
    elsewhere = replace(FOUND, place=Place("data/gone.csv", 2))
    report = told.report(book, project.files, (), [FOUND, elsewhere], "2011-01-01")
    row, none = (dict(docket.row) for docket in report.dockets)
    assert (row["id"], row["value"], none) == ("dispatched", "437", {})
    assert set(report.rules) == {rule.id for rule in book.chapters[0].rules}


def test_reasons(project: Snapshot) -> None:
    """The reason of a waiver is told as it is printed; one that cannot be filled stays as it is."""
    book = read(project).book
    right = replace(FOUND, waived=Text('By {{ literal("gb2260") }}.', "据此。"))
    wrong = replace(FOUND, waived=Text('{{ literal("gone") }}', "无"))
    filled, kept, bare = told.reasoned((right, wrong, FOUND), book)
    assert filled.waived is not None
    assert filled.waived.en.startswith("By GB/T 2260")
    assert (kept, bare) == (wrong, FOUND)
    assert told.reasoned((FOUND,), book) == (FOUND,)


def test_stopped() -> None:
    """Of a run that was stopped every file tells that alone: no rule is said to hold."""
    files = {each.name: each.content for each in told.stopped(FOUND)}
    assert set(files) == set(FORMATS)
    assert [entry["value"] for entry in json.loads(files["findings.ess.json"])] == ["0"]
    assert files["findings.junit.xml"].count(b"<testcase") == 1
    assert "年鉴 0".encode() not in files["findings.html"]
    assert files == {each.name: each.content for each in told.stopped(FOUND)}
