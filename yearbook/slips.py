"""The slips people make when they type a figure: what a guard is tried against."""

from collections.abc import Iterator
from decimal import Decimal

from yearbook.numbers import text


def slips(value: Decimal) -> tuple[Decimal, ...]:
    """Every figure that one slip makes of this one: a digit mistyped, lost or doubled, neighbours
    swapped, a zero or 万 too many or too few.

    >>> [str(one) for one in slips(Decimal(10))][:5]
    ['20', '0', '110', '11', '1']
    >>> Decimal(100000) in slips(Decimal(10))
    True
    """
    made = (Decimal(typed) for typed in _typed(text(value)) if typed.strip("-."))
    return tuple(dict.fromkeys(one for one in made if one != value))


def _typed(digits: str) -> Iterator[str]:
    for at, digit in enumerate(digits):
        if digit.isdigit():
            yield digits[:at] + str((int(digit) + 1) % 10) + digits[at + 1 :]
            yield digits[:at] + digits[at + 1 :]
            yield digits[:at] + digit + digits[at:]
    for at in range(len(digits) - 1):
        if digits[at : at + 2].isdigit():
            yield digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    if "." not in digits:
        yield digits + "0000"
        if digits.endswith("0000"):
            yield digits[:-4]
