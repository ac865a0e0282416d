"""The pages before the chapters: a title page, and one table of contents, one list of tables and
one of charts over all chapters, of what each chapter's own page lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from markupsafe import Markup

from yearbook.binding import Medium
from yearbook.book import Book
from yearbook.finding import Finding
from yearbook.model import Edition
from yearbook.page import Layout, filled, style
from yearbook.volume.gather import HOLDER
from yearbook.words import WORDS


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list: its markup, the class it has, and the name of the place it leads to."""

    words: Markup
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What the page of a chapter says of itself: its title, and its lists, each with a heading."""

    title: Markup
    lists: tuple[tuple[Markup, tuple[Entry, ...]], ...]


@dataclass(frozen=True, slots=True)
class Front:
    """The page before the chapters, still without numbers; where its entries lead, in their order
    and by the names of its links: the place of a chapter among them, from 1, and a name in it."""

    html: str
    entries: Mapping[str, tuple[int, str]]
    findings: tuple[Finding, ...]


def excerpt(screen: bytes) -> bytes:
    """The part of a page from its title to the end of its last list.

    >>> excerpt(b"<style>a</style><h1>A</h1><nav><ol></ol></nav><main>b</main>")
    b'<h1>A</h1><nav><ol></ol></nav>'
    """
    return screen[screen.rfind(b"<h1") : screen.rfind(b"</nav>") + len(b"</nav>")]


def listed(screen: str) -> Listed:
    """Read the title and the lists of a chapter from its page for the screen.

    >>> made = listed('<h1>A</h1><nav class="contents"><h2>C</h2><ol><li class="front">'
    ...     '<a href="#s"><span class="entry">One</span></a></li></ol></nav>')
    >>> made.title, made.lists[0][1][0].target
    (Markup('A'), 's')
    """
    reader = _Reader()
    reader.feed(screen)
    reader.close()
    lists = tuple((Markup(head), tuple(entries)) for head, entries in reader.lists)  # noqa: S704
    return Listed(Markup(reader.title), lists)  # noqa: S704 - a page of our own making


@dataclass
class _Reader(HTMLParser):
    """Keeps the markup within headings and links of lists of contents."""

    title: str = ""
    lists: list[tuple[str, list[Entry]]] = field(default_factory=list)
    within: bool = False
    kind: str = ""
    target: str = ""
    taken: str = ""
    taking: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if self.taking:
            self.taken += self.get_starttag_text() or ""
        elif tag == "nav" and "contents" in (told.get("class") or "").split():
            self.within = True
            self.lists.append(("", []))
        elif self.within and tag == "li":
            self.kind = told.get("class") or ""
        elif (self.within and tag in ("h2", "a")) or tag == "h1":
            self.taking, self.taken = tag, ""
            self.target = (told.get("href") or "").removeprefix("#")

    def handle_data(self, data: str) -> None:
        if self.taking:
            self.taken += escape(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "nav":
            self.within = False
        if tag != self.taking:
            self.taken += f"</{tag}>" if self.taking else ""
            return
        self.taking = ""
        if tag == "h1":
            self.title = self.taken
        elif tag == "h2":
            self.lists[-1] = (self.taken, self.lists[-1][1])
        else:
            words = Markup(self.taken)  # noqa: S704 - a page of our own making
            self.lists[-1][1].append(Entry(words, self.kind, self.target))


@dataclass
class Register:
    """Gives each entry its link, in the order in which they are asked for."""

    entries: dict[str, tuple[int, str]] = field(default_factory=dict)

    def link(self, chapter: int, target: str = "") -> Markup:
        """The attributes of a link to a place in a chapter, or to its first page."""
        # A stroke sorts before every slug, so these names come first in the tree of names.
        name = f"/{len(self.entries) + 1:05}"
        self.entries[name] = (chapter, target)
        return Markup('id="{}" href="#{}" data-page="{}"').format(name, name, HOLDER)


def front(book: Book, edition: Edition, chapters: Sequence[Listed], layout: Layout) -> Front:
    """Fill book.html."""
    register, findings = Register(), list[Finding]()
    heads = max((each.lists for each in chapters), key=len, default=())
    names = {
        "book": book,
        "edition": edition,
        "languages": edition.languages,
        "chapters": chapters,
        "heads": [head for head, _ in heads],
        "link": register.link,
        "word": lambda name, language: WORDS[name].of(language),
        "style": Markup(style(layout, Medium.PRINT)),  # noqa: S704 - the designer's own files
    }
    page = filled(layout.templates, "book.html", names, findings)
    return Front(str(page), register.entries, tuple(findings))
