"""Loads the charts that a project keeps in its figures/ folder."""

import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import util
from importlib.abc import MetaPathFinder
from importlib.machinery import FileFinder, ModuleSpec, SourceFileLoader
from pathlib import Path
from typing import Any

from yearbook.book import Limits
from yearbook.chart import Chart
from yearbook.finding import Finding
from yearbook.model import Place, Text
from yearbook.worker import Task, once

LIMITS = Limits(wall_seconds=30, cpu_seconds=15, memory_mb=512)
"""Charts are drawn later: to load them is to read a few small files."""


class ChartsError(Exception):
    """The charts cannot be loaded; ``what`` says why in both languages."""

    def __init__(self, what: Text, hint: Text | None = None) -> None:
        super().__init__(what.en)
        self.place = Place("figures/__init__.py")
        self.what = what
        self.hint = hint


_read: dict[str, bytes] = {}
"""What was loaded last, by path."""


def unmoved(root: Path, files: Mapping[str, bytes]) -> None:
    """Raise `ChartsError` if the charts were loaded from other code than these files hold: what
    is drawn would pass for what they say."""
    for path, content in _read.items():
        name = f"figures/{Path(path).relative_to(root / 'figures').as_posix()}"
        if files.get(name) != content:
            raise ChartsError(
                Text(f"{name} was changed just now", f"{name} 刚刚被修改"),
                Text("run the report again", "请重新生成"),
            )


class _Source(SourceFileLoader):
    """Loads a module from its source, never from what was compiled of it before: that is told
    apart by a time stamp in whole seconds and a size."""

    def path_stats(self, path: str) -> Mapping[str, Any]:
        """Tell nothing by which a compiled file could be found."""
        raise OSError(path)

    def get_data(self, path: str) -> bytes:
        """Read the source, and remember what was read."""
        content = super().get_data(path)
        _read[path] = content
        return content


class _Finder(MetaPathFinder):
    """Finds the modules of figures/."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: object = None
    ) -> ModuleSpec | None:
        """The module below figures/ of that name."""
        if not fullname.startswith("figures.") or path is None:
            return None
        found = (FileFinder(folder, (_Source, [".py"])).find_spec(fullname) for folder in path)
        return next((spec for spec in found if spec is not None), None)


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
    _read.clear()
    for name in [name for name in sys.modules if name.split(".")[0] == "figures"]:
        del sys.modules[name]
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
    loader = _Source("figures", str(file))
    spec = util.spec_from_file_location(
        "figures", file, loader=loader, submodule_search_locations=[str(folder)]
    )
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
        f"{place}: the charts cannot be loaded: {fault!r}",
        f"{place}：无法加载图表，Python报告“{fault!r}”",
    )
