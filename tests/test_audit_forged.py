"""Digits changed in finished files by a hand that means harm: the audit names each."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tests import forge
from yearbook import accounting, audit
from yearbook.audit import page, screen
from yearbook.audit.problem import Problem
from yearbook.model import Edition
from yearbook.verify import carried, enclosed_sheet, verify

TRIED = 32
"""Places in each language and format; every digit was tried once by hand (docs/audit.md)."""
LANGUAGES = (Edition.EN, Edition.ZH)


def problems(edition: Edition, content: bytes) -> tuple[Problem, ...]:
    """What the audit says of a PDF that should be the finished one."""
    sheet = enclosed_sheet(forge.finished(edition).pdf)
    return page.inspect(content, sheet.items, sheet.ledger, sheet.head).problems


def test_true() -> None:
    """Of what was finished and not changed, the audit says nothing."""
    for edition in LANGUAGES:
        made = forge.finished(edition)
        assert made.findings == ()
        assert problems(edition, made.pdf) == ()
        assert list(audit.findings(enclosed_sheet(made.pdf), made.pdf, made.html)) == []


@pytest.mark.parametrize("edition", LANGUAGES)
def test_digits_in_the_pdf(edition: Edition) -> None:
    """A digit changed in a page's content stream is named with its page, wherever it stands."""
    content = forge.finished(edition).pdf
    spots = list(forge.spots(content))
    assert len(spots) > 1000
    for spot in spots[:: len(spots) // TRIED]:
        forged = forge.patched(content, {spot: forge.others(content, spot)})
        assert spot.page + 1 in {problem.page for problem in problems(edition, forged)}, spot


@pytest.mark.parametrize("edition", LANGUAGES)
def test_digits_in_html(edition: Edition) -> None:
    """A digit changed in the words or in the values of a page is named."""
    made = forge.finished(edition)
    sheet = enclosed_sheet(made.pdf)
    places = [*shown_digits(made.html), *told_digits(made.html)]
    assert len(places) > 1000
    for place in places[:: len(places) // TRIED]:
        other = "7" if made.html[place] != "7" else "3"
        forged = made.html[:place] + other + made.html[place + 1 :]
        around = made.html[place - 40 : place + 20]
        assert list(screen.inspect(forged, sheet.items, sheet.ledger)), around


def test_call_of_a_note() -> None:
    """A call that shows another number than that of the note it leads to is named."""
    made = forge.finished(Edition.EN)
    sheet = enclosed_sheet(made.pdf)
    forged, changes = re.subn(r'(href="#note-en-1">)1<', r"\g<1>2<", made.html)
    assert changes == 1
    (found,) = screen.inspect(forged, sheet.items, sheet.ledger)
    assert found.what.en == 'a call shows "2" but leads to note 1'


def shown_digits(html: str) -> Iterator[int]:
    """Where a page shows a digit: between tags, after the styles and before the scripts."""
    body = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
    hidden = [match.span() for match in body.finditer(html)]
    for text in re.finditer(r">([^<]+)<", html):
        if not any(start <= text.start() < end for start, end in hidden):
            yield from (text.start(1) + d.start() for d in re.finditer(r"[0-9]", text[1]))


def told_digits(html: str) -> Iterator[int]:
    """Where a page tells machines a digit: in the values of its figures and in their details."""
    for value in re.finditer(r'<data[^>]* value="([^"]*)"', html):
        yield from (value.start(1) + d.start() for d in re.finditer(r"[0-9]", value[1]))
    for script in re.finditer(r'<script type="application/json"[^>]*>([^<]*)<', html):
        yield from (script.start(1) + d.start() for d in re.finditer(r"[0-9]", script[1]))


def test_swapped_figures() -> None:
    """Two figures of a page that change places are named."""
    content = forge.finished(Edition.EN).pdf
    shown: dict[int, list[forge.Spot]] = {}
    for spot in forge.spots(content):
        if spot.page == 3:
            shown.setdefault(spot.operator, []).append(spot)
    by_text = {"".join(s.digit for s in group): group for group in shown.values()}
    pairs = zip(by_text["369"] + by_text["437"], "437369", strict=True)
    forged = forge.patched(content, dict(pairs))
    said = [problem.what.en for problem in problems(Edition.EN, forged) if problem.page == 4]
    assert len(said) == 2
    assert all("437" in one and "369" in one for one in said)


def test_moved_figures() -> None:
    """Two figures that only change their places on the paper are named by `verify`."""
    content = forge.finished(Edition.EN).pdf
    with pikepdf.open(BytesIO(content)) as pdf:
        leaf = pdf.pages[3]
        program: Any = list(pikepdf.parse_content_stream(leaf))
        moves = [at for at, (_, operator) in enumerate(program) if str(operator) == "Tm"]
        first, second = (moves[at] for at in _showing(content, moves, ("369", "437")))
        program[first], program[second] = program[second], program[first]
        leaf.Contents = pdf.make_stream(pikepdf.unparse_content_stream(program))
        forged = forge.saved(pdf)
    found = [finding for finding in verify("en.pdf", forged).findings if finding.rule == "audit"]
    assert {finding.place.line for finding in found} == {4}
    assert any("369" in one.what.en or "437" in one.what.en for one in found)


def _showing(content: bytes, moves: list[int], texts: tuple[str, ...]) -> list[int]:
    """Which of the moves stand before the operators that show some digits."""
    shown: dict[int, str] = {}
    for spot in forge.spots(content):
        if spot.page == 3:
            shown[spot.operator] = shown.get(spot.operator, "") + spot.digit
    places = [min(at for at, text in shown.items() if text == wanted) for wanted in texts]
    return [max(at for at, move in enumerate(moves) if move < place) for place in places]


def test_added_words() -> None:
    """A numeral that is added to a page without a tag is named."""
    content = forge.finished(Edition.EN).pdf
    with pikepdf.open(BytesIO(content)) as pdf:
        leaf = pdf.pages[4]
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        leaf.resources.Font["/Added"] = font
        leaf.contents_add(b"q BT /Added 20 Tf 100 400 Td (999 people) Tj ET Q")
        forged = forge.saved(pdf)
    said = [problem.what.en for problem in problems(Edition.EN, forged)]
    assert any("999people" in one for one in said)
    assert any("page 5" in problem.what.en for problem in page.blank(forged))


def test_added_picture_or_note() -> None:
    """A note laid over a page is named: it can show what no text says."""
    content = forge.finished(Edition.EN).pdf
    with pikepdf.open(BytesIO(content)) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=[100, 100, 200, 120],
            Contents="999",
        )
        annotations = pdf.pages[4].obj.get("/Annots", pikepdf.Array())
        annotations.append(pdf.make_indirect(note))
        pdf.pages[4].Annots = annotations
        forged = forge.saved(pdf)
    assert "FreeText" in problems(Edition.EN, forged)[0].what.en


def test_blank_glyph() -> None:
    """A digit that reads right when copied and prints as nothing is named."""
    content = forge.finished(Edition.EN).pdf
    # Among letters: PDFium leaves out a text that is blank as a whole.
    spot = next(spot for spot in forge.spots(content) if spot.page == 2 and spot.string)
    with pikepdf.open(BytesIO(content)) as pdf:
        font = pdf.pages[2].resources.Font[spot.font]
        table = font.ToUnicode.read_bytes()
        mapped = {int(code, 16) for code in re.findall(rb"\n<([0-9a-f]{4})> <", table)}
        unused = next(code for code in range(3, max(mapped)) if code not in mapped)
        line = b"1 beginbfchar\n<%04x> <%04x>\nendbfchar\nendcmap" % (unused, ord(spot.digit))
        font.ToUnicode = pdf.make_stream(table.replace(b"endcmap", line, 1))
        program: Any = list(pikepdf.parse_content_stream(pdf.pages[2]))
        program[spot.operator] = forge.shown_as(program[spot.operator], spot, unused)
        pdf.pages[2].Contents = pdf.make_stream(pikepdf.unparse_content_stream(program))
        forged = forge.saved(pdf)
    # The texts are right; at most the place of one is not, for the blank is as wide as it likes.
    assert all("elsewhere" in problem.what.en for problem in problems(Edition.EN, forged))
    assert [(found.page, "blank" in found.what.en) for found in page.blank(forged)] == [(3, True)]


def test_broken_file() -> None:
    """What is no PDF is named, and nothing is raised."""
    for content in (b"", b"%PDF-1.7 nothing", forge.finished(Edition.EN).pdf[:5000]):
        found = problems(Edition.EN, content)
        assert len(found) == 1
        assert "cannot be read" in found[0].what.en


def test_facts_account_for_every_numeral() -> None:
    """facts.json has every digit of every page: in a figure, another numeral, or a name."""
    own = carried(forge.finished(Edition.EN).pdf)
    entries = [*own.stated["facts"], *own.stated["others"]]
    texts = own.stated["texts"]
    sheet = enclosed_sheet(own.content)
    ledger = accounting.ledger(sheet.ledger.records)
    listed = {(entry.get("text"), entry["printed"]) for entry in entries}
    for place, item in enumerate(sheet.items):
        if item.kind.value in ("head", "screen"):
            continue
        for numeral in ledger.read(item.words, item.language):
            assert any(
                at == place and (numeral.text in printed or printed in numeral.text)
                for at, printed in listed
            ), (item.words, numeral.text)
    assert all(entry["page"] for entry in entries if texts[entry.get("text", 0)]["kind"] != "alt")
