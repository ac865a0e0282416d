"""One table read in two ways: by the strict reader, and as columns where it is plain.

Tables are made at random of cells that are right, cells that are wrong, and cells that are right in
another form, so that both ways meet what each has to tell.
"""

import random
from collections.abc import Sequence

from yearbook.codec import plain
from yearbook.finding import Finding
from yearbook.model import Code, Fact, Place, Relation, Text
from yearbook.read.large import Large, opened
from yearbook.read.sheet import parse
from yearbook.read.tables import Gathered, Vocabulary, gather
from yearbook.specimen import UNITS

HEADER = "id,period,rank,value,unit,qualifier,quote,source,note"
_P = Place("data/c/codes.csv")
_IDS = ("sent", "share", "funds", "a_rather_long_name_of_an_indicator")
_RANKS = ("total", "high", "low")
WORDS = Vocabulary(
    units=UNITS,
    sources={"most": Text("Ministry", "科技部"), "": Text("-", "-")},
    divisions={},
    codes=(
        *(Code("id", name, "", None, Text(name, name), _P) for name in _IDS),
        Code("rank", "total", "", None, Text("total", "合计"), _P),
        Code("rank", "high", "total", Relation.SUM, Text("high", "高"), _P),
        Code("rank", "low", "total", Relation.SUM, Text("low", "低"), _P),
    ),
)
RIGHT = {
    "id": _IDS,
    "period": (
        "2010",
        "2009",
        "1986-2010",
        "2010-04/2010-12",
        "2010-04-16",
        "2010-05",
        "2010-2010",
    ),
    "rank": ("", *_RANKS),
    "value": ("72000", "12.50", "-3", "0", "-0", "0.00", "007", "999999999999999999", "1.5"),
    "unit": ("person", "yuan", "person", "person"),
    "qualifier": ("", "", "more_than", "about", "exact"),
    "quote": ("", "", "72000 people", "七万二千人", "共派出12.50人"),
    "source": ("most", "most", ""),
    "note": ("", "a note", "备注", "N/A", "é la carte", "x" * 40, "a ' = # b"),
}
OTHERWISE = {
    "id": ("sent ", " share", '"funds"', "\u3000sent"),
    "period": ("2010 ", "2010–2011", '"2009"'),
    "rank": (" total", '"low"', "high\u200b"),
    "value": ('"72,000"', "72 000", " 5", "5 ", '"12"', "\u22123", "1" * 25, "2010-04-16"),
    "unit": ("date", '"yuan"', " person"),
    "qualifier": ('""', " about"),
    "quote": ('"a, b"', '"say ""five"" [5]"', " 5 people "),
    "source": ('"most"', "most "),
    "note": ('"x, y"', '""', " ", "7"),
}
WRONG = {
    "id": ("snet", "Total", "", "ｓｅｎｔ", "合计"),
    "period": ("Apr-10", "2010/12/31", "2010年", "", "２０１０", "2011-2010", "2010-13"),
    "rank": ("hihg", "Total", "小计"),
    "value": (
        "7.2万",
        "",
        "12.",
        ".5",
        "1.2.3",
        "--5",
        "-",
        "3000多",
        "７2",
        "1e5",
        "=A1",
        "'5",
        "#N/A",
    ),
    "unit": ("persons", "", "ha"),
    "qualifier": ("abuot", "≥"),
    "quote": ("#REF!", "\ufffd", "a\x07b", "绉戞妧鎵惰传", '"torn', "a\tb"),
    "source": ("mots", "ministry"),
    "note": ("#N/A", "ç§‘æŠ€æ‰¶è´«", "\u202e", "a,b", '"a"b'),
}


def cell(chance: random.Random, column: str, mood: float) -> str:
    """A cell; the greater the mood, the likelier something is the matter with it."""
    thrown = chance.random()
    kinds = WRONG if thrown < mood / 3 else OTHERWISE if thrown < mood else RIGHT
    return chance.choice(kinds[column])


def table(chance: random.Random) -> bytes:
    """A table of some rows, sometimes with a mark, other line ends, a row twice or cut off."""
    mood = chance.choice((0, 0.01, 0.05, 0.2))
    columns = HEADER.split(",")
    if chance.random() < 0.3:
        chance.shuffle(columns)
    count = chance.randrange(1, 40)
    rows = [[cell(chance, column, mood) for column in columns] for _ in range(count)]
    if chance.random() < 0.5:
        _told_apart(chance, columns, rows)
    lines = [",".join(columns), *map(",".join, rows)]
    if chance.random() < 0.2:
        lines.insert(chance.randrange(1, len(lines) + 1), chance.choice(lines[1:]))
    if chance.random() < mood:
        spoilt = ("", ",,,,,,,,", lines[0], "a,b", "<<<<<<< HEAD", lines[-1] + ",", "=======")
        lines.insert(chance.randrange(1, len(lines) + 1), chance.choice(spoilt))
    end = chance.choice(("\n", "\n", "\r\n", "\r"))
    text = end.join(lines) + end * chance.randrange(3)
    return text.encode(
        chance.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030")), "replace"
    )


def _told_apart(chance: random.Random, columns: list[str], rows: list[list[str]]) -> None:
    """Give most rows a key of their own."""
    for year, row in enumerate(rows, 1971):
        if chance.random() < 0.95:
            row[columns.index("period")] = str(year)


def strictly(content: bytes, words: Vocabulary = WORDS) -> Gathered:
    """What the strict reader makes of a table."""
    return gather({"d": parse("d.csv", content)}, words, {})


def in_columns(content: bytes, words: Vocabulary = WORDS) -> tuple[Gathered, bool]:
    """What comes of a table if it is read as columns whenever it can be, and whether it could."""
    made = opened("d.csv", content, 0)
    gathered = gather({"d": made or parse("d.csv", content)}, words, {})
    return gathered, isinstance(made, Large) and bool(gathered.frames)


def told(findings: Sequence[Finding], facts: Sequence[Fact]) -> object:
    """Findings and figures, in all their parts, to be compared."""
    return [plain(finding) for finding in findings], [plain(fact) for fact in facts]


def differs(content: bytes, words: Vocabulary = WORDS) -> tuple[bool, bool]:
    """Whether the two ways differ, and whether the table was read as columns."""
    one, (other, columns) = strictly(content, words), in_columns(content, words)
    same = told(one.findings, one.facts) == told(other.findings, other.all_facts())
    return not same, columns
