"""Findings with the row and the sentences that belong to them."""

from dataclasses import replace

from yearbook.docket import dockets, quoted, sentences
from yearbook.finding import error
from yearbook.model import Language, Place, Text
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.report import lay_out

HERE = Place("x.csv", 2, 3, "B2")


def test_sentences(project: Snapshot) -> None:
    """A figure leads to the sentence that prints it, not to one that prints a derived figure."""
    book = read(project).book
    known = sentences([quoted(lay_out(book, book.chapters[0]))])
    assert "437" in known[Language.EN]["dispatched"]
    assert "437" in known[Language.ZH]["dispatched"]
    assert known[Language.EN]["dispatched"].endswith(".")
    assert known[Language.EN]["rest(dispatched)"] != known[Language.EN]["dispatched"]


def test_where() -> None:
    """A finding takes the sentence of the figure it speaks of, whatever its period."""
    found = error("sum", HERE, Text("", ""), Text("", ""))
    said = {Language.EN: {"sent": "Nine were sent."}, Language.ZH: {}}
    (docket,) = dockets([replace(found, where="sent/2009")], {}, said)
    assert docket.sentences == {Language.EN: "Nine were sent."}
    assert dockets([found], {}, said)[0].sentences == {}
