"""Which orders are to be sent, which are under way, and what came of each.

Every answer is looked at before it counts: what is damaged or answers another order is refused and
asked for again, what comes a second time is ignored, and an order under which workers die is done
alone once more, so that it takes no other with it, and then named.
"""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from yearbook.executor.parcel import DamagedError, accepted
from yearbook.finding import Finding, error
from yearbook.model import Place, Text
from yearbook.order import Order
from yearbook.press import Run

TRIES = 3
"""So often an order is asked for before its answers are given up."""


@dataclass
class Errands:
    """Orders by their numbers; each is told to the other side by a name of its own for each try."""

    orders: Sequence[Order]
    waiting: deque[int] = field(init=False)
    suspects: deque[int] = field(default_factory=deque)
    away: dict[str, int] = field(default_factory=dict)
    tries: Counter[int] = field(default_factory=Counter)
    deaths: Counter[int] = field(default_factory=Counter)
    done: dict[int, Run | Finding] = field(default_factory=dict)
    told: int = 0

    def __post_init__(self) -> None:
        self.waiting = deque(range(len(self.orders)))

    def next(self, room: int) -> Iterator[tuple[str, Order]]:
        """The orders to be sent now, if the other side takes so many at a time."""
        while self.waiting and len(self.away) < room:
            yield self._sent(self.waiting.popleft())
        if self.suspects and not self.waiting and not self.away:
            yield self._sent(self.suspects.popleft())

    def _sent(self, number: int) -> tuple[str, Order]:
        order = self.orders[number]
        again = f"-{self.tries[number]}" if self.tries[number] else ""
        name = f"{order.key}{again}"
        self.tries[number] += 1
        self.away[name] = number
        return name, order

    def came(self, name: str, content: bytes) -> None:
        """An answer came; nobody waits for a second one."""
        number = self.away.pop(name, None)
        if number is None:
            return
        try:
            self.done[number] = accepted(content, self.orders[number])
        except DamagedError as damage:
            self._again(number, str(damage))

    def lost(self, name: str, why: str) -> None:
        """An order did not come to an end."""
        number = self.away.pop(name, None)
        if number is not None:
            self._again(number, why)

    def killed(self, name: str, why: str) -> None:
        """Workers died under an order, though perhaps under another that they did beside it."""
        number = self.away.pop(name, None)
        if number is None:
            return
        self.deaths[number] += 1
        if self.deaths[number] == 1:
            self.suspects.append(number)
        else:
            self.done[number] = _poison(self.orders[number].name, why)

    def _again(self, number: int, why: str) -> None:
        if self.tries[number] < TRIES:
            self.waiting.appendleft(number)
        else:
            self.done[number] = _given_up(self.orders[number].name, why)

    def ready(self) -> Iterator[Run | Finding]:
        """What came of the orders that are next to be told."""
        while self.told in self.done:
            yield self.done.pop(self.told)
            self.told += 1

    @property
    def ended(self) -> bool:
        """Whether all was told."""
        return self.told == len(self.orders)


def _poison(name: str, why: str) -> Finding:
    return error(
        "worker",
        Place(name),
        Text(
            f"{name}: worker after worker failed under it: {why}",
            f"{name}：承担该任务的工作进程接连失败：{why}",
        ),
        Text(
            "if those machines were not short of memory, look for what ends a process in its "
            "charts and texts; make it alone with --executor local",
            "如并非那些机器内存不足，请检查其图表和文本；也可用 --executor local 单独生成",
        ),
    )


def _given_up(name: str, why: str) -> Finding:
    return error(
        "worker",
        Place(name),
        Text(
            f"{name}: it did not come back whole in {TRIES} tries: {why}",
            f"{name}：{TRIES}次均未收到完整结果：{why}",
        ),
        Text(
            "look after the workers and their network, or use --executor local",
            "请检查各工作进程及其网络，或改用 --executor local",
        ),
    )
