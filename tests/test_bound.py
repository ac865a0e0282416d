"""A printed table is bounded by what tables.csv says, never by a silent cut."""

from dataclasses import replace

import pytest

from tests.test_table import BOTH, book, make
from yearbook.accounting.derived import expected
from yearbook.book import TableKind, TableSpec
from yearbook.bound import SENSIBLE, size
from yearbook.lexer import read
from yearbook.model import Language, Place, Text
from yearbook.provenance import origin
from yearbook.records import Records, UnknownError
from yearbook.specimen import entry, fact

MANY = tuple(fact(f"a{number}", number) for number in range(SENSIBLE + 1))


def test_too_many_rows() -> None:
    """A long table is refused until somebody says how many rows are to be printed."""
    with pytest.raises(UnknownError, match="would have 501 rows; without a limit 500") as caught:
        make(book(*MANY))
    assert "limit" in caught.value.hint.en
    assert "limit" in caught.value.hint.zh
    assert len(make(book(*MANY[1:])).rows) == SENSIBLE


def _limited(limit: int, **parts: object) -> Records:
    spec = TableSpec(
        "t",
        parts.get("kind", TableKind.INDICATORS),  # type: ignore[arg-type]
        str(parts.get("data", "people")),
        (),
        (),
        Text("", ""),
        Text("", ""),
        Place("t.csv"),
        limit,
    )
    made = book(*MANY[:5])
    lists = {
        "posts": tuple(entry(f"p{number}", place="370523", source="gb") for number in range(4))
    }
    return replace(made, chapter=replace(made.chapter, tables=(spec,), lists=lists))


def test_a_limit_is_told() -> None:
    """With a limit the table shows so many rows and says, in both languages, of how many."""
    made = make(_limited(2), BOTH, limit=2)
    assert [row.cells[-1].fact for row in made.rows] == ["a0", "a1"]
    (_, en), (_, zh) = made.note
    assert en.striptags() == "The table shows 2 of 5 rows."
    assert zh.striptags() == "本表列出2行，原表共5行。"
    assert made.csv.count(b"\r\n") == 3
    assert make(_limited(5), limit=5).note == ()


def test_a_limit_stands_before_the_note() -> None:
    """What the editor wrote follows."""
    ((_, note),) = make(_limited(2), limit=2, note=Text("So it is.", "如此。")).note
    assert note.striptags() == "The table shows 2 of 5 rows. So it is."


def test_lists() -> None:
    """A list is bounded as figures are."""
    of = _limited(3, kind=TableKind.LIST, data="posts")
    assert size("t", of) == (3, 4)
    with pytest.raises(UnknownError, match='no table is called "x"'):
        size("x", of)


def test_two_dimensions_are_never_cut() -> None:
    """The rows of a pivot belong to one whole."""
    facts = [replace(each, dimensions={"rank": each.id, "scope": "all"}) for each in MANY[:3]]
    with pytest.raises(UnknownError, match="cannot be cut"):
        make(book(*facts), limit=2, kind=TableKind.PIVOT, rows=("rank",), columns=("scope",))


def test_the_numbers_are_bound() -> None:
    """Both numbers read back in both languages, and say what they count."""
    of = _limited(2)
    for words, language in zip(
        ("The table shows 2 of 5 rows.", "本表列出2行，原表共5行。"), Language, strict=True
    ):
        said = [numeral for numeral in read(words, language) if numeral.value is not None]
        for numeral, source in zip(said, ("shown(t)", "rows(t)"), strict=True):
            assert expected(of, source).says(numeral, language)
            assert origin(source, "", of).formula.en
