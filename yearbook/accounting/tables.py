"""Every cell of a printed table reads back, with the unit printed over or beside it."""

from collections.abc import Iterator

from yearbook.accounting.derived import Expected, expected
from yearbook.accounting.ledger import Ledger
from yearbook.finding import Finding, error
from yearbook.model import Edition, Language, Place, Text
from yearbook.numbers import text, trimmed
from yearbook.table import Table, TableCell, TableRow, Words


def check(ledger: Ledger, edition: Edition, table: Table, place: Place) -> Iterator[Finding]:
    """Figures of a table that a reader would take for another value or hedge."""
    for row in table.rows:
        for cell in row.cells:
            if cell.figure and not _right(ledger, edition, table, (row, cell)):
                yield _misprint(ledger, edition, table.id, cell, place)


def _right(
    ledger: Ledger, edition: Edition, table: Table, where: tuple[TableRow, TableCell]
) -> bool:
    row, cell = where
    wanted = expected(ledger.records, cell.fact, cell.period)
    said = [table.unit, *(other.words for other in row.cells if other.words)]
    return any(
        _reads(ledger, f"{cell.figure}{blank}{_unit(unit, language)}", language, wanted)
        for language, blank in ((of, "" if of is Language.ZH else " ") for of in edition.languages)
        for unit in said
    )


def _reads(ledger: Ledger, printed: str, language: Language, wanted: Expected) -> bool:
    numerals = ledger.read(printed, language)
    return (
        bool(numerals) and numerals[0].hedge is wanted.hedge and wanted.says(numerals[0], language)
    )


def _unit(words: Words, language: Language) -> str:
    return next((str(said) for of, said in words if of is language), "")


def _misprint(
    ledger: Ledger, edition: Edition, table: str, cell: TableCell, place: Place
) -> Finding:
    value = text(trimmed(expected(ledger.records, cell.fact, cell.period).value))
    return error(
        "misprint",
        place,
        Text(
            f'table "{table}" ({edition}) prints {cell.figure} for {cell.fact}, which is {value}',
            f"表“{table}”（{edition}）中{cell.fact}印为{cell.figure}，实为{value}",
        ),
        Text("see the factors in units.csv", "请核对 units.csv 中的换算系数"),
    )
