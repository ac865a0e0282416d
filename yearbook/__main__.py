"""``python -m yearbook`` and the start of ``build.py``: most of what a start costs is loading."""

import os
import sys

if sys.flags.no_site:  # python -S: the packages are where a virtual environment has them
    _ROOM = os.path.dirname(os.path.dirname(sys.executable))  # noqa: PTH120 - pathlib costs 5 ms
    _VERSION = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    sys.path.append(f"{_ROOM}/lib/{_VERSION}/site-packages")

from yearbook import receipt


def start(root: str | None = None) -> None:
    """Run the program, and end at once when all is said: Python's own tidying up takes 2 ms."""
    if run(root):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def run(root: str | None = None) -> bool:
    """Run the command line for a project, by default the folder we are in.

    A report of which nothing changed is answered before the command line itself is loaded; whether
    that was so. Python may have been started with ``-S``, which spares the answer 4 ms; for all
    else it is started once more, as usual.
    """
    if receipt.answer(sys.argv[1:], root or os.getcwd()):  # noqa: PTH109 - pathlib costs 5 ms
        return True
    if sys.flags.no_site and "-S" in sys.orig_argv:
        words = list(sys.orig_argv)
        words.remove("-S")
        os.execv(sys.executable, words)  # noqa: S606 - the same program, without the option
    from pathlib import Path

    from yearbook import cli

    cli.run(Path(root) if root else None)
    return False


if __name__ == "__main__":
    start()
