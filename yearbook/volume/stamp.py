"""Numbers of pages that are only known when a volume is bound: found where a page prints them,
and written anew in their place, with the glyphs and at the edge of the old one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_SHOWN = re.compile(
    rb"BT\n1 0 0 -1 (-?[\d.]+) (-?[\d.]+) Tm\n(/(\S+) ([\d.]+)) Tf\n\[([^\]]*)\] TJ\nET"
)
_CODES = re.compile(rb"<([0-9a-fA-F]+)>")
_MARK = re.compile(rb"/Span\n<</MCID (\d+)>>\nBDC\n")
_MIDDLE = 0.1
"""Of the width of a page: a number so near to its middle is centred."""
LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Digits:
    """A font as numbers are set in it: the text of each code, and the width of a digit in
    thousandths of the size."""

    texts: Mapping[str, str]
    width: float

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the digits 0 to 9; none for a digit that the font does not have."""
        found = {text: code for code, text in self.texts.items()}
        return tuple(found.get(str(digit), "") for digit in range(10))


@dataclass(frozen=True, slots=True)
class Piece:
    """A number to be set: what stands before it in its stream, where it stood and how wide it was,
    which part of that width stays in its place, its font and size, the width and codes of digits.
    """

    before: str
    x: float
    y: str
    face: str
    width: float
    share: float
    advance: float
    codes: tuple[str, ...]

    def stamped(self, number: str) -> str:
        """The number as it is shown.

        >>> piece = Piece("", 100.0, "9", "/A 12", 6.0, RIGHT, 6.0, ("0010", "0011", "0012"))
        >>> piece.stamped("12")
        'BT\\n1 0 0 -1 94 9 Tm\\n/A 12 Tf\\n[<0011><0012>] TJ\\nET'
        """
        x = self.x + (self.width - len(number) * self.advance) * self.share
        shown = "".join(f"<{self.codes[int(digit)]}>" for digit in number)
        at = f"{x:.6f}".rstrip("0").rstrip(".")
        return f"BT\n1 0 0 -1 {at} {self.y} Tm\n{self.face} Tf\n[{shown}] TJ\nET"


@dataclass(frozen=True, slots=True)
class Spot:
    """A number as a page shows it: where in the stream it begins and ends, its marked content and
    where that begins and ends, and the piece that sets another in its place."""

    begin: int
    end: int
    marked: int
    within: tuple[int, int]
    piece: Piece


def spots(content: bytes, wanted: str, fonts: Mapping[str, Digits]) -> Iterator[Spot]:
    """Every text of a page that is this number and nothing else."""
    for found in _SHOWN.finditer(content):
        font = fonts.get(found[4].decode("latin-1"))
        if font is None or not (codes := _CODES.findall(found[6])):
            continue
        said = b"".join(codes).decode().lower()
        parts = [said[at : at + 4] for at in range(0, len(said), 4)]
        if "".join(font.texts.get(code, "") for code in parts) != wanted:
            continue
        begun = list(_MARK.finditer(content, 0, found.start()))
        mark = begun[-1] if begun else None
        ends = content.find(b"EMC", found.end())
        advance = font.width * float(found[5]) / 1000
        piece = Piece(
            "",
            float(found[1]),
            found[2].decode(),
            found[3].decode("latin-1"),
            len(parts) * advance,
            RIGHT,
            advance,
            font.codes,
        )
        yield Spot(
            found.start(),
            found.end(),
            int(mark[1]) if mark else -1,
            (mark.start() if mark else found.start(), ends + 3),
            piece,
        )


def side(piece: Piece, width: float) -> float:
    """Which part of a number stays where it is: its middle at the middle of a page of this width,
    else the edge that is nearer to that of the paper.

    >>> piece = Piece("", 700.0, "9", "/A 12", 6.0, RIGHT, 6.0, ())
    >>> side(piece, 793.7), side(piece, 1406.0), side(piece, 2000.0)
    (1.0, 0.5, 0.0)
    """
    off = (piece.x + piece.width / 2) / width - 0.5
    if abs(off) < _MIDDLE:
        return CENTRE
    return RIGHT if off > 0 else LEFT
