"""Literals are names that hold a number: each is used, holds one, and is no quantity."""

import re
from collections.abc import Iterator

from yearbook.accounting.ledger import Ledger
from yearbook.accounting.visible import visible
from yearbook.book import Book, Inscription
from yearbook.compose import Telling
from yearbook.finding import Finding, error
from yearbook.lexer import NumeralKind
from yearbook.model import Place, Text

_CALL = re.compile(r"""\bliteral\(\s*["']([^"']+)["']""")


def check(ledger: Ledger, inscription: Inscription, telling: Telling) -> Iterator[Finding]:
    """A cell of literals.csv that holds no number, or nothing but a quantity."""
    seen = visible(telling.html)
    text = seen[0].typed() if seen else ""
    numerals = ledger.read(text, telling.language)
    place = inscription.cell.place
    if not numerals:
        yield error(
            "literal",
            place,
            Text(f'"{text}" holds no number', f"“{text}”中没有数字"),
            Text("delete the row and type the words", "请删除该行，直接录入文字"),
        )
        return
    first = numerals[0]
    left = text[: first.start] + text[first.reach :]
    if first.kind is NumeralKind.CARDINAL and not left.strip(" 　.,。，《》“”\"'"):
        yield error(
            "literal",
            place,
            Text(f'"{text}" is a quantity, not a name', f"“{text}”是数量，不是名称"),
            Text("put it into the records", "请录入数据表"),
        )


def unused(book: Book) -> Iterator[Finding]:
    """Literals that no text of any chapter asks for and no name holds."""
    texts = [prose.text for chapter in book.chapters for prose in chapter.prose.values()]
    shared = [book.inscriptions, *(chapter.inscriptions for chapter in book.chapters)]
    cells = [inscription for group in shared for inscription in group]
    texts.extend(inscription.cell.text for inscription in cells if inscription.template)
    names = {name for text in texts for name in _CALL.findall(text)}
    plain = [inscription.cell.text for inscription in cells if not inscription.template]
    places: dict[str, Place] = {}
    for inscription in book.inscriptions:
        if inscription.literal:
            places.setdefault(inscription.literal, inscription.cell.place)
    for name, place in places.items():
        phrase = book.literals[name]
        held = any(phrase.en in words or phrase.zh in words for words in plain)
        if name not in names and not held:
            yield error(
                "literal",
                place,
                Text(f'the literal "{name}" is not used', f"固定用语“{name}”未被使用"),
                Text("delete the row", "请删除该行"),
            )
