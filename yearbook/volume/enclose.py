"""The files that every chapter encloses, enclosed once in the volume."""

import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import md5

from yearbook.audit import proof
from yearbook.volume.case import Written

_ABOUT = b"(Data behind this book)"


def written(files: Mapping[str, bytes], first: int, created: datetime) -> Iterator[Written]:
    """Two objects for each file, from the number ``first`` on: its specification, its content."""
    stamp = created.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ").encode()
    for at, (name, content) in enumerate(sorted(files.items())):
        number = first + 2 * at
        yield number, _specification(name, number + 1), b""
        check = md5(content, usedforsecurity=False).hexdigest().encode()
        about = (
            b"<< /Filter /FlateDecode /Params << /CheckSum <%s> /CreationDate (%s) /ModDate (%s) "
            b"/Size %d >> /Subtype /%s /Type /EmbeddedFile >>"
        )
        kind = proof.media_type(name).replace("/", "#2f").encode()
        told = about % (check, stamp, stamp, len(content), kind)
        yield number + 1, told, zlib.compress(content, 9)


def named(files: Mapping[str, bytes], first: int) -> dict[str, int]:
    """The numbers of the specifications, by the names of the files."""
    return {name: first + 2 * at for at, name in enumerate(sorted(files))}


def _specification(name: str, stream: int) -> bytes:
    text = (
        b"<< /AFRelationship /Data /Desc %s /EF << /F %d 0 R >> /F (%s) /Type /Filespec /UF (%s) >>"
    )
    return text % (_ABOUT, stream, name.encode(), name.encode())
