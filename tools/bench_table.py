"""What a long table takes to print, beside WeasyPrint as it comes with the same tags.

``python tools/bench_table.py [--rows 2000] [--turns 3]``. One page of seven columns, the head of
each row and of each column marked, in the fonts of this project; each print is a fresh process, all
of it counted, in interleaved turns: seconds of the processor, user and system, and megabytes at the
peak. Both files have their tags (PDF/A-3a) and as many pages. ``make bench`` runs it.
"""

import argparse
import pickle
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pikepdf
from peers.measure import Spent, spent, summed

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = 6
STYLE = (
    "table { border-collapse: collapse } th, td { border-bottom: 0.5px solid #999;"
    " padding: 2px 4px; text-align: right } tbody th { text-align: left }"
)
OURS = """
import pickle, sys
from yearbook.pdf import Document, render
html, assets, created = pickle.load(open(sys.argv[1], "rb"))
printed = render(Document(html, assets, created))
if printed.findings:
    raise SystemExit(repr(printed.findings))
open(sys.argv[2], "wb").write(printed.content)
"""
STOCK = """
import pickle, sys
import weasyprint
html, assets, _ = pickle.load(open(sys.argv[1], "rb"))
def fetch(address):
    return {"string": assets[address.rpartition("/")[2]], "mime_type": "font/ttf"}
page = weasyprint.HTML(string=html, url_fetcher=fetch)
page.write_pdf(sys.argv[2], pdf_variant="pdf/a-3a", pdf_tags=True)
"""


def page(rows: int) -> str:
    """A table of so many rows, nearly every figure another."""
    head = "".join(f"<th scope=col>Column {number}</th>" for number in range(COLUMNS + 1))
    return (
        f"<table><caption>A table of {rows} rows</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(_rows(rows))}</tbody></table>"
    )


def _rows(count: int) -> Iterator[str]:
    for row in range(count):
        figures = ((row * 7919 + column * 104729) % 100_000 for column in range(COLUMNS))
        cells = "".join(f"<td>{figure:,}</td>" for figure in figures)
        yield f"<tr><th scope=row>County {row}</th>{cells}</tr>"


def written(folder: Path, rows: int) -> Path:
    """The page and its fonts, as both are to print it."""
    from yearbook import fonts  # noqa: PLC0415 - not in the processes that are measured
    from yearbook.pdf.specimen import assets, document  # noqa: PLC0415

    faces = fonts.load(ROOT / "templates" / "fonts")
    made = document(page(rows), assets({face.file: face.content for face in faces}), STYLE)
    place = folder / "page"
    place.write_bytes(pickle.dumps((made.html, dict(made.assets), made.created)))
    return place


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=2000)
    asked.add_argument("--turns", type=int, default=3)
    given = asked.parse_args()
    with TemporaryDirectory() as folder:
        place = written(Path(folder), given.rows)
        taken: dict[str, list[Spent]] = {"ours": [], "WeasyPrint": []}
        for _ in range(given.turns):
            for name, script in zip(taken, (OURS, STOCK), strict=True):
                target = str(Path(folder, f"{name}.pdf"))
                command = [sys.executable, "-c", script, str(place), target]
                taken[name].append(spent(command, ROOT, {"PYTHONPATH": str(ROOT)}))
        for name, runs in taken.items():
            content = Path(folder, f"{name}.pdf").read_bytes()
            with pikepdf.open(BytesIO(content)) as file:
                sheets = len(file.pages)
            one = summed(runs)
            print(
                f"{name:10} {one.worked:6.2f} s CPU ({one.least:.2f} to {one.most:.2f})"
                f" {one.memory:4.0f} MiB {len(content):9,} bytes {sheets} pages"
            )
        ratios = [a.worked / b.worked for a, b in zip(*taken.values(), strict=True)]
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        print(f"ours : WeasyPrint {median(ratios):.2f} ({spread}; bar: 0.5)")


if __name__ == "__main__":
    main()
