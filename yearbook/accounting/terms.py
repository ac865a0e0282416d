"""Terms are used as terms.csv has them; a forbidden variant is named with the right one."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from yearbook.accounting.ledger import Ledger
from yearbook.accounting.visible import Visible
from yearbook.book import Term
from yearbook.compose import Telling
from yearbook.finding import Finding, error
from yearbook.model import Language, Text


def check(ledger: Ledger, telling: Telling, seen: Visible) -> Iterator[Finding]:
    """Forbidden variants in a text, in the plural too; what is part of a right term is right."""
    language = telling.language
    plain = " ".join(seen.text.split()).casefold()
    if not any(variant in plain for variant in ledger.variants.get(language, ())):
        return
    terms = ledger.records.book.terms
    wrong = {v.casefold(): t for t in terms for v in t.forbidden[language]}
    right = frozenset(term.words.of(language).casefold() for term in terms)
    for match in _pattern(right | frozenset(wrong), language).finditer(seen.text):
        words = " ".join(match[1].split())
        if term := wrong.get(words.casefold()):
            yield _finding(ledger, telling, words, term)


def variants(terms: Iterable[Term]) -> dict[Language, frozenset[str]]:
    """What terms.csv forbids in each language, in small letters."""
    held = tuple(terms)
    return {of: frozenset(v.casefold() for t in held for v in t.forbidden[of]) for of in Language}


@lru_cache(maxsize=8)
def _pattern(words: frozenset[str], language: Language) -> re.Pattern[str]:
    """Right and forbidden words, the longer first, so that a right term hides what it holds."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    written = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)
    if language is Language.ZH:
        return re.compile(f"({written})")
    return re.compile(rf"(?<!\w)({written})s?(?!\w)", re.IGNORECASE)


def _finding(ledger: Ledger, telling: Telling, words: str, term: Term) -> Finding:
    right = term.words.of(telling.language)
    other = next(term.words.of(of) for of in Language if of is not telling.language)
    return error(
        "term",
        ledger.spot(telling, words),
        Text(f'"{words}" is not the term: it is "{right}"', f"“{words}”应为“{right}”"),
        Text(
            f'write "{right}" ({other}), or change terms.csv',
            f"请写作“{right}”（{other}），或修改 terms.csv",
        ),
    )
