"""The rules of rules.csv: what they find, and what is found wrong with them."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from yearbook import relation
from yearbook.checks.rules import check
from yearbook.finding import Finding, Severity
from yearbook.model import Fact, Period, Relation
from yearbook.specimen import entry, fact, part, records, rule

ROOT = Path(__file__).parents[1]


def _found(text: str, *facts: Fact, level: str = "error") -> list[Finding]:
    lists = {"posts": (entry("jia"), entry("wei"))}
    return list(check(records(*facts, lists=lists, rules=(rule(text, level),))))


def _last_year(of: Fact) -> Fact:
    return replace(of, period=Period("2009", "2009"))


@pytest.mark.parametrize(
    "text",
    [
        "a = 6",
        "a ＝ b ＋ 2",
        "a ≥ b",
        "b ≤ a",
        "a - b = count(posts)",
        "a = b * 1.5",
        "a / b between 1 and 2",
        "data_year - 2004 = a",
        "a = sum(b, c)",
        "a = (b + c) * 1",
        "count(posts) <= 2",
    ],
)
def test_holds(text: str) -> None:
    """Each form of the grammar, with signs as either keyboard writes them."""
    assert not _found(text, fact("a", 6), fact("b", 4), fact("c", 2))


@pytest.mark.parametrize("level", list(Severity))
def test_level(level: Severity) -> None:
    """The level of the rule is the severity of its failure, at the left-most figure."""
    (found,) = _found("a = count(posts)", fact("a", 3), level=level.value)
    assert (found.rule, found.severity, found.where) == ("specimen", level, "a")
    assert found.what.en == "a is 3 but count(posts) is 2"
    assert found.hint.en.startswith("they should agree; compare people.csv A2, list.csv")
    assert found.difference == 1
    assert [cell.id for cell in found.suspects] == ["a", "posts"]


def test_undecided() -> None:
    """Hedged figures that leave a rule open are information, whatever its level."""
    (found,) = _found("a >= b", fact("a", 6), fact("b", 3, qualifier="more_than"))
    assert found.severity is Severity.INFORMATION
    assert found.what.zh == "无法判定“a >= b”是否成立：左边6，右边多于3"


def test_between_says_the_worst() -> None:
    """Of the two sides of ``between`` the one that fails is reported, once."""
    hedged = fact("a", 9, qualifier="more_than")
    (found,) = _found("a between 10 and 8", hedged)
    assert (found.severity, found.what.en) == (Severity.ERROR, "a is more than 9, more than 8")


def test_previous() -> None:
    """``prev`` is the year before; in a first edition the rule does not apply."""
    now = (fact("total", 10), fact("new", 3))
    assert not _found("total = prev(total) + new", *now)
    assert not _found("total = prev(total) + new", *now, _last_year(fact("total", 7)))
    (found,) = _found("total = prev(total) + new", *now, _last_year(fact("total", 6)))
    assert found.what.en == "total is 10 but prev(total) + new is 9"
    assert [cell.id for cell in found.suspects] == ["total", "total/2009", "new"]


def test_previous_first() -> None:
    """A rule that begins with last year's figure speaks of that figure."""
    (found,) = _found("prev(a) <= a", fact("a", 3), _last_year(fact("a", 4)))
    assert (found.where, found.difference) == ("a/2009", Decimal(1))


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("aa = 1", 'no figure is called "aa"', "known are: data_year, gone, leaders"),
        ("leader = 1", 'no figure is called "leader"', 'did you mean "leaders"?'),
        ("prev(data_year) = 1", 'no figure is called "data_year"', "known are: gone, leaders"),
        ("data_yaer = 1", 'no figure is called "data_yaer"', 'did you mean "data_year"?'),
        ("prev(leader) = 1", 'no figure is called "leader"', 'did you mean "leaders"?'),
        ("leaders = count(post)", 'no list is called "post"', 'did you mean "posts"?'),
        ("leaders = posts", '"posts" is a list, not a figure', "write count(posts)"),
        ("gone = 1", '"gone" has no figure for 2010', "add a row for 2010"),
        ("leaders", "a rule needs =, >=, <= or between", "write for example"),
        ("leaders = ", "the rule ends before a figure", "write for example"),
        ("leaders = 1 2", '"2" is left over (character 13)', "write for example"),
        ("＝ leaders", "must not begin with =", "write for example"),
        ("leaders ≥ （1 ＋ ＃）", "not part of a rule (character 16)", "write for example"),
        ("leaders = 72,000", '"," is left over', "write for example"),
        ("leaders = sum(1", "the rule ends before )", "write for example"),
        ("leaders = #", '"#" is not part of a rule', "write for example"),
        ("leaders = mean(a)", '"mean" is not a function', "write for example"),
        ("leaders = count(a, b)", "count takes one name, not 2", "write for example"),
        ("leaders = 1 / 0", "leaders = 1 / 0 divides by", "compare"),
        ("1 = 1 / 0", "1 = 1 / 0 divides by", "without dividing"),
        ("leaders = " + "9" * 4000, "a number has 4000 digits, more than 30", "write for example"),
        ("(" * 300 + "1", "the rule has 301 words and signs", "write for example"),
    ],
)
def test_broken_rule(text: str, what: str, hint: str) -> None:
    """A rule that cannot be followed is reported as itself, with what was probably meant."""
    (found,) = _found(text, fact("leaders", 3), _last_year(fact("gone", 3)))
    assert found.severity is Severity.ERROR
    assert what in found.what.en
    assert hint in found.hint.en
    if "compare" not in hint:
        assert (found.rule, found.where, found.place.cell) == ("rule", "specimen", "C2")


def test_all_unknown_names() -> None:
    """Each unknown name of a rule is told, not only the first."""
    assert len(_found("x + y >= count(z)")) == 3


def test_indicator_without_row() -> None:
    """An indicator of codes.csv whose row is gone is not called a misspelling."""
    codes = (part("head", "group", Relation.OF),)
    known = records(fact("heads", 3), codes=codes, rules=(rule("head = 1"),))
    (found,) = check(known)
    assert (found.rule, found.what.en) == ("rule", '"head" has no figure')


def test_vast_product() -> None:
    """A product that no figure could reach is told in short, not a fault of arithmetic."""
    (found,) = _found("leaders = " + " * ".join(["9" * 30] * 9), fact("leaders", 3))
    assert (found.rule, len(found.what.en) < 400) == ("specimen", True)
    assert "1.000E+270" in found.what.en


def test_divisor_among_the_data() -> None:
    """A zero among the data is reported at the data, at the level of the rule."""
    (found,) = _found("money / people >= 1", fact("money", 5), fact("people", 0), level="warning")
    assert (found.rule, found.severity, found.where) == ("specimen", Severity.WARNING, "money")


def test_documented_rules() -> None:
    """Every rule shown in docs/checks.md can be read."""
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    block = page.split("```rules\n")[1].split("```")[0]
    assert len(block.splitlines()) >= 8
    for line in block.splitlines():
        assert relation.parse(line.split("  ")[0])
