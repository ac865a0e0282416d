"""Verifies a PDF by itself: what it carries against what its pages show. See docs/verify.md."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pikepdf

from yearbook import accounting, audit, checks, reason
from yearbook.audit import facts, page, proof, remade, runs
from yearbook.audit.facts import FormatError, Json
from yearbook.audit.problem import Problem
from yearbook.book import Book, Chapter
from yearbook.checks.across import abroad
from yearbook.finding import Finding, counted, failing
from yearbook.model import Edition, Place, Text
from yearbook.read import ConfigurationError, records
from yearbook.read.snapshot import Snapshot
from yearbook.records import Records
from yearbook.told import reasoned

_HINT = Text(
    "the file does not agree with itself: get it again from the office that published it",
    "文件自身不一致：请向发布单位重新索取",
)
_CLAIM = Text(
    "the file agrees with itself; who made it, only a signature or the publisher can say",
    "以上仅说明文件自身一致；文件由谁制作，须凭数字签名或向发布单位核实",
)
_LARGEST = 64 * 1024 * 1024


class NoProofError(ValueError):
    """The file cannot be verified: it is no PDF, or none of ours."""

    def __init__(self, what: Text, hint: Text) -> None:
        super().__init__(what.en)
        self.what = what
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification came to: how much was verified, and everything that differs."""

    pages: int
    figures: int
    facts: int
    rules: int
    discrepancies: int
    findings: tuple[Finding, ...]

    def lines(self, name: str) -> Iterator[str]:
        """What a reader of the terminal is told, in both languages."""
        if failing(self.findings):
            yield f"{name}: does not agree with itself"
            yield f"{name}：文件自身不一致"
            return
        yield (
            f"{name}: {counted(self.pages, 'page')} and the data within agree: "
            f"{counted(self.figures, 'figure')} drawn from {counted(self.facts, 'fact')}; "
            f"{counted(self.rules, 'rule')} and all checks hold; "
            f"known discrepancies: {self.discrepancies}"
        )
        yield (
            f"{name}：{self.pages}页与所附数据一致：{self.facts}项数据，印出{self.figures}处；"
            f"{self.rules}条规则及全部核对均成立；已知差异{self.discrepancies}处"
        )
        yield _CLAIM.en
        yield _CLAIM.zh


@dataclass(frozen=True, slots=True)
class Carried:
    """What a PDF carries: its attachments by name, and its facts.json taken apart."""

    content: bytes
    files: Mapping[str, bytes]
    stated: Json

    @property
    def chapter(self) -> str:
        """The slug of its chapter."""
        return facts.head(self.stated).chapter


def carried(content: bytes) -> Carried:
    """Take out what a PDF carries. Raises `NoProofError` if it carries no facts."""
    hint = Text(
        "only PDFs made by this toolkit carry the data behind them",
        "只有本工具生成的PDF才附有所据数据",
    )
    try:
        files = dict(_attachments(content))
    except runs.MALFORMED as problem:
        raise NoProofError(Text("it is not a readable PDF", "不是可读的PDF"), hint) from problem
    if any(name.endswith(f".{proof.NAME}") for name in files):
        what = Text("it is the whole book", "这是全书")
        raise NoProofError(what, Text("verify the PDFs of its chapters", "请核验各章的PDF"))
    if facts.NAME not in files or proof.NAME not in files:
        what = Text(f"it carries no {facts.NAME} and {proof.NAME}", "未附数据与数据清单")
        raise NoProofError(what, hint)
    try:
        stated = facts.parse(files[facts.NAME])
        facts.head(stated)
    except FormatError as problem:
        what = Text(f"its {facts.NAME} cannot be read", f"其 {facts.NAME} 无法读取")
        raise NoProofError(what, hint) from problem
    return Carried(content, files, stated)


def _attachments(content: bytes) -> Iterator[tuple[str, bytes]]:
    with pikepdf.open(BytesIO(content)) as pdf:
        for name, specification in pdf.attachments.items():
            yield name, specification.get_file().read_bytes()


def read(path: Path) -> bytes:
    """The bytes of a file. Raises `NoProofError`."""
    try:
        if path.stat().st_size <= _LARGEST:
            return path.read_bytes()
        what = Text("the file is too large", "文件过大")
    except OSError as problem:
        what = Text(
            f"it cannot be read: {reason.of(problem).en}", f"无法读取：{reason.of(problem).zh}"
        )
    raise NoProofError(what, Text("name a PDF of the yearbook", "请指定年鉴的PDF文件"))


def verify(name: str, content: bytes) -> Verified:
    """Verify a PDF; ``name`` is what findings call it. Raises `NoProofError`."""
    return judged(name, carried(content))


def judged(name: str, own: Carried) -> Verified:
    """Compare what a PDF carries with its digests, its pages, and itself."""
    try:
        return _judged(name, own)
    except NoProofError:
        raise
    except runs.MALFORMED as problem:
        return _came_to(own, (0, 0, 0), audit.found(name, [page.unreadable(problem)]))


def _judged(name: str, own: Carried) -> Verified:
    others = {each: held for each, held in own.files.items() if each != proof.NAME}
    broken = [Problem(0, what) for what in proof.broken(own.files[proof.NAME], others)]
    try:
        book, chapter, said = _records(own)
    except ConfigurationError as problem:
        what = Text(
            f"its data cannot be read: {problem}",
            f"所附数据无法读取：{problem.place}：{problem.what.zh}",
        )
        return _came_to(own, (0, 0, 0), audit.found(name, [*broken, Problem(0, what)]))
    sheet = _sheet(own, Records(book, chapter))
    inspected = page.inspect(own.content, sheet.items, sheet.ledger, sheet.head)
    seen = (*page.blank(own.content), *page.unseen(own.content))
    problems = [*broken, *inspected.problems, *seen]
    named = {problem.page for problem in problems}
    problems += _behind(own, sheet, inspected)
    problems += [p for p in _restated(own.stated, inspected.facts()) if p.page not in named - {0}]
    findings = (*audit.found(name, problems), *reasoned(said, book))
    waived = sum(finding.waived is not None for finding in said)
    rules = sum(not abroad(rule.text) for rule in chapter.rules)
    counts = inspected.pages, rules, waived
    return _came_to(own, counts, (replace(f, hint=_hint(f)) for f in findings))


def _behind(own: Carried, sheet: audit.Sheet, inspected: page.Inspection) -> Iterator[Problem]:
    """What the pages say of what is attached: its words, and the digest printed at their end."""
    names = {facts.NAME, proof.NAME}
    seal = proof.seal({name: held for name, held in own.files.items() if name not in names})
    if not any(item.words.endswith(f"{seal}") for item in sheet.items):
        what = Text(
            f"the digest printed on the pages is not {seal}, that of the attachments",
            f"页面所印摘要不是附件的摘要{seal}",
        )
        yield Problem(inspected.pages, what)
    texts = facts.entries(inspected.facts(), "texts")
    edition = Edition(sheet.head.edition)
    for at, what in remade.remade(sheet.items, sheet.ledger.records, edition):
        number = texts[at].get("pages", [0])[0] if at >= 0 else 0
        where = Text(f"page {number}: ", f"第{number}页：") if number else Text("", "")
        yield Problem(number, Text(f"{where.en}{what.en}", f"{where.zh}{what.zh}"))


def _hint(finding: Finding) -> Text:
    return _HINT if finding.rule == "audit" else finding.hint


def _came_to(own: Carried, counts: tuple[int, int, int], findings: Iterator[Finding]) -> Verified:
    pages, rules, waived = counts
    ids = {str(fact.get("id")) for fact in facts.entries(own.stated, "facts")}
    told = tuple(dict.fromkeys(findings))
    return Verified(pages, page.figures(own.stated), len(ids), rules, waived, told)


def enclosed_sheet(content: bytes) -> audit.Sheet:
    """What a PDF should show by what it carries.

    Raises `NoProofError`, or `yearbook.read.ConfigurationError` if its data cannot be read.
    """
    own = carried(content)
    book, chapter, _ = _records(own)
    return _sheet(own, Records(book, chapter))


def _records(own: Carried) -> tuple[Book, Chapter, tuple[Finding, ...]]:
    """The attached records of the chapter, and what the loader and all checks say of them."""
    files = {proof.path(name, own.chapter): content for name, content in own.files.items()}
    book, findings = records(Snapshot(files, ()))
    for chapter in book.chapters:
        if chapter.slug == own.chapter:
            # What other chapters tell is not here.
            rules = tuple(rule for rule in chapter.rules if not abroad(rule.text))
            alone = replace(book, chapters=(replace(chapter, rules=rules),))
            mine = [f for f in findings if not _elsewhere(f.place, book, chapter)]
            return alone, chapter, (*mine, *_here(checks.findings(alone), chapter))
    raise ConfigurationError(
        Place("data/book.toml"), Text(f"no chapter {own.chapter}", f"没有章“{own.chapter}”")
    )


def _here(findings: Iterable[Finding], chapter: Chapter) -> Iterator[Finding]:
    """What can be told without the other chapters: not whether a waiver is still needed that lets
    one of them tell a fact otherwise."""
    rules = {"twice", *(rule.id for rule in chapter.rules if abroad(rule.text))}
    between = {waiver.place for waiver in chapter.waivers if waiver.rule in rules}
    return (f for f in findings if f.rule != "waiver" or f.place not in between)


def _elsewhere(place: Place, book: Book, chapter: Chapter) -> bool:
    """Whether something stands in another chapter of the book, whose files are not here."""
    others = (other.slug for other in book.chapters if other is not chapter)
    return any(place.file.startswith(f"data/{slug}/") for slug in others)


def _sheet(own: Carried, known: Records) -> audit.Sheet:
    try:
        texts = facts.items(own.stated)
    except FormatError as problem:
        what = Text(f"its {facts.NAME} cannot be read", f"其 {facts.NAME} 无法读取")
        raise NoProofError(what, Text("", "")) from problem
    return audit.Sheet(facts.head(own.stated), texts, accounting.ledger(known))


def _restated(stated: Json, found: Json) -> Iterator[Problem]:
    """Entries of facts.json that the pages and the attached cells do not bear out."""
    for name in ("facts", "others"):
        known = facts.entries(stated, name)
        if known != stated.get(name):
            what = Text(
                f"{name} of {facts.NAME} cannot be read", f"{facts.NAME} 的 {name} 无法读取"
            )
            yield Problem(0, what)
        counted = Counter(map(_key, known))
        counted.subtract(Counter(map(_key, facts.entries(found, name))))
        for entry, count in counted.items():
            if count:
                yield _restatement(dict(entry), count)
    if stated.get("data_year") != found.get("data_year"):
        yield Problem(0, Text("the data year differs", "数据年份不一致"))


def _key(entry: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(value)) for name, value in entry.items()))


def _restatement(entry: Mapping[str, str], count: int) -> Problem:
    what = entry.get("id") or entry.get("source") or entry.get("kind", "")
    number = int(entry["page"]) if entry.get("page", "").isdigit() else 0
    en = f'page {number}: "{entry.get("printed")}" ({what}) '
    zh = f"第{number}页：“{entry.get('printed')}”（{what}）"
    if count > 0:
        return Problem(
            number,
            Text(
                f"{en}is stated in {facts.NAME} but not found there so",
                f"{zh}见于 {facts.NAME}，页面或数据与之不符",
            ),
        )
    return Problem(
        number,
        Text(
            f"{en}stands there but not so in {facts.NAME}",
            f"{zh}在 {facts.NAME} 中无相同记载",
        ),
    )
