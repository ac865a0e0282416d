"""Words that are printed as they stand in a CSV, and the lists that say how words are to be read:
idioms, terms, the reasons of literals."""

from collections.abc import Iterable, Iterator

from yearbook.book import Inscription, Term
from yearbook.finding import Finding, error
from yearbook.model import Cell, Entry, Language, Place, Text
from yearbook.read import values
from yearbook.read.sheet import Row
from yearbook.read.tables import Gathered

IDIOMS = ("language", "phrase", "note")
TERMS = ("en", "zh", "forbidden_en", "forbidden_zh", "note")
_TEMPLATES = ("codes", "tables", "charts", "exceptions", "literals")
_NEVER_PRINTED = ("message_en", "message_zh", "forbidden_en", "forbidden_zh")


def term(row: Row) -> Term:
    """A row of terms.csv; variants are parted by ``|``."""
    forbidden = {
        language: tuple(filter(None, map(str.strip, row.text(f"forbidden_{language}").split("|"))))
        for language in Language
    }
    return Term(Text(row.text("en"), row.text("zh")), forbidden, row.place_of("en"))


def idioms(rows: Iterable[Row], gathered: Gathered) -> dict[Language, frozenset[str]]:
    """The phrases of idioms.csv by language; one that is empty or holds a digit is refused."""
    rows = [row for row in rows if gathered.keep(_idiom(row)) is not None]
    pairs = [
        (gathered.keep(values.choice(row.cells["language"], Language, Language.EN)), row)
        for row in rows
    ]
    return {
        of: frozenset(row.text("phrase") for language, row in pairs if language is of)
        for of in Language
    }


def _idiom(row: Row) -> Row | Finding:
    phrase = row.text("phrase")
    if phrase and not any(letter.isdigit() for letter in phrase):
        return row
    return error(
        "value",
        row.place_of("phrase"),
        Text("the idiom holds a digit", "习用语中含有数字")
        if phrase
        else Text("the idiom is empty", "习用语为空"),
        Text(
            "an idiom is a phrase in words that counts nothing; delete the row",
            "习用语是不表示数量的文字词组，请删除该行",
        ),
    )


def unreasoned(rows: Iterable[Row]) -> Iterator[Finding]:
    """A literal needs a reason: it is a number that no record proves."""
    for row in rows:
        if not row.text("reason"):
            yield error(
                "literal",
                row.place_of("reason"),
                Text("the literal has no reason", "该固定用语没有注明理由"),
                Text("say what it is the name of", "请注明是何名称"),
            )


def inscriptions(rows: Iterable[Row], columns: Iterable[str], name: str) -> list[Inscription]:
    """The cells of ``<name>.csv`` that are printed; of some lists they are templates."""
    return [
        Inscription(cell, of, name in _TEMPLATES, row.text("id") if name == "literals" else "")
        for row in rows
        for column in columns
        if (of := _language(column)) and (cell := row.cells[column]).text
    ]


def entered(entries: Iterable[Entry]) -> list[Inscription]:
    """The words of a list: posts, partners."""
    return [
        Inscription(cell, of)
        for entry in entries
        for column, cell in entry.cells.items()
        if (of := _language(column)) and cell.text
    ]


def settled(words: Text, place: Place, template: bool = False) -> list[Inscription]:
    """The same words of the settings in each language."""
    return [Inscription(Cell(words.of(of), place), of, template) for of in Language]


def _language(column: str) -> Language | None:
    """The language of a column of printed words.

    >>> _language("note_zh"), _language("other"), _language("en_factor")
    (<Language.ZH: 'zh'>, <Language.EN: 'en'>, None)
    """
    if column in _NEVER_PRINTED:
        return None
    if column in ("one", "other"):
        return Language.EN
    tail = column.removesuffix("_name").rpartition("_")[2]
    return Language(tail) if tail in ("en", "zh") else None
