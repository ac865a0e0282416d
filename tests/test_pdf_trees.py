"""Pages that are read as XML."""

import re
from io import StringIO
from random import Random
from typing import Any

import pytest
import tinyhtml5
from markupsafe import Markup

from tests.editions import desk, kit
from yearbook.binding import Medium
from yearbook.model import Edition
from yearbook.page import Layout, Picture
from yearbook.pdf import trees
from yearbook.read.snapshot import Snapshot
from yearbook.report import pages

START, END = '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">', "</html>"
MUDDLES = [
    "<p>1<p>2</p>",
    "<p><div>1</div></p>",
    "<p>1</div>",
    "<b><i>1</b></i>",
    "<table><tr><td>1</td></tr></table>",
    "<table>1<tbody><tr><td>2</td></tr></tbody></table>",
    "<table><tbody><tr>1<td>2</td></tr></tbody></table>",
    "<ul><p>1</p></ul>",
    "<h2><h3>1</h3></h2>",
    "<a href='1'><i><a href='2'>1</a></i></a>",
    "<span/>1",
    "<!-- 1 -->",
    "<p title='1\n2'>1</p>",
    '<p title = "1\t2">1</p>',
    "<p>&nbsp;</p>",
    "<p>&#128;</p>",
    "<p>1 & 2</p>",
    "<P>1</P>",
    "<p ID='a'>1</p>",
    "<p id=a>1</p>",
    "<svg><path/></svg>",
    "<script>if (1 < 2) {}</script>",
    "<style>p { content: '&amp;' }</style>",
    "<style media='print'>p > b {}</style>",
    "<pre>\n1</pre>",
    "<textarea>\n1</textarea>",
    "<p>1\r\n2</p>",
    "<select><option>1<option>2</select>",
    "<p>1</p></body></html>2",
    "<frameset></frameset>",
    "<form><form>1</form></form>",
]


def flat(element: Any) -> Any:
    """All that an element says."""
    parts = (element.tag, [*element.attrib.items()], element.text or "", element.tail or "")
    return (*parts, [flat(child) for child in element])


def html(page: str) -> Any:
    """What the HTML parser makes of a page."""
    return flat(tinyhtml5.parse(StringIO(page), namespace_html_elements=False))


def drawn(*_: object) -> dict[Medium, Picture]:
    """A chart."""
    return dict.fromkeys(Medium, Picture(Markup('<img src="asset:///x.svg" alt="A">'), {}))


@pytest.mark.parametrize("edition", list(Edition))
def test_the_printed_pages(project: Snapshot, edition: Edition) -> None:
    """The printed pages of this project are read as XML, and are the same trees."""
    tools = kit(project)
    bare = Layout(tools.templates, tools.theme, (), "")
    sheets = pages(desk(project), edition, dict.fromkeys(Medium, bare), drawn)
    tree = trees.read(sheets.printed)
    assert tree is not None
    assert flat(tree) == html(sheets.printed)


@pytest.mark.parametrize("body", MUDDLES)
def test_a_muddle_goes_to_the_html_parser(body: str) -> None:
    """What HTML reads otherwise than XML is not read as XML."""
    assert trees.read(f"{START}</head><body><p>1</p></body>{END}") is not None
    for page in (f"{START}</head><body>{body}</body>{END}", f"{START}{body}</head>{END}"):
        assert trees.read(page) is None
        assert flat(trees.parse(StringIO(page), namespace_html_elements=False)) == html(page)


TAGS = re.findall(r"\w+", "p div span b a ul li table tbody tr td h2 br img section caption data")


def grown(random: Random, depth: int = 0) -> str:
    """A few elements, well-formed, that may or may not stand where they may."""
    tag = random.choice(TAGS)
    if tag in {"br", "img"}:
        return f'<{tag} class="x > y" title="&quot;">'
    words = ("", " ", "\n", "text &amp; ", "&lt;", "汉字")
    count = random.randrange(3 - min(depth // 2, 2))
    inner = "".join(random.choice(words) + grown(random, depth + 1) for _ in range(count))
    return f'<{tag} lang="en">{inner}{random.choice(words)}</{tag}>'


def test_any_page_is_the_same_tree_or_left_to_the_html_parser() -> None:
    """Of a thousand pages grown at random some are read as XML, all of them rightly."""
    random, read = Random(7), 0  # noqa: S311 - chance, no secret
    for _ in range(1000):
        style = random.choice(("", "<style>p > b { content: '&amp;<' }</style>"))
        title = random.choice(("", "<title>1 &lt; 2</title>\n"))
        end = random.choice(("</body></html>", "</body>\n</html>\n", "\n</body> </html>\n\n"))
        space = random.choice(("", "\n"))
        page = f"{START}{title}{style}{space}</head>{space}<body>{space}{grown(random)}{end}"
        tree = trees.read(page)
        if tree is not None:
            read += 1
            assert flat(tree) == html(page), page
    assert read > 100
