"""Writes a book of one chapter made for each of many counties, made up but the same each time.

Each county has twelve figures in two tables, a chart and a list of its villages: about two pages in
each language. ``python tools/counties.py FOLDER [COUNT]`` writes the data and texts of such a book;
templates and fonts are those of this repository.
"""

import random
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST = 2860
"""The counties of China."""
SYLLABLES = (
    "An安 Bao宝 Chang长 Da大 En恩 Feng丰 Gu古 He和 Ji吉 Kang康 Lin林 "
    "Ming明 Ning宁 Ping平 Qing清 Rong荣 Shan山 Tai泰 Wu武 Xin新 Yang阳 Ze泽 "
    "Bei北 Cheng城 De德 Fu富 Guang光 Hua华 Jing景 Ling灵 Long龙 Nan南 Pu浦 "
    "Quan泉 Shi石 Tong同 Wen文 Xi西 Yong永 Zhen镇 Bin滨 Chun春 Dong东 Gao高 "
    "Hai海 Jin金 Le乐 Mei梅 Qi祁 Ru汝 Shun顺 Tian天 Wei渭 Xiang湘"
).split()
FIGURES = {
    "sent": ("People sent", "派出人员", "people", "person"),
    "heads": ("Group heads", "组长", "heads", "person"),
    "experts": ("Experts", "专家", "experts", "person"),
    "teachers": ("Teachers", "教师", "teachers", "person"),
    "doctors": ("Doctors", "医生", "doctors", "person"),
    "trained": ("People trained", "培训人员", "trained", "person"),
    "courses": ("People at courses", "参加课程人员", "at courses", "person"),
    "fields": ("People trained in fields", "田间培训人员", "in fields", "person"),
    "seats": ("Seats", "席位", "seats", "person"),
    "guides": ("Guides", "向导", "guides", "person"),
    "helpers": ("Helpers", "帮扶人员", "helpers", "person"),
    "visitors": ("Visitors", "来访人员", "visitors", "person"),
}
PARENTS = {"courses": "trained", "fields": "trained"}
_COLUMNS = "column,name,,,Village,村庄\ncolumn,head,,,Head,村长\n"
_HEAD = "id,period,area,value,unit,qualifier,quote,source,note\n"
EN = """## Overview {#overview}

In {{ list("areas", "name") }} the work of the year went on as it was planned with those who
live there. The ministry sent {{ fact("sent") }}, among them {{ fact("heads") }} who lead groups,
{{ fact("experts") }} who know the land, and {{ fact("doctors") }} who look after the sick. They
lived in the villages, worked in the fields and came home late.

{{ table("people") }}

{{ chart("people") }}

## Training {#training}

Training reached {{ fact("trained") }}: {{ fact("courses") }} at courses in town and
{{ fact("fields") }} in their own fields, where they saw what a better seed, a straight furrow and
a clean well are worth. Those who had learnt taught their neighbours, and many of them wrote down
what they had seen.

{{ table("training") }}

## Villages {#villages}

The work went on in these villages: {{ list("villages", "name") }}. In each of them a house was
opened where people meet, read and ask, and where the tools that belong to all are kept.

{{ table("villages") }}
"""
ZH = """## 概况 {#overview}

{{ list("areas", "name") }}的工作与当地群众共同商定，全年按计划进行。共派出{{ fact("sent") }}，
其中组长{{ fact("heads") }}，熟悉土地的专家{{ fact("experts") }}，
照看病患的医生{{ fact("doctors") }}。
他们住在村里，在田间劳动，很晚才回来。

{{ table("people") }}

{{ chart("people") }}

## 培训 {#training}

受训者{{ fact("trained") }}：其中在县城上课的{{ fact("courses") }}，
在自家田间受训的{{ fact("fields") }}。他们看到了良种、直垄和净水的好处。
学会的人又教给邻里，许多人还把所见写了下来。

{{ table("training") }}

## 村庄 {#villages}

工作在下列村庄展开：{{ list("villages", "name") }}。各村都开设了房屋，
供人聚会、阅读和询问，也存放公用的农具。

{{ table("villages") }}
"""
CHART = '''"""The people of a county, one bar for each kind."""

SIZE = (5.0, 2.4)
KINDS = ("sent", "heads", "experts", "teachers", "doctors", "guides")


def draw(figure, sketch):
    """A bar for each kind, the figure beside it."""
    axes = figure.add_axes((0.3, 0.05, 0.55, 0.9))
    axes.set_axis_off()
    facts = [sketch.fact(kind) for kind in KINDS]
    places = list(range(len(facts)))[::-1]
    axes.barh(places, [float(fact.value) for fact in facts], color=sketch.colour("first"))
    for place, kind, fact in zip(places, KINDS, facts, strict=True):
        axes.text(-0.02, place, sketch.label(kind), ha="right", va="center",
                  transform=axes.get_yaxis_transform())
        axes.text(float(fact.value), place, " " + sketch.figure(fact), va="center")


def alt(sketch):
    """The figures in words."""
    joint = "、" if sketch.language == "zh" else ", "
    return joint.join(f"{sketch.label(k)} {sketch.figure(sketch.fact(k))}" for k in KINDS)
'''
FIXED = {
    "data/book.toml": """title_en = "Yearbook of the Counties"
title_zh = "各县年鉴"
publisher_en = "A Press"
publisher_zh = "出版社"
edition_year = 2011
data_year = 2010

[[chapter]]
slug = "counties"
for_each = "areas"
by = "area"
title_en = "The work in {{ list(\\"areas\\", \\"name\\") }}"
title_zh = "{{ list(\\"areas\\", \\"name\\") }}的工作"
""",
    "data/units.csv": "id,kind,one,other,zh,en_factor,en_name,zh_factor,zh_name\n"
    "person,count,person,people,人,1,persons,1,人\n",
    "data/sources.csv": "id,en,zh\nreport,Report of the ministry,部门报告\n",
    "data/counties/rules.csv": "id,level,rule,message_en,message_zh\n"
    "heads_in_sent,error,heads <= sent,heads are among those sent,组长在派出人员之中\n",
    "data/counties/tables.csv": "id,kind,data,rows,columns,title_en,title_zh,note_en,note_zh\n"
    "people,indicators,people,,,People of the year,全年人员,,\n"
    "training,indicators,training,,,Training,培训,,\n"
    "villages,list,villages,,name head,Villages,村庄,,\n",
    "data/counties/charts.csv": "id,title_en,title_zh,note_en,note_zh,source\n"
    "people,People of the year,全年人员,,,report\n",
    "templates/chapters/counties/en.md": EN,
    "templates/chapters/counties/zh.md": ZH,
    "figures/__init__.py": '"""The charts."""\n\nfrom figures import people\n'
    "from yearbook.chart import Chart\n\n"
    'CHARTS = {"people": Chart(people.SIZE, people.draw, people.alt)}\n',
    "figures/people.py": CHART,
}


def files(count: int) -> Mapping[str, str]:
    """All files of the book but templates and fonts, by name."""
    areas = list(_areas(count))
    chance = random.Random(count and 20110101)
    sheets = {"people": _HEAD, "training": _HEAD}
    villages = "id,period,area,name_en,name_zh,head_en,head_zh,source\n"
    for area, _, _ in areas:
        for name, row in _facts(area, chance):
            sheets["training" if name in ("trained", *PARENTS) else "people"] += row
        for number in range(6):
            first, second, head = chance.sample(SYLLABLES, 3)
            village = f"{first[:-1]}{second[:-1].lower()} Village,{first[-1]}{second[-1]}村"
            villages += f"{area}-{number},2010,{area},{village},{head[:-1]},{head[-1]},report\n"
    codes = (
        "dimension,code,parent,relation,en,zh\n"
        + _COLUMNS
        + "".join(
            f"id,{name},{PARENTS.get(name, '')},{'sum' if name in PARENTS else ''},{en},{zh}\n"
            for name, (en, zh, _, _) in FIGURES.items()
        )
    )
    return {
        **FIXED,
        **{f"data/counties/{name}.csv": text for name, text in sheets.items()},
        "data/counties/villages.csv": villages,
        "data/counties/codes.csv": codes + "".join(f"area,{a},,,{e},{z}\n" for a, e, z in areas),
        "data/counties/areas.csv": "id,period,area,name_en,name_zh\n"
        + "".join(f"{a},2010,{a},{e},{z}\n" for a, e, z in areas),
    }


def _areas(count: int) -> Iterator[tuple[str, str, str]]:
    """Code and names of each county, no two alike."""
    for number in range(count):
        first, second = (SYLLABLES[at] for at in divmod(number * 7 % MOST, len(SYLLABLES)))
        yield (
            f"c{number:04}",
            f"{first[:-1]}{second[:-1].lower()} County",
            f"{first[-1]}{second[-1]}县",
        )


def _facts(area: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """The figures of a county as rows, by their names."""
    known = {name: chance.randint(11, 98) for name in FIGURES}
    known["sent"] += 100
    known["trained"] = known["courses"] + known["fields"]
    for name, (_, _, word, unit) in FIGURES.items():
        value = known[name]
        yield name, f"{name},2010,{area},{value},{unit},,{value} {word},report,\n"


def write(folder: Path, count: int) -> Path:
    """The book on the disk, with templates and fonts."""
    for name, text in files(count).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for source in (*(ROOT / "templates").glob("*.*"), *(ROOT / "templates" / "fonts").glob("*")):
        target = folder / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    return folder


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else MOST)
