"""Why the system refused, in both languages."""

import errno

from tests.edits import bilingual
from yearbook import reason


def test_every_reason_is_bilingual() -> None:
    """Each number has words in both languages, none of them the system's own."""
    for number, text in reason.REASONS.items():
        assert bilingual(text)
        assert reason.of(OSError(number, "words of the system")) == text


def test_other_faults() -> None:
    """What has no number of its own keeps its words; Chinese marks them as the system's."""
    assert reason.of(OSError(errno.EFAULT, "Bad address")).zh == "系统报告“Bad address”"
    assert reason.of(ValueError("odd")).en == "odd"
    assert reason.of(ValueError()).en == "ValueError"
    assert reason.of(RuntimeError("Symlink loop")).en == "links lead in a circle"
