"""Streams end where their Length says."""

import random
from collections.abc import Sequence
from io import BytesIO
from zlib import compress

import page as validation
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from tests import forge
from yearbook.model import Edition
from yearbook.pdf.bind import written
from yearbook.pdf.streams import ended

ENDINGS = (b"a\r", b"b\n", b"c", b"\r", b"", b"d\r\r", b"e\r\n")


def filed(packed: Sequence[bytes]) -> Pdf:
    """A file of one page with streams that are packed already."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Held = Array([pdf.make_stream(each, Filter=Name.FlateDecode) for each in packed])
    pdf.Root.Others = Array([pdf.make_indirect(Dictionary(Number=n)) for n in range(150)])
    return pdf


def returning(many: int) -> list[bytes]:
    """Packed streams that end with a carriage return."""
    at, found = random.Random(6), list[bytes]()  # noqa: S311 - the same streams each time
    while len(found) < many:
        made = compress(at.randbytes(40), 9)
        if made.endswith(b"\r"):
            found.append(made)
    return found


def raw(file: bytes) -> list[bytes]:
    """The streams as they stand in a file, but for the table of its objects."""
    with pikepdf.open(BytesIO(file)) as pdf:
        return [bytes(each.read_raw_bytes()) for each in pdf.Root.Held]


def taken(file: bytes) -> int:
    """How many streams of a file end so that a byte of theirs could be taken for an end of line."""
    return file.count(b"\r\nendstream") - file.count(b"\r\r\nendstream")


@pytest.mark.parametrize("many", [0, 1, 2, 40])
def test_a_last_carriage_return_is_not_taken_for_an_end_of_line(many: int) -> None:
    """After a carriage return of the data comes a whole end of line of its own; all else, the
    places of all objects included, is as it was."""
    streams = returning(many)
    file = written(filed(streams))

    assert taken(file) == 0
    assert file.count(b"\r\r\nendstream") >= many
    assert raw(file) == streams
    with pikepdf.open(BytesIO(file)) as pdf:
        assert [int(each.Number) for each in pdf.Root.Others] == list(range(150))
        assert not pdf.get_warnings()


def test_table_that_grows() -> None:
    """A file that no longer fits into the widths of its table gets wider ones."""
    size = 2**16 - 700
    for more in range(0, 700, 7):
        filler = compress(random.Random(more).randbytes(size + more - 600), 0)  # noqa: S311
        file = written(filed([*returning(3), filler]))
        assert raw(file)[3] == filler
    assert len(file) > 2**16


def test_other_streams_are_left_alone() -> None:
    """A file whose streams end otherwise is as qpdf wrote it."""
    streams = [each for each in map(compress, ENDINGS) if not each.endswith(b"\r")]
    output = BytesIO()
    filed(streams).save(output, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    file = output.getvalue()
    assert ended(file) == file


@pytest.mark.parametrize("edition", Edition)
def test_finished_files(edition: Edition) -> None:
    """Of the real chapter no stream can be taken for a byte short; a strict reader says so too."""
    file = forge.finished(edition).pdf
    assert taken(file) == 0
    report = validation.validate_pdf_bytes(file, profile=validation.ValidationProfile.PDF_A_3A)
    assert not [each.message for each in report.failures]
