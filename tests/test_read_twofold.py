"""Large tables read as columns: in all that is told and read they equal the strict reader's."""

import random
import runpy

import pytest

from tests.contract import ENCODINGS, cases, files
from tests.edits import ROOT
from tests.test_read_contract import WORDS as CONTRACT
from tests.test_read_contract import encoded
from tests.twofold import differs, strictly, table

FUZZ = runpy.run_path(str(ROOT / "tools/fuzz_loader.py"))


def test_contract() -> None:
    """Every case of the contract comes out the same; many can be read as columns, and are."""
    read = 0
    for case in (*cases(), *files()):
        contents = (
            [case.content]
            if isinstance(case.content, bytes)
            else [encoded(case, each) for each in ENCODINGS if _writable(case.content, each)]
        )
        for content in contents:
            wrong, columns = differs(content, CONTRACT)
            assert not wrong, (case, content)
            read += columns
    assert read > 250


def _writable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize("seed", range(4))
def test_random_tables(seed: int) -> None:
    """Tables of right, odd and wrong cells come out the same, findings in their order included."""
    read = told = 0
    for number in range(100):
        content = table(random.Random(f"{seed}/{number}"))  # noqa: S311
        wrong, columns = differs(content)
        assert not wrong, content.decode("utf-8", "replace")
        read += columns
        told += columns and bool(strictly(content).findings)
    assert read > 20
    assert told > 5


@pytest.mark.parametrize("kind", sorted(FUZZ["KINDS"]))
def test_slips(kind: str) -> None:
    """The damages of the loader's fuzzer come out the same."""
    for number in range(400):
        content = FUZZ["KINDS"][kind](random.Random(f"twofold/{number}"))  # noqa: S311
        wrong, _ = differs(content, FUZZ["VOCABULARY"])
        assert not wrong, content
