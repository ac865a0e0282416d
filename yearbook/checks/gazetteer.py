"""places.csv against GB/T 2260 of the data year, as the library ``gb2260`` holds it.

A list of another year would be wrong: Ansai was a county until 2016 and is a district now.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from yearbook.finding import Finding, Severity, Suspect
from yearbook.model import Division, Place, Text
from yearbook.records import Records

_NEWEST = 2014
YEARS = tuple(range(2002, _NEWEST + 1))
"""The revisions known; the library keeps the newest under the name None."""


def check(records: Records) -> Iterator[Finding]:
    """Every place whose code or Chinese name is not that of the standard.

    >>> from yearbook.specimen import records
    >>> list(check(records(divisions={"610624": Text("Ansai County", "安塞县")})))
    []
    >>> wrong = records(divisions={"610624": Text("Ansai District", "安塞区")})
    >>> [finding.what.en for finding in check(wrong)]
    ['610624 is 安塞县 in GB/T 2260 of 2010, not 安塞区']
    """
    if not records.book.divisions:
        return
    year = nearest(records.year)
    if year != records.year:
        yield _other_year(records.year, year)
    names = revision(year)
    for division in records.book.divisions.values():
        name = names.get(division.code)
        if name is None:
            yield _unknown(division, year, names)
        elif name != division.name.zh:
            yield _other_name(division, year, name)


def nearest(year: int) -> int:
    """The revision nearest to a year.

    >>> nearest(2010), nearest(2024), nearest(1986)
    (2010, 2014, 2002)
    """
    return min(YEARS, key=lambda known: abs(known - year))


@cache
def revision(year: int) -> Mapping[str, str]:
    """The Chinese names of a revision by their code."""
    from gb2260.data import data  # large, and few tables name places

    names: Mapping[int, str] = data[None if year == _NEWEST else year]
    return {str(code): name for code, name in names.items()}


def _unknown(division: Division, year: int, names: Mapping[str, str]) -> Finding:
    of_name = [code for code, name in names.items() if name == division.name.zh]
    hint = Text(
        f"{division.name.zh} has the code {' or '.join(of_name)}",
        f"{division.name.zh}的代码为{'或'.join(of_name)}",
    )
    return Finding(
        "gazetteer",
        Severity.ERROR,
        division.place,
        Text(
            f'GB/T 2260 of {year} has no code "{division.code}"',
            f"{year}年版GB/T 2260中没有代码“{division.code}”",
        ),
        hint
        if of_name
        else Text(f"look the place up in the list of {year}", f"请查对{year}年版行政区划代码"),
        division.code,
        suspects=(
            Suspect(
                division.place,
                division.code,
                division.code,
                proposed=of_name[0] if len(of_name) == 1 else None,
            ),
        ),
    )


def _other_name(division: Division, year: int, name: str) -> Finding:
    return Finding(
        "gazetteer",
        Severity.ERROR,
        division.place,
        Text(
            f"{division.code} is {name} in GB/T 2260 of {year}, not {division.name.zh}",
            f"{year}年版GB/T 2260中{division.code}为{name}，而非{division.name.zh}",
        ),
        Text(
            "correct the Chinese name, or the code if another place is meant",
            "请改正中文名称；如所指为另一地，请改正代码",
        ),
        division.code,
        suspects=(Suspect(division.place, division.code, division.name.zh, proposed=name),),
    )


def _other_year(wanted: int, known: int) -> Finding:
    return Finding(
        "gazetteer",
        Severity.INFORMATION,
        Place("data/places.csv"),
        Text(
            f"GB/T 2260 of {wanted} is not at hand; places are compared with that of {known}",
            f"没有{wanted}年版GB/T 2260，地名按{known}年版核对",
        ),
        Text(
            f"look up by hand what has changed between {known} and {wanted}",
            f"{known}年与{wanted}年之间的变动请人工核对",
        ),
        str(wanted),
    )
