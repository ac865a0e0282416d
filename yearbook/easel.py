"""matplotlib as it is loaded here: no settings and no fonts of the user.

On import it reads the user's settings, and lists every font of the machine unless it finds a list
in its folder. Charts use the faces of the book alone, so it is given an empty list: on a machine
with many fonts that saves seconds of every build.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

LIST = "3.11.0"
"""The version of the list that the locked matplotlib reads: with another it makes its own."""
_EMPTY: dict[str, object] = {
    "__class__": "FontManager",
    "_version": LIST,
    "_FontManager__default_weight": "normal",
    "default_size": None,
    "defaultFamily": {"ttf": "DejaVu Sans", "afm": "Helvetica"},
    "afmlist": [],
    "ttflist": [],
}


@contextmanager
def own_settings() -> Iterator[None]:
    """Import matplotlib inside this block."""
    before = os.environ.get("MPLCONFIGDIR")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        (Path(folder) / f"fontlist-v{LIST}.json").write_text(json.dumps(_EMPTY), encoding="utf-8")
        os.environ["MPLCONFIGDIR"] = folder
        try:
            yield
        finally:
            os.environ.pop("MPLCONFIGDIR")
            if before is not None:
                os.environ["MPLCONFIGDIR"] = before
