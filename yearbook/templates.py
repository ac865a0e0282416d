"""The templates of a project: what every build needs of them, and what their styles may not do."""

from collections.abc import Iterator, Mapping

from yearbook import stylesheet
from yearbook.finding import Finding, error
from yearbook.model import Place, Text
from yearbook.script import NAME, SCRIPT
from yearbook.theme import Theme

NEEDED = ("chapter.html", "index.html", "book.html", "common.css", "screen.css", "page.css")
"""What the pages are made of; other templates are for these to include."""
_FOLDER = "templates/"


def faults(files: Mapping[str, bytes], theme: Theme) -> Iterator[Finding]:
    """Templates that are missing or no text, and styles that add words to a page or hide some."""
    for name in NEEDED:
        try:
            files[f"{_FOLDER}{name}"].decode()
        except (KeyError, UnicodeDecodeError):
            yield error(
                "file",
                Place(f"{_FOLDER}{name}"),
                Text("the template is missing or not UTF-8 text", "模板缺失或不是UTF-8文本"),
                Text("put it back from the history of the project", "请从项目历史中恢复"),
            )
    schemes = (theme.colours, {**theme.colours, **theme.dark})
    for name in _named(files, ".css"):
        yield from stylesheet.lint(name, files[name].decode("utf-8", "replace"), schemes)


def texts(files: Mapping[str, bytes]) -> dict[str, str]:
    """The templates by name, and the toolkit's script for them to include."""
    names = (*_named(files, ".html"), *_named(files, ".css"))
    own = {name.removeprefix(_FOLDER): files[name].decode() for name in names}
    return {**own, NAME: SCRIPT}


def _named(files: Mapping[str, bytes], end: str) -> list[str]:
    return sorted(name for name in files if name.startswith(_FOLDER) and name.endswith(end))
