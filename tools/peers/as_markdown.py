"""The chapter in Markdown: for pandoc with XeLaTeX, and for R Markdown."""

import re

from peers.content import Block, Content, Spans, Table

FONTS = (
    ("mainfont", "NotoSerif-Regular", "NotoSerif-Bold", "NotoSerif-Italic"),
    ("sansfont", "NotoSans-Regular", "NotoSans-Bold", ""),
    ("CJKmainfont", "NotoSerifSC-Regular", "NotoSerifSC-Bold", ""),
    ("CJKsansfont", "NotoSansSC-Regular", "NotoSansSC-Bold", ""),
)
INCLUDES = (
    r"\usepackage{xeCJK}",
    r"\xeCJKDeclareCharClass{CJK}{`≥,`≤,`≈}",
)
"""The Latin faces lack these signs and the Chinese ones have them."""


def source(content: Content, fonts: str, output: str = "") -> str:
    """The source of an edition; ``fonts`` is their folder, ``output`` the form R Markdown makes."""
    front = [
        f"title: '{content.title.replace(chr(10), ' ')}'",
        f"author: '{content.cover[1].replace(chr(10), ' ')}'",
        "documentclass: article",
        "papersize: a4",
        "toc: true",
        "lot: true",
        "lof: true",
        "geometry: [hmargin=24mm, top=28mm, bottom=25mm]",
        f"linestretch: {1.25 if content.edition == 'zh' else 1.1}",
    ]
    for name, regular, bold, italic in FONTS:
        faces = [f"Path={fonts}/", "Extension=.ttf", f"BoldFont={bold}"]
        faces += [f"ItalicFont={italic}"] if italic else []
        options = "CJKoptions" if name == "CJKmainfont" else f"{name}options"
        front += [f"{name}: {regular}", f"{options}:", *(f"  - {face}" for face in faces)]
    front += [f"output: {output}"] if output else []
    front += ["header-includes:", *(f"  - '{line}'" for line in INCLUDES)]
    return "\n".join(["---", *front, "---", "", *(_block(b, content) for b in content.blocks)])


def _block(block: Block, content: Content) -> str:
    if block.kind == "heading":
        said = f"{block.target} {block.items[0][0][1]}".strip().replace("\n", " ")
        return f"# {_escaped(said)}\n"
    if block.kind == "text":
        return _said(block.items[0]) + "\n"
    if block.kind == "list":
        return "\n".join(f"- {_said(item)}" for item in block.items) + "\n"
    if block.kind == "pair":
        return "\n".join(_block(inner, content) for side in block.sides for inner in side)
    if block.kind == "table":
        table = content.tables[block.target]
        return _table(table) + _notes(table.notes)
    chart = content.charts[block.target]
    title = _escaped(chart.title.replace("\n", " "))
    return f"![{title}](charts/{content.edition}/{chart.id}.pdf){{width=100%}}\n\n" + _notes(
        chart.notes
    )


def _table(table: Table) -> str:
    width = len(table.rows[0])
    rules = [":" + "-" * (40 if n == 0 else 20) for n in range(width)]
    rules = [rule[1:] + ":" if n in table.figures else rule for n, rule in enumerate(rules)]
    rows = [
        "| " + " | ".join(_escaped(cell.replace("\n", " ")) for cell in row) + " |"
        for row in table.rows
    ]
    title = _escaped(f"{table.title} {table.unit}".replace("\n", " "))
    return "\n".join([rows[0], f"|{'|'.join(rules)}|", *rows[1:], "", f"Table: {title}", ""]) + "\n"


def _notes(notes: tuple[str, ...]) -> str:
    return "".join(f"{_escaped(each)}\n\n" for each in notes)


def _said(spans: Spans) -> str:
    marks = {"text": "{}", "em": "*{}*", "note": "^[{}]"}
    return "".join(marks[kind].format(_escaped(words)) for kind, words in spans)


def _escaped(words: str) -> str:
    r"""Words that Markdown takes for nothing else.

    >>> _escaped("# 5 < 6")
    '\\# 5 \\< 6'
    """
    return re.sub(r"([\\#$*_`<>@\[\]~|^])", r"\\\1", words).replace("\n", "\\\n")
