"""Takes an HTML page apart into its texts, in reading order.

The same reader takes the page as it was meant for the printer and a published file. A paragraph, a
heading, a cell, a label of a chart is an item; a footnote is one of its own.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from yearbook.audit.items import Item, Kind, Mark, Sort
from yearbook.audit.kin import dated, echoed, parted
from yearbook.audit.tags import Attributes, tell
from yearbook.model import Language

_BLOCKS = frozenset(
    "address article aside body caption dd desc div dl dt figcaption figure footer h1 h2 h3 h4 h5 "
    "h6 header html li main nav ol p section table tbody td text tfoot th thead title tr ul".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_SCREEN = frozenset({"skip", "editions", "elsewhere", "download"})
_PARTS = frozenset({"line", "number", "count", "continued", *_SCREEN})
_KINDS = {
    **dict.fromkeys(_SCREEN, Kind.SCREEN),
    "footnote": Kind.NOTE,
    "notes": Kind.NOTE,
    "continued": Kind.AGAIN,
}
_UNSEEN = frozenset({"script", "style"})
_PERIODS = ("period", "span", "start")
_SPACES = re.compile(r"[\s\u00a0]+")


@dataclass
class _Draft:
    """An item while it is read."""

    words: str = ""
    marks: list[Mark] = field(default_factory=list)

    def add(self, data: str) -> None:
        data = _SPACES.sub(" ", data)
        if not self.words or self.words.endswith(" "):
            data = data.lstrip(" ")
        self.words += data


@dataclass
class _Open:
    """An open element and what it says about its text."""

    tag: str
    language: Language
    kind: Kind
    anchor: str
    target: str
    mark: Mark | None = None
    breaks: bool = False
    note: bool = False
    hidden: bool = False


@dataclass
class _Reader:
    labels: Mapping[str, Collection[Item]]
    items: list[Item] = field(default_factory=list)
    drafts: list[_Draft] = field(default_factory=lambda: [_Draft()])
    open: list[_Open] = field(
        default_factory=lambda: [_Open("", Language.EN, Kind.TEXT, "", "", breaks=True)]
    )
    row: int = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            self._void(tag, attributes)
            return
        classes = set(attributes.get("class", "").split())
        made = _opened(tag, attributes, classes, self.open[-1])
        if made.note:
            self.open.append(made)
            self.drafts.append(_Draft())
            return
        made.breaks = tag in _BLOCKS or bool(classes & _PARTS)
        made.breaks = made.breaks or made.language is not self.open[-1].language
        if made.breaks:
            self._flush()
        if tag == "tr":
            self.row = len(self.items)
        if "id" in attributes and (tag == "caption" or "caption" in classes):
            self._name(made)
        if made.mark:
            made.mark = replace(made.mark, start=len(self.drafts[-1].words))
        self.open.append(made)

    def _name(self, caption: _Open) -> None:
        """On paper the caption bears the name of its figure: one that is parted over two pages
        would lead to its end."""
        for outer in reversed(self.open):
            outer.anchor = caption.anchor
            if outer.tag == "figure":
                break

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def _void(self, tag: str, attributes: dict[str, str]) -> None:
        source = attributes.get("src", "").removeprefix("asset:///")
        if tag == "img" and source in self.labels:
            self._flush()
            here = self.open[-1].anchor
            self.items.extend(replace(item, anchor=here) for item in self.labels[source])
        elif tag == "meta" and attributes.get("name") in ("author", "description"):
            language = self.open[-1].language
            self.items.append(Item(attributes.get("content", ""), language, Kind.HEAD))

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            return
        if self.open[-1].note:
            self._flush()
            self.drafts.pop()
            self.open.pop()
            return
        closed = self.open[-1]
        if closed.mark:
            end = len(self.drafts[-1].words)
            self.drafts[-1].marks.append(replace(closed.mark, end=end))
        if closed.breaks:
            self._flush()
        self.open.pop()
        if tag == "tr":
            self.items[self.row :] = dated(self.items[self.row :])

    def handle_data(self, data: str) -> None:
        if not self.open[-1].hidden:
            self.drafts[-1].add(data)

    def _flush(self) -> None:
        draft, here = self.drafts[-1], self.open[-1]
        words = draft.words.rstrip(" ")
        if here.kind is Kind.CHART:
            for part in parted(words):
                self.items.append(Item(part, here.language, here.kind, here.anchor))
        elif words:
            marks = (replace(mark, end=min(mark.end, len(words))) for mark in draft.marks)
            made = sorted(marks, key=lambda mark: (mark.start, -mark.end))
            self.items.append(
                Item(words, here.language, here.kind, here.anchor, here.target, tuple(made))
            )
        self.drafts[-1] = _Draft()


def items(page: str, labels: Mapping[str, Collection[Item]] | None = None) -> tuple[Item, ...]:
    """The texts of an HTML page; ``labels`` are those of its pictures, by the asset's name.

    >>> page = '<p lang="en">In <data class="figure" data-fact="a">9</data> towns</p>'
    >>> [(item.words, [mark.source for mark in item.marks]) for item in items(page)]
    [('In 9 towns', ['a'])]
    """
    reader = _Reader(labels or {})
    tell(page, reader)
    return tuple(echoed(reader.items))


def _opened(tag: str, attributes: Mapping[str, str], classes: set[str], outer: _Open) -> _Open:
    language = outer.language
    if lang := attributes.get("lang"):
        language = Language(lang[:2])
    anchor = outer.anchor
    named = tag in ("section", "figure", "table", "caption") or "caption" in classes
    if named and "id" in attributes:
        anchor = attributes["id"]
    address = attributes.get("href", "")
    target = address[1:] if tag == "a" and address.startswith("#") else outer.target
    made = _Open(tag, language, _kind(tag, classes, outer), anchor, target)
    made.mark = _mark(attributes, classes, made)
    made.note = "footnote" in classes
    made.hidden = outer.hidden or tag in _UNSEEN or _only_on_screen(tag, attributes, classes)
    return made


def _only_on_screen(tag: str, attributes: Mapping[str, str], classes: set[str]) -> bool:
    """The calls of notes and the ways back from them: numbered by the page itself on paper."""
    back = tag == "a" and attributes.get("href", "").startswith("#call-")
    return "call" in classes or back


def _kind(tag: str, classes: set[str], outer: _Open) -> Kind:
    if tag == "footer":
        return Kind.SCREEN
    for name in classes & _KINDS.keys():
        return _KINDS[name]
    if tag in ("title", "desc"):
        return Kind.ALT if outer.tag == "svg" else Kind.HEAD
    if tag == "thead":
        return Kind.COLUMN
    if tag in ("td", "th") and outer.kind is not Kind.COLUMN:
        return Kind.CELL
    return Kind.CHART if tag == "svg" else outer.kind


def _mark(attributes: Mapping[str, str], classes: set[str], here: _Open) -> Mark | None:
    fact = attributes.get("data-fact")
    if fact is not None:
        sort = Sort.DERIVED if "(" in fact else Sort.FACT
        period = attributes.get("data-period", "")
        return Mark(0, 0, sort, fact, period, attributes.get("value", ""))
    if "period" in classes:
        name = next(form for form in _PERIODS if f"data-{form}" in attributes)
        return Mark(0, 0, Sort.PERIOD, attributes[f"data-{name}"], name)
    for sort in (Sort.LITERAL, Sort.REASON):
        if sort.value in classes:
            return Mark(0, 0, sort, attributes[f"data-{sort}"])
    if "see" in classes:
        return Mark(0, 0, Sort.REFERENCE, attributes["href"][1:])
    if classes & {"count", "number"}:
        return Mark(0, 0, Sort.NUMBER, here.target or here.anchor)
    return Mark(0, 0, Sort.NUMBER, "edition") if "year" in classes else None
