"""Rules that guard nothing, contradict or repeat one another."""

from dataclasses import replace

import pytest

from tests.edits import bilingual
from yearbook import checks
from yearbook.book import Rule
from yearbook.checks.rulebook import check
from yearbook.finding import Finding, Severity
from yearbook.model import Cell, Place, Relation
from yearbook.specimen import entry, fact, part, records, rule

FACTS = (fact("a", 30), fact("b", 20), fact("c", 10), fact("day", 20100416, "date"))
CODES = (part("b", "a", Relation.SUM), part("c", "a", Relation.SUM))


def _found(*texts: str, coded: bool = False) -> list[Finding]:
    rules: tuple[Rule, ...] = tuple(
        replace(rule(text), id=f"r{at}", place=Place("rules.csv", at + 1, 9, f"C{at + 1}"))
        for at, text in enumerate(texts, 1)
    )
    lists = {"posts": (entry("x"),)}
    return list(check(records(*FACTS, rules=rules, lists=lists, codes=CODES if coded else ())))


@pytest.mark.parametrize(
    "texts",
    [
        ["a = b + c"],
        ["a >= b", "a >= c", "b >= c"],
        ["a between 20 and 40", "a >= b"],
        ["a / b between 1 and 2"],
        ["b = 20 * count(posts)"],
        ["a * b = 600"],
        ["a = ("],
        ["a = nobody"],
        ["day <= 20101231", "day >= 20100101"],
        ["a = 30", "b = 20"],
    ],
)
def test_nothing_wrong(texts: list[str]) -> None:
    """Rules that say something of their own; what cannot be read is another check's."""
    assert not _found(*texts)


@pytest.mark.parametrize(
    ("texts", "cell", "what"),
    [
        (["1 <= 2"], "C2", "names no figure"),
        (["a between 40 and 20"], "C2", "the rule contradicts itself"),
        (["a >= b + 1", "b >= a"], "C3", 'contradicts "r1"'),
        (["a <= 40", "2 * a >= 90"], "C3", 'contradicts "r1"'),
        (["a = b + c", "a - c = b + 1"], "C3", 'contradicts "r1"'),
    ],
)
def test_broken(texts: list[str], cell: str, what: str) -> None:
    """What no figures could satisfy, or what asks nothing of them, is an error at its own cell."""
    (found,) = [one for one in _found(*texts) if one.severity is Severity.ERROR]
    assert (found.rule, found.place.cell) == ("rule", cell)
    assert what in found.what.en
    assert bilingual(found.what)
    assert bilingual(found.hint)


@pytest.mark.parametrize(
    ("texts", "cell", "by"),
    [
        (["a = b + c", "b + c = a"], "C3", "r1"),
        (["a = b + c", "a >= c + b"], "C3", "r1"),
        (["a between 20 and 40", "a >= 10"], "C3", "r1"),
        (["a between 20 and 40", "a between 10 and 50"], "C3", "r1"),
        (["a >= 10", "b >= 10", "2 * b >= 20"], "C4", "r2"),
    ],
)
def test_repeated(texts: list[str], cell: str, by: str) -> None:
    """What an earlier rule implies, however it is written, is a warning at the later one."""
    (found,) = _found(*texts)
    assert (found.rule, found.severity) == ("rule-idle", Severity.WARNING)
    assert found.place.cell == cell
    assert f'"{by}" already says as much' in found.what.en


def test_codes_count_as_rules() -> None:
    """A written rule that codes.csv already states is repeated; one against it contradicts it."""
    (found,) = _found("a = b + c", coded=True)
    assert found.what.en == '"parts-sum" already says as much'
    (found,) = _found("a = b + c + 1", coded=True)
    assert found.what.en == 'the rule contradicts "parts-sum"'


@pytest.mark.parametrize("text", ["a >= 0", "a + b >= 0 - 5", "a <= 900000000", "a - a + 1 >= 0"])
def test_idle(text: str) -> None:
    """A rule that no single slip can break only seems to guard its figures."""
    (found,) = _found(text)
    assert (found.rule, found.severity, found.place.cell) == ("rule-idle", Severity.WARNING, "C2")
    assert "no single slip" in found.what.en


def test_broken_rule_is_not_idle() -> None:
    """A rule that fails, divides by zero or cannot be decided is not called idle."""
    assert not _found("a <= 2")
    assert not _found("a / (b - b) >= 1")
    hedged = fact("a", 30, qualifier="more_than")
    assert not list(check(records(hedged, rules=(rule("a <= 900"),))))


def test_not_applied() -> None:
    """A rule of last year's figures is not applied in a first edition, and that is said."""
    (found,) = _found("a = prev(a) + b")
    assert (found.rule, found.severity) == ("rule-idle", Severity.INFORMATION)


def test_name_of_a_check() -> None:
    """A rule may not bear the name of a check, whose findings it would silence."""
    wrong = replace(fact("a", 30), quote=Cell("31 people", Place("x.csv", 2)))
    named = replace(rule("a <= 30"), id="quote")
    found = checks.findings(records(wrong, rules=(named,)).book)
    assert sorted(one.rule for one in found) == ["quote", "rule"]


def test_together() -> None:
    """Several equations leave nothing for another, or no room; a milder one does not count."""

    def found(*texts: str, level: str = "error") -> list[str]:
        rules = [replace(rule(text), id=f"r{at}") for at, text in enumerate(texts, 1)]
        rules[0] = replace(rules[0], level=level)
        return [one.what.en for one in check(records(*FACTS, rules=tuple(rules)))]

    assert found("a = b + 10", "b = c + 10", "a = c + 20") == ['"r1 + r2" already says as much']
    assert found("a = b + 10", "b = c + 10", "a = c + 20", level="warning") == []
    assert found("a = b + 10", "b = c + 10", "a = c") == ['the rule contradicts "r1 + r2"']


def test_broken_rules_say_nothing() -> None:
    """Of two rules that contradict each other the later one is told, and not what it finds."""
    rules = [replace(rule(text), id=name) for name, text in (("r1", "a = 30"), ("r2", "a = 31"))]
    found = checks.findings(records(*FACTS, rules=tuple(rules)).book)
    assert [one.rule for one in found if one.rule != "quote-missing"] == ["rule"]
