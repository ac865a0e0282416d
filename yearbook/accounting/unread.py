"""Numbers in disguise: characters that hide one, and number words that the lexers leave alone.

The lexers value what honest writing holds. Here nothing is valued: a word that counts, a sign that
is a number in Unicode, or a character that no reader sees is reported where nothing binds it.
"""

import re
import unicodedata
from collections.abc import Iterator

from yearbook.accounting.ledger import Ledger
from yearbook.accounting.visible import Sort, Visible
from yearbook.compose import Telling
from yearbook.finding import Finding, error
from yearbook.lexer import Numeral
from yearbook.model import Language, Text

_TENS = "twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety|ninty|fivety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_COUNTED = (
    r"people|persons|men|women|farmers|villagers|students|pupils|teachers|experts|cadres|counties|"
    r"villages|provinces|towns|households|families|projects|groups|members|yuan|of\s+(?:them|the)"
)
_ENGLISH = re.compile(
    rf"\b(?:{_TENS})-?(?:{_ONES})\b|\b(?:fourty|ninty|fivety|fourteen?th|eigth|nineth|twelth)\b|"
    r"\b(?:an?|the|one|several|many)\s+(?:couple|pair|score|brace|gross|trio|duo|quartet|quintet|"
    r"sextet|septet|octet|clutch|handful|lakh|crore|doz)\b(?!\s+of\s+the\s+same)|"
    r"\b(?:couples|pairs|scores|braces)\s+of\b|\b(?:trio|duo|quartet|quintet|sextet|octet)\b|"
    r"\b(?:lakhs?|crores?|myriads?|twain|nil|nought|naught|threescore|fourscore|sixscore|"
    r"bimonthly|biweekly|fortnight(?:ly|s)?|(?:bi|tri|quin|ses|sesqui)?centenar(?:y|ies)|"
    r"(?:bi|tri)?centennial|biennial|triennial|quadrennial|quinquennial|decennial|millenni(?:a|um)|"
    r"(?:sex|sept|oct|non|dec)up(?:le|led|les|ling)|baker['’]s\s+dozen|dual|halve[sd]?|doz\.?)\b|"
    r"\bboth\b(?!\s+(?:[\w-]+\s+){1,6}and\b)|"
    r"\bonce\b(?=\s+(?:an?|each|every|per)\b|\s*[.,;:)]|$)|\bhalf-way\b|"
    rf"\b(?:[IVXLCDM]|(?=[MDCLXVI]{{2}})M{{0,3}}(?:CM|CD|D?C{{0,3}})(?:XC|XL|L?X{{0,3}})"
    rf"(?:IX|IV|V?I{{0,3}}))(?=\s+(?:{_COUNTED})\b)|\bM{{1,3}}(?:CM|CD|D?C{{0,3}})(?:XC|XL|L?X{{0,3}})"
    r"(?:IX|IV|V?I{0,3})\b(?<=[MDCLXVI]{2})|\ba\s+grand\b(?=\s*[.,;:)]|\s+(?:of|in|to|for)\b|$)",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[MDCLXVI]+", re.IGNORECASE)
_MEASURE = "[名人个位家户对所项次期县省村校户批条件种年月天倍元]"
_CHINESE = re.compile(
    f"[俩仨卌皕]|(?:双|翻|成|数|加)倍|翻了?[一]?倍|近半|[大小多泰]半(?![导径])|[对折]半|半价|头名|[冠亚季]军|花甲|古稀|"
    f"耄耋|若干(?={_MEASURE})|几(?={_MEASURE})|亿万|[壹贰叁肆伍陆柒捌玖拾佰仟](?={_MEASURE})|"
    f"[什幺](?=[名人位户])|两院|兆瓦"
)
_HIDDEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me"})
_NUMBERS = frozenset({"Nd", "Nl", "No"})
_SPACED = re.compile(r"(?<![A-Za-z'’])(?:[A-Za-z][ \u2009]){2,}[A-Za-z](?![A-Za-z'’])")
_BROKEN = re.compile(r"(?<![A-Za-z])(?=([A-Za-z]{1,6})(?:[\s-]+)([A-Za-z]{1,8})(?![A-Za-z]))")
_ODD = {
    "CYRILLIC": "西里尔字母",
    "GREEK": "希腊字母",
    "ARMENIAN": "亚美尼亚字母",
    "CHEROKEE": "切罗基字母",
    "FULLWIDTH": "全角字符",
    "MATHEMATICAL": "数学字母",
    "MODIFIER": "修饰字母",
    "SUPERSCRIPT": "上标",
    "CIRCLED": "带圈字符",
    "PARENTHESIZED": "带括号字符",
}
_LATIN_LIKE = frozenset({"LATIN", *_ODD})
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z]+(?:[\s'’-]+[A-Za-z]+)*")
_HAN = re.compile("[\u3400-\u9fff]+")


def check(
    ledger: Ledger, telling: Telling, seen: Visible, numerals: tuple[Numeral, ...]
) -> Iterator[Finding]:
    """Numbers of a text that no lexer has read and that nothing binds.

    >>> from markupsafe import Markup
    >>> from yearbook.accounting.visible import visible
    >>> from yearbook.model import Place
    >>> from yearbook.specimen import records
    >>> text = Markup("a lakh villagers came")
    >>> told = Telling(text, text, Language.EN, Place("en.md", 3, 1))
    >>> [f.what.en for f in check(Ledger(records(), {}, {}), told, visible(text)[0], ())]
    ['"a lakh" is typed, not asked for']
    """
    typed = "".join(" " if _named(seen, at) else letter for at, letter in enumerate(seen.text))
    yield from _characters(ledger, telling, seen.text)
    taken = [(n.start, n.reach) for n in numerals]
    masked = ledger.masked(typed, telling.language)
    for start, end in dict.fromkeys(_words(ledger, telling.language, typed)):
        if not any(start < high and low < end for low, high in (*taken, *masked)):
            yield _typed(ledger, telling, seen.text[start:end].strip())


def _named(seen: Visible, at: int) -> bool:
    """Whether a character is bound, as a figure or as a reviewed name; a list binds no number."""
    return any(b.start <= at < b.end for b in seen.bounds if b.sort is not Sort.LIST)


def _words(ledger: Ledger, language: Language, text: str) -> Iterator[tuple[int, int]]:
    """Where something counts: a word, a sign, or letters that make a number once joined."""
    pattern = _ENGLISH if language is Language.EN else _CHINESE
    for match in pattern.finditer(text):
        if not _ROMAN.fullmatch(match[0]) or match[0].isupper():
            yield match.span()
    for at, letter in enumerate(text):
        if unicodedata.category(letter) in _NUMBERS:
            yield at, at + 1
    for match in _SPACED.finditer(text):
        if ledger.read(re.sub(r"\s", "", match[0]), Language.EN):
            yield match.span()
    for match in _BROKEN.finditer(text):
        if _number_word(ledger, match[1] + match[2], (match[1], match[2])):
            yield match.start(), match.end(2)
    yield from _foreign(ledger, language, text)


def _foreign(ledger: Ledger, language: Language, text: str) -> Iterator[tuple[int, int]]:
    """Numerals in words of the other language."""
    english = language is Language.EN
    other, words = (Language.ZH, _HAN) if english else (Language.EN, _LATIN)
    for match in words.finditer(text):
        for numeral in ledger.read(match[0], other):
            yield match.start() + numeral.start, match.start() + numeral.end


def _number_word(ledger: Ledger, joined: str, parts: tuple[str, str]) -> bool:
    """Whether two pieces make one number word, which neither is."""
    read = ledger.read(joined.lower(), Language.EN)
    whole = len(read) == 1 and read[0].end - read[0].start == len(joined)
    return whole and not any(ledger.read(part.lower(), Language.EN) for part in parts)


def _characters(ledger: Ledger, telling: Telling, text: str) -> Iterator[Finding]:
    for word in dict.fromkeys(re.split(r"[\s\ufffc]+", text)):
        hidden = [c for c in word if unicodedata.category(c) in _HIDDEN]
        if hidden:
            plain = "".join(c for c in word if c not in hidden)
            code = f"U+{ord(hidden[0]):04X}"
            yield _character(ledger, telling, word, Text(code, code), plain)
    for match in _WORD.finditer(text):
        scripts = {unicodedata.name(c, "?").split()[0] for c in match[0]}
        odd = sorted(scripts & _ODD.keys()) if scripts & _LATIN_LIKE else []
        if "FULLWIDTH" in odd or (odd and len(match[0]) > 1):
            named = Text(odd[0].lower(), _ODD[odd[0]])
            yield _character(ledger, telling, match[0], named, match[0])


def _typed(ledger: Ledger, telling: Telling, words: str) -> Finding:
    return error(
        "unbound",
        ledger.spot(telling, words),
        Text(f'"{words}" is typed, not asked for', f"“{words}”系直接录入的数字"),
        Text(
            "ask for the figure by name; if the word counts nothing here, put the phrase into "
            "idioms.csv",
            "请按名称引用数据；如该词在此并不计数，请将整个词组列入 idioms.csv",
        ),
    )


def _character(ledger: Ledger, telling: Telling, word: str, name: Text, plain: str) -> Finding:
    shown = plain.encode("utf-8", "replace").decode()
    return error(
        "character",
        ledger.spot(telling, word),
        Text(
            f'"{shown}" holds a character that a reader does not see for what it is: {name.en}',
            f"“{shown}”中含有读者无法辨认的字符：{name.zh}",
        ),
        Text("delete the word and type it anew", "请删除该词，重新录入"),
    )
