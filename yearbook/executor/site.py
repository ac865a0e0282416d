"""A project as it came over to a worker: common files first, then the files of one order each."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from yearbook import doctor, fonts, graph, receipt, templates
from yearbook.codec import digest
from yearbook.draft import Draft
from yearbook.executor.parcel import Parcel
from yearbook.gallery import load_charts
from yearbook.kit import Kit
from yearbook.memo import Memo
from yearbook.model import Edition, Text
from yearbook.node import Cache, digests
from yearbook.order import Order, warm
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.rehearsal import load

_FONTS = "templates/fonts"
_ON_DISK = ("figures/", f"{_FONTS}/")
"""What is loaded from files: charts are modules, and fonts are proved by their list."""
_CHAPTERS = 4


def around() -> dict[str, str]:
    """What editions are made with here: the toolkit, the packages, the interpreter, the system's
    libraries."""
    return {**graph.base(receipt.surroundings()), **doctor.system_libraries()}


def stranger(wanted: Mapping[str, str], here: Mapping[str, str]) -> Text | None:
    """What is another here than where the orders come from; None if nothing is.

    >>> stranger({"code": "1", "pango": "1.50"}, {"code": "2", "pango": "1.50"}).en
    'other code'
    >>> stranger({"code": "1"}, {"code": "1"})
    """
    other = sorted(n for n in {*wanted, *here} if wanted.get(n) != here.get(n))
    if not other:
        return None
    return Text(f"other {', '.join(other)}", f"版本不同：{'、'.join(other)}")


@dataclass(frozen=True, slots=True)
class Site:
    """What all orders of a build have in common, ready to work with."""

    files: Mapping[str, bytes]
    kit: Kit
    read: Memo[str, Draft] = field(default_factory=lambda: Memo(_CHAPTERS))

    @classmethod
    def of(cls, common: Parcel, folder: Path) -> "Site":
        """Lay out in a folder what must be there as files, and load it."""
        for name, content in common.files.items():
            if name.startswith(_ON_DISK):
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        reading = read(Snapshot(common.files, ()))
        kit = Kit(
            templates.texts(common.files),
            reading.theme,
            fonts.load(folder / _FONTS),
            load_charts(folder),
            datetime.fromisoformat(common.head["created"]),
            common.files,
            system=dict(common.head["system"]),
            cache=Cache(base=dict(common.head["base"])),
        )
        warm(kit, reading.book.limits)
        if kit.charts:  # with no cache here, each is drawn
            load(kit, kit.charts.values())
        return cls(common.files, kit)

    def order(self, sent: Parcel) -> Order:
        """The order of a parcel; the editions of a chapter are read once."""
        files = {**self.files, **sent.files}
        slug = sent.head["chapter"]
        name = digest([slug, sorted(digests(sent.files).items())])
        draft = self.read.get(name)
        if draft is None:
            book = read(Snapshot(files, ())).book
            chapter = next(each for each in book.chapters if each.slug == slug)
            alone = replace(book, chapters=(chapter,)) if graph.apart(files) else book
            draft = self.read[name] = Draft(alone, chapter, digests(files))
        return Order(draft, Edition(sent.head["edition"]), replace(self.kit, files=files))
