"""Typst on the sources of the editions, after pyplot has redrawn all charts if that is asked.

python -m peers.set_typst [--charts] [--warm] WORK EDITION...
"""

import sys
import time
from pathlib import Path

import typst

from peers.draw import draw


def main(work: Path, editions: list[str], warm: bool) -> None:
    """Make ``typst-<edition>.pdf``; with ``warm``, print the seconds of a second compilation: those
    of the processor, then those that passed."""
    for edition in editions:
        source = work / f"{edition}.typ"
        target = str(work / f"typst-{edition}.pdf")
        compiler = typst.Compiler(
            str(source), font_paths=[str(work / "fonts")], ignore_system_fonts=True
        )
        compiler.compile(output=target)
        if warm:
            text = source.read_text("utf-8")
            source.write_text(text.replace("437", "439", 1), "utf-8")
            worked, passed = time.process_time(), time.perf_counter()
            compiler.compile(output=target)
            print(time.process_time() - worked, time.perf_counter() - passed)
            source.write_text(text, "utf-8")


if __name__ == "__main__":
    options = [word for word in sys.argv[1:] if word.startswith("--")]
    folder, *wanted = [word for word in sys.argv[1:] if not word.startswith("--")]
    if "--charts" in options:
        draw(Path(folder), "svg", wanted)
    main(Path(folder), wanted, "--warm" in options)
