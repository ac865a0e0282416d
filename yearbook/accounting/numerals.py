"""No number is typed: every numeral a reader sees comes from the records or is a reviewed name."""

from collections.abc import Iterator

from yearbook.accounting.derived import of
from yearbook.accounting.ledger import Ledger
from yearbook.accounting.visible import Bound, Sort, Visible
from yearbook.compose import Telling
from yearbook.finding import Finding, error
from yearbook.lexer import Numeral, NumeralKind
from yearbook.model import Fact, Kind, Language, Relation, Text
from yearbook.numbers import NumberError
from yearbook.records import Records, UnknownError

_SHOWN = 3
"""How many records a hint names."""


def check(
    ledger: Ledger, telling: Telling, seen: Visible, numerals: tuple[Numeral, ...]
) -> Iterator[Finding]:
    """The numerals of a text that nothing binds."""
    typed = seen.typed()
    for numeral in loose(seen, numerals):
        bare = typed[numeral.number_start : numeral.number_end].strip() or numeral.text
        number = typed[: numeral.number_start].count(bare)
        place = ledger.spot(telling, bare, number)
        yield error(
            "unbound",
            place,
            Text(f'"{numeral.text}" is typed, not asked for', f"“{numeral.text}”系直接录入的数字"),
            guess(ledger.records, numeral, telling.language),
        )


def loose(seen: Visible, numerals: tuple[Numeral, ...]) -> Iterator[Numeral]:
    """Numerals whose number lies in no bound stretch; of a figure, only its own number counts."""
    figures = seen.figures()
    first: dict[Bound, Numeral] = {}
    for numeral in numerals:
        holders = [
            b for b in seen.bounds if b.sort is not Sort.LIST and _within(numeral, seen.text, b)
        ]
        inner = next((b for b in holders if b in figures), None)
        if not holders or (inner is not None and first.setdefault(inner, numeral) is not numeral):
            yield numeral


def _within(numeral: Numeral, text: str, bound: Bound) -> bool:
    """A typed 年 after a bound year belongs to the words, not to the number."""
    number = text[numeral.number_start : numeral.number_end].rstrip("年月日号度份")
    return bound.start <= numeral.number_start and numeral.number_start + len(number) <= bound.end


def guess(records: Records, numeral: Numeral, language: Language) -> Text:
    """What a typed numeral probably is, and what to write instead.

    >>> from yearbook import lexer
    >>> from yearbook.specimen import fact, records
    >>> (typed,) = lexer.read("437 people", Language.EN)
    >>> guess(records(fact("dispatched", 437)), typed, Language.EN).en
    '437 is dispatched: write {{ fact("dispatched") }}'
    """
    calls = list(dict.fromkeys(_calls(records, numeral, language)))[:_SHOWN]
    if calls:
        names = " / ".join(dict.fromkeys(name for name, _ in calls))
        written = Text(
            " or ".join(f"{{{{ {call} }}}}" for _, call in calls),
            "或".join(f"{{{{ {call} }}}}" for _, call in calls),
        )
        return Text(
            f"{numeral.text} is {names}: write {written.en}",
            f"{numeral.text}即{names}，请写作 {written.zh}",
        )
    if numeral.kind is NumeralKind.MULTIPLE:
        return Text(
            'say how a figure changed by {{ compared("name") }}',
            '数据的变动请写作 {{ compared("name") }}',
        )
    return Text(
        "no record has this value: add it to the records and ask for it by name; if it is part of "
        "a name, put the whole name into literals.csv",
        "记录中没有此值：请录入数据表并按名称引用；如属名称的一部分，请将整个名称列入 literals.csv",
    )


def _calls(records: Records, numeral: Numeral, language: Language) -> Iterator[tuple[str, str]]:
    """Pairs of what it is and how to ask for it, the likeliest first."""
    dated = numeral.kind in (NumeralKind.YEAR, NumeralKind.YEAR_MONTH)
    if numeral.kind is NumeralKind.YEAR and numeral.value == records.year:
        yield "year()", "year()"
    for fact in records.current():
        wanted = of(fact)
        if wanted.says(numeral, language) and numeral.hedge is wanted.hedge:
            yield fact.id, f'{_word(fact, numeral)}("{fact.id}")'
    for fact in records.current():
        ends = [fact.period.start, fact.period.end]
        if dated and str(numeral.value) in [end.replace("-", "") for end in ends]:
            word = "start" if str(numeral.value) == ends[0] != ends[1] else "period"
            yield f"{word}({fact.id})", f'{word}("{fact.id}")'
    if numeral.kind is NumeralKind.CARDINAL:
        yield from _derived(records, numeral)


def _word(fact: Fact, numeral: Numeral) -> str:
    if fact.unit.kind is Kind.COUNT and not any(c.isdigit() for c in numeral.text):
        return "words"
    return "fact"


def _derived(records: Records, numeral: Numeral) -> Iterator[tuple[str, str]]:
    for name in records.chapter.lists:
        try:
            if len(records.entries(name)) == numeral.value:
                yield f"count({name})", f'count("{name}")'
        except UnknownError:
            continue
    for fact in records.current():
        try:
            if records.parts(fact.id, Relation.OF) and records.rest(fact) == numeral.value:
                yield f"rest({fact.id})", f'rest("{fact.id}")'
        except (NumberError, UnknownError):
            continue
