"""A chapter for each of many counties, one chart, in English and in Chinese: how many an hour?

``python tools/bench_counties.py [ROUNDS] [--count COUNTIES] [--jobs 2] [--fonts FOLDER]``

Measured in interleaved rounds, each in a process of its own: our local processes, our Dask executor
with as many workers (its start is counted), and two yardsticks that a programmer writes in an
afternoon: ``multiprocessing.Pool`` and ``Client.map`` over a function that draws the chart with
matplotlib and prints the same page with WeasyPrint as it comes. The yardsticks make PDFs alone;
ours make the page for the screen with its fonts, enclose the data and the proof, and audit what
they made.

With ``--fonts`` the yardsticks take whole fonts from a folder, as from a system (for instance
Debian's fonts-noto-cjk and fonts-noto-core); without, the book's own, which hold 8,105 characters.
"""

import argparse
import json
import multiprocessing
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import counties

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("sent", "heads", "experts", "teachers", "doctors", "guides")
LANGUAGES = ("en", "zh")
Task = tuple[str, str, list[int]]
"""A folder, the name of a page in it, the figures of its chart."""


def plain(task: Task) -> int:
    """What the yardsticks do for one page: draw, lay out, write; the size of the PDF."""
    import weasyprint  # noqa: PLC0415 - yearbook.pdf would mend it
    from matplotlib.figure import Figure  # noqa: PLC0415

    folder, name, values = task
    figure = Figure(figsize=(5.0, 2.4))
    axes = figure.add_axes((0.3, 0.05, 0.55, 0.9))
    axes.set_axis_off()
    places = list(range(len(values)))[::-1]
    axes.barh(places, values)
    for place, kind, value in zip(places, KINDS, values, strict=True):
        axes.text(-0.02, place, kind, ha="right", transform=axes.get_yaxis_transform())
        axes.text(value, place, f" {value}")
    picture = Path(folder, f"{name}.svg")
    figure.savefig(picture)
    page = weasyprint.HTML(filename=Path(folder, f"{name}.html"))
    return len(page.write_pdf(pdf_variant="pdf/a-3a"))


def pages(root: Path, work: Path, system: bool) -> None:
    """Write the pages that the yardsticks print, and the fonts they need."""
    from yearbook.binding import Medium  # noqa: PLC0415
    from yearbook.page import FontFace, Layout  # noqa: PLC0415
    from yearbook.report import pages as laid  # noqa: PLC0415
    from yearbook.studio import Studio  # noqa: PLC0415

    for order in orders(root, 1):
        kit = order.kit
        faces = tuple(FontFace(f.family, f.weight, f.style, f.file) for f in kit.faces)
        layout = Layout(kit.templates, kit.theme, () if system else faces)
        studio = Studio(kit, replace(kit.cache, nodes=[]), {}, [])
        made = laid(
            order.draft.laid_out(), order.edition, dict.fromkeys(Medium, layout), studio.draw
        )
        name = order.name.replace("/", "-")
        page = made.printed.replace("asset:///chart-people.svg", f"{name}.svg")
        if system:
            page = re.sub(r"Noto (Serif|Sans) SC", r"Noto \1 CJK SC", page)
        (work / f"{name}.html").write_text(page, "utf-8")
        facts = {fact.id: int(fact.value) for fact in order.draft.chapter.facts}
        (work / f"{name}.json").write_text(json.dumps([facts[kind] for kind in KINDS]))
        for face in kit.faces:
            (work / face.file).write_bytes(face.content)


def tasks(work: Path) -> list[Task]:
    """What the yardsticks have to do."""
    return [
        (str(work), path.stem, json.loads(path.read_text()))
        for path in sorted(work.glob("*-*.json"))
    ]


def _whole(sizes: Sequence[int]) -> None:
    """End if a yardstick made no page."""
    if min(sizes) < 10_000:
        raise SystemExit("a yardstick printed nothing")


def orders(root: Path, jobs: int) -> list[Any]:
    """What ours have to do: the English and the Chinese editions, with nothing kept."""
    from yearbook import build, fonts, graph, printing, receipt  # noqa: PLC0415
    from yearbook.gallery import load_charts  # noqa: PLC0415
    from yearbook.model import Edition  # noqa: PLC0415
    from yearbook.node import Cache  # noqa: PLC0415
    from yearbook.order import Order  # noqa: PLC0415

    checked = build.check(root, jobs=jobs)
    cache = Cache(base=graph.base(receipt.surroundings()))
    faces = fonts.load(root / build.FONTS)
    kit = printing.kit(checked, load_charts(root), faces, cache)
    editions = [Edition(language) for language in LANGUAGES]
    return [Order(draft, edition, kit) for draft in checked.drafts for edition in editions]


def pool(root: Path, work: Path, jobs: int) -> Iterator[None]:
    """A plain pool of processes, forked after the imports."""
    import matplotlib.figure  # noqa: F401, PLC0415 - before the fork
    import weasyprint  # noqa: F401, PLC0415

    yield
    with multiprocessing.get_context("fork").Pool(jobs) as workers:
        sizes = workers.map(plain, tasks(work), chunksize=1)
    _whole(sizes)
    yield


def mapped(root: Path, work: Path, jobs: int) -> Iterator[None]:
    """A plain map over a Dask cluster."""
    from distributed import Client, LocalCluster  # noqa: PLC0415

    yield
    with (
        LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        sizes = client.gather(client.map(plain, tasks(work)))
    _whole(sizes)
    yield


def ours(name: str) -> Callable[[Path, Path, int], Iterator[None]]:
    """One of our executors."""

    def measured(root: Path, work: Path, jobs: int) -> Iterator[None]:
        from yearbook.book import Limits  # noqa: PLC0415
        from yearbook.executor import Local  # noqa: PLC0415
        from yearbook.executor.dask import Dask  # noqa: PLC0415

        wanted = orders(root, jobs)
        executor = Local() if name == "local" else Dask(patience=120)
        yield
        for done in executor.run(wanted, Limits(), jobs):
            if not getattr(done, "artifacts", ()):
                raise SystemExit(f"this was not made: {done}")
        yield

    return measured


MEASURES: dict[str, Callable[[Path, Path, int], Iterator[None]]] = {
    "local": ours("local"),
    "dask": ours("dask"),
    "plain pool": pool,
    "plain dask": mapped,
}


def measure(name: str, root: Path, work: Path, jobs: int) -> None:
    """One measure, in this process: seconds by the clock, and MiB of the largest process below."""
    steps = MEASURES[name](root, work, jobs)
    next(steps)
    began = time.monotonic()
    next(steps)
    took = time.monotonic() - began
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps([took, most]))


def spent(name: str, *rest: str | Path) -> tuple[float, float]:
    """One measure in a process of its own."""
    command = [sys.executable, __file__, "--measure", name, *map(str, rest)]
    said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    took, most = json.loads(said.stdout.decode().splitlines()[-1])
    return took, most


def tell(taken: dict[str, list[tuple[float, float]]], count: int) -> None:
    """The table: counties an hour, and the ratios of each round."""
    print("| | counties/s (least to most) | MiB | to plain pool | to plain dask | to local |")
    print("|---|---|---|---|---|---|")
    for name, runs in taken.items():
        rates = sorted(count / seconds for seconds, _ in runs)
        cells = []
        for peer in ("plain pool", "plain dask", "local"):
            ratios = sorted(p / m for (m, _), (p, _) in zip(runs, taken[peer], strict=True))
            middle = statistics.median(ratios)
            cells.append(f"{middle:.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")
        rate = f"{statistics.median(rates):.2f} ({rates[0]:.2f} to {rates[-1]:.2f})"
        print(f"| {name} | {rate} | {max(m for _, m in runs):.0f} | {' | '.join(cells)} |")
    hours = counties.MOST * statistics.median(s for s, _ in taken["local"]) / count / 3600
    print(f"all {counties.MOST} counties, local: {hours:.1f} hours")


def fonts_from(folder: Path, work: Path) -> None:
    """Let fontconfig see the fonts of a folder and no others."""
    path = work / "fonts.conf"
    dirs = f"<dir>{folder.resolve()}</dir><cachedir>{work}/fonts</cachedir>"
    path.write_text(f"<?xml version='1.0'?><fontconfig>{dirs}</fontconfig>")
    os.environ["FONTCONFIG_FILE"] = str(path)


def main() -> None:
    """Measure in interleaved rounds and print a table."""
    given = argparse.ArgumentParser()
    given.add_argument("rounds", nargs="?", type=int, default=3)
    given.add_argument("--count", type=int, default=12)
    given.add_argument("--jobs", type=int, default=2)
    given.add_argument("--fonts", type=Path)
    given.add_argument("--measure", nargs=3)
    found = given.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ["PYTHONPATH"] = f"{ROOT}:{os.environ.get('PYTHONPATH', '')}"
    if found.measure:
        name, root, work = found.measure
        measure(name, Path(root), Path(work), found.jobs)
        return
    with TemporaryDirectory() as folder:
        book, work = counties.write(Path(folder, "book"), found.count), Path(folder, "work")
        work.mkdir()
        pages(book, work, found.fonts is not None)
        if found.fonts:
            fonts_from(found.fonts, work)
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in MEASURES}
        for _ in range(found.rounds):
            for name in MEASURES:
                took = spent(name, book, work, "--jobs", str(found.jobs))
                taken[name].append(took)
                print(f"{name}: {found.count / took[0]:.2f} counties/s", flush=True)
        tell(taken, found.count)


if __name__ == "__main__":
    main()
