"""A published folder is read again: digests first, then what the files say."""

from pathlib import Path

import pytest

from tests.edits import ROOT
from yearbook import build, write
from yearbook.gallery import load_charts
from yearbook.model import Text
from yearbook.published import audit


def quiet(text: Text) -> None:
    """Say nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real book, published."""
    target = tmp_path_factory.mktemp("published") / "output"
    built = build.build(ROOT, load_charts(ROOT), 2, quiet)
    write.publish(built.artifacts, target)
    return target


def test_a_folder_as_published_is_sound(folder: Path) -> None:
    """Nothing is found in what was just published."""
    assert audit(folder).findings == ()


def test_a_digit_changed_by_hand_is_named(folder: Path) -> None:
    """A page that was changed after it was published is named, and so is what it says now."""
    page = folder / "science-and-technology" / "en.html"
    before = page.read_bytes()
    page.write_bytes(before.replace(b">437", b">473", 1))
    try:
        found = audit(folder).findings
    finally:
        page.write_bytes(before)

    assert found
    assert all(finding.place.file.endswith("science-and-technology/en.html") for finding in found)
    assert any("473" in finding.what.en for finding in found)


def test_a_lost_file_is_named(folder: Path) -> None:
    """A file of the manifest that is gone is a finding."""
    page = folder / "index.html"
    before = page.read_bytes()
    page.unlink()
    try:
        found = audit(folder).findings
    finally:
        page.write_bytes(before)

    assert [finding.place.file.rpartition("/")[2] for finding in found][:1] == ["index.html"]
