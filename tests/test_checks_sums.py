"""Sums that need no writing: rounding in two tiers, shares, cumulative figures, facts twice."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.edits import bilingual
from yearbook import checks
from yearbook.book import Book
from yearbook.checks import cumulative, parts, shares, twice
from yearbook.checks.constraints import system
from yearbook.concern import Concern
from yearbook.finding import Finding, Severity
from yearbook.model import Code, Fact, Nature, Period, Place, Relation, Text
from yearbook.records import Records
from yearbook.specimen import UNITS, entry, fact, part, records, rule

PROVINCES = tuple(f"p{at:02}" for at in range(31))
CODES = tuple(part(name, "whole", Relation.SUM) for name in PROVINCES)
PERCENT = replace(UNITS["person"], id="percent", zh="%")


def _rounded(off: str) -> list[Finding]:
    """31 figures of one decimal whose total is off."""
    total = sum((Decimal(f"{at}.5") for at in range(31)), Decimal(off))
    facts = [fact(name, f"{at}.5") for at, name in enumerate(PROVINCES)]
    return list(parts.check(records(fact("whole", str(total)), *facts, codes=CODES)))


@pytest.mark.parametrize(
    ("off", "severity"),
    [
        ("0.0", None),
        ("0.6", None),
        ("-0.6", None),
        ("0.7", Severity.WARNING),
        ("-1.6", Severity.WARNING),
        ("1.7", Severity.ERROR),
        ("-9.0", Severity.ERROR),
    ],
)
def test_two_tiers(off: str, severity: Severity | None) -> None:
    """Within four sigma silent, up to the worst of rounding a warning, beyond it an error."""
    found = _rounded(off)
    assert [one.severity for one in found] == ([severity] if severity else [])
    for one in found:
        assert (one.difference, one.tolerance) == (Decimal(off), Decimal("1.6"))


def test_doubt_is_explained() -> None:
    """The warning says what rounding does; a long sum is not spelt out."""
    (found,) = _rounded("0.9")
    assert "rounding hardly ever explains more than 0.653" in found.what.en
    assert "p00 + … + p30 (31)" in found.what.en
    assert bilingual(found.what)
    assert bilingual(found.hint)


def test_exact_figures_have_no_slack() -> None:
    """Counts add up to the last one."""
    facts = [fact(name, 5) for name in PROVINCES]
    (found,) = parts.check(records(fact("whole", 156), *facts, codes=CODES))
    assert (found.severity, found.tolerance) == (Severity.ERROR, None)


def test_written_rules_are_rounded_too() -> None:
    """A written sum of rounded figures has the same two tiers, coefficients counted."""
    facts = (fact("t", "10.0"), fact("a", "3.3"), fact("b", "3.3"))
    assert not list(checks.rules.check(records(*facts, rules=(rule("t = a + b + 3.3"),))))
    (found,) = checks.rules.check(records(*facts, rules=(rule("t = a + b + 3"),)))
    assert (found.severity, found.tolerance) == (Severity.ERROR, Decimal("0.15"))
    many = [fact(name, "1.0") for name in PROVINCES]
    text = f"whole = {' + '.join(PROVINCES)}"
    (found,) = checks.rules.check(records(fact("whole", "32.0"), *many, rules=(rule(text),)))
    assert found.severity is Severity.WARNING


def test_hedged_and_rounded() -> None:
    """Rounding widens what hedged figures leave open; it does not hide what cannot be."""
    codes = tuple(part(name, "t", Relation.OF) for name in "ab")
    more = fact("a", "10.0", qualifier="more_than")
    open_ = list(parts.check(records(fact("t", "10.0"), more, codes=codes)))
    assert [one.severity for one in open_] == [Severity.INFORMATION]
    fails = list(parts.check(records(fact("t", "9.0"), more, codes=codes)))
    assert [one.severity for one in fails] == [Severity.ERROR]


def _share(name: str, value: str) -> Fact:
    return replace(fact(name, value), unit=PERCENT)


def test_shares() -> None:
    """Shares make 100 within rounding; in another unit, or with a part missing, nothing is said."""
    codes = tuple(part(name, "whole", Relation.SUM) for name in "abc")
    good = (_share("a", "33.3"), _share("b", "33.3"), _share("c", "33.3"))
    assert not list(shares.check(records(*good, codes=codes)))
    (found,) = shares.check(records(*good[:2], _share("c", "43.3"), codes=codes))
    assert (found.rule, found.where, found.difference) == ("shares", "a", Decimal("9.9"))
    assert not list(shares.check(records(*good[:2], codes=codes)))
    people = [replace(one, unit=UNITS["person"]) for one in good[:2]]
    assert not list(shares.check(records(*people, fact("c", 9), codes=codes)))


ALL = Code("id", "all", "", None, Text("all", "合计"), Place("c.csv"), Nature.CUMULATIVE, "new")
EARLIER = Period("1986", "2009")
SINCE = Period("1986", "2010")


def _cumulative(now: int, before: int, *new: int) -> list[Finding]:
    facts = [replace(fact("all", before), period=EARLIER), replace(fact("all", now), period=SINCE)]
    facts += [fact("new", value) for value in new]
    codes = (ALL, part("new", "", Relation.OF))
    return list(cumulative.check(records(*facts, codes=codes)))


def test_cumulative() -> None:
    """Last year's figure and this year's flow make up this year's; it never falls."""
    assert not _cumulative(437, 428, 9)
    (found,) = _cumulative(437, 429, 9)
    assert (found.rule, found.difference, found.where) == ("cumulative", Decimal(-1), "all")
    assert [cell.id for cell in found.suspects] == [
        "all",
        "all/1986-2009",
        "new",
    ]
    assert not _cumulative(437, 429)
    (found,) = _cumulative(437, 438)
    assert found.rule == "cumulative-falls"


@pytest.mark.parametrize(
    ("code", "what"),
    [
        (replace(ALL, flow="nwe"), 'adds up "nwe"'),
        (replace(ALL, flow="all"), 'adds up "all"'),
        (replace(ALL, nature=Nature.STOCK), "is not cumulative"),
        (replace(ALL, nature=None), "is not cumulative"),
    ],
)
def test_wrong_flow(code: Code, what: str) -> None:
    """A flow that is no indicator, or that nothing adds up, is a fault of codes.csv."""
    (found,) = cumulative.check(records(fact("new", 1), codes=(code, part("new", "", Relation.OF))))
    assert (found.rule, found.severity) == ("codes", Severity.ERROR)
    assert what in found.what.en


def _two(mine: Fact, theirs: Fact, label: str = "doctors") -> Book:
    codes = (Code("id", "doctors", "", None, Text("doctors", "医生"), Place("c.csv")),)
    one = records(theirs, codes=codes)
    own = tuple(replace(code, label=Text(label, "医生")) for code in codes)
    second = replace(one.chapter, slug="health", facts=(mine,), codes=own)
    return replace(one.book, chapters=(one.chapter, second))


def test_twice() -> None:
    """A fact of the same id, period and label agrees with that of an earlier chapter, once."""
    book = _two(fact("doctors", 21), fact("doctors", 12))
    (found,) = checks.findings(book, (twice.check,))
    assert (found.rule, found.difference, found.concern) == ("twice", Decimal(9), Concern.CHAPTERS)
    assert not checks.findings(_two(fact("doctors", 12), fact("doctors", 12)), (twice.check,))
    hedged = fact("doctors", 12, qualifier="nearly")
    assert not checks.findings(_two(hedged, hedged), (twice.check,))
    assert checks.findings(_two(fact("doctors", 12), hedged), (twice.check,))
    assert not checks.findings(
        _two(fact("doctors", 21), fact("doctors", 12), "barefoot doctors"), (twice.check,)
    )
    earlier = replace(fact("doctors", 12), period=Period("2009", "2009"))
    assert not checks.findings(_two(fact("doctors", 21), earlier), (twice.check,))


def test_published() -> None:
    """A fact is told as an edition printed it, whatever it is called now; the cell is suspected,
    never what was printed; what agrees, or another period, is not spoken of."""

    def found(value: int, hedge: str = "exact", year: str = "2010") -> list[Finding]:
        printed = replace(
            fact("doctors", value, qualifier=hedge),
            period=Period(year, year),
            place=Place("data/x/published.csv", 7, 9, "D7"),
            checked="2010",
        )
        (mine,) = _apart(fact("doctors", 110))
        return list(checks.findings(records(mine, published=(printed,)).book, (twice.check,)))

    (told,) = found(101)
    assert told.what.en == "doctors is 110 here but 101 in edition 2010 (published.csv D7)"
    assert told.what.zh == "“doctors”此处为110，2010年版为101（published.csv D7）"
    assert (told.rule, told.severity, told.difference) == ("twice", Severity.ERROR, Decimal(9))
    assert [(s.place.file, s.proposed, s.slip) for s in told.suspects] == [
        ("t.csv", "101", "digits-swapped")
    ]
    assert "revised since" in told.hint.en
    assert found(110) == []
    (gone,) = found(101, year="2009")
    assert (gone.severity, gone.where) == (Severity.WARNING, "doctors/2009")
    assert "which the records do not have" in gone.what.en
    assert [each.severity for each in found(100, "more_than")] == [Severity.INFORMATION]
    assert [each.severity for each in found(200, "more_than")] == [Severity.ERROR]


def _apart(*facts: Fact) -> list[Fact]:
    """Facts in cells of their own."""
    return [replace(one, place=Place("t.csv", line, 3)) for line, one in enumerate(facts, 2)]


def test_constraints() -> None:
    """Every sum is a constraint over cells, whether it holds or not, with its tolerance."""
    facts = _apart(fact("t", "10.0"), fact("a", "3.3"), fact("b", "6.8"), _share("s", "1"))
    codes = tuple(part(name, "t", Relation.SUM) for name in "ab")
    lists = {"posts": (entry("x"), entry("y"))}
    rules = (
        rule("t = a + b"),
        rule("t = 3 * count(posts)"),
        rule("a * b = t"),
        rule("a = ("),
        rule("a = prev(a)"),
        rule("a = nobody"),
        rule("1 = 2"),
    )
    made = system(records(*facts, codes=codes, lists=lists, rules=rules))
    sums = [(one.rule, one.terms, one.constant, one.tolerance) for one in made.constraints]
    t, a, b = (str(one.place) for one in facts[:3])
    assert sums == [
        ("parts-sum", ((t, 1), (a, -1), (b, -1)), Decimal(0), Decimal("0.15")),
        ("specimen", ((t, 1), (a, -1), (b, -1)), Decimal(0), Decimal("0.15")),
        ("specimen", ((t, 1),), Decimal(6), Decimal("0.05")),
    ]
    assert len(made.cells) == 4
    assert [made.broken(one) for one in made.constraints] == [False, False, True]


def test_checked_cells_are_pinned() -> None:
    """A cell that somebody compared with the source is never suspected."""
    checked = replace(fact("a", 3), checked="LW 2011-03-02")
    (cell,) = system(records(checked)).cells.values()
    assert cell.pinned
    (cell,) = system(records(fact("a", 3))).cells.values()
    assert not cell.pinned


def test_steps_of_cells() -> None:
    """A cell counts in the steps its unit is rounded to, else in its last digit."""
    wan = replace(UNITS["yuan"], step=Decimal(10_000))
    facts = _apart(replace(fact("m", 440_000, "yuan"), unit=wan), fact("e", "7.15"), fact("n", 9))
    steps = [cell.step for cell in system(records(*facts)).cells.values()]
    assert steps == [Decimal(10_000), Decimal("0.01"), Decimal(1)]


def test_constraints_between_chapters() -> None:
    """A fact told twice binds the cells of both chapters."""
    mine, theirs = _apart(fact("doctors", 21), fact("doctors", 12))
    book = _two(mine, theirs)
    made = system(Records(book, book.chapters[1]))
    assert len(made.cells) == 2
    (one,) = made.constraints
    assert made.broken(one)
