"""Writes a book for every peer, from the pages that were built of it.

python -m peers.prepare BOOK WORK
"""

import csv
import json
import lzma
import pickle
import sys
import warnings
from dataclasses import asdict
from pathlib import Path

from matplotlib.figure import Figure

from peers import as_html, as_markdown, as_rest, as_typst
from peers.content import Content, content, joined
from yearbook.binding import Medium, Numbering
from yearbook.book import Book, Chapter
from yearbook.chart import Chart, Sketch
from yearbook.compose import Teller
from yearbook.gallery import load_charts
from yearbook.model import Edition, Language, Text
from yearbook.read import read
from yearbook.read.snapshot import take
from yearbook.records import Records
from yearbook.template import plain
from yearbook.theme import Theme

BOOKDOWN = "\n  bookdown::pdf_document2:\n    latex_engine: xelatex"
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{0}/fonts</dir><cachedir>{0}/fontcache</cachedir></fontconfig>
"""


def prepare(root: Path, work: Path) -> None:
    """Write the sources of all peers."""
    (work / "fonts").mkdir(parents=True)
    for path in (root / "templates/fonts").glob("*.ttf.xz"):
        (work / "fonts" / path.stem).write_bytes(lzma.decompress(path.read_bytes()))
    (work / "fonts.conf").write_text(FONTCONFIG.format(work), "utf-8")
    reading, charts = read(take(root)), dict(load_charts(root))
    chapters = reading.book.chapters
    words = {
        chapter.slug: _words(reading.book, chapter, charts, reading.theme) for chapter in chapters
    }
    (work / "reading.pickle").write_bytes(pickle.dumps((reading.book, reading.theme, words)))
    for edition in Edition:
        parts = []
        for chapter in chapters:
            page = (root / "output" / chapter.slug / f"{edition}.html").read_text("utf-8")
            parts.append(content(edition.value, page, chapter.slug))
        _written(joined(parts), work)


Words = dict[tuple[str, str, str], str]


def _words(book: Book, chapter: Chapter, charts: dict[str, Chart], theme: Theme) -> Words:
    """The words that the charts of a chapter ask for, filled."""
    teller = Teller(Records(book, chapter), Numbering({}), Medium.SCREEN)
    texts: Words = {}

    def say(language: Language, text: Text) -> str:
        key = (language.value, text.en, text.zh)
        texts[key] = plain(teller.say(text, language))
        return texts[key]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # no font here has the characters; none is looked at
        for edition in Edition:
            for spec in chapter.charts:
                sketch = Sketch(teller.records, theme, edition, say)
                chart = charts[spec.id]
                chart.draw(Figure(figsize=chart.size), sketch)
    return texts


def _written(said: Content, work: Path) -> None:
    edition = said.edition
    (work / f"{edition}.json").write_text(json.dumps(asdict(said), ensure_ascii=False), "utf-8")
    (work / f"{edition}.html.j2").write_text(as_html.page(said), "utf-8")
    (work / f"{edition}.typ").write_text(as_typst.source(said), "utf-8")
    for ending, output in {"md": "", "Rmd": BOOKDOWN}.items():
        source = as_markdown.source(said, str(work / "fonts"), output)
        (work / f"{edition}.{ending}").write_text(source, "utf-8")
    sphinx = work / "sphinx" / edition
    sphinx.mkdir(parents=True)
    (sphinx / "conf.py").write_text(as_rest.settings(said), "utf-8")
    (sphinx / "index.rst").write_text(as_rest.source(said), "utf-8")
    (sphinx / "charts").symlink_to(work / "charts")
    tables = work / "tables" / edition
    tables.mkdir(parents=True)
    for table in said.tables.values():
        with (tables / f"{table.id}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(table.rows)


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]))
