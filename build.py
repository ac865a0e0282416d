"""Hands this project's folder to the toolkit: ``python build.py report``."""

import os

from yearbook.__main__ import start

if __name__ == "__main__":
    start(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib costs 5 ms
