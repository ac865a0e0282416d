"""What became of the numerals of a manuscript, for people and for programs."""

from collections.abc import Collection

from yearbook.coverage.ruling import Holding, Mention
from yearbook.model import Text


def line(mention: Mention, file: str) -> str:
    """A numeral for the terminal."""
    ruling = mention.ruling
    said = f"{file}:{mention.line}:{mention.column}: {ruling.numeral}  {ruling.holding}"
    why = f' "{mention.quote}"' if mention.quote else f" ({ruling.reason})" if ruling.reason else ""
    said += f" {ruling.id}" * bool(ruling.id) + why
    if ruling.holding is Holding.MISSING:
        said += f"  [{ruling.place}]"
    return said


HINT = Text(
    "add the figure with its quote to the records, or give the reason in coverage.csv (--write)",
    "请把该数据连同摘录补入数据表，或在 coverage.csv 中注明理由（--write）",
)


def plain(mention: Mention) -> dict[str, str | int]:
    """A numeral as other programs read it."""
    ruling = mention.ruling
    return {
        "line": mention.line,
        "column": mention.column,
        "numeral": ruling.numeral,
        "place": ruling.place,
        "kind": ruling.holding.value,
        "id": ruling.id,
        "reason": ruling.reason,
        "quote": mention.quote,
    }


def summary(mentions: Collection[Mention]) -> Text:
    """How many numerals there are, and what holds them."""
    counts = dict.fromkeys(Holding, 0)
    for mention in mentions:
        counts[mention.ruling.holding] += 1
    en = ", ".join(f"{count} {holding}" for holding, count in counts.items())
    zh = "，".join(f"{_CALLED[holding]}{count}" for holding, count in counts.items())
    return Text(f"{len(mentions)} numerals: {en}", f"共{len(mentions)}个数字：{zh}")


_CALLED = {
    Holding.FACT: "数据",
    Holding.PERIOD: "时期",
    Holding.LITERAL: "专名",
    Holding.COUNT: "名单计数",
    Holding.OTHER: "人工说明",
    Holding.MISSING: "缺失",
}
