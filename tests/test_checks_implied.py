"""Equations that follow from several others, or cannot hold with them."""

import pytest

from yearbook.checks.implied import Implied, implied
from yearbook.linear import linear
from yearbook.relation import parse


def told(*texts: str) -> list[Implied]:
    """What is decided among equations, each called by its text."""
    forms = [(text, form) for text in texts if (form := linear(parse(text)[0]))]
    assert len(forms) == len(texts)
    return list(implied(forms))


def test_chain() -> None:
    """Through any number of steps, with any factors and in any order."""
    assert told("a = b", "b = c", "c = d", "2 * d = a * 2") == [
        Implied("2 * d = a * 2", ("a = b", "b = c", "c = d"), excluded=False)
    ]
    assert told("b = c", "a = b", "a = c")[0].rule == "a = c"


def test_sums() -> None:
    """A total of totals is the total of all parts."""
    found = told("t = x + y", "x = a + b", "y = c + d", "t = a + b + c + d")
    assert [(one.rule, len(one.others)) for one in found] == [("t = a + b + c + d", 3)]


def test_excluded() -> None:
    """A constant left over cannot be nought."""
    (found,) = told("a = b + 1", "b = c + 1", "a = c")
    assert found == Implied("a = c", ("a = b + 1", "b = c + 1"), excluded=True)


@pytest.mark.parametrize("last", ["a = d", "a = b + c", "a = c * 2"])
def test_new(last: str) -> None:
    """What says something new is not spoken of."""
    assert told("a = b", "b = c", last) == []
