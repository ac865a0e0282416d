"""`build.py fmt`: rewrites the CSVs of data/ in their usual form, only when a person asks for it.

A file that cannot be read with certainty is left alone and named; each of the others is replaced in
one step, so that the old one is there until the new one is safe.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from yearbook import write
from yearbook.finding import Finding, error
from yearbook.model import Place, Text
from yearbook.read.canonical import canonical, changes
from yearbook.read.snapshot import take


@dataclass(frozen=True, slots=True)
class Formatted:
    """The files that are not in their usual form, and what that says of their cells."""

    files: tuple[str, ...]
    findings: tuple[Finding, ...]

    def told(self, checked: bool) -> Text:
        """How many files it is, for a person; ``checked``: nothing was written."""
        number = len(self.files)
        if checked:
            return Text(f"files that would change: {number}", f"{number}个文件需改写")
        return Text(f"files changed: {number}", f"{number}个文件已改写")


def fmt(root: Path, only: Collection[str], keep: bool) -> Formatted:
    """Find what is not in its usual form; with ``keep`` write it so.

    ``only`` names files below ``root``; none means all of data/. Raises
    `yearbook.write.PublishError` where a file cannot be written.
    """
    snapshot = take(root)
    wanted = {name.removeprefix("./") for name in only}
    found: list[Finding] = [*snapshot.findings, *_strange(wanted - snapshot.files.keys())]
    changed: list[str] = []
    for name, content in snapshot.files.items():
        if not name.startswith("data/") or not name.endswith(".csv"):
            continue
        if wanted and name not in wanted:
            continue
        usual = canonical(name, content)
        if not isinstance(usual, bytes):
            found.extend(usual)
        elif usual != content:
            changed.append(name)
            found.extend(changes(name, content, usual))
            if keep:
                found.extend(_replaced(root, name, (content, usual)))
    return Formatted(tuple(changed), tuple(found))


def _strange(names: Collection[str]) -> list[Finding]:
    what = Text("there is no such table in data/", "data/ 中没有该表格")
    hint = Text("name it as data/chapter/table.csv", "请写作 data/章/表.csv")
    return [error("file", Place(name), what, hint) for name in sorted(names)]


def _replaced(root: Path, name: str, contents: tuple[bytes, bytes]) -> list[Finding]:
    """Write a file, unless somebody else has just done so."""
    before, after = contents
    path = (root / name).resolve()
    if canonical(name, after) != after:
        what = Text("its usual form would not read the same", "改写后读法会不同，未改写")
        return [error("file", Place(name), what, Text("please report this", "请反馈给维护人员"))]
    if path.read_bytes() != before:
        what = Text("the file changed meanwhile and was left alone", "该文件期间已改动，未改写")
        return [error("file", Place(name), what, Text("run it again", "请再次运行"))]
    mode = path.stat().st_mode & 0o7777
    write.put(path, after)
    path.chmod(mode)
    return []
