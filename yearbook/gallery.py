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

from yearbook import reason
from yearbook.book import Limits
from yearbook.chart import Chart
from yearbook.finding import Finding
from yearbook.model import Place, Text
from yearbook.worker import Task, once

_CHARTS = Place("figures/__init__.py")
LIMITS = Limits(wall_seconds=30, cpu_seconds=15, memory_mb=512)
"""Charts are drawn later: to load them is to read a few small files."""


class ChartsError(Exception):
    """The charts cannot be loaded: ``what`` says where and why in both languages, ``why`` only
    that."""

    def __init__(self, why: Text, hint: Text, place: Place) -> None:
        self.what = Text(f"{place}: {why.en}", f"{place}：{why.zh}")
        super().__init__(self.what.en)
        self.place = place
        self.why = why
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
                Text("it was changed just now", "刚刚被修改"),
                Text("run the report again", "请重新生成"),
                Place(name),
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
        raise ChartsError(tried.what, tried.hint, tried.place)
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
        raise ChartsError(
            Text("it cannot be loaded", "无法加载"),
            Text("correct its code", "请修改其代码"),
            _CHARTS,
        )
    module = util.module_from_spec(spec)
    sys.modules["figures"] = module
    try:
        spec.loader.exec_module(module)
        charts: Mapping[str, Chart] = module.CHARTS
    except Exception as fault:  # whatever a chart's author wrote, it is not the toolkit's fault
        raise _blame(folder, fault) from fault
    return charts


def _blame(folder: Path, fault: Exception) -> ChartsError:
    """What is wrong in figures/, and where: what Python says is English whatever the reader's."""
    if isinstance(fault, SyntaxError) and _within(folder, fault.filename):
        return ChartsError(
            Text(
                f"Python cannot read the code here: {fault.msg}",
                f"Python 无法理解此处的代码（原文：{fault.msg}）",
            ),
            Text(
                "look there and in the line before for a missing bracket, quotation mark or colon",
                "请检查该处及上一行是否缺少括号、引号或冒号",
            ),
            Place(_named(folder, fault.filename), fault.lineno or 0, fault.offset or 0),
        )
    if isinstance(fault, OSError) and _within(folder, fault.filename):
        why = reason.of(fault)
        return ChartsError(
            Text(f"it cannot be read: {why.en}", f"无法读取：{why.zh}"),
            Text("allow reading it", "请开放读取权限"),
            Place(_named(folder, fault.filename)),
        )
    frames = traceback.extract_tb(fault.__traceback__)
    own = [frame for frame in frames if _within(folder, frame.filename)]
    said = f"{type(fault).__name__}: {fault}"
    return ChartsError(
        Text(f"the charts cannot be loaded: {said}", f"无法加载图表（Python 原文：{said}）"),
        Text("correct the code there", "请修改该处的代码"),
        Place(_named(folder, own[-1].filename), own[-1].lineno or 0) if own else _CHARTS,
    )


def _within(folder: Path, file: object) -> bool:
    return isinstance(file, str) and Path(file).is_relative_to(folder)


def _named(folder: Path, file: object) -> str:
    return f"figures/{Path(str(file)).relative_to(folder).as_posix()}"
