"""What every finished page must have: each lack is found, and a whole page has none."""

import pytest

from tests.edits import bilingual
from yearbook.markup import check
from yearbook.script import SCRIPT

OWN = f"<script>{SCRIPT}</script>"
PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><title>T</title>
<style>a{background:url(data:x,y)} b{fill:url(#g)}</style></head>
<body><header><h1>A</h1></header><nav>n</nav>
<main id="text"><h2 id="a">B</h2><h3>C</h3><h2>D</h2>
<figure><img src="data:image/png;base64,x" alt="words">
<svg role="img" aria-labelledby="t"><title id="t">x</title><use href="#a"/></svg>
<svg aria-hidden="true"></svg>
<table><tr><th scope="col">h</th></tr></table></figure>
<a href="#a">to</a> <a href="zh.html#b">other</a> <a href="data:text/csv;base64,eC8v">rows</a>
</main><footer>f</footer></body></html>
"""


def faults(page: str) -> list[str]:
    """What a page lacks."""
    found = list(check("chapter/zh.html", page))
    for each in found:
        assert (each.rule, each.place.file) == ("page", "chapter/zh.html")
        assert bilingual(each.what)
        assert bilingual(each.hint)
    return [each.what.en for each in found]


def test_whole() -> None:
    """A page that has everything."""
    assert faults(PAGE) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (' lang="zh-CN"', "", "the page does not say its language"),
        ('"zh-CN"', '"zh"', "the page does not say its language"),
        ("header>", "div>", "the page has no <header>"),
        ("footer>", "div>", "the page has no <footer>"),
        ("nav>", "div>", "the page has no <nav>"),
        ("</main>", "</main><main></main>", "the page has more than one <main>"),
        ("h1>", "h2>", "the page needs one first-level heading"),
        ("<h3>C</h3>", "<h1>C</h1>", "the page needs one first-level heading"),
        ("h3>", "h4>", "a heading jumps from 2 to 4"),
        (' alt="words"', "", "a picture has no text alternative"),
        (' alt="words"', ' alt=""', "a picture has no text alternative"),
        ('role="img" ', "", "a chart has no text alternative"),
        (' aria-labelledby="t"', "", "a chart has no text alternative"),
        (' scope="col"', "", "a table head does not say what it heads"),
        ('id="t"', 'id="a"', 'the id "a" stands twice'),
        ('"#a">to', '"#z">to', 'the link "#z" leads nowhere'),
        ('"data:image/png;base64,x"', '"x.png"', 'the page would request "x.png"'),
        ("<title>T", f"{OWN}{OWN}<title>T", "the page has more than one"),
        ("<title>T", "<script>x</script><title>T", "the page runs a script"),
        ("<title>T", '<base target="x"><title>T', 'the page would request "<base>"'),
        ('href="#a"/>', 'href="x.svg#a"/>', 'the page would request "x.svg#a"'),
        ('href="#a"/>', 'xlink:href="x.svg#a"/>', 'the page would request "x.svg#a"'),
        ("zh.html#b", "//example.org", 'the page links to "//example.org"'),
        ("zh.html#b", "http://example.org", 'the page links to "http://example.org"'),
        ("url(data:", "url(http:", 'the style would request "http:x,y)} b{fill:"'),
        ("url(data:", "URL( 'x.png", "the style would request"),
        ("<style>", "<style>@import 'x.css';", "the style would request"),
        ("<h3>", "<h3 style='background:url(x.png)'>", 'the style would request "x.png)"'),
    ],
)
def test_lack(old: str, new: str, fault: str) -> None:
    """Each lack by itself, and no other."""
    found = faults(PAGE.replace(old, new))
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_no_title() -> None:
    """A page without a title; the title of a drawing is not one."""
    assert faults(PAGE.replace("<title>T</title>", "")) == ["the page has no title"]


def test_small_page() -> None:
    """A page without tables and charts needs no navigation."""
    small = (
        "<html lang=en><title>T</title><header><h1>A</h1></header><main></main><footer></footer>"
    )
    assert faults(small) == []
