"""Editions made elsewhere: what travels, what is refused, what is asked for again."""

import os
import socket
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import util
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.counties import FILES
from tests.editions import kit
from tests.edits import ROOT, bilingual
from tests.small import written
from tests.test_instances import ALONE as _ALONE
from yearbook import graph, rehearsal
from yearbook.book import Limits
from yearbook.chart import Chart
from yearbook.cli import main
from yearbook.draft import Draft
from yearbook.ending import ended
from yearbook.executor import ClusterError, Local, crew, frames, site
from yearbook.executor.dask import ClusterFaultError, Dask
from yearbook.executor.errands import TRIES, Errands
from yearbook.executor.parcel import DamagedError, accepted, common, opened, packed, returned, sent
from yearbook.executor.site import stranger
from yearbook.finding import Finding, error, failing
from yearbook.kit import Kit
from yearbook.model import Artifact, Edition, Place, Text
from yearbook.node import Cache, Node, digests
from yearbook.order import Order
from yearbook.press import Run
from yearbook.read import read
from yearbook.read.snapshot import Snapshot, take

ALONE = {
    name: text
    for name, text in {**FILES, "data/book.toml": _ALONE}.items()
    if "/people/" not in name
}
"""A book of instances, without a chapter in common."""
FOUND = error("trial", Place("a", 2, 3, "C2"), Text("a", "甲"), Text("b", "乙"))
NEEDS_DASK = pytest.mark.skipif(
    util.find_spec("distributed") is None, reason="Dask is not installed: pip install distributed"
)


@pytest.fixture(scope="module")
def orders() -> tuple[Order, ...]:
    """The editions of the chapter, of files whose contents matter to nobody."""
    files = {"data/units.csv": b"1", "data/science-and-technology/a.csv": b"2"}
    project = take(ROOT)
    book = read(project).book
    draft = Draft(replace(book, chapters=book.chapters[:1]), book.chapters[0], digests(files))
    given = replace(kit(project), files=files, cache=Cache(base={"code": "1"}))
    return tuple(Order(draft, edition, given) for edition in Edition)


def run_of(order: Order) -> Run:
    """An edition as it might come back."""
    files = (Artifact(f"{order.name}.html", b"<p>"), Artifact(f"{order.name}.pdf", b"%PDF"))
    return Run(files, (replace(FOUND, where=order.name),), (Node("chart a", {"x": "1"}, False),))


def answer(order: Order) -> bytes:
    """A good answer to an order."""
    return packed(returned(order.key, run_of(order)))


def test_what_is_sent(orders: Sequence[Order]) -> None:
    """Common files go out once; an order holds only the files of its chapter."""
    shared, own = opened(packed(common(orders))), opened(packed(sent(orders[0])))
    assert shared.files == {"data/units.csv": b"1"}
    assert own.files == {"data/science-and-technology/a.csv": b"2"}
    assert own.head["key"] == orders[0].key
    assert len({order.key for order in orders}) == len(orders)


def test_key_is_of_contents(orders: Sequence[Order]) -> None:
    """Another file, date, toolkit or library gives an order another key."""
    one = orders[0]
    others = (
        replace(one, draft=replace(one.draft, files={**one.draft.files, "data/units.csv": "x"})),
        replace(one, kit=replace(one.kit, cache=Cache(base={"code": "2"}))),
        replace(one, kit=replace(one.kit, system={"pango": "0"})),
        replace(one, kit=replace(one.kit, created=one.kit.created.replace(year=1999))),
    )
    assert len({one.key, *(other.key for other in others)}) == 5


def test_what_comes_back(orders: Sequence[Order]) -> None:
    """Files, findings and reasons come back as they were; so does a finding alone."""
    assert accepted(answer(orders[0]), orders[0]) == run_of(orders[0])
    assert accepted(packed(returned(orders[0].key, FOUND)), orders[0]) == FOUND
    nothing = Run((), (FOUND,))
    assert accepted(packed(returned(orders[0].key, nothing)), orders[0]) == nothing


def test_every_byte_counts(orders: Sequence[Order]) -> None:
    """An answer of which any byte is another, or that is cut off, is refused or means the same."""
    good = answer(orders[0])
    for at in range(len(good)):
        changed = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]
        try:
            accepted(good[:at], orders[0])
            pytest.fail(f"cut off at {at}")
        except DamagedError:
            pass
        try:
            made = accepted(changed, orders[0])
        except DamagedError:
            continue
        # What is told of the files is text; the files themselves are proved.
        assert isinstance(made, Run)
        assert made.artifacts == run_of(orders[0]).artifacts


@pytest.mark.parametrize("case", ["other", "names", "nothing", "more"])
def test_refused(orders: Sequence[Order], case: str) -> None:
    """An answer to another order, other files, none without a reason, too many are refused."""
    one, good = orders[0], run_of(orders[0])
    wrong = {
        "other": returned(orders[1].key, good),
        "names": returned(one.key, replace(good, artifacts=run_of(orders[1]).artifacts)),
        "nothing": returned(one.key, Run((), ())),
        "more": returned(one.key, replace(good, artifacts=(*good.artifacts, Artifact("x", b"")))),
    }[case]
    with pytest.raises(DamagedError):
        accepted(packed(wrong), one)


def told(errands: Errands) -> list[Run | Finding]:
    """What is ready."""
    return list(errands.ready())


def test_errands(orders: Sequence[Order]) -> None:
    """Answers may come in any order and twice; they are told once, in the order of the orders."""
    errands = Errands(orders)
    names = [name for name, _ in errands.next(9)]
    assert names == [order.key for order in orders]
    errands.came(names[2], answer(orders[2]))
    assert told(errands) == []
    errands.came(names[0], answer(orders[0]))
    errands.came(names[0], b"a late duplicate")
    errands.lost(names[0], "late")
    errands.killed(names[0], "late")
    assert told(errands) == [run_of(orders[0])]
    errands.came(names[1], answer(orders[1]))
    assert told(errands) == [run_of(orders[1]), run_of(orders[2])]
    assert errands.ended


def test_room(orders: Sequence[Order]) -> None:
    """No more is sent than the other side has room for."""
    errands = Errands(orders)
    assert len(list(errands.next(2))) == 2
    assert list(errands.next(2)) == []
    errands.came(orders[1].key, answer(orders[1]))
    assert [order for _, order in errands.next(2)] == [orders[2]]


def test_refused_answers_are_asked_for_again(orders: Sequence[Order]) -> None:
    """A damaged answer is asked for again under another name, but not for ever; it is named."""
    errands = Errands(orders[:1])
    seen = set()
    for _ in range(TRIES):
        ((name, _),) = errands.next(1)
        seen.add(name)
        errands.came(name, answer(orders[0])[:-1] + b"?")
    assert len(seen) == TRIES
    assert list(errands.next(1)) == []
    (found,) = told(errands)
    assert isinstance(found, Finding)
    assert orders[0].name in found.what.en
    assert orders[0].name in found.what.zh
    assert bilingual(found.what)
    assert failing([found])


def test_poison(orders: Sequence[Order]) -> None:
    """What workers die under is done again, alone, after all others; then it is named."""
    errands = Errands(orders)
    names = [name for name, _ in errands.next(9)]
    errands.killed(names[0], "late")
    errands.killed(names[1], "died")
    assert list(errands.next(9)) == [], "another is under way"
    errands.came(names[2], answer(orders[2]))
    ((again, order),) = errands.next(9)
    assert order == orders[0]
    errands.killed(again, "died")
    ((innocent, order),) = errands.next(9)
    errands.came(innocent, answer(order))
    first, *rest = told(errands)
    assert isinstance(first, Finding)
    assert (first.rule, first.place) == ("worker", Place(orders[0].name))
    assert bilingual(first.what)
    assert rest == [run_of(order) for order in orders[1:]]


STUB = """
import json, pathlib, sys
sys.path.insert(0, {root!r})
from yearbook.executor import frames
def say(*words): frames.send(sys.stdout.buffer, *words)
def next(): return frames.receive(sys.stdin.buffer)
next()
{body}
"""


def stub(tmp_path: Path, body: str) -> Dask:
    """An executor whose other side is a few lines."""
    script = tmp_path / "stub.py"
    script.write_text(STUB.format(root=str(ROOT), body=body), "utf-8")
    return Dask(patience=10, broker=(sys.executable, str(script)))


@NEEDS_DASK
def test_tampered(tmp_path: Path, orders: Sequence[Order]) -> None:
    """An altered answer is refused and asked for again; the second one of two is ignored."""
    (tmp_path / "good").write_bytes(answer(orders[0]))
    executor = stub(
        tmp_path,
        f"""
good = pathlib.Path({str(tmp_path / "good")!r}).read_bytes()
say({{"room": 1}})
name = next()[0]["order"]
say({{"came": name}}, good.replace(b"%PDF", b"%PDX"))
name = next()[0]["order"]
assert name.endswith("-1")
say({{"came": name}}, good)
say({{"came": name}}, good)
""",
    )
    assert list(executor.run(orders[:1], Limits(), 1)) == [run_of(orders[0])]


@NEEDS_DASK
@pytest.mark.parametrize("word", ["address", "empty", "gone", "worker", "stranger"])
def test_cluster_that_cannot_be_used(tmp_path: Path, orders: Sequence[Order], word: str) -> None:
    """Whatever is wrong with a cluster is told in both languages, with what to do."""
    executor = stub(tmp_path, f'say({{"gone": "{word}", "why": ["tcp://a", "tcp://a"]}})')
    with pytest.raises(ClusterError, match="tcp://a") as raised:
        list(executor.run(orders, Limits(), 1))
    assert bilingual(raised.value.what)
    assert bilingual(raised.value.hint)


@NEEDS_DASK
def test_broker_that_ends(tmp_path: Path, orders: Sequence[Order]) -> None:
    """If the process that talks to Dask ends, its last words are told as a fault."""
    executor = stub(tmp_path, 'sys.exit("last words")')
    with pytest.raises(ClusterFaultError, match="last words"):
        list(executor.run(orders, Limits(), 1))
    executor = stub(tmp_path, 'say({"room": 1}); say({"fault": "x", "why": "ZeroDivisionError"})')
    with pytest.raises(ClusterFaultError, match="ZeroDivisionError"):
        list(executor.run(orders, Limits(), 1))


@NEEDS_DASK
def test_nothing_is_left(tmp_path: Path, orders: Sequence[Order]) -> None:
    """Who stops listening leaves no process behind."""
    (tmp_path / "good").write_bytes(answer(orders[0]))
    good = f"pathlib.Path({str(tmp_path / 'good')!r}).read_bytes()"
    executor = stub(
        tmp_path,
        f'say({{"room": 1}}); say({{"came": next()[0]["order"]}}, {good})\nwhile next(): pass',
    )
    running = executor.run(orders, Limits(), 1)
    assert next(running) == run_of(orders[0])
    assert isinstance(running, Iterator)
    running.close()  # type: ignore[attr-defined]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@NEEDS_DASK
def test_unreachable_scheduler(orders: Sequence[Order]) -> None:
    """A scheduler that is not there is told within the time allowed."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ClusterError, match="does not answer"):
            list(Dask(address, patience=1).run(orders, Limits(), 1))


def test_without_dask(monkeypatch: pytest.MonkeyPatch, orders: Sequence[Order]) -> None:
    """Without the package it is told in one line how to get it."""
    monkeypatch.setattr(util, "find_spec", lambda _: None)
    with pytest.raises(ClusterError) as raised:
        Dask().run(orders, Limits(), 1)
    assert "yearbook[dask]" in raised.value.hint.en


def test_stranger() -> None:
    """A worker with another toolkit, package or library refuses, and names what differs."""
    told = stranger({"code": "1", "package": "2"}, {"code": "1", "package": "3", "pango": "1"})
    assert told
    assert told.en == "other package, pango"
    try:
        assert crew.greeted({"code": "of another version"})[0].startswith("other ")
    finally:
        crew.dismissed()


def test_a_site_is_ready_to_draw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What draws is loaded there once, before the first order is forked off, for nothing is kept
    there; also for a book of instances alone, none of which is known yet."""
    project = take(written(tmp_path / "project", ALONE))
    reading = read(project)
    files, book = reading.files, reading.book
    draft = Draft(replace(book, chapters=book.chapters[:1]), book.chapters[0], digests(files))
    order = Order(draft, Edition.EN, replace(kit(project), files=files))
    loaded: list[Chart] = []

    def noted(kit: Kit, charts: Iterable[Chart]) -> None:
        loaded.extend(charts)
        rehearsal.load(kit, loaded)

    monkeypatch.setattr("yearbook.executor.site.load", noted)
    made = site.Site.of(common([order]), tmp_path / "site")
    assert loaded == [*made.kit.charts.values()]
    assert set(made.kit.charts) == {"heads", "sent"}
    assert made.order(opened(packed(sent(order)))).key == order.key


def test_frames() -> None:
    """A message that is cut off is none."""
    pipe = BytesIO()
    frames.send(pipe, {"a": 1}, b"body")
    for size in range(len(pipe.getvalue())):
        assert frames.receive(BytesIO(pipe.getvalue()[:size])) is None


def test_local(orders: Sequence[Order], monkeypatch: pytest.MonkeyPatch) -> None:
    """The executor of this machine does the orders in processes of its own, before which it gives
    freed memory back and loads what draws."""
    ready: list[str] = []
    monkeypatch.setattr("yearbook.heap.swept", lambda: ready.append("swept"))
    monkeypatch.setattr("yearbook.rehearsal.ready", lambda first, _: ready.append(str(len(first))))
    monkeypatch.setattr(Order, "run", lambda self: (self.name, os.getpid()))
    made = list(Local().run(orders, Limits(), 2))
    assert [name for name, _ in made] == [order.name for order in orders]  # type: ignore[misc]
    assert os.getpid() not in {pid for _, pid in made}  # type: ignore[misc]
    assert ready == ["swept", "1"]  # one chapter
    assert [*Local().run((), Limits(), 2)] == []
    assert len(ready) == 2


def test_templates_that_look_at_all(orders: Sequence[Order]) -> None:
    """Where a chapter may hang on others, all files are common ones."""
    draft = orders[0].draft
    whole = replace(draft.book, chapters=(draft.chapter, replace(draft.chapter, slug="other")))
    order = replace(orders[0], draft=replace(draft, book=whole))
    assert sent(order).files == {}
    assert common([order]).files == order.kit.files
    assert graph.folders("a") == ("data/a/", "templates/chapters/a/")


def test_snapshot_is_needed(project: Snapshot) -> None:
    """The files that an order names must be there to be sent."""
    book = read(project).book
    order = Order(Draft(book, book.chapters[0], {"data/lost.csv": "1"}), Edition.EN, kit(project))
    with pytest.raises(KeyError, match="lost"):
        common([order])


def test_scheduler_alone() -> None:
    """An address without the executor it is for is wrong use."""
    told = CliRunner().invoke(main, ["report", "--scheduler", "tcp://a:1"], obj=ROOT)
    assert told.exit_code == 2
    assert "--executor dask" in told.output


def test_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    """A cluster that cannot be used ends a command with 2, in both languages."""

    def command() -> None:
        raise ClusterError(Text("it is away", "无法使用"), Text("wait", "请稍候"))

    with pytest.raises(SystemExit) as ending:
        ended(command)
    assert ending.value.code == 2
    assert {"it is away", "无法使用"} <= {
        *capsys.readouterr().err.replace("Error: ", "").split("\n    ")
    }
