"""`build.py fmt`: one form, only when asked, nothing lost, what changes is said."""

from pathlib import Path

import pytest

from tests.edits import rows, said
from yearbook import fmt as formatting
from yearbook.finding import failing
from yearbook.fmt import fmt
from yearbook.read.canonical import canonical

MESSY = 'ID;Value;note\r"a";７２ ０００;x\r\rb;44.050;"y, z"\r;;\r'
USUAL = '\ufeffid,value,note\r\na,72000,x\r\n\r\nb,44.050,"y, z"\r\n'


def project(folder: Path, content: bytes) -> Path:
    """A folder with one table."""
    (folder / "data").mkdir()
    (folder / "data/x.csv").write_bytes(content)
    return folder


def test_rewrites(tmp_path: Path) -> None:
    """A messy table gets its usual form; every cell that changes is told."""
    root = project(tmp_path, MESSY.encode())
    done = fmt(root, (), keep=True)
    assert done.files == ("data/x.csv",)
    assert not failing(done.findings)
    assert (root / "data/x.csv").read_bytes().decode() == USUAL
    assert [what.partition(": ")[2] for what in said(done.findings)] == [
        "the cells are parted by semicolons; the mark of UTF-8 is missing; "
        "lines end in another way",
        '"ID" becomes "id"',
        '"Value" becomes "value"',
        '"７２ ０００" becomes "72000"',
    ]
    assert done.findings[-1].place.cell == "B2"
    assert fmt(root, (), keep=True).files == ()


def test_check_writes_nothing(tmp_path: Path) -> None:
    """With ``keep`` off the same is said and nothing is written."""
    root = project(tmp_path, MESSY.encode())
    assert fmt(root, (), keep=False).files == ("data/x.csv",)
    assert (root / "data/x.csv").read_bytes().decode() == MESSY


@pytest.mark.parametrize(
    "content",
    [
        b"id,id\na,b\n",
        b"id,value\na,72,000\n",
        b'id,value\n"a,1\n',
        b"id,value\na,#REF!x\n".replace(b"#REF!x", b"\xff\xff"),
        b"",
        b"id,,value\na,b,1\n",
    ],
)
def test_what_is_not_certain_stays(tmp_path: Path, content: bytes) -> None:
    """A table with a fault of form is named and not touched."""
    root = project(tmp_path, content)
    done = fmt(root, (), keep=True)
    assert done.files == ()
    assert failing(done.findings)
    assert (root / "data/x.csv").read_bytes() == content


def test_cells_that_are_wrong_stay_as_typed() -> None:
    """What no rule allows to rewrite is left to the editor: 7.2万 stays 7.2万."""
    made = canonical("x.csv", "id,period,value\na,2010年,7.2万\nb,soon,(3)\n".encode())
    assert isinstance(made, bytes)
    assert rows(made)[1:] == [["a", "2010", "7.2万"], ["b", "soon", "(3)"]]


def test_only_named_files(tmp_path: Path) -> None:
    """Files may be named; a name that is none is a fault."""
    root = project(tmp_path, MESSY.encode())
    (root / "data/y.csv").write_bytes(MESSY.encode())
    assert fmt(root, ("./data/y.csv",), keep=True).files == ("data/y.csv",)
    assert failing(fmt(root, ("data/z.csv",), keep=True).findings)


def test_a_file_saved_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an editor saved since it was read is not overwritten."""
    root = project(tmp_path, MESSY.encode())

    def slow(name: str, content: bytes) -> object:
        (root / "data/x.csv").write_bytes(b"id,value\nnew,1\n")
        return canonical(name, content)

    monkeypatch.setattr(formatting, "canonical", slow)
    done = fmt(root, (), keep=True)
    assert "changed meanwhile" in failing(done.findings)[0].what.en
    assert (root / "data/x.csv").read_bytes() == b"id,value\nnew,1\n"


def test_rights_stay(tmp_path: Path) -> None:
    """Who may read the file stays as it was."""
    root = project(tmp_path, MESSY.encode())
    (root / "data/x.csv").chmod(0o640)
    fmt(root, (), keep=True)
    assert (root / "data/x.csv").stat().st_mode & 0o777 == 0o640
