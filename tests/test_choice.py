"""Which instances are printed when some are asked for."""

import pytest

from tests.counties import SLUGS
from tests.test_read_instances import reading, snapshot
from yearbook.choice import asked, chosen
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.records import UnknownError


def test_chosen(project: Snapshot) -> None:
    """Instances must pass every filter; chapters that are none are printed all the same."""
    book = reading(snapshot(), project.files["templates/theme.toml"]).book
    north = [each.slug for each in chosen(book, asked(["region=north", "area=b2,c3"]))]
    assert north == ["people", SLUGS[1]]
    assert chosen(book, {}) == book.chapters


@pytest.mark.parametrize("filters", [["area=x9"], ["town=a1"], ["area=a1", "region=south"]])
def test_nothing_left(project: Snapshot, filters: list[str]) -> None:
    """Filters that let nothing pass are a mistake."""
    book = reading(snapshot(), project.files["templates/theme.toml"]).book
    with pytest.raises(UnknownError, match="no instance has"):
        chosen(book, asked(filters))


def test_no_instances(project: Snapshot) -> None:
    """In a book without chapters made for each row of a list, that is what is wrong."""
    with pytest.raises(UnknownError) as raised:
        chosen(read(project).book, asked(["x=y"]))
    assert raised.value.what.en == "no chapter of this book is made for each row of a list"
    assert raised.value.what.zh == "本书没有按列表逐行生成的章节"
    assert "--only" in raised.value.hint.zh


@pytest.mark.parametrize("typed", ["area", "=a1", "area="])
def test_no_filter(typed: str) -> None:
    """A filter names a column and a value."""
    with pytest.raises(UnknownError, match="is no filter"):
        asked([typed])
