"""The wholes that codes.csv names: each is a code of its dimension, none is a part of itself."""

from collections.abc import Iterator, Mapping

from yearbook.finding import Finding, error
from yearbook.model import Text
from yearbook.read import values
from yearbook.read.sheet import Row


def orphans(found: tuple[Row, ...]) -> Iterator[Finding]:
    """A parent must be another code of its dimension, and no code may be a part of itself;
    otherwise nothing would be added up."""
    parents = {(row.text("dimension"), row.text("code")): row.text("parent") for row in found}
    for row in found:
        dimension, parent = row.text("dimension"), row.text("parent")
        if parent and (dimension, parent) not in parents:
            known = [code for of, code in parents if of == dimension]
            yield values.unknown(row.cells["parent"], f'code of "{dimension}"', "上级代码", known)
        elif parent and row.text("code") in _wholes(parents, dimension, parent):
            yield error(
                "codes",
                row.place_of("parent"),
                Text(
                    f'"{row.text("code")}" would be a part of itself',
                    f"“{row.text('code')}”成了自身的组成部分",
                ),
                Text("name the whole it belongs to as parent", "parent 应填其所属的合计"),
            )


def _wholes(parents: Mapping[tuple[str, str], str], dimension: str, code: str) -> tuple[str, ...]:
    """A code, the whole it belongs to, the whole of that, and so on."""
    found: list[str] = []
    while code and code not in found:
        found.append(code)
        code = parents.get((dimension, code), "")
    return tuple(found)
