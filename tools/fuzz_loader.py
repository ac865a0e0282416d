"""Damage a table at random and read it: right, or refused; never an exception, never wrong.

    python tools/fuzz_loader.py [--count N] [--seed S]

Two judges that share no code with the loader decide. A plain strict reader (RFC 4180 in UTF-8) says
what a table holds that needs no understanding. For all else the undamaged table is the truth:
damage to signs between the cells, to line ends and to the encoding must not change any figure, and
after damage to the cells themselves each figure must stand in the file as it is read.
"""

import argparse
import random
import re
import sys
import time
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from yearbook.finding import failing
from yearbook.model import Code, Place, Text
from yearbook.read.sheet import parse
from yearbook.read.tables import Vocabulary, gather
from yearbook.specimen import UNITS

COLUMNS = ("id", "period", "rank", "value", "unit", "qualifier", "quote", "source", "note")
ROWS = (
    ("dispatched", "1986-2010", "total", "437", "person", "", "groups of 437 people", "most", ""),
    ("funds", "2010", "", "44050000", "yuan", "more_than", "投入4405万元，约", "most", "备注"),
    ("share", "2010-04", "total", "-2.50", "person", "", 'the "net", change', "most", "a, b"),
    ("opened", "2010-04-16", "", "72000", "person", "about", "近七万二千人", "most", "x\ny"),
)
_NOWHERE = Place("data/c/codes.csv")
VOCABULARY = Vocabulary(
    units=UNITS,
    sources={"most": Text("Ministry", "科技部")},
    divisions={},
    codes=tuple(
        Code(of, name, "", None, Text(name, name), _NOWHERE)
        for of, name in (*(("id", row[0]) for row in ROWS), ("rank", "total"))
    ),
)
Figure = tuple[str, str, str, str, str]
TRUTH = {row[0]: (row[0], row[1], row[3], row[4], row[5] or "exact") for row in ROWS}
SIGNS = [
    ",",
    '"',
    "\n",
    "\r\n",
    ";",
    "\t",
    "，",
    " ",
    "\u3000",
    "\ufeff",
    "\u200b",
    "''",
    "=",
    "\r",
]
SIGNS += [
    "0",
    "1",
    "9",
    ".",
    "-",
    "−",
    "O",
    "l",
    "万",
    "%",
    "多",
    "①",
    "(",
    "#",
    "７",
    "\x00",
    "\ufffd",
]
ENCODINGS = ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5", "shift_jis"]


def written(rows: tuple[tuple[str, ...], ...], separator: str = ",", end: str = "\r\n") -> str:
    """A table as RFC 4180 has it."""

    def cell(text: str) -> str:
        if any(sign in text for sign in (separator, '"', "\n", "\r")):
            return '"' + text.replace('"', '""') + '"'
        return text

    return "".join(separator.join(map(cell, row)) + end for row in (COLUMNS, *rows))


def strict(content: bytes) -> list[Figure] | None:
    """The figures of a table in plain UTF-8 with commas; None if it is anything else."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None
    rows: list[list[str]] = [[]]
    for match in re.finditer(r'(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|\Z)', text):
        rows[-1].append(match[1].replace('""', '"') if match[1] is not None else match[2])
        if match[3] == "\n":
            rows.append([])
        elif match[3] == "":
            break
    if written_again(rows) != text.rstrip("\n") or rows[0] != list(COLUMNS):
        return None
    body = [row for row in rows[1:] if row != [""]]
    return [figure(row) for row in body] if all(map(plain, body)) else None


def written_again(rows: list[list[str]]) -> str:
    """The rows as they must have been written if nothing was skipped."""
    made = written(tuple(map(tuple, rows)), end="\n")
    return made.split("\n", 1)[1].rstrip("\n")


def plain(row: list[str]) -> bool:
    """Whether a row needs no understanding at all."""
    return (
        len(row) == len(COLUMNS)
        and row[0] in TRUTH
        and re.fullmatch("[0-9]{4}|1986-2010|2010-04|2010-04-16", row[1], re.ASCII) is not None
        and row[2] in ("", "total")
        and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", row[3], re.ASCII) is not None
        and row[4] in ("person", "yuan")
        and row[5] in ("", "more_than", "about", "nearly", "exact", "at_least", "at_most")
        and row[7] == "most"
        and not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]", "".join(row))
    )


def figure(row: list[str]) -> Figure:
    """What counts of a row."""
    value = Decimal(row[3])
    return (row[0], row[1], str(value or value.copy_abs()), row[4], row[5] or "exact")


def loaded(content: bytes) -> list[Figure] | None:
    """The figures as the loader reads them; None if it refuses the file."""
    read = gather({"d": parse("d.csv", content)}, VOCABULARY, {})
    for finding in read.findings:
        if not (finding.what.en and finding.what.zh and finding.hint.en and finding.hint.zh):
            raise AssertionError(f"a finding without words: {finding}")
    if failing(read.findings):
        if not all(finding.place.line for finding in failing(read.findings)):
            raise AssertionError("a refusal without a place")
        return None
    return [(f.id, str(f.period), str(f.value), f.unit.id, f.qualifier.value) for f in read.facts]


def outer(chance: random.Random) -> bytes:
    """Damage to what stands between the cells, or another encoding. One sign at most: two can make
    another table that is as good."""
    separator = chance.choice(",,,,;\t")
    rows: list[tuple[str, ...]] = [*ROWS]
    if chance.random() < 0.2:
        rows.insert(chance.randrange(5), ("",) * len(COLUMNS))
    text = written(tuple(rows), separator, chance.choice(["\r\n", "\n", "\r"]))
    places = [at for at, sign in enumerate(text) if sign in (separator, '"', "\n", "\r")]
    for at in chance.sample(places, chance.randrange(2)):
        sign = chance.choice((separator, '"', "\n", separator * 2, " ", "", "\u3000", "\ufeff"))
        text = text[:at] + sign + text[at + chance.randrange(2) :]
    content = text.encode(chance.choice(["utf-8", *ENCODINGS]), "replace")
    if chance.random() < 0.1:
        content += chance.choice([b"\x00", b"\xff", b"\xe7", b"\x81", b"\r\n,,,,\r\n"])
    return content


def inner(chance: random.Random) -> bytes:
    """Damage anywhere, the cells included."""
    text = written(ROWS)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(SIGNS) + text[at + chance.randrange(3) :]
    return text.encode(chance.choice(["utf-8", "utf-8", "utf-8", *ENCODINGS]), "replace")


def octets(chance: random.Random) -> bytes:
    """Damage to bytes: flipped, cut, doubled, moved."""
    content = bytearray(
        written(ROWS).encode(chance.choice(["utf-8", "utf-8", *ENCODINGS]), "replace")
    )
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(content))
        kind = chance.randrange(4)
        if kind == 0:
            content[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            content[at] = chance.randrange(256)
        elif kind == 2:
            del content[at : at + chance.randrange(1, 40)]
        else:
            part = content[at : at + chance.randrange(1, 40)]
            to = chance.randrange(len(content) + 1)
            content[to:to] = part
        content = content or bytearray(b",")
    return bytes(content)


def texts(content: bytes) -> str:
    """All that a file may say in any encoding that is read, in half width, without separators."""
    said = [
        content.decode(each, "ignore") for each in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
    ]
    narrow = unicodedata.normalize("NFKC", "\n".join(said)).replace("\u2212", "-")
    return re.sub("[,， \u00a0\u3000\"\u200b\ufeff=']", "", narrow) + re.sub("[,， ]", "", narrow)


def stands(value: str, said: str) -> bool:
    """Whether a number is written somewhere, maybe with zeros before it."""
    sign, digits = ("-", value[1:]) if value.startswith("-") else ("", value)
    return re.search(f"{sign}0*{re.escape(digits)}", said) is not None


def wrong(kind: str, content: bytes) -> str | None:
    """What is wrong with the reading of a damaged table; None if nothing."""
    read, needed = loaded(content), strict(content)
    if needed is not None and len({row[:2] for row in needed}) == len(needed):
        if read is None:
            return (
                None if kind != "outer" or needed != list(TRUTH.values()) else "refused for nothing"
            )
        return None if read == needed else f"read {read}, not {needed}"
    if read is None:
        return None
    if kind == "outer":
        missing = [row for row in read if row != TRUTH[row[0]]]
        return f"other figures: {missing}" if missing or len(read) != len(TRUTH) else None
    said = texts(content)
    strange = [row for row in read if not stands(row[2], said)]
    return f"figures that stand nowhere: {strange}" if strange else None


KINDS: dict[str, Callable[[random.Random], bytes]] = {
    "outer": outer,
    "inner": inner,
    "octets": octets,
}


def main() -> int:
    """Run the trials; 1 if one of them went wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    started, faults, accepted = time.monotonic(), 0, 0
    for number in range(given.count):
        kind = tuple(KINDS)[number % 3]
        content = KINDS[kind](random.Random(f"{given.seed}/{number}"))
        try:
            problem = wrong(kind, content)
            accepted += problem is None and loaded(content) is not None if number % 100 == 0 else 0
        except Exception as fault:  # noqa: BLE001 - this is what is looked for
            problem = f"raised {fault!r}"
        if problem:
            faults += 1
            print(f"seed {given.seed} trial {number} ({kind}): {problem}\n    {content!r}")
            if faults == 20:
                break
        if number % 100_000 == 99_999:
            print(f"{number + 1:,} trials, {time.monotonic() - started:.0f} s", flush=True)
    seconds = time.monotonic() - started
    print(
        f"seed {given.seed}: {number + 1:,} trials in {seconds:.0f} s, {faults} faults; "
        f"about {100 * accepted:,} were accepted"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
