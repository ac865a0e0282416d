"""Rules as sums with coefficients: what can be so written, and what cannot."""

from fractions import Fraction

import pytest

from yearbook.linear import linear
from yearbook.relation import parse


@pytest.mark.parametrize(
    ("text", "terms", "constant", "sign"),
    [
        ("t = a + b", {"t": 1, "a": -1, "b": -1}, 0, "="),
        ("a - (b - c) >= 3", {"a": 1, "b": -1, "c": 1}, -3, ">="),
        ("a * 2 <= 3 * b", {"a": 2, "b": -3}, 0, "<="),
        ("a / 4 = b", {"a": 1, "b": -4}, 0, "="),
        ("b <= a * 0.5", {"b": 2, "a": -1}, 0, "<="),
        ("0 >= a - b", {"a": 1, "b": -1}, 0, "<="),
        ("a + b = a + 2 * b", {"b": 1}, 0, "="),
        ("a / b <= 5", {"a": 1, "b": -5}, 0, "<="),
        ("sum(a, a, b) = 10", {"a": 2, "b": 1}, -10, "="),
        ("2 * a = 4 * b + 6", {"a": 1, "b": -2}, -3, "="),
    ],
)
def test_linear(text: str, terms: dict[str, int], constant: int, sign: str) -> None:
    """Whole coefficients without common factor, the first positive."""
    form = linear(parse(text)[0])
    assert form is not None
    assert {name: part for (_, name), part in form.whole.terms.items()} == terms
    assert (form.whole.constant, form.whole.sign) == (Fraction(constant), sign)


@pytest.mark.parametrize(
    "text", ["a * b = c", "a / b = c", "5 / a = b", "a / b + 1 <= 3", "a / 0 = 1"]
)
def test_not_linear(text: str) -> None:
    """Figures multiplied or divided by one another are no sum."""
    assert linear(parse(text)[0]) is None


def test_functions_are_kept() -> None:
    """A count and last year's figure are terms of their own."""
    form = linear(parse("a = prev(a) + count(posts)")[0])
    assert form is not None
    assert list(form.terms) == [("fact", "a"), ("prev", "a"), ("count", "posts")]


def test_without_figures() -> None:
    """Numbers alone have no terms."""
    form = linear(parse("1 = 2")[0])
    assert form is not None
    assert (form.whole.terms, form.constant) == ({}, Fraction(-1))
