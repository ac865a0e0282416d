"""A part is told as a part of its whole: never as "437 people, excluding 204 leaders"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from yearbook.accounting.ledger import Ledger
from yearbook.accounting.visible import Visible
from yearbook.compose import Telling
from yearbook.finding import Finding, error
from yearbook.model import Language, Text

_APART = {
    Language.EN: re.compile(
        r"\b(?:excluding|exclusive\s+of|except(?:ing)?(?:\s+for)?|besides|apart\s+from|aside\s+from|"
        r"as\s+well\s+as|in\s+addition\s+to|on\s+top\s+of|together\s+with|not\s+(?:counting|including)|"
        r"without|plus|another|a\s+further)\b",
        re.IGNORECASE,
    ),
    Language.ZH: re.compile("不含|不包括|不计|除此|此外|另有|另派|外加|以及|加上|之外|另外"),
}
_STOP = re.compile(r"[.!?;。！？；](?!\d)")


def check(ledger: Ledger, telling: Telling, seen: Visible) -> Iterator[Finding]:
    """Words that set a part beside the whole it is included in, in one sentence."""
    wholes = {
        code.code: code.parent
        for code in ledger.records.chapter.codes
        if code.dimension == "id" and code.parent
    }
    for whole, part in pairwise(seen.figures()):
        between = seen.text[whole.end : part.start]
        apart = _APART[telling.language].search(between)
        if apart and wholes.get(part.source) == whole.source and not _STOP.search(between):
            yield error(
                "apart",
                ledger.spot(telling, apart[0]),
                Text(
                    f'"{apart[0]}" sets {part.source} beside {whole.source}, which includes it',
                    f"“{apart[0]}”使{part.source}与{whole.source}并列，而前者已含在后者之内",
                ),
                Text(
                    'write "including" or "of whom", or mend the parent in codes.csv',
                    "请写作“其中”“包括”，或更正 codes.csv 中的上级指标",
                ),
            )
