"""CSV as editors save it: every cell with its place, every fault of form with its cell."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.edits import bilingual, said
from yearbook.finding import error
from yearbook.model import Place, Text, letter
from yearbook.read import form, split
from yearbook.read.sheet import Sheet, parse

HEADER = "id,value,note\r\n"
QUOTE = "a quotation mark is opened here and never closed, or text follows where it closes"


def faults(text: str) -> list[str]:
    """What is wrong with a small CSV."""
    return said(parse("x.csv", text.encode()).findings)


def cells(sheet: Sheet) -> list[list[str]]:
    """The texts of the rows of a sheet."""
    return [[cell.text for cell in row.cells.values()] for row in sheet.rows]


def test_plain() -> None:
    """Rows and cells come as typed, without the byte order mark and the blanks around."""
    sheet = parse("x.csv", "\ufeffid,value\r\n a ,\u30001\u00a0\r\n".encode())
    assert sheet.columns == ("id", "value")
    assert cells(sheet) == [["a", "1"]]
    assert (sheet.file, sheet.findings) == ("x.csv", ())


def test_blanks_around() -> None:
    """Whatever stands around a cell unseen is taken off, and nothing else."""
    blanks = "\t\n\u00a0\u1680\u2000\u200b\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff "
    assert split.stripped(f"{blanks}XaX{blanks}") == "XaX"
    for each in blanks:
        assert split.stripped(f"{each}a{each}b{each}") == f"a{each}b"
    assert split.stripped("-a\u2010") == "-a\u2010"


def test_line_ends() -> None:
    """The line ends of Windows, Unix and old Macs read alike."""
    for end in ("\r\n", "\n", "\r"):
        sheet = parse("x.csv", end.join(["id,value", "a,1", "b,2", ""]).encode())
        assert cells(sheet) == [["a", "1"], ["b", "2"]]
        assert [row.place.line for row in sheet.rows] == [2, 3]


def test_rows_of_a_spreadsheet() -> None:
    """After blank lines and cells of several lines, line and spreadsheet row are told apart."""
    sheet = parse("x.csv", b'id,value\n\n"a\nb",1\n,\nc,2\n')
    assert [str(row.place_of("value")) for row in sheet.rows] == ["x.csv:4:4", "x.csv:6:3"]
    assert [row.place_of("value").cell for row in sheet.rows] == ["B3", "B5"]
    assert sheet.rows[0].text("id") == "a b"


def test_place_after_doubled_quotes() -> None:
    """Doubled quotation marks and commas inside a cell do not shift the cells after it."""
    sheet = parse("x.csv", b'id,value,note\n"a ""b"", c, d",1,x\n')
    assert [cell.place.column for cell in sheet.rows[0].cells.values()] == [1, 17, 19]


def test_surplus_cell() -> None:
    """An unquoted 72,000 is reported at the cell it begins in, with how to write it; any other
    surplus cell is named itself."""
    found = parse("x.csv", (HEADER + "a,72,000,x\r\n").encode()).findings
    torn = '"72,000" was probably one number: its comma makes a cell too many'
    assert said(found) == [f"x.csv:2:3 B2 row: {torn}"]
    assert found[0].hint.en == 'write 72000 without a comma, or "72,000" in quotation marks'
    assert faults("id,value\na,72,000\n") == [f"x.csv:2:3 B2 row: {torn}"]
    assert faults(HEADER + "a,72,000,\n") == [f"x.csv:2:3 B2 row: {torn}"]
    assert "1,234,567.5" in faults(HEADER + "a,1,234,567.5,x\n")[0]
    assert faults(HEADER + "a,7,x,y\n") == ['x.csv:2:7 D2 row: "y" stands beyond the last column']


def test_surplus_empty_cells() -> None:
    """Empty cells at the end of a row, as Excel leaves them, do no harm."""
    sheet = parse("x.csv", b"id,value\na,1,,\n")
    assert not sheet.findings
    assert cells(sheet) == [["a", "1"]]


def test_short_row() -> None:
    """A row that ends early is reported at its last cell and not read."""
    sheet = parse("x.csv", (HEADER + "a,1\r\nb,2,y\r\n").encode())
    assert said(sheet.findings) == ["x.csv:2:3 B2 row: the row has 2 cells, the header 3"]
    assert cells(sheet) == [["b", "2", "y"]]


def test_unclosed_quote() -> None:
    """A quotation mark that is never closed is reported where it opens; the rows after are read."""
    text = HEADER + 'a,1,x\r\nb,"2,y\r\nc,3,z\r\n'
    assert faults(text) == [f"x.csv:3:3 - csv: {QUOTE}"]
    assert cells(parse("x.csv", text.encode())) == [["a", "1", "x"], ["c", "3", "z"]]
    later = HEADER + 'a,1,x\r\nb,"2,y\r\nc,"3",z\r\nd,4\r\n'
    assert [found.split(" ")[0] for found in faults(later)] == ["x.csv:3:3", "x.csv:5:3"]


def test_rows_after_a_swallowed_one() -> None:
    """A cell that holds other rows is told; the rows after it are read."""
    sheet = parse("x.csv", b'id,value,note\na,"1,x\nb,2,y\nc,3,z\nd,4","w"\ne,1,2\n')
    assert [str(found.place) for found in sheet.findings] == ["x.csv:2:3"]
    assert cells(sheet) == [["e", "1", "2"]]


def test_long_cell_of_a_short_row() -> None:
    """Rows that a cell holds have as many cells as the header, not as their own row."""
    found = faults('id,a,b,c,value\nx,"1,2,3\ny"\n')
    assert found == ["x.csv:2:3 B2 row: the row has 2 cells, the header 5"]


@pytest.mark.parametrize(
    ("text", "swallowed"),
    [
        ('id,a,b,c\nx,"k,l,m\ny",a,b\n', False),
        ('id,a,b,c\nx,"k,l,m\ny,z",a,b\n', True),
        ('id,a,b,c\nx,"k,l, m\ny,z",a,b\n', False),
        ('id,a\nx,"k\ny,l"\n', False),
        ('id,a\nx,"k,l\ny,z"\n', True),
    ],
)
def test_cell_that_holds_rows(text: str, swallowed: bool) -> None:
    """A cell of several lines holds rows if signs enough stand in it that part the cells."""
    found = parse("x.csv", text.encode()).findings
    assert [f.rule for f in found] == ["csv"] * swallowed


def test_longest_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell with as many characters as one may have is right beside one that has one more."""
    monkeypatch.setattr(split, "LONGEST", 5)
    (found,) = parse("x.csv", b"id,note\nabcde,abcdef\n").findings
    assert found == error(
        "csv",
        Place("x.csv", 2, 7, "B2"),
        Text("the cell has 6 characters, the limit is 5", "单元格有6个字符，超过上限5"),
        Text("shorten it; is a quotation mark missing?", "请缩短；是否漏了引号？"),
    )


def test_text_after_quote() -> None:
    """Text after a closing quotation mark is no CSV; the reader does not guess."""
    (fault,) = faults('id,value\n"a"b,1\n')
    assert fault == f"x.csv:2:1 - csv: {QUOTE}"


def test_broken_to_the_end() -> None:
    """A quotation mark that is open in the very last line is told once; after two hundred faults
    of form nothing more is."""
    assert faults('id,note\na,"x') == [f"x.csv:2:3 - csv: {QUOTE}"]
    assert len(faults("id,note\n" + 'a,"x"y\n' * 199 + "b,z\n")) == 199
    assert len(faults("id,note\n" + 'a,"x"y\n' * 250)) == 200


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('"a""b","c"d\n', "x.csv:2:8"),
        ('"a\nb","c"d\n', "x.csv:3:4"),
        ('"a","b\n', "x.csv:2:5"),
        (f"{'x' * 140_000},a\n", "x.csv:2:1"),
    ],
)
def test_mark_to_blame(text: str, place: str) -> None:
    """The quotation mark that opens the broken cell is named, not one of a whole cell before."""
    found = parse("x.csv", f"id,note\n{text}".encode()).findings[0]
    assert str(found.place) == place
    if text[0] == "x":
        assert found.what == Text(
            "a cell begins here that has more than 32,767 characters",
            "自此处起的单元格超过32767个字符",
        )


def test_all_faults_at_once() -> None:
    """Every wrong row of a file is reported, not only the first."""
    assert len(faults(HEADER + "a,1\r\nb,2,3,4\r\nc\r\nd,1,x\r\n")) == 3


def test_nul() -> None:
    """A zero byte is refused at its place."""
    fault = "byte 12 is zero: the file is not text"
    assert faults("id,value\na,\x001\n") == [f"x.csv:2:3 - csv: {fault}"]


def test_limits() -> None:
    """A table that no spreadsheet could open is refused by its lines, with the limit named."""
    for content, says in (
        (b"x" * 4_000_001, "the limit is 4,000,000"),
        (b",".join([b"c"] * 16_385), "16,385 columns, the limit is 16,384"),
        (b"a\n" * 1_048_577, "the limit is 1,048,576"),
        (b"id,note\na," + b"x" * 32_768, "32,768 characters, the limit is 32,767"),
        (b"id,note\na," + b"x" * 140_000, "more than 32,767 characters"),
    ):
        found = parse("x.csv", content).findings
        assert says in found[0].what.en


def test_limits_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many rows, columns and characters as Excel has are read; one more is refused."""
    monkeypatch.setattr(split, "ROWS", 3)
    monkeypatch.setattr(split, "COLUMNS", 3)
    assert not faults("id,value,note\na,1,x\nb,2,y\n")
    hint = Text("split the table", "请拆分表格")
    for content, place, what in (
        (
            *(b"id,value\na,1\nb,2\nc,3\n", "x.csv:1"),
            Text("the table has 5 lines, the limit is 3", "表格有5行，超过上限3行"),
        ),
        (
            *(b"id,value\na,1,x,y\n", "x.csv:2"),
            Text("the table has 4 columns, the limit is 3", "表格有4列，超过上限3列"),
        ),
    ):
        sheet = parse("x.csv", content)
        (found,) = sheet.findings
        assert (found.rule, str(found.place), found.what) == ("csv", place, what)
        assert found.hint == hint
        assert sheet == Sheet("x.csv", (), (), (found,))


def test_lines_to_the_last_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line as long as the limit is read; of a longer one nothing is."""
    monkeypatch.setattr(form, "_ENDLESS", 12)
    assert not faults("id,value\na,1234567890\n")
    found = error(
        "csv",
        Place("x.csv", 3),
        Text("the line has 14 bytes, the limit is 12", "该行有14字节，超过上限12字节"),
        Text("is a quotation mark missing, or is this no table?", "是否漏了引号，或并非表格？"),
    )
    content = b"id,value\na,1234567890\nb,12345 7890\xc3\xa9\nc,123456789012\n"
    assert parse("x.csv", content) == Sheet("x.csv", (), (), (found,))


def test_nothing_of_what_is_no_text() -> None:
    """Of a file that is no text nothing is read, and it is said once."""
    sheet = parse("x.csv", b"id,value\na,\x001\n")
    assert sheet == Sheet("x.csv", (), (), sheet.findings)
    assert len(sheet.findings) == 1


def test_empty() -> None:
    """A file without any cell is reported as empty."""
    for text in ("", "\ufeff", "\r\n\r\n", ",,\n"):
        assert faults(text) == ["x.csv:1 - csv: the file is empty"]
        assert parse("x.csv", text.encode()).file == "x.csv"


def test_header_only() -> None:
    """A table without rows is a table."""
    sheet = parse("x.csv", HEADER.encode())
    assert sheet.columns == ("id", "value", "note")
    assert not sheet.rows
    assert not sheet.findings


def test_missing_column() -> None:
    """Asked for a column it does not have, a row gives no text and its own place."""
    row = parse("x.csv", b"id\na\n").rows[0]
    assert row.text("value") == ""
    assert row.place_of("value") == row.place


def test_letters() -> None:
    """Columns are named as a spreadsheet names them."""
    names = [letter(number) for number in range(1, 703)]
    assert len(set(names)) == 702
    assert (names[25], names[26], names[51], names[52], names[-1]) == ("Z", "AA", "AZ", "BA", "ZZ")


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@example(b'a,"b\n')
@example(b'"a""')
@example(b'\xef\xbb\xbf"')
@example(b'a\n"b"c\n')
@example(b'id\r"a')
@example("\ufeff\ufeff,".encode())
@example(b"x" * 140_000)
def test_never_raises(content: bytes) -> None:
    """Whatever a file holds, it gives rows or findings in both languages, never an exception."""
    sheet = parse("x.csv", content)
    assert sheet.header or sheet.findings
    for found in sheet.findings:
        assert found.place.line >= 1
        assert bilingual(found.what)
        assert bilingual(found.hint)


TEXTS = st.text(st.sampled_from('abd,"\n; “《年\U00020000'), max_size=6).filter(
    lambda text: "\n" not in text or text.count(",") < 2
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(TEXTS, min_size=width, max_size=width), min_size=1, max_size=5
    ).map(lambda body: [[f"c{n}" for n in range(width)], *body])
)


@given(TABLES, st.sampled_from(["\r\n", "\n"]), st.booleans())
@example([["c0", "c1", "c2"], ['"",', 'a"', "b"]], "\n", False)
def test_places(table: list[list[str]], end: str, quoted: bool) -> None:
    """Each cell of a well-formed table is read as it was written, and its place leads to it."""
    text = io.StringIO(newline="")
    csv.writer(
        text, lineterminator=end, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    ).writerows(table)
    lines = text.getvalue().replace("\r\n", "\n").split("\n")
    sheet = parse("x.csv", text.getvalue().encode())
    assert not sheet.findings
    wanted = [row for row in table if any(cell.strip() for cell in row)][1:]
    assert len(sheet.rows) == len(wanted)
    for row, typed in zip(sheet.rows, wanted, strict=True):
        for cell, word in zip(row.cells.values(), typed, strict=True):
            assert cell.text == " ".join(word.strip(" \n").split("\n"))
            rest = lines[cell.place.line - 1][cell.place.column - 1 :]
            first = word.split("\n")[0].replace('"', '""')
            assert rest.startswith((first, f'"{first}'))
            assert (
                cell.place.column == 1 or lines[cell.place.line - 1][cell.place.column - 2] == ","
            )


@pytest.mark.parametrize(
    ("lines", "sign"),
    [
        (["id;value"], ";"),
        # Among the first forty lines, in a line of less than 10,000 characters, all marks closed.
        ([*[""] * 39, "id;value"], ";"),
        ([*[""] * 40, "id;value"], ","),
        ([f"id;value;{'x' * 9_990}"], ";"),
        ([f"id;value;{'x' * 9_991}"], ","),
        (['id;"value'], ","),
    ],
)
def test_separator(lines: list[str], sign: str) -> None:
    """Where a header is looked for that tells what parts the cells."""
    assert form.separator(lines) == sign


@pytest.mark.parametrize(
    ("content", "read", "told"),
    [
        ('id,value\na,"="""""\n', [["a", ""]], ['="" → ']),
        ('id,value\na,"=""72"""\n', [["a", "72"]], ['="72" → 72']),
        # A year in a column that holds no periods is no year written otherwise.
        ("id,value\na,2010年\n", [["a", "2010年"]], []),
        ("id,rank\na,2010年\n", [["a", "2010年"]], []),
        ("id,period\na,2010年\n", [["a", "2010"]], ["2010年 → 2010"]),
    ],
)
def test_as_meant(content: str, read: list[list[str]], told: list[str]) -> None:
    """What is understood in another form, and shown in the note."""
    sheet = parse("x.csv", content.encode())
    assert cells(sheet) == read
    assert [found.what.en.partition(": ")[2] for found in sheet.findings] == told


def test_torn_number() -> None:
    """A number over two lines is shown with its blanks."""
    (found,) = parse("x.csv", b'id,rank\na,"7 2\n000"\n').findings
    assert found.what == Text(
        'a number is torn over two lines: "7 2 / 000"', "数字分成了两行：“7 2 / 000”"
    )


@pytest.mark.parametrize("mark", ["<<<<<<< ours", ">>>>>>> theirs"])
def test_one_mark_of_a_merge(mark: str) -> None:
    """One mark that was left of a merge is a fault, too; what looks like one is none."""
    merged = "x.csv:2:1 - csv: two versions of the file were merged half"
    assert faults(f"id,value\n{mark}\na,1\n") == [merged]
    assert faults("id,value\n=======,1\n<<<<<<,2\n") == []
