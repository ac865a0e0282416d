"""Literals are names that hold a number: each is used, holds one, and is no quantity."""

import re
from collections.abc import Iterator
from decimal import Decimal

from yearbook import lexer
from yearbook.accounting.ledger import Ledger
from yearbook.accounting.visible import visible
from yearbook.book import Book, Inscription
from yearbook.compose import Telling
from yearbook.finding import Finding, error
from yearbook.lexer import Numeral, NumeralKind
from yearbook.model import Language, Place, Text

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
    counted = first.unit.partition(" ")[0]
    left = (text[: first.start] + text[first.end :]).replace(counted, "", 1)
    alone = first.kind is NumeralKind.CARDINAL and not left.strip(" 　.,。，《》“”\"'")
    if alone or any(_counting(ledger, numeral) for numeral in numerals):
        yield error(
            "literal",
            place,
            Text(f'"{text}" is a quantity, not a name', f"“{text}”是数量，不是名称"),
            Text("put it into the records", "请录入数据表"),
        )


def _counting(ledger: Ledger, numeral: Numeral) -> bool:
    """Whether a number in digits counts something that the records have a unit for."""
    if numeral.kind is NumeralKind.PERCENT:
        return True
    if numeral.kind is not NumeralKind.CARDINAL or not any(c.isdigit() for c in numeral.text):
        return False
    units = ledger.records.book.units.values()
    words = {word for unit in units for word in (unit.one, unit.other, unit.zh) if word}
    return numeral.unit in words


def unequal(ledger: Ledger) -> Iterator[Finding]:
    """Literals whose two languages hold different numbers."""
    book = ledger.records.book
    places = {one.literal: one.cell.place for one in book.inscriptions if one.literal}
    for name, place in places.items():
        said = [_numbers(book, book.literals[name].of(of), of) for of in Language]
        if said[0] and said[1] and said[0] != said[1]:
            yield error(
                "literal",
                place,
                Text(
                    f'the literal "{name}" holds other numbers in English than in Chinese',
                    f"固定用语“{name}”的中英文数字不一致",
                ),
                Text("compare both with the source", "请对照原文核实"),
            )


def _numbers(book: Book, words: str, language: Language) -> list[Decimal]:
    """The numbers of a phrase that has no word of a template, in order of size."""
    if "{{" in words:
        return []
    read = lexer.read(words, language, book.masks(language))
    return sorted(numeral.value for numeral in read if numeral.value is not None)


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
