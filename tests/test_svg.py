"""A drawing made fit for a page: its own ids, no style of its own, words for the blind."""

from xml.etree import ElementTree

from yearbook.model import Language
from yearbook.svg import finished, inline
from yearbook.theme import Theme

DRAWN = b"""<?xml version="1.0"?>
<svg xmlns:xlink="http://www.w3.org/1999/xlink" xmlns="http://www.w3.org/2000/svg" version="1.1">
<metadata>date</metadata><defs><style>*{stroke-linejoin:round}</style></defs>
<g id="figure_1"><g id="axes"><path id="used" d="M 0 0
L 1 1" style="fill: #1c1f23; stroke: none"/></g>
<use xlink:href="#used" clip-path="url(#clip)"/><clipPath id="clip"/>
<text style="font-family: 'A', 'B'" transform="rotate(-0 1 1)">101</text></g></svg>"""
TITLES = {Language.EN: "Title <1>", Language.ZH: "标题"}
ALT = {Language.EN: "Words & more", Language.ZH: "说明"}


def made(name: str = "x") -> ElementTree.Element:
    """The drawing, finished and read again."""
    return ElementTree.fromstring(finished(DRAWN, name, TITLES, ALT))  # noqa: S314 - our own


def tags(root: ElementTree.Element) -> list[str]:
    """The names of all elements."""
    return [element.tag.rpartition("}")[2] for element in root.iter()]


def test_words() -> None:
    """A title and a description in each language, and a role that makes them heard."""
    root = made()
    assert root.get("role") == "img"
    spoken = [(child.get("lang"), child.text) for child in list(root)[:4]]
    assert spoken == [
        *(("en", "Title <1>"), ("zh-CN", "标题")),
        *(("en", "Words & more"), ("zh-CN", "说明")),
    ]
    names = (root.get("aria-labelledby") or "").split()
    assert names == [child.get("id") for child in list(root)[:4]]


def test_no_style() -> None:
    """Styles are attributes; neither style sheet nor metadata is left."""
    root = made()
    assert not {"style", "metadata"} & set(tags(root))
    assert all("style" not in element.attrib for element in root.iter())
    path = next(element for element in root.iter() if element.tag.endswith("path"))
    assert (path.get("fill"), path.get("stroke"), path.get("d")) == (
        "#1c1f23",
        "none",
        "M 0 0 L 1 1",
    )
    text = next(element for element in root.iter() if element.tag.endswith("text"))
    assert (text.get("font-family"), text.get("transform")) == ("'A','B'", None)


def test_ids() -> None:
    """Ids that something refers to begin with the name of the drawing; others are gone."""
    own = [element.get("id") or "" for element in made("one").iter() if "id" in element.attrib]
    assert all(name.startswith("one-") for name in own)
    assert not set(own) & {element.get("id") for element in made("two").iter()}
    use = next(element for element in made("one").iter() if element.tag.endswith("use"))
    assert (use.get("href") or "").removeprefix("#") in own
    assert (use.get("clip-path") or "")[5:-1] in own


def test_groups() -> None:
    """Groups that say nothing are opened."""
    assert "g" not in tags(made())


def test_same() -> None:
    """The same drawing gives the same bytes."""
    assert finished(DRAWN, "x", TITLES, ALT) == finished(DRAWN, "x", TITLES, ALT)


def test_inline() -> None:
    """On the screen the colours of the theme follow it; others stay."""
    theme = Theme({"ink": "#1c1f23", "paper": "#ffffff"}, {}, {})
    drawn = inline(b'<a fill="#1c1f23" stroke="#123456"/>', theme)
    assert drawn == '<a fill="var(--ink, #1c1f23)" stroke="#123456"/>'
