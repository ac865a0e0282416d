"""Answers "nothing changed" before anything is imported: docs/performance.md.

A receipt lists the digest of everything a report was made from and of everything it made, and
keeps what the report said. Only contents count, no time stamps. This module is loaded at every
start, so it uses the standard library sparingly and nothing of ours: even a module for typing, or
OpenSSL's digests, would take as long as reading all the files.
"""

import os
import sys
import time

try:
    from blake3 import blake3 as hashed
except ImportError:  # no wheel for this machine: this one is as sure and takes longer
    from _blake2 import blake2b as hashed  # type: ignore[assignment]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT = f"yearbook-receipt/3 {hashed.__name__}"
ROOMS = ("data", "templates", "figures")
"""The folders that hold what a book is made of."""
IGNORED = (".pyc", "~", ".bak", ".swp", ".tmp")
"""Endings of files that editors and programs leave behind."""
ENVIRONMENT = ("SOURCE_DATE_EPOCH", "LD_LIBRARY_PATH")
"""Variables that shape the output, or which libraries are found."""
LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libfontconfig.so.1",
    "libfreetype.so.6",
    "libfribidi.so.0",
)
"""The system's part in the output."""
_FORMS = {
    "both": (0, 2, "nothing changed since the last report  自上次生成以来没有变化"),
    "en": (4, 5, "nothing changed since the last report"),
    "zh": (6, 7, "自上次生成以来没有变化"),
}
"""For each choice of languages: which part of what was said is the text, which the summary, and
what is said of it now."""
_BUFFER = 1 << 18
_MAPS = "/proc/self/maps"
_CODE = os.path.dirname(os.path.abspath(__file__))
_LOCK = os.path.dirname(_CODE) + "/locks/run.txt"
_PARTS = "\0"


def ignored(name: str) -> bool:
    """Whether a file or folder of this name is none of the project's.

    >>> [ignored(name) for name in ("dispatch.csv", ".git", "~$x.csv", "__pycache__", "a.csv~")]
    [False, True, True, True, True]
    """
    return name[:1] in ".~" or name == "__pycache__" or name.endswith(IGNORED)


def below(folder: str, *, plain: bool = False) -> list[str]:
    """All files of a folder and its folders, by their paths below it, in order.

    If they must be ``plain``, whatever is neither file nor folder raises OSError unopened: a pipe
    would be waited for, and where a link leads is for the loader to judge.
    """
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if ignored(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                if plain and entry.name.endswith(".csv"):
                    raise OSError(f"{entry.path} is no plain file")
                found.extend(f"{entry.name}/{name}" for name in below(entry.path, plain=plain))
            elif plain and not entry.is_file(follow_symlinks=False):
                raise OSError(f"{entry.path} is no plain file")
            else:
                found.append(entry.name)
    return sorted(found)


def digest(content: bytes) -> str:
    """The digest of bytes, as a receipt lists it."""
    return str(hashed(content).hexdigest())


def digests(paths: list[str]) -> list[str]:
    """The digests of files, each read through one buffer. Raises OSError."""
    found = []
    buffer = bytearray(_BUFFER)
    view, room = memoryview(buffer), [buffer]
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            told = hashed()
            length = _BUFFER
            while length == _BUFFER:  # less than was asked for is the end of a file
                length = os.readv(handle, room)
                told.update(view[:length])
        finally:
            os.close(handle)
        found.append(told.hexdigest())
    return found


def inputs(root: str) -> list[tuple[str, str]]:
    """The names of a project's files, as a manifest has them, with their paths.

    Raises OSError if something in its rooms is no plain file.
    """
    rooms = [room for room in ROOMS if os.path.isdir(f"{root}/{room}")]
    if any(os.path.islink(f"{root}/{room}") for room in rooms):
        raise OSError("a room is a link")
    names = sorted(
        f"{room}/{name}" for room in rooms for name in below(f"{root}/{room}", plain=True)
    )
    return [(name, f"{root}/{name}") for name in names]


def told(kind: str, files: "Iterable[tuple[str, str]]") -> list[str]:
    """Files and their digests as lines of a listing.

    >>> told("input", [("b", "2"), ("a", "1")])
    ['input 1 a', 'input 2 b']
    """
    return [f"{kind} {digest} {name}" for name, digest in sorted(files)]


def code() -> list[str]:
    """Where the toolkit lies: its folder, and the list of its packages."""
    return [_CODE, _LOCK]


def surroundings() -> list[str]:
    """The toolkit, the interpreter, the packages and the environment, a line each."""
    names = below(_CODE)
    code = digests([f"{_CODE}/{name}" for name in names])
    return [
        *told("code", zip(names, code, strict=True)),
        *(f"lock {digest}" for digest in digests([_LOCK] if os.path.isfile(_LOCK) else [])),
        f"python {sys.version!r} {sys.platform}",
        *(f"package {name}" for name in packages()),
        *(f"environment {name}={os.environ.get(name)!r}" for name in ENVIRONMENT),
    ]


def packages() -> list[str]:
    """The installed packages with their versions, as the folders that describe them tell."""
    found: set[str] = set()
    for folder in sys.path:
        if os.path.isdir(folder):
            found.update(n for n in os.listdir(folder) if n.endswith((".dist-info", ".egg-info")))
    return sorted(found)


def loaded() -> list[str]:
    """The folders from which this process has loaded the system's libraries, or none if unknown."""
    try:
        with open(_MAPS, encoding="utf-8", errors="surrogateescape") as handle:
            mapped = {line.rstrip("\n").partition("/")[2] for line in handle}
    except OSError:
        return []
    stems = tuple(name.partition(".so")[0] for name in LIBRARIES)
    files = ("/" + path for path in mapped)
    return sorted({f.rpartition("/")[0] for f in files if f.rpartition("/")[2].startswith(stems)})


def libraries(folders: list[str]) -> list[str]:
    """The system's libraries in these folders and in those the loader is sent to first."""
    first = [folder for folder in os.environ.get("LD_LIBRARY_PATH", "").split(":") if folder]
    wanted = (f"{folder}/{name}" for folder in (*first, *folders) for name in LIBRARIES)
    paths = [path for path in dict.fromkeys(wanted) if os.path.isfile(path)]
    found = zip(digests(paths), paths, strict=True)
    return [
        *(f"folder {folder}" for folder in folders),
        *(f"library {digest} {path}" for digest, path in found),
    ]


def _path(root: str, target: str) -> str:
    name = digest(os.path.relpath(target, root).encode("utf-8", "surrogateescape"))
    return f"{root}/.yearbook/receipts/{name[:16]}"


def keep(root: str, target: str, listing: list[str], said: tuple[str, ...]) -> None:
    """Write the receipt of a report: ``said`` is its text, its PDFs, its summary, its JSON, and
    text and summary once more in English and in Chinese alone.

    A disk that is full leaves none: the next report is made again.
    """
    text = _PARTS.join(("\n".join(listing), *said))
    body = text.encode("utf-8", "surrogateescape")
    head = f"{FORMAT} {digest(body)}\n".encode()
    path = _path(root, target)
    beside = f"{path}.{os.getpid()}.tmp"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(beside, "wb") as handle:
            handle.write(head + body)
        os.replace(beside, path)
    except OSError:
        return


def kept(root: str, target: str) -> list[str]:
    """The parts of a receipt: its listing, then what was said; none if it is not whole."""
    try:
        with open(_path(root, target), "rb") as handle:
            head, _, body = handle.read().partition(b"\n")
    except OSError:
        return []
    if head.decode("ascii", "replace") != f"{FORMAT} {digest(body)}":
        return []
    return body.decode("utf-8", "surrogateescape").split(_PARTS)


def listing(root: str, target: str, folders: list[str]) -> list[str]:
    """Everything a report depends on and everything it made, as it is now. Raises OSError."""
    given = inputs(root)
    made = [(name, f"{target}/{name}") for name in below(target, plain=True)]
    found = digests([path for _, path in (*given, *made)])
    return [
        *told("input", [(name, d) for d, (name, _) in zip(found, given, strict=False)]),
        *told("output", [(n, d) for d, (n, _) in zip(found[len(given) :], made, strict=True)]),
        *libraries(folders),
    ]


def unchanged(root: str, target: str) -> list[str]:
    """What the last report said, if all it was made from and all it made is as it was."""
    parts = kept(root, target)
    if len(parts) != 9 or os.path.exists(f"{root}/.yearbook/failed"):
        return []
    lines = parts[0].split("\n")
    folders = [line[7:] for line in lines if line.startswith("folder ")]
    try:
        now = [*surroundings(), *listing(root, target, folders)]
    except OSError:
        return []
    return parts[1:] if now == lines else []


def asked(words: list[str], root: str) -> tuple[str, str, str] | None:
    """The project, the output folder and the form of a plain ``report`` (json, or the languages);
    None for all else.

    >>> asked(["report", "--json", "-j", "2"], "/book")
    ('/book', '/book/output', 'json')
    >>> asked(["report", "--lang", "zh"], "/book")
    ('/book', '/book/output', 'zh')
    >>> asked(["report", "--explain"], "/book"), asked(["check"], "/book")
    (None, None)
    """
    if words[:1] != ["report"] or os.environ.get("GITHUB_ACTIONS") == "true":
        return None  # GitHub's annotations are the command line's affair
    given = {"--root": root, "--output": "", "-j": "", "--lang": "both"}
    as_json, rest = False, iter(words[1:])
    for word in rest:
        name, equals, value = word.partition("=")
        if word == "--json":
            as_json = True
        elif name in given and (equals or name == word):
            given[name] = value if equals else next(rest, "")
        else:
            return None
    if given["-j"] and not (given["-j"].isdecimal() and int(given["-j"]) > 0):
        return None
    form = given["--lang"]
    if form not in _FORMS:
        return None
    place = os.path.realpath(given["--root"])
    target = os.path.realpath(given["--output"] or f"{place}/output")
    return place, target, "json" if as_json else form


def answer(words: list[str], root: str) -> bool:
    """Say again what the last report said, if nothing changed since; whether that was so."""
    started = time.monotonic()
    order = asked(words, root)
    said = unchanged(order[0], order[1]) if order else []
    if order is None or not said:
        return False
    if order[2] == "json":
        sys.stdout.write(said[3])
    else:
        text, summary, news = _FORMS[order[2]]
        sys.stdout.write(said[text])
        sys.stderr.write(f"{news}\n")
        where = os.path.relpath(order[1])
        for name in said[1].split("\n"):
            sys.stdout.write(f"{where}/{name}\n")
        seconds = f"{time.monotonic() - started:.1f}"
        sys.stdout.write(f"{where}/index.html  ({seconds} s)  {said[summary]}\n")
    return True
