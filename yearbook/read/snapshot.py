"""The only module that reads the project's files: each once, as bytes, before any parsing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from yearbook.finding import Finding, error
from yearbook.model import Place, Text
from yearbook.receipt import ROOMS, ignored

LARGEST = 64 * 1024 * 1024
"""A larger file is refused unread: the whole chapter is a few megabytes."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every input of a build by its posix path below the root, and what could not be read."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]

    def below(self, folder: str, suffix: str) -> tuple[str, ...]:
        """The files directly in a folder, by name."""
        start = folder + "/"
        return tuple(
            name
            for name in self.files
            if name.startswith(start) and "/" not in name[len(start) :] and name.endswith(suffix)
        )


def take(root: Path) -> Snapshot:
    """Read the rooms of a project, in a fixed order."""
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for path in _walk(root):
        name = path.relative_to(root).as_posix()
        try:
            problem = _problem(path, root)
            if problem is None:
                files[name] = path.read_bytes()
        except (OSError, RuntimeError) as fault:  # RuntimeError: links in a circle, before 3.13
            problem = _unreadable(fault)
        if problem is not None:
            findings.append(error("file", Place(name), *problem))
    return Snapshot(files, tuple(findings))


def _walk(root: Path) -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((root / room).rglob("*"), key=lambda p: p.as_posix()):
            parts = path.relative_to(root).parts
            folder = path.is_dir() and not path.is_symlink()
            if not folder and not any(map(ignored, parts)):
                yield path


def _unreadable(fault: Exception) -> tuple[Text, Text]:
    why = getattr(fault, "strerror", None) or fault
    return (
        Text(f"the file cannot be read: {why}", f"无法读取该文件：{why}"),
        Text("allow reading it, or remove it", "请开放读取权限，或将其移走"),
    )


def _problem(path: Path, root: Path) -> tuple[Text, Text] | None:
    if not path.resolve().is_relative_to(root.resolve()):
        return (
            Text("the file is a link that leaves the project", "该文件是指向项目之外的链接"),
            Text("copy the file itself here", "请把文件本身复制到这里"),
        )
    if not path.is_file():
        return (
            Text("this is not a regular file", "这不是普通文件"),
            Text("remove it from the folder", "请将其移出文件夹"),
        )
    size = path.stat().st_size
    if size > LARGEST:
        return (
            Text(
                f"the file has {size:,} bytes, the limit is {LARGEST:,}",
                f"文件大小为{size}字节，超过上限{LARGEST}字节",
            ),
            Text("split it or remove what is not data", "请拆分文件，或删除非数据内容"),
        )
    return None
