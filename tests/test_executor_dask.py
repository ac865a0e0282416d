"""A Dask cluster of this machine: the same bytes, whatever becomes of its workers."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.counties import FILES
from tests.small import written
from tests.test_executor import NEEDS_DASK
from yearbook import build, fonts, graph, printing, receipt
from yearbook.book import Limits
from yearbook.executor import Local
from yearbook.executor.dask import Dask
from yearbook.finding import Finding
from yearbook.gallery import load_charts
from yearbook.model import Edition
from yearbook.node import Cache
from yearbook.order import Order
from yearbook.press import Run

KILLING = '''
import os, pathlib, signal

def kill_the_worker(sketch):
    """End the Dask worker that this process was made for: the parent of its parent."""
    mark, sent = pathlib.Path({mark!r}), sketch.fact("sent").value
    if {when}:
        mark.touch()
        parents = pathlib.Path(f"/proc/{{os.getppid()}}/stat").read_text("ascii")
        os.kill(int(parents.rpartition(")")[2].split()[1]), signal.SIGKILL)
        signal.pause()

'''
pytestmark = NEEDS_DASK


def ordered(root: Path) -> list[Order]:
    """The English editions of all counties."""
    checked = build.check(root)
    cache = Cache(base=graph.base(receipt.surroundings()))
    kit = printing.kit(checked, load_charts(root), fonts.load(root / build.FONTS), cache)
    slugs = sorted(draft.chapter.slug for draft in checked.drafts)
    assert slugs[:3] == ["counties-a1", "counties-b2", "counties-c3"]
    return [Order(draft, Edition.EN, kit) for draft in checked.drafts if draft.chapter.instance]


def killing(folder: Path, when: str) -> Path:
    """The book of the counties, one of whose charts ends the worker it is drawn by."""
    chart = FILES["figures/heads.py"]
    code = KILLING.format(mark=str(folder / "mark"), when=when)
    head, _, body = chart.partition("\n\ndef draw(figure, sketch):\n")
    draw = '\n\ndef draw(figure, sketch):\n    """A bar."""\n    kill_the_worker(sketch)\n'
    made = head + code + draw + body
    return written(folder / "book", {**FILES, "figures/heads.py": made})


def made(outcomes: Sequence[Run | Finding]) -> list[tuple[str, bytes]]:
    """The files that came out, all whole."""
    runs = [each for each in outcomes if isinstance(each, Run)]
    assert len(runs) == len(outcomes), outcomes
    return [(file.name, file.content) for run in runs for file in run.artifacts]


def test_killed(tmp_path: Path) -> None:
    """A worker that is killed amid an order costs nothing: the order is done again, and all bytes
    are those that one process of this machine makes."""
    orders = ordered(killing(tmp_path, "sent == 29 and not mark.exists()"))
    mark = tmp_path / "mark"
    far = made(list(Dask(patience=120).run(orders, Limits(), 2)))
    assert mark.exists(), "the worker was killed"
    assert far == made(list(Local().run(orders, Limits(), 1)))
    assert [name for name, _ in far][::2] == [f"{order.name}.html" for order in orders]


def test_poison(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An order that ends every worker is named, and all others are made."""
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    orders = ordered(killing(tmp_path, "sent == 29"))
    poison, other = Dask(patience=120).run(orders[1:], Limits(), 1)
    assert len(made([other])) == 2
    assert isinstance(poison, Finding)
    assert poison.rule == "worker"
    assert "counties-b2/en" in poison.what.en
    assert "counties-b2/en" in poison.what.zh
