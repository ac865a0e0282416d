"""The English names of places.csv: the right province, no name twice, no number in a name.

GB/T 2260 has Chinese names only, so that a wrong English one would be printed beside the right
Chinese one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from yearbook import lexer
from yearbook.finding import Finding, Severity
from yearbook.model import Division, Language, Text
from yearbook.records import Records

PROVINCES: Mapping[str, tuple[str, ...]] = {
    code: tuple(names.split("|"))
    for code, names in (
        row.split(" ", 1)
        for row in (
            "11 Beijing,12 Tianjin,13 Hebei,14 Shanxi,15 Inner Mongolia,21 Liaoning,22 Jilin,"
            "23 Heilongjiang,31 Shanghai,32 Jiangsu,33 Zhejiang,34 Anhui,35 Fujian,36 Jiangxi,"
            "37 Shandong,41 Henan,42 Hubei,43 Hunan,44 Guangdong,45 Guangxi,46 Hainan,50 Chongqing,"
            "51 Sichuan,52 Guizhou,53 Yunnan,54 Tibet|Xizang,61 Shaanxi,62 Gansu,63 Qinghai,"
            "64 Ningxia,65 Xinjiang,71 Taiwan,81 Hong Kong,82 Macao|Macau"
        ).split(",")
    )
}
"""What a province-level division is called in English, by the first two digits of its code."""
_KINDS = {
    "县": ("County",),
    "市": ("City", "Municipality"),
    "区": ("District", "Region"),
    "旗": ("Banner",),
    "州": ("Prefecture",),
    "省": ("Province",),
}
_ENGLISH = {word for words in _KINDS.values() for word in words}


def check(records: Records) -> Iterator[Finding]:
    """Every place whose English name is that of another, or no name.

    >>> from yearbook.specimen import records
    >>> places = {"370000": Text("Guangdong", "山东省"), "360830": Text("Yongxin City", "永新县")}
    >>> [found.what.en for found in check(records(divisions=places))]
    ['370000 山东省 is Shandong, not Guangdong', '"Yongxin City" calls 永新县 a City']
    """
    seen: dict[str, Division] = {}
    for division in records.book.divisions.values():
        yield from _told(division)
        first = seen.setdefault(division.name.en, division)
        if first is not division and first.name.zh != division.name.zh:
            what = Text(
                f'"{division.name.en}" is also the name of {first.code} {first.name.zh}',
                f"“{division.name.en}”也是{first.code}{first.name.zh}的英文名",
            )
            found = _finding(division, what)
            near = first.province == division.province
            yield found if near else replace(found, severity=Severity.WARNING)


def _told(division: Division) -> Iterator[Finding]:
    name, zh = division.name.en, division.name.zh
    wanted = PROVINCES.get(division.code[:2], ())
    if division.code.endswith("0000") and wanted and not name.startswith(wanted):
        yield _finding(
            division,
            Text(
                f"{division.code} {zh} is {wanted[0]}, not {name}",
                f"{division.code}{zh}的英文名为{wanted[0]}，而非{name}",
            ),
        )
    last = name.rpartition(" ")[2]
    if last in _ENGLISH and zh[-1:] in _KINDS and last not in _KINDS[zh[-1]]:
        yield _finding(
            division, Text(f'"{name}" calls {zh} a {last}', f"“{name}”中的{last}与“{zh}”不符")
        )
    numerals = [numeral.text for numeral in lexer.read(name, Language.EN, frozenset())]
    if numerals:
        yield _finding(
            division,
            Text(
                f'the name "{name}" holds a number: {numerals[0]}',
                f"地名“{name}”中有数字：{numerals[0]}",
            ),
        )


def _finding(division: Division, what: Text) -> Finding:
    return Finding(
        "gazetteer",
        Severity.ERROR,
        division.place,
        what,
        Text("correct the English name, or the code", "请改正英文名称或代码"),
        division.code,
    )
