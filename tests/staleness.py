"""Edits of every kind to a small project, and the proof that what is built after them is what a
build from nothing gives, byte for byte. Used by a test, and for hours by tools/torture_cache.py.
"""

import os
import random
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.small import small
from yearbook import build, receipt
from yearbook.build import Built
from yearbook.gallery import load_charts
from yearbook.model import Text

Edit = Callable[["Bench"], object]
RULE = "heads_are_sent,warning,heads = sent,all sent are heads,派出人员均为组长\n"
WAIVER = (
    "rule,where,expected_difference,reason_en,reason_zh,evidence,approved_by,until_edition\n"
    "heads_are_sent,heads,-412,not all of them are heads,并非均为组长,,editor,2012\n"
)


@dataclass
class Bench:
    """A small project, with a toolkit, a package and an environment of its own to change."""

    folder: Path
    random: random.Random
    cold: dict[str, Built] = field(default_factory=dict)
    first: dict[str, bytes] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """The project."""
        return self.folder / "book"

    def swap(self, file: str, one: str, other: str) -> None:
        """Put other words in the place of some; if they are there already, put them back."""
        path = self.root / file
        text = path.read_text("utf-8")
        assert (one in text) or (other in text), (file, one)
        new = text.replace(other, one) if other in text else text.replace(one, other)
        stamps = path.stat()
        path.write_text(new, "utf-8")
        os.utime(path, ns=(stamps.st_atime_ns, stamps.st_mtime_ns))  # time must tell nothing

    def toggle(self, path: Path, content: bytes) -> None:
        """Put a file there, or take it away."""
        if path.exists():
            path.unlink()
        else:
            path.write_bytes(content)

    def reset(self) -> None:
        """Put all files back as they were first; the cache stays."""
        for name, place in receipt.inputs(str(self.root)):
            if name not in self.first:
                Path(place).unlink()
        for name, content in self.first.items():
            path = self.root / name
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)
        (self.folder / "code" / "b.py").unlink(missing_ok=True)
        os.environ.pop("SOURCE_DATE_EPOCH", None)

    def entries(self) -> list[Path]:
        """What the cache holds."""
        return sorted((self.root / build.CACHE).glob("??/*"))

    def state(self) -> str:
        """The digest of all that a build hangs on."""
        names = receipt.inputs(str(self.root))
        found = [*names, *receipt.digests([path for _, path in names])]
        return sha256(repr((found, os.environ.get("SOURCE_DATE_EPOCH"))).encode()).hexdigest()


def bench(folder: Path, seed: int) -> Bench:
    """A fresh project; the toolkit and a package as the receipts see them are files beside it."""
    made = Bench(folder, random.Random(seed))  # noqa: S311 - edits are no secrets
    small(made.root)
    for name in ("code/a.py", "site/x-1.dist-info"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    made.first = {n: Path(path).read_bytes() for n, path in receipt.inputs(str(made.root))}
    return made


def _font(at: Bench) -> None:
    """Exchange two font files, and their digests in the list."""
    fonts = at.root / "templates" / "fonts"
    one, other = (fonts / f"NotoSans-{cut}.ttf.xz" for cut in ("Bold", "Regular"))
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    rows = (fonts / "fonts.csv").read_text("utf-8").split("\n")
    bold, regular = (
        next(r for r in rows if r.startswith(p.name)).split(",")[4] for p in (one, other)
    )
    swapped = {bold: regular, regular: bold}
    cells = [[swapped.get(cell, cell) for cell in row.split(",")] for row in rows]
    (fonts / "fonts.csv").write_text("\n".join(",".join(row) for row in cells), "utf-8")


def _spoil(at: Bench) -> None:
    """Cut off, alter, exchange or delete some entries of the cache."""
    for path in at.random.sample(at.entries(), min(5, len(at.entries()))):
        content = path.read_bytes()
        how = at.random.randrange(4)
        if how == 0:
            path.write_bytes(content[: at.random.randrange(len(content))])
        elif how == 1:
            place = at.random.randrange(len(content))
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        elif how == 2:
            path.write_bytes(at.random.choice(at.entries()).read_bytes())
        else:
            path.unlink()


def _waiver(at: Bench) -> None:
    at.swap("data/people/rules.csv", "message_zh\n", f"message_zh\n{RULE}")
    at.toggle(at.root / "data/people/exceptions.csv", WAIVER.encode())


def _package(at: Bench) -> None:
    one, two = (at.folder / "site" / f"x-{version}.dist-info" for version in (1, 2))
    (one if one.exists() else two).rename(two if one.exists() else one)


def _date(at: Bench) -> None:
    if os.environ.pop("SOURCE_DATE_EPOCH", None) is None:
        os.environ["SOURCE_DATE_EPOCH"] = "86400"


EDITS: Mapping[str, Edit] = {
    "cell": lambda at: at.swap("data/people/people.csv", "heads,2010,25", "heads,2010,26"),
    "quoted cell": lambda at: at.swap(
        "data/people/people.csv", "437,person,,437", "439,person,,439"
    ),
    "row moved": lambda at: at.swap("data/people/people.csv", "note\nsent", "note\n\nsent"),
    "label": lambda at: at.swap("data/people/codes.csv", "Group heads,组长", "Leaders,团长"),
    "template word": lambda at: at.swap(
        "templates/chapters/people/en.md", "The ministry sent", "In all it sent"
    ),
    "Chinese word": lambda at: at.swap("templates/chapters/people/zh.md", "派出{{", "共派出{{"),
    "page template": lambda at: at.swap("templates/macros.html", "<table", '<table data-x="y"'),
    "theme colour": lambda at: at.swap(
        "templates/theme.toml", 'first = "#12385b"', 'first = "#12395b"'
    ),
    "screen": lambda at: at.swap("templates/screen.css", "106%", "105%"),
    "chart code": lambda at: at.swap("figures/sent.py", "0.6", "0.7"),
    "imported helper": lambda at: at.swap("figures/_axis.py", "1, 0.5", "1, 0.4"),
    "chart comment": lambda at: at.swap("figures/heads.py", "A bar as", "A rod as"),
    "font": _font,
    "rule": lambda at: at.swap("data/people/rules.csv", "heads <= sent", "heads >= sent"),
    "rule and waiver": _waiver,
    "package": _package,
    "toolkit": lambda at: at.toggle(at.folder / "code" / "b.py", b""),
    "date": _date,
    "cache spoilt": _spoil,
    "cache lost": lambda at: shutil.rmtree(at.root / ".yearbook", ignore_errors=True),
}


def _built(at: Bench, jobs: int) -> Built:
    said: list[Text] = []
    return build.build(at.root, load_charts(at.root), jobs, said.append)


def surrounded(at: Bench) -> Callable[[], None]:
    """Let receipts see the bench's toolkit and package; gives what takes that back."""
    code, path, date = receipt._CODE, [*sys.path], os.environ.pop("SOURCE_DATE_EPOCH", None)
    receipt._CODE = str(at.folder / "code")
    sys.path.append(str(at.folder / "site"))

    def back() -> None:
        receipt._CODE, sys.path[:] = code, path
        os.environ.pop("SOURCE_DATE_EPOCH", None)
        if date is not None:
            os.environ["SOURCE_DATE_EPOCH"] = date

    return back


def compare(at: Bench) -> Built:
    """Build on what the cache holds and from nothing; both must give the same."""
    warm = _built(at, at.random.choice([1, 2]))
    state = at.state()
    if state not in at.cold:
        kept = at.root / ".yearbook"
        aside = at.folder / "aside"
        kept.rename(aside)
        at.cold[state] = _built(at, at.random.choice([1, 2]))
        shutil.rmtree(kept)
        aside.rename(kept)
    cold = at.cold[state]
    assert warm.findings == cold.findings
    assert [a.name for a in warm.artifacts] == [a.name for a in cold.artifacts]
    for one, other in zip(warm.artifacts, cold.artifacts, strict=True):
        assert one.content == other.content, one.name
    return warm


def sequence(at: Bench, length: int) -> list[str]:
    """A random sequence of edits, compared after each; gives their names. Each sequence begins
    with the same files and whatever the cache then holds."""
    done: list[str] = []
    at.reset()
    for _ in range(length):
        name = at.random.choice(sorted(EDITS))
        done.append(name)
        EDITS[name](at)
        try:
            compare(at)
        except Exception as fault:
            fault.add_note(f"after {done}")
            raise
    return done
