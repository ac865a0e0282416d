"""Where a page starts: all that the pages before it hand on to it, so that a page can be laid out
alone."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_TOTAL = "pages"
"""The counter of all pages, which is not known while they are laid out."""


@dataclass(frozen=True, slots=True)
class Start:
    """The place in the text where a page starts, its side, counters, named page and running heads.

    ``number`` counts pages from 0. ``code`` is the rest as JSON, the same for the same start.
    """

    number: int
    code: str

    @property
    def ended(self) -> bool:
        """Whether the text is at its end, so that there is no such page."""
        return bool(json.loads(self.code)["ended"])


def start(context: Any, number: int, ended: bool = False) -> Start:
    """Where a page starts, as WeasyPrint's layout ``context`` knows it."""
    place, following, right, state, _ = context.page_maker[number]
    quotes, counters, scopes, groups = state
    told = {
        "ended": ended,
        "place": _pairs(place),
        "next": following,
        "right": right,
        "quotes": quotes,
        "counters": {name: held for name, held in counters.items() if name != _TOTAL},
        "scopes": [sorted(scope) for scope in scopes],
        "groups": [[name, count, _pairs(at)] for name, count, at in groups],
        "strings": running(context.string_set, number),
    }
    return Start(number, json.dumps(told, sort_keys=True, ensure_ascii=False))


def running(strings: Mapping[str, Mapping[int, list[str]]], number: int) -> dict[str, str]:
    """What each running head says before a page, of all that the pages before it have set.

    >>> running({"section": {1: ["1 Aid", "2 Funds"], 4: ["3 Water"]}}, 3)
    {'section': '2 Funds'}
    """
    found = {}
    for name, pages in sorted(strings.items()):
        earlier = [page for page in pages if page <= number and pages[page]]
        if earlier:
            found[name] = pages[max(earlier)][-1]
    return found


def resume(context: Any, at: Start) -> None:
    """Put a layout context where a page starts, whatever it did before."""
    told = json.loads(at.code)
    state = (
        told["quotes"],
        {**told["counters"], _TOTAL: [0]},
        [set(scope) for scope in told["scopes"]],
        [[name, count, _stack(place)] for name, count, place in told["groups"]],
    )
    remade = {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}
    here = (_stack(told["place"]), told["next"], told["right"], state, remade)
    context.page_maker = [here] * at.number + [here]
    context.string_set = defaultdict(lambda: defaultdict(list))
    for name, text in told["strings"].items():
        context.string_set[name][at.number].append(text)
    context.reported_footnotes, context.broken_out_of_flow = [], {}


def _pairs(stack: Mapping[int, Any] | None) -> Any:
    """A place in the tree of boxes, as JSON can hold it."""
    return None if stack is None else [[key, _pairs(below)] for key, below in stack.items()]


def _stack(pairs: Any) -> Any:
    """The reverse of `_pairs`."""
    return None if pairs is None else {key: _stack(below) for key, below in pairs}
