"""Which instances are printed when somebody asks for some of them only."""

from collections.abc import Iterable, Mapping

from yearbook.book import Book, Chapter
from yearbook.model import Text
from yearbook.records import UnknownError, suggestion

Only = Mapping[str, frozenset[str]]
"""The texts that columns of the list of instances may hold."""


def asked(filters: Iterable[str]) -> Only:
    """Filters as they are typed, ``column=value`` or ``column=value,value``.

    Raises `yearbook.records.UnknownError` for anything else.

    >>> sorted(asked(["province=52,53"])["province"])
    ['52', '53']
    """
    found: dict[str, frozenset[str]] = {}
    for typed in filters:
        column, equals, values = typed.partition("=")
        if not (column and equals and values):
            raise UnknownError(
                Text(f'"{typed}" is no filter', f"“{typed}”不是筛选条件"),
                Text("write it as --only province=520000", "请写作 --only province=520000"),
            )
        found[column] = found.get(column, frozenset()) | frozenset(values.split(","))
    return found


def chosen(book: Book, only: Only) -> tuple[Chapter, ...]:
    """The chapters to print: of those made for each row of a list, the ones asked for; all others.

    Raises `yearbook.records.UnknownError` if no instance is left.
    """
    if not only:
        return book.chapters
    found = tuple(each for each in book.chapters if each.instance and _has(each, only))
    if not found:
        keys = [each.instance.key for each in book.chapters if each.instance]
        if not keys:
            raise UnknownError(
                Text(
                    "no chapter of this book is made for each row of a list",
                    "本书没有按列表逐行生成的章节",
                ),
                Text(
                    "leave out --only: it chooses among such chapters",
                    "请去掉 --only：它只用于筛选这类章节",
                ),
            )
        wanted = " ".join(f"{column}={','.join(sorted(only[column]))}" for column in only)
        raise UnknownError(
            Text(f"no instance has {wanted}", f"没有符合 {wanted} 的实例"),
            suggestion(next(iter(sorted(next(iter(only.values()))))), keys),
        )
    slugs = {each.slug for each in found}
    return tuple(each for each in book.chapters if not each.instance or each.slug in slugs)


def _has(chapter: Chapter, only: Only) -> bool:
    entries = chapter.lists.get(chapter.instance.list, ()) if chapter.instance else ()
    return any(
        all(column in entry.cells and entry.code(column) in only[column] for column in only)
        for entry in entries
    )
