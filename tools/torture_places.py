"""The same book in many surroundings, of paths, users, clocks, locales: the same bytes.

The fourteen variations of reprotest, so far as they touch a build of pages, and more. A variation
whose tool the system lacks is skipped, and the tool named. `--book .` takes the real book.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import torturing

from tests.small import small

HERE = Path(__file__).parents[1]
TOOLKIT = ("yearbook", "locks", "build.py")
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{}</dir><cachedir>{}</cachedir></fontconfig>
"""
KEPT = ("PATH", "HOME", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "PYTHONUTF8")


@dataclass(frozen=True)
class Surrounding:
    """Where and how a build is started: words before the command, words after it, variables to
    set (None: to take away), the folder, and what is done to it first."""

    name: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    variables: Mapping[str, str | None] = field(default_factory=dict)
    folder: str = "book"
    prepared: Callable[[Path], object] = bool
    needs: str = ""


def stamped(seconds: int) -> Callable[[Path], object]:
    """Give all files the same time."""

    def stamp(place: Path) -> None:
        for path in place.rglob("*"):
            os.utime(path, (seconds, seconds))

    return stamp


def given_away(place: Path) -> None:
    """Let nobody own the project."""
    for path in (place, *place.rglob("*")):
        os.chown(path, 65534, 65534)


def locale(folder: Path, name: str, charset: str) -> dict[str, str | None]:
    """A locale made for the trial; none where its sources are not installed."""
    if shutil.which("localedef"):
        (folder / "locales").mkdir(exist_ok=True)
        place = folder / "locales" / f"{name}.{charset}"
        words = ["localedef", "-i", name, "-f", charset, str(place)]
        subprocess.run(words, check=False, capture_output=True)
        if place.is_dir():
            full = f"{name}.{charset}"
            utf8 = {"PYTHONUTF8": None, "PYTHONCOERCECLOCALE": "0"}
            return {"LOCPATH": str(place.parent), "LC_ALL": full, "LANG": full, **utf8}
    return {}


def clock(name: str, time: str) -> Surrounding:
    """Another time, as faketime has it."""
    return Surrounding(name, before=("faketime", time), needs="faketime")


def surroundings(folder: Path) -> tuple[Surrounding, ...]:
    """All that is tried."""
    (folder / "fonts").mkdir()
    config = folder / "fonts.conf"
    config.write_text(FONTS.format(folder / "fonts", folder / "fontcache"))
    gb, swiss = locale(folder, "zh_CN", "GB18030"), locale(folder, "fr_CH", "UTF-8")
    plain = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    host = ("unshare", "--uts", "sh", "-c", 'hostname elsewhere.example; exec "$@"', "sh")
    private = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    return (
        Surrounding("another build path", folder="some/where/else"),
        Surrounding("a path in Chinese with blanks", folder="年鉴 稿件/第 一 册"),
        Surrounding("another home", variables={"HOME": "/nonexistent"}),
        Surrounding("an empty environment", variables=dict.fromkeys(os.environ)),
        Surrounding(
            "strange variables", variables={"CAPTURE_ENVIRONMENT": "i_capture", "A B": "ü"}
        ),
        Surrounding("locale C, not coerced", variables=plain),
        Surrounding("locale zh_CN.GB18030", variables=gb, needs="" if gb else "locales"),
        Surrounding("locale fr_CH.UTF-8", variables=swiss, needs="" if swiss else "locales"),
        Surrounding("time zone GMT+12", variables={"TZ": "GMT+12"}),
        Surrounding("time zone GMT-14", variables={"TZ": "GMT-14"}),
        Surrounding("umask 0077", before=("sh", "-c", 'umask 0077; exec "$@"', "sh")),
        Surrounding("umask 0002", before=("sh", "-c", 'umask 0002; exec "$@"', "sh")),
        Surrounding("another user and group", before=private, prepared=given_away, needs="setpriv"),
        Surrounding(
            "more on the search path", variables={"PATH": f"/i_capture:{os.environ['PATH']}"}
        ),
        Surrounding("one processor", before=("taskset", "-c", "0"), needs="taskset"),
        Surrounding("one job", after=("-j", "1")),
        Surrounding("four jobs", after=("-j", "4")),
        Surrounding("another host and domain", before=host, needs="unshare"),
        Surrounding("another kernel", before=("setarch", "--uname-2.6"), needs="setarch"),
        Surrounding("fixed addresses", before=("setarch", "-R"), needs="setarch"),
        clock("the clock of 1999", "1999-01-01 00:00:00"),
        clock("400 days from now", "+400 days"),
        Surrounding("files of 1980", prepared=stamped(315532800)),
        Surrounding("files of 2100", prepared=stamped(4102444800)),
        Surrounding("hash seed 1", variables={"PYTHONHASHSEED": "1"}),
        Surrounding("hash seed 4242", variables={"PYTHONHASHSEED": "4242"}),
        Surrounding("one thread", variables={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}),
        Surrounding("seven threads", variables={"OMP_NUM_THREADS": "7"}),
        Surrounding("no fonts in the system", variables={"FONTCONFIG_FILE": str(config)}),
        Surrounding("without asserts", variables={"PYTHONOPTIMIZE": "2"}),
        Surrounding("a low priority", before=("nice", "-n", "15"), needs="nice"),
        Surrounding("no standard input", before=("sh", "-c", 'exec "$@" <&-', "sh")),
        Surrounding(
            "files in another order", before=("sh", "-c", DISORDER, "sh"), needs="disorderfs"
        ),
    )


DISORDER = """mkdir ../seen && disorderfs --reverse-dirents=yes . ../seen >&2 || exit 66
cd ../seen && "$@"; code=$?; cd ..; fusermount -u seen || umount seen; exit $code"""


def built(at: Path, kept: Path, one: Surrounding) -> tuple[int, str, dict[str, bytes]]:
    """A build from nothing in its surroundings: how it ended, what it said, what it made."""
    place = at / one.folder
    shutil.copytree(kept, place)
    one.prepared(place)
    variables: dict[str, str] = {name: os.environ[name] for name in KEPT if name in os.environ}
    for name, value in one.variables.items():
        variables.pop(name, None)
        if value is not None:
            variables[name] = value
    words = [*one.before, sys.executable, "build.py", "report", "--root", ".", *one.after]
    done = subprocess.run(
        words,
        cwd=place,
        env=variables,
        capture_output=True,
        check=False,
        text=True,
        errors="replace",
    )
    made = {name: _bare(name, data) for name, data in torturing.tree(place / "output").items()}
    shutil.rmtree(place, ignore_errors=True)
    return done.returncode, done.stdout + done.stderr, made


def _bare(name: str, content: bytes) -> bytes:
    """A file without what the manifest says of the machine: the one part that may differ."""
    if name != "manifest.json":
        return content
    listed = json.loads(content)
    del listed["system"]
    return json.dumps(listed).encode()


def kept(folder: Path, book: Path | None) -> Path:
    """The toolkit and a book in one folder, as they are copied to every place."""
    place = folder / "kept"
    if book:
        for room in ("data", "templates", "figures"):
            shutil.copytree(book / room, place / room, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        small(place)
    for name in TOOLKIT:
        copy = shutil.copytree if (HERE / name).is_dir() else shutil.copy
        copy(HERE / name, place / name)
    return place


def main() -> None:
    """One build in each of the surroundings."""
    found, tally = torturing.options(1 << 10), torturing.Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        place = kept(folder, found.book)
        code, said, wanted = built(folder, place, Surrounding("here"))
        tally.expect(code == 0 and bool(wanted), f"the first build: exit {code}: {said}")
        for number, one in enumerate(surroundings(folder)[: found.count]):
            if one.needs and not (one.before and shutil.which(one.needs)):
                print(f"  skipped: {one.name}: {one.needs} is not installed")
                continue
            code, said, made = built(folder / str(number), place, one)
            other = sorted(n for n in made.keys() | wanted.keys() if made.get(n) != wanted.get(n))
            tally.expect(code == 0, f"{one.name}: exit {code}: {said[-600:]}")
            tally.expect(code != 0 or not other, f"{one.name}: other bytes: {other}")
            tally.good("surroundings with the same bytes" if code == 0 and not other else "others")
    tally.end()


if __name__ == "__main__":
    main()
