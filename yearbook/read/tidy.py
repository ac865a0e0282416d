"""Cells as they are meant: what Excel and input methods put around a number or a name is undone.

Only signs that mean the same in another form are exchanged, and only where names, numbers and days
stand. Unicode's own folding (NFKC) would turn 437① into 4371.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from yearbook.finding import Finding, counted, error
from yearbook.model import Cell, Place, Text
from yearbook.read import names
from yearbook.read.form import note
from yearbook.read.split import torn

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_IS_WIDE = re.compile("[\uff01-\uff5e\u3000]")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")
_GUARDED = re.compile('="([^"=]*)"|[\'‘’＇]([-0-9０-９].*)')
_YEAR = re.compile(r"([0-9]{4})(?:年|\.0+)")
_EXCEL = re.compile(r"#(REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|#+)")
_COMMA = re.compile("[0-9],[0-9]")
_LETTER = re.compile("[\u00c0-\u07ff]")
_KINDS = {
    "width": Text("full-width signs", "全角字符"),
    "guard": Text("Excel's marks of text", "Excel的文本标记"),
    "year": Text("years written otherwise", "年份的其他写法"),
}


@dataclass
class Notes:
    """What was read in another form, counted by kind: one note each for a file."""

    seen: dict[str, tuple[int, Place, str]] = field(default_factory=dict)

    def add(self, kind: str, place: Place, change: str) -> None:
        """Note one cell."""
        count, first, shown = self.seen.get(kind, (0, place, change))
        self.seen[kind] = (count + 1, first, shown)

    def findings(self) -> Iterator[Finding]:
        """One finding for each kind, at the first cell."""
        for kind, (count, place, change) in self.seen.items():
            name = _KINDS[kind]
            yield note(
                place,
                Text(
                    f"{name.en} in {counted(count, 'cell')} were understood: {change}",
                    f"{count}个单元格中有{name.zh}，已按原意读取：{change}",
                ),
                Text("`build.py fmt` rewrites them", "可运行 `build.py fmt` 统一改写"),
            )


def cleaned(cells: Mapping[str, Cell], notes: Notes) -> dict[str, Cell]:
    """The cells of a row as they are meant."""
    made = {}
    for column, cell in cells.items():
        text = cell.text
        if "\n" in text and not torn(cell):
            text = " ".join(text.split("\n"))
        if text and not names.words(column):
            text = _meant(column, text, cell.place, notes)
        made[column] = cell if text is cell.text else replace(cell, text=text)
    return made


def _meant(column: str, typed: str, place: Place, notes: Notes) -> str:
    if typed.isascii() and typed[0] not in "='" and column != "period":
        return typed
    text, kinds = typed, []
    guarded = _GUARDED.fullmatch(text)
    if guarded:
        text = (guarded[1] or guarded[2] or "").strip()
        kinds.append("guard")
    counts = column == "period" or column in names.NUMBERS
    if _IS_WIDE.search(text) and (counts or not _HAN.search(text)):
        text = text.translate(_WIDE)
        kinds.append("width")
    year = _YEAR.fullmatch(text) if column == "period" else None
    if year:
        text = year[1]
        kinds.append("year")
    for kind in kinds:
        notes.add(kind, place, f"{typed} → {text}")
    return text


def refused(cells: Mapping[str, Cell], separator: str) -> Iterator[Finding]:
    """Cells whose meaning is lost or could be another one; numbers are looked at one by one when
    they are read (`yearbook.read.values`)."""
    for column, cell in cells.items():
        text = cell.text
        number = column in names.NUMBERS
        if not number and column != "period" and torn(cell):
            yield _torn(cell)
        if text.startswith("#") and not number and _EXCEL.fullmatch(text):
            yield _lost(cell)
        if separator == ";" and number and _COMMA.search(text):
            yield _decimal_comma(cell)
        if column.endswith("zh") and not text.isascii():
            yield from _no_chinese(cell)


def _torn(cell: Cell) -> Finding:
    shown = " / ".join(cell.text.split("\n"))
    return error(
        "value",
        cell.place,
        Text(f'a number is torn over two lines: "{shown}"', f"数字分成了两行：“{shown}”"),
        Text("write it on one line", "请写在一行内"),
    )


def _lost(cell: Cell) -> Finding:
    return error(
        "value",
        cell.place,
        Text(
            f'"{cell.text}" is what Excel shows where a value is lost',
            f"“{cell.text}”是Excel的错误值，原值已丢失",
        ),
        Text("type the value itself", "请重新填写该值"),
    )


def _decimal_comma(cell: Cell) -> Finding:
    return error(
        "value",
        cell.place,
        Text(
            f'"{cell.text}": where semicolons part the cells, a comma may be a decimal sign',
            f"“{cell.text}”：以分号分隔的文件中，逗号可能是小数点",
        ),
        Text("write the number without a comma", "请去掉数字中的逗号"),
    )


def _no_chinese(cell: Cell) -> Iterator[Finding]:
    if _LETTER.search(cell.text) and not _HAN.search(cell.text):
        yield error(
            "csv",
            cell.place,
            Text(
                f'"{cell.text}" stands in a Chinese column and is not Chinese',
                f"中文列中的“{cell.text}”不是中文",
            ),
            Text(
                'if the encoding is wrong, save the file as "CSV UTF-8"',
                "如系编码有误，请将文件另存为“CSV UTF-8”",
            ),
        )
