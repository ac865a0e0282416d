"""Folders of tables and rules without templates, without a book or words of their own."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.edits import CHAPTER, edited, with_files, written
from yearbook import build
from yearbook.finding import Finding, failing
from yearbook.read import ConfigurationError, read
from yearbook.read.bare import bare
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
