"""A finished PDF that is being made ready to be bound."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from yearbook.model import Text
from yearbook.volume.gathering import Type
from yearbook.volume.objects import Objects
from yearbook.volume.stamp import Digits
from yearbook.volume.tags import Tags


class UnboundError(ValueError):
    """A PDF that cannot be bound: on which page, why, and what to do."""

    def __init__(self, page: int, what: Text, hint: Text) -> None:
        super().__init__(what.en)
        self.page = page
        self.what = what
        self.hint = hint


_MIXED = (
    Text("the contents of the chapter stand on one page with text", "本章目录与正文同在一页"),
    Text(
        "let the text begin on a page of its own: break-before in templates/page.css",
        "请让正文另起一页：在 templates/page.css 中使用 break-before",
    ),
)


@dataclass
class Job:
    """A PDF being taken apart: its pages that stay, by the numbers of their objects, the number
    that each prints, and what is found in it."""

    pdf: pikepdf.Pdf
    slug: str
    objects: Objects
    tags: Tags
    parts: Sequence[int]
    pages: dict[int, pikepdf.Page]
    types: list[Type] = field(default_factory=list)
    digits: dict[str, Digits] = field(default_factory=dict)
    roots: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, pdf: pikepdf.Pdf, slug: str, *, whole: bool) -> "Job":
        """Begin; what is not to be taken ``whole`` loses its contents. Raises `UnboundError`."""
        tags = Tags.of(pdf)
        contents = [] if whole else tags.contents()
        parts = [part for part in tags.parts if part not in contents]
        numbers = [page.obj.objgen[0] for page in pdf.pages]
        listed, told = tags.pages(contents), tags.pages(parts)
        for at, number in enumerate(numbers, 1):
            if number in listed & told:
                raise UnboundError(at, *_MIXED)
        pages = dict(zip(numbers, pdf.pages, strict=True))
        kept = {number: page for number, page in pages.items() if number not in listed}
        prefix = f"{slug}/".encode() if slug else b""
        return cls(pdf, slug, Objects(pdf, prefix), tags, parts, kept)
