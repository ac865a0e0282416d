"""The process that talks to Dask, so that the program itself neither loads it nor has threads.

It is told orders on its standard input and tells what came of them on its standard output; the
end of its input ends it, and a cluster that it started with it.
"""

import logging
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

import dask.config
from distributed import Client, Future, KilledWorker, LocalCluster

from yearbook.executor import crew, frames

_SETTINGS = {
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": 1,
    # After that time a cluster of our own takes a worker for good from its list that is just then
    # starting again: better never.
    "DASK_DISTRIBUTED__DEPLOY__LOST_WORKER_TIMEOUT": "7d",
    # A worker of ours only waits: to watch it takes a twentieth of the processor.
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": False,
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "500ms",
}
"""How a cluster of our own works, unless the environment says otherwise; another cluster has
settings of its own. The first: so many workers may die under an order and it is still passed on."""
_RETRIES = 1
_LOOK = 5.0
"""Seconds between two looks at the cluster."""
News = tuple[str, Any, bytes]


class _GoneError(Exception):
    """The cluster cannot be used: a word for why, and what was said."""


@contextmanager
def _cluster(head: Mapping[str, Any]) -> Iterator[Client]:
    """The cluster at an address, or one of our own."""
    patience = float(head["patience"])
    if head["scheduler"]:
        try:
            client = Client(head["scheduler"], timeout=patience, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as problem:
            raise _GoneError("address", str(problem)) from problem
        with client:
            yield client
        return
    with (
        LocalCluster(
            n_workers=int(head["jobs"]),
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            memory_limit=0,
            silence_logs=logging.CRITICAL,
            local_directory=tempfile.gettempdir(),
        ) as cluster,
        Client(cluster, timeout=patience, set_as_default=False) as client,
    ):
        yield client


def _greet(client: Client, head: Mapping[str, Any]) -> int:
    """Ask every worker what it works with; how many orders the cluster takes at a time."""
    try:
        client.wait_for_workers(1, timeout=float(head["patience"]))
    except TimeoutError as problem:
        raise _GoneError("empty", str(problem)) from problem
    for worker, answer in client.run(crew.greeted, head["around"], on_error="return").items():
        if isinstance(answer, BaseException):
            raise _GoneError("worker", f"{worker}: {answer!r}")
        if answer:
            raise _GoneError("stranger", [f"{worker}: {words}" for words in answer])
    return sum(client.nthreads().values())


class _Broker:
    """Orders under way, and news of them from both sides."""

    def __init__(self, client: Client, head: Mapping[str, Any], common: bytes) -> None:
        self.client, self.head, self.common = client, head, common
        self.news: SimpleQueue[News] = SimpleQueue()
        self.away: dict[str, Future[bytes]] = {}
        name = f"yearbook-common-{sha256(common).hexdigest()}"
        self.held = client.submit(crew.held, common, key=name, pure=True)

    def listen(self, orders: BinaryIO) -> None:
        """Pass on what is ordered, until the end."""
        while (message := frames.receive(orders)) is not None:
            self.news.put(("order", *message))
        self.news.put(("end", None, b""))

    def serve(self, answers: BinaryIO) -> None:
        """Send orders out and answers back until there is an end."""
        alone = 0.0
        # Workers of our own start again by themselves, on a busy machine after a while.
        longest = float(self.head["patience"]) * (1 if self.head["scheduler"] else 4)
        while True:
            try:
                what, of, body = self.news.get(timeout=_LOOK)
            except Empty:
                alone = 0.0 if self._manned() else alone + _LOOK
                if alone > longest:
                    raise _GoneError("empty", "all workers are gone") from None
                continue
            if what == "end":
                return
            if what == "order":
                self._submit(of["order"], body, float(of["seconds"]))
            elif of in self.away:
                self._answer(of, answers)

    def _manned(self) -> bool:
        if self.client.status != "running":
            raise _GoneError("gone", "the scheduler is gone")
        return bool(self.client.nthreads())

    def _submit(self, name: str, order: bytes, seconds: float) -> None:
        future = self.client.submit(
            crew.made,
            self.held,
            order,
            self.head["around"],
            seconds,
            key=f"yearbook-edition-{name}",
            pure=True,
            retries=_RETRIES,
        )
        self.away[name] = future
        future.add_done_callback(lambda _: self.news.put(("came", name, b"")))

    def _answer(self, name: str, answers: BinaryIO) -> None:
        future = self.away.pop(name)
        try:
            content = future.result()
        except KilledWorker as killed:
            frames.send(answers, {"killed": name, "why": killed.last_worker.address})
        except crew.LostError as lost:
            frames.send(answers, {"killed": name, "why": str(lost)})
        except crew.StrangerError as stranger:
            raise _GoneError("stranger", list(stranger.args)) from stranger
        except crew.FaultError as fault:
            frames.send(answers, {"fault": name, "why": str(fault)})
        except Exception as problem:  # noqa: BLE001 - whatever became of it, it did not come
            self._manned()
            frames.send(answers, {"lost": name, "why": repr(problem)})
        else:
            frames.send(answers, {"came": name}, content)


def _path(variable: str) -> str:
    """The name that Dask has for a setting of the environment.

    >>> _path("DASK_DISTRIBUTED__DEPLOY__LOST_WORKER_TIMEOUT")
    'distributed.deploy.lost_worker_timeout'
    """
    return variable.removeprefix("DASK_").lower().replace("__", ".")


def main(orders: BinaryIO, answers: BinaryIO) -> None:
    """Serve one build."""
    first = frames.receive(orders)
    if first is None:
        return
    head, common = first
    settings = {_path(n): v for n, v in _SETTINGS.items() if n not in os.environ}
    settings["distributed.comm.timeouts.connect"] = f"{head['patience']}s"
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    warnings.simplefilter("ignore")  # such as that a project is large
    try:
        with dask.config.set(settings), _cluster(head) as client:
            began = time.monotonic()
            room = _greet(client, head)
            frames.send(answers, {"room": room, "seconds": time.monotonic() - began})
            broker = _Broker(client, head, common)
            Thread(target=broker.listen, args=(orders,), daemon=True).start()
            broker.serve(answers)
            with suppress(Exception):
                client.run(crew.dismissed, on_error="ignore")
    except _GoneError as gone:
        frames.send(answers, {"gone": gone.args[0], "why": gone.args[1]})


if __name__ == "__main__":
    # What a library prints must not get among the answers.
    answering = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    main(sys.stdin.buffer, answering)
