"""A CSV as an editor sees it: a header and rows of cells, each cell with its place.

The standard library's reader, strict, because it alone keeps the line of every row and shows a
surplus cell; every fault of a file is reported, not only the first.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yearbook.finding import Finding, error
from yearbook.model import Cell, Place, Text

_BLANKS = " \t\n\u00a0\u3000\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of data: its cells by column name."""

    cells: Mapping[str, Cell]
    place: Place

    def text(self, column: str) -> str:
        """What a cell holds; empty if the table has no such column."""
        cell = self.cells.get(column)
        return cell.text if cell else ""

    def place_of(self, column: str) -> Place:
        """Where a cell stands; the row if the table has no such column."""
        cell = self.cells.get(column)
        return cell.place if cell else self.place


@dataclass(frozen=True, slots=True)
class Sheet:
    """A parsed CSV and what is wrong with its form."""

    file: str
    header: tuple[Cell, ...]
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(cell.text for cell in self.header)


def letter(column: int) -> str:
    """The spreadsheet's name of a column, counted from 1.

    >>> letter(1), letter(26), letter(27)
    ('A', 'Z', 'AA')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def parse(file: str, content: bytes) -> Sheet:
    """Read the bytes of a CSV.

    >>> sheet = parse("x.csv", b"id,value\\na,1\\n")
    >>> sheet.rows[0].cells["value"]
    Cell(text='1', place=Place(file='x.csv', line=2, column=3, cell='B2'))
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return _broken(
            file,
            content[: problem.start].count(b"\n") + 1,
            Text(
                f"byte {problem.start + 1} is not UTF-8 text",
                f"第{problem.start + 1}个字节不是UTF-8文字",
            ),
            Text(
                'save the file as "CSV UTF-8" in Excel or WPS',
                "请在Excel或WPS中另存为“CSV UTF-8”",
            ),
        )
    if "\x00" in text:
        return _broken(
            file,
            text[: text.index("\x00")].count("\n") + 1,
            Text("the file is not text", "文件不是文本文件"),
            Text('save the table as "CSV UTF-8"', "请将表格另存为“CSV UTF-8”"),
        )
    records, findings = _records(file, text)
    if not records:
        return Sheet(file, (), (), (*findings, _empty(file)))
    header = records[0]
    rows: list[Row] = []
    for cells in records[1:]:
        wrong = _width(cells, header)
        if wrong:
            findings.append(wrong)
        else:
            by_name = dict(zip((cell.text for cell in header), cells, strict=False))
            rows.append(Row(by_name, cells[0].place))
    return Sheet(file, header, tuple(rows), tuple(findings))


def _records(file: str, text: str) -> tuple[list[tuple[Cell, ...]], list[Finding]]:
    """All records that are not blank, and the fault that ends the reading, if any."""
    records: list[tuple[Cell, ...]] = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    source = io.StringIO("\n".join(lines), newline="")
    reader = csv.reader(source, strict=True)
    first, number = 1, 0
    try:
        for fields in reader:
            number += 1
            starts = _starts(lines[first - 1 : reader.line_num], first)
            if any(field.strip(_BLANKS) for field in fields):
                records.append(tuple(_cells(file, number, fields, starts)))
            first = reader.line_num + 1
    except csv.Error as problem:
        return records, [_unreadable(file, first, str(problem))]
    return records, []


def _cells(
    file: str, number: int, fields: Sequence[str], starts: Sequence[tuple[int, int]]
) -> Iterator[Cell]:
    for index, field in enumerate(fields):
        line, column = starts[index]
        place = Place(file, line, column, f"{letter(index + 1)}{number}")
        yield Cell(" ".join(field.strip(_BLANKS).split("\n")), place)


def _starts(lines: Sequence[str], first: int) -> list[tuple[int, int]]:
    """Line and column of the first character of each field of one record."""
    found, quoted, opens = [(first, 1)], False, True
    for offset, line in enumerate(lines):
        for column, character in enumerate(line, 1):
            turns = character == '"' and (quoted or opens)
            quoted = quoted != turns
            comma = character == "," and not quoted
            if comma:
                found.append((first + offset, column + 1))
            # A mark right after a closing one is a doubled mark: the cell goes on.
            opens = comma or turns
    return found


def _width(cells: tuple[Cell, ...], header: tuple[Cell, ...]) -> Finding | None:
    """A row must have as many cells as the header; empty ones at its end do no harm."""
    wanted = len(header)
    if len(cells) < wanted:
        return error(
            "row",
            cells[-1].place,
            Text(
                f"the row has {len(cells)} cells, the header {wanted}",
                f"该行有{len(cells)}个单元格，表头有{wanted}个",
            ),
            Text("complete the row up to its last column", "请将该行补全至最后一列"),
        )
    for cell in cells[wanted:]:
        if cell.text:
            return error(
                "row",
                cell.place,
                Text(
                    f'"{cell.text}" stands beyond the last column',
                    f"“{cell.text}”超出最后一列",
                ),
                Text(
                    "a number with a comma needs quotes, or no comma: 72000",
                    "带逗号的数字须加引号，或去掉逗号：72000",
                ),
            )
    return None


def _unreadable(file: str, line: int, problem: str) -> Finding:
    quote = "unexpected end" in problem
    return error(
        "csv",
        Place(file, line, 1),
        Text(
            "a quotation mark is opened here and never closed"
            if quote
            else f"the row cannot be read as CSV: {problem}",
            "此处的引号没有闭合" if quote else f"该行不符合CSV格式：{problem}",
        ),
        Text(
            "close the quotation mark, or double it inside a cell",
            "请闭合引号；单元格内的引号须写两个",
        ),
    )


def _empty(file: str) -> Finding:
    return error(
        "csv",
        Place(file, 1),
        Text("the file is empty", "文件为空"),
        Text("put back the header and the rows", "请恢复表头和数据行"),
    )


def _broken(file: str, line: int, what: Text, hint: Text) -> Sheet:
    return Sheet(file, (), (), (error("csv", Place(file, line), what, hint),))
