"""What is wrong with a command line, in Chinese; tests/test_cli.py hears click say it."""

import pytest

from tests.edits import bilingual
from yearbook.misuse import USAGE, chinese
from yearbook.model import Text


@pytest.mark.parametrize(
    "said",
    [
        "Missing command.",
        "Got unexpected extra arguments (x y)",
        "Invalid value for '--output': Directory 'x' is a file.",
        "Invalid value for 'FILE': File 'x' is not readable.",
    ],
)
def test_words_of_its_own(said: str) -> None:
    """What click may say has words of its own in Chinese, and nothing of the English sentence."""
    zh = chinese(said)
    assert zh != USAGE
    assert bilingual(Text(said, zh))
    assert not any(word in zh for word in ("Invalid", "Missing", "unexpected"))


def test_anything_else() -> None:
    """Of what is new in click, that the usage helps."""
    assert chinese("Aborted by a sorcerer") == USAGE
