"""Turns what the printing engine mutters into findings: a warning is a failure."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from yearbook.finding import Finding, error
from yearbook.model import Text
from yearbook.pdf.document import PLACE

_LOGGERS = ("weasyprint", "fontTools")
# Said again, with the words around the character, by yearbook.pdf.glyphs.
_SAID_BETTER = ".notdef glyph rendered"


class _Notebook(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(record.getMessage())


@contextmanager
def _listening(name: str, heard: list[str]) -> Iterator[None]:
    logger, notebook = logging.getLogger(name), _Notebook(heard)
    before = logger.level, logger.propagate
    logger.addHandler(notebook)
    # A host that silenced the logger must not silence the findings; nor are they said twice.
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(notebook)
        logger.level, logger.propagate = before


@contextmanager
def heard() -> Iterator[list[str]]:
    """The messages logged or warned while the block runs; complete once it has ended."""
    messages: list[str] = []
    with ExitStack() as stack:
        caught = stack.enter_context(warnings.catch_warnings(record=True))
        warnings.simplefilter("always")
        # It comes when memory is tidied, about objects that need not be the page's.
        warnings.simplefilter("ignore", ResourceWarning)
        for name in _LOGGERS:
            stack.enter_context(_listening(name, messages))
        yield messages
    messages.extend(str(warning.message) for warning in caught)


def remarks(messages: list[str]) -> Iterator[Finding]:
    """One finding for each different message, in the order they came."""
    for message in dict.fromkeys(messages):
        if not message.startswith(_SAID_BETTER):
            yield error(
                "pdf-warning",
                PLACE,
                Text(f"the PDF engine says: {message}", f"PDF 引擎提示：{message}"),
                Text(
                    "mend the template or its CSS: nothing the engine doubts is printed",
                    "请修改模板或 CSS：引擎有疑问的内容不予付印",
                ),
            )
