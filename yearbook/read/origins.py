"""Where the cells of an instance's files stand in the files that editors keep.

Findings name the cell that an editor can open, and the instance it concerns; what several
instances have alike is said once.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from yearbook.book import Chapter
from yearbook.finding import Finding
from yearbook.model import Cell, Place, Text

_NAMED = re.compile(
    r"(?:data|templates/chapters)/[a-z0-9-]+/[\w.-]*\.[a-z]+(?::[0-9]+(?::[0-9]+)?)?"
)
_CELL = re.compile(r"([\w.-]+\.csv) ([A-Z]+[0-9]+)")
_COLUMN = re.compile("[A-Z]+")
_SHOWN = 3
Cells = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class _Cut:
    """A file made from another: its rows as they stand there, and the lines they begin at here;
    no rows if all lines stay where they are."""

    file: str
    rows: Cells
    lines: tuple[int, ...]


@dataclass
class Origins:
    """The files of all instances, each with the one it was cut from."""

    cuts: dict[str, _Cut] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)

    def instance(self, stem: str, slug: str) -> None:
        """Note an instance of a chapter."""
        self.stems[slug] = stem

    def add(self, name: str, original: str, rows: Cells) -> None:
        """Note a file of an instance, with its header and rows as they stand in the original."""
        lines: list[int] = []
        line = 1
        for row in rows:
            lines.append(line)
            line += 1 + sum(cell.text.count("\n") for cell in row)
        self.cuts[name] = _Cut(original, rows, tuple(lines))

    def place(self, place: Place) -> Place:
        """Where an editor finds what stands at a place.

        >>> origins = Origins()
        >>> cell = Cell("7", Place("data/a/x.csv", 9, 3, "B9"))
        >>> origins.add("data/a-1/x.csv", "data/a/x.csv", [[cell, cell], [cell, cell]])
        >>> str(origins.place(Place("data/a-1/x.csv", 2, 1, "B2")))
        'data/a/x.csv:9:3'
        """
        cut = self.cuts.get(place.file)
        if cut is None:
            return place
        if not cut.rows or not place.line:
            return replace(place, file=cut.file)
        row = cut.rows[bisect_right(cut.lines, place.line) - 1]
        found = _COLUMN.match(place.cell or "")
        number = _number(found[0]) if found else 1
        home = row[min(number, len(row)) - 1].place
        return home if found else Place(cut.file, home.line)

    def told(self, findings: Iterable[Finding], names: Mapping[str, Text]) -> Iterator[Finding]:
        """The findings as an editor can use them; ``names`` says what the instances are called."""
        found: dict[Finding, list[str]] = {}
        for finding in findings:
            slug = self.slug(finding)
            known = found.setdefault(self._moved(finding), [])
            if slug not in known:
                known.append(slug)
        count = Counter(self.stems.values())
        for finding, slugs in found.items():
            if "" in slugs or len(slugs) == count[self.stems[slugs[0]]] > 1:
                yield finding
            else:
                who = _names([names.get(slug, Text(slug, slug)) for slug in slugs])
                what = finding.what
                said = Text(f"{who.en}: {what.en}", f"{who.zh}：{what.zh}")
                yield replace(finding, what=said)

    def slug(self, finding: Finding) -> str:
        """The instance that a finding concerns, or nothing."""
        places = (finding.place, *(each.place for each in finding.suspects))
        folders = (part for place in places for part in place.file.split("/")[:-1])
        return next((folder for folder in folders if folder in self.stems), "")

    def _moved(self, finding: Finding) -> Finding:
        slug = self.slug(finding)
        if not slug:
            return finding
        places = [finding.place, *(each.place for each in finding.suspects)]
        known = {f"{each.file.rpartition('/')[2]} {each.cell}": each for each in reversed(places)}
        suspects = tuple(replace(each, place=self.place(each.place)) for each in finding.suspects)
        return replace(
            finding,
            place=self.place(finding.place),
            what=self._said(finding.what, slug, known),
            hint=self._said(finding.hint, slug, known),
            suspects=suspects,
        )

    def _said(self, text: Text, slug: str, known: Mapping[str, Place]) -> Text:
        """A text with the places it names, as in "data/x/a.csv:3:1" or "a.csv B3": a cell that the
        finding concerns, else one of the instance."""

        def at(found: re.Match[str]) -> str:
            words, cell = found.groups()
            # Chinese words may stand right before the name of the file, which may be Chinese, too.
            for start in range(len(words)):
                if not start or not words[start - 1].isascii():
                    name = words[start:]
                    spot = known.get(f"{name} {cell}") or self._spot(f"data/{slug}/{name}", cell)
                    if spot:
                        return f"{words[:start]}{name} {self.place(spot).cell}"
            return found[0]

        en, zh = (_CELL.sub(at, _NAMED.sub(self._named, one)) for one in (text.en, text.zh))
        return Text(en, zh)

    def _spot(self, file: str, cell: str) -> Place | None:
        """A cell of a file of an instance; in one that was cut its row is known by its number."""
        if file not in self.cuts:
            return None
        lines, row = self.cuts[file].lines, int(_COLUMN.sub("", cell))
        return Place(file, lines[min(row, len(lines)) - 1] if lines else row, cell=cell)

    def _named(self, found: re.Match[str]) -> str:
        file, *numbers = found[0].split(":")
        line, column = (*map(int, numbers), 0, 0)[:2]
        return str(self.place(Place(file, line, column)))


def named(chapter: Chapter) -> Text:
    """What an instance is called: by its code's label, with the code.

    >>> from yearbook.specimen import records
    >>> named(records().chapter).en
    'specimen'
    """
    if chapter.instance is None:
        return Text(chapter.slug, chapter.slug)
    by, key = chapter.instance.by, chapter.instance.key
    labels = (code.label for code in chapter.codes if (code.dimension, code.code) == (by, key))
    label = next(labels, None)
    if label is None:
        return Text(key, key)
    return Text(f"{label.en} ({key})", f"{label.zh}（{key}）")


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _names(names: Sequence[Text]) -> Text:
    """The instances that a finding concerns, the first of many.

    >>> _names([Text(name, name) for name in "abcde"]).en
    'a, b, c and 2 more'
    """
    en = ", ".join(name.en for name in names[:_SHOWN])
    zh = "、".join(name.zh for name in names[:_SHOWN])
    more = len(names) - _SHOWN
    return Text(f"{en} and {more} more", f"{zh}等{len(names)}处") if more > 0 else Text(en, zh)
