"""Encodings: told for certain, or refused."""

import pytest

from tests.edits import bilingual
from yearbook.model import Text
from yearbook.read.encoding import Decoded, Undecodable, _weight, decode
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


AGAIN = Text(
    'open it in the program it came from and save it as "CSV UTF-8"',
    "请用原来的软件打开，另存为“CSV UTF-8”",
)


def refused(content: bytes) -> Undecodable:
    """A file that is refused; every refusal says how to save it."""
    found = decode(content)
    assert isinstance(found, Undecodable), found
    assert found.hint == AGAIN
    return found


@pytest.mark.parametrize(
    ("content", "en", "zh"),
    [
        (b"PK\x03\x04\x14\x00", "an Excel workbook or a zip archive", "Excel工作簿或压缩包"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Excel workbook", "旧版Excel工作簿"),
        (b"%PDF-1.7", "a PDF", "PDF文件"),
        (b"\x1f\x8b\x08", "a gzip archive", "压缩包"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "压缩包"),
        (b"Rar!\x1a\x07", "a rar archive", "压缩包"),
        (b"\x89PNG\r\n", "a picture", "图片"),
        (b"\xff\xd8\xff\xe0", "a picture", "图片"),
        (b"{\\rtf1\\ansi", "a Word document", "Word文档"),
        (b"<!DOCTYPE html>", "a web page", "网页"),
        (b"<html lang='zh'>", "a web page", "网页"),
        (b'<?xml version="1.0"?>', "an XML document", "XML文档"),
    ],
)
def test_other_files(content: bytes, en: str, zh: str) -> None:
    """A file of another kind is called what it is."""
    found = refused(content)
    assert found.byte == 0
    assert found.what == Text(f"this is {en}, not a CSV", f"这是{zh}，不是CSV")


@pytest.mark.parametrize(
    ("encoding", "mark", "told"),
    [
        ("utf-8", b"\xef\xbb\xbf", "UTF-8"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("gb18030", b"\x84\x31\x95\x33", "GB18030"),
    ],
)
def test_marks(encoding: str, mark: bytes, told: str) -> None:
    """A mark tells the encoding and is no text, twice neither; what breaks it is named."""
    text = "id,zh\na,科技\n"
    for marks in (mark, mark + "\ufeff".encode(encoding)):
        assert decode(marks + text.encode(encoding)) == Decoded(text, told, marked=True)
    found = refused(mark + "科".encode(encoding)[:-1])
    assert found.byte == len(mark)
    assert found.what == Text(
        f"byte {len(mark) + 1} is not {told} text; the file is damaged or cut off",
        f"第{len(mark) + 1}个字节不是{told}文字，文件已损坏或不完整",
    )


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be", "utf-32"])
def test_wide(encoding: str) -> None:
    """UTF-32 is named and not read."""
    content = ("" if encoding == "utf-32" else "\ufeff") + "id,zh\na,科技\n"
    assert refused(content.encode(encoding)) == Undecodable(
        0, Text("the file is UTF-32 text", "文件是UTF-32编码")
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["id,zh\na,科技\n", "id\n", "标识,数值\n扶贫,1\n", "\nid\n"])
def test_wide_without_a_mark(encoding: str, text: str) -> None:
    """UTF-16 that lost its mark is told by its zeros."""
    assert decode(text.encode(encoding)) == Decoded(text, "UTF-16")


@pytest.mark.parametrize(
    ("content", "byte"),
    [
        (b"id,value\na,\0\nb,and more\n", 11),
        (b"\0" * 40, 0),
        (b"id\0\0\0\0,value", 2),
        (b"a\0b\0" + b"c" * 80, 1),
        ("\u0f00\u0e01".encode("utf-16-le") + b"\x05\0\x06\0", 0),
    ],
)
def test_zeros(content: bytes, byte: int) -> None:
    """Zeros that make no UTF-16 make no text."""
    found = refused(content)
    assert found.byte == byte
    assert found.what == Text(
        f"byte {byte + 1} is zero: the file is not text", f"第{byte + 1}个字节为零，非文本"
    )


def test_wide_and_cut_off() -> None:
    """UTF-16 without a mark that is cut off is called so, at its byte."""
    found = refused("id,zh\na,b\n".encode("utf-16-le")[:-1])
    assert found.byte == 18
    assert found.what.en == "byte 19 is not UTF-16 text; the file is damaged or cut off"


@pytest.mark.parametrize(
    ("text", "encoding", "en", "zh"),
    [
        ("農業統計資料", "big5", "Big5", "Big5"),
        ("日本語の表です", "shift_jis", "Shift-JIS", "Shift-JIS"),
        ("대한민국 통계 자료", "euc_kr", "EUC-KR", "EUC-KR"),
    ],
)
def test_rivals(text: str, encoding: str, en: str, zh: str) -> None:
    """Another encoding of the East is named, at its first byte that is no ASCII."""
    found = refused(f"id,zh\na,{text}\n".encode(encoding))
    assert found.byte == 8
    assert found.what == Text(
        f"the file seems to be {en}, which is not read", f"文件似为{zh}编码，不能读取"
    )


@pytest.mark.parametrize(
    ("text", "encoding", "byte"),
    [("année, été", "cp1252", 11), ("省", "gb18030", 8), ("Статистика", "cp1251", 8)],
)
def test_unknown(text: str, encoding: str, byte: int) -> None:
    """What may be this or that is not guessed."""
    found = refused(f"id,zh\na,{text}\n".encode(encoding))
    assert found.byte == byte
    assert found.what == Text(
        f"at byte {byte + 1} the encoding cannot be told",
        f"自第{byte + 1}个字节起无法判断文件的编码",
    )


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("¿Æ¼¼", 0),
        ("x ¿Æ¼¼", 2),
        ("è€\x81å¸ˆ", 0),
        # Half of it common Chinese; a third.
        ("¿Æ°°", 0),
        ("¿Æ°°°°", None),
        # Too short, no bytes of GB2312, signs that stand in right texts, a letter between.
        ("¿Æ", None),
        ("éà", None),
        ("ÿéÿé", None),
        ("±±±±", None),
        ("¿ÆX¼¼", None),
        # One Chinese character, but more than that.
        ("ç§‘é", None),
        # Six bytes of ten, twelve of twenty-two.
        ("绉戞妧丂丂", 0),
        ("绉戞妧鎵惰传丂丂丂丂丂", None),
    ],
)
def test_garbled_or_not(text: str, at: int | None) -> None:
    """Western or rare signs that hide Chinese, and such as do not."""
    garbled = Text(
        "the text is garbled: it was read in a wrong encoding and then saved",
        "文字已成乱码：曾以错误的编码打开后保存",
    )
    assert list(mojibake(text)) == ([] if at is None else [(at, garbled)])


@pytest.mark.parametrize(
    ("chinese", "after", "garbled"),
    [
        # Half of it common, a third; as many common signs as it hides, one less.
        ("科鞍", "", True),
        ("科鞍鞍科鞍鞍", "", False),
        ("科技", "的的", False),
        ("科技", "的", True),
    ],
)
def test_how_common(chinese: str, after: str, garbled: bool) -> None:
    """What a wrong encoding made of Chinese is told by how common it is in the right one."""
    assert bool(list(mojibake(chinese.encode().decode("gb18030") + after))) == garbled


@pytest.mark.parametrize("sign", ["の", "タ", "ㄅ"])
def test_signs_of_others(sign: str) -> None:
    """One sign that no Chinese table has makes the encoding doubtful."""
    assert isinstance(decode("id,zh\na,科技扶贫人员\n".encode("gb18030")), Decoded)
    doubtful = decode(f"id,zh\na,科技扶贫人员{sign}\n".encode("gb18030"))
    assert isinstance(doubtful, Undecodable)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("科技扶贫人员的在不,", True),
        ("科技扶贫人员的在不,科", False),
        ("科技扶贫人员的在不科,科技扶贫人员的在不,", False),
        # As common as Chinese is at least, and a little less; a header of rare signs.
        ("科鞍,", True),
        ("科科鞍鞍鞍,", False),
        ("丂丄,丂丄,", False),
        # More than four times as many in one half of the bytes as in the other.
        ("abcd一", False),
        ("abcde一", True),
    ],
)
def test_few_zeros(text: str, read: bool) -> None:
    """Text of two bytes a character has a zero among twenty bytes at least, and is Chinese."""
    assert isinstance(decode(text.encode("utf-16-le")), Decoded) == read


@pytest.mark.parametrize("mark", ["\x01", "\ue000", "鎵惰传涓枃"])
def test_illegible_gb18030(mark: str) -> None:
    """GB18030 with signs that no text has, or garbled text, is told as damaged."""
    content = f"id,zh\na,科技扶贫,{mark}\n".encode("gb18030")
    assert refused(content).what == Text(
        "byte 9 is not UTF-8 text; the file is damaged or cut off",
        "第9个字节不是UTF-8文字，文件已损坏或不完整",
    )


def test_just_likely() -> None:
    """Text that is as common as Chinese is at least is read as GB18030."""
    assert isinstance(decode("id,zh\na,科鞍\n".encode("gb18030")), Decoded)
    assert isinstance(decode("id,zh\na,科鞍鞍\n".encode("gb18030")), Undecodable)


def test_rival_of_nothing() -> None:
    """What is no GB18030 at all may still be read as another encoding."""
    assert refused("id,zh\na,日本語統計ｱ\n".encode("shift_jis")).what == Text(
        "the file seems to be Shift-JIS, which is not read",
        "文件似为Shift-JIS编码，不能读取",
    )


@pytest.mark.parametrize(
    ("signs", "weight"),
    [
        # Common Chinese, Korean, signs of no Chinese table.
        *(("科", 1.0), ("가", 0.5), ("힣", 0.5), ("丂", -0.5), ("の", 0.1), ("ㄅ", 0.1)),
        # By the rows of GB2312: signs, Greek and frames, level 1 and 2.
        *(("〓", 0.9), ("¨", 0.9), ("Ａ", 0.9), ("α", -0.2), ("─", -0.2)),
        *(("鞍", 0.2), ("鬃", 0.2), ("亍", 0.1)),
    ],
)
def test_weight(signs: str, weight: float) -> None:
    """How common one character is among Chinese."""
    assert _weight(f"id,{signs},1") == weight


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        # 省, and 省矢: just as common as Chinese is at least.
        *(("ʡ", False), ("ʡʸ", False), ("ʡ1", False)),
        # Beside a letter, beside Chinese in UTF-8 it is what it says.
        *(("Aʡ", True), ("aʡ", True), ("ʡA", True), ("ʡz", True), ("éʡ", True)),
        ("ʡ,ʡ,ʡ,ʡ,年年", True),
    ],
)
def test_may_be_either(cell: str, read: bool) -> None:
    """A few signs that are UTF-8 and GB18030 alike are refused where both make sense."""
    content = f"id,zh\na,{cell}\n".encode()
    made = decode(content)
    if read:
        assert made == Decoded(content.decode(), "UTF-8")
    else:
        assert isinstance(made, Undecodable)
        assert made.byte == 8
