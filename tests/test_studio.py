"""The studio: a chart is drawn once and found again; one that cannot be told apart is drawn."""

from pathlib import Path

from tests.small import small
from tests.test_graph import made, redone
from yearbook import lineage, studio
from yearbook.chart import Chart
from yearbook.node import Cache


def test_untraceable_code(tmp_path: Path) -> None:
    """A chart whose code may load what it does not import is drawn each time and never kept."""
    root = small(tmp_path)
    path = root / "figures" / "sent.py"
    path.write_text(path.read_text("utf-8").replace("SIZE =", "import importlib\nSIZE ="), "utf-8")
    names = redone(made(root))
    assert {name.split()[1] for name in names if name.startswith("chart ")} == {"people/heads"}
    assert not any(name.startswith("chart people/sent") for name in redone(made(root)))


def test_charts_are_traced_before_workers_are_forked() -> None:
    """What the code of each is made of is known then, and not looked for in each worker."""

    def draw(*_: object) -> None:
        """Nothing."""

    draw.__module__ = "figures.traced"
    files = {"figures/__init__.py": b"", "figures/traced.py": b"from figures import _more"}
    lineage._reaches.cache_clear()
    studio.ready({"traced": Chart((1, 1), draw, str)}, files, Cache())
    sought = lineage._reaches.cache_info().misses
    assert sought == 2
    assert lineage.lineage(files, "figures.traced") == tuple(files)
    assert lineage._reaches.cache_info().misses == sought
