"""Streams end where their Length says."""

import pydyf

import yearbook.pdf  # noqa: F401 - puts the mends in place


def test_a_last_carriage_return_is_not_taken_for_an_end_of_line() -> None:
    """After a carriage return of the data comes a whole end of line of its own."""
    written = pydyf.Stream([b"q 1\r"]).data

    assert written.endswith(b"q 1\r\r\nendstream")


def test_other_streams_are_left_alone() -> None:
    """A stream that ends otherwise is written as pydyf writes it."""
    assert pydyf.Stream([b"q 1\n"]).data.endswith(b"q 1\n\nendstream")
