"""``python -m yearbook`` and the start of ``build.py``: most of what a start costs is loading."""

import os
import sys

from yearbook import receipt


def run(root: str | None = None) -> None:
    """Run the command line for a project, by default the folder we are in.

    A report of which nothing changed is answered before the command line itself is loaded.
    """
    if receipt.answer(sys.argv[1:], root or os.getcwd()):  # noqa: PTH109 - pathlib costs 5 ms
        return
    from pathlib import Path

    from yearbook import cli

    cli.run(Path(root) if root else None)


if __name__ == "__main__":
    run()
