"""Settings: each fault with its line and what to write instead."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.edits import bilingual
from yearbook.model import Place, Text
from yearbook.settings import SettingsError, parse, spot


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("a = 1\nb = \n", "x.toml:2:5", "straight quotation marks"),
        ("a = 1\nb = “年鉴”\n", "x.toml:2:5", "instead of “"),
        ("a ＝ 1\n", "x.toml:1:3", "instead of ＝"),
        ('a = "1\n', "x.toml:1:7", "straight quotation marks"),
        ("a = 1\na = 2\n", "x.toml:2:6", "straight quotation marks"),
        ("[a\n", "x.toml:1:3", "straight quotation marks"),
        ("data_year = 2010年\n", "x.toml:1:17", "end the line after the value: data_year = 2010"),
        ('a = """x\n', "x.toml:1:1", "straight quotation marks"),
    ],
)
def test_fault(text: str, place: str, hint: str) -> None:
    """A line that is no setting is named, with what to write; Chinese holds no raw English."""
    with pytest.raises(SettingsError) as raised:
        parse("x.toml", text.encode())
    assert str(raised.value.place) == place
    assert hint in raised.value.hint.en
    assert bilingual(raised.value.what)
    assert bilingual(raised.value.hint)
    assert not any(word in raised.value.what.zh for word in ("Invalid", "Expected", "line"))


def test_after_a_value() -> None:
    """What follows a value is told as that, not as a missing quotation mark."""
    with pytest.raises(SettingsError) as raised:
        parse("x.toml", "data_year = 2010年\n".encode())
    assert raised.value.what == Text(
        "after the value of a setting nothing may follow", "值之后不能再有其他内容"
    )
    assert raised.value.hint.zh == "该行到值为止，请写作：data_year = 2010"


def test_a_curly_mark_is_not_put_in_curly_marks() -> None:
    """The sign to be replaced stands alone in the Chinese hint."""
    with pytest.raises(SettingsError) as raised:
        parse("x.toml", "b = “年鉴”\n".encode())
    assert raised.value.hint.zh.startswith("请将 “ 改为")


def test_encoding() -> None:
    """Bytes that are no UTF-8 are named with their place."""
    with pytest.raises(SettingsError) as raised:
        parse("x.toml", b"a = 1\nb = '\xff'\n")
    assert str(raised.value.place) == "x.toml:2:6"


def test_mark() -> None:
    """The mark of UTF-8 that WPS writes does no harm."""
    assert parse("x.toml", b"\xef\xbb\xbfa = 1\n") == {"a": 1}


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_never_raises_anything_else(content: bytes) -> None:
    """Whatever a file holds, it gives settings or a fault."""
    with suppress(SettingsError):
        parse("x.toml", content)


def test_deep() -> None:
    """Brackets in brackets without end are a fault of the file, not of ours."""
    with pytest.raises(SettingsError, match="nested"):
        parse("x.toml", b"a = " + b"[" * 5000)


BOOK = b'a = 1\n\n[[chapter]]\nslug = "x"\n\n[[chapter]]\n  slug = "y"\n[limits]\nseconds = 0\n'


@pytest.mark.parametrize(
    ("name", "table", "place"),
    [
        ("a", ("", 0), Place("b", 1, 1)),
        ("slug", ("chapter", 0), Place("b", 4, 1)),
        ("slug", ("chapter", 1), Place("b", 7, 3)),
        ("title", ("chapter", 1), Place("b", 6, 1)),
        ("slug", ("", 0), Place("b")),
        ("seconds", ("limits", 0), Place("b", 9, 1)),
    ],
)
def test_spot(name: str, table: tuple[str, int], place: Place) -> None:
    """A setting is at its line; a missing one at the head of its table, or in the file."""
    assert spot("b", BOOK, name, table) == place
