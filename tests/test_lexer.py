"""Every numeral of the example files is found, with its value; nothing else is.

In the example files, written to be short enough to check by eye, ``; `` parts numerals and ``..``
the ends of a range. Before the value stands the hedge: ``>`` more than, ``<`` nearly, ``~``
about, ``>=`` at least, ``<=`` at most. After it: ``#`` ordinal, ``%`` percent, ``pp`` percentage
points, ``y`` year, ``m`` month, ``s`` decade; ``x2`` is a multiple, ``1/3`` a fraction, ``?``
vague, ``!A4`` a code; dates are ISO. A unit follows after a space, its first words or none;
``*mixed`` and ``*scale`` mark bad style.
"""

import csv
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from yearbook.lexer import Numeral, NumeralKind, Role, Style, read
from yearbook.model import Language, Qualifier

_ROOT = Path(__file__).parent.parent
_FILES = {Language.EN: "english.csv", Language.ZH: "chinese.csv"}
_HEDGES = {
    Qualifier.EXACT: "",
    Qualifier.MORE_THAN: ">",
    Qualifier.NEARLY: "<",
    Qualifier.ABOUT: "~",
    Qualifier.AT_LEAST: ">=",
    Qualifier.AT_MOST: "<=",
}
_STYLES = {None: "", Style.MIXED_SCALES: " *mixed", Style.SCALE_AS_UNIT: " *scale"}


def _digits(pattern: str) -> Callable[[Decimal], str]:
    """A form such as ``####-##`` filled with the digits of a value from the right."""

    def fill(value: Decimal) -> str:
        digits = iter(str(int(value)).zfill(pattern.count("#")))
        return re.sub("#", lambda _: next(digits), pattern)

    return fill


def _fraction(value: Decimal) -> str:
    fraction = Fraction(value).limit_denominator(10_000)
    return f"{fraction.numerator}/{fraction.denominator}"


_FORMS: dict[NumeralKind, Callable[[Decimal], str]] = {
    NumeralKind.CARDINAL: "{:f}".format,
    NumeralKind.ORDINAL: "{:f}#".format,
    NumeralKind.PERCENT: "{:f}%".format,
    NumeralKind.PERCENTAGE_POINTS: "{:f}pp".format,
    NumeralKind.MULTIPLE: "x{:f}".format,
    NumeralKind.FRACTION: _fraction,
    NumeralKind.YEAR: "{:f}y".format,
    NumeralKind.DECADE: "{:f}s".format,
    NumeralKind.YEAR_MONTH: _digits("####-##"),
    NumeralKind.DATE: _digits("####-##-##"),
    NumeralKind.MONTH_DAY: _digits("##-##"),
    NumeralKind.MONTH: _digits("##m"),
    NumeralKind.TIME: _digits("##:##"),
}


def written(numerals: Iterable[Numeral]) -> str:
    """Numerals in the notation of the example files, units included."""
    out = ""
    for numeral in numerals:
        joint = ".." if numeral.role is Role.END else "; "
        out += (joint if out else "") + _one(numeral)
    return out


def agrees(found: str, wanted: str) -> bool:
    """Whether numerals are those wanted; a unit counts as far as it is written."""
    pairs = list(zip(re.split(r"(; |\.\.)", found), re.split(r"(; |\.\.)", wanted), strict=False))
    same_length = found.count("; ") + found.count("..") == wanted.count("; ") + wanted.count("..")
    return same_length and all(_begins(*pair) for pair in pairs)


def _begins(found: str, wanted: str) -> bool:
    found, _, found_style = found.partition(" *")
    wanted, _, wanted_style = wanted.partition(" *")
    return found_style == wanted_style and f"{found} ".startswith(f"{wanted} ")


def _one(numeral: Numeral) -> str:
    if numeral.value is None:
        value = "?" if numeral.kind is NumeralKind.VAGUE else f"!{numeral.text}"
    else:
        value = _FORMS[numeral.kind](numeral.value)
    unit = f" {numeral.unit}" if numeral.unit else ""
    return _HEDGES[numeral.hedge] + value + unit + _STYLES[numeral.style]


def idioms(language: Language) -> frozenset[str]:
    """The reviewed idioms of the book."""
    with (_ROOT / "data" / "idioms.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        return frozenset(row["phrase"] for row in rows if row["language"] == language)


def examples(language: Language) -> list[tuple[str, str, str]]:
    """The rows of an example file: category, text, numerals."""
    path = _ROOT / "tests" / "lexer" / _FILES[language]
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["category"], row["text"], row["numerals"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("language", Language)
def test_reads_every_example(language: Language) -> None:
    """Each example holds exactly the numerals its file lists."""
    masks = idioms(language)
    wrong = [
        f"{category}: {text!r}\n  wanted {wanted}\n  found  {found}"
        for category, text, wanted in examples(language)
        if not agrees(found := written(read(text, language, masks)), wanted)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", Language)
def test_examples_are_many_and_varied(language: Language) -> None:
    """Each language has over four hundred examples, a good part without any numeral."""
    rows = examples(language)
    assert len({text for _, text, _ in rows}) == len(rows) >= 400
    assert sum(not wanted for _, _, wanted in rows) >= 80


@pytest.mark.parametrize("language", Language)
def test_every_idiom_masks(language: Language) -> None:
    """Alone, no idiom holds a numeral; each holds one without its mask or guards a neighbour."""
    masks = idioms(language)
    assert not {phrase for phrase in masks if read(phrase, language, masks)}


def only(text: str, language: Language) -> Numeral:
    """The one numeral of a text."""
    (numeral,) = read(text, language)
    return numeral


def test_spans_bound_token_and_number() -> None:
    """The token takes in hedge and scale; the bare number does not."""
    text = "raised more than 44.05 million Yuan"
    found = only(text, Language.EN)
    assert text[found.start : found.end] == "more than 44.05 million"
    assert text[found.number_start : found.number_end] == "44.05"
    text = "投入3000多万元"
    found = only(text, Language.ZH)
    assert text[found.start : found.end] == "3000多万"
    assert text[found.number_start : found.number_end] == "3000"


def test_idioms_give_way_to_longer_numerals() -> None:
    """An idiom masks unless a longer numeral starts at the same place or before."""
    masks = {"十分", "一批"}
    assert not read("十分重要，一批骨干", Language.ZH, masks)
    assert [n.value for n in read("十分钟后第一批到", Language.ZH, masks)] == [10, 1]
    assert [n.value for n in read("twenty-one of 30", Language.EN, {"one of"})] == [21, 30]
    assert [n.value for n in read("One\nof 30", Language.EN, {"one of"})] == [30]


def test_a_hedge_is_not_taken_from_an_idiom() -> None:
    """Words inside a mask or an earlier numeral hedge nothing."""
    (found,) = read("once over 30", Language.EN, {"once over"})
    assert found.hedge is Qualifier.EXACT


@pytest.mark.parametrize(
    "run", ["9", "〇", "一", "十", "9,", "九万", "9 million ", "1,234,", "No.9"]
)
def test_long_runs_are_read(run: str) -> None:
    """A run of thousands of numerals is read, not refused."""
    assert read(run * 5000, Language.ZH)
    assert read(run * 5000, Language.EN) or not run.isascii()


def test_huge_values_keep_their_digits() -> None:
    """A value beyond the precision of the usual context stays exact."""
    assert only("9" * 40 + " million", Language.EN).value == int("9" * 40) * 10**6


def test_grammars_are_loaded_when_they_are_wanted_and_at_once_if_asked() -> None:
    """In a process of its own: here they are loaded already."""
    code = """
import sys
from yearbook import lexer
held = {"yearbook.lexer.english", "yearbook.lexer.chinese"}
print(held & set(sys.modules))
lexer.ready()
print(held - set(sys.modules))
"""
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=_ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["set()", "set()"]
