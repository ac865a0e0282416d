"""A small book of one chapter in common and one made for each county: three counties, made up of
codes alone. For tests of instances and of whole books."""

from collections.abc import Mapping
from pathlib import Path

from tests.small import FILES as SMALL
from tests.small import written

BOOK = """title_en = "Small Yearbook"
title_zh = "小年鉴"
publisher_en = "A Press"
publisher_zh = "出版社"
edition_year = 2011
data_year = 2010

[[chapter]]
slug = "people"
title_en = "People"
title_zh = "人员"

[[chapter]]
slug = "counties"
for_each = "areas"
by = "area"
title_en = "People sent to {{ list(\\"areas\\", \\"name\\") }}"
title_zh = "{{ list(\\"areas\\", \\"name\\") }}派出人员"
"""
SENT = {"a1": (12, 3), "b2": (29, 5), "c3": (43, 7)}
"""The people and the heads sent to each area."""
NAMES = {"a1": ("Upper Area", "上区"), "b2": ("Lower Area", "下区"), "c3": ("Outer Area", "外区")}
_HEAD = "id,period,area,value,unit,qualifier,quote,source,note\n"
FILES: Mapping[str, str] = {
    **SMALL,
    "data/book.toml": BOOK,
    "data/counties/areas.csv": "id,period,area,region,name_en,name_zh\n"
    + "".join(
        f"{area},2010,{area},{'north' if area < 'c' else 'south'},{en},{zh}\n"
        for area, (en, zh) in NAMES.items()
    ),
    "data/counties/people.csv": _HEAD
    + "".join(
        f"sent,2010,{area},{sent},person,,{sent} people,report,\n"
        f"heads,2010,{area},{heads},person,,{heads} heads,report,\n"
        for area, (sent, heads) in SENT.items()
    ),
    "data/counties/codes.csv": SMALL["data/people/codes.csv"]
    + "".join(f"area,{area},,,{en},{zh}\n" for area, (en, zh) in NAMES.items()),
    "data/counties/rules.csv": SMALL["data/people/rules.csv"],
    "data/counties/tables.csv": SMALL["data/people/tables.csv"],
    "data/counties/charts.csv": SMALL["data/people/charts.csv"],
    "templates/chapters/counties/en.md": SMALL["templates/chapters/people/en.md"],
    "templates/chapters/counties/zh.md": SMALL["templates/chapters/people/zh.md"],
}
SLUGS = tuple(f"counties-{area}" for area in SENT)


def counties(folder: Path) -> Path:
    """The book on the disk, with the templates and fonts of the book."""
    return written(folder, FILES)
