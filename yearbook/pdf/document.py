"""What is printed, and what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from yearbook.finding import Finding
from yearbook.model import Place

#: Where the findings of this package are: the caller knows which edition was printed.
PLACE = Place("pdf")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the PDF: the data the page was made from."""

    name: str
    content: bytes = field(repr=False)
    media_type: str
    description: str


Enclose = Callable[[bytes], tuple[Attachment, ...]]
"""Makes files to attach once the pages are known: of the finished PDF, still without them."""


@dataclass(frozen=True, slots=True)
class Document:
    """A page to print.

    ``html`` is whole and refers to its ``assets`` as ``asset:///name`` (charts, fonts in TTF).
    ``created`` is the date the file shall bear, with its time zone; it stands in the metadata and
    on each attachment, so that the same page gives the same bytes on any day. Raises ValueError
    if it has no time zone: it would be another date on another machine. What ``enclose`` makes of
    the draft is attached too.
    """

    html: str = field(repr=False)
    assets: Mapping[str, bytes] = field(repr=False)
    created: datetime
    attachments: tuple[Attachment, ...] = ()
    enclose: Enclose | None = None

    def __post_init__(self) -> None:
        if self.created.tzinfo is None:
            raise ValueError("the date of a document needs a time zone")


@dataclass(frozen=True, slots=True)
class Printed:
    """The finished PDF, and all that is wrong with it. ``content`` is empty if nothing could be
    printed at all."""

    content: bytes = field(repr=False)
    pages: int
    findings: tuple[Finding, ...]
