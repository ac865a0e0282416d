"""What is to be said of figures that must balance; all sums of the toolkit share it."""

from collections.abc import Iterator

from yearbook.balance import Balance
from yearbook.checks.cells import suspects, where
from yearbook.checks.comparison import Comparison, Side, hint
from yearbook.finding import Finding, Severity
from yearbook.interval import Verdict
from yearbook.model import Fact, Text
from yearbook.records import Records

SHOWN = 6
"""A sum of more figures is not spelt out."""


def judged(records: Records, balance: Balance, meaning: Text) -> Iterator[Finding]:
    """The finding of a balance that fails, is doubtful or open; ``meaning`` says why it should
    hold."""
    compared = comparison(records, balance)
    verdict = compared.verdict
    if verdict is Verdict.HOLDS and not balance.missing:
        return
    open_sum = bool(balance.missing) and verdict is not Verdict.FAILS
    yield Finding(
        balance.rule,
        Severity.INFORMATION if open_sum else compared.severity,
        balance.facts[0].place,
        _incomplete(balance) if open_sum else compared.what(),
        hint(
            meaning,
            Verdict.UNDECIDED if open_sum else verdict,
            (fact.place for fact in balance.facts),
        ),
        where(records, balance.facts[0]),
        None if open_sum else compared.difference,
        balance.slack.worst or None,
        suspects=suspects(records, balance.facts),
    )


def comparison(records: Records, balance: Balance) -> Comparison:
    """The two sides of a balance as they are compared."""
    left, right = balance.sides
    named = Side(_names(records, balance.left, balance), left)
    against = Side(_names(records, balance.right, balance, constant=True), right)
    return Comparison(named, balance.certain, against, balance.slack)


def _names(
    records: Records, facts: tuple[Fact, ...], balance: Balance, constant: bool = False
) -> str:
    names = [where(records, fact) if fact.period != _now(balance) else fact.id for fact in facts]
    if constant and (balance.constant or not names):
        names.append(format(balance.constant, "f"))
    if len(names) > SHOWN:
        return f"{names[0]} + … + {names[-1]} ({len(names)})"
    return " + ".join(names)


def _now(balance: Balance) -> object:
    return balance.facts[0].period


def _incomplete(balance: Balance) -> Text:
    missing = ", ".join(balance.missing)
    whole = balance.left[0]
    return Text(
        f"the sum of {whole.id} cannot be decided: {missing} has no figure for {whole.period}",
        f"无法判定“{whole.id}”的合计：“{missing}”没有{whole.period}年的数据",
    )
