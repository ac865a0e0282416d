"""Reads a page whose every element is opened and closed where it stands, without the HTML parser.

WeasyPrint 70.0 reads pages with a parser in Python that knows what browsers make of any muddle, a
character at a time. A page without muddle means the same read as XML, forty times faster. What is
allowed here is less than HTML allows; any page that is not plainly so goes to the other parser.
"""

import re
from html import escape
from io import StringIO
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLParser

import tinyhtml5
import weasyprint

_START = re.compile(r"\s*<!(?i:doctype) html>\s*(?=<html[\s>])")
_STYLE = re.compile("(?<=<style>)(.*?)(?=</style>)", re.DOTALL)
_VOID = re.compile(r"""<((?:br|col|hr|img|link|meta|wbr)\b(?:"[^"]*"|[^"'<>])*)>""")
# What XML reads otherwise: comments, empty elements of its own, references, line ends of another
# system, attributes of more than one line.
_MUDDLE = re.compile(
    r"""<[!?]|/>|&(?!amp;|lt;|gt;|quot;|\#39;|\#34;)|[\0\r\x0c]|xmlns"""
    r"""|=\s*(?:"[^"]*[\n\t]|'[^']*[\n\t])"""
)

_LINES = "a abbr b br cite code data em i img small span strong sub sup time wbr".split()
_BLOCKS = "div figure footer header main nav section article aside p ol ul table hr".split()
_HEADINGS = "h1 h2 h3 h4 h5 h6".split()
_FLOW = frozenset((*_LINES, *_BLOCKS, *_HEADINGS))
_WORDS = frozenset(_LINES)

#: What may stand in an element. What is not named here holds what its own parent may hold.
_HOLDS: dict[str, frozenset[str]] = {
    "html": frozenset({"head", "body"}),
    "head": frozenset({"link", "meta", "style", "title"}),
    **dict.fromkeys(("title", "style"), frozenset[str]()),
    **dict.fromkeys(("body", "li", "td", "th", "caption", "figcaption"), _FLOW),
    **dict.fromkeys(("div", "section", "article", "aside", "main", "nav", "header"), _FLOW),
    "footer": _FLOW,
    "figure": _FLOW | {"figcaption"},
    **dict.fromkeys(("p", *_HEADINGS), _WORDS),
    **dict.fromkeys(("ol", "ul"), frozenset({"li"})),
    "table": frozenset({"caption", "colgroup", "thead", "tbody", "tfoot"}),
    "colgroup": frozenset({"col"}),
    **dict.fromkeys(("thead", "tbody", "tfoot"), frozenset({"tr"})),
    "tr": frozenset({"td", "th"}),
}
_NO_WORDS = frozenset("html head table colgroup thead tbody tfoot tr".split())


class _MuddleError(Exception):
    """A page that only an HTML parser understands."""


def _well_formed(page: str) -> str:
    """The page as XML; _MuddleError if it could mean something else then."""
    start = _START.match(page)
    body = page[start.end() :] if start else ""
    bare = _STYLE.sub("", body, count=1)
    if not body or _MUDDLE.search(bare) or "<style" in bare.replace("<style></style>", "", 1):
        raise _MuddleError
    body = _STYLE.sub(lambda style: escape(style[1], quote=False), body, count=1)
    return _VOID.sub(r"<\1/>", body)


def _check(element: Element, allowed: frozenset[str], linked: bool) -> None:
    """_MuddleError if an element is not where HTML leaves it, or is none that is known here."""
    tag = element.tag
    holds = _HOLDS.get(tag, allowed)
    if tag in _NO_WORDS:
        parts = [element.text, *(child.tail for child in element)]
        if any(part and not part.isspace() for part in parts):
            raise _MuddleError
    if (linked and tag == "a") or any(name != name.lower() for name in element.attrib):
        raise _MuddleError
    linked = linked or tag == "a"
    for child in element:
        if child.tag not in holds:
            raise _MuddleError
        _check(child, holds, linked)


def _settle(root: Element, rest: str) -> None:
    """Put blanks where HTML has them: none before the head, those after the body at its end."""
    head, body = root
    if (head.tag, body.tag) != ("head", "body"):
        raise _MuddleError
    root.text = None
    after = (body.tail or "") + rest
    body.tail = None
    if len(body):
        body[-1].tail = (body[-1].tail or "") + after or None
    else:
        body.text = (body.text or "") + after or None


def read(page: str) -> Element | None:
    """The tree of a page, or None if it takes an HTML parser to read it.

    >>> read("<!DOCTYPE html><html><head></head><body><p>1<br>2</p></body></html>")[1][0].tag
    'p'
    >>> read("<!DOCTYPE html><p>1<p>2")
    """
    parser = XMLParser()  # noqa: S314 - a page of this project, without entities of its own
    try:
        whole, end, rest = _well_formed(page).rpartition("</html>")
        parser.feed(whole + end)
        root: Element = parser.close()
        _check(root, frozenset(), linked=False)
        if rest.strip() or len(root) != len(("head", "body")):
            return None
        _settle(root, rest)
    except (ParseError, RecursionError, _MuddleError):
        return None
    return root


def parse(source: Any, **options: Any) -> Any:
    """As tinyhtml5's function of that name."""
    if options == {"namespace_html_elements": False} and isinstance(source, StringIO):
        root = read(source.getvalue())
        if root is not None:
            return root
    return tinyhtml5.parse(source, **options)


def mend() -> None:
    """Put it in the parser's place, for WeasyPrint only."""
    weasyprint.tinyhtml5 = SimpleNamespace(parse=parse)
