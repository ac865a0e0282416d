"""A process beside a Dask worker that makes editions: warm, of one thread, and forgetful.

A Dask worker has threads, and a process with threads must not fork. So a worker starts a foreman,
which loads everything once and then forks a caged process for each order (`yearbook.worker`). What
an order leaves in memory ends with its process.
"""

import gc
import os
import select
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from yearbook.executor import frames, parcel
from yearbook.executor.site import Site, around, stranger
from yearbook.worker import Task, once

IDLE = 900.0
"""Seconds without an order after which a foreman goes home."""


def main(orders: BinaryIO, answers: BinaryIO) -> None:
    """Serve until there are no more orders."""
    with TemporaryDirectory(prefix="yearbook-") as folder:
        os.environ["TMPDIR"] = folder
        here, site = around(), None
        while select.select([orders], [], [], IDLE)[0]:
            message = frames.receive(orders)
            if message is None:
                return
            head, body = message
            if "around" in head:
                other = stranger(head["around"], here)
                answer: dict[str, Any] = {"stranger": [other.en, other.zh]} if other else {}
                frames.send(answers, answer)
            elif "common" in head:
                site, answer = _site(body, Path(folder))
                frames.send(answers, answer)
            elif site is not None:
                frames.send(answers, *_made(site, parcel.opened(body)))


def _site(common: bytes, folder: Path) -> tuple[Site | None, dict[str, Any]]:
    """A project, loaded; or why it cannot be, such as that this machine is too busy."""
    try:
        site = Site.of(parcel.opened(common), folder)
    except Exception as fault:  # noqa: BLE001 - it is told by the worker, which then asks another
        return None, {"fault": repr(fault)}
    gc.collect()
    gc.freeze()  # what is here is shared with every child: let it lie
    return site, {}


def _made(site: Site, sent: parcel.Parcel) -> tuple[dict[str, Any], bytes]:
    """What came of an order; a fault of the toolkit is told in words."""
    try:
        order = site.order(sent)
        if order.key != sent.head["key"]:
            return {"fault": "the files of the order are not those that were sent"}, b""
        done = once(Task(order.name, order.run), order.draft.book.limits)
    except Exception as fault:  # noqa: BLE001 - it is raised again where the orders come from
        notes = getattr(fault, "__notes__", ())
        return {"fault": "\n".join([repr(fault), *notes])}, b""
    return {}, parcel.packed(parcel.returned(order.key, done))


if __name__ == "__main__":
    # What a library prints must not get among the answers.
    answering = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    main(sys.stdin.buffer, answering)
