"""The text of a CSV as records of cells, each with its place; a broken row does not hide the next.

The standard library's reader, strict, because it alone keeps the line of every row and shows a
surplus cell.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yearbook.finding import Finding, error
from yearbook.model import Cell, Place, Text, letter

BLANKS = " \t\n\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
"""What may stand around a cell unseen, as a class of a regular expression."""
_AROUND = re.compile(f"^[{BLANKS}]+|[{BLANKS}]+$")
_UNSEEN = re.compile(f"[{BLANKS}]*")
_DIGITS_ONLY = re.compile("[-0-9０-９.,，．%％ \u00a0\u3000\n]*[0-9０-９][^0-9０-９]*")
LONGEST = 32_767
"""The characters a cell may have: what Excel and WPS can hold."""
COLUMNS = 16_384
ROWS = 1_048_576
"""The columns and rows a table may have: what Excel and WPS can open."""
_FAULTS = 200
"""More faults of form than this say nothing new."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row that is not blank, with its number in a spreadsheet."""

    number: int
    cells: tuple[Cell, ...]


def oversize(file: str, lines: Sequence[str], separator: str) -> Finding | None:
    """A table that no spreadsheet could open, told by its lines alone."""
    if len(lines) > ROWS + 1:
        return _over(file, 1, (len(lines), ROWS), Text("lines", "行"))
    for number, line in enumerate(lines, 1):
        columns = line.count(separator) + 1
        if columns > COLUMNS:
            return _over(file, number, (columns, COLUMNS), Text("columns", "列"))
    return None


def _over(file: str, line: int, sizes: tuple[int, int], unit: Text) -> Finding:
    found, limit = sizes
    return error(
        "csv",
        Place(file, line),
        Text(
            f"the table has {found:,} {unit.en}, the limit is {limit:,}",
            f"表格有{found}{unit.zh}，超过上限{limit}{unit.zh}",
        ),
        Text("split the table", "请拆分表格"),
    )


def records(
    file: str, lines: Sequence[str], separator: str, findings: list[Finding]
) -> list[Record]:
    """All records that are not blank; faults are added to the findings."""
    made: list[Record] = []
    letters: list[str] = []
    first, number = 0, 0
    while first < len(lines) and len(findings) < _FAULTS:
        source = _ended(lines, first)
        reader = csv.reader(source, strict=True, delimiter=separator)
        done = 0
        try:
            for fields in reader:
                number += 1
                begins, done = first + done, reader.line_num
                ends = first + done
                if not any(fields) or not any(map(_seen, fields)):
                    continue
                while len(letters) < len(fields):
                    letters.append(letter(len(letters) + 1))
                starts = _starts(lines[begins:ends], begins + 1, separator)
                cells = _cells((file, number), fields, starts, letters)
                width = len(made[0].cells) if made else len(cells)
                if ends - begins > 1 and _swallows(fields, width, separator):
                    findings.append(_swallowed(cells))
                    continue
                made.append(Record(number, cells))
                if len(max(fields, key=len)) > LONGEST:
                    findings.extend(_long(cells))
        except csv.Error as problem:
            number += 1
            begins, ends = first + done, first + reader.line_num
            long = "field limit" in str(problem)
            findings.append(_broken(file, (begins + 1, lines[begins:ends], separator), long))
            first = begins + 1
        else:
            return made
    return made


def _ended(lines: Sequence[str], first: int) -> Iterator[str]:
    for index in range(first, len(lines) - 1):
        yield lines[index] + "\n"
    yield lines[-1]


def stripped(field: str) -> str:
    """A field without the blanks around it.

    >>> stripped("\u3000a b ")
    'a b'
    """
    return _AROUND.sub("", field) if field else field


def _seen(field: str) -> bool:
    return _UNSEEN.fullmatch(field) is None


def _cells(
    row: tuple[str, int],
    fields: Sequence[str],
    starts: Sequence[tuple[int, int]],
    letters: Sequence[str],
) -> tuple[Cell, ...]:
    file, number = row
    return tuple(
        Cell(
            stripped(field),
            Place(file, line, column, f"{name}{number}"),
        )
        for field, (line, column), name in zip(fields, starts, letters, strict=False)
    )


def _starts(lines: Sequence[str], first: int, separator: str) -> list[tuple[int, int]]:
    """Line and column of the first character of each field of one record."""
    if len(lines) == 1 and '"' not in lines[0]:
        found, column = [(first, 1)], 1
        for field in lines[0].split(separator)[:-1]:
            column += len(field) + 1
            found.append((first, column))
        return found
    return _quoted_starts(lines, first, separator)


def _quoted_starts(lines: Sequence[str], first: int, separator: str) -> list[tuple[int, int]]:
    """The same where quotation marks stand."""
    found, quoted, opens = [(first, 1)], False, True
    for offset, line in enumerate(lines):
        for column, character in enumerate(line, 1):
            turns = character == '"' and (quoted or opens)
            quoted = quoted != turns
            parts = character == separator and not quoted
            if parts:
                found.append((first + offset, column + 1))
            # A mark right after a closing one is a doubled mark: the cell goes on.
            opens = parts or turns
    return found


def _broken(file: str, row: tuple[int, Sequence[str], str], long: bool) -> Finding:
    """The row that the reader could not make sense of, at the quotation mark to blame."""
    line, column = _culprit(*row)
    if long:
        what = Text(
            f"a cell begins here that has more than {LONGEST:,} characters",
            f"自此处起的单元格超过{LONGEST}个字符",
        )
    else:
        what = Text(
            "a quotation mark is opened here and never closed, or text follows where it closes",
            "此处的引号没有闭合，或闭合之后还有文字",
        )
    hint = Text(
        "close the quotation mark right before the next comma; inside a cell write it twice",
        "请在下一个逗号之前闭合引号；单元格内的引号须写两个",
    )
    return error("csv", Place(file, line, column), what, hint)


def _culprit(first: int, lines: Sequence[str], separator: str) -> tuple[int, int]:
    """The quotation mark that opens a cell and does not close right at its end."""
    quoted, opens, closed, opened = False, True, False, (first, 1)
    for offset, line in enumerate(lines):
        for column, character in enumerate(line[: 4 * LONGEST], 1):
            if closed and character not in ('"', separator):
                return opened
            turns = character == '"' and (quoted or opens or closed)
            if turns and opens:
                opened = (first + offset, column)
            closed = turns and quoted
            quoted = quoted != turns
            opens = character == separator and not quoted
    return opened


def _swallows(fields: Sequence[str], width: int, separator: str) -> bool:
    """Whether a quotation mark that closes in a later row made one cell of all between: as many
    signs as part the cells of a row then stand in it, none with a blank after it as in prose."""
    return any(
        "\n" in field and field.count(separator) - field.count(separator + " ") >= max(width - 1, 2)
        for field in fields
    )


def _swallowed(cells: Sequence[Cell]) -> Finding:
    longest = max(cells, key=lambda cell: len(cell.text))
    return error(
        "csv",
        longest.place,
        Text(
            "the cell runs over several lines and seems to hold other rows",
            "该单元格跨越多行，似包含其他数据行",
        ),
        Text(
            "a quotation mark is probably missing where the text of this cell ends",
            "该单元格的文字末尾可能漏了引号",
        ),
    )


def _long(cells: Sequence[Cell]) -> Iterator[Finding]:
    for cell in cells:
        if len(cell.text) > LONGEST:
            yield error(
                "csv",
                cell.place,
                Text(
                    f"the cell has {len(cell.text):,} characters, the limit is {LONGEST:,}",
                    f"单元格有{len(cell.text)}个字符，超过上限{LONGEST}",
                ),
                Text("shorten it; is a quotation mark missing?", "请缩短；是否漏了引号？"),
            )


def torn(cell: Cell) -> bool:
    """Whether a number runs over two lines inside one cell: nobody can say which was meant.

    >>> from yearbook.model import Place
    >>> torn(Cell("72\\n000", Place("x.csv")))
    True
    """
    return "\n" in cell.text and _DIGITS_ONLY.fullmatch(cell.text) is not None
