"""What an edition was made from and what came out: sha256 of every input and output, tools."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from yearbook.book import Book
from yearbook.model import Artifact

FORMAT = "yearbook-manifest/1"
"""Marks a folder as one of ours: only such a folder is ever replaced."""


def digest(content: bytes) -> str:
    """The sha256 of some bytes, in hexadecimal.

    >>> digest(b"")[:8]
    'e3b0c442'
    """
    return sha256(content).hexdigest()


def manifest(
    book: Book,
    inputs: Mapping[str, bytes],
    outputs: Iterable[Artifact],
    tools: Mapping[str, str],
    system: Mapping[str, str],
) -> Artifact:
    """manifest.json. ``system`` holds what may differ between machines that give the same bytes."""
    content = {
        "format": FORMAT,
        "book": {
            "title": {"en": book.title.en, "zh": book.title.zh},
            "edition_year": book.edition_year,
            "data_year": book.data_year,
        },
        "inputs": {name: digest(data) for name, data in sorted(inputs.items())},
        "outputs": {a.name: digest(a.content) for a in sorted(outputs, key=lambda a: a.name)},
        "tools": dict(sorted(tools.items())),
        "system": dict(sorted(system.items())),
    }
    return Artifact("manifest.json", written(content))


def written(content: object) -> bytes:
    """JSON as we write it: readable, in a fixed order, with a final line end."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
