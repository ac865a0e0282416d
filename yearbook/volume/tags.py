"""Which pages and which tags of a chapter go into a volume: all but its own table of contents."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf

_STRINGS = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.DOTALL)
_KIDS = re.compile(rb"/K (\[[^\]]*\]|\d+ 0 R|\d+)")
_KID = re.compile(rb"(\d+) 0 R|(?<!/MCID )(?<![\d.])(\d+)(?! 0 R)|/MCID (\d+)")
_PAGE = re.compile(rb"/Pg (\d+) 0 R")
_NAME = re.compile(rb"/S (/\w+)")


@dataclass(frozen=True, slots=True)
class Tag:
    """An element: its name, the number of its page, the numbers of those below it and of its
    marked contents."""

    name: str
    page: int
    kids: tuple[int, ...]
    marked: tuple[int, ...]

    @classmethod
    def of(cls, text: bytes) -> "Tag":
        """Read an element as a PDF writes it.

        >>> Tag.of(b"<< /K [ 7 0 R 3 ] /P 1 0 R /Pg 9 0 R /S /Link /Type /StructElem >>")
        Tag(name='/Link', page=9, kids=(7,), marked=(3,))
        """
        bare = _STRINGS.sub(b"()", text)
        held = _KIDS.search(bare)
        found = [*_KID.finditer(held[1])] if held else []
        page, name = _PAGE.search(bare), _NAME.search(bare)
        return cls(
            name[1].decode() if name else "",
            int(page[1]) if page else 0,
            tuple(int(kid[1]) for kid in found if kid[1]),
            tuple(int(kid[2] or kid[3]) for kid in found if not kid[1]),
        )


@dataclass
class Tags:
    """The tags of a PDF by the numbers of their objects; those right below the document."""

    known: Mapping[int, Tag]
    parts: Sequence[int]
    owners: dict[int, dict[int, int]] = field(default_factory=dict)
    """By the number of a page: which element owns each marked content."""

    @classmethod
    def of(cls, pdf: pikepdf.Pdf) -> "Tags":
        """Read all tags of a PDF."""
        root = pdf.Root.StructTreeRoot.K[0]
        waiting, known = [root.objgen[0]], dict[int, Tag]()
        while waiting:
            number = waiting.pop()
            known[number] = tag = Tag.of(pdf.get_object((number, 0)).unparse(resolved=True))
            waiting.extend(tag.kids)
        made = cls(known, known[root.objgen[0]].kids)
        for number, tag in known.items():
            for marked in tag.marked:
                made.owners.setdefault(tag.page, {})[marked] = number
        return made

    def contents(self) -> list[int]:
        """The parts that are a list of contents: a heading and entries."""
        return [part for part in self.parts if self._lists(part)]

    def _lists(self, part: int) -> bool:
        return any(self.known[kid].name == "/TOC" for kid in self.known[part].kids)

    def below(self, parts: Sequence[int]) -> Iterator[int]:
        """The numbers of these parts and of all elements below them."""
        waiting = [*reversed(parts)]
        while waiting:
            yield (number := waiting.pop())
            waiting.extend(reversed(self.known[number].kids))

    def pages(self, parts: Sequence[int]) -> set[int]:
        """The numbers of the pages on which these parts show something."""
        tags = map(self.known.__getitem__, self.below(parts))
        return {tag.page for tag in tags if tag.marked}
