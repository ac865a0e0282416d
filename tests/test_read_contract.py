"""The contract of the loader: every case in every encoding reads exactly, or is refused at its
place with words that help, in both languages."""

from dataclasses import replace

import pytest

from tests.contract import ENCODINGS, HARMLESS, PLAIN, Case, cases, files
from tests.edits import ROOT, bilingual
from yearbook.finding import Finding, failing
from yearbook.model import Code, Language, Place, Text
from yearbook.read.sheet import parse
from yearbook.read.tables import Gathered, Vocabulary, gather
from yearbook.specimen import UNITS

P = Place("data/c/codes.csv")
CODES = (("id", "sent"), ("id", "share"), ("rank", "total"))
PER_CENT = replace(UNITS["person"], id="percent", one="per cent", other="per cent", zh="%")
WORDS = Vocabulary(
    units={**UNITS, "percent": PER_CENT},
    sources={"most": Text("Ministry", "科技部")},
    divisions={},
    codes=tuple(Code(of, name, "", None, Text(name, name), P) for of, name in CODES),
)
SAID = ROOT / "tests" / "golden" / "loader.txt"
TEXT_CASES = tuple(cases())
BYTE_CASES = tuple(files())
NOTED = (2, 3, 4, 12, 14, 26)
"""Rows of the contract that are read with a note."""


def read(content: bytes) -> Gathered:
    """What the loader makes of a table."""
    return gather({"d": parse("d.csv", content)}, WORDS, {})


def figures(gathered: Gathered) -> list[tuple[str, ...]]:
    """What counts of the facts."""
    return [
        (f.id, str(f.period), str(abs(f.value)), f.unit.id, f.qualifier.value, f.dimensions["rank"])
        for f in gathered.facts
    ]


def encoded(case: Case, encoding: str) -> bytes:
    """A case as bytes; what an encoding cannot write is not its case."""
    assert isinstance(case.content, str)
    return case.content.encode(encoding)


def judge(case: Case, content: bytes) -> None:
    """One file against its case."""
    gathered = read(content)
    refused = failing(gathered.findings)
    if case.rule == HARMLESS:
        assert not refused, refused
        assert figures(gathered) == figures(read(PLAIN.encode()))
        assert case.row not in NOTED or any(f.rule == "form" for f in gathered.findings)
        return
    assert any(fits(case, found) for found in refused), [(f.place, f) for f in refused]
    for found in refused:
        assert found.place.line
        assert bilingual(found.what)
        assert bilingual(found.hint)


def fits(case: Case, found: Finding) -> bool:
    """Whether a refusal is the one that is wanted."""
    line, _, cell = case.where.partition(" ")
    place = found.place
    right = str(place.line) == line and (not cell or place.cell == cell)
    return found.rule == case.rule and right and case.hint in found.hint.en


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text(encoding: str) -> None:
    """Every case that is text, in one encoding."""
    wrong = []
    for case in TEXT_CASES:
        try:
            judge(case, encoded(case, encoding))
        except AssertionError as fault:
            wrong.append(f"{case.row} {case.content!r}: {str(fault)[:400]}")
    assert not wrong, "\n".join(wrong)


def test_bytes() -> None:
    """Every case that is bytes of its own."""
    wrong = []
    for case in BYTE_CASES:
        assert isinstance(case.content, bytes)
        try:
            judge(case, case.content)
        except AssertionError as fault:
            wrong.append(f"{case.row} {case.content!r}: {str(fault)[:400]}")
    assert not wrong, "\n".join(wrong)


def test_enough() -> None:
    """More than 200 files, of every row that concerns a file by itself (40 is the fonts' own)."""
    assert len(TEXT_CASES) * len(ENCODINGS) + len(BYTE_CASES) > 200
    rows = {case.row for case in (*TEXT_CASES, *BYTE_CASES)}
    assert rows | {4, 40} == set(range(1, 41))


def said(found: Finding) -> str:
    """A finding in full, each language on a line of its own."""
    head = f"{found.place} {found.place.cell or '-'} {found.severity} {found.rule}"
    return "\n".join(
        (head, *(f"  {text.of(of)}" for text in (found.what, found.hint) for of in Language))
    )


def test_every_word(golden: bool) -> None:
    """All that the loader says of the files of the contract, word for word, row by row."""
    told: dict[str, None] = {}
    for case in (*TEXT_CASES, *BYTE_CASES):
        content = case.content if isinstance(case.content, bytes) else case.content.encode()
        for found in read(content).findings:
            told[f"row {case.row}: {said(found)}"] = None
    text = "\n".join(told) + "\n"
    if golden:
        SAID.parent.mkdir(exist_ok=True)
        SAID.write_text(text, "utf-8", newline="\n")
    assert text == SAID.read_text("utf-8")
