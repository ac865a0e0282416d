"""What was probably meant by a cell that is no number, and how to write that.

A literal list of forms, tried in order; each names the cell's fault and proposes the plain number.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from yearbook.lexer import read as lex
from yearbook.model import Language, Text

_FIGURE = re.compile(r"-?[0-9][0-9,，'’ ]*(?:\.[0-9]+)?")
_ENCLOSED = str.maketrans("Oo〇○lI|", "0000111")
_QUALIFIERS = (
    (re.compile(r"约|左右|about|around|some|~|≈|～|circa", re.IGNORECASE), "about"),
    (re.compile(r"近|nearly|almost|not quite", re.IGNORECASE), "nearly"),
    (re.compile(r"≥|>=|至少|不少于|at least|or more|not? less|以上", re.IGNORECASE), "at_least"),
    (
        re.compile(
            r"≤|<|至多|不超过|at most|up to|not? more|not? over|less|以下|以内", re.IGNORECASE
        ),
        "at_most",
    ),
    (re.compile(r".*"), "more_than"),
)


@dataclass(frozen=True, slots=True)
class Slip:
    """A form that is no plain number: how it is recognised, what it is, what to write."""

    form: re.Pattern[str]
    what: Callable[[str], Text]
    hint: Callable[[str], Text | None]
    """None where the cell holds no number that could be proposed."""


_DIGITS = Text("write digits only, for example 4830", "只填阿拉伯数字，例如4830")


def told(typed: str) -> tuple[Text, Text]:
    """What is wrong with a cell that should hold a number, and what to do.

    >>> told("7.2万")[1].en
    'write the plain number 72000 (not 7.2万) and the unit in its own column'
    >>> told("3000多")[1].en
    'write 3000 and, under qualifier, more_than'
    """
    for slip in SLIPS:
        if slip.form.search(typed):
            return slip.what(typed), slip.hint(typed) or _DIGITS
    return _no_number(typed), _DIGITS


def _no_number(typed: str) -> Text:
    return Text(f'"{typed}" is not a number', f"“{typed}”不是数字")


def _plain(typed: str) -> str | None:
    """The digits of a cell as a plain number."""
    found = _FIGURE.search(typed)
    return re.sub("[,，'’ ]", "", found[0]) if found else None


def _scaled(typed: str) -> Text | None:
    number = _value(typed)
    if number is None:
        return None
    return Text(
        f"write the plain number {number} (not {typed}) and the unit in its own column",
        f"请填写完整数字{number}（不写{typed}），单位填入 unit 列",
    )


def _value(typed: str) -> str | None:
    """What a number with words of scale is worth: 4405万元 is 44050000."""
    language = Language.EN if typed.isascii() else Language.ZH
    found = [token.value for token in lex(typed, language) if token.value is not None]
    value = found[0] if len(found) == 1 else None
    return f"{value:f}" if isinstance(value, Decimal) else None


def _hedged(typed: str) -> Text | None:
    word = next(name for form, name in _QUALIFIERS if form.search(typed))
    number = _value(typed) if _SCALE.search(typed) else _plain(typed)
    if number is None:
        return None
    return Text(
        f"write {number} and, under qualifier, {word}",
        f"数值列填{number}，qualifier 列填{word}",
    )


def _lettered(typed: str) -> Text:
    letters = dict.fromkeys(re.findall("[OolI|〇○]", typed))
    return Text(
        f'"{typed}" holds a letter among its digits: {", ".join(letters)}',
        f"“{typed}”的数字中混有字母：{'、'.join(letters)}",
    )


def _says(en: str, zh: str) -> Callable[[str], Text]:
    """A text in which {typed} and {number} stand for what a cell has."""

    def say(typed: str) -> Text:
        shown = {
            "typed": typed.replace("\n", " / "),
            "number": typed.translate(_ENCLOSED),
        }
        return Text(en.format(**shown), zh.format(**shown))

    return say


def _writes(en: str, zh: str) -> Callable[[str], Text | None]:
    """The same for {plain}, the digits of a cell, if it has any."""

    def say(typed: str) -> Text | None:
        plain = _plain(typed)
        return None if plain is None else Text(en.format(plain=plain), zh.format(plain=plain))

    return say


_SCALE = re.compile(r"[万亿千百十〇一二三四五六七八九]|million|thousand|billion", re.IGNORECASE)
_RETYPE = _says("type the number itself", "请重新填写该数字")
_DATE = _says(
    "the cell became a date: set it to Text in Excel and type the number anew",
    "Excel已将其转为日期：请把单元格设为“文本”后重新填写",
)
_PLAIN = _writes("write {plain} without separators", "请写作{plain}，不加分隔符")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
DATE = re.compile(
    rf"^[0-9]{{1,2}}[-/ ]?{_MONTH}([-/ ][0-9]{{2,4}})?$|^{_MONTH}[-/ ][0-9]{{1,4}}$"
    r"|^([0-9]{4}年)?[0-9]{1,2}月([0-9]{1,2}[日号])?$"
    r"|^[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}$|^[0-9]{1,2}/[0-9]{1,2}$",
    re.IGNORECASE,
)
"""A date as Excel, WPS and people write it."""
SLIPS = (
    Slip(
        re.compile("\n"),
        _says('a number is torn over two lines: "{typed}"', "数字分成了两行：“{typed}”"),
        _says("write it on one line", "请写在一行内"),
    ),
    Slip(
        re.compile(r"^#(REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|##+)"),
        _says(
            '"{typed}" is what Excel shows where a value is lost',
            "“{typed}”是Excel的错误值，原值已丢失",
        ),
        _RETYPE,
    ),
    Slip(
        re.compile("^="),
        _says('"{typed}" is a formula', "“{typed}”是公式"),
        _says("type the number it gives", "请填写公式的结果"),
    ),
    Slip(
        re.compile(
            r"^(?:$|[-.…—–－#/\\?？*]+$|(?:n/?a|nil|null|none|nan|无|暂无|缺|不详|空)$)", re.I
        ),
        lambda typed: (
            Text(f'"{typed}" stands for no number', f"“{typed}”不是数字")
            if typed
            else Text("the value is empty", "数值为空")
        ),
        _says(
            "type the number (digits only); where there is none, delete the row and say so in the "
            "text",
            "请填写数字（只用阿拉伯数字）；确无数据时请删除该行，并在正文中说明",
        ),
    ),
    Slip(
        re.compile(r"^-?[0-9]+(\.[0-9]+)?[eE][-+]?[0-9]+$"),
        _says(
            '"{typed}" is shortened by Excel; digits may be lost',
            "“{typed}”被Excel缩写，可能丢失数字",
        ),
        _says("type all digits of the number (digits only)", "请填写完整数字（只用阿拉伯数字）"),
    ),
    Slip(
        DATE,
        _says('"{typed}" is a date, not a number', "“{typed}”是日期，不是数字"),
        _DATE,
    ),
    Slip(
        re.compile("%$|％$"),
        _says('"{typed}" is a percentage, its unit is not', "“{typed}”是百分数，而单位不是"),
        _writes("write {plain} with a unit of per cent", "请写作{plain}，单位用百分比"),
    ),
    Slip(
        re.compile(r"^[（(]\s*[0-9][0-9,.]*\s*[)）]$"),
        _says('"{typed}" is not a number', "“{typed}”不是数字"),
        _writes(
            "if it is below zero write -{plain}, else {plain}", "负数请写-{plain}，否则写{plain}"
        ),
    ),
    Slip(
        re.compile("^(?=.*[0-9])-?[0-9OolI|〇○,.]*[OolI|〇○][0-9OolI|〇○,.]*$"),
        _lettered,
        _says("write {number}, if that is meant", "如系误写，请改为{number}"),
    ),
    Slip(
        re.compile(
            "[0-9]\\s*[*†‡#①-⑳⑴-⒇❶-❿¹²³⁰-⁹]+$|[0-9]\\s*[\\[［(（](?:注|note)?\\s*[0-9a-z]?[)）\\]］]$",
            re.I,
        ),
        _says('"{typed}" has a mark of a note', "“{typed}”带有注释标记"),
        _writes(
            "write {plain} and put the note into the note column", "请写{plain}，注释填入 note 列"
        ),
    ),
    Slip(
        re.compile(
            r"[<>≥≤~≈～约近余超多]|以上|以下|以内|左右|至少|至多|不少于"
            r"|\b(?:more|over|nearly|almost|about|around|at least|at most|up to|some|less)\b"
            r"|\b(?:circa|not quite)\b",
            re.I,
        ),
        _no_number,
        _hedged,
    ),
    Slip(_SCALE, _no_number, _scaled),
    Slip(
        re.compile(r"^[-+]?[0-9]{1,3}(?:[.'’ ][0-9]{3})+,[0-9]+$|^[0-9]+,[0-9]{1,2}$"),
        _says('"{typed}": the comma seems to be a decimal sign', "“{typed}”中的逗号似为小数点"),
        _says("write digits only, with a point before decimals", "只填阿拉伯数字，小数点用“.”"),
    ),
    Slip(
        re.compile(r"^[-+]?[0-9]{1,3}(?:['’][0-9]{3})+(?:\.[0-9]+)?$"),
        _says('"{typed}" has apostrophes among its digits', "“{typed}”的数字中有撇号"),
        _PLAIN,
    ),
    Slip(
        re.compile(r"^[-+]?[0-9]+(?:[,， .'’][0-9]+)+$"),
        _says(
            '"{typed}" is not a number: its separators are not in groups of three',
            "“{typed}”不是数字：分隔符不是三位一组",
        ),
        _writes(
            "write digits only, for example 72000; if the separators are slips: {plain}",
            "只填阿拉伯数字，例如72000；如系误加分隔符，请改为{plain}",
        ),
    ),
)
"""The forms, the most telling first."""
