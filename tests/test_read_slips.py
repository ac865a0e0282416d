"""Cells that hold no plain number: what is said of each form, word for word, in both languages."""

from tests.edits import ROOT
from yearbook.model import Language
from yearbook.read.slips import told

SAID = ROOT / "tests" / "golden" / "slips.txt"
TYPED = (
    *("72\n000", "1\n2"),
    *("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "###", "#"),
    *("=SUM(A1:A3)", "", "-", "—", "……", "/", "？", "?", "n/a", "NA", "NIL", "null", "None", "nan"),
    *("无", "暂无", "缺", "不详", "空", "无数据"),
    *("7.2E+04", "72e3", "-1.5E-3"),
    *("4-Apr", "3/12", "Apr-10", "apr 2010", "12 April 2010", "2010年4月16日", "4月16号", "4月"),
    *("2010-4-16", "16.4.2010", "2010/04", "2010/4/16", "4/16", "April", "Dec/31"),
    *("12%", "7.5％", "1,200%", "(437)", "（1,200.5）", "( 4 )"),
    *("43l", "4O0", "〇5", "1○", "I2", "4|7", "oO1", "4,8Ol", "3.lO"),
    *(
        "437*",
        "437†",
        "437 ①",
        "437②",
        "437[1]",
        "437（注）",
        "437(note 2)",
        "437（a）",
        "437(NOTE B)",
        "12³",
    ),
    *(
        "约437",
        "437左右",
        "大约437",
        "about 437",
        "around 437",
        "~437",
        "≈437",
        "～437",
        "circa 437",
    ),
    *("近437", "将近437", "接近437", "nearly 437", "almost 437", "437余", "437多", "超437"),
    *("≥437", ">=437", "至少437", "不少于437", "at least 437", "437以上", "over 437", ">437"),
    *("≤437", "<=437", "至多437", "437以下", "437以内", "at most 437", "up to 437", "<437"),
    *(
        "more than 437",
        "no less than 437",
        "no more than 437",
        "not over 437",
        "437 or more",
        "437 or less",
        "not quite 437",
        "less than 437",
        "some 437",
        "About 1,200.50",
        "近7.2万",
        "about 3 million",
        "about 1 200",
    ),
    *(
        "7.2万",
        "NEARLY 437",
        "AT LEAST 437",
        "ABOUT 437",
        "UP TO 437",
        "Circa 437",
        "SOME 437",
        "LESS 437",
        "some",
        "约",
        "%",
        "more",
        "一万和三万",
        "两三万",
        "about ten thousand or so",
        "约三百",
        "七",
        "4405万元",
        "3亿",
        "1.5 million",
        "3 thousand",
        "2 billion",
        "3千",
        "5百",
        "十二",
    ),
    *("2 MILLION", "三百", "万", "百", "million", "1.5万2千", "0.5万", "12.345万"),
    *("1.234,5", "1 234,56", "72,5", "72,00", "1'234,5", "-1.234,56", "+1.234,5"),
    *(
        "72,0000",
        "7,20,00",
        "1.2.3",
        "1 2",
        "12，34",
        "1’000",
        "-1'234'567.50",
        "1'00",
        "1'000",
        "72 000 0",
        "-1,2,3",
        "+1,2",
    ),
    *("abc", "four", "--5", "5-", "437人", "US$5", "5 km", "1-2", "½", "a\tb"),
)


def test_every_form(golden: bool) -> None:
    """All that is said of cells that should hold a number and do not."""
    lines = []
    for typed in TYPED:
        what, hint = told(typed)
        lines.append(repr(typed))
        lines += [f"  {text.of(language)}" for text in (what, hint) for language in Language]
    text = "\n".join(lines) + "\n"
    if golden:
        SAID.write_text(text, "utf-8", newline="\n")
    assert text == SAID.read_text("utf-8")
