"""Check the header of a sheet against the columns it should have."""

from collections.abc import Collection, Iterator

from yearbook.finding import Finding, error, failing
from yearbook.model import Cell, Text
from yearbook.read.sheet import Sheet
from yearbook.records import suggestion


def check(
    sheet: Sheet, required: Collection[str], optional: Collection[str] = (), free: bool = False
) -> Iterator[Finding]:
    """Missing, repeated and (unless ``free``) unknown columns."""
    seen: set[str] = set()
    for cell in sheet.header:
        if cell.text in seen or not cell.text:
            yield error(
                "header",
                cell.place,
                Text(
                    f'the column "{cell.text}" stands twice'
                    if cell.text
                    else "a column has no name",
                    f"“{cell.text}”列重复" if cell.text else "有一列没有列名",
                ),
                Text("each column needs a name of its own", "每列须有各自的列名"),
            )
        elif not free and cell.text not in (*required, *optional):
            yield error(
                "header",
                cell.place,
                Text(f'the column "{cell.text}" is not known here', f"此表没有“{cell.text}”列"),
                suggestion(cell.text, (*required, *optional)),
            )
        seen.add(cell.text)
    for name in required:
        near = _meant(name, sheet, (*required, *optional)) if free and name not in seen else None
        if near is not None:
            yield error(
                "header",
                near.place,
                Text(
                    f'the column "{name}" is missing; this one is called "{near.text}"',
                    f"缺少“{name}”列，此列名为“{near.text}”",
                ),
                suggestion(near.text, [name]),
            )
        elif name not in seen and sheet.header:
            yield error(
                "header",
                sheet.header[0].place,
                Text(f'the column "{name}" is missing', f"缺少“{name}”列"),
                Text(f'add a column headed "{name}"', f"请增加“{name}”列"),
            )


def _meant(name: str, sheet: Sheet, known: Collection[str]) -> Cell | None:
    """The column that was probably meant by a name that is missing."""
    from difflib import get_close_matches

    others = [cell for cell in sheet.header if cell.text not in known]
    near = get_close_matches(name, [cell.text for cell in others], 1, 0.7)
    return next((cell for cell in others if cell.text in near), None)


def rowless(sheet: Sheet) -> Iterator[Finding]:
    """A table of records with a header only has probably lost its rows."""
    if sheet.header and not sheet.rows and not failing(sheet.findings):
        yield error(
            "csv",
            sheet.header[0].place,
            Text("the table has a header and no rows", "表格只有表头，没有数据行"),
            Text(
                "put the rows back, or delete the file if there is nothing to record",
                "请恢复数据行；确无数据时请删除该文件",
            ),
        )


def undefined(sheet: Sheet, known: Collection[str]) -> Iterator[Finding]:
    """Columns of a table of figures that are neither its own nor a dimension of codes.csv."""
    for cell in sheet.header:
        if cell.text and cell.text not in known:
            yield error(
                "header",
                cell.place,
                Text(
                    f'the column "{cell.text}" is not known here, nor a dimension of codes.csv',
                    f"“{cell.text}”不是此表的列，codes.csv 中也没有这个维度",
                ),
                suggestion(cell.text, known),
            )
