"""Tells what a build made anew, and why: which parts of it are not as they were."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from yearbook.model import Text
from yearbook.node import Node

Known = Mapping[str, Mapping[str, str]]
"""The parts of each node of the last build, with their digests."""
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """A node made anew: its name, and the parts that changed; none if it was not kept."""

    name: str
    changed: tuple[str, ...]
    new: bool


def reasons(nodes: Iterable[Node], before: Known) -> Iterator[Reason]:
    """Why each node that was made was made.

    >>> node = Node("chart sent en", {'["of", "sent", "2010", "value"]': "2", "theme": "1"}, False)
    >>> before = {"chart sent en": {'["of", "sent", "2010", "value"]': "1", "theme": "1"}}
    >>> [reason.changed for reason in reasons([node], before)]
    [('sent 2010 value',)]
    """
    for node in nodes:
        if not node.reused:
            known = before.get(node.name)
            names = sorted({*node.parts, *(known or ())})
            changed = [n for n in names if known is not None and known.get(n) != node.parts.get(n)]
            yield Reason(node.name, tuple(map(_readable, changed)), known is None)


def _readable(part: str) -> str:
    """A question a chart asked, as a person reads it."""
    if not part.startswith("["):
        return part
    kind, *rest = json.loads(part)
    if kind == "say":
        return f'"{rest[1]}"'
    if kind == "call":
        return f"{'.'.join(rest[0])}({', '.join(map(str, rest[1]))})"
    return (" " if kind == "of" else ".").join(rest)


def lines(nodes: Sequence[Node], before: Known) -> Iterator[Text]:
    """What was made and why, a line each; then how much was found again."""
    count = 0
    for reason in reasons(nodes, before):
        count += 1
        why = _why(reason)
        yield Text(f"made {reason.name}: {why.en}", f"重做 {reason.name}：{why.zh}")
    found = len(nodes) - count
    yield Text(f"{count} made, {found} found again", f"重做{count}项，沿用{found}项")


def _why(reason: Reason) -> Text:
    if reason.new:
        return Text("it is new", "新增")
    if not reason.changed:
        return Text("it was not kept, or the toolkit changed", "缓存中没有，或工具有变动")
    shown = ", ".join(reason.changed[:_SHOWN])
    more = len(reason.changed) - _SHOWN
    if more > 0:
        return Text(f"{shown} and {more} more changed", f"{shown}等{len(reason.changed)}处有变动")
    return Text(f"{shown} changed", f"{shown}有变动")


def plain(nodes: Sequence[Node], before: Known) -> dict[str, object]:
    """The same as JSON has it, with the parts of every node for the next build to compare."""
    made = [
        {"name": reason.name, "new": reason.new, "changed": list(reason.changed)}
        for reason in reasons(nodes, before)
    ]
    found = [node.name for node in nodes if node.reused]
    parts = {node.name: dict(node.parts) for node in nodes}
    return {"made": made, "found": found, "parts": {**before, **parts}}
