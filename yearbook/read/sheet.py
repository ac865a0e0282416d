"""A CSV as an editor sees it: a header and rows of cells, each cell with its place.

What Excel, WPS and input methods do to a table without changing what it says is undone and told
as information; whatever may change what it says is refused. Every fault of a file is reported, not
only the first. docs/loader.md has the whole contract.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from yearbook.finding import Finding, error, failing
from yearbook.memo import Memo
from yearbook.model import Cell, Place, Text
from yearbook.read import encoding, form, names, tidy
from yearbook.read.encoding import Undecodable
from yearbook.read.split import Record, oversize, records


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
    """A parsed CSV and what is wrong with its form, or (information) was read in another form."""

    file: str
    header: tuple[Cell, ...]
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(cell.text for cell in self.header)


def parse(file: str, content: bytes) -> Sheet:
    """Read the bytes of a CSV.

    >>> sheet = parse("x.csv", b"id,value\\na,1\\n")
    >>> sheet.rows[0].cells["value"]
    Cell(text='1', place=Place(file='x.csv', line=2, column=3, cell='B2'))
    """
    if len(content) > _SMALL:
        return _parsed(file, content)
    if (file, content) not in _KNOWN:
        _KNOWN[file, content] = _parsed(file, content)
    return _KNOWN[file, content]


_SMALL = 1 << 16
_KNOWN: Memo[tuple[str, bytes], Sheet] = Memo(512)
"""Small tables as they were parsed: most of them are the same from build to build."""


def _parsed(file: str, content: bytes) -> Sheet:
    long = form.endless(file, content)
    if long is not None:
        return Sheet(file, (), (), (long,))
    decoded = encoding.decode(content)
    if isinstance(decoded, Undecodable):
        place = Place(file, *_spot(content, decoded.byte))
        return Sheet(file, (), (), (error("csv", place, decoded.what, decoded.hint),))
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    findings = [*form.encoded(file, decoded), *form.illegible(file, text)]
    separator = form.separator(lines)
    for said in (form.parted(file, lines, separator), oversize(file, lines, separator)):
        if said is not None:
            findings.append(said)
            if failing((said,)):
                return Sheet(file, (), (), tuple(findings))
    kept = form.without_conflicts(file, lines, findings)
    found = records(file, kept, separator, findings)
    return _sheet(file, found, separator, findings)


def _spot(content: bytes, byte: int) -> tuple[int, int]:
    """Line and column of a byte, in characters as far as they can be told."""
    before = content[:byte]
    start = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[start:].decode("utf-8", "replace")) + 1


def _sheet(file: str, found: list[Record], separator: str, findings: list[Finding]) -> Sheet:
    found = form.headed(found, findings)
    if not found:
        if not findings:
            findings.append(_empty(file))
        return Sheet(file, (), (), tuple(findings))
    width = form.width(found)
    header = found[0].cells[:width]
    called = names.called([cell.text for cell in header], names.KNOWN)
    columns = tuple(" ".join(name.split()) for name in called)
    header = tuple(replace(c, text=n) for c, n in zip(header, columns, strict=True))
    rows: list[Row] = []
    notes = tidy.Notes()
    for record in found[1:]:
        wrong = form.misfit(record.cells, header)
        if wrong:
            findings.append(wrong)
            continue
        cells = tidy.cleaned(dict(zip(columns, record.cells, strict=False)), notes)
        findings.extend(tidy.refused(cells, separator))
        rows.append(Row(cells, record.cells[0].place))
    findings.extend(notes.findings())
    return Sheet(file, header, tuple(rows), tuple(findings))


def _empty(file: str) -> Finding:
    return error(
        "csv",
        Place(file, 1),
        Text("the file is empty", "文件为空"),
        Text("put back the header and the rows", "请恢复表头和数据行"),
    )


def named(sheet: Sheet, known: Collection[str]) -> Sheet:
    """The sheet with the columns called as they are known where only the spelling differs.

    >>> named(parse("x.csv", b"id,Rank\\na,b\\n"), {"rank"}).columns
    ('id', 'rank')
    """
    columns = names.called(sheet.columns, known)
    if columns == sheet.columns:
        return sheet
    header = tuple(replace(c, text=n) for c, n in zip(sheet.header, columns, strict=True))
    rows = tuple(
        replace(row, cells=dict(zip(columns, row.cells.values(), strict=False)))
        for row in sheet.rows
    )
    return replace(sheet, header=header, rows=rows)
