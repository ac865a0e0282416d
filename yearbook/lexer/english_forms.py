"""Numerals of English that are not plain cardinals: ordinals, fractions, multiples, codes."""

import re
from dataclasses import replace
from decimal import Context, Decimal

from yearbook.lexer.english_words import EVERY, UNITS, WORDS, read_words
from yearbook.lexer.token import Numeral, NumeralKind

_THIRDS = Context(prec=28)
_ORDINAL = re.compile(r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)\s?(?:st|nd|rd|th)(?![A-Za-z\d])")
_LABEL = re.compile(
    r"(?:Part|Chapter|Section|Volume|Table|Figure|Fig\.|Chart|Appendix|Annex|Article|Phase|Stage|"
    r"Type|Class|Grade|Level|Title|Item|Note|Book|War|No\.|Nos\.|no\.)\s?"
    r"(?P<number>\d{1,9}|[IVXLC]{1,9})(?![A-Za-z\d%]|[,.:]\d|\s+(?:million|billion|thousand|percent)\b)"
)
_ROMAN = re.compile(r"[IVX]{2,8}(?![A-Za-z\d'&/]|-[A-Z])")
_ROMAN_FORM = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_SIGN = re.compile(r"[\u2160-\u216b]")
_CIRCLED = re.compile(r"[①-⑳]")
_PARTS = {
    "half": 2, "halves": 2, "quarter": 4, "third": 3, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_WORD_PARTS = re.compile(
    rf"(?P<top>{'|'.join([*UNITS][1:])})[\s-]+(?P<part>{_PART})s?(?![a-z])", re.IGNORECASE
)
_A_PART = re.compile(
    r"(?:an?\s+)?(?P<part>half)(?![a-z])|an?\s+(?P<other>quarter|third|fifth|tenth)"
    r"(?=\s+(?:of|more|less|higher|lower|larger|were|was|are|is|to|a)\b|[.,;)]|$)",
    re.IGNORECASE,
)
_HALF_OF_A_PERIOD = re.compile(r"\b(?:first|second|latter|1st|2nd)\s+$", re.IGNORECASE)
_HALF_A_SCALE = re.compile(r"\s+(?:an?\s+)?(hundred|thousand|million|billion|dozen)(?![a-z])", re.I)
_SLASH = re.compile(r"(\d{1,3})/(\d{1,4})(?![\d/])")
_SIGNS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5)}
_MULTIPLES = {
    "redoubl": "2", "doubl": "2", "tripl": "3", "trebl": "3", "quadrupl": "4", "quintupl": "5",
    "halv": "0.5", "twice": "2", "thrice": "3",
}  # fmt: skip
_MULTIPLE = re.compile(
    r"(?P<verb>redoubl|doubl|tripl|trebl|quadrupl|quintupl|halv)(?:e|es|ed|ing)(?![a-z])|"
    rf"(?P<adverb>twice|thrice)(?![a-z])|(?P<count>{WORDS})-?fold(?![a-z])",
    re.IGNORECASE,
)
_MANY = "dozens|scores|hundreds|thousands|millions|billions"
_VAGUE = re.compile(
    rf"(?:tens|{_MANY})(?:\s+of\s+(?:{_MANY}))?(?![a-z])|"
    r"(?:several|a\s+few|many\s+an?|a\s+couple(?:\s+of)?)\s+"
    r"(?:dozen|hundred|thousand|million|billion|decade)s?(?![a-z])",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?P<one>an?\s+)?(?P<unit>decade|century)(?![a-z])|(?:decades|centuries)(?![a-z])", re.I
)
_THE_PAST = re.compile(r"\b(?:past|last|next|previous|coming|recent)\s+$", re.IGNORECASE)
_HALF_BEFORE = re.compile(r"\bhalf\s+$", re.IGNORECASE)
_FOR_LONG = re.compile(
    r"\b(?:for|over|of|took|takes|in|many|recent|past|last|coming)\s+(?:the\s+)?$", re.IGNORECASE
)
_CODE = re.compile(
    r"[A-Za-z]+\d[A-Za-z\d]*(?:[-.]\d+)*|[A-Z][A-Za-z]*-\d[A-Za-z\d]*(?:-\d+)*|"
    r"\d+(?:\.\d+){2,}|(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[A-Za-z][A-Za-z\d]*"
)
_OPEN_PREFIX = re.compile(r"(?:Mid|Pre|Post|Top|Non|Sub|Under|Over|Late|Early)-\d")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?![\d:]|,\d)")


def read_ordinal(text: str, at: int) -> tuple[Numeral, ...]:
    """An ordinal: 24th, twenty-fourth, No. 24, Part IV, II, Ⅳ, ①.

    >>> [str(n.value) for n in read_ordinal("twenty-fourth group", 0)]
    ['24']
    """
    if match := _ORDINAL.match(text, at):
        value = Decimal(match["number"].replace(",", ""))
        return (Numeral(value, NumeralKind.ORDINAL, at, match.end(), *match.span("number")),)
    if match := _LABEL.match(text, at) or _ROMAN.match(text, at):
        number = match.span("number") if match.re is _LABEL else match.span()
        written = text[slice(*number)]
        labelled = int(written) if written.isdecimal() else roman(written)
        if labelled:
            return (Numeral(Decimal(labelled), NumeralKind.ORDINAL, at, match.end(), *number),)
    if match := _ROMAN_SIGN.match(text, at) or _CIRCLED.match(text, at):
        base = 0x2160 if match.re is _ROMAN_SIGN else ord("①")
        return (_whole(Decimal(ord(match[0]) - base + 1), NumeralKind.ORDINAL, match),)
    words = read_words(text, at)
    if words is None or not words.ordinal:
        return ()
    return (Numeral(words.value, NumeralKind.ORDINAL, at, words.end, at, words.end),)


def roman(written: str) -> int:
    """The value of a Roman numeral up to 399; 0 if it is none.

    >>> roman("XIV"), roman("IIV")
    (14, 0)
    """
    if not _ROMAN_FORM.fullmatch(written):
        return 0
    values = [_ROMAN_VALUE[letter] for letter in written]
    return sum(
        -v if later > v else v for v, later in zip(values, [*values[1:], 0], strict=True)
    )  # fmt: skip


def read_fraction(text: str, at: int) -> tuple[Numeral, ...]:
    """A fraction: one third, two-thirds, half, half a million, a quarter, 3/4, ¾."""
    if _HALF_OF_A_PERIOD.search(text[max(0, at - 8) : at]):
        return ()
    if sign := _SIGNS.get(text[at]):
        return (_part(sign[0], sign[1], at, at + 1),)
    if match := _SLASH.match(text, at):
        top, bottom = int(match[1]), int(match[2])
        return (_part(top, bottom, at, match.end()),) if bottom else ()
    if match := _WORD_PARTS.match(text, at):
        top, bottom = EVERY[match["top"].lower()], _PARTS[match["part"].lower()]
        return (_part(top, bottom, at, match.end()),)
    match = _A_PART.match(text, at)
    return (_single_part(text, match),) if match else ()


def _single_part(text: str, match: re.Match[str]) -> Numeral:
    """A half, a third; with a scale after it (half a million) a cardinal."""
    if match["part"] and (scale := _HALF_A_SCALE.match(text, match.end())):
        value = Decimal(EVERY[scale[1].lower()]) / 2
        return Numeral(
            value, NumeralKind.CARDINAL, match.start(), scale.end(), *match.span()
        )  # fmt: skip
    part = (match["part"] or match["other"]).lower()
    return _part(1, _PARTS[part], *match.span())


def read_multiple(text: str, at: int) -> tuple[Numeral, ...]:
    """A multiple in one word: doubled, twice, halved, three-fold."""
    match = _MULTIPLE.match(text, at)
    if not match:
        return ()
    if match["count"]:
        words = read_words(match["count"], 0)
        return (_whole(words.value if words else None, NumeralKind.MULTIPLE, match),)
    stem = (match["verb"] or match["adverb"]).lower()
    return (_whole(Decimal(_MULTIPLES[stem]), NumeralKind.MULTIPLE, match),)


def read_vague(text: str, at: int) -> tuple[Numeral, ...]:
    """A number that is not told: dozens, hundreds of thousands, several hundred."""
    match = _VAGUE.match(text, at)
    return (_whole(None, NumeralKind.VAGUE, match),) if match else ()


def read_span(text: str, at: int) -> tuple[Numeral, ...]:
    """A decade or a century that no number counts: "a decade" and "the past decade" are one,
    "for decades" is vague.

    >>> [(str(n.value), n.unit) for n in read_span("a decade ago", 0)]
    [('1', 'decade')]
    """
    match = _SPAN.match(text, at)
    if not match:
        return ()
    before = text[max(0, at - 16) : at]
    one = match["one"] and not _HALF_BEFORE.search(before)
    if match["unit"] and (one or _THE_PAST.search(before)):
        return (replace(_whole(Decimal(1), NumeralKind.CARDINAL, match), unit=match["unit"]),)
    vague = not match["unit"] and _FOR_LONG.search(before)
    return (_whole(None, NumeralKind.VAGUE, match),) if vague else ()


def read_code(text: str, at: int) -> tuple[Numeral, ...]:
    """Digits that belong to a name (A4, H1N1, COVID-19, 3G, 1.2.3), and clock times."""
    if match := _TIME.match(text, at):
        return (_whole(Decimal(match[1] + match[2]), NumeralKind.TIME, match),)
    match = _CODE.match(text, at)
    if not match or _OPEN_PREFIX.match(text, at):
        return ()
    return (_whole(None, NumeralKind.CODE, match),)


def _whole(value: Decimal | None, kind: NumeralKind, match: re.Match[str]) -> Numeral:
    return Numeral(value, kind, *match.span(), *match.span())


def _part(top: int, bottom: int, start: int, end: int) -> Numeral:
    value = _THIRDS.divide(Decimal(top), Decimal(bottom))
    return Numeral(value, NumeralKind.FRACTION, start, end, start, end)
