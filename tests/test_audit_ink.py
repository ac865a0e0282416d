"""What is read on a page and not seen on it, by whatever trick, is named with its page."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tests import forge
from yearbook.audit import ink, runs
from yearbook.model import Edition
from yearbook.verify import verify

AT = 4
Change = Callable[[pikepdf.Pdf], None]


def forged(change: Change) -> bytes:
    """The English edition after a change."""
    with pikepdf.open(BytesIO(forge.finished(Edition.EN).pdf)) as pdf:
        change(pdf)
        return forge.saved(pdf)


def around(before: bytes, after: bytes = b"") -> Change:
    """Operators before and after the content of the fifth page."""

    def change(pdf: pikepdf.Pdf) -> None:
        leaf = pdf.pages[AT]
        leaf.Contents = pdf.make_stream(
            before + b" q " + leaf.Contents.read_bytes() + b" Q " + after
        )

    return change


def digit() -> tuple[float, float, float, float]:
    """The box of the run on the fifth page that is the shortest number."""
    shown = runs.read(forge.finished(Edition.EN).pdf).runs
    numbers = [one for one in shown if one.page == AT + 1 and one.text.strip().isdigit()]
    return min(numbers, key=lambda one: len(one.text)).box


def state(**parts: Any) -> Change:
    """A graphics state for the whole page."""

    def change(pdf: pikepdf.Pdf) -> None:
        leaf = pdf.pages[AT]
        made = {f"/{name}": value for name, value in parts.items()}
        leaf.Resources = pikepdf.Dictionary(dict(leaf.Resources.items()))
        old = leaf.Resources.ExtGState
        states = {
            name: pikepdf.Dictionary({**dict(held.items()), **made}) for name, held in old.items()
        }
        leaf.Resources.ExtGState = pikepdf.Dictionary({**states, "/GX": pikepdf.Dictionary(made)})
        around(b"/GX gs")(pdf)

    return change


def soft_mask(pdf: pikepdf.Pdf) -> None:
    """A mask that lets nothing through."""
    group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceGray)
    form = pdf.make_stream(
        b"0 g 0 0 999 999 re f",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 999, 999],
        Group=group,
    )
    mask = pikepdf.Dictionary(Type=pikepdf.Name.Mask, S=pikepdf.Name.Luminosity, G=form)
    state(SMask=mask)(pdf)


def optional(pdf: pikepdf.Pdf) -> None:
    """A layer that is switched off."""
    group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="x"))
    off = pikepdf.Dictionary(OFF=[group], Order=[group])
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=off)
    pdf.pages[AT].Resources.Properties = pikepdf.Dictionary(O1=group)
    around(b"/OC /O1 BDC", b"EMC")(pdf)


def shading(pdf: pikepdf.Pdf) -> None:
    """A white shading over the page, which is no shape."""
    white = pikepdf.Dictionary(
        FunctionType=2, Domain=[0, 1], N=1, C0=pikepdf.Array([1]), C1=pikepdf.Array([1])
    )
    pdf.pages[AT].Resources.Shading = pikepdf.Dictionary(
        S1=pikepdf.Dictionary(
            ShadingType=2,
            ColorSpace=pikepdf.Name.DeviceGray,
            Coords=[0, 0, 1, 0],
            Extend=[True, True],
            Function=white,
        )
    )
    around(b"", b"/S1 sh")(pdf)


def stroke(pdf: pikepdf.Pdf) -> None:
    """A stroke through a digit."""
    left, bottom, right, top = digit()
    middle = (left + right) / 2
    around(b"", f"q 0 g {middle} {bottom} 0.8 {top - bottom} re f Q".encode())(pdf)


CHANGES = (
    around(b"0 0 1 1 re W n"),
    around(b"0 0 m 9 0 l 9 900 l h W n"),
    around(b"3 Tr"),
    around(b"", b"1 g 0 0 999 999 re f"),
    state(ca=0),
    soft_mask,
    optional,
    shading,
    stroke,
)


@pytest.mark.parametrize("change", CHANGES)
def test_not_seen(change: Change) -> None:
    """A letter that leaves no ink, or has other strokes within it, is named with its page."""
    found = list(ink.hidden(forged(change), {}))
    assert {number for number, _ in found} == {AT + 1}


@pytest.mark.parametrize("edition", list(Edition))
def test_seen(edition: Edition) -> None:
    """Of finished editions nothing is said, however pale, small or thin their letters are."""
    assert list(ink.hidden(forge.finished(edition).pdf)) == []


def test_first_digit_cut_off() -> None:
    """A clip that leaves the last digits of a number is named, and so is one that is no box."""
    left = digit()[0]
    for window in (
        f"{left + 2} 0 m 600 0 l 600 900 l {left + 2} 900 l h W n",
        "0 0 m 600 0 l 600 900 l 0 899 l h W n",
    ):
        strange = runs.read(forged(around(window.encode()))).strangers
        assert any("cut off" in what for _, what in strange), window


def test_verified() -> None:
    """Verify looks at the ink, too."""
    said = [one.what.en for one in verify("x.pdf", forged(shading)).findings]
    assert any(f"page {AT + 1} has" in what and "not to be seen" in what for what in said)
