"""Equations that others imply or exclude only together: a = b and b = c leave nothing for a = c.

The equations of rules.csv and codes.csv are eliminated one by one, exactly, as in Gauss's method;
each remembers from which rules it was made.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from yearbook.linear import Linear, Reference


@dataclass(frozen=True, slots=True)
class Equation:
    """``sum(coefficient * figure) + constant = 0``, and the rules it was made of."""

    terms: Mapping[Reference, Fraction]
    constant: Fraction
    rules: tuple[str, ...]

    def less(self, other: "Equation", by: Fraction) -> "Equation":
        """This equation with so much of another taken away."""
        names = dict.fromkeys((*self.terms, *other.terms))
        parts = {n: self.terms.get(n, Fraction(0)) - by * other.terms.get(n, 0) for n in names}
        return Equation(
            {name: part for name, part in parts.items() if part},
            self.constant - by * other.constant,
            tuple(dict.fromkeys((*self.rules, *other.rules))),
        )


@dataclass(frozen=True, slots=True)
class Implied:
    """An equation that says nothing new beside others, or (``excluded``) cannot hold with them."""

    rule: str
    others: tuple[str, ...]
    excluded: bool


def implied(stated: Iterable[tuple[str, Linear]]) -> Iterator[Implied]:
    """The equations, by the names of their rules, that earlier ones decide.

    >>> from yearbook.linear import linear
    >>> from yearbook.relation import parse
    >>> texts = ("a = b", "b = c", "a = c", "c = a + 1")
    >>> forms = [(text, linear(parse(text)[0])) for text in texts]
    >>> for one in implied([(text, form) for text, form in forms if form]):
    ...     print(one.rule, one.others, one.excluded)
    a = c ('a = b', 'b = c') False
    c = a + 1 ('a = b', 'b = c') True
    """
    solved: dict[Reference, Equation] = {}
    for name, form in stated:
        left = Equation(form.terms, form.constant, (name,))
        for pivot, row in solved.items():
            if pivot in left.terms:
                left = left.less(row, left.terms[pivot] / row.terms[pivot])
        if left.terms:
            pivot = next(iter(left.terms))
            solved[pivot] = left
        else:
            others = tuple(each for each in left.rules if each != name)
            yield Implied(name, others, bool(left.constant))
