"""The registry of checks, what it finds in the real records, and how findings are put together."""

import doctest
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType

from yearbook import checks
from yearbook.book import Waiver
from yearbook.finding import Finding, Severity, failing
from yearbook.model import Place, Text
from yearbook.read import read
from yearbook.read.snapshot import take
from yearbook.records import Records
from yearbook.specimen import fact, records

ROOT = Path(__file__).parents[1]


def test_registry() -> None:
    """Every module of the folder that has a check is in the registry, once."""
    modules = (module.name for module in pkgutil.iter_modules(checks.__path__))
    found = [importlib.import_module(f"yearbook.checks.{name}") for name in modules]
    having = {module.check for module in found if hasattr(module, "check")}
    assert having == set(checks.CHECKS)
    assert len(checks.CHECKS) == len(having)


def test_real_records() -> None:
    """The chapter as it stands has no error that is not waived, and all its findings are known."""
    found = checks.findings(read(take(ROOT)).book)
    assert not failing(found)
    said = {(finding.rule, finding.where, finding.severity.value) for finding in found}
    assert said == {
        ("place-in-province", "donations/guangrao", "error"),
        ("wenchuan_farmers", "wenchuan_farmers_benefited", "information"),
        ("remote_reached", "remote_reached", "information"),
    }
    assert [checks.difference(f) for f in found if f.waived] == ["440000 <> 370000"]


def _at(line: int) -> checks.Check:
    def check(_: Records) -> Iterator[Finding]:
        yield Finding("x", Severity.ERROR, Place("data/a.csv", line), Text("", ""), Text("", ""))

    return check


def test_order() -> None:
    """Findings stand in the order of the files, whatever check they come from."""
    found = checks.findings(records().book, (_at(10), _at(9), _at(2)))
    assert [finding.place.line for finding in found] == [2, 9, 10]


def test_said_once() -> None:
    """What two chapters find alike is one finding, waived if one of them waives it."""
    one = records()
    waiver = Waiver("x", "", "", Text("known", "已知"), 2011, Place("data/exceptions.csv", 2))
    chapters = (one.chapter, replace(one.chapter, waivers=(waiver,)))
    (found,) = checks.findings(replace(one.book, chapters=chapters), (_at(2),))
    assert found.waived == Text("known", "已知")
    chapters = (chapters[1], chapters[0])
    (found,) = checks.findings(replace(one.book, chapters=chapters), (_at(2),))
    assert found.waived == Text("known", "已知")


def test_every_finding_has_its_suspects() -> None:
    """A slip names the cell with the value of the quote beside it."""
    book = records(fact("leaders", 105, quote="including 101 leaders")).book
    (found,) = checks.findings(book)
    (suspect,) = found.suspects
    assert (suspect.value, suspect.proposed) == ("105", "101")
    assert (suspect.place, found.where, found.difference) == (found.place, "leaders", Decimal(4))


def test_documented_check() -> None:
    """The check that docs/checks.md shows runs as it stands, its examples too."""
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    example = ModuleType("example")
    exec(page.split("```python\n")[1].split("```")[0], example.__dict__)  # noqa: S102
    assert doctest.testmod(example).attempted >= 3
    assert not doctest.testmod(example).failed
