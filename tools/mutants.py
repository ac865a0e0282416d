"""Every small change that a mutation tool knows of a module, and how to put one into the module
that is loaded.

The changes are mutmut's own; it leaves out functions with decorators and constants, here they are
in. What only a type checker reads is left out, and the case of an encoding's name.
"""

import ast
import re
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import libcst
import libcst.matchers as match
from mutmut.mutation import file_mutation as made
from mutmut.mutation.pragma_handling import IgnoredCode

MODULE = "(module)"
"""What stands in no function."""
_CLASS = match.Name(value=match.MatchRegex("[A-Z][a-z]+"))
_TYPE = match.Assign(
    value=match.Call(func=match.Name("TypeVar"))
    | match.Subscript(value=match.Name(value=match.MatchRegex("tuple|Callable|Mapping|Sequence")))
) | match.Assign(targets=[match.AssignTarget(target=match.Name("__all__"))])
_UNION = match.Assign(
    value=match.BinaryOperation(left=_CLASS, operator=match.BitOr(), right=_CLASS)
)
_ENCODING = re.compile(r'(?:encode|decode|read_text)\("[^"]*"')


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: where, what stood there, what stands there now."""

    file: str
    function: str
    line: int
    was: str
    becomes: str
    source: str = field(repr=False)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """How ``tests/mutants.csv`` names it."""
        return self.file, self.function, self.was, self.becomes


class Visitor(made.MutationVisitor):  # type: ignore[misc]  # mutmut is not locked
    """Goes where mutmut does not: into functions with decorators, not into the decorators."""

    def _skip_node_and_children(self, node: libcst.CSTNode) -> bool:
        if isinstance(node, libcst.Decorator) or match.matches(node, _TYPE | _UNION):
            return True
        bare = node
        if isinstance(node, libcst.FunctionDef):
            bare = node.with_changes(decorators=[])
        return bool(super()._skip_node_and_children(bare))


def mutants(file: str) -> Iterator[Mutant]:
    """Every change mutmut knows, but for those in annotations, decorators and heads of classes."""
    source = Path(file).read_text("utf-8")
    visitor = Visitor(made.mutation_operators, IgnoredCode(set(), set(), set()))
    tree = libcst.MetadataWrapper(libcst.parse_module(source)).visit(visitor)
    spans = list(_spans(ast.parse(source)))
    seen = set()
    for mutation in visitor.mutations:
        text = _changed(tree, source, mutation)
        line, was, becomes = _difference(source.split("\n"), text.split("\n"))
        function = next((name for name, first, last in spans if first <= line <= last), MODULE)
        if text not in seen and function and text != source and not _same(was, becomes):
            seen.add(text)
            yield Mutant(file, function, line, was, becomes, text)


def _changed(tree: libcst.Module, source: str, mutation: Any) -> str:
    """The source with one change; to write one function anew is quicker than to write all."""
    whole = mutation.contained_by_top_level_function
    before = tree.code_for_node(whole) if whole in tree.body else ""
    if source.count(before) != 1:
        whole, before = tree, source
    after = made.deep_replace(whole, mutation.original_node, mutation.mutated_node)
    return source.replace(before, tree.code_for_node(after))


def _same(was: str, becomes: str) -> bool:
    """Whether only the case of an encoding's name changed: Python knows it in either."""
    one, other = (_ENCODING.sub(lambda found: found[0].lower(), line) for line in (was, becomes))
    return one == other


def _spans(tree: ast.Module) -> Iterator[tuple[str, int, int]]:
    """Functions and methods with their lines; no name for what else stands in a class."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node.lineno, node.end_lineno or 0
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"{node.name}.{inner.name}", inner.lineno, inner.end_lineno or 0
            yield "", node.lineno, node.end_lineno or 0


def _difference(old: list[str], new: list[str]) -> tuple[int, str, str]:
    """The first line that differs, and what stands there before and after."""
    first = next(n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b)
    last = 0
    while old[-1 - last] == new[-1 - last] and last < min(len(old), len(new)) - first - 1:
        last += 1
    was, becomes = (
        " ".join(line.strip() for line in lines[first : len(lines) - last]) for lines in (old, new)
    )
    return first + 1, was, becomes


def put(mutant: Mutant) -> None:
    """Put a mutant into the modules that are loaded: its code, its defaults, its constants."""
    path = mutant.file.removesuffix(".py").removesuffix("/__init__")
    module = sys.modules[path.replace("/", ".")]
    trial = types.ModuleType(module.__name__)
    trial.__file__ = module.__file__
    trial.__package__ = module.__package__
    code = compile(mutant.source, str(module.__file__), "exec")
    exec(code, vars(trial))  # noqa: S102 - that is what a mutant is for
    forget()
    tree = ast.parse(mutant.source)
    if mutant.function == MODULE:
        names = _assigned(tree, mutant.line)
    else:
        names = [mutant.function] if "." not in mutant.function else []
        live, new = (_function(where, mutant.function) for where in (module, trial))
        live.__code__ = new.__code__
        live.__defaults__, live.__kwdefaults__ = new.__defaults__, new.__kwdefaults__
    # What a function gave when the module was loaded is a constant that it made.
    for name in _worked_out(tree, names):
        before = vars(module)[name]
        for other in list(sys.modules.values()):
            if name != mutant.function and vars(other).get(name) is before:
                setattr(other, name, getattr(trial, name))


def forget() -> None:
    """Empty the caches: what they hold was worked out by the code as it was."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "yearbook":
            for value in vars(module).values():
                # Asked itself, an object of a PDF would raise.
                if hasattr(type(value), "cache_clear"):
                    value.cache_clear()


def concerned(mutant: Mutant) -> set[str]:
    """The function that is changed, or those that name the constant; none if others import it."""
    if mutant.function != MODULE:
        return {mutant.function}
    tree = ast.parse(mutant.source)
    names = set(_assigned(tree, mutant.line))
    if any(not name.startswith("_") for name in names):
        return set()
    found = set()
    for node in tree.body:
        if names & _read(node):
            if isinstance(node, ast.FunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.ClassDef):
                found.update(f"{node.name}.{n.name}" for n in node.body if hasattr(n, "name"))
            else:
                return set()
    return found


def _function(module: types.ModuleType, name: str) -> Any:
    found: Any = module
    for part in name.split("."):
        found = vars(found)[part]
    found = getattr(found, "fget", None) or getattr(found, "__func__", found)
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    return found


def _assigned(tree: ast.Module, line: int) -> list[str]:
    """The names that the statement of a line gives a value."""
    for node in tree.body:
        if node.lineno <= line <= (node.end_lineno or 0):
            return [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and _stored(n)]
    return []


def _worked_out(tree: ast.Module, names: list[str]) -> list[str]:
    """Some names and those whose values are worked out from theirs."""
    found = list(names)
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and _read(node) & set(found):
            found += [name for name in _assigned(tree, node.lineno) if name not in found]
    return found


def _read(tree: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and not _stored(n)}


def _stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)
