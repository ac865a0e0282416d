"""Starts ``build.py`` with the Python that the set-up made, whichever Python it was called with.

An editor types ``python3 build.py keep``; the packages are in ``.venv``. Any Python 3 can read this
file.
"""

import os
import sys
from importlib import util

_STARTED = "YEARBOOK_STARTED"
"""Says that this was done: where a Python does not know its own place, once is enough."""
_NEEDED = ("click", "jinja2", "markdown_it", "weasyprint")
_SHELL = (
    'cd "$0" && . tools/environment.sh && cd "$1" && shift && '
    'exec "$0/.venv/bin/python" "$0/build.py" "$@"'
)
_ABSENT = """\
nothing is set up here yet: run `make report` once, it brings all that is needed
尚未安装所需软件：请先运行一次 make report，会自动安装
"""


def own(root: str) -> None:
    """Go on with the Python of a project's set-up; without a set-up, say so and end with 2."""
    place = os.path.join(root, ".venv", "bin")  # noqa: PTH118 - pathlib costs 5 ms
    here = os.path.dirname(sys.executable)  # noqa: PTH120
    if os.path.realpath(here) == os.path.realpath(place) or _STARTED in os.environ:
        return
    if os.path.exists(os.path.join(place, "python")):  # noqa: PTH110, PTH118
        os.environ[_STARTED] = "1"
        words = [root, os.getcwd(), *sys.argv[1:]]  # noqa: PTH109
        os.execv("/bin/sh", ["sh", "-c", _SHELL, *words])  # noqa: S606 - our own line
    if not all(map(util.find_spec, _NEEDED)):
        sys.stderr.write(_ABSENT)
        sys.exit(2)
