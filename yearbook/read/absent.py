"""What a project names but does not have: the folder of a chapter, a table of a data package.

Told first and alone: whatever else misses the rows would advise to change what is right.
"""

import json
from collections.abc import Iterator, Mapping

from yearbook.finding import Finding, error
from yearbook.model import Place, Text
from yearbook.read.configured import Given, chapters, setting
from yearbook.read.snapshot import Snapshot, original

_PACKAGE = "datapackage.json"


def folders(snapshot: Snapshot, book: Given) -> Iterator[Finding]:
    """Chapters of which nothing is there, neither records nor texts."""
    there = sorted({name.split("/")[1] for name in snapshot.files if _within(name)})
    for chapter in chapters(book):
        slug = setting(chapter, "slug", str)
        rooms = f"data/{slug}/", f"templates/chapters/{slug}/"
        if not any(name.startswith(rooms) for name in snapshot.files):
            yield error(
                "file",
                chapter.place("slug"),
                Text(
                    f"the chapter {slug} has no folder data/{slug} and no texts",
                    f"章“{slug}”没有文件夹 data/{slug}，也没有正文",
                ),
                Text(
                    f"correct the slug, or rename the folder; there are: {', '.join(there) or '-'}",
                    f"请更正slug，或为文件夹改名；现有文件夹：{'、'.join(there) or '无'}",
                ),
            )


def _within(name: str) -> bool:
    """Whether a file lies in the folder of a chapter.

    >>> _within("data/land/area.csv"), _within("data/book.toml")
    (True, False)
    """
    return name.startswith("data/") and name.count("/") > 1


def tables(snapshot: Snapshot) -> Iterator[Finding]:
    """Tables that a data package lists and of which there is no file; one that could not be read
    is named as such already."""
    named = {finding.place.file for finding in snapshot.findings}
    copies = {original(name): name for name in sorted(named) if "/~$" not in name}
    for package in [name for name in snapshot.files if name.endswith(f"/{_PACKAGE}")]:
        for path in _listed(snapshot.files[package]):
            file = package.removesuffix(_PACKAGE) + path
            if file not in snapshot.files and file not in named:
                yield _absent(file, copies.get(file, ""))


def _absent(file: str, copy: str) -> Finding:
    found = copy.rpartition("/")[2]
    hint = Text(
        "take the file from the history; if it is no longer wanted, run `build.py describe`",
        "请从历史版本中恢复该文件；若已不再需要，请运行 `build.py describe`",
    )
    if found:
        hint = Text(f'rename "{found}" back', f"请将“{found}”改回原名")
    return error(
        "file",
        Place(file),
        Text(
            f"{_PACKAGE} lists this table, but the file is missing",
            f"{_PACKAGE} 列有此表，但缺少该文件",
        ),
        hint,
    )


def _listed(content: bytes) -> Iterator[str]:
    """The CSVs that a data package lists; one that is none is refused elsewhere."""
    try:
        listed = json.loads(content)["resources"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    for resource in listed if isinstance(listed, list) else ():
        path = resource.get("path") if isinstance(resource, Mapping) else None
        if isinstance(path, str) and path.endswith(".csv"):
            yield path
