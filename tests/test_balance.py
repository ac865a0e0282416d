"""Balances: what each side comes to, and whether rounding explains what is left."""

from decimal import Decimal

from yearbook.balance import Balance, total
from yearbook.specimen import fact


def _sum(whole: str, *parts: str, sign: str = "=", missing: tuple[str, ...] = ()) -> Balance:
    right = tuple(fact(f"p{at}", part) for at, part in enumerate(parts))
    return Balance("parts-sum", (fact("whole", whole),), sign, right, missing=missing)


def test_residual() -> None:
    """Left less right, the constant on the right; nothing of hedged figures."""
    assert _sum("9", "3", "5").residual == 1
    shares = Balance("shares", (fact("a", 60), fact("b", 41)), "=", (), Decimal(100))
    assert shares.residual == 1
    hedged = Balance("x", (fact("a", 60, qualifier="nearly"),), "=", (fact("b", 50),))
    assert hedged.residual is None


def test_rounded() -> None:
    """Only a sum of rounded figures that misses by what rounding does is called rounded."""
    assert _sum("10.0", "3.3", "3.3", "3.3").rounded
    assert not _sum("10.0", "3.3", "3.3", "3.4").rounded
    assert not _sum("10.0", "3.3", "3.3", "3.0").rounded
    assert not _sum("10", "3", "3", "3").rounded
    assert not _sum("10.0", "3.3", "3.3", "3.3", sign=">=").rounded
    assert not _sum("10.0", "3.3", "3.3", "3.3", missing=("d",)).rounded


def test_certain() -> None:
    """While a part is missing the others may only not exceed the whole."""
    assert _sum("9", "3").certain == "="
    assert _sum("9", "3", missing=("b",)).certain == ">="


def test_total_of_hedged() -> None:
    """A hedge in one addend is a hedge of the sum."""
    added = total([fact("a", 3, qualifier="more_than"), fact("b", 6)])
    assert (added.low, added.low_open, added.high) == (Decimal(9), True, Decimal("Infinity"))
