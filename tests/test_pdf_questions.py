"""Questions to boxes and elements."""

from functools import cached_property

import pytest
from cssselect2 import ElementWrapper
from weasyprint.css import Style
from weasyprint.formatting_structure.boxes import Box

from tests.plain import everything, mended
from yearbook.pdf import questions, render


def in_flow(box: Box) -> bool:
    """As WeasyPrint asks it."""
    return not (
        box.is_floated()
        or box.is_absolutely_positioned()
        or box.is_running()
        or box.is_footnote()
        or box.is_note()
    )


def test_the_same_bytes_as_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every box and element gives the same answers."""
    expected = mended()
    monkeypatch.setattr(Box, "is_in_normal_flow", in_flow)
    for owner in (Style, ElementWrapper):
        for name, value in list(vars(owner).items()):
            if isinstance(value, questions.FoundOnce):
                slow = cached_property(value.find)
                slow.__set_name__(owner, name)
                monkeypatch.setattr(owner, name, slow)
    assert render(everything()) == expected


def test_found_once() -> None:
    """A property is found out when it is asked for first, and then no more."""
    asked: list[object] = []

    def find(thing: object) -> int:
        asked.append(thing)
        return 7

    class Thing:
        size = questions.FoundOnce(find, "size")

    thing = Thing()
    assert (thing.size, thing.size, asked) == (7, 7, [thing])


@pytest.mark.parametrize(
    ("values", "inside"),
    [
        ({"float": "none", "position": "static"}, True),
        ({"float": "none", "position": "relative"}, True),
        ({"float": "none", "position": ("running()", "name")}, False),
        ({"float": "none", "position": ("note()", "name")}, False),
        ({"float": "none", "position": "absolute"}, False),
        ({"float": "none", "position": "fixed"}, False),
        ({"float": "footnote", "position": "static"}, False),
        ({"float": "inline-end", "position": "static"}, False),
    ],
)
def test_what_is_in_the_flow(values: dict[str, object], inside: bool) -> None:
    """As WeasyPrint answers by five questions."""
    box = Box("p", values, None)
    assert box.is_in_normal_flow() is in_flow(box) is inside
