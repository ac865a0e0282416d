"""The form of a CSV: what it is parted by, where its header stands, rows that do not fit it."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from yearbook.finding import Finding, Severity, counted, error
from yearbook.model import Cell, Place, Text
from yearbook.read import names
from yearbook.read.encoding import SAVE_AGAIN, Decoded
from yearbook.read.garbled import Spot, forbidden, mojibake
from yearbook.read.split import Record

SEPARATORS = (",", "\t", ";")
"""What may part the cells, the usual first."""
_WRONG = ("，", "、", "|", "；")
_NAMED = {"\t": Text("tabs", "制表符"), ";": Text("semicolons", "分号")}
_DEEP = 10
"""A header stands in the first rows or nowhere."""
_SPOTS = 20
_ENDLESS = 4_000_000
"""More bytes than a line of a table can have."""
_LEAD = re.compile("-?[0-9]{1,3}")
_GROUP = re.compile("[0-9]{3}")
_LAST = re.compile(r"[0-9]{3}(\.[0-9]+)?")


def note(place: Place, what: Text, hint: Text) -> Finding:
    """What was read in another form than the usual one: good to know, no fault."""
    return Finding("form", Severity.INFORMATION, place, what, hint)


_FMT = Text("`build.py fmt` rewrites it in the usual form", "可运行 `build.py fmt` 改写为通用格式")


def endless(file: str, content: bytes) -> Finding | None:
    """A line so long that no table has it, before anything else looks at it."""
    if len(content) <= _ENDLESS:
        return None
    for number, line in enumerate(content.split(b"\n"), 1):
        if len(line) > _ENDLESS:
            return error(
                "csv",
                Place(file, number),
                Text(
                    f"the line has {len(line):,} bytes, the limit is {_ENDLESS:,}",
                    f"该行有{len(line)}字节，超过上限{_ENDLESS}字节",
                ),
                Text(
                    "is a quotation mark missing, or is this no table?",
                    "是否漏了引号，或并非表格？",
                ),
            )
    return None


def encoded(file: str, decoded: Decoded) -> Iterator[Finding]:
    """A note where the file is not UTF-8."""
    if decoded.encoding != "UTF-8":
        what = f"the file was read as {decoded.encoding}", f"已按{decoded.encoding}编码读取"
        yield note(Place(file, 1), Text(*what), _FMT)


def illegible(file: str, text: str) -> Iterator[Finding]:
    """Garbled text, and characters that no text has."""
    spots = [*mojibake(text)]
    for spot in forbidden(text):
        if len(spots) == _SPOTS:
            break
        spots.append(spot)
    for index, what in spots:
        yield error("csv", _place(file, text, (index, what)), what, SAVE_AGAIN)


def _place(file: str, text: str, spot: Spot) -> Place:
    before = text[: spot[0]]
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def separator(lines: Sequence[str]) -> str:
    """What parts the cells: what makes a header of one of the first lines, else the comma.

    >>> separator(["id;value", "a;1"]), separator(["a", "b"])
    (';', ',')
    """
    return next((sign for sign in SEPARATORS if _heads(lines, sign)), ",")


def _heads(lines: Sequence[str], sign: str) -> int:
    """The line (from 1) that a sign makes a header of; 0 if none."""
    first = [(number, line) for number, line in enumerate(lines[: 4 * _DEEP], 1) if line.strip()]
    for number, line in first[:_DEEP]:
        if sign in line and len(line) < 10_000 and names.heading(_parted(line, sign)):
            return number
    return 0


def _parted(line: str, sign: str) -> list[str]:
    return next(csv.reader([line], delimiter=sign)) if line.count('"') % 2 == 0 else []


def parted(file: str, lines: Sequence[str], sign: str) -> Finding | None:
    """What to say of the signs that part the cells, if they are not commas."""
    if sign in _NAMED:
        name = _NAMED[sign]
        what = Text(f"the cells are parted by {name.en}", f"单元格以{name.zh}分隔")
        return note(Place(file, 1), what, _FMT)
    if _heads(lines, sign):
        return None
    for wrong in _WRONG:
        line = _heads(lines, wrong)
        if line:
            return error(
                "csv",
                Place(file, line, lines[line - 1].index(wrong) + 1),
                Text(f'the cells are parted by "{wrong}"', f"单元格以“{wrong}”分隔"),
                Text(
                    f'replace "{wrong}" between the cells by a comma ","',
                    f"请将单元格之间的“{wrong}”改为半角逗号“,”",
                ),
            )
    return None


def without_conflicts(file: str, lines: list[str], findings: list[Finding]) -> list[str]:
    """The lines without the marks of an unfinished merge, each of which is a fault."""
    if not any(line.startswith(("<<<<<<< ", ">>>>>>> ")) for line in lines):
        return lines
    kept = list(lines)
    for number, line in enumerate(lines, 1):
        if line.startswith(("<<<<<<< ", ">>>>>>> ", "||||||| ")) or line == "=======":
            kept[number - 1] = ""
            findings.append(
                error(
                    "csv",
                    Place(file, number, 1),
                    Text("two versions of the file were merged half", "文件合并未完成"),
                    Text(
                        "of the rows between the marks <<<<<<<, ======= and >>>>>>> keep the "
                        "right ones, and delete the marks",
                        "在 <<<<<<<、=======、>>>>>>> 标记之间保留正确的行，并删去标记",
                    ),
                )
            )
    return kept


def headed(found: list[Record], findings: list[Finding]) -> list[Record]:
    """The records from the header on; a title or units above it are a fault."""
    heads = (at for at, each in enumerate(found[:_DEEP]) if names.heading(_texts(each)))
    above = next(heads, 0)
    if above:
        record = found[above]
        rows = f"{found[0].number}–{record.number - 1}"
        rows = rows if record.number - found[0].number > 1 else f"{found[0].number}"
        findings.append(
            error(
                "header",
                found[0].cells[0].place,
                Text(
                    f"the header stands in row {record.number}, below other text",
                    f"表头在第{record.number}行，其上还有文字",
                ),
                Text(f"delete {'rows' if '–' in rows else 'row'} {rows}", f"请删除第{rows}行"),
            )
        )
    return found[above:]


def _texts(record: Record) -> list[str]:
    return [cell.text for cell in record.cells]


def width(found: Sequence[Record]) -> int:
    """How many columns a header has, without the empty ones that Excel leaves at its end."""
    typed = [cell.text for cell in found[0].cells]
    while typed and not typed[-1]:
        typed.pop()
    return len(typed)


def misfit(cells: Sequence[Cell], header: Sequence[Cell]) -> Finding | None:
    """A row must have as many cells as the header; empty ones at its end do no harm."""
    wanted = len(header)
    if len(cells) < wanted:
        what = Text(
            f"the row has {counted(len(cells), 'cell')}, the header {wanted}",
            f"该行有{len(cells)}个单元格，表头有{wanted}个",
        )
        hint = Text("complete the row up to its last column", "请将该行补全至最后一列")
        return error("row", cells[-1].place, what, hint)
    if len(cells) == wanted:
        return None
    surplus = [cell for cell in cells[wanted:] if cell.text]
    at = _torn_number(cells, header)
    if at is not None and (surplus or header[at].text in names.NUMBERS):
        return _unquoted(cells, at, len(cells) - wanted)
    if not surplus:
        return None
    last = surplus[-1]
    return error(
        "row",
        last.place,
        Text(f'"{last.text}" stands beyond the last column', f"“{last.text}”超出最后一列"),
        Text(
            "a comma inside a text needs quotation marks around the whole cell; "
            "a number needs no comma: 72000",
            "文字中有半角逗号时，整个单元格须加引号；数字不用逗号：72000",
        ),
    )


def _torn_number(cells: Sequence[Cell], header: Sequence[Cell]) -> int | None:
    """Where the comma of a number probably made two cells of it; first where numbers belong."""
    found = [
        index
        for index, (cell, after) in enumerate(pairwise(cells))
        if index < len(header) and _LEAD.fullmatch(cell.text) and _LAST.fullmatch(after.text)
    ]
    at_home = [index for index in found if header[index].text in names.NUMBERS]
    return next(iter((*at_home, *found)), None)


def _unquoted(cells: Sequence[Cell], at: int, surplus: int) -> Finding:
    end = at + 1
    while end - at < surplus and _GROUP.fullmatch(cells[end].text):
        if not _LAST.fullmatch(cells[end + 1].text):
            break
        end += 1
    parts = [cell.text for cell in cells[at : end + 1]]
    typed, number = ",".join(parts), "".join(parts)
    return error(
        "row",
        cells[at].place,
        Text(
            f'"{typed}" was probably one number: its comma makes a cell too many',
            f"“{typed}”应为一个数字：其中的逗号使该行多出单元格",
        ),
        Text(
            f'write {number} without a comma, or "{typed}" in quotation marks',
            f'请写作{number}（不用逗号），或加引号写作"{typed}"',
        ),
    )
