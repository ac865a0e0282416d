"""The chapter in Typst."""

import re

from peers.content import Block, Chart, Content, Spans, Table

HEAD = """#set page(paper: "a4", margin: (x: 24mm, top: 28mm, bottom: 25mm), numbering: "1")
#set text(font: ("Noto Serif", "Noto Serif SC"), size: {size}pt, lang: "{language}")
#set par(justify: true, leading: {leading}em, first-line-indent: {indent})
#show heading: set text(font: ("Noto Sans", "Noto Sans SC"), size: 15pt, fill: rgb("#1f5f8b"))
#show figure: set block(breakable: true)
#show figure.caption: set text(font: ("Noto Sans", "Noto Sans SC"), size: 9pt, weight: "bold")
#show figure.caption: set align(left)
#set figure(supplement: none, numbering: none)
#show table: set text(font: ("Noto Sans", "Noto Sans SC"), size: 8.4pt)
#show table: set par(justify: false, first-line-indent: 0pt)
#let note(body) = text(font: ("Noto Sans", "Noto Sans SC"), size: 7.6pt, fill: rgb("#59616b"), body)
#set table(stroke: (x: none, y: 0.3pt), inset: (x: 1.6mm, y: 1.1mm))
"""


def source(content: Content) -> str:
    """The source of an edition."""
    chinese = content.edition == "zh"
    head = HEAD.format(
        size=10.5 if chinese else 10.2 if content.edition == "en" else 9.4,
        leading=0.9 if chinese else 0.75,
        language="zh" if chinese else "en",
        indent="(amount: 2em, all: true)" if chinese else "0pt",
    )
    cover = (
        f"#v(60mm)\n#text(size: 13pt)[{_escaped(content.cover[0])}]\n\n"
        f'#text(font: ("Noto Sans", "Noto Sans SC"), size: 25pt, weight: "bold")'
        f"[{_escaped(content.title)}]\n\n{_escaped(content.cover[1])}\n#pagebreak()\n"
        "#outline(title: none)\n#outline(title: none, target: figure)\n#pagebreak()\n"
    )
    return head + cover + "\n".join(_block(block, content) for block in content.blocks)


def _block(block: Block, content: Content) -> str:
    if block.kind == "heading":
        said = f"{block.target} {block.items[0][0][1]}".strip()
        return f"= {_escaped(said)}\n"
    if block.kind == "text":
        return _said(block.items[0]) + "\n"
    if block.kind == "list":
        return "\n".join(f"- {_said(item)}" for item in block.items) + "\n"
    if block.kind == "pair":
        sides = ("\n".join(_block(inner, content) for inner in side) for side in block.sides)
        cells = ", ".join(f"[{side}]" for side in sides)
        return f"#grid(columns: (90fr, 65fr), gutter: 7mm, {cells})\n"
    if block.kind == "table":
        return _table(content.tables[block.target])
    return _chart(content.charts[block.target], content.edition)


def _table(table: Table) -> str:
    width = len(table.rows[0])
    columns = ", ".join(["2fr", *["1fr"] * (width - 1)])
    sides = ", ".join("right" if n in table.figures else "left" for n in range(width))
    rows = [", ".join(f"[{_escaped(cell)}]" for cell in row) for row in table.rows]
    body = ",\n  ".join(rows[1:])
    return (
        f"#figure(caption: figure.caption(position: top)[{_escaped(table.title)} "
        f"#h(1fr) {_escaped(table.unit)}], kind: table, table(columns: ({columns}), "
        f"align: ({sides},),\n  table.header({rows[0]}),\n  {body}))\n" + _notes(table.notes)
    )


def _chart(chart: Chart, edition: str) -> str:
    return (
        f"#figure(caption: figure.caption(position: top)[{_escaped(chart.title)}], "
        f'kind: image, image("charts/{edition}/{chart.id}.svg", width: 100%, '
        f'alt: "{chart.said.replace(chr(34), "")}"))\n' + _notes(chart.notes)
    )


def _notes(notes: tuple[str, ...]) -> str:
    return "\n".join(f"#note[{_escaped(each)}]\n" for each in notes)


def _said(spans: Spans) -> str:
    marks = {"text": "{}", "em": "#emph[{}]", "note": "#footnote[{}]"}
    return "".join(marks[kind].format(_escaped(words)) for kind, words in spans)


def _escaped(words: str) -> str:
    r"""Words that Typst takes for nothing else.

    >>> _escaped("# 5 < 6")
    '\\# 5 \\< 6'
    """
    return re.sub(r"([\\#$*_`<>@\[\]~=/+.-])", r"\\\1", words).replace("\n", " \\\n")
