"""Hands this project's folder to the toolkit: ``python build.py report``."""

from pathlib import Path

from yearbook.cli import run

if __name__ == "__main__":
    run(Path(__file__).parent)
