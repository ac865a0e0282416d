"""The templates of a project."""

from tests.edits import with_files
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.script import NAME, SCRIPT
from yearbook.templates import NEEDED, faults, texts


def test_project(project: Snapshot) -> None:
    """The templates of the project are whole; the script is there for them to include."""
    assert not list(faults(project.files, read(project).theme))
    made = texts(project.files)
    assert set(NEEDED) <= set(made)
    assert made[NAME] == SCRIPT


def test_faults(project: Snapshot) -> None:
    """A missing template and a style that adds words are told with their files."""
    theme = read(project).theme
    lost = with_files(project, **{"templates/index.html": None})
    assert [str(each.place) for each in faults(lost.files, theme)] == ["templates/index.html"]
    style = project.files["templates/screen.css"] + b'td::before { content: "42" }'
    wrong = with_files(project, **{"templates/screen.css": style})
    assert [each.rule for each in faults(wrong.files, theme)] == ["style"]
