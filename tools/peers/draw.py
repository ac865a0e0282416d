"""The charts of figures/ as plain pyplot draws and saves them: all of them, every time.

python -m peers.draw WORK ENDING EDITION...
"""

import pickle
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yearbook.model import Language, Text


def draw(work: Path, ending: str, editions: Iterable[str]) -> None:
    """Draw every chart of the editions into ``charts/``."""
    import matplotlib as mpl  # noqa: PLC0415 - a peer's start is what is measured

    mpl.use("agg")
    import matplotlib.pyplot as plt  # noqa: PLC0415
    from matplotlib import font_manager  # noqa: PLC0415

    from figures import CHARTS  # noqa: PLC0415
    from yearbook.chart import Sketch  # noqa: PLC0415
    from yearbook.model import Edition  # noqa: PLC0415
    from yearbook.records import Records  # noqa: PLC0415

    for face in sorted((work / "fonts").glob("NotoSans*.ttf")):
        font_manager.fontManager.addfont(face)
    plt.rcParams["svg.fonttype"] = "none"
    plt.rcParams["font.family"] = ["Noto Sans", "Noto Sans SC"]
    book, theme, words = pickle.loads((work / "reading.pickle").read_bytes())  # noqa: S301 - ours
    for edition in map(Edition, editions):
        folder = work / "charts" / edition.value
        folder.mkdir(parents=True, exist_ok=True)
        for chapter in book.chapters:
            texts = words[chapter.slug]
            sketch = Sketch(Records(book, chapter), theme, edition, partial(_said, texts))
            for spec in chapter.charts:
                chart = CHARTS[spec.id]
                figure = plt.figure(figsize=chart.size, dpi=72)
                chart.draw(figure, sketch)
                figure.savefig(folder / f"{chapter.slug}.{spec.id}.{ending}")
                plt.close(figure)


def _said(texts: Mapping[tuple[str, str, str], str], language: "Language", text: "Text") -> str:
    return texts[language.value, text.en, text.zh]


if __name__ == "__main__":
    draw(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
