"""Folders of tables and rules without templates, without a book or words of their own."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.edits import CHAPTER, edited, with_files, written
from yearbook import build
from yearbook.finding import Finding, failing
from yearbook.read import ConfigurationError, read
from yearbook.read.bare import Free, bare, completed
from yearbook.read.opened import Tables
from yearbook.read.snapshot import Snapshot

HEAD = "id,period,region,value,unit,qualifier,quote,source,note\n"
AREA = HEAD + (
    "all,2009,total,12,ha,,twelve ha,census,\n"
    "all_east,2009,east,5,ha,,5 ha,census,\n"
    "all_west,2009,west,7,ha,,7 ha,census,\n"
    "day,2009-05-01,,2009-05-01,date,,1 May 2009,census,\n"
)
CODES = "dimension,code,parent,relation,en,zh\n" + "".join(
    f"id,{name},,,{name},{name}\n" for name in ("all", "all_east", "all_west", "day")
)
REGIONS = "region,total,,,total,合计\n" + "".join(
    f"region,{name},total,sum,{name},{name}\n" for name in ("east", "west")
)
RULES = (
    "id,level,rule,message_en,message_zh\nsum,error,all = all_east + all_west,they add up,应相加\n"
)


def _found(folder: Path, **files: str) -> tuple[Finding, ...]:
    for name, text in files.items():
        path = folder / "data" / "land" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return build.check(folder).findings


def test_tables_and_rules(tmp_path: Path) -> None:
    """Tables and rules alone are checked, with no file that defines a word."""
    assert not _found(tmp_path, area=AREA, rules=RULES)
    (found,) = failing(_found(tmp_path, area=AREA.replace(",5,", ",6,").replace("5 ha", "6 ha")))
    assert (found.rule, found.difference, found.place.cell) == ("sum", Decimal(-1), "D2")


def test_quotes(tmp_path: Path) -> None:
    """The quote is compared as in any project."""
    (found,) = failing(_found(tmp_path, area=AREA.replace("7 ha", "9 ha")))
    assert (found.rule, found.where) == ("quote", "all_west")


def test_codes_of_its_own(tmp_path: Path) -> None:
    """A codes.csv that is there relates parts to wholes, and what it lacks is unknown."""
    wrong = AREA.replace(",5,", ",6,").replace("5 ha", "6 ha")
    (found,) = failing(_found(tmp_path, area=wrong, codes=CODES + REGIONS))
    assert found.rule == "parts-sum"
    (found,) = failing(
        _found(tmp_path, area=AREA, codes=CODES.replace("id,day", "id,dya") + REGIONS)
    )
    assert found.rule == "unknown"


def test_data_year(tmp_path: Path) -> None:
    """The data year is the last year of a period; rules are about that year."""
    later = AREA.replace("2009", "2010").removeprefix(HEAD)
    rules = RULES.replace("all = all_east + all_west", "all >= prev(all) + 1")
    (found,) = failing(_found(tmp_path, area=AREA + later, rules=rules))
    assert found.what.en == "all is 12, less than prev(all) + 1, which is 13"


def test_faults_of_a_table(tmp_path: Path) -> None:
    """What is no number is told at its cell, as everywhere."""
    (found,) = failing(_found(tmp_path, area=AREA.replace(",7,", ",7x,")))
    assert (found.rule, found.place.cell) == ("value", "D4")


def test_real_records_without_templates(project: Snapshot, tmp_path: Path) -> None:
    """The records of this book, taken alone, are found as good as in the book, or as bad."""
    gone = {name: None for name in project.files if not name.startswith("data/")}
    alone = with_files(project, **gone)
    assert not failing(build.check(written(alone, tmp_path / "good")).findings)
    wrong = edited(alone, f"{CHAPTER[5:]}/dispatch.csv", "group_heads", "value", "4")
    rules = {f.rule for f in failing(build.check(written(wrong, tmp_path / "bad")).findings)}
    assert rules == {"quote", "parts-sum", "group_heads"}


def test_a_project_is_not_bare(project: Snapshot) -> None:
    """Where there are templates everything must be defined."""
    assert not bare(project)
    lost = with_files(project, **{"data/book.toml": None})
    with pytest.raises(ConfigurationError):
        read(lost)


def test_nothing_to_check(tmp_path: Path) -> None:
    """A folder without tables is no project."""
    with pytest.raises(ConfigurationError):
        build.check(tmp_path)


def folder(**files: str) -> Snapshot:
    """A folder with some files; ``__`` in a keyword stands for a slash."""
    return Snapshot({f"data/{n.replace('__', '/')}.csv": t.encode() for n, t in files.items()}, ())


def made(snapshot: Snapshot, reserved: tuple[str, ...] = ("codes",)) -> tuple[Snapshot, Free]:
    """The folder with what it uses as defined."""
    return completed(snapshot, reserved, Tables(snapshot.files))


def test_what_is_taken_as_defined() -> None:
    """The book, the units and the sources that tables use, and the dimensions of each folder."""
    given = folder(
        land__area=AREA,
        land__more=HEAD + "a,2010-05,,3,km,,x,survey,\nb,2008,,4,,,x,,\n",
        land__names="id,period,place\na,2011,b\n",
        sea__depth=HEAD.replace("region", "zone") + "d,1999-2001,,8,m,,x,survey,\n",
        codes__readme="id,note\na,b\n",
    )
    given = Snapshot({**given.files, "README.md": b"x"}, ())
    snapshot, free = made(given)
    assert snapshot.files["data/book.toml"].decode().splitlines() == [
        'title_en = "Records"',
        'title_zh = "数据"',
        'publisher_en = "-"',
        'publisher_zh = "-"',
        "data_year = 2011",
        "edition_year = 2012",
        *(
            f'{line} = "{name}"' if line[0] != "[" else line
            for name in ("land", "sea", "codes")
            for line in ("[[chapter]]", "slug", "title_en", "title_zh")
        ),
    ]
    assert snapshot.files["data/units.csv"].decode() == (
        "id,kind,one,other,zh,en_factor,en_name,zh_factor,zh_name\n"
        "ha,count,ha,ha,ha,1,ha,1,ha\n"
        "date,date,date,date,date,1,date,1,date\n"
        "km,count,km,km,km,1,km,1,km\n"
        "m,count,m,m,m,1,m,1,m\n"
    )
    assert snapshot.files["data/sources.csv"].decode() == (
        "id,en,zh\ncensus,census,census\nsurvey,survey,survey\n"
    )
    assert free == {
        "land": frozenset(("id", "region")),
        "sea": frozenset(("id",)),
        "codes": frozenset(("id",)),
    }
    assert list(snapshot.files)[-1] == "README.md"


def test_what_is_there_counts() -> None:
    """A file that defines words is kept; what codes.csv defines is not free."""
    given = folder(land__area=AREA, land__codes=CODES + REGIONS, units="id\nx\n")
    snapshot, free = made(given)
    assert snapshot.files["data/units.csv"] == b"id\nx\n"
    assert free == {"land": frozenset()}
    _, free = made(folder(land__area=AREA, land__codes=CODES))
    assert free == {"land": frozenset(("region",))}


def test_no_period_and_no_table() -> None:
    """Without a period the year is 1900; reserved files are no tables."""
    given = folder(land__rules="id,period,value,unit,source\na,2010,1,km,s\n")
    snapshot, free = made(given, ("rules",))
    assert b"data_year = 1900\nedition_year = 1901\n" in snapshot.files["data/book.toml"]
    assert snapshot.files["data/units.csv"].count(b"\n") == 1
    assert free == {"land": frozenset(("id",))}


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("data/land/area.csv", True),
        ("data/land-2/area.csv", True),
        *((name, False) for name in ("data/area.csv", "data/Land/area.csv", "land/area.csv")),
        *((name, False) for name in ("data/land/x/area.csv", "data/land/area.txt")),
        *((name, False) for name in ("data/land-/area.csv", "x/data/land/area.csv")),
    ],
)
def test_folder_of_tables(name: str, tables: bool) -> None:
    """A folder below data/ with a CSV is a chapter, unless there is a template anywhere."""
    assert bare(Snapshot({name: b""}, ())) == tables
    assert not bare(Snapshot({name: b"", "templates/x": b""}, ()))
    assert bare(Snapshot({name: b"", "my/templates/x": b""}, ())) == tables


@pytest.mark.parametrize(
    ("period", "year"),
    [
        *(("2010", 2010), ("2009-2010", 2010), ("2010-05", 2010), ("2010-05-01", 2010)),
        *(("2009-12/2010-01", 2010), ("2009-01-01/2010-01-01", 2010), ("soon", 1900)),
        *(("2010-5", 1900), ("2010年", 2010)),
    ],
)
def test_last_year(period: str, year: int) -> None:
    """The year in which a period ends."""
    snapshot, _ = made(folder(land__area=HEAD + f"a,{period},,3,km,,x,survey,\n"))
    assert f"data_year = {year}\n".encode() in snapshot.files["data/book.toml"]
