"""Loads the charts that a project keeps in its figures/ folder."""

import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from importlib import util
from pathlib import Path

from yearbook.book import Limits
from yearbook.chart import Chart
from yearbook.finding import Finding
from yearbook.model import Text
from yearbook.worker import Task, once

LIMITS = Limits(wall_seconds=30, cpu_seconds=15, memory_mb=512)
"""Charts are drawn later: to load them is to read a few small files."""


class ChartsError(Exception):
    """The charts cannot be loaded; ``what`` says why in both languages."""

    def __init__(self, what: Text, hint: Text | None = None) -> None:
        super().__init__(what.en)
        self.what = what
        self.hint = hint


def load_charts(root: Path) -> Mapping[str, Chart]:
    """The CHARTS of a project's figures/ folder; none if it has no such folder.

    They are loaded within limits first, so that a module that never ends is stopped and named.
    Raises `ChartsError`.
    """
    tried = once(Task("figures", lambda: _tried(root)), LIMITS)
    if isinstance(tried, Finding):
        where = Text(f"{tried.place}: {tried.what.en}", f"{tried.place}：{tried.what.zh}")
        raise ChartsError(where, tried.hint)
    return _loaded(root)


def _tried(root: Path) -> None:
    """Load the charts only to see whether that ends."""
    with suppress(ChartsError):
        _loaded(root)


def _loaded(root: Path) -> Mapping[str, Chart]:
    folder = root / "figures"
    file = folder / "__init__.py"
    if not file.is_file():
        return {}
    for name in [name for name in sys.modules if name.split(".")[0] == "figures"]:
        del sys.modules[name]
    spec = util.spec_from_file_location("figures", file, submodule_search_locations=[str(folder)])
    if spec is None or spec.loader is None:
        raise ChartsError(Text("figures/ cannot be loaded", "无法加载 figures/"))
    module = util.module_from_spec(spec)
    sys.modules["figures"] = module
    try:
        spec.loader.exec_module(module)
        charts: Mapping[str, Chart] = module.CHARTS
    except Exception as fault:  # whatever a chart's author wrote, it is not the toolkit's fault
        raise ChartsError(_blame(folder, fault)) from fault
    return charts


def _blame(folder: Path, fault: Exception) -> Text:
    """Where in figures/ a fault was raised, and what it says."""
    own = [
        frame
        for frame in traceback.extract_tb(fault.__traceback__)
        if Path(frame.filename).is_relative_to(folder)
    ]
    name = Path(own[-1].filename).name if own else "__init__.py"
    place = f"figures/{name}:{own[-1].lineno}" if own else f"figures/{name}"
    return Text(
        f"{place}: the charts cannot be loaded: {fault!r}", f"{place}：无法加载图表：{fault!r}"
    )
