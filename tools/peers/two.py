"""Our own report of the two languages alone, without the edition that has both.

python -m peers.two report --root BOOK
"""

from dataclasses import dataclass

from yearbook import __main__, printing
from yearbook.model import Edition
from yearbook.order import Order
from yearbook.press import Run


@dataclass(frozen=True, slots=True)
class _Two(Order):
    """An edition to print, or to leave out."""

    def found(self) -> Run | None:
        """Nothing to do for the edition in both languages."""
        return Run((), ()) if self.edition is Edition.BOTH else Order.found(self)


def leave_out() -> None:
    """Let reports leave out the edition in both languages. Raises LookupError if they would not."""
    if vars(printing).get("Order") is not Order:
        raise LookupError("yearbook.printing makes its orders otherwise")
    vars(printing)["Order"] = _Two


if __name__ == "__main__":
    leave_out()
    __main__.start()
