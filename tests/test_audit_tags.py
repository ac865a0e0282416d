"""The reader of HTML pages: in pieces it meets what it meets in one go."""

import random
from html.parser import HTMLParser

import pytest

from yearbook.audit.tags import Attributes, events

PIECES = (
    "<p>9",
    "</p>",
    "<p class='a>b'>",
    '<section title="<p >">',
    "<!-- <p >437 -->",
    "<!-- <tr >",
    "-->",
    "<script>if (a < b) '<p >437'",
    "</script>",
    "<script>",
    "<style>",
    "<style>p{}",
    "</style>",
    "&amp",
    "&lt;",
    "&",
    " 10 < 11 ",
    "<tr ",
    "id=x>",
    "<li >",
    "<br/>",
    "<![CDATA[ <p >",
    "]]>",
    "<?xml <p >?>",
    "<text x=1>二〇一〇</text>",
    "\n",
)


class Whole(HTMLParser):
    """What Python's reader meets in a page that it is given at once."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.met: list[tuple[str, str, Attributes]] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.met.append(("start", tag, attrs))

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.met.append(("empty", tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.met.append(("end", tag, []))

    def handle_data(self, data: str) -> None:
        self.met.append(("words", data, []))


def in_one(page: str) -> list[tuple[str, str, Attributes]]:
    """What is met in a page that is read at once."""
    whole = Whole()
    whole.feed(page)
    whole.close()
    return joined(whole.met)


def joined(met: list[tuple[str, str, Attributes]]) -> list[tuple[str, str, Attributes]]:
    """Words that follow one another as one."""
    found: list[tuple[str, str, Attributes]] = []
    for kind, said, attributes in met:
        if kind == "words" and found and found[-1][0] == "words":
            found[-1] = ("words", found[-1][1] + said, [])
        else:
            found.append((kind, said, attributes))
    return found


@pytest.mark.parametrize("seed", range(20))
def test_a_page_in_pieces_is_read_as_in_one(seed: int) -> None:
    """Blocks within comments, scripts, quotes and broken tags are none, wherever a page is cut."""
    chance = random.Random(seed)  # noqa: S311 - chance, no secret
    for _ in range(100):
        page = "".join(chance.choices(PIECES, k=12))
        assert joined(list(events(page))) == in_one(page), page


def test_a_piece_means_what_stands_before_it() -> None:
    """The same paragraph is read after a paragraph, and hidden after an open comment."""
    alone, hidden = "<p >437</p><p >473</p>", "<p >437<!-- </p><p >473</p> -->"
    assert ("words", "473", []) in list(events(alone))
    assert ("words", "473", []) not in list(events(hidden))
    assert ("words", "473", []) in list(events(alone))
