"""WeasyPrint as this project uses it: one version, no font of the machine, and mends.

Import it from here and nowhere else: the mends must be in place before anything is printed.
"""

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pyphen

VERSION = "70.0"
_NO_FONTS = Path(__file__).with_name("fonts.conf")
_CUTTERS = ("fontTools.subset", "fontTools.varLib.instancer")


class WrongVersionError(ImportError):
    """Another WeasyPrint is installed than the one whose inner parts are mended here."""


@contextmanager
def no_system_fonts() -> Iterator[None]:
    """Let fontconfig read a configuration without folders, and give the variable back after.

    It reads ``FONTCONFIG_FILE`` at each new font configuration, so this must be around every
    print and not only around the import. It is not left set: a browser started later from this
    process needs its own fonts.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(_NO_FONTS)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def require(version: str) -> None:
    """Raise WrongVersionError unless this is the version the mends were written for."""
    if version != VERSION:
        raise WrongVersionError(
            f"WeasyPrint {version} is installed, but yearbook.pdf mends inner parts of {VERSION}: "
            "install the locked packages, or revise yearbook/pdf/ (docs/pdf.md)"
        )


@contextmanager
def _without_cutters() -> Iterator[None]:
    """Load the engine without the parts of fontTools that cut fonts: uharfbuzz cuts them
    (yearbook.pdf.subset), and they take a fifth of a second to load."""
    wanted = [name for name in _CUTTERS if name not in sys.modules]
    for name in wanted:
        sys.modules[name] = stand_in = ModuleType(name)
        stand_in.instantiateVariableFont = None  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for name in wanted:
            del sys.modules[name]


def ready(language: str) -> None:
    """Read where words of a language may be parted, for all who are forked later."""
    if pyphen.language_fallback(language):
        pyphen.Pyphen(lang=language)


with no_system_fonts(), _without_cutters(), warnings.catch_warnings():
    # That there is no font is meant, and fonts are cut by uharfbuzz (yearbook.pdf.subset).
    warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
    warnings.filterwarnings("ignore", message="HarfBuzz-Subset will be required")
    import weasyprint

require(weasyprint.__version__)
