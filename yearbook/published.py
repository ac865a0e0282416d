"""Audits a published folder: its files against their digests, then what they say."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from yearbook import audit as auditing
from yearbook import volume
from yearbook.accounting.ledger import Ledger
from yearbook.audit import screen
from yearbook.audit.problem import Problem
from yearbook.finding import Finding, counted, failing
from yearbook.manifest import FORMAT, digest
from yearbook.model import Place, Text
from yearbook.read import ConfigurationError
from yearbook.verify import NoProofError, Verified, enclosed_sheet, verify

_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Audited:
    """What an audit came to: how much was read, and everything that differs."""

    files: int
    pages: int
    figures: int
    findings: tuple[Finding, ...]

    def lines(self) -> Iterator[str]:
        """What a reader of the terminal is told, in both languages."""
        errors = len(failing(self.findings))
        read = ((self.files, "file"), (self.pages, "page"), (self.figures, "figure"))
        told = ", ".join(counted(number, noun) for number, noun in read)
        yield f"{told}: {counted(errors, 'error')}"
        yield f"{self.files}个文件，{self.pages}页，{self.figures}处数据：{errors}个错误"


def audit(folder: Path) -> Audited:
    """Audit what was published. Raises `yearbook.read.ConfigurationError` if nothing was."""
    digests = _digests(folder)
    files = {name: content for name in digests if (content := _content(folder / name)) is not None}
    findings = list(_changed(folder, digests, files))
    verified: list[Verified] = []
    ledgers: list[Ledger] = []
    for name, content in files.items():
        if name.startswith(f"{volume.NAME}/"):
            findings.extend(volume.compared(name, content, _chapters(name, files)))
        elif name.endswith(".pdf"):
            try:
                verified.append(verify(name, content))
                sheet = enclosed_sheet(content)
            except (NoProofError, ConfigurationError) as problem:
                findings.extend(_unproved(name, problem))
                continue
            ledgers.append(sheet.ledger)
            findings.extend(f for f in verified[-1].findings if f in failing([f]))
            findings.extend(_screen(name.removesuffix(".pdf") + ".html", sheet, files))
    if ledgers:
        findings.extend(_index(files, ledgers))
    pages, figures = sum(v.pages for v in verified), sum(v.figures for v in verified)
    return Audited(len(files), pages, figures, tuple(dict.fromkeys(findings)))


def _digests(folder: Path) -> Mapping[str, str]:
    """The digests that manifest.json gives to what was published."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_bytes())
        if manifest["format"] == FORMAT:
            return {str(name): str(held) for name, held in manifest["outputs"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise _nothing(folder) from problem
    raise _nothing(folder)


def _nothing(folder: Path) -> ConfigurationError:
    return ConfigurationError(
        Place(f"{folder.name}/{_MANIFEST}"),
        Text(
            "nothing was published here: run make report",
            "此处没有已发布的内容：请运行 make report",
        ),
    )


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _changed(
    folder: Path, digests: Mapping[str, str], files: Mapping[str, bytes]
) -> Iterator[Finding]:
    for name, wanted in digests.items():
        if name not in files:
            yield from _told(name, "the file is missing", "缺少该文件")
        elif digest(files[name]) != wanted:
            yield from _told(
                name, "the file is not the one that was published", "该文件与发布时不一致"
            )
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in digests and name != _MANIFEST:
            yield from _told(name, "the file was added after publishing", "该文件系发布后添加")


def _told(name: str, en: str, zh: str) -> Iterator[Finding]:
    return auditing.found(name, [Problem(0, Text(en, zh))])


def _chapters(name: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The PDFs of the chapters in the edition of a whole book."""
    folder, _, file = name.partition("/")
    every = (each for each in files if each.endswith(f"/{file}"))
    return {each: files[each] for each in every if not each.startswith(f"{folder}/")}


def _unproved(name: str, problem: NoProofError | ConfigurationError) -> Iterator[Finding]:
    return auditing.found(name, [Problem(0, problem.what)])


def _screen(name: str, sheet: auditing.Sheet, files: Mapping[str, bytes]) -> Iterator[Finding]:
    """The HTML page of an edition, by the texts and records that its PDF carries."""
    if name in files:
        page = files[name].decode("utf-8", "replace")
        yield from auditing.found(name, screen.inspect(page, sheet.items, sheet.ledger))


def _index(files: Mapping[str, bytes], ledgers: list[Ledger]) -> Iterator[Finding]:
    name = "index.html"
    if name in files:
        page = files[name].decode("utf-8", "replace")
        yield from auditing.found(name, screen.unbound(page, ledgers))
