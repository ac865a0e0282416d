"""Files broken by hand: verify names what is wrong with them and never fails itself."""

import random
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tests import forge
from tests.edits import SLUG
from yearbook.audit import facts
from yearbook.finding import failing
from yearbook.model import Edition
from yearbook.verify import Carried, NoProofError, judged, verify

ODD: tuple[Any, ...] = (None, "x", 3, -1.5, [], [3], {}, {"x": None}, True, "9" * 50)
EDITS = 40
"""Random edits of facts.json; a quarter as many of objects of the PDF."""


def restated(own: Carried, stated: Any) -> Carried:
    """The file with another facts.json, whose digest agrees."""
    new = forge.agreeing(own.files, {facts.NAME: facts.written(stated)})
    return replace(own, files={**own.files, **new}, stated=stated)


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize("part", ["facts", "others"])
def test_parts_of_the_facts(own: Carried, part: str) -> None:
    """A part of facts.json that is missing or something else is named."""
    rest = {name: held for name, held in own.stated.items() if name != part}
    for stated in (rest, *({**own.stated, part: odd} for odd in ODD)):
        found = failing(judged("x.pdf", restated(own, stated)).findings)
        assert any(finding.rule == "audit" for finding in found), stated.get(part)
    mixed = {**own.stated, part: [*own.stated[part], 3]}
    found = failing(judged("x.pdf", restated(own, mixed)).findings)
    assert [one.what.en for one in found] == [f"{part} of facts.json cannot be read"]


@pytest.mark.usefixtures("once")
def test_other_year(own: Carried) -> None:
    """A book whose year of the data was changed is named: its figures are of no year."""
    book = own.files["book.toml"].replace(b"data_year = 2010", b"data_year = 2011")
    assert book != own.files["book.toml"]
    forged = replace(own, files={**own.files, **forge.agreeing(own.files, {"book.toml": book})})
    assert failing(judged("x.pdf", forged).findings)


def test_unknown_edition(own: Carried) -> None:
    """Facts of an edition that does not exist are no facts."""
    for odd in (None, "fr", [1]):
        with pytest.raises(facts.FormatError):
            facts.head({**own.stated, "edition": odd})


def leaves(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a JSON text: what holds it, and its name or number there."""
    places = node.items() if isinstance(node, dict) else enumerate(node)
    for name, held in places:
        yield node, name
        if isinstance(held, dict | list):
            yield from leaves(held)


@pytest.mark.usefixtures("once")
def test_random_facts(own: Carried) -> None:
    """Whatever stands anywhere in facts.json, verify answers."""
    chance = random.Random(1)  # noqa: S311
    kinds = [name for name in own.stated if name in ("facts", "others", "texts")]
    for _ in range(EDITS):
        name = chance.choice(kinds)
        part = deepcopy(own.stated[name])
        place, at = chance.choice(list(leaves(part[: chance.randrange(1, len(part))])))
        place[at] = chance.choice(ODD)
        answered(restated(own, {**own.stated, name: part}))


def answered(own: Carried) -> None:
    """Verify comes to an end with an answer or the word that there is no proof."""
    with suppress(NoProofError):
        assert judged("x.pdf", own).lines("x.pdf")


def objects(pdf: pikepdf.Pdf) -> list[Any]:
    """What can be changed in a PDF: its dictionaries and the dictionaries of its streams."""
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]


def test_random_objects() -> None:
    """Whatever object of the PDF is put in the place of another, verify answers."""
    content = forge.finished(Edition.EN).pdf
    chance = random.Random(2)  # noqa: S311
    odd = (3, "x", pikepdf.Name.Nope, pikepdf.Array([1, 2]), pikepdf.Dictionary(A=1), None)
    for _ in range(EDITS // 4):
        with pikepdf.open(BytesIO(content)) as pdf:
            node = chance.choice(objects(pdf))
            names = [name for name in node if name != "/Length"]
            if not names:
                continue
            node[chance.choice(names)] = pikepdf.Array([chance.choice(odd)])
            forged = forge.saved(pdf)
        with suppress(NoProofError):
            assert verify("x.pdf", forged).lines("x.pdf")


@pytest.mark.parametrize("words", [b"/Nope 9 Tf", b"/Nope Do", b"(a) Tf", b"Tf"])
def test_unknown_names(words: bytes) -> None:
    """A font or a form that the page does not have is named, not raised."""
    with pikepdf.open(BytesIO(forge.finished(Edition.EN).pdf)) as pdf:
        pdf.pages[4].contents_add(b"q BT " + words + b" ET Q")
        forged = forge.saved(pdf)
    assert failing(verify("x.pdf", forged).findings)


def test_odd_annotations() -> None:
    """Numbers in the place of annotations are named."""
    with pikepdf.open(BytesIO(forge.finished(Edition.EN).pdf)) as pdf:
        pdf.pages[4].obj.Annots = pikepdf.Array([3])
        forged = forge.saved(pdf)
    assert failing(verify("x.pdf", forged).findings)


def test_form_in_itself() -> None:
    """A drawing that draws itself is named."""
    with pikepdf.open(BytesIO(forge.finished(Edition.EN).pdf)) as pdf:
        form = pdf.make_stream(b"/Me Do /Me Do", Type=pikepdf.Name.XObject)
        form.Subtype = pikepdf.Name.Form
        form.BBox = pikepdf.Array([0, 0, 9, 9])
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Me=form))
        leaf = pdf.pages[4]
        leaf.add_resource(form, pikepdf.Name.XObject, pikepdf.Name.Me)
        leaf.contents_add(b"/Me Do")
        forged = forge.saved(pdf)
    found = failing(verify("x.pdf", forged).findings)
    assert any("draws itself" in finding.what.en for finding in found)


@pytest.mark.usefixtures("once")
def test_waiver_between_chapters(own: Carried) -> None:
    """A waiver that lets another chapter tell a fact otherwise is not called stale: that chapter
    is not in the file. One that is stale by itself is."""
    name = f"{SLUG}.exceptions.csv"
    words = "the other chapter counts otherwise,口径不同,letter,editor,2011"
    for rule, told in (("twice", 0), ("quote", 1)):
        kept = own.files[name].rstrip() + f"\r\n{rule},dispatched,4,{words}\r\n".encode()
        forged = replace(own, files={**own.files, **forge.agreeing(own.files, {name: kept})})
        found = failing(judged("x.pdf", forged).findings)
        assert sum(one.rule == "waiver" for one in found) == told
