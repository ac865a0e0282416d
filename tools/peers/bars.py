"""What is compared with what, and how far below it the toolkit has to stay."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from peers.measure import Summary


@dataclass(frozen=True, slots=True)
class Bar:
    """A case of ours in parts of another case; without a limit the ratio is only stated."""

    ours: str
    other: str
    limit: float | None
    goal: float | None = None


BARS = (
    Bar("nothing changed", "Typst, English", 0.12, 0.04),
    Bar("nothing changed", "Sphinx HTML, nothing changed", 0.08, 0.025),
    Bar("one cell, two languages", "Typst, all charts, two languages", 0.7),
    Bar("one cell, two languages", "naive, two languages", 0.2),
    Bar("one cell, three editions", "one cell, two languages", 2.0),
    Bar("cold, three editions", "naive, three editions", 0.45),
    Bar("cold, three editions", "pandoc and XeLaTeX, three editions", 0.65),
    Bar("cold, two languages", "naive, two languages", None),
    Bar("cold, two languages", "pandoc and XeLaTeX, two languages", None),
    Bar("cold, two languages", "Typst, all charts, two languages", None),
    Bar("cold, two languages", "bookdown, two languages", None),
    Bar("cold, two languages", "Chromium, two languages", None),
    Bar("one word, three editions", "cold, three editions", None),
    Bar("one chart, three editions", "cold, three editions", None),
    Bar("one colour, three editions", "cold, three editions", None),
    Bar("book of 10, cold", "one document of 10", 0.45),
    Bar("book of 50, cold", "one document of 50", 0.45),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A ratio and what is to be said of it."""

    what: str
    value: float
    wall: float | None
    limit: float | None
    goal: float | None = None

    @property
    def verdict(self) -> str:
        """Whether the bar is kept, and the goal reached."""
        if self.limit is None:
            return "stated"
        if self.value > self.limit:
            return "not met"
        return "met, goal reached" if self.goal and self.value <= self.goal else "met"

    @property
    def line(self) -> str:
        """A row of the table.

        >>> Judged("a of b", 0.5, 0.25, 0.45).line
        '| a of b | 0.500 | 0.250 | 0.45 | not met |'
        """
        wall = "" if self.wall is None else f"{self.wall:.3f}"
        limit = "" if self.limit is None else f"{self.limit:g}"
        goal = f" (goal {self.goal:g})" if self.goal else ""
        return f"| {self.what} | {self.value:.3f} | {wall} | {limit}{goal} | {self.verdict} |"


def ratios(taken: Mapping[str, Summary]) -> Iterator[Judged]:
    """The bars of which both sides were measured."""
    for bar in BARS:
        if bar.ours in taken and bar.other in taken:
            ours, other = taken[bar.ours], taken[bar.other]
            yield Judged(
                f"{bar.ours} : {bar.other}",
                ours.worked / other.worked,
                ours.passed / other.passed,
                bar.limit,
                bar.goal,
            )


def others(taken: Mapping[str, Summary], sizes: Mapping[str, int]) -> Iterator[Judged]:
    """What is no ratio of two times: inputs, memory, growth, sizes."""
    if "nothing changed, 3,000 inputs" in taken:
        more = taken["nothing changed, 3,000 inputs"].worked - taken["nothing changed"].worked
        yield Judged("3,000 inputs more, nothing changed, ms", 1000 * more, None, 40)
    ours = [
        s.memory
        for name, s in taken.items()
        if name.endswith(("languages", "editions")) and name.startswith(("cold", "one "))
    ]
    if ours:
        yield Judged("largest process, MiB", max(ours), None, 150)
    for count in (10, 50, 200):
        name = f"book of {count}, cold"
        if name in taken:
            yield Judged(f"largest process, {name}, MiB", taken[name].memory, None, 300)
    for less, more in ((10, 50), (50, 200)):
        first, last = (taken.get(f"book of {count}, cold") for count in (less, more))
        if first and last:
            growth = last.worked / more / (first.worked / less)
            yield Judged(f"a chapter in a book of {more} : of {less}", growth, None, 1.1)
    for peer, limit in (("typst", 0.5), ("pandoc", 0.95)):
        pairs = [(sizes.get(e), sizes.get(f"{peer}-{e}")) for e in ("en", "zh")]
        if all(a and b for a, b in pairs):
            ratio = sum(a or 0 for a, _ in pairs) / sum(b or 0 for _, b in pairs)
            yield Judged(f"size of the PDFs, two languages : {peer}", ratio, None, limit)
