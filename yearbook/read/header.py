"""Check the header of a sheet against the columns it should have."""

from collections.abc import Collection, Iterator

from yearbook.finding import Finding, error
from yearbook.model import Text
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
        if name not in seen and sheet.header:
            yield error(
                "header",
                sheet.header[0].place,
                Text(f'the column "{name}" is missing', f"缺少“{name}”列"),
                Text(f'add a column headed "{name}"', f"请增加“{name}”列"),
            )
