"""The smallest page that examples, tests and benchmarks print."""

from collections.abc import Mapping
from datetime import UTC, datetime

from yearbook.pdf.document import Attachment, Document

CREATED = datetime(2011, 6, 1, tzinfo=UTC)
CHART = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100">'
    b'<rect x="10" y="10" width="180" height="80" fill="#369"/></svg>'
)
#: One sentence with all that matters to Chinese line setting: figures kept whole, quotes, dashes.
CHINESE = (
    "2010年，中央组织部从中央和国家机关、中央企业以及东部地区选派<span class=figure>437名</span>"
    "干部到西部地区、老工业基地和革命老区挂职锻炼，其中厅局级干部<span class=figure>101名</span>"
    "、处级干部<span class=figure>204名</span>。全年投入资金<span class=figure>4405万元</span>，"
    "比上年增长<span class=figure>12.5%</span>；安排项目806个，涉及“十一五”规划确定的重点领域"
    "——交通、水利、教育……以及东西部合作（含对口支援），取得了明显成效。"
)
CSS = """
@font-face { font-family: Latin; src: url(asset:///NotoSerif-Regular.ttf) }
@font-face { font-family: Latin; font-weight: 700; src: url(asset:///NotoSerif-Bold.ttf) }
@font-face { font-family: Song; src: url(asset:///NotoSerifSC-Regular.ttf) }
@font-face { font-family: Song; font-weight: 700; src: url(asset:///NotoSerifSC-Bold.ttf) }
@font-face { font-family: Figures; src: url(asset:///NotoSerif-Regular.ttf);
  unicode-range: U+20-7E }
@page { size: A4; margin: 20mm }
body { margin: 0; font: 10.5px/16.8px Latin, Song; text-align: justify }
:lang(zh) { font-family: Figures, Song; font-feature-settings: "chws" }
.figure { white-space: nowrap }
table { table-layout: fixed; width: 100% }
"""
FILES = (
    "NotoSerif-Regular.ttf",
    "NotoSerif-Bold.ttf",
    "NotoSerifSC-Regular.ttf",
    "NotoSerifSC-Bold.ttf",
)


def assets(fonts: Mapping[str, bytes]) -> dict[str, bytes]:
    """What a specimen page may use: four of the vendored fonts, by file name, and a chart."""
    return {"chart.svg": CHART} | {file: fonts[file] for file in FILES}


def document(
    body: str,
    own: Mapping[str, bytes],
    css: str = "",
    head: str = "",
    attachments: tuple[Attachment, ...] = (),
) -> Document:
    """A page in English around a body; ``css`` comes after the specimen's own."""
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Yearbook</title>'
        f'<meta name="author" content="Office">{head}<style>{CSS}{css}</style></head>'
        f"<body>{body}</body></html>"
    )
    return Document(html, own, CREATED, attachments)
