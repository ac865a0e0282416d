"""The only module that reads the project's files: each as bytes, before any parsing.

A file that is being saved is read again until two readings agree, or named: of a table that was
written in place while a common reader read it, 88 of 200 readings were short.
"""

import os
import re
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from yearbook import reason
from yearbook.finding import Finding, Severity, error
from yearbook.model import Place, Text
from yearbook.receipt import ROOMS, ignored

LARGEST = 256 * 1024 * 1024
"""A larger file is refused unread: as many rows as Excel opens are about 50 megabytes."""
FILES = 20_000
"""A project with more files is probably not one: the rest stays unread."""
SETTLED = 0.1
"""Seconds after which a change of a file counts as finished if nothing else has changed."""
ATTEMPTS = 30
"""How often files are read again before the one that keeps changing is named."""
ENDS = (b"\n", b"\r", b"\n\x00")
"""How a CSV ends in any encoding; one that does not and has just changed is given more time."""
_COPIES = ("副本", "- copy", "copy of ", "(1)", "(2)", "~$", ".bak")
_MARK = re.compile(
    r"^~\$|^copy of |^副本|\s*-?\s*的?副本|\s*- copy|\s*\([0-9]+\)|\.bak$", re.IGNORECASE
)
_TABLES = (".csv", ".xlsx", ".xls", ".et", ".ods", ".tsv", ".numbers", ".xlsm")


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


@dataclass(frozen=True, slots=True)
class _Seen:
    """One file at one moment: what tells a change, its bytes or what is wrong with it."""

    mark: tuple[int, ...]
    content: bytes = b""
    wrong: tuple[Text, Text] | None = None
    fresh: bool = False
    unfinished: bool = False


def take(root: Path, pause: Callable[[float], None] = time.sleep) -> Snapshot:
    """Read the rooms of a project, in a fixed order, when none of their files is being written."""
    seen = _look(root, {})
    moved: set[str] = set()
    for _ in range(ATTEMPTS):
        if any(each.fresh for each in seen.values()):
            pause(SETTLED)
        again = _look(root, seen)
        moving = {name for name in {*again, *seen} if _moving(again.get(name), seen.get(name))}
        moved |= moving
        seen = again
        if not moving:
            return _snapshot(seen)
    return _snapshot({name: _unsettled(each, name in moved) for name, each in seen.items()})


def _moving(now: _Seen | None, before: _Seen | None) -> bool:
    """Whether a file came, went or changed, or ends amid a line and changed just now."""
    if now is None or before is None:
        return True
    changed = (now.mark, now.content, now.wrong) != (before.mark, before.content, before.wrong)
    return changed or (now.fresh and now.unfinished)


def _unsettled(seen: _Seen, moved: bool) -> _Seen:
    if not (moved and seen.fresh):
        return seen
    what = Text("the file was changing while it was read", "读取时该文件仍在变动")
    hint = Text("wait until it is saved, then build again", "请待保存完成后再次生成")
    return _Seen(seen.mark, wrong=(what, hint))


def _snapshot(seen: Mapping[str, _Seen]) -> Snapshot:
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for name, each in seen.items():
        if each.wrong is not None:
            findings.append(error("file", Place(name), *each.wrong))
        elif _is_copy(name) or _is_no_csv(name):
            lost = original(name)
            findings.append(_left_out(name) if lost in seen else _misnamed(name, lost))
        else:
            files[name] = each.content
    return Snapshot(files, tuple(findings))


def _is_copy(name: str) -> bool:
    """Whether a file in data/ is a copy that somebody or some program left there."""
    last = name.rpartition("/")[2].casefold()
    return name.startswith("data/") and any(mark in last for mark in _COPIES)


def _is_no_csv(name: str) -> bool:
    """Whether a file in data/ is a table that is not read: a workbook, or its ending is .CSV."""
    return name.startswith("data/") and (
        name.casefold().endswith(_TABLES) and not name.endswith(".csv")
    )


def original(name: str) -> str:
    """The name of which a file looks like a copy, or that it should have been saved under.

    >>> [original(name) for name in ("data/x (2).csv", "data/x - 副本.csv", "data/Copy of x.csv")]
    ['data/x.csv', 'data/x.csv', 'data/x.csv']
    >>> original("data/x.CSV"), original("data/x.csv")
    ('data/x.csv', 'data/x.csv')
    """
    folder, _, last = name.rpartition("/")
    if last.casefold().endswith(".csv"):
        last = _MARK.sub("", last[:-4]) + ".csv"
    return f"{folder}/{last}"


def _misnamed(name: str, lost: str) -> Finding:
    """What is told of a file that is not read while the one that it stands for is missing."""
    last, missing = (each.rpartition("/")[2] for each in (name, lost))
    if missing in (last, ".csv"):
        return _left_out(name)
    what = Text(
        f'{missing} is missing; "{last}" looks like a copy of it and is not read',
        f"缺少 {missing}；“{last}”似为其副本，未读取",
    )
    if not _is_copy(name):
        what = Text(
            f'{missing} is missing; "{last}" is not read, for its ending is not .csv',
            f"缺少 {missing}；“{last}”的扩展名不是小写的 .csv，未读取",
        )
    if last.startswith("~$"):
        what = Text(
            f'{missing} is missing; "{last}" is left by a program that has, or had, it open',
            f"缺少 {missing}；“{last}”是打开该表的程序留下的锁定文件",
        )
        hint = Text(
            f"save {missing} there once more, or take it from the history",
            f"请在该程序中重新保存 {missing}，或从历史版本中恢复",
        )
        return Finding("file", Severity.WARNING, Place(name), what, hint)
    hint = Text(
        f"rename it back to {missing}; if it is another table, give it a name of its own",
        f"请改回原名 {missing}；如为另一张表，请另取文件名",
    )
    return Finding("file", Severity.WARNING, Place(name), what, hint)


def _left_out(name: str) -> Finding:
    if _is_copy(name):
        what = Text("the file looks like a copy and is not read", "该文件似为副本，未读取")
        hint = Text("remove it, or give it a name of its own", "请移走该文件，或另取文件名")
    else:
        what = Text("the file is a table that is not read", "该表格文件未读取")
        hint = Text(
            'save it as "CSV UTF-8" with the ending .csv',
            "请另存为“CSV UTF-8”，扩展名为 .csv",
        )
    return Finding("file", Severity.INFORMATION, Place(name), what, hint)


def _look(root: Path, known: Mapping[str, _Seen]) -> dict[str, _Seen]:
    """All files as they are now; those that have not changed since are not read again."""
    home = root.resolve()
    found: dict[str, _Seen] = {}
    for path, closed in _walk(root):
        name = path.relative_to(root).as_posix()
        if closed is not None:
            found[name] = _unreadable(closed, Text("folder", "文件夹"))
            continue
        if len(found) == FILES:
            found[name] = _refused("too many files", "文件过多")
            break
        if _is_copy(name) or _is_no_csv(name):
            found[name] = _Seen(())
            continue
        try:
            found[name] = _read(path, home, known.get(name))
        except FileNotFoundError:
            if path.is_symlink():
                found[name] = _unreadable(FileNotFoundError(2, "No such file or directory"))
        except IsADirectoryError:
            found[name] = _refused("this is a folder, not a file", "这是文件夹，不是文件")
        except (OSError, RuntimeError) as fault:  # RuntimeError: links in a circle, before 3.13
            found[name] = _unreadable(fault)
    return found


def _walk(root: Path) -> Iterator[tuple[Path, OSError | None]]:
    """The files and links below the rooms in a fixed order, and folders that cannot be opened:
    what lies in those would be missing without a word."""
    for room in ROOMS:
        found: list[tuple[Path, OSError | None]] = []

        def closed(problem: OSError, found: list[tuple[Path, OSError | None]] = found) -> None:
            if not isinstance(problem, FileNotFoundError):
                found.append((Path(problem.filename), problem))

        for folder, below, names in os.walk(root / room, onerror=closed):
            at = Path(folder)
            found.extend((at / name, None) for name in (*names, *below) if not _passed(at, name))
            below[:] = [name for name in below if not ignored(name)]
        yield from sorted(found, key=lambda each: each[0].as_posix())


def _passed(folder: Path, name: str) -> bool:
    """Whether something in a folder is none of our business: a folder, litter of a program."""
    path = folder / name
    if name.casefold().endswith(".csv") and path.is_dir():
        return ignored(name)
    told = folder.name == "data" and _is_copy(f"data/{name}")
    return (path.is_dir() and not path.is_symlink()) or (ignored(name) and not told)


def _read(path: Path, home: Path, known: _Seen | None) -> _Seen:
    """Read one file through one handle, so that it cannot become another file meanwhile."""
    target = path.resolve(strict=True)
    if not target.is_relative_to(home):
        return _refused(
            "the file is a link that leaves the project",
            "该文件是指向项目之外的链接",
            Text("copy the file itself here", "请把文件本身复制到这里"),
        )
    # A pipe would wait for its writer, and a link put here since would be followed.
    handle = os.open(target, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            return _refused("this is not a regular file", "这不是普通文件")
        if before.st_size > LARGEST:
            return _refused(
                f"the file has {before.st_size:,} bytes, the limit is {LARGEST:,}",
                f"文件大小为{before.st_size}字节，超过上限{LARGEST}字节",
                Text("split it or remove what is not data", "请拆分文件，或删除非数据内容"),
            )
        mark = _mark(before)
        if known is not None and known.mark == mark and not known.fresh:
            return known
        content = file.read(LARGEST + 1)
        unfinished = target.suffix == ".csv" and not content.endswith(ENDS)
        after = os.fstat(handle)
        fresh = _mark(after) != mark or _fresh(after, SETTLED * (10 if unfinished else 1))
        return _Seen(mark, content, fresh=fresh, unfinished=unfinished)


def _mark(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _fresh(status: os.stat_result, patience: float) -> bool:
    """Whether a file changed just now, or by its clock will: then nobody knows."""
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    return changed > time.time_ns() - int(patience * 1e9)


def _refused(en: str, zh: str, hint: Text | None = None) -> _Seen:
    return _Seen((), wrong=(Text(en, zh), hint or _REMOVE))


_REMOVE = Text("remove it from the folder", "请将其移出文件夹")


def _unreadable(fault: Exception, what: Text = Text("file", "文件")) -> _Seen:  # noqa: B008
    why = reason.of(fault)
    return _Seen(
        (),
        wrong=(
            Text(f"the {what.en} cannot be read: {why.en}", f"无法读取该{what.zh}：{why.zh}"),
            Text("allow reading it, or remove it", "请开放读取权限，或将其移走"),
        ),
    )
