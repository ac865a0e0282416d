"""Attachments changed by a hand that makes their digests agree: what the pages print tells."""

from dataclasses import replace

import pytest

from tests import forge
from tests.edits import SLUG
from yearbook.audit import facts, proof, remade
from yearbook.finding import failing
from yearbook.model import Edition
from yearbook.verify import Carried, carried, enclosed_sheet, judged

UNPRINTED = (
    (f"{SLUG}.dispatch.csv", "groups of 437 people", "groups of 437 bribed people"),
    (f"{SLUG}.dispatch.csv", "groups of 437 people", ""),
    (f"{SLUG}.dispatch.csv", "most-2010,", "most-2010,as told"),
    ("units.csv", "person,count,person,people,人", "person,count,person,farmers,人"),
    (f"{SLUG}.rules.csv", ">= wenchuan_farmers_trained", ">= 0"),
)
"""An attachment, what stood there, what stands there now: no page prints it."""
PRINTED = (
    (f"{SLUG}.codes.csv", "Farmers trained", "Farmers dismissed", 'instead of "Farmers dismissed'),
    (f"{SLUG}.tables.csv", "The year at a glance", "The year in brief", "The year in brief"),
    (
        f"{SLUG}.tables.csv",
        "field_research dispatched",
        "dispatched field_research",
        "instead of",
    ),
    (f"{SLUG}.charts.csv", "Each square is a person", "A square is a person", "A square is"),
    (f"{SLUG}.exceptions.csv", "The source places", "Nobody places", 'instead of "Nobody places'),
    ("sources.csv", "Ministry of Science and Technology, report", "A report", '"A report'),
    ("book.toml", "Editorial Office of the Yearbook", "The World Bank", "The World Bank"),
    ("literals.csv", "GB/T 2260", "GB/T 2261", "instead of"),
)
"""An attachment, what stood there, what stands there now, and what verify says of it."""


def reattached(own: Carried, name: str, before: str, after: str) -> Carried:
    """The file with a changed attachment, and all digests inside of it to suit."""
    old = own.files[name].decode()
    assert before in old, (name, before)
    changes = forge.agreeing(own.files, {name: old.replace(before, after, 1).encode()})
    return replace(own, files={**own.files, **changes})


def said(own: Carried) -> list[str]:
    """What verify says of a file."""
    return [finding.what.en for finding in failing(judged("x.pdf", own).findings)]


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize(("name", "before", "after"), UNPRINTED)
def test_unprinted(own: Carried, name: str, before: str, after: str) -> None:
    """What no page prints is bound by the digest that they print, named with its page."""
    found = said(reattached(own, name, before, after))
    assert ["digest printed on the pages" in what for what in found] == [True], found


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize(("name", "before", "after", "words"), PRINTED)
def test_printed(own: Carried, name: str, before: str, after: str, words: str) -> None:
    """What the pages print in words is made again and named, with the page it stands on."""
    found = said(reattached(own, name, before, after))
    assert any("digest printed on the pages" in what for what in found)
    told = [what for what in found if words in what]
    assert told, found
    assert all(what.startswith("page ") for what in told), told


@pytest.mark.parametrize("edition", list(Edition))
def test_true(edition: Edition) -> None:
    """The words of finished editions are those of the records, and their digest is."""
    content = forge.finished(edition).pdf
    sheet = enclosed_sheet(content)
    assert list(remade.remade(sheet.items, sheet.ledger.records, edition)) == []
    own = carried(content)
    behind = {n: held for n, held in own.files.items() if n not in (facts.NAME, proof.NAME)}
    printed = [item for item in sheet.items if proof.seal(behind) in item.words]
    assert len(printed) == len(edition.languages)


def test_labels_exchanged() -> None:
    """The labels of two rows that change places are both named, beside whichever figures."""
    sheet = enclosed_sheet(forge.finished(Edition.ZH).pdf)
    items = list(sheet.items)
    cells = [at for at, item in enumerate(items) if item.anchor == "table-training"]
    one, two = [at for at in cells if items[at].words.startswith("远程")][:2]
    items[one], items[two] = items[two], items[one]
    found = dict(remade.remade(items, sheet.ledger.records, Edition.ZH))
    assert {one, two} <= set(found)
