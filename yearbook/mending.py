"""``check --fix``: shows each proposed change and makes it if a person says so, cell by cell."""

from pathlib import Path

import click

from yearbook import write
from yearbook.inspection import Checked, check
from yearbook.localise.slip import NAMES, Slip
from yearbook.mend import ChangedError, Proposal, mended, proposals
from yearbook.model import Language, Text
from yearbook.read.encoding import Undecodable, decode
from yearbook.terminal import Manner

_QUESTION = Text("change it? y yes, n no, q stop", "是否修改？y 修改，n 不改，q 停止")
_NOTHING = Text("there is nothing to propose", "没有可建议的修改")


def mend(root: Path, manner: Manner) -> Checked:
    """Ask about every proposal until none is left or the person stops; the last check.

    The project is checked anew after each change: one right value often settles several findings.
    Raises `yearbook.mend.ChangedError` if a file changed meanwhile.
    """
    declined: set[tuple[str, str, str, str]] = set()
    asked = False
    while True:
        checked = check(root)
        left = (each for each in proposals(checked.findings) if each.key not in declined)
        proposal = next(left, None)
        if proposal is None:
            if not asked:
                manner.echo(_said(_NOTHING, manner))
            return checked
        asked = True
        for line in _lines(proposal, checked, manner):
            manner.echo(line)
        answer = click.prompt(
            _said(_QUESTION, manner), type=click.Choice(["y", "n", "q"]), default="n", err=True
        )
        if answer == "q":
            return checked
        if answer == "n":
            declined.add(proposal.key)
        else:
            _change(root, proposal)


def _change(root: Path, proposal: Proposal) -> None:
    suspect = proposal.suspect
    path = root / suspect.place.file
    content = path.read_bytes()
    decoded = decode(content)
    if isinstance(decoded, Undecodable):
        raise ChangedError(suspect.place, suspect.value)
    new = mended(decoded.text, suspect.place, suspect.value, suspect.proposed or "")
    # Encoding, byte order mark and line ends stay: only the cell changes.
    body = decoded.text.encode(decoded.encoding)
    mark = content[: len(content) - len(body)] if content.endswith(body) else b""
    write.put(path, mark + new.encode(decoded.encoding))


def _lines(proposal: Proposal, checked: Checked, manner: Manner) -> list[str]:
    """The finding, the row as it stands, and the change proposed."""
    suspect = proposal.suspect
    slip = NAMES[Slip(suspect.slip)] if suspect.slip in set(Slip) else None
    chance = f"{suspect.probability:.0%}" if suspect.probability else ""
    why = ", ".join(each for each in (_said(slip, manner) if slip else "", chance) if each)
    decoded = decode(checked.snapshot.files[suspect.place.file])
    row = (
        "" if isinstance(decoded, Undecodable) else decoded.text.split("\n")[suspect.place.line - 1]
    )
    what = [f"  {proposal.finding.what.of(language)}" for language in manner.languages]
    cell = suspect.place.cell or str(suspect.place)
    return [
        f"{suspect.place.file} {cell} {suspect.id}",
        *what,
        f"  {row.rstrip()}",
        f"  {suspect.value} → {suspect.proposed}" + (f" ({why})" if why else ""),
    ]


def _said(text: Text, manner: Manner) -> str:
    languages: tuple[Language, ...] = manner.languages
    return "  ".join(text.of(language) for language in languages)
