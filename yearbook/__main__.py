"""``python -m yearbook``: the command line, for the folder it is called in."""

from yearbook.cli import run

if __name__ == "__main__":
    run()
