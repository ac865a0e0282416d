"""Whether the fonts of a project are the ones that its fonts.csv lists. Standard library only."""

import csv
import hashlib
import lzma
from pathlib import Path

LIST = "fonts.csv"


def wrong(folder: Path) -> tuple[int, tuple[str, ...]]:
    """How many fonts the list of a folder names, and those that are missing or damaged."""
    try:
        text = (folder / LIST).read_text(encoding="utf-8-sig")
        listed = [(row["file"], row["sha256"]) for row in csv.DictReader(text.splitlines())]
    except (OSError, ValueError, KeyError, csv.Error):
        return 0, ()
    states = ((name, state(folder / name, digest)) for name, digest in listed)
    return len(listed), tuple(f"{name} {each}" for name, each in states if each)


def state(path: Path, digest: str) -> str:
    """What is wrong with a font file, by the sha256 of its outlines; "" if nothing is."""
    try:
        content = path.read_bytes()
        plain = lzma.decompress(content) if path.suffix == ".xz" else content
    except FileNotFoundError:
        return "missing"
    except (OSError, lzma.LZMAError):
        return "damaged"
    return "" if hashlib.sha256(plain).hexdigest() == digest else "damaged"
