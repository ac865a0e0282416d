"""The mark in a quote: square brackets around the number meant, where there are several."""

from dataclasses import dataclass

from yearbook.model import Text

_BRACKETS = str.maketrans("［］", "[]")


class MarkError(ValueError):
    """No one number of a quote is meant; ``what`` and ``hint`` say why."""

    def __init__(self, what: Text, hint: Text) -> None:
        super().__init__(what.en)
        self.what = what
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Marked:
    """A quote without its brackets, and the characters that stood between them."""

    text: str
    span: tuple[int, int] | None = None


def marked(quote: str) -> Marked:
    """Take the mark off a quote. Raises `MarkError`.

    >>> marked("introduced [44] talents and 44 technologies").span
    (11, 13)
    >>> marked("9 people")
    Marked(text='9 people', span=None)
    """
    words = quote.translate(_BRACKETS)
    opened, closed = words.count("["), words.count("]")
    if not opened and not closed:
        return Marked(words)
    start, end = words.find("["), words.find("]")
    if (opened, closed) != (1, 1) or end < start:
        raise MarkError(
            Text("the quote has more than one mark or half a mark", "摘录中的方括号不成一对"),
            Text("put one pair of [ ] around the number meant", "请只用一对方括号标出所指的数字"),
        )
    bare = words[:start] + words[start + 1 : end] + words[end + 1 :]
    return Marked(bare, (start, end - 1))
