"""Encodings: told for certain, or refused."""

import pytest

from tests.edits import bilingual
from yearbook.read.encoding import Decoded, Undecodable, decode
from yearbook.read.garbled import forbidden, mojibake

CHINESE = ["科技扶贫", "备注", "赴贫困地区调研人员", "广饶县", "挂职副县（市）长", "年", "家", "个"]


@pytest.mark.parametrize("text", CHINESE)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16"])
def test_short(text: str, encoding: str) -> None:
    """A single Chinese cell is enough in the usual encodings."""
    content = f"id,zh\na,{text}\n".encode(encoding)
    decoded = decode(content)
    assert isinstance(decoded, Decoded)
    assert decoded.text.endswith(f"a,{text}\n")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("農業統計資料", "big5"),
        ("備註", "big5"),
        ("日本語の表です", "shift_jis"),
        ("대한민국 통계 자료", "euc_kr"),
        ("année, été", "cp1252"),
        ("Статистика", "cp1251"),
        ("省", "gb18030"),
        ("元", "gb18030"),
    ],
)
def test_others(text: str, encoding: str) -> None:
    """Other encodings, and bytes that may be two, are refused with their byte and advice."""
    content = f"id,zh\na,{text}\n".encode(encoding)
    refused = decode(content)
    assert isinstance(refused, Undecodable)
    assert content[refused.byte] > 127
    assert bilingual(refused.what)
    assert "CSV UTF-8" in refused.hint.en


@pytest.mark.parametrize("text", ["café, naïve", "Škoda", "m², 5 °C, ±3", "αβ", "“x” – …", "¥5"])
def test_latin_in_utf8(text: str) -> None:
    """Letters of other alphabets in UTF-8 are what they are."""
    decoded = decode(f"id,en\na,x {text} y\n".encode())
    assert isinstance(decoded, Decoded)
    assert text in decoded.text
    assert not list(mojibake(text))
    assert not list(forbidden(text))


def test_garbled() -> None:
    """Chinese read in a wrong encoding and saved is found; sound Chinese is not."""
    for text in ("科技扶贫", "科技特派员备注"):
        for wrong in ("gb18030", "cp1252", "latin-1"):
            garbled = text.encode().decode(wrong, "ignore")
            assert [*mojibake(garbled), *forbidden(garbled)]
        assert list(mojibake(text.encode("gbk").decode("latin-1")))
        assert not [*mojibake(text), *forbidden(text)]


def test_damaged() -> None:
    """Good UTF-8 up to a broken byte is called damaged at that byte."""
    content = "id,zh\na,科技扶贫\n".encode()
    refused = decode(content[:-2] + b"\xff\n")
    assert isinstance(refused, Undecodable)
    assert "damaged or cut off" in refused.what.en
