"""A PDF verified by nothing but itself: attachments, records and pages must agree."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from tests import edits, forge
from tests.edits import ROOT, SLUG
from yearbook.audit import facts, proof
from yearbook.cli import main
from yearbook.finding import failing
from yearbook.model import Edition
from yearbook.verify import Carried, NoProofError, judged, read, verify


@pytest.mark.parametrize("edition", list(Edition))
def test_true(edition: Edition) -> None:
    """Every finished PDF verifies, and says how much of it was verified."""
    verified = verify("x.pdf", forge.finished(edition).pdf)
    assert not failing(verified.findings)
    assert (verified.facts, verified.discrepancies) == (64, 1)
    assert verified.rules == 19
    assert verified.figures > 250
    told = "\n".join(verified.lines("x.pdf"))
    assert f"{verified.figures} figures drawn from 64 facts; 19 rules" in told
    assert f"64项数据，印出{verified.figures}处；19条规则" in told
    assert "who made it, only a signature" in told
    assert not re.search("[{}]", told)
    (reason,) = (found.waived for found in verified.findings if found.waived)
    assert "GB/T 2260" in reason.en
    assert "{" not in reason.en + reason.zh


def facts_of(own: Carried) -> Iterator[tuple[str, int]]:
    """Each attached figure: its file and its row."""
    for name, content in own.files.items():
        if name.endswith(".csv"):
            cells = edits.rows(content)
            if {"value", "quote"} <= set(cells[0]):
                yield from ((name, row) for row in range(1, len(cells)))


def other(value: str) -> str:
    """A value with its last digit changed."""
    place = max(at for at, letter in enumerate(value) if letter.isdigit())
    return value[:place] + ("3" if value[place] != "3" else "4") + value[place + 1 :]


def flipped(own: Carried, name: str, row: int, quoted: bool) -> Carried:
    """The file with one value changed, its quote too if wished, and the digest to suit."""
    cells = edits.rows(own.files[name])
    value, quote = cells[0].index("value"), cells[0].index("quote")
    cells[row][value] = other(cells[row][value])
    if quoted:
        cells[row][quote] = f"a total of {cells[row][value]}"
    changes = forge.agreeing(own.files, {name: edits.sheet(cells)})
    return replace(own, files={**own.files, **changes})


@pytest.mark.usefixtures("once")
def test_each_value(own: Carried) -> None:
    """Any attached value that is changed, alone or with its quote, is named though its digest
    was made to agree: the printed figure is another."""
    places = list(facts_of(own))
    assert len(places) == 64
    for name, row in places:
        for quoted in (False, True):
            found = judged("x.pdf", flipped(own, name, row, quoted)).findings
            assert any(f.rule == "audit" for f in failing(found)), (name, row, quoted)


@pytest.mark.usefixtures("once")
def test_quotes_and_rules(own: Carried) -> None:
    """What the checks say of the attached data is said too."""
    (place,) = [p for p in facts_of(own) if p == (f"{SLUG}.dispatch.csv", 4)]
    found = judged("x.pdf", flipped(own, *place, quoted=False)).findings
    assert {"audit", "quote"} <= {finding.rule for finding in failing(found)}


def test_attachments(own: Carried) -> None:
    """An attachment replaced, removed or added is named."""
    name = f"{SLUG}.visits.csv"
    changed = own.files[name].replace(b"130434", b"130435")
    for changes, what in (
        ({name: changed}, f"the attachment {name} is not the one that was enclosed"),
        ({name: None}, f"the attachment {name} is missing"),
    ):
        content = forge.reattached(own.content, dict(changes))
        found = failing(verify("x.pdf", content).findings)
        assert what in {finding.what.en for finding in found}
    added = replace(own, files={**own.files, "more.csv": b"a,b\r\n"})
    assert any("more.csv was added" in f.what.en for f in failing(judged("x", added).findings))


@pytest.mark.usefixtures("once")
def test_facts_restated(own: Carried) -> None:
    """An entry of facts.json that neither page nor cell bears out is named with its page."""
    told = own.stated["facts"][5]
    for key, value in (("value", "438"), ("printed", "438 people"), ("page", 9), ("unit", "x")):
        stated = {**own.stated, "facts": [*own.stated["facts"]]}
        stated["facts"][5] = {**told, key: value}
        new = forge.agreeing(own.files, {facts.NAME: facts.written(stated)})
        forged = replace(own, files={**own.files, **new}, stated=stated)
        assert failing(judged("x.pdf", forged).findings), key


@pytest.mark.usefixtures("once")
def test_texts_restated(own: Carried) -> None:
    """facts.json cannot allow a numeral by a text that the page does not show, nor unbind one."""
    texts = own.stated["texts"]
    place = next(at for at, text in enumerate(texts) if "369" in text["words"])
    changes: tuple[dict[str, object], ...] = (
        {"words": texts[place]["words"].replace("369", "396")},
        {"marks": []},
    )
    for change in changes:
        stated = {**own.stated, "texts": [*texts]}
        stated["texts"][place] = {**texts[place], **change}
        found = failing(judged("x.pdf", replace(own, stated=stated)).findings)
        assert any("369" in finding.what.en for finding in found)


def test_no_proof(own: Carried, tmp_path: Path) -> None:
    """A file that is no PDF, none of ours, or whose facts are broken cannot be verified."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        blank = BytesIO()
        pdf.save(blank)
    broken = forge.reattached(own.content, {facts.NAME: b"{"})
    for content in (b"", b"text", blank.getvalue(), broken):
        with pytest.raises(NoProofError):
            verify("x.pdf", content)
    with pytest.raises(NoProofError):
        read(tmp_path)
    for odd in ({"texts": 3}, {"texts": [{"words": "a", "language": "fr", "kind": "text"}]}):
        with pytest.raises(NoProofError):
            judged("x.pdf", replace(own, stated={**own.stated, **odd}))


def test_unreadable_data(own: Carried) -> None:
    """Attached settings that cannot be read are named, not raised."""
    broken = replace(own, files={**own.files, "book.toml": b"= ="})
    found = failing(judged("x.pdf", broken).findings)
    assert any("its data cannot be read" in finding.what.en for finding in found)


def test_names_of_attachments(own: Carried) -> None:
    """All data behind the chapter is attached, under one name each that leads back to its file."""
    folder = [*(ROOT / "data").glob("[a-z]*.*"), *(ROOT / "data" / SLUG).glob("*.csv")]
    left_out = {"wording.csv", "coverage.csv"}
    wanted = {p.relative_to(ROOT).as_posix() for p in folder if p.name not in left_out}
    found = {proof.path(name, SLUG) for name in own.files if name not in (facts.NAME, proof.NAME)}
    assert found >= wanted
    assert all(own.files[name] for name in own.files)


def test_in_an_empty_folder(own: Carried, tmp_path: Path) -> None:
    """``python -m yearbook verify`` needs nothing but the file and the installed tool."""
    (tmp_path / "alone.pdf").write_bytes(own.content)
    command = [sys.executable, "-m", "yearbook", "verify", "alone.pdf"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"alone.pdf: \d+ pages and the data within agree", done.stdout)
    assert [path.name for path in tmp_path.iterdir()] == ["alone.pdf"]


def test_exit_codes(own: Carried, tmp_path: Path) -> None:
    """0 for a true file, 1 with findings for a forged one, 2 for none of ours."""
    forged = forge.reattached(own.content, {f"{SLUG}.visits.csv": b"id\r\n"})
    for name, content in (("true", own.content), ("forged", forged)):
        (tmp_path / f"{name}.pdf").write_bytes(content)
    done = CliRunner().invoke(main, ["verify", str(tmp_path / "true.pdf")])
    assert done.exit_code == 0
    done = CliRunner().invoke(main, ["verify", str(tmp_path / "forged.pdf")])
    assert done.exit_code == 1
    assert "forged.pdf: does not agree with itself" in done.output
    done = CliRunner().invoke(main, ["verify", str(ROOT / "README.md")])
    assert done.exit_code == 2
    assert "不是可读的PDF" in done.output
