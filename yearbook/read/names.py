"""The names of columns: which the toolkit knows, how else editors write them, what they hold."""

import re
import unicodedata
from collections.abc import Collection, Sequence

KNOWN = frozenset(
    "id period value unit qualifier quote source note place province kind one other en zh "
    "en_factor en_name zh_factor zh_name code reason dimension parent relation level rule "
    "message_en message_zh where expected_difference reason_en reason_zh evidence approved_by "
    "until_edition data rows columns title_en title_zh note_en note_zh language phrase "
    "forbidden_en forbidden_zh section paragraph numeral checked edition limit rounded_to "
    "flow".split()
)
"""Every column that a table of the toolkit may have, but for dimensions and words of lists."""
ALIASES = {
    "标识": "id",
    "指标": "id",
    "时期": "period",
    "年份": "period",
    "数值": "value",
    "计量单位": "unit",
    "单位": "unit",
    "概数": "qualifier",
    "限定词": "qualifier",
    "原文": "quote",
    "摘录": "quote",
    "来源": "source",
    "资料来源": "source",
    "备注": "note",
    "行政区划": "place",
    "省份": "province",
    "代码": "code",
    "维度": "dimension",
    "上级代码": "parent",
    "关系": "relation",
    "英文": "en",
    "中文": "zh",
}
"""What Chinese editors call the columns."""
_WORDS = frozenset(
    "en zh one other quote note reason evidence approved_by phrase numeral checked".split()
)
_AFTER = re.compile(r"_(en|zh|name)$")
NUMBERS = frozenset("value en_factor zh_factor rounded_to until_edition paragraph limit".split())
"""The columns that hold numbers (``value`` may hold a day)."""


def words(column: str) -> bool:
    """Whether a column holds words of people, which stay as they are typed; all others hold names,
    numbers and days, in which full-width and half-width signs mean the same.

    >>> words("title_zh"), words("quote"), words("value"), words("rank")
    (True, True, False, False)
    """
    return column in _WORDS or _AFTER.search(column) is not None


def plain(name: str) -> str:
    """A name without what Excel, WPS and input methods put in: capitals, blanks, full width.

    >>> plain("Ｔitle en "), plain("数值")
    ('title_en', 'value')
    """
    narrow = unicodedata.normalize("NFKC", name).strip().casefold()
    simple = re.sub(r"[\s_]+", "_", narrow)
    return ALIASES.get(simple, simple)


def called(typed: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """What the columns of a header are called: as typed, or the known name meant by it.

    >>> called(["ID", "Rank", "rank", "x"], {"id", "rank"})
    ('id', 'rank', 'rank', 'x')
    """
    return tuple(
        name if name in known else simple if (simple := plain(name)) in known else name
        for name in typed
    )


def heading(cells: Collection[str]) -> bool:
    """Whether some cells are a header: two of them are names of columns, none stands twice."""
    names = [plain(cell) for cell in cells if cell]
    return len(names) == len(set(names)) and sum(name in KNOWN for name in names) > 1
