"""A waived discrepancy is printed: its reason stands in the text of both languages."""

import re
from collections.abc import Iterator

from yearbook.finding import Finding, Severity
from yearbook.model import Language, Text
from yearbook.records import Records

_ALL = re.compile(r"\{\{\s*waivers\(\s*\)\s*\}\}")
_ONE = re.compile(r"""\{\{\s*waiver\(\s*["']([^"']+)["']\s*\)\s*\}\}""")
_NAMES = {Language.EN: Text("English", "英文"), Language.ZH: Text("Chinese", "中文")}


def check(records: Records) -> Iterator[Finding]:
    """Every waiver that a text of the chapter does not print.

    >>> from yearbook.book import Prose, Waiver
    >>> from yearbook.model import Place
    >>> from yearbook.specimen import records
    >>> waiver = Waiver("quote", "sent", "4", Text("", ""), 2011, Place("e.csv", 2))
    >>> def told(text):
    ...     prose = {Language.EN: Prose("en.md", text)}
    ...     return list(check(records(waivers=(waiver,), prose=prose)))
    >>> told('It sent some.^[{{ waiver("sent") }}]'), told("{{ waivers() }}")
    ([], [])
    >>> [found.what.en for found in told("It sent some.")]
    ['the reason for "sent" is not printed in the English text']
    """
    for language, prose in records.chapter.prose.items():
        printed = set(_ONE.findall(prose.text))
        for waiver in records.chapter.waivers if not _ALL.search(prose.text) else ():
            if waiver.where not in printed:
                name = _NAMES[language]
                yield Finding(
                    "waiver",
                    Severity.ERROR,
                    waiver.place,
                    Text(
                        f'the reason for "{waiver.where}" is not printed in the {name.en} text',
                        f"“{waiver.where}”的豁免理由未在{name.zh}正文中刊印",
                    ),
                    Text(
                        f'put ^[{{{{ waiver("{waiver.where}") }}}}] after its figure, or '
                        "{{ waivers() }} into a paragraph of its own",
                        f'请在该数据之后加 ^[{{{{ waiver("{waiver.where}") }}}}]，或另起一段写 '
                        "{{ waivers() }}",
                    ),
                    waiver.where,
                )
