"""A rule as a sum of figures with coefficients, compared with nothing: ``a - 2 b + 3 >= 0``.

So a rule can be compared with another, tolerate rounding, and say which cell is wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from yearbook.relation import Call, Comparison, Name, Number, Operation, Term

Reference = tuple[str, str]
"""What a rule looks up: ``fact``, ``prev`` or ``count``, and a name."""


@dataclass(frozen=True, slots=True)
class Linear:
    """``sum(coefficient * figure) + constant sign 0``."""

    terms: Mapping[Reference, Fraction]
    constant: Fraction
    sign: str = "="

    @property
    def whole(self) -> "Linear":
        """The same with whole coefficients that have no common factor, the first positive.

        >>> from yearbook.relation import parse
        >>> dict(linear(parse("a * 1.5 = b + 3")[0]).whole.terms)
        {('fact', 'a'): Fraction(3, 1), ('fact', 'b'): Fraction(-2, 1)}
        """
        if not self.terms:
            return self
        shared = lcm(*(part.denominator for part in self.terms.values()))
        numbers = [part * shared for part in self.terms.values()]
        common = numbers[0]
        for number in numbers[1:]:
            common = Fraction(_gcd(common.numerator, number.numerator))
        by = Fraction(shared) / abs(common)
        if numbers[0] < 0:
            by = -by
        sign = {">=": "<=", "<=": ">="}.get(self.sign, "=") if by < 0 else self.sign
        terms = {name: part * by for name, part in self.terms.items()}
        return Linear(terms, self.constant * by, sign)


def _gcd(one: int, other: int) -> int:
    while other:
        one, other = other, one % other
    return abs(one)


def linear(rule: Comparison) -> Linear | None:
    """A comparison in this form; nothing if figures are multiplied or divided by one another.

    A ratio beside a number is multiplied out, which supposes that the divisor is positive.

    >>> from yearbook.relation import parse
    >>> dict(linear(parse("award / pupils >= 100")[0]).terms)
    {('fact', 'award'): Fraction(1, 1), ('fact', 'pupils'): Fraction(-100, 1)}
    >>> linear(parse("a * b = c")[0]) is None
    True
    """
    left: Term = rule.left
    right: Term = rule.right
    if isinstance(left, Operation) and isinstance(right, Number) and _ratio(left):
        right = Operation("*", left.right, right)
        left = left.left
    difference = _sum(Operation("-", left, right))
    if difference is None:
        return None
    terms, constant = difference
    kept = {name: part for name, part in terms.items() if part}
    return Linear(kept, constant, rule.sign)


Sum = tuple[dict[Reference, Fraction], Fraction]


def _sum(term: Term) -> Sum | None:
    if isinstance(term, Number):
        return {}, Fraction(term.value)
    if isinstance(term, Name):
        return {("fact", term.id): Fraction(1)}, Fraction(0)
    if isinstance(term, Call):
        function = "fact" if term.function == "sum" else term.function
        found: dict[Reference, Fraction] = {}
        for name in term.arguments:
            found[function, name] = found.get((function, name), Fraction(0)) + 1
        return found, Fraction(0)
    return _joined(term)


def _joined(term: Operation) -> Sum | None:
    left, right = _sum(term.left), _sum(term.right)
    if left is None or right is None:
        return None
    if term.sign in "+-":
        by = 1 if term.sign == "+" else -1
        names = dict.fromkeys((*left[0], *right[0]))
        terms = {n: left[0].get(n, Fraction(0)) + by * right[0].get(n, Fraction(0)) for n in names}
        return terms, left[1] + by * right[1]
    if term.sign == "/":
        return _scaled(left, 1 / right[1]) if not right[0] and right[1] else None
    if not right[0]:
        return _scaled(left, right[1])
    return _scaled(right, left[1]) if not left[0] else None


def _scaled(of: Sum, by: Fraction) -> Sum:
    return {name: part * by for name, part in of[0].items()}, of[1] * by


def _ratio(term: Operation) -> bool:
    """Whether a term is a quotient whose divisor is a figure."""
    divisor = _sum(term.right) if term.sign == "/" else None
    return bool(divisor and divisor[0])
