"""The smallest project that has a text, a table and two charts: for tests of whole builds."""

from collections.abc import Mapping
from pathlib import Path

from tests.edits import ROOT

CHART = '''"""A chart of one figure."""

from figures._axis import COLOUR, axis

SIZE = (3.0, 1.0)


def draw(figure, sketch):
    """A bar as long as the figure."""
    fact = sketch.fact("{name}")
    axes = axis(figure)
    axes.barh([0], [float(fact.value)], color=sketch.colour(COLOUR))
    axes.text(0, 0.6, sketch.label("{name}") + " " + sketch.figure(fact))


def alt(sketch):
    """The figure in words."""
    return sketch.label("{name}") + " " + sketch.figure(sketch.fact("{name}"))
'''
AXIS = '''"""What the charts share."""

COLOUR = "first"


def axis(figure):
    """An empty sheet."""
    axes = figure.add_axes((0, 0, 1, 0.5))
    axes.set_axis_off()
    return axes
'''
FIGURES = '''"""The charts."""

from figures import heads, sent
from yearbook.chart import Chart

CHARTS = {
    "heads": Chart(heads.SIZE, heads.draw, heads.alt),
    "sent": Chart(sent.SIZE, sent.draw, sent.alt),
}
'''
FILES = {
    "data/book.toml": """title_en = "Small Yearbook"
title_zh = "小年鉴"
publisher_en = "A Press"
publisher_zh = "出版社"
edition_year = 2011
data_year = 2010

[[chapter]]
slug = "people"
title_en = "People"
title_zh = "人员"
""",
    "data/people/rules.csv": "id,level,rule,message_en,message_zh\n"
    "heads_in_sent,error,heads <= sent,heads are among those sent,组长在派出人员之中\n",
    "data/people/tables.csv": "id,kind,data,rows,columns,title_en,title_zh,note_en,note_zh\n"
    "people,indicators,people,,,People sent,派出人员,,\n",
    "data/people/charts.csv": "id,title_en,title_zh,note_en,note_zh,source\n"
    "sent,Sent,派出,,,report\nheads,Heads,组长,,,report\n",
    "data/people/people.csv": "id,period,value,unit,qualifier,quote,source,note\n"
    "sent,2010,437,person,,437 people,report,\n"
    "heads,2010,25,person,,25 heads,report,\n",
    "data/people/codes.csv": "dimension,code,parent,relation,en,zh\n"
    "id,sent,,,People sent,派出人员\nid,heads,,,Group heads,组长\n",
    "data/units.csv": "id,kind,one,other,zh,en_factor,en_name,zh_factor,zh_name\n"
    "person,count,person,people,人,1,persons,1,人\n",
    "data/sources.csv": "id,en,zh\nreport,Report of the ministry,部门报告\n",
    "templates/chapters/people/en.md": """## Overview {#overview}

The ministry sent {{ fact("sent") }}.

{{ table("people") }}

{{ chart("sent") }}

{{ chart("heads") }}
""",
    "templates/chapters/people/zh.md": """## 概况 {#overview}

派出{{ fact("sent") }}。

{{ table("people") }}

{{ chart("sent") }}

{{ chart("heads") }}
""",
    "figures/__init__.py": FIGURES,
    "figures/_axis.py": AXIS,
    "figures/heads.py": CHART.replace("{name}", "heads"),
    "figures/sent.py": CHART.replace("{name}", "sent"),
}


def small(folder: Path) -> Path:
    """The project on the disk, with the templates and fonts of the book."""
    return written(folder, FILES)


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """A project on the disk, with the templates and fonts of the book."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shared = [*(ROOT / "templates").glob("*.*"), *(ROOT / "templates" / "fonts").glob("*")]
    for path in shared:
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return folder
