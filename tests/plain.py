"""A page with something of everything, and what it prints as: mends that only save time must not
change a byte of it."""

from functools import cache
from pathlib import Path

from yearbook import fonts
from yearbook.pdf import Document, Printed, render
from yearbook.pdf.specimen import CHINESE, assets, document

ROOT = Path(__file__).parent.parent
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="120" viewBox="0 0 200 120"
 stroke-linejoin="round"><defs><path id="mark" d="M -2 0 L 2 0 L 0 3 z" stroke="#369"/>
<marker id="end" markerWidth="4" markerHeight="4"><path d="M 0 0 L 4 2 L 0 4 z"/></marker></defs>
<path d="M 10 100 L 10.5 20.25 C 20 30 40 50 60 60 L 190 20 z M 5 5 L 6 6 z z" fill="#eee"/>
<path d="M10,100 l 5-5 h10v-5 t 4 5 a 5 5 0 0 1 5 5 s 3 3 5 5" fill="none" stroke="#c00"/>
<path d="M 10 10 L 50 50" marker-end="url(#end)" stroke="#000"/>
<path d="M 1 z L 9 9 z M 3 3 20 1" fill="none" stroke="#090" stroke-dasharray="2 1"/>
<use href="#mark" x="30" y="40"/><use href="#mark" x="60" y="40"/>
<text x="20" y="80" font-size="9" font-family="Latin" text-anchor="middle">1,234.5 office</text>
<text x="20" y="95" font-size="9" font-family="Latin" font-weight="700">1,234.5 office</text>
<text x="90" y="95" font-size="9" font-family="Song" transform="rotate(-20 90 95)">全国1234</text>
</svg>"""
CSS = """
@page { @top-left { content: string(part) } @bottom-right { content: counter(page) } }
@page :first { margin-top: 30mm }
h2 { string-set: part content(); break-before: page; border: 1px solid; padding: 1em; width: 60% }
p { hyphens: auto } .wide { word-spacing: 3px; letter-spacing: 1px; text-transform: uppercase }
.cut, .clamp { text-align: left }
.cut { width: 30mm; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
.break { width: 20mm; overflow-wrap: anywhere }
.box { box-sizing: border-box; padding: 2mm; height: 2cm }
.clamp { width: 50mm; line-clamp: 2 } .lined { text-decoration: underline line-through }
table { border-collapse: collapse; width: 100% } td, th { border-top: 1px solid #999 }
tr:nth-child(2n) > td { background: #eef } .note { float: footnote } .float { float: left }
.start { margin-inline-start: 9mm; width: 7cm } .calc { width: calc(50% - 3em) }
.var { --c: #906; color: var(--c) }
a::after { content: target-counter(attr(href url), page) } q::before { content: "«" }
li::marker { color: #a00 } .first::first-letter { font-size: 200% } .flex { display: flex }
.first::first-line { font-weight: 700 } .up { vertical-align: super; font-size: 70% }
.pair { display: table; table-layout: fixed } .pair > div { display: table-cell; width: 50% }
"""
ENGLISH = "Counterparts of the county administration reported 1,234.5 million yuan in 2010. "
ROW = (
    "<tr><th scope=row><span lang=en>County</span> <span lang=zh-CN>县</span></th>"
    "<td>1,234</td><td>1,234</td><td colspan=2><data value=5>5.0</data></td></tr>"
)
BODY = f"""
<nav class="contents"><ol><li><a href="#one">One</a></li><li><a href="#two">Two</a></li></ol></nav>
<h2 id="one" lang="en">One <small>and more</small></h2><img src="asset:///chart.svg" alt="A chart">
<p lang="en">{ENGLISH * 6}<em>{ENGLISH}</em><span class="note" lang="en">A note.</span> AT\u0301</p>
<p lang="en" style="color: #333">{ENGLISH}</p><p lang="en" style="color: #c33">{ENGLISH}</p>
<p class="wide">{ENGLISH}</p>
<p class="calc"><b>{ENGLISH}</b></p><p class="cut">{ENGLISH}</p><p class="cut">{ENGLISH}</p>
<p class="break">{ENGLISH.replace(" ", "")}</p><div class="box start">{ENGLISH}</div>
<p class="clamp">{ENGLISH * 3}</p><p class="clamp">{ENGLISH * 3}</p><p class="lined">{ENGLISH}</p>
<p class="first" lang="en">{ENGLISH * 2}</p><p class="var">soft\u00adhyphen<br>, <q>quote</q></p>
<pre>a\tb\n  c</pre><div class="flex"><div>{ENGLISH}</div><div>{ENGLISH}</div></div>
<div class="float" style="width: 3em">float</div><p>{ENGLISH * 2}<span class="up">1</span></p>
<h2 id="two" lang="zh-CN">二</h2><p lang="zh-CN">{CHINESE * 3}</p>
<div class="pair"><div><p lang="en">{ENGLISH * 3}</p></div>
<div><p lang="zh-CN">{CHINESE}<span class="note" lang="zh-CN">注。</span></p></div></div>
<ul><li>{ENGLISH}</li><li lang="zh-CN">{CHINESE}</li></ul>
<table><caption>Table</caption><thead><tr><th>A<th>B<th>C<th colspan=2>D</tr></thead>
<tbody>{ROW * 70}</tbody></table>
"""


@cache
def everything() -> Document:
    """The page."""
    own = assets({face.file: face.content for face in fonts.load(ROOT / "templates" / "fonts")})
    own["chart.svg"] = DRAWING.encode()
    return document(BODY, own, CSS)


@cache
def mended() -> Printed:
    """What it prints as with every mend in place."""
    return render(everything())
