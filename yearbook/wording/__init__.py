"""Which wording of a paragraph a person has confirmed in both languages; what changed since.

A paragraph is known by marks: one short digest for each of its sentences, figures by their names.
The records may give other numbers without a mark changing; other words change one. Nothing of the
wording itself is stored.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yearbook.book import Confirmation
from yearbook.finding import Finding, Severity, error
from yearbook.model import Language, Place, Text
from yearbook.wording.sentence import difference, mark, sentences

if TYPE_CHECKING:
    from yearbook.prose import Block, Manuscript, Section

COLUMNS = ("section", "paragraph", "en", "zh")
"""The columns of wording.csv."""
RULE = "stale"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, a list or (number 0) the heading of a section, in both languages."""

    section: str
    number: int
    words: Mapping[Language, str]
    places: Mapping[Language, Place]

    def marks(self, language: Language) -> str:
        """The marks of its sentences in one language, parted by blanks."""
        return " ".join(mark(sentence) for sentence in sentences(self.words[language]))

    def confirmation(self) -> Confirmation:
        """The row of wording.csv that confirms it as it stands."""
        return Confirmation(
            self.section, self.number, self.marks(Language.EN), self.marks(Language.ZH)
        )


def confirmation(section: str, paragraph: str, en: str, zh: str) -> Confirmation | None:
    """A row of wording.csv. One that the toolkit cannot have written counts for nothing, so that
    its paragraph must be confirmed again.

    >>> confirmation("a", "1.0", "x", "y")
    """
    if not (paragraph.isascii() and paragraph.isdigit()):
        return None
    return Confirmation(section, int(paragraph), en, zh)


def paragraphs(manuscripts: Mapping[Language, "Manuscript"]) -> Iterator[Paragraph]:
    """Everything an author writes in two manuscripts that run parallel."""
    en, zh = (manuscripts[language] for language in Language)
    for ours, theirs in zip(en.sections, zh.sections, strict=True):
        pairs = [((ours.heading, ours.place), (theirs.heading, theirs.place))]
        pairs += zip(_worded(ours), _worded(theirs), strict=True)
        for number, pair in enumerate(pairs):
            spoken = dict(zip(Language, pair, strict=True))
            yield Paragraph(
                ours.id,
                number,
                {language: words for language, (words, _) in spoken.items()},
                {language: place for language, (_, place) in spoken.items()},
            )


def _worded(section: "Section") -> list[tuple[str, Place]]:
    return [(b.template, b.place) for b in section.blocks if _has_words(b)]


def _has_words(block: "Block") -> bool:
    return block.kind in ("p", "ul", "ol")


def check(
    manuscripts: Mapping[Language, "Manuscript"], confirmed: tuple[Confirmation, ...] | None
) -> Iterator[Finding]:
    """Every paragraph whose wording is not as it was when both languages were last confirmed.

    ``confirmed`` is None where the chapter has no wording.csv: then one warning says so.
    """
    if confirmed is None:
        yield _unwatched(manuscripts[Language.EN])
        return
    for paragraph in paragraphs(manuscripts):
        known = [row for row in confirmed if row.section == paragraph.section]
        now = paragraph.confirmation()
        if not any((row.en, row.zh) == (now.en, now.zh) for row in known):
            yield _stale(paragraph, now, known)


def _stale(paragraph: Paragraph, now: Confirmation, known: Iterable[Confirmation]) -> Finding:
    """Which language changed is told by the other one, which is as it was confirmed."""
    for row in known:
        if now.zh == row.zh:
            return _one(paragraph, Language.EN, row.en)
        if now.en == row.en:
            return _one(paragraph, Language.ZH, row.zh)
    return error(
        RULE,
        paragraph.places[Language.ZH],
        Text(
            "nobody has confirmed that this paragraph says the same in both languages",
            "本段中英文是否一致尚未确认",
        ),
        Text(f"read both languages, then run: {_command(paragraph)}", _told_zh(paragraph)),
    )


def _one(paragraph: Paragraph, changed: Language, before: str) -> Finding:
    other = Language.ZH if changed is Language.EN else Language.EN
    en, zh = _NAMES[changed], _NAMES[other]
    shown = difference(paragraph.words[changed], before)
    return error(
        RULE,
        paragraph.places[other],
        Text(
            f"the {en.en} of this paragraph changed after its {zh.en} was confirmed: {shown}",
            f"本段{zh.zh}确认之后，{en.zh}又有改动：{shown}",
        ),
        Text(
            f"read the {en.en} again ({paragraph.places[changed]}), correct the {zh.en}, "
            f"then run: {_command(paragraph)}",
            f"请重读{en.zh}（{paragraph.places[changed]}），改好{zh.zh}，"
            f"再运行：{_command(paragraph)}",
        ),
    )


_NAMES = {Language.EN: Text("English", "英文"), Language.ZH: Text("Chinese", "中文")}


def confirm(
    manuscripts: Mapping[Language, "Manuscript"],
    confirmed: tuple[Confirmation, ...] | None,
    target: str = "",
) -> tuple[Confirmation, ...]:
    """The rows of wording.csv after a person confirmed a section, a paragraph of it, or all.

    What is not meant stays as it was confirmed; what is no longer in the text goes. Raises
    `LookupError` if the text has no such section or paragraph.
    """
    rows: list[Confirmation] = []
    found = False
    for paragraph in paragraphs(manuscripts):
        now = paragraph.confirmation()
        meant = target in ("", now.section, f"{now.section}/{now.paragraph}")
        found = found or meant
        kept = now if meant else _kept(now, confirmed or ())
        if kept is not None:
            rows.append(kept)
    if not found:
        raise LookupError(target)
    return tuple(rows)


def _kept(now: Confirmation, confirmed: Iterable[Confirmation]) -> Confirmation | None:
    """The row that best speaks of a paragraph: both languages as now, or one of them."""
    known = [row for row in confirmed if row.section == now.section]
    both = [row for row in known if (row.en, row.zh) == (now.en, now.zh)]
    one = [row for row in known if row.en == now.en or row.zh == now.zh]
    for row in (*both, *one):
        return Confirmation(now.section, now.paragraph, row.en, row.zh)
    return None


def _unwatched(manuscript: "Manuscript") -> Finding:
    place = manuscript.sections[0].place if manuscript.sections else Place("templates")
    return Finding(
        RULE,
        Severity.WARNING,
        Place(place.file),
        Text(
            "no wording is confirmed: an outdated translation would go unseen",
            "尚未确认任何段落，译文过时将无从发现",
        ),
        Text("read both texts, then run: make confirm", _CONFIRM_ALL),
    )


_CONFIRM_ALL = "请通读中英文，再运行：make confirm"


def _command(paragraph: Paragraph) -> str:
    return f'make confirm ARGS="{paragraph.section}/{paragraph.number}"'


def _told_zh(paragraph: Paragraph) -> str:
    return f"请对照中英文，再运行：{_command(paragraph)}"
