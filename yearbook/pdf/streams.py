"""A stream whose last byte is a carriage return keeps it.

pydyf ends every stream with a line feed. After a carriage return the two bytes are one end of
line (ISO 32000-1, 7.3.8.1), so a strict reader finds the stream a byte short of its Length; a
compressed stream ends so once in 256 times. Ended with both bytes, none of its own is taken.
"""

import pydyf

_END = b"\nendstream"


def ended(written: bytes) -> bytes:
    """A stream whose end of line before ``endstream`` cannot be taken for data."""
    body = written.removesuffix(_END)
    return body + b"\r" + _END if body.endswith(b"\r") else written


def mend() -> None:
    """End each stream so, whatever wrote it until now."""
    before = pydyf.Stream.data.fget
    pydyf.Stream.data = property(lambda stream: ended(before(stream)))
