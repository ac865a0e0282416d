"""What travels between machines: files by name, each proved by its digest on arrival.

Orders go out as the files they hang on, editions come back as their files; neither is ever a
pickle, so that what arrives can be looked at before anything is made of it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from yearbook import graph
from yearbook.codec import plain, revived
from yearbook.finding import Finding, failing
from yearbook.model import Artifact
from yearbook.node import Node
from yearbook.order import Order
from yearbook.press import Run


class DamagedError(ValueError):
    """A parcel that is not what was sent, or not what was asked for."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Files by name, and what is told of them."""

    head: Mapping[str, Any]
    files: Mapping[str, bytes]


def packed(parcel: Parcel) -> bytes:
    """A parcel as one run of bytes.

    >>> opened(packed(Parcel({"key": "k"}, {"a": b"1", "b": b""})))
    Parcel(head={'key': 'k'}, files={'a': b'1', 'b': b''})
    """
    listed = [[name, len(c), sha256(c).hexdigest()] for name, c in parcel.files.items()]
    head = json.dumps({"head": parcel.head, "files": listed}, ensure_ascii=False)
    return b"\n".join([head.encode(), b"".join(parcel.files.values())])


def opened(content: bytes) -> Parcel:
    """What `packed` made into bytes. Raises `DamagedError` if one of them was changed or lost."""
    line, _, rest = content.partition(b"\n")
    try:
        told = json.loads(line)
        files: dict[str, bytes] = {}
        at = 0
        for name, size, digest in told["files"]:
            files[name] = rest[at : at + size]
            at += size
            if sha256(files[name]).hexdigest() != digest:
                raise DamagedError(f"{name} is not what was sent")
        if at != len(rest):
            raise DamagedError("there is more than was sent")
        return Parcel(dict(told["head"]), files)
    except (TypeError, KeyError, ValueError) as problem:
        if isinstance(problem, DamagedError):
            raise
        raise DamagedError(f"no parcel: {problem}") from problem


def common(orders: Sequence[Order]) -> Parcel:
    """What all orders of a build hang on: sent once to each worker."""
    kit = orders[0].kit
    wanted = {name for order in orders for name in _common(order)}
    head = {
        "base": dict(kit.cache.base),
        "system": dict(kit.system),
        "created": kit.created.isoformat(),
    }
    return Parcel(head, {name: kit.files[name] for name in sorted(wanted)})


def sent(order: Order) -> Parcel:
    """One order: what only its own chapter hangs on."""
    shared = _common(order)
    names = sorted(order.draft.files.keys() - shared)
    head = {
        "key": order.key,
        "chapter": order.draft.chapter.slug,
        "edition": order.edition.value,
    }
    return Parcel(head, {name: order.kit.files[name] for name in names})


def _common(order: Order) -> frozenset[str]:
    """The files of an order that others hang on too: all, where a template looks at all."""
    slug = order.draft.chapter.slug
    own = () if len(order.draft.book.chapters) > 1 else graph.folders(slug)
    return frozenset(name for name in order.draft.files if not name.startswith(tuple(own)))


def returned(key: str, made: Run | Finding) -> Parcel:
    """What came of an order."""
    if isinstance(made, Finding):
        return Parcel({"key": key, "stopped": plain(made)}, {})
    head = {
        "key": key,
        "findings": plain(made.findings),
        "nodes": [[each.name, dict(each.parts), each.reused] for each in made.nodes],
    }
    return Parcel(head, {artifact.name: artifact.content for artifact in made.artifacts})


def accepted(content: bytes, order: Order) -> Run | Finding:
    """What came back for an order. Raises `DamagedError` unless it is whole and was asked for."""
    parcel = opened(content)
    if parcel.head.get("key") != order.key:
        raise DamagedError("it answers another order")
    try:
        if "stopped" in parcel.head:
            return revived(Finding, parcel.head["stopped"])
        findings = revived(tuple[Finding, ...], parcel.head["findings"])
        nodes = tuple(Node(name, parts, reused) for name, parts, reused in parcel.head["nodes"])
    except (TypeError, KeyError, ValueError, AttributeError, ArithmeticError) as problem:
        raise DamagedError(f"its findings cannot be read: {problem}") from problem
    wanted = [f"{order.name}.html", f"{order.name}.pdf"]
    if list(parcel.files) != wanted and (parcel.files or not failing(findings)):
        raise DamagedError(f"it holds {', '.join(parcel.files) or 'nothing'}")
    return Run(tuple(Artifact(n, c) for n, c in parcel.files.items()), findings, nodes)
