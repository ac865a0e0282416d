"""The files that a chart's code is made of: its module and all it imports from figures/."""

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache

_FIGURES = "figures"
_OPAQUE = frozenset(
    "__import__ importlib exec eval open read_text read_bytes read_csv read_json read_excel loadtxt"
    " genfromtxt imread fromfile __file__ __path__ get_data globals runpy".split()
)
"""Names by which code may reach files or modules that no import statement tells of."""

_LARGEST = 1 << 18
"""Bytes of a file that is looked into: no limit holds where that is done, and it takes 500 times
as much memory."""


def lineage(files: Mapping[str, bytes], module: str) -> tuple[str, ...] | None:
    """The files behind a module of figures/, by their names in the project, in order.

    None if they cannot be told: the module is not there, is no Python, is too long or too deep to
    be looked into, or may load what it does not import.

    >>> files = {"figures/a.py": b"from figures._b import x", "figures/_b.py": b"x = 1"}
    >>> lineage({**files, "figures/__init__.py": b"", "figures/c.py": b""}, "figures.a")
    ('figures/__init__.py', 'figures/_b.py', 'figures/a.py')
    """
    found: set[str] = set()
    waiting = [_FIGURES, module]
    while waiting:
        file = _file(files, waiting.pop())
        if file is None or file in found:
            continue
        found.add(file)
        imported = _reaches(file, files[file])
        if imported is None:
            return None
        # The package itself lists all charts; a chart does not hang on the others.
        if file != f"{_FIGURES}/__init__.py":
            waiting.extend(imported)
    return tuple(sorted(found)) if _file(files, module) in found else None


def imported(files: Mapping[str, bytes], module: str) -> frozenset[str]:
    """Every module that the files behind a module of figures/ may import, as far as they can be
    told.

    >>> sorted(imported({"figures/__init__.py": b"", "figures/a.py": b"import os"}, "figures.a"))
    ['os']
    """
    behind = lineage(files, module) or ()
    return frozenset(name for file in behind for name in _reaches(file, files[file]) or ())


@lru_cache(1024)
def _reaches(file: str, content: bytes) -> tuple[str, ...] | None:
    """Every module that a file may import; None if that cannot be told."""
    if len(content) > _LARGEST:
        return None
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # the last: Python's parser
        return None
    return None if _opaque(tree) else tuple(_imported(tree, file))


def _file(files: Mapping[str, bytes], module: str) -> str | None:
    """The file of a module, if it is one of the project's."""
    path = module.replace(".", "/")
    return next((name for name in (f"{path}.py", f"{path}/__init__.py") if name in files), None)


def _opaque(tree: ast.Module) -> bool:
    for node in ast.walk(tree):
        names = {getattr(node, part, None) for part in ("id", "attr", "module")}
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        if names & _OPAQUE:
            return True
    return False


def _imported(tree: ast.Module, file: str) -> Iterator[str]:
    """Every module that an import statement may mean."""
    package = file.removesuffix(".py").removesuffix("/__init__").split("/")
    if not file.endswith("/__init__.py"):
        package = package[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _with_packages(alias.name)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            yield from _with_packages(base)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _with_packages(module: str) -> Iterator[str]:
    """A module and the packages it lies in, whose code runs first."""
    parts = module.split(".")
    yield from (".".join(parts[:count]) for count in range(1, len(parts) + 1))
