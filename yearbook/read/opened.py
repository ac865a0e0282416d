"""The tables of a reading, each opened once: large plain ones as columns, all others as sheets."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from yearbook.read.large import Large, opened
from yearbook.read.sheet import Sheet, parse

Table = Sheet | Large


@dataclass
class Tables:
    """The CSVs among some files."""

    files: Mapping[str, bytes]
    known: dict[str, Table] = field(default_factory=dict)

    def table(self, name: str) -> Table:
        """A file as a table.

        >>> Tables({"x.csv": b"id,value\\na,1\\n"}).table("x.csv").rows[0].text("value")
        '1'
        """
        if name not in self.known:
            content = self.files[name]
            self.known[name] = opened(name, content) or parse(name, content)
        return self.known[name]
