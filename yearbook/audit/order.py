"""Whether the texts of a page stand in the order in which its tags read them.

A label that changed places with another is still read beside its own figures, but seen beside
others: the tags say what belongs together, the places on the paper show it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from yearbook.audit.look import Box
from yearbook.audit.runs import Run
from yearbook.audit.sheet import block
from yearbook.audit.tree import Path

_SLACK = 2.0
"""Points by which neighbours may overlap: italics, signs that hang."""
_CELLS = frozenset({"TD", "TH"})


def displaced(runs: Sequence[Run]) -> Iterator[tuple[int, str]]:
    """Page and words of each text that stands elsewhere than its tags say. ``runs`` in the order
    of their tags; the labels of charts, which stand where their shapes are, aside."""
    around = ((run, dict(run.path)) for run in runs if run.text.strip())
    texts = [(run, tags) for run, tags in around if "Figure" not in tags]
    yield from _lines([run for run, tags in texts if "TR" not in tags])
    for _, group in groupby(texts, key=lambda text: (text[0].page, text[1].get("Table", 0))):
        yield from _rows([(run, tags) for run, tags in group if "TR" in tags])


def _lines(runs: Sequence[Run]) -> Iterator[tuple[int, str]]:
    """A text goes on to the right or below, and so does the next paragraph or entry of a list."""
    last: Run | None = None
    for run in runs:
        if last and last.page == run.page and _akin(block(last.path), block(run.path)):
            right = run.box[0] >= last.box[2] - _SLACK
            if not right and _middle(run.box) > last.box[1] + _SLACK:
                yield run.page, run.text.strip()
        last = run


def _akin(one: Path, two: Path) -> bool:
    """Whether two blocks are the same, or beside each other and of one tag."""
    return one == two or bool(one and two and one[:-1] == two[:-1] and one[-1][0] == two[-1][0])


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


@dataclass(frozen=True, slots=True)
class _Piece:
    """The runs of a cell or of a row, and the box that holds them."""

    words: str
    box: Box


def _piece(runs: Sequence[Run]) -> _Piece:
    left, bottom, right, top = zip(*(run.box for run in runs), strict=True)
    words = " ".join(run.text.strip() for run in runs)
    return _Piece(words, (min(left), min(bottom), max(right), max(top)))


def _cell(tags: Mapping[str, int]) -> int:
    """The serial number of the innermost cell; 0 for none."""
    return max(tags.get(tag, 0) for tag in _CELLS)


def _rows(texts: Iterable[tuple[Run, Mapping[str, int]]]) -> Iterator[tuple[int, str]]:
    """Each row of a table stands below the one before, each cell to the right of the one before."""
    above: Box | None = None
    for _, group in groupby(texts, key=lambda text: text[1]["TR"]):
        row = list(group)
        whole = _piece([run for run, _ in row])
        if above and whole.box[3] > above[1] + _SLACK:
            yield row[0][0].page, whole.words
        above = whole.box
        before: Box | None = None
        for _, cell in groupby(row, key=lambda text: _cell(text[1])):
            piece = _piece([run for run, _ in cell])
            if before and piece.box[0] < before[2] - _SLACK:
                yield row[0][0].page, piece.words
            before = piece.box
