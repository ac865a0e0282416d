"""The one form in which a CSV of the records is kept: what Excel and WPS write as "CSV UTF-8".

UTF-8 with its mark (without it both programs open Chinese as garbled text), lines ending in CR LF,
quotation marks only where a cell needs them: saving in either program then changes nothing else
than was edited, and a diff shows that alone. Rows and columns stay where they are.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from yearbook.finding import Finding, failing
from yearbook.model import Cell, Period, Text, letter
from yearbook.read import header, names, values
from yearbook.read.encoding import Decoded, decode
from yearbook.read.form import note, separator
from yearbook.read.sheet import Sheet, parse

_ROW = re.compile("[0-9]+")


def table(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows of cells as a CSV that Excel and WPS open as text in both languages.

    >>> table([["a", "b,c"]])
    b'\\xef\\xbb\\xbfa,"b,c"\\r\\n'
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def canonical(file: str, content: bytes) -> bytes | tuple[Finding, ...]:
    """A CSV in its usual form, or what must be mended before anybody can write it so.

    >>> canonical("x.csv", "id;value\\na;７２ ０００\\n".encode("gb18030")).decode("utf-8-sig")
    'id,value\\r\\na,72000\\r\\n'
    """
    sheet = parse(file, content)
    wrong = failing((*sheet.findings, *header.check(sheet, (), free=True)))
    return wrong or table(_rows(sheet))


def _rows(sheet: Sheet) -> Iterator[list[str]]:
    """The rows at their numbers; what was blank stays blank."""
    number = _number(sheet.header[0])
    yield from ([] for _ in range(1, number))
    yield list(sheet.columns)
    for row in sheet.rows:
        for _ in range(number + 1, _number(next(iter(row.cells.values())))):
            yield []
        number = _number(next(iter(row.cells.values())))
        yield [_usual(column, cell) for column, cell in row.cells.items()]


def _number(cell: Cell) -> int:
    found = _ROW.search(cell.place.cell or "")
    return int(found[0]) if found else 1


def _usual(column: str, cell: Cell) -> str:
    """A number or period as it is usually written; all else as it was read."""
    if column in names.NUMBERS:
        number = values.number(cell)
        return f"{number:f}" if isinstance(number, Decimal) else cell.text
    if column == "period":
        period = values.period(cell)
        return str(period) if isinstance(period, Period) else cell.text
    return cell.text


def files(given: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a project with every CSV of data/ in its usual form, so far as it has one."""
    made = dict(given)
    for name, content in given.items():
        if name.startswith("data/") and name.endswith(".csv"):
            usual = canonical(name, content)
            made[name] = usual if isinstance(usual, bytes) else content
    return made


def changes(file: str, before: bytes, after: bytes) -> Iterator[Finding]:
    """What differs between a CSV and its usual form: its form as a whole, and each cell."""
    decoded = decode(before)
    if before == after or not isinstance(decoded, Decoded):
        return
    sheet = parse(file, before)
    first = sheet.header[0].place
    forms = [finding.what for finding in sheet.findings if finding.place.cell is None]
    forms += _line_ends(before, decoded)
    what = Text("; ".join(form.en for form in forms), "；".join(form.zh for form in forms))
    if forms:
        hint = Text(
            "it becomes UTF-8 with a mark, commas, and lines that end as in Excel",
            "改为带标记的UTF-8编码、半角逗号分隔、Excel换行",
        )
        yield note(first, what, hint)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    typed = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text.split("\n")))
    usual = csv.reader(io.StringIO(after.decode("utf-8-sig"), newline=""))
    places = {cell.place.cell: cell.place for cell in _cells(sheet)}
    for number, (old, new) in enumerate(zip(typed, usual, strict=False), 1):
        for column, (one, other) in enumerate(zip(old, new, strict=False)):
            if one != other:
                place = places.get(f"{letter(column + 1)}{number}", first)
                yield note(
                    place, Text(f'"{one}" becomes "{other}"', f"“{one}”改为“{other}”"), _KEPT
                )


def _cells(sheet: Sheet) -> Iterator[Cell]:
    yield from sheet.header
    for row in sheet.rows:
        yield from row.cells.values()


def _line_ends(before: bytes, decoded: Decoded) -> Iterator[Text]:
    if decoded.encoding == "UTF-8" and not decoded.marked:
        yield Text("the mark of UTF-8 is missing", "缺少UTF-8标记")
    text = decoded.text
    if text.count("\r\n") != text.count("\n") or text.count("\r") != text.count("\n"):
        yield Text("lines end in another way", "换行方式不同")
    elif not before.endswith(b"\n"):
        yield Text("the last line does not end", "末行没有换行")


_KEPT = Text("what it says stays the same", "内容不变")
