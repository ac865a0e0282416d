"""Every event is told in both languages, and as JSON."""

import json

import pytest

from tests.edits import bilingual
from yearbook.engine import Event
from yearbook.engine.event import (
    Drawn,
    Ended,
    Found,
    Page,
    Printed,
    Published,
    Refused,
    Seen,
    Unchanged,
)
from yearbook.engine.telling import lines, plain
from yearbook.explain import Reason
from yearbook.finding import error
from yearbook.model import Edition, Place, Text

REASONS = (Reason("pdf a/en", ("sent 2010 value",), False),)
EVENTS: tuple[tuple[Event, list[str]], ...] = (
    (Seen(()), ["building everything that is not built"]),
    (Seen(("a",) * 7), ["changed: a, a, a, a, a and 2 more"]),
    (Page("a/en.html", b"x"), [".yearbook/preview/a/en.html is ready to look at"]),
    (Drawn("a", "map", Edition.EN, b"x"), ["drawn: a/map (en)"]),
    (Printed("a/en.pdf", b"x"), ["printed: a/en.pdf"]),
    (Found((error("id", Place("a"), Text("a", "甲"), Text("b", "乙")),), True), []),
    (
        Published(("a/en.pdf",), ("b",), REASONS),
        ["published: a/en.pdf", "no longer published: b", "made anew: pdf a/en"],
    ),
    (Published((), (), ()), ["published: every file is as it was"]),
    (Unchanged(), ["nothing changed"]),
    (Refused(Text("no", "不"), Text("do", "做")), ["no", "hint: do"]),
    (Ended(Text("over", "完")), ["over"]),
)


@pytest.mark.parametrize(("event", "said"), EVENTS, ids=lambda one: type(one).__name__)
def test_lines(event: Event, said: list[str]) -> None:
    """What a person reads, in either language."""
    told = list(lines(event))
    assert [line.en for line in told] == said
    assert all(map(bilingual, told))


def test_json() -> None:
    """Every kind of event, with all it names, and of contents only their size."""
    told = [json.loads(json.dumps(plain(event))) for event, _ in EVENTS]
    assert {each["event"] for each in told} == {
        *("seen", "page", "drawn", "printed", "found", "published", "unchanged", "refused"),
        "ended",
    }
    by_kind = {each.pop("event"): each for each in told}
    assert by_kind["page"] == {
        "name": "a/en.html",
        "path": ".yearbook/preview/a/en.html",
        "bytes": 1,
        "why": [],
        "waiting": [],
    }
    assert by_kind["drawn"]["edition"] == "en"
    assert by_kind["found"]["findings"][0]["rule"] == "id"
    assert by_kind["refused"]["hint"] == {"en": "do", "zh": "做"}
