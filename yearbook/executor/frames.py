"""Messages between two processes of one machine: a head in JSON and a body of bytes."""

import json
import struct
from collections.abc import Mapping
from typing import IO, Any

_SIZES = struct.Struct(">IQ")


def send(pipe: IO[bytes], head: Mapping[str, Any], body: bytes = b"") -> None:
    """Send one message. Raises BrokenPipeError if nobody reads it.

    >>> from io import BytesIO
    >>> pipe = BytesIO()
    >>> send(pipe, {"order": "a"}, b"files")
    >>> _ = pipe.seek(0)
    >>> receive(pipe), receive(pipe)
    (({'order': 'a'}, b'files'), None)
    """
    told = json.dumps(head, ensure_ascii=False).encode()
    pipe.write(_SIZES.pack(len(told), len(body)) + told)
    pipe.write(body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """The next message, or None if the other side has ended, be it amid a message."""
    sizes = pipe.read(_SIZES.size)
    if len(sizes) < _SIZES.size:
        return None
    head, body = _SIZES.unpack(sizes)
    content = pipe.read(head + body)
    if len(content) < head + body:
        return None
    return json.loads(content[:head]), content[head:]
