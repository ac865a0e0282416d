"""Forged files: a finished PDF or page with one thing changed by a hand that means harm."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf

from tests.editions import Printed, printed
from tests.edits import ROOT
from yearbook.audit import proof
from yearbook.manifest import digest
from yearbook.model import Edition
from yearbook.read.snapshot import take


@dataclass(frozen=True)
class Spot:
    """A digit that a page shows: the operator, the string of its operand, the byte; its glyph."""

    page: int
    operator: int
    string: int
    byte: int
    font: str
    digit: str


def _codes(font: Any) -> dict[str, int]:
    """The codes of the digits of a font, by its own table."""
    found = {}
    for line in font.ToUnicode.read_bytes().splitlines():
        parts = line.replace(b"<", b"").replace(b">", b"").split()
        if len(parts) == 2 and len(parts[1]) == 4 and line.startswith(b"<"):
            found[chr(int(parts[1], 16))] = int(parts[0], 16)
    return {digit: found[digit] for digit in "0123456789" if digit in found}


def _strings(operands: Any, name: str) -> list[tuple[int, bytes]]:
    texts = operands[0] if name == "TJ" else operands[-1:]
    return [(at, bytes(t)) for at, t in enumerate(texts) if isinstance(t, pikepdf.String)]


def spots(content: bytes) -> Iterator[Spot]:
    """Every digit that the pages show, but for those inside of drawings kept apart."""
    with pikepdf.open(BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages):
            fonts = page.resources.Font
            font, digits = "", dict[int, str]()
            program: Any = pikepdf.parse_content_stream(page)
            for place, (operands, operator) in enumerate(program):
                name = str(operator)
                if name == "Tf":
                    font = str(operands[0])
                    digits = {code: digit for digit, code in _codes(fonts[font]).items()}
                elif name in ("TJ", "Tj"):
                    for at, raw in _strings(operands, name):
                        for byte in range(0, len(raw), 2):
                            code = int.from_bytes(raw[byte : byte + 2])
                            if code in digits:
                                yield Spot(number, place, at, byte, font, digits[code])


def patched(content: bytes, changes: Mapping[Spot, str]) -> bytes:
    """The PDF with other digits in some places, compressed again."""
    with pikepdf.open(BytesIO(content)) as pdf:
        for number in {spot.page for spot in changes}:
            page = pdf.pages[number]
            program: Any = list(pikepdf.parse_content_stream(page))
            for spot, digit in changes.items():
                if spot.page == number:
                    code = _codes(page.resources.Font[spot.font])[digit]
                    program[spot.operator] = shown_as(program[spot.operator], spot, code)
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(program))
        return saved(pdf)


def shown_as(instruction: Any, spot: Spot, code: int) -> tuple[list[Any], Any]:
    """An operator that shows another glyph in the place of a digit."""
    operands, operator = instruction
    texts = list(operands[0]) if str(operator) == "TJ" else list(operands)
    raw = bytearray(bytes(texts[spot.string]))
    raw[spot.byte : spot.byte + 2] = code.to_bytes(2)
    texts[spot.string] = pikepdf.String(bytes(raw))
    return ([pikepdf.Array(texts)], operator) if str(operator) == "TJ" else (texts, operator)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of a changed PDF."""
    out = BytesIO()
    pdf.save(out, compress_streams=True)
    return out.getvalue()


def others(content: bytes, spot: Spot) -> str:
    """Another digit that the font of a place can show."""
    with pikepdf.open(BytesIO(content)) as pdf:
        known = _codes(pdf.pages[spot.page].resources.Font[spot.font])
    return next((digit for digit in "7390182645" if digit != spot.digit and digit in known), "")


def reattached(content: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The PDF with other attachments, or (None) without them."""
    with pikepdf.open(BytesIO(content)) as pdf:
        for name, new in changes.items():
            del pdf.attachments[name]
            if new is not None:
                pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, new, filename=name)
        return saved(pdf)


def agreeing(files: Mapping[str, bytes], changes: Mapping[str, bytes]) -> dict[str, bytes]:
    """Changed attachments, and a proof.json that names their new digests."""
    old = files[proof.NAME].decode()
    for name, new in changes.items():
        old = old.replace(digest(files[name]), digest(new))
    return {**changes, proof.NAME: old.encode()}


@cache
def finished(edition: Edition) -> Printed:
    """An edition of this project as it is published, made once."""
    return printed(take(ROOT), edition)
