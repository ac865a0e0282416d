"""Tells what is amiss on a machine. The world comes in as an argument, so tests can take it apart.

Needs the standard library only: the set-up asks it before any package is there.
"""

import ctypes
import importlib
import os
import re
import shutil
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from yearbook import fontlist
from yearbook.model import Text

OLDEST_PYTHON = (3, 11)
"""matplotlib, pandas and fontTools of the lock start here."""

LEAST_FREE_BYTES = 500_000_000
"""A build with its cache takes far less; a full disk breaks it in ways that are hard to read."""

MODULES = tuple(
    "blake3 brotli click fontTools gb2260 highspy jinja2 markdown_it matplotlib pandas pikepdf PIL "
    "pypdfium2 tinycss2 uharfbuzz watchfiles weasyprint xlsxwriter".split()
)
"""What the packages of locks/run.in are called in Python."""

SET_UP_AGAIN = Text(
    "run `make distclean`, then `make setup`",
    "请先运行 `make distclean`，再运行 `make setup`",
)


@dataclass(frozen=True, slots=True)
class Library:
    """A system library: its name in the manifest, its files on Linux, macOS and Windows, and how
    it tells its version (None: it does not)."""

    name: str
    files: tuple[str, ...]
    version: Callable[[ctypes.CDLL], str] | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: whether it is well, what was seen, and what mends it."""

    name: Text
    ok: bool
    detail: str
    remedy: Text


@dataclass(frozen=True, slots=True)
class World:
    """What the doctor sees of a machine.

    ``installed`` and ``load`` give versions; ``installed`` raises PackageNotFoundError, ``load``
    OSError and ``import_module`` any exception when the thing is not there.
    """

    python: tuple[int, int, int]
    installed: Callable[[str], str]
    import_module: Callable[[str], object]
    load: Callable[[Library], str]
    writable: Callable[[Path], bool]
    free_bytes: Callable[[Path], int]


def _text_call(function: str) -> Callable[[ctypes.CDLL], str]:
    """A version told by a C function without arguments that returns a string."""

    def ask(library: ctypes.CDLL) -> str:
        call = library[function]
        call.restype = ctypes.c_char_p
        return bytes(call()).decode("ascii")

    return ask


def _glib_version(library: ctypes.CDLL) -> str:
    """GLib keeps its version in three variables, which GObject brings along."""
    parts = ("glib_major_version", "glib_minor_version", "glib_micro_version")
    return ".".join(str(ctypes.c_uint.in_dll(library, part).value) for part in parts)


def dotted(number: int) -> str:
    """The version in fontconfig's number.

    >>> dotted(21401)
    '2.14.1'
    """
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


LIBRARIES = (
    Library(
        "glib",
        ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
        _glib_version,
    ),
    Library(
        "pango",
        ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
        _text_call("pango_version_string"),
    ),
    Library("pangoft2", ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")),
    Library(
        "harfbuzz",
        ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
        _text_call("hb_version_string"),
    ),
    Library(
        "fontconfig",
        ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
        lambda library: dotted(library.FcGetVersion()),
    ),
)
"""What WeasyPrint loads (weasyprint/text/ffi.py); uharfbuzz has HarfBuzz's subsetter."""


def load(library: Library) -> str:
    """Load a library and give its version ("": it tells none). Raises OSError if it is absent."""
    for file in library.files:
        try:
            handle = ctypes.CDLL(file)
        except OSError:
            continue
        return library.version(handle) if library.version else ""
    raise OSError(library.files[0])


def system_libraries() -> Mapping[str, str]:
    """The versions of the system libraries that are there, by name, for the manifest."""
    found = {}
    for library in LIBRARIES:
        try:
            found[library.name] = load(library)
        except OSError:
            continue
    return {name: version for name, version in found.items() if version}


def libraries_load() -> bool:
    """Whether every system library is there, as the set-up asks."""
    return all(_library(library, load).ok for library in LIBRARIES)


def locked(lock: str) -> Mapping[str, frozenset[str]]:
    """The versions a lock allows, by package, without those meant for some machines only.

    >>> dict(locked("click==8.5.0\\ncolorama==1 ; sys_platform == 'win32'"))
    {'click': frozenset({'8.5.0'})}
    """
    pins = re.findall(r"(?m)^([A-Za-z0-9][\w.-]*)==(\S+)(?: *(;)| *\\| *$)", lock)
    names = {name for name, _, marker in pins if not marker}
    return {
        name: frozenset(version for other, version, _ in pins if other == name)
        for name in sorted(names)
    }


def _import_quietly(name: str) -> object:
    """Import a module; a warning is no fault (WeasyPrint misses HarfBuzz's subsetter)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(name)


def here() -> World:
    """The machine this runs on."""
    return World(
        python=sys.version_info[:3],
        installed=metadata.version,
        import_module=_import_quietly,
        load=load,
        writable=lambda folder: os.access(folder, os.W_OK),
        free_bytes=lambda folder: shutil.disk_usage(folder).free,
    )


def diagnose(root: Path, world: World) -> tuple[Diagnosis, ...]:
    """Look at everything a build needs: Python, packages, libraries, fonts, output folder, disk.

    Raises OSError if ``root`` has no readable locks/run.txt.
    """
    lock = locked((root / "locks/run.txt").read_text(encoding="utf-8"))
    return (
        _python(world.python),
        _packages(lock, world.installed),
        _imports(world.import_module),
        *(_library(library, world.load) for library in LIBRARIES),
        _fonts(root / "templates/fonts"),
        _output(root, world.writable),
        _disk(world.free_bytes(root)),
    )


def _python(version: tuple[int, int, int]) -> Diagnosis:
    return Diagnosis(
        Text("Python", "Python"),
        version[:2] >= OLDEST_PYTHON,
        ".".join(map(str, version)),
        Text("install Python 3.11 or newer", "请安装 Python 3.11 或更高版本"),
    )


def _packages(lock: Mapping[str, frozenset[str]], installed: Callable[[str], str]) -> Diagnosis:
    wrong = tuple(
        f"{name} {version or 'missing'}"
        for name, allowed in lock.items()
        if (version := _version(name, installed)) not in allowed
    )
    return Diagnosis(
        Text("locked packages", "锁定的软件包"),
        not wrong,
        _listed(wrong, str(len(lock))),
        SET_UP_AGAIN,
    )


def _version(name: str, installed: Callable[[str], str]) -> str | None:
    try:
        return installed(name)
    except metadata.PackageNotFoundError:
        return None


def _imports(import_module: Callable[[str], object]) -> Diagnosis:
    broken = tuple(name for name in MODULES if not _can_import(name, import_module))
    return Diagnosis(
        Text("packages can be loaded", "软件包可以载入"),
        not broken,
        _listed(broken, str(len(MODULES))),
        SET_UP_AGAIN,
    )


def _can_import(name: str, import_module: Callable[[str], object]) -> bool:
    try:
        import_module(name)
    except Exception:  # noqa: BLE001 - a broken package may raise anything while it loads
        return False
    return True


def _library(library: Library, load: Callable[[Library], str]) -> Diagnosis:
    name = Text(f"system library {library.name}", f"系统库 {library.name}")
    try:
        return Diagnosis(name, True, load(library), SET_UP_AGAIN)
    except OSError as problem:
        return Diagnosis(name, False, str(problem), SET_UP_AGAIN)


def _fonts(folder: Path) -> Diagnosis:
    count, wrong = fontlist.wrong(folder)
    return Diagnosis(
        Text("fonts", "字体"),
        count > 0 and not wrong,
        _listed(wrong, str(count)),
        Text(
            "restore templates/fonts from the repository, or run `make fonts`",
            "请从版本库恢复 templates/fonts，或运行 `make fonts`",
        ),
    )


def _output(root: Path, writable: Callable[[Path], bool]) -> Diagnosis:
    output = root / "output"
    folder = output if output.exists() else root
    return Diagnosis(
        Text("output can be written", "输出文件夹可写"),
        writable(folder),
        "output/",
        Text(
            "close what holds output/ open, or give yourself the right to write there",
            "请关闭占用 output/ 的程序，或为自己开通该文件夹的写入权限",
        ),
    )


def _disk(free: int) -> Diagnosis:
    return Diagnosis(
        Text("free disk space", "磁盘可用空间"),
        free >= LEAST_FREE_BYTES,
        f"{free // 10**6} MB",
        Text("free at least 500 MB", "请至少腾出 500 MB 空间"),
    )


def _listed(problems: Iterable[str], otherwise: str) -> str:
    return ", ".join(problems) or otherwise
