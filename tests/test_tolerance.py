"""How much rounding explains: the steps of figures, the worst and the likely of their sum."""

from dataclasses import replace
from decimal import Decimal

import pytest

from yearbook.model import Fact
from yearbook.specimen import UNITS, fact
from yearbook.tolerance import EXACT, Slack, slack, step

WAN = replace(UNITS["yuan"], step=Decimal(10_000))


@pytest.mark.parametrize(
    ("of", "wanted"),
    [
        (fact("people", 437), "0"),
        (fact("energy", "71.40"), "0.01"),
        (fact("money", 44_050_000, "yuan"), "0"),
        (replace(fact("money", 44_050_000, "yuan"), unit=WAN), "10000"),
        (replace(fact("money", 44_052_500, "yuan"), unit=WAN), "0"),
        (replace(fact("money", "44052500.5", "yuan"), unit=WAN), "0.1"),
        (fact("day", 20100416, "date"), "0"),
        (fact("group", "24.0", "group"), "0"),
    ],
)
def test_step(of: Fact, wanted: str) -> None:
    """Decimals are rounded, counts exact; a unit may say that its figures are rounded."""
    assert step(of) == Decimal(wanted)


def test_slack() -> None:
    """All halves at worst; four standard deviations of the sum, coefficients counted, if less."""
    assert slack([]) == EXACT
    assert slack([(Decimal(1), Decimal(0))]) == EXACT
    assert slack([(Decimal(1), Decimal(1))] * 4) == Slack(Decimal(2), Decimal(2))
    assert slack([(Decimal(1), Decimal(1))] * 11) == Slack(Decimal("5.5"), Decimal("3.83"))
    assert slack([(Decimal(-2), Decimal(1))]) == Slack(Decimal(1), Decimal(1))
    assert slack([(Decimal(1), Decimal(10_000))] * 32).likely == 65_300
