"""A proposed value in its cell."""

import pytest

from yearbook.finding import Finding, Severity, Suspect
from yearbook.mend import ChangedError, mended, proposals
from yearbook.model import Place, Text

SHEET = 'id,value,note\r\na,105,"x, y"\r\nb,"72,000",\r\nc,7\u2028,\r\n'


@pytest.mark.parametrize(
    ("place", "old", "new", "wanted"),
    [
        (Place("x.csv", 2, 3, "B2"), "105", "101", SHEET.replace("105", "101")),
        (Place("x.csv", 3, 3, "B3"), "72000", "75000", SHEET.replace('"72,000"', "75000")),
    ],
)
def test_mended(place: Place, old: str, new: str, wanted: str) -> None:
    """Only the cell changes: line ends, marks and everything else stay."""
    assert mended(SHEET, place, old, new) == wanted


@pytest.mark.parametrize(
    "place",
    [Place("x.csv", 2, 1), Place("x.csv", 3, 3), Place("x.csv", 99, 1), Place("x.csv", 2, 99)],
)
def test_changed(place: Place) -> None:
    """A cell that holds something else is left alone."""
    with pytest.raises(ChangedError, match="does not hold 105"):
        mended(SHEET, place, "105", "101")


def test_proposals() -> None:
    """Only findings that fail propose; without place or another value there is nothing to do."""
    cell = Place("x.csv", 2, 3, "B2")

    def found(severity: Severity, *suspects: Suspect, waived: Text | None = None) -> Finding:
        none = Text("", "")
        return Finding("sum", severity, cell, none, none, waived=waived, suspects=suspects)

    right = Suspect(cell, "a", "105", "101")
    told = proposals(
        [
            found(Severity.INFORMATION, Suspect(cell, "i", "1", "2")),
            found(Severity.ERROR, Suspect(cell, "w", "1", "2"), waived=Text("known", "已知")),
            found(Severity.ERROR, Suspect(cell, "n", "1"), Suspect(cell, "s", "1", "1"), right),
            found(Severity.ERROR, Suspect(Place("x.csv"), "p", "1", "2"), right),
        ]
    )
    assert [each.suspect for each in told] == [right]
