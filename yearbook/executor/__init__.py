"""Who makes the editions: the processes of this machine, or those of a Dask cluster.

An executor is handed orders and gives back in their order what came of them. The bytes are the
same whoever made them. See docs/executor.md.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from yearbook import heap
from yearbook.book import Limits
from yearbook.finding import Finding
from yearbook.model import Text
from yearbook.worker import Task, each

if TYPE_CHECKING:
    from yearbook.order import Order
    from yearbook.press import Run


_SEVERAL = 3
"""To have templates translated for all takes as long as it saves with two editions."""


class Executor(Protocol):
    """Makes editions."""

    def run(
        self, orders: Sequence["Order"], limits: Limits, jobs: int
    ) -> Iterator["Run | Finding"]:
        """Make all of them, some at the same time; yield in their order what came of each."""
        ...


class Local:
    """The processes of this machine: as many at a time as there are jobs."""

    def run(
        self, orders: Sequence["Order"], limits: Limits, jobs: int
    ) -> Iterator["Run | Finding"]:
        """As `Executor.run`. What all have in common is got ready before they are forked."""
        from yearbook.order import warm  # noqa: PLC0415 - a check has no need of them
        from yearbook.rehearsal import ready  # noqa: PLC0415

        if orders:
            heap.swept()  # of reading and unpacking
            kit = orders[0].kit
            chapters = {order.draft.chapter.slug: order for order in orders}.values()
            ready([(order.records, order.edition) for order in chapters], kit)
            if len(orders) >= _SEVERAL:
                warm(kit, limits)
        return each([Task(order.name, order.run) for order in orders], limits, jobs)


class ClusterError(Exception):
    """A cluster cannot be used: ``what`` says why in both languages, ``hint`` what to do."""

    def __init__(self, what: Text, hint: Text) -> None:
        super().__init__(f"{what.en}; {hint.en}")
        self.what = what
        self.hint = hint
