"""Editions made by a Dask cluster: one that is there already, or one started for the run."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from typing import IO, Any

from yearbook.book import Limits
from yearbook.executor import ClusterError, frames, parcel
from yearbook.executor.errands import Errands
from yearbook.finding import Finding
from yearbook.model import Text
from yearbook.order import Order
from yearbook.press import Run

_TOOLKIT = str(Path(__file__).parents[2])
BROKER = (sys.executable, "-P", "-m", "yearbook.executor.broker")
_LOCAL = Text("or use --executor local", "或改用 --executor local")
_WHYS: Mapping[str, Text] = {
    "address": Text("the scheduler does not answer", "调度器没有响应"),
    "empty": Text("the cluster has no workers", "集群中没有工作进程"),
    "gone": Text("the scheduler was lost during the run", "运行中与调度器失去联系"),
    "worker": Text("a worker cannot load the toolkit", "有工作进程无法加载本工具"),
    "stranger": Text(
        "a worker has other versions than this machine, so its pages would differ",
        "有工作进程的版本与本机不同，生成的页面会有差异",
    ),
}
_HINTS: Mapping[str, Text] = {
    "worker": Text(
        "install the toolkit there with the packages of locks/run.txt and the extra dask",
        "请在该机安装本工具、locks/run.txt 所列软件包及 dask 附加项",
    ),
    "stranger": Text(
        "install the same toolkit and locks/run.txt there", "请在该机安装相同的工具和 locks/run.txt"
    ),
}
_LOOK = Text(
    "look whether scheduler and workers run and can be reached",
    "请检查调度器和工作进程是否在运行、能否连通",
)


class ClusterFaultError(RuntimeError):
    """A fault of the toolkit on a worker, or of Dask itself, in words."""


@dataclass(frozen=True, slots=True)
class Dask:
    """A cluster: the one whose scheduler has this address, or, without, one of this machine.

    ``patience`` is how many seconds to wait for a scheduler, or for a worker where all are gone.
    """

    scheduler: str = ""
    patience: float = 30.0
    broker: Sequence[str] = BROKER

    def run(self, orders: Sequence[Order], limits: Limits, jobs: int) -> Iterator[Run | Finding]:
        """As `yearbook.executor.Executor.run`. Raises `ClusterError`, also without Dask."""
        if not util.find_spec("distributed"):
            raise ClusterError(
                Text("Dask is not installed here", "本机没有安装 Dask"),
                Text("pip install 'yearbook[dask]'", "请运行 pip install 'yearbook[dask]'"),
            )
        return self._run(orders, limits, jobs) if orders else iter(())

    def _run(self, orders: Sequence[Order], limits: Limits, jobs: int) -> Iterator[Run | Finding]:
        errands = Errands(orders)
        with self._broker() as (tell, hear):
            common = parcel.common(orders)
            around = {**common.head["base"], **common.head["system"]}
            head = {
                "scheduler": self.scheduler,
                "patience": self.patience,
                "jobs": jobs,
                "around": around,
            }
            frames.send(tell, head, parcel.packed(common))
            # Twice as many as are at work, so that none has to wait for its next order.
            room = 2 * int(_heard(hear)[0]["room"])
            while not errands.ended:
                for name, order in errands.next(room):
                    told = {"order": name, "seconds": limits.wall_seconds}
                    frames.send(tell, told, parcel.packed(parcel.sent(order)))
                _settle(errands, *_heard(hear))
                yield from errands.ready()

    @contextmanager
    def _broker(self) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        """The process that talks to Dask; what it complains of is told if it ends early."""
        path = os.pathsep.join(filter(None, [_TOOLKIT, os.environ.get("PYTHONPATH", "")]))
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(  # noqa: S603 - this interpreter
                self.broker,
                env={**os.environ, "PYTHONPATH": path},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                start_new_session=True,
            )
            assert process.stdin and process.stdout  # noqa: S101, PT018 - both are pipes
            try:
                yield process.stdin, process.stdout
            except (EOFError, BrokenPipeError) as problem:
                process.kill()
                said.seek(0)
                words = said.read()[-4000:].decode("utf-8", "replace")
                raise ClusterFaultError(f"the process that talks to Dask ended\n{words}") from (
                    problem
                )
            finally:
                with suppress(OSError):
                    process.stdin.close()  # which ends it, and a cluster of its own
                with suppress(subprocess.TimeoutExpired):
                    process.wait(self.patience)
                process.kill()
                process.wait()
                process.stdout.close()


def _heard(hear: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """The next answer. Raises EOFError if there will be none, and what was said to be wrong."""
    message = frames.receive(hear)
    if message is None:
        raise EOFError
    head, _ = message
    if "fault" in head:
        raise ClusterFaultError(head["why"])
    if "gone" in head:
        raise _gone(head["gone"], head["why"])
    return message


def _gone(word: str, why: str | list[str]) -> ClusterError:
    what, hint = _WHYS[word], _HINTS.get(word, _LOOK)
    en, zh = (why, why) if isinstance(why, str) else why
    return ClusterError(
        Text(f"{what.en}: {en}", f"{what.zh}：{zh}"),
        Text(f"{hint.en}, {_LOCAL.en}", f"{hint.zh}，{_LOCAL.zh}"),
    )


def _settle(errands: Errands, head: Mapping[str, Any], body: bytes) -> None:
    """What an answer means for the orders under way."""
    if "came" in head:
        errands.came(head["came"], body)
    elif "killed" in head:
        errands.killed(head["killed"], head["why"])
    else:
        errands.lost(head["lost"], head["why"])
