"""Leaves a receipt of a report, so that the next can say it again if nothing changed, and the
reasons why things were made."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from yearbook import explain, listing, receipt
from yearbook.manifest import digest, written
from yearbook.model import Language, Text
from yearbook.write import PublishError, put

if TYPE_CHECKING:
    from yearbook.build import Built

EXPLAINED = ".yearbook/explain.json"


def explained(root: Path, built: "Built") -> tuple[Text, ...]:
    """What a build made anew and why; kept as JSON beside the cache, for the next to compare."""
    known = before(root)
    with suppress(PublishError):  # a full disk costs the reasons, not the report
        put(root / EXPLAINED, written(explain.plain(built.nodes, known)))
    return tuple(explain.lines(built.nodes, known))


def before(root: Path) -> explain.Known:
    """The parts of which things were made in earlier builds."""
    try:
        parts: explain.Known = json.loads((root / EXPLAINED).read_bytes())["parts"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return parts


def keep(root: Path, target: Path, around: Sequence[str], built: "Built") -> None:
    """Write the receipt of what was built from a project and published at a target.

    ``around`` is what `yearbook.receipt.surroundings` said before the build. Where the system
    cannot tell which of its libraries were loaded there is no receipt, and every report is built.
    """
    folders = receipt.loaded()
    if not folders:
        return
    made = {artifact.name: receipt.digest(artifact.content) for artifact in built.artifacts}
    manifest = next(a.content for a in built.artifacts if a.name == "manifest.json")
    try:
        read = _inputs(root, json.loads(manifest)["inputs"])
    except OSError:
        return
    if read is None:
        return
    listed = [
        *around,
        *receipt.told("input", read.items()),
        *receipt.told("output", made.items()),
        *receipt.libraries(folders),
    ]
    receipt.keep(str(root), str(target), listed, _said(built, made))


def _inputs(root: Path, listed: Mapping[str, str]) -> Mapping[str, str] | None:
    """The inputs as a receipt lists them; none if one is no longer what the report was made of."""
    found = {}
    for name, known in listed.items():
        content = (root / name).read_bytes()
        if digest(content) != known:
            return None
        found[name] = receipt.digest(content)
    return found


def _said(built: "Built", names: Iterable[str]) -> tuple[str, ...]:
    """What the command line says of a report: findings, PDFs, summary; findings as JSON; findings
    and summary in each language alone."""
    plain = [listing.plain(finding) for finding in built.findings]
    return (
        listing.text(built.findings),
        "\n".join(name for name in names if name.endswith(".pdf")),
        listing.summary(built.findings),
        json.dumps(plain, ensure_ascii=False, indent=1) + "\n",
        *chain.from_iterable(
            (listing.text(built.findings, [of]), listing.summary(built.findings, [of]))
            for of in Language
        ),
    )
