"""Makes a book of many chapters out of the real one, the same each time, to measure growth with.

    python tools/bookgen.py FOLDER CHAPTERS

The chapter is made once for each of so many areas (docs/instances.md). Every area has a table of
figures of its own, so that no page, chart or file of one serves for another.
"""

import csv
import io
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHAPTER = "science-and-technology"
OWN = "dispatch.csv"
"""The table in which every area has its own figures."""
VARIED = "dispatched"


def area(number: int) -> str:
    """What an area is called in the tables.

    >>> area(7)
    'area-007'
    """
    return f"area-{number:03}"


def generate(folder: Path, chapters: int) -> None:
    """Write the project."""
    for room in ("data", "templates", "figures"):
        shutil.copytree(ROOT / room, folder / room)
    data = folder / "data" / CHAPTER
    book = folder / "data" / "book.toml"
    text = book.read_text("utf-8").replace(
        f'slug = "{CHAPTER}"', f'slug = "{CHAPTER}"\nfor_each = "areas"\nby = "area"'
    )
    book.write_text(text, "utf-8")
    names = [area(number) for number in range(1, chapters + 1)]
    rows = "".join(f"{name},2010,{name},Area,地区\n" for name in names)
    (data / "areas.csv").write_text(f"id,period,area,name_en,name_zh\n{rows}", "utf-8")
    codes = "".join(f"area,{name},,,Area,地区\n" for name in names)
    with (data / "codes.csv").open("a", encoding="utf-8") as file:
        file.write(codes)
    (data / "datapackage.json").unlink()  # it describes the tables without the column
    path = data / OWN
    path.write_text(shared(path.read_text("utf-8-sig"), chapters), "utf-8")


def shared(table: str, chapters: int) -> str:
    """The rows of a table once for each area, one figure another in each."""
    head, *rows = csv.reader(io.StringIO(table))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    place = head.index("period") + 1
    writer.writerow([*head[:place], "area", *head[place:]])
    at = {name: number for number, name in enumerate(head)}
    for number in range(1, chapters + 1):
        for row in rows:
            made = list(row)
            if made[at["id"]] == VARIED:
                value = int(made[at["value"]]) + number
                made[at["quote"]] = made[at["quote"]].replace(made[at["value"]], str(value))
                made[at["value"]] = str(value)
            writer.writerow([*made[:place], area(number), *made[place:]])
    return out.getvalue()


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]))
