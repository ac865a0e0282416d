"""What a PDF carries to prove itself: the data, the rules and the facts, each with its digest."""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from yearbook.manifest import digest
from yearbook.model import Text
from yearbook.words import SEALING

FORMAT = "yearbook-proof/1"
NAME = "proof.json"
_LEFT_OUT = ("wording.csv", "coverage.csv")
"""What people confirmed of the texts and of the manuscript: no figure on a page is behind it."""
_SEAL, _GROUP = 24, 4
_ABOUT = {
    "csv": "text/csv",
    "json": "application/json",
    "toml": "application/toml",
}


def behind(files: Mapping[str, bytes], chapter: str) -> dict[str, bytes]:
    """The files of a project that stand behind a chapter, by the names they bear in its PDF.

    A folder is parted from a file by a dot, since readers save attachments into one folder.

    >>> behind({"data/units.csv": b"", "data/a/x.csv": b"", "data/b/y.csv": b""}, "a")
    {'units.csv': b'', 'a.x.csv': b''}
    """
    found = {}
    for name, content in files.items():
        folder, _, file = name.rpartition("/")
        if file.endswith((".csv", ".toml", ".json")) and file not in _LEFT_OUT:
            if folder == "data":
                found[file] = content
            elif folder == f"data/{chapter}":
                found[f"{chapter}.{file}"] = content
    return found


def seal(files: Mapping[str, bytes]) -> str:
    """A digest of the files behind a chapter that its page can print: 96 bits as letters, since
    digits would be figures. Who changes a file must change what readers see.

    >>> seal({"units.csv": b""}), seal({"units.csv": b"1"})[:9]
    ('wzyt-bfzp-tstf-jqbf-qzkh-nyjt', 'pfka-zhyy')
    """
    whole = sha256()
    for name, content in sorted(files.items()):
        whole.update(f"{name}\0{sha256(content).hexdigest()}\n".encode())
    said = "".join(SEALING[int(digit, 16)] for digit in whole.hexdigest()[:_SEAL])
    return "-".join(said[at : at + _GROUP] for at in range(0, _SEAL, _GROUP))


def path(name: str, chapter: str) -> str:
    """Where an attachment stood in the project.

    >>> path("units.csv", "a"), path("a.x.csv", "a")
    ('data/units.csv', 'data/a/x.csv')
    """
    if name.startswith(f"{chapter}."):
        return f"data/{chapter}/{name.removeprefix(f'{chapter}.')}"
    return f"data/{name}"


def media_type(name: str) -> str:
    """What kind of file an attachment is."""
    return _ABOUT[name.rpartition(".")[2]]


def proof(chapter: str, edition: str, files: Mapping[str, bytes]) -> bytes:
    """proof.json: the sha256 of every other attachment."""
    digests = {name: digest(content) for name, content in sorted(files.items())}
    content = {"format": FORMAT, "chapter": chapter, "edition": edition, "files": digests}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def broken(stated: bytes, files: Mapping[str, bytes]) -> Iterator[Text]:
    """In what the attachments differ from those that proof.json names.

    >>> stated = proof("a", "en", {"x.csv": b"1"})
    >>> [what.en for what in broken(stated, {"x.csv": b"2"})]
    ['the attachment x.csv is not the one that was enclosed']
    """
    try:
        named = json.loads(stated)
        digests = dict(named["files"]) if named["format"] == FORMAT else {}
    except (ValueError, KeyError, TypeError):
        digests = {}
    if not digests:
        yield Text(f"{NAME} cannot be read", f"无法读取 {NAME}")
    yield from _missing(digests, files)
    for name, content in sorted(files.items()):
        if name not in digests:
            yield Text(f"the attachment {name} was added", f"附件 {name} 系后来添加")
        elif digests[name] != digest(content):
            yield Text(
                f"the attachment {name} is not the one that was enclosed",
                f"附件 {name} 与生成时不一致",
            )


def _missing(digests: Iterable[str], files: Mapping[str, bytes]) -> Iterator[Text]:
    for name in sorted(set(digests) - set(files)):
        yield Text(f"the attachment {name} is missing", f"缺少附件 {name}")
