"""The words of a unit in units.csv speak of one thing, and of one size in both languages.

A table of persons whose Chinese head says households (户), or of kilowatts whose Chinese head says
megawatts (兆瓦), misstates every figure in it. Words that are not known here are not judged.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from yearbook.finding import Finding, Severity
from yearbook.model import Kind, Text
from yearbook.read.sheet import Row

Measure = tuple[str, Fraction]
"""What is measured, and how much of it one such unit is."""


def _known(kind: str, sizes: Mapping[str, str]) -> dict[str, Measure]:
    """The measures of each word, of sizes given as fractions."""
    return {word: (kind, Fraction(size)) for size, words in sizes.items() for word in words.split()}


WORDS: Mapping[str, Measure] = {
    **_known("people", {"1": "person people persons 人 名 人次"}),
    **_known("households", {"1": "household households family families 户"}),
    **_known("pairs", {"1": "pair pairs couple couples 对 双"}),
    **_known("yuan", {"1": "yuan 元"}),
    **_known("dollars", {"1": "dollar dollars 美元"}),
    **_known(
        "power",
        {
            "1": "watt watts 瓦",
            "1000": "kilowatt kilowatts 千瓦",
            "1000000": "megawatt megawatts 兆瓦",
            "1000000000": "gigawatt gigawatts 吉瓦",
        },
    ),
    **_known(
        "length",
        {"1": "metre metres meter meters 米", "1000": "kilometre kilometres kilometer 公里 千米"},
    ),
    **_known(
        "weight",
        {"1": "kilogram kilograms 公斤 千克", "1000": "tonne tonnes ton tons 吨", "1/2": "jin 斤"},
    ),
    **_known(
        "area",
        {"1": "hectare hectares 公顷", "1/15": "mu 亩", "100": "平方公里 平方千米"},
    ),
    **_known(
        "time",
        {
            "1": "year years 年",
            "10": "decade decades",
            "100": "century centuries 世纪",
            "1/12": "month months 个月 月",
        },
    ),
}
"""Units in both languages that are mistaken for one another."""
_COLUMNS = ("one", "other", "zh", "en_name", "zh_name")


def contradictions(row: Row) -> Iterator[Finding]:
    """Words of a unit that mean another thing than its first known word, or another size than its
    factor says.

    >>> from yearbook.read.sheet import parse
    >>> head = "id,kind,one,other,zh,en_factor,en_name,zh_factor,zh_name\\n"
    >>> (row,) = parse("u.csv", f"{head}a,count,person,people,人,1,persons,1,户\\n".encode()).rows
    >>> [f"{found.place.cell} {found.what.en}" for found in contradictions(row)]
    ['I2 "户" is no word for "person"']
    """
    known = [(c, m) for c in _COLUMNS if (m := WORDS.get(row.text(c).lower().strip()))]
    if not known:
        return
    first, (kind, size) = known[0]
    measured = row.text("kind") == Kind.MEASURE
    for column, (other, worth) in known[1:]:
        chinese = column.startswith("zh")
        scaled = size * (_factor(row) if chinese and measured else 1)
        if (other, worth) != (kind, scaled) and (other != kind or measured or worth != size):
            yield _contradicts(row, column, row.text(first), chinese and other == kind)


def _factor(row: Row) -> Fraction:
    """What one Chinese unit is worth, if that can be read."""
    try:
        return Fraction(row.text("zh_factor") or "1")
    except (ValueError, ZeroDivisionError):
        return Fraction(1)


def _contradicts(row: Row, column: str, first: str, sized: bool) -> Finding:
    word = row.text(column)
    what = Text(f'"{word}" is no word for "{first}"', f"“{word}”与“{first}”所指不同")
    if sized:
        factor = row.text("zh_factor")
        what = Text(
            f'one "{word}" is not {factor} "{first}", as zh_factor says',
            f"zh_factor 为{factor}，但1{word}不等于{factor}个“{first}”",
        )
    return Finding(
        "unit",
        Severity.ERROR,
        row.place_of(column),
        what,
        Text(
            "name the same unit in both languages, or correct zh_factor",
            "两种语言须为同一计量单位；否则请改正 zh_factor",
        ),
        row.text("id"),
    )
