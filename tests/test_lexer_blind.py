"""The lexers read sentences whose numerals were listed by someone who had not seen the lexers.

The notation of ``lexer/blind_english.csv`` and ``lexer/blind_chinese.csv``: numerals parted by
``; ``, each ``[hedge] value [kind]``; a fraction is written ``2/3``, a kind may be shortened to
``points``, no kind means cardinal, and ``vague`` and ``code`` have no value.
"""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from yearbook.lexer import Numeral, NumeralKind, read
from yearbook.model import Language, Qualifier

_ROOT = Path(__file__).parent.parent
_FILES = {Language.EN: "blind_english.csv", Language.ZH: "blind_chinese.csv"}
_SHORT = {"points": "percentage_points"}

Reading = tuple[str, Fraction | None, str]
"""What an example tells of a numeral: hedge, value and kind."""


def wanted(notation: str) -> list[Reading]:
    """The readings an example expects."""
    return [_reading(words.split()) for words in notation.split("; ") if words]


def _reading(words: list[str]) -> Reading:
    hedge = words.pop(0) if words[0] in set(Qualifier) else Qualifier.EXACT.value
    value = Fraction(words.pop(0)) if words[0][0] in "-0123456789" else None
    kind = words[0] if words else NumeralKind.CARDINAL.value
    return hedge, value, _SHORT.get(kind, kind)


def found(numeral: Numeral) -> Reading:
    """The reading of a numeral; a fraction of 28 digits becomes the fraction it stands for."""
    value = None if numeral.value is None else Fraction(numeral.value)
    if value is not None and numeral.kind is NumeralKind.FRACTION:
        value = value.limit_denominator(10_000)
    return numeral.hedge.value, value, numeral.kind.value


def _rows(name: str, *columns: str) -> list[tuple[str, ...]]:
    with (_ROOT / name).open(encoding="utf-8-sig", newline="") as file:
        return [tuple(row[column] for column in columns) for row in csv.DictReader(file)]


@pytest.mark.parametrize("language", Language)
def test_reads_what_a_reader_expects(language: Language) -> None:
    """Every sentence holds exactly the numerals listed for it: value, kind and hedge."""
    masks = {p for code, p in _rows("data/idioms.csv", "language", "phrase") if code == language}
    examples = _rows(f"tests/lexer/{_FILES[language]}", "text", "expected")
    wrong = [
        f"{text}\n  wanted {notation}\n  found  " + "; ".join(" ".join(map(str, r)) for r in got)
        for text, notation in examples
        if (got := [found(n) for n in read(text, language, masks)]) != wanted(notation)
    ]
    right = len(examples) - len(wrong)
    assert not wrong, f"{right} of {len(examples)} right\n" + "\n".join(wrong)
    assert len(examples) == 100
