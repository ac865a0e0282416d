"""A table that went through LibreOffice, as CSV and as a workbook, says the same."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.edits import CHAPTER, ROOT
from yearbook.read.canonical import canonical

OFFICE = shutil.which("soffice")
READ = "Text - txt - csv (StarCalc):44,34,76,1,,0,false,false"
WRITTEN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
TABLES = ("overview.csv", "codes.csv", "exceptions.csv")


def converted(folder: Path, to: str, *words: str) -> None:
    """Let LibreOffice open the files of a folder and save them in another."""
    command = [OFFICE or "", f"-env:UserInstallation={(folder.parent / 'home').as_uri()}"]
    command += ["--headless", *words, "--convert-to", to, "--outdir", str(folder.parent / "saved")]
    subprocess.run([*command, *map(str, sorted(folder.iterdir()))], check=True, capture_output=True)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice Calc is not installed (libreoffice-calc)")
@pytest.mark.parametrize("workbook", [False, True], ids=["csv", "xlsx"])
def test_round_trip(tmp_path: Path, workbook: bool) -> None:
    """Opened with all columns as text, saved, and written in the usual form: the same bytes."""
    (tmp_path / "given").mkdir()
    for name in TABLES:
        shutil.copy(ROOT / CHAPTER / name, tmp_path / "given" / name)
    if workbook:
        converted(tmp_path / "given", "xlsx", f"--infilter={READ}")
        (tmp_path / "saved").rename(tmp_path / "books")
        converted(tmp_path / "books", WRITTEN)
    else:
        converted(tmp_path / "given", WRITTEN, f"--infilter={READ}")
    for name in TABLES:
        (saved,) = (tmp_path / "saved").glob(f"{name[:-4]}-*.csv")
        assert canonical(name, saved.read_bytes()) == (ROOT / CHAPTER / name).read_bytes()
