"""The contract of the loader as data: what a table may look like, and what must come of it.

Each case is a row of the list in docs/loader.md: a table in which something was done to the plain
one, and either nothing (it reads as the plain one), a rule (read so, with a note) or the refusal:
the rule, the line and the spreadsheet cell, and words of the hint.
"""

from collections.abc import Iterator
from dataclasses import dataclass

HEADER = "id,period,rank,value,unit,qualifier,quote,source,note\n"
FIRST = "sent,2010,total,72000,person,,共派出科技特派员七万二千人,most,备注\n"
SECOND = "share,2010,total,12.5,percent,,“占比为百分之十二点五”,most,\n"
PLAIN = HEADER + FIRST + SECOND
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
HARMLESS = "harmless"


@dataclass(frozen=True, slots=True)
class Case:
    """A table, and what must come of it; ``where`` is ``line`` or ``line cell``."""

    row: int
    content: str | bytes
    rule: str = HARMLESS
    where: str = ""
    hint: str = ""


def first(old: str, new: str) -> str:
    """The plain table with something else in its first row."""
    assert old in FIRST
    return HEADER + FIRST.replace(old, new, 1) + SECOND


def value(typed: str) -> str:
    """The plain table with another value in D2."""
    quoted = f'"{typed}"' if "," in typed or "\n" in typed else typed
    return first("72000", quoted)


def wide(sign: str) -> str:
    """The plain table parted by another sign."""
    return PLAIN.replace(",", sign)


REFUSED_VALUES = (
    (16, ["7,2000", "72.000,5", "72,00", "7 2000"], "digits only"),
    (17, ["7.2万", "7万2千", "七万二千", "72 thousand"], "72000"),
    (17, ["4405万元"], "44050000"),
    (18, ["3000多", ">3000", "3000余", "超过3000"], "3000 and, under qualifier, more_than"),
    (18, ["约3000", "about 3000", "3000左右"], "3000 and, under qualifier, about"),
    (18, ["近3000", "nearly 3000"], "3000 and, under qualifier, nearly"),
    (18, ["至少3000", "≥3000"], "3000 and, under qualifier, at_least"),
    (19, ["12.5%", "１２.５％"], "12.5 with a unit of per cent"),
    (20, ["4.41E+07", "7.2e4"], "all digits"),
    (21, ["######", "#REF!", "#DIV/0!", "#N/A", "#VALUE!"], "type the number itself"),
    (22, ["=SUM(A1:A3)", "=A1+A2"], "type the number it gives"),
    (23, ["", "…", "—", "-", "#", "NA", "n/a", "无"], "delete the row"),
    (25, ["31-Mar", "Mar-10", "3月31日", "2010/12/31", "3/31"], "set it to Text"),
    (33, ["72\n000", "7\n2000"], "on one line"),
    (34, ["(2.1)", "（2.1）"], "-2.1"),
    (35, ["72O00", "72o00"], "72000"),
    (35, ["72l00", "72I00"], "72100"),
    (36, ["437①", "437*", "437[1]", "437²"], "write 437 and put the note"),
)
READ_VALUES = (
    (11, [" 72000 ", "\u00a072000\u3000", "\u200b72000\ufeff", "\t72000"]),
    (12, ["７２０００", "７2０00", "７２，０００"]),
    (15, ["72,000", "72，000", "72 000", "72\u00a0000", "72\u2009000"]),
    (22, ['="72000"', "'72000", '="72,000"']),
)


def cases() -> Iterator[Case]:
    """Every case that is text; each is tried in every encoding."""
    yield Case(1, PLAIN)
    yield from lines()
    for row, typed in READ_VALUES:
        for each in typed:
            yield Case(row, value(each) if '"' not in each else first("72000", csv_cell(each)))
    for row, typed, hint in REFUSED_VALUES:
        for each in typed:
            yield Case(row, value(each), "value", "2 D2", hint)
    yield from cells()
    yield from tables()


def csv_cell(text: str) -> str:
    """A cell with quotation marks, as Excel writes it."""
    return '"' + text.replace('"', '""') + '"'


def lines() -> Iterator[Case]:
    """Rows 6 to 10 and 32: lines, cells too many and too few."""
    for end in ("\r\n", "\r"):
        yield Case(6, PLAIN.replace("\n", end))
    yield Case(6, PLAIN.rstrip("\n"))
    yield Case(6, PLAIN.replace("\n", "\n\n"))
    yield Case(7, HEADER.replace("\n", ",,\n") + FIRST.replace("\n", ",,\n") + SECOND[:-1] + ",,\n")
    yield Case(7, HEADER + FIRST + ",,,,,,,,\n" + SECOND + ",,,,,,,,\n")
    yield Case(8, HEADER + FIRST.replace("\n", ",\n") + SECOND.replace("\n", ",,\n"))
    yield Case(9, first("72000", "72,000"), "row", "2 D2", "write 72000")
    yield Case(9, first("72000", "1,072,000"), "row", "2 D2", "write 1072000")
    yield Case(9, first("72000", "72,000").replace("备注", ""), "row", "2 D2", "72000")
    yield Case(9, first("备注", "甲,乙"), "row", "2 J2", "quotation marks")
    yield Case(10, first(",most,备注", ",most"), "row", "2 H2", "complete the row")
    yield Case(32, first("共派", '"共派'), "csv", "2", "close the quotation mark")
    yield Case(32, first("共派", '"共"派'), "csv", "2", "close the quotation mark")
    swallowed = HEADER + FIRST.replace("共派", '"共派') + SECOND.replace("五”", '五”"')
    yield Case(32, swallowed, "csv", "2 G2", "quotation mark")
    between = HEADER + FIRST.replace("备注", '"') + SECOND[:-1] + '"\n'
    yield Case(32, between, "csv", "2 I2", "quotation mark")


def cells() -> Iterator[Case]:
    """Rows 12 and 22 to 36, but for values."""
    yield Case(12, first("sent", "ｓｅｎｔ"))
    yield Case(12, first("2010", "２０１０"))
    yield Case(12, first("person", "ｐｅｒｓｏｎ"))
    yield Case(19, PLAIN.replace("12.5,", "12.5%,"))
    yield Case(19, PLAIN.replace("12.5,", "１２．５％,"))
    yield Case(24, first("备注", "NA"))
    yield Case(24, first("备注", "null"))
    yield Case(24, first("备注", "None"))
    yield Case(25, first("2010,", "2010/12/31,"), "period", "2 B2", "2010-12-31")
    yield Case(25, first("2010,", "Apr-10,"), "period", "2 B2", "write 2010")
    yield Case(26, first("2010,", "2010年,"))
    yield Case(26, first("2010,", "2010.0,"))
    yield Case(29, PLAIN + FIRST)
    yield Case(29, PLAIN + FIRST.replace("72000", "72001"), "key", "4 D4", "keep one")
    for word in ("合计", "Total", "小计", "总计"):
        yield Case(31, first("sent", word), "total", "2 A2", "delete the row")
        yield Case(31, first("total", word), "total", "2 C2", "delete the row")
    yield Case(33, first("共派出科技特派员七万二千人", '"共派出科技特派员\n七万二千人"'))
    yield Case(34, PLAIN.replace("12.5,", "−12.5,"))
    yield Case(34, PLAIN.replace("12.5,", "－12.5,"))
    for lost in ("#REF!", "#N/A", "######"):
        yield Case(21, first("备注", lost), "value", "2 I2", "type the value")


def tables() -> Iterator[Case]:
    """Rows 5, 13, 14, 27, 28, 30, 37 to 39: headers and whole files."""
    yield Case(3, wide("\t"))
    yield Case(14, wide(";"))
    yield Case(14, wide(";").replace("72000", "72,000"), "value", "2 D2", "without a comma")
    yield Case(13, wide("，"), "csv", "1", "by a comma")
    yield Case(13, wide("、"), "csv", "1", "by a comma")
    yield Case(27, PLAIN.replace("id,period,rank,value", "ID, Period ,Rank,ＶＡＬＵＥ", 1))
    yield Case(27, PLAIN.replace("id,period,rank,value,unit", "标识,时期,rank,数值,单位", 1))
    yield Case(27, PLAIN.replace("quote,source,note", "摘录,资料来源,备注", 1))
    yield Case(28, PLAIN.replace("quote", "qoute", 1), "header", "1 G1", 'did you mean "quote"')
    yield Case(28, PLAIN.replace("value", "valeu", 1), "header", "1 D1", 'did you mean "value"')
    yield Case(28, PLAIN.replace("note", "value", 1), "header", "1 I1", "a name of its own")
    yield Case(28, PLAIN.replace("rank", "rnak", 1), "header", "1 C1", 'did you mean "rank"')
    yield Case(30, "2010年派出情况\n" + PLAIN, "header", "1 A1", "delete row 1")
    yield Case(30, "派出情况,,,\n单位：人,,,\n" + PLAIN, "header", "1 A1", "delete rows 1–2")
    yield Case(5, first("备注", "锟斤拷锟斤拷"), "csv", "2", "save it as")
    yield Case(5, first("备注", "绉戞妧鎵惰传"), "csv", "2", "save it as")
    yield Case(5, first("备注", "Î¢²©¿Æ¼¼"), "csv", "2", "save it as")
    yield Case(5, first("备注", "ç§‘æŠ€æ‰¶è´«"), "csv", "2", "save it as")
    yield Case(5, first("备注", "\ufffd"), "csv", "2", "save it as")
    yield Case(5, first("备注", "\ue001"), "csv", "2", "save it as")
    yield Case(37, first("备注", "a\x07b"), "csv", "2", "save it as")
    yield Case(37, first("备注", "a\u202eb"), "csv", "2", "save it as")
    yield Case(38, HEADER, "csv", "1 A1", "put the rows back")
    yield Case(
        39, f"{HEADER}<<<<<<< HEAD\n{FIRST}=======\n>>>>>>> x\n{SECOND}", "csv", "2", "marks"
    )


def files() -> Iterator[Case]:
    """Cases that are bytes of their own."""
    for magic in (
        b"PK\x03\x04",
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0",
        b"<html>",
        b"\x1f\x8b",
        b"{\\rtf",
    ):
        yield Case(37, magic + PLAIN.encode(), "csv", "1", "save it as")
    yield Case(37, PLAIN.encode().replace(b"most", b"mo\x00st", 1), "csv", "2", "save it as")
    yield Case(38, b"", "csv", "1", "put back")
    yield Case(38, b"\xef\xbb\xbf\r\n,,\r\n", "csv", "1", "put back")
    traditional = PLAIN.replace("共派出科技特派员七万二千人", "派出科技人員七萬二千人，農業縣")
    plain = traditional.replace("备注", "備註").replace(
        "“占比为百分之十二点五”", "佔比為百分之十二點五"
    )
    yield Case(5, plain.encode("big5"), "csv", "2", "save it as")
    japanese = first("共派出科技特派员七万二千人", "科学技術の人材を派遣した").replace(
        "备注", "備考"
    )
    japanese = japanese.replace("“占比为百分之十二点五”", "割合")
    yield Case(5, japanese.encode("shift_jis"), "csv", "2", "save it as")
    korean = first("共派出科技特派员七万二千人", "과학기술 인력").replace("备注", "비고")
    yield Case(
        5, korean.replace("“占比为百分之十二点五”", "비율").encode("euc_kr"), "csv", "2", "save"
    )
    whole = PLAIN.encode()
    for cut in (1, 2):
        at = whole.index("备注".encode()) + cut
        yield Case(5, whole[:at], "csv", "2", "save it as")
    yield Case(5, whole.replace("备".encode(), b"\xe5\xff", 1), "csv", "2", "save it as")
    yield Case(5, PLAIN.encode("utf-16")[:-1], "csv", "3", "save it as")
    yield Case(5, PLAIN.encode("utf-32"), "csv", "1", "save it as")
    for encoding in ("gbk", "gb2312"):
        yield Case(2, PLAIN.encode(encoding))
