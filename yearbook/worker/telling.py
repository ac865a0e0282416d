"""What is said of work that was stopped."""

import signal
from enum import StrEnum

from yearbook.book import Limits
from yearbook.finding import Finding, counted, error
from yearbook.model import Place, Text


class Why(StrEnum):
    """Which limit was met."""

    WALL = "wall"
    CPU = "cpu"
    MEMORY = "memory"


Stop = tuple[Why, Place | None, str]
"""Which limit, where, and inside what of the page, if that is known."""
_HINT = Text(
    "look there for a loop, a huge number or a nesting without end; "
    "the limits stand in data/book.toml under [limits]",
    "请检查该处是否有死循环、过大的数或无尽的嵌套；上限见 data/book.toml 的 [limits]",
)
_CRASH_HINT = Text(
    "if the machine was not short of memory, what is named there makes a library crash: "
    "simplify it",
    "如并非机器内存不足，则该处的内容使程序库崩溃，请加以简化",
)


def stopped(name: str, stop: Stop, limits: Limits) -> Finding:
    """The finding that work met a limit.

    >>> stopped("a/en", (Why.WALL, Place("x.md", 3), ""), Limits(wall_seconds=9)).what.en
    'a/en: stopped after 9 seconds'
    """
    why, place, within = stop
    what = {
        Why.WALL: Text(
            f"stopped after {counted(limits.wall_seconds, 'second')}",
            f"超过{limits.wall_seconds}秒，已中止",
        ),
        Why.CPU: Text(
            f"stopped after {counted(limits.cpu_seconds, 'second')} of processor time",
            f"占用处理器超过{limits.cpu_seconds}秒，已中止",
        ),
        Why.MEMORY: Text(
            f"stopped: it needs more than {limits.memory_mb} MB of memory",
            f"所需内存超过{limits.memory_mb} MB，已中止",
        ),
    }[why]
    at = Text(f", at {within}", f"，位于 {within}") if within else Text("", "")
    said = Text(f"{name}: {what.en}{at.en}", f"{name}：{what.zh}{at.zh}")
    return error("limit", place or Place(name), said, _HINT)


def crashed(name: str, place: Place | None, status: int) -> Finding:
    """The finding that a worker died twice.

    >>> crashed("a/en", None, 11).what.en
    'a/en: the worker was ended twice by SIGSEGV'
    """
    number = status & 0x7F
    how = signal.Signals(number).name if number else f"exit {status >> 8}"
    said = Text(
        f"{name}: the worker was ended twice by {how}", f"{name}：工作进程两次异常终止（{how}）"
    )
    return error("worker", place or Place(name), said, _CRASH_HINT)
