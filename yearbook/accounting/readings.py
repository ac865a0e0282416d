"""What the figures of a text say to its reader, so that two languages can be compared by value."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from yearbook.accounting.derived import expected
from yearbook.accounting.ledger import Ledger
from yearbook.accounting.visible import Bound, visible
from yearbook.lexer import Numeral, NumeralKind
from yearbook.model import Language, Qualifier
from yearbook.numbers import NumberError
from yearbook.records import UnknownError


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as printed, and what it says: value in the unit of the records, hedge, sort."""

    printed: str
    value: Decimal | None
    hedge: Qualifier
    sort: str

    @property
    def meaning(self) -> tuple[Decimal | None, Qualifier, str]:
        """What must be the same in both languages."""
        return self.value, self.hedge, self.sort


def readings(
    ledger: Ledger, html: str, language: Language
) -> dict[tuple[str, str], tuple[Reading, ...]]:
    """The figures of a text by what they print and of which period; years apart."""
    found: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for seen in visible(html):
        numerals = ledger.read(seen.text, language)
        for bound in seen.figures():
            inside = (n for n in numerals if bound.start <= n.number_start < bound.end)
            if (numeral := next(inside, None)) and not bound.source.startswith("year("):
                printed = seen.text[bound.start : bound.end]
                reading = _reading(ledger, language, bound, (printed, numeral))
                found[bound.source, bound.period].append(reading)
    return {source: tuple(said) for source, said in found.items()}


def _reading(
    ledger: Ledger, language: Language, bound: Bound, said: tuple[str, Numeral]
) -> Reading:
    printed, numeral = said
    value = numeral.value
    try:
        factor = expected(ledger.records, bound.source, bound.period).chinese
    except (UnknownError, NumberError, KeyError, TypeError, ValueError):
        factor = Decimal(1)
    if value is not None and language is Language.ZH:
        value *= factor
    return Reading(printed, value, numeral.hedge, _sort(numeral))


def _sort(numeral: Numeral) -> str:
    """Money, percent, ordinal, date or number: nouns differ between languages, these may not."""
    if numeral.kind in (NumeralKind.CARDINAL, NumeralKind.YEAR):
        return "money" if numeral.unit.startswith(("yuan", "元")) else "number"
    return numeral.kind.value
