"""English names of places: of the right province, of one place, without numbers."""

import pytest

from yearbook.checks.gazetteer import revision
from yearbook.checks.place_names import PROVINCES, check
from yearbook.finding import Severity
from yearbook.model import Text
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.records import Records
from yearbook.specimen import records


def told(*places: tuple[str, str, str]) -> list[str]:
    """What is said of places given as code, English and Chinese name."""
    made = records(divisions={code: Text(en, zh) for code, en, zh in places})
    return [one.what.en for one in check(made)]


def test_of_the_book(project: Snapshot) -> None:
    """The names of this book are right."""
    book = read(project).book
    assert list(check(Records(book, book.chapters[0]))) == []


def test_provinces() -> None:
    """Every province-level division of GB/T 2260 has its English name."""
    codes = {code[:2] for code in revision(2010) if code.endswith("0000")}
    assert codes == set(PROVINCES)


@pytest.mark.parametrize(
    ("place", "what"),
    [
        (("370000", "Hunan", "山东省"), "370000 山东省 is Shandong, not Hunan"),
        (("360830", "Yongxin City", "永新县"), '"Yongxin City" calls 永新县 a City'),
        (
            ("360830", "Yongxin County of four people", "永新县"),
            'the name "Yongxin County of four people" holds a number: four',
        ),
    ],
)
def test_wrong(place: tuple[str, str, str], what: str) -> None:
    """Another province, another kind of place, or a number in its name."""
    assert told(place) == [what]


def test_right() -> None:
    """Longer forms of a province, and names without the kind of place, are right."""
    assert told(("540000", "Xizang Autonomous Region", "西藏自治区")) == []
    assert told(("511900", "Bazhong", "巴中市"), ("522400", "Bijie", "毕节地区")) == []


def test_one_name_for_two() -> None:
    """Of one province an error; elsewhere counties may be called alike, so a warning."""
    wei, other = ("130434", "Wei County", "魏县"), ("360830", "Wei County", "永新县")
    near = ("130431", "Wei County", "鸡泽县")
    for second, severity in ((other, Severity.WARNING), (near, Severity.ERROR)):
        made = records(divisions={code: Text(en, zh) for code, en, zh in (wei, second)})
        (found,) = check(made)
        assert found.severity is severity
        assert found.what.en == '"Wei County" is also the name of 130434 魏县'
