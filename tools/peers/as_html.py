"""The chapter as a Jinja page with a style sheet, as most people who use WeasyPrint write it."""

from collections.abc import Iterable
from html import escape

from peers.content import Block, Content, Spans

FACES = (
    ("Noto Serif", "normal", 400, "NotoSerif-Regular"),
    ("Noto Serif", "normal", 700, "NotoSerif-Bold"),
    ("Noto Serif", "italic", 400, "NotoSerif-Italic"),
    ("Noto Serif SC", "normal", 400, "NotoSerifSC-Regular"),
    ("Noto Serif SC", "normal", 700, "NotoSerifSC-Bold"),
    ("Noto Sans", "normal", 400, "NotoSans-Regular"),
    ("Noto Sans", "normal", 700, "NotoSans-Bold"),
    ("Noto Sans SC", "normal", 400, "NotoSansSC-Regular"),
    ("Noto Sans SC", "normal", 700, "NotoSansSC-Bold"),
)
STYLE = (
    "".join(
        f"@font-face {{ font-family: '{family}'; font-style: {style}; font-weight: {weight}; "
        f"src: url(fonts/{file}.ttf); }}\n"
        for family, style, weight, file in FACES
    )
    + """
@page { size: A4; margin: 28mm 24mm 25mm;
  @top-left { content: string(book); font: 8pt "Noto Sans", "Noto Sans SC"; color: #59616b; }
  @top-right { content: string(section); font: 8pt "Noto Sans", "Noto Sans SC"; color: #59616b; }
  @bottom-right { content: counter(page); font: 9pt "Noto Sans"; } }
@page cover { @top-left { content: none } @top-right { content: none } }
html { font: 10.2pt/15.6pt "Noto Serif", "Noto Serif SC"; color: #1d2329; }
html[lang=zh-CN] { font: 10.5pt/17.4pt "Noto Serif", "Noto Serif SC"; }
html[lang=mul] { font-size: 9.4pt; line-height: 14.6pt; }
.cover { page: cover; padding-top: 70mm; break-after: page; }
.cover .book { string-set: book content(text); }
h1, h2, .caption, .note, table, nav { font-family: "Noto Sans", "Noto Sans SC"; }
h1 { font-size: 25pt; line-height: 34pt; }
h2 { font-size: 15pt; line-height: 20pt; color: #1f5f8b; margin: 11mm 0 4mm; break-after: avoid;
  string-set: section content(text); }
p { margin: 0 0 2.2mm; text-align: justify; hyphens: auto; }
[lang=zh-CN] p { text-indent: 2em; }
.line { display: block; }
figure { margin: 5mm 0 6mm; }
figure.chart { break-inside: avoid; }
figure img { width: 100%; }
.caption { font-size: 9pt; font-weight: 700; text-indent: 0 !important; break-after: avoid; }
.note { font-size: 7.6pt; line-height: 11pt; color: #59616b; text-indent: 0 !important; }
table { border-collapse: collapse; width: 100%; font-size: 8.4pt; line-height: 12pt; }
thead { border-top: 1.2pt solid; border-bottom: 0.6pt solid; }
tbody { border-bottom: 1.2pt solid; }
tr + tr { border-top: 0.3pt solid #c9ced4; }
th, td { padding: 1.1mm 1.6mm 1.1mm 0; text-align: left; vertical-align: top; font-weight: 400; }
th.figure, td.figure { text-align: right; white-space: nowrap; }
thead th { font-weight: 700; }
nav { break-after: page; }
nav a { color: inherit; text-decoration: none; }
nav a::after { content: leader(".") target-counter(attr(href), page); }
nav ol { list-style: none; padding: 0; }
.footnote { float: footnote; font-size: 8.2pt; line-height: 12pt; text-indent: 0; }
.pair { display: table; table-layout: fixed; width: 162mm; }
.pair > div { display: table-cell; width: 90mm; padding-right: 7mm; vertical-align: top; }
.pair > div + div { width: 65mm; padding-right: 0; }
"""
)
MACROS = """{% macro table(name) %}<figure id="table-{{ name }}">
<p class="caption">{{ said.tables[name].title|lines }}</p>
<p class="note">{{ said.tables[name].unit }}</p>
<table><thead><tr>{% for head in tables[name].columns %}
<th{% if loop.index0 in said.tables[name].figures %} class="figure"{% endif %}>{{ head|lines }}</th>
{%- endfor %}</tr></thead><tbody>
{% for row in tables[name].itertuples(index=False) %}<tr>{% for cell in row %}
<td{% if loop.index0 in said.tables[name].figures %} class="figure"{% endif %}>{{ cell|lines }}</td>
{%- endfor %}</tr>
{% endfor %}</tbody></table>
{% for note in said.tables[name].notes %}<p class="note">{{ note }}</p>{% endfor %}</figure>
{% endmacro %}
{% macro chart(name) %}<figure class="chart" id="chart-{{ name }}">
<p class="caption">{{ said.charts[name].title|lines }}</p>
<img src="charts/{{ edition }}/{{ name }}.svg" alt="{{ said.charts[name].said }}">
{% for note in said.charts[name].notes %}<p class="note">{{ note }}</p>{% endfor %}</figure>
{% endmacro %}
"""
TAGS = {"en": "en", "zh": "zh-CN", "en-zh": "mul"}


def page(content: Content) -> str:
    """The template of an edition."""
    headings = [block for block in content.blocks if block.kind == "heading"]
    contents = "".join(
        f'<li><a href="#section-{number}">{_lines(_heading(block))}</a></li>\n'
        for number, block in enumerate(headings)
    )
    # What the page shows in charts and tables has its list, too.
    for kind, items in (("table", content.tables), ("chart", content.charts)):
        contents += "".join(
            f'<li><a href="#{kind}-{name}">{_lines(item.title)}</a></li>\n'
            for name, item in items.items()
        )
    head = (
        f'<!DOCTYPE html><html lang="{TAGS[content.edition]}"><head><meta charset="utf-8">'
        f"<title>{escape(content.title)}</title><style>{STYLE}</style></head><body>\n"
        f'<header class="cover"><p class="book">{_lines(content.cover[0])}</p>'
        f"<h1>{_lines(content.title)}</h1><p>{_lines(content.cover[1])}</p></header>\n"
        f"<nav><ol>{contents}</ol></nav>\n"
    )
    numbers = {id(block): number for number, block in enumerate(headings)}
    body = "".join(_block(block, numbers.get(id(block), 0)) for block in content.blocks)
    return f"{MACROS}{head}{body}</body></html>\n"


def _heading(block: Block) -> str:
    return f"{block.target} {block.items[0][0][1]}".strip()


def _block(block: Block, number: int) -> str:
    if block.kind == "heading":
        return f'<h2 id="section-{number}">{_lines(_heading(block))}</h2>\n'
    if block.kind == "text":
        return f"<p>{_said(block.items[0])}</p>\n"
    if block.kind == "list":
        items = "".join(f"<li>{_said(item)}</li>" for item in block.items)
        return f"<ul>{items}</ul>\n"
    if block.kind == "pair":
        sides = zip(("en", "zh-CN"), block.sides, strict=True)
        return f'<div class="pair">{"".join(_side(tag, side) for tag, side in sides)}</div>\n'
    return f"{{{{ {block.kind}('{block.target}') }}}}\n"


def _side(tag: str, blocks: Iterable[Block]) -> str:
    return f'<div lang="{tag}">{"".join(_block(block, 0) for block in blocks)}</div>'


def _said(spans: Spans) -> str:
    marks = {"text": "{}", "em": "<em>{}</em>", "note": '<span class="footnote">{}</span>'}
    return "".join(marks[kind].format(escape(words)).replace("\n", "<br>") for kind, words in spans)


def _lines(words: str) -> str:
    return "".join(f'<span class="line">{escape(line)}</span>' for line in words.split("\n"))
