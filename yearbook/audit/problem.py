"""What an audit says of a file."""

from dataclasses import dataclass

from yearbook.model import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a page; page 0 is the whole file."""

    page: int
    what: Text
