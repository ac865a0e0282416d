"""What is typed beside a figure may not change what it says: signs, hedges, factors, currencies."""

import re
from collections.abc import Iterator

from yearbook.accounting.ledger import Ledger
from yearbook.accounting.visible import Bound, Sort, Visible
from yearbook.compose import Telling
from yearbook.finding import Finding, error
from yearbook.model import Language, Text

_BEFORE = {
    Language.EN: re.compile(
        r"(?<![\w-])(?:hardly|barely|scarcely|close\s+on|close\s+to|nigh(?:\s+on)?|near|virtually|"
        r"practically|approx\.?|c\.|ca\.|something\s+like|(?:in\s+)?the\s+(?:region|order|"
        r"neighbou?rhood|vicinity)\s+of|upwards?\s+of|beyond|(?:north|south|short|wide|shy|ahead)\s+of|"
        r"exceed(?:s|ed|ing)?|topp(?:ed|ing)|tops|surpass(?:es|ed|ing)?|outnumber(?:s|ed|ing)?|"
        r"as\s+(?:many|few|much|little|high|low)\s+as|at\s+(?:best|worst|minimum|maximum)|perhaps|"
        r"maybe|possibly|probably|likely|only|just|merely|a\s+mere|mere|not|never|another|a\s+further|"
        r"an?\s+(?:additional|extra|estimated|average\s+of)|each|every|plus|minus|well\s+over|"
        r"a\s+fraction\s+of|(?:a\s+)?part\s+of|most\s+of|none\s+of|per|reportedly|allegedly|"
        r"a\s+(?:little|bit|shade|touch)\s+(?:over|under|above|below)|slightly\s+\w+|"
        r"(?:an\s+)?average\s+of|fewer|less|times|neither|without)\s+(?:the\s+|a\s+|its\s+)?$",
        re.IGNORECASE,
    ),
    Language.ZH: re.compile(
        "(?:未达|近乎|直逼|(?<![突])破|冲破|跨越|差不多|约莫|约计|大致|大体|大概|估计|预计|据估计|不止|何止|仅|仅仅|"
        "只有|高达|多达|少至|多至|几乎|几近|不及|可能|也许|或许|每|平均每?|人均|户均|年均|月均|并非|没有|未有|"
        "翻了|负|正负|上浮|下浮|计划|拟|力争|[零]下)[了有为达到至是近]?\\s?$"
    ),
}
_AFTER = {
    Language.EN: re.compile(
        r"[\s,(]*(?:or\s+thereabouts|give\s+or\s+take|at\s+(?:the\s+)?(?:very\s+)?(?:least|most|best|"
        r"worst|outside)|roughly|approximately|if\s+not\s+(?:more|fewer|less)|and\s+counting|and\s+"
        r"(?:more|above|over|upwards?)|or\s+(?:so|more|less|fewer|over|under)|plus|odd|-?strong|"
        r"apiece|times|(?:fewer|less|more|short)\b|(?:hundreds?|thousands?|lakhs?|crores?|pairs|"
        r"couples|scores|dozens)\b|dollars|euros?|pounds|rubles|rupees|per\s+(?:cent|head|capita|person|"
        r"county|year|month|day)|each|annually|on\s+average|estimated|perhaps|maybe|minimum|maximum|tops)"
        r"(?![\w])|-(?:plus|odd|fold)\b",
        re.IGNORECASE,
    ),
    Language.ZH: re.compile(
        "\\s?(?:多(?!次|样|数|方|个部)|余(?!名|下|额|热)|来(?!自|到|访|源)|有余|开外|许(?!多|可)|出头|之多|强(?!县|化|调|烈|劲)|"
        "弱(?!势|项)|不到|不足|不止|未满|之谱|光景|还多|还少|倍|[%％‰]|分之|兆|京(?![剧城津郊])|"
        "美元|美金|欧元|日元|港[元币]|英镑|卢布|每[年月人户县]|成(?![员立功为果年绩本长效就人])|上限|下限)"
    ),
}
_SIGN_BEFORE = re.compile(
    r"(?:[+±∓~∼～≈≃×÷*/^=<>≤≥≦≧#№%$€£¥￥−]\s?|(?<![^\s(（])[-‐‑‒–—]|[-‐‑‒–])$"
)
_SIGN_AFTER = re.compile(r"\s?(?:[+±∓~∼～×÷*^=%％‰‱℃°$€£¥￥]|-(?=\w))")
_TIME = re.compile("[年月日天]$")
_REACH = 40


def check(ledger: Ledger, telling: Telling, seen: Visible) -> Iterator[Finding]:
    """Words and signs beside a figure that make it another one.

    >>> from markupsafe import Markup
    >>> from yearbook.accounting.visible import visible
    >>> from yearbook.model import Place
    >>> from yearbook.specimen import records
    >>> text = Markup('hardly <data class="figure" data-fact="a">9</data> people')
    >>> told = Telling(text, text, Language.EN, Place("en.md", 3, 1))
    >>> [f.what.en for f in check(Ledger(records(), {}, {}), told, visible(text)[0])]
    ['"hardly" beside "9" changes what the figure says']
    """
    masked = ledger.masked(seen.text, telling.language)
    for bound in seen.figures():
        if bound.source.startswith(("year(", "change(")):
            continue
        for start, end in _changing(telling.language, seen, bound):
            if not any(low <= start and end <= high for low, high in masked):
                yield _finding(ledger, telling, seen, bound, seen.text[start:end].strip(" ,，("))


def _changing(language: Language, seen: Visible, bound: Bound) -> Iterator[tuple[int, int]]:
    """Where what is typed right before and right after a figure changes it."""
    typed = _typed(seen)
    before = typed[max(0, bound.start - _REACH) : bound.start]
    for pattern in (_BEFORE[language], _SIGN_BEFORE):
        if match := pattern.search(before):
            start = bound.start - len(before) + match.start()
            yield start, start + len(match[0].rstrip())
    after = typed[bound.end : bound.end + _REACH]
    for pattern in (_AFTER[language], _SIGN_AFTER):
        match = pattern.match(after)
        lasting = _TIME.search(seen.text[: bound.end]) and after.startswith("来")
        if match and match[0].strip() and not lasting:
            yield bound.end, bound.end + match.end()


def _typed(seen: Visible) -> str:
    """The text with what is bound in it replaced by a letter that no pattern knows."""
    letters = list(seen.text)
    for bound in seen.bounds:
        if bound.sort in (Sort.FIGURE, Sort.PERIOD, Sort.LITERAL, Sort.LIST, Sort.SEE):
            letters[bound.start : bound.end] = "\ufffc" * (bound.end - bound.start)
    return "".join(letters)


def _finding(ledger: Ledger, telling: Telling, seen: Visible, bound: Bound, words: str) -> Finding:
    printed = seen.text[bound.start : bound.end].strip()
    return error(
        "hedge",
        ledger.spot(telling, words),
        Text(
            f'"{words}" beside "{printed}" changes what the figure says',
            f"“{printed}”旁的“{words}”改变了数据的含义",
        ),
        Text(
            "take it away, or put it into the records; if it does no harm here, put the phrase "
            "into idioms.csv",
            "请删去，或录入数据表；如在此不影响数据含义，请将整个词组列入 idioms.csv",
        ),
    )
