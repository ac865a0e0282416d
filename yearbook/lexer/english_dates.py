"""Dates, months and decades in English."""

import re
from decimal import Decimal

from yearbook.lexer.numeric_dates import dated, read_numeric_date
from yearbook.lexer.token import Numeral, NumeralKind, Role

_NAMES = (
    "January February March April May June July August September October November December"
).split()
_NUMBER = {name: number for number, name in enumerate(_NAMES, 1)}
_NUMBER |= {name[:3]: number for name, number in _NUMBER.items()} | {"Sept": 9}
MONTHS = "|".join(sorted(_NUMBER, key=len, reverse=True))

_M = rf"(?P<m>{MONTHS})(?![A-Za-z])\.?"
_D = r"(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_D2 = r"(?P<d2>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_Y = r"(?P<y>[12]\d{3})(?![\d%]|[,.]\d)"
_STOP = r"(?![\d%A-Za-z]|[,.]\d|\s+(?:percent|per cent|million|thousand|billion)\b)"
_TO = r"\s*(?:-|–|—|to|and)\s*"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_M}\s+{_D}{_TO}{_D2}(?:,?\s+{_Y}|{_STOP})",
        rf"{_D}{_TO}{_D2}\s+(?:of\s+)?{_M}(?:,?\s+{_Y})?",
        rf"{_M}\s+(?:the\s+)?{_D}(?:,?\s+{_Y}|{_STOP})",
        rf"{_D}\s+(?:of\s+)?{_M}(?:,?\s+{_Y})?",
        rf"{_M},?\s+(?:of\s+)?{_Y}",
        rf"{_M}\s*(?:-|–|—|to|and)\s*(?P<m2>{MONTHS})(?![A-Za-z])\.?,?\s+{_Y}",
    )
)
_BARE = re.compile(rf"(?P<m>{'|'.join(_NAMES)})(?![A-Za-z])")
_AMBIGUOUS = {"May", "March"}
_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|by|since|until|till|from|to|through|during|before|after|and|between|last|next|"
    r"this|early|late|mid)[\s-]+$",
    re.IGNORECASE,
)
_AFTER_MONTH = re.compile(rf"\s*(?:-|–|—|to\b|through\b)\s*(?:{MONTHS})(?![A-Za-z])")
_HEADS_SENTENCE = re.compile(r"(?:^|[.;:!?])\s*$")
_MONTH_ACTS = re.compile(r"\s+(?:saw|witnessed|marked|brought)\b")
_IN = re.compile(r"\b(?:in|during|throughout)\s+$", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s+(?!(?:the|an?|this|its?|he|she|they|we|in|on|at|to|of|from|by|with|for|and|or|was|were|"
    r"is|are|had|has|when|after|before|until|through)\b)[A-Za-z]",
    re.IGNORECASE,
)
_DECADE = re.compile(
    r"(?P<full>1[5-9]\d|20\d)0'?s(?![A-Za-z])|'?(?P<short>\d)0'?s(?![A-Za-z])|"
    r"(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)(?![a-z])"
)
_DECADE_WORDS = "_ _ twenties thirties forties fifties sixties seventies eighties nineties".split()


def read_date(text: str, at: int) -> tuple[Numeral, ...]:
    """A date that starts here; a range of days or months gives both ends in full.

    >>> [(str(n.value), n.kind.value) for n in read_date("April 16, 2010", 0)]
    [('20100416', 'date')]
    >>> [str(n.value) for n in read_date("April to December 2010", 0)]
    ['201004', '201012']
    """
    if numeric := read_numeric_date(text, at):
        return numeric
    found = [m for form in _FORMS if (m := form.match(text, at))]
    if found and not _counts(text, best := max(found, key=lambda match: match.end())):
        return _numerals(best)
    bare = _BARE.match(text, at)
    if bare and _is_month(text, bare):
        return (_one(bare, Decimal(_NUMBER[bare["m"]]), NumeralKind.MONTH),)
    return ()


def read_decade(text: str, at: int) -> tuple[Numeral, ...]:
    """A decade that starts here; one without a century is of the twentieth.

    >>> read_decade("1980s", 0)[0].value
    Decimal('1980')
    """
    match = _DECADE.match(text, at)
    if not match:
        return ()
    if match["full"]:
        value = 10 * int(match["full"])
    else:
        value = 1900 + 10 * (
            int(match["short"]) if match["short"] else _DECADE_WORDS.index(match["word"])
        )
    return (_one(match, Decimal(value), NumeralKind.DECADE),)


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether the number after a month counts what follows: "In April 30 people went"."""
    part = match.groupdict()
    bare_day = part.get("d") and not (part.get("y") or part.get("d2"))
    plain = bare_day and match[0].endswith(part["d"])
    before = text[max(0, match.start() - 12) : match.start()]
    return bool(plain and _IN.search(before) and _COUNTED.match(text, match.end()))


def _is_month(text: str, match: re.Match[str]) -> bool:
    if match["m"] not in _AMBIGUOUS:
        return True
    before = text[max(0, match.start() - 12) : match.start()]
    after = match.end()
    return bool(
        _BEFORE_MONTH.search(before)
        or _AFTER_MONTH.match(text, after)
        or (_HEADS_SENTENCE.search(before) and _MONTH_ACTS.match(text, after))
    )


def _numerals(match: re.Match[str]) -> tuple[Numeral, ...]:
    part = match.groupdict()
    year = int(part.get("y") or 0)
    month, day = _NUMBER[part["m"]], int(part.get("d") or 0)
    first = dated(year, month, day)
    if part.get("m2"):
        middle, second = match.end("m"), match.start("m2")
        last = dated(year, _NUMBER[part["m2"]], 0)
    elif part.get("d2"):
        middle, second = match.end("d"), match.start("d2")
        last = dated(year, month, int(part["d2"]))
    else:
        return (_one(match, *first),)
    return (
        _span(*first, match.start(), middle, Role.START),
        _span(*last, second, match.end(), Role.END),
    )


def _one(match: re.Match[str], value: Decimal, kind: NumeralKind) -> Numeral:
    return _span(value, kind, match.start(), match.end(), Role.SINGLE)


def _span(value: Decimal, kind: NumeralKind, start: int, end: int, role: Role) -> Numeral:
    return Numeral(value, kind, start, end, start, end, role=role)
