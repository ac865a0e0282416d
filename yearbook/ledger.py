"""The files that the toolkit keeps in data/, and writes only when a person asks for it.

wording.csv says which paragraphs were confirmed, coverage.csv what became of every numeral of the
source, published.csv what each edition said, datapackage.json what the tables are.
"""

from dataclasses import dataclass
from pathlib import Path

from yearbook import coverage, datapackage, parity, prose, wording, write
from yearbook.book import Chapter
from yearbook.checks.cells import typed
from yearbook.coverage import Holding, Mention, Ruling
from yearbook.finding import Finding, failing
from yearbook.manifest import written
from yearbook.model import Fact, Language, Qualifier, Text
from yearbook.read import Reading, canonical, header, lists, read
from yearbook.read.canonical import table
from yearbook.read.sheet import Sheet, parse
from yearbook.read.snapshot import Snapshot, take
from yearbook.records import Records, UnknownError, suggestion


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a confirmation came to: how many paragraphs stand confirmed, or why none could be."""

    rows: int
    findings: tuple[Finding, ...]


def confirm(root: Path, target: str) -> Confirmed:
    """Write down that the wording of a section, a paragraph (section/n) or all is confirmed.

    Raises `yearbook.records.UnknownError` if no chapter has such a paragraph.
    """
    reading = read(take(root))
    rows = 0
    known: list[str] = []
    for chapter in _kept(reading):
        texts = {of: prose.parse(text, of) for of, text in chapter.prose.items()}
        if set(texts) != set(Language):
            continue
        findings = [f for text in texts.values() for f in text.findings]
        findings += parity.structure(texts)
        if findings:
            return Confirmed(0, tuple(findings))
        known += [section.id for section in texts[Language.EN].sections]
        try:
            confirmed = wording.confirm(texts, chapter.confirmed, target)
        except LookupError:
            continue
        cells = [[row.section, str(row.paragraph), row.en, row.zh] for row in confirmed]
        write.put(root / _file(chapter, "wording.csv"), table((wording.COLUMNS, *cells)))
        rows += sum(
            target in ("", row.section, f"{row.section}/{row.paragraph}") for row in confirmed
        )
    if not rows:
        raise UnknownError(
            Text(f'the text has no paragraph "{target}"', f"文本中没有段落“{target}”"),
            suggestion(target.partition("/")[0], known),
        )
    return Confirmed(rows, ())


def _file(chapter: Chapter, name: str) -> str:
    return f"data/{chapter.folder}/{name}"


def _kept(reading: Reading) -> tuple[Chapter, ...]:
    """The chapters by their folders: one instance stands for all, whose files are common."""
    first = {chapter.folder: chapter for chapter in reversed(reading.book.chapters)}
    return tuple(reversed(first.values()))


def cover(root: Path, manuscript: str, slug: str, keep: bool) -> tuple[Mention, ...]:
    """What becomes of every numeral of a manuscript of a chapter (the first one if unnamed).

    With ``keep`` the ledger of the chapter is written anew; reasons that still hold stay in it.
    Raises `yearbook.records.UnknownError` for an unknown chapter.
    """
    snapshot = take(root)
    reading = read(snapshot)
    chapter = _chapter(reading, slug)
    ledger = _rulings(snapshot, chapter)
    records = Records(reading.book, chapter)
    mentions = coverage.survey(manuscript, records, ledger)
    if keep:
        rows = [
            (r.numeral, r.place, r.holding.value, r.id, r.reason)
            for r in (mention.ruling for mention in mentions)
        ]
        write.put(root / _file(chapter, "coverage.csv"), table((coverage.COLUMNS, *rows)))
    return mentions


def _chapter(reading: Reading, slug: str) -> Chapter:
    for chapter in reading.book.chapters:
        if slug in ("", chapter.slug, chapter.folder):
            return chapter
    raise UnknownError(
        Text(f'the book has no chapter "{slug}"', f"本书没有章“{slug}”"),
        suggestion(slug, [chapter.slug for chapter in reading.book.chapters]),
    )


def _rulings(snapshot: Snapshot, chapter: Chapter) -> tuple[Ruling, ...]:
    """The rows of a chapter's ledger; a row with an unknown kind decides nothing."""
    kinds = {holding.value: holding for holding in Holding}
    return tuple(
        Ruling(
            row.text("numeral"),
            row.text("place"),
            kinds.get(row.text("kind"), Holding.MISSING),
            row.text("id"),
            row.text("reason"),
        )
        for row in _sheet(snapshot, _file(chapter, "coverage.csv"), coverage.COLUMNS).rows
    )


def _sheet(snapshot: Snapshot, file: str, columns: tuple[str, ...]) -> Sheet:
    """A CSV that may be missing; one without the columns wanted counts as empty."""
    parsed = (
        parse(file, snapshot.files[file]) if file in snapshot.files else Sheet(file, (), (), ())
    )
    usable = not any(header.check(parsed, columns, free=True))
    return parsed if usable else Sheet(file, (), (), parsed.findings)


def keep(root: Path) -> tuple[str, ...]:
    """Add to each published.csv what this edition says; the files written.

    What earlier editions said stays; what this one said when it was kept before does not.
    Raises `yearbook.records.UnknownError` while rows cannot be read.
    """
    snapshot = take(root)
    reading = read(snapshot)
    if failing(reading.findings):
        raise UnknownError(
            Text("the records have errors", "数据有错误"),
            Text("run check, mend them, then keep them", "请先运行 check 并改正，再留存"),
        )
    edition = str(reading.book.edition_year)
    made = []
    for common in _kept(reading):
        chapters = [each for each in reading.book.chapters if each.folder == common.folder]
        by = common.instance.by if common.instance else ""
        columns = (*([by] if by else []), *lists.PUBLISHED)
        file = _file(common, "published.csv")
        before = _sheet(snapshot, file, columns).rows
        earlier = [row for row in before if row.text("edition") != edition]
        rows = [tuple(row.text(column) for column in columns) for row in earlier]
        for chapter in chapters:
            own = (chapter.instance.key,) if chapter.instance else ()
            rows += [(*own, edition, *_said(fact)) for fact in chapter.facts]
        write.put(root / file, table((columns, *rows)))
        made.append(file)
    return tuple(made)


def _said(fact: Fact) -> tuple[str, ...]:
    hedge = "" if fact.qualifier is Qualifier.EXACT else fact.qualifier.value
    return fact.id, str(fact.period), typed(fact), fact.unit.id, hedge


def describe(root: Path) -> tuple[str, ...]:
    """Write datapackage.json of every chapter anew; the files written."""
    snapshot = take(root)
    reading = read(snapshot)
    files = canonical.files(snapshot.files)
    made = []
    for chapter in _kept(reading):
        tables = datapackage.tables(files, f"data/{chapter.folder}")
        package = datapackage.package(Records(reading.book, chapter), tables)
        file = _file(chapter, "datapackage.json")
        write.put(root / file, written(package))
        made.append(file)
    return tuple(made)
