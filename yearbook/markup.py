"""What every finished HTML page must have: languages, landmarks, headings, alternatives, ids."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

from yearbook.finding import Finding, error
from yearbook.model import Place, Text
from yearbook.script import SCRIPT

_HINT = Text("mend the page template in templates/", "请修改 templates/ 中的页面模板")
_LANDMARKS = ("header", "main", "nav", "footer")


@dataclass
class _Reader(HTMLParser):
    """Walks a page once and notes what it sees."""

    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    inside: str = ""
    styles: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.seen.append((tag, attributes))
        self.inside = tag
        self.handlers.extend(name for name in attributes if name.startswith("on"))
        for name in ("src", "srcset", "poster", "data", "xlink:href"):
            if name in attributes and not attributes[name].startswith(("#", "data:")):
                self.requests.append(attributes[name])
        if tag in ("link", "iframe", "object", "embed", "base"):
            self.requests.append(f"<{tag}>")
        if tag == "script":
            self.inside = attributes.get("type") or "script"
            if self.inside != "application/json":
                self.scripts.append("")
        if "href" in attributes:
            if tag == "a":
                self.links.append(attributes["href"])
            elif not attributes["href"].startswith(("#", "data:")):
                self.requests.append(attributes["href"])
        if "style" in attributes:
            self.styles.append(attributes["style"])

    def handle_data(self, data: str) -> None:
        if self.inside == "style":
            self.styles.append(data)
        elif self.scripts and self.inside == "script":
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""


def check(name: str, page: str, script: str = SCRIPT) -> Iterator[Finding]:
    """Everything a finished page lacks. ``name`` is its path below output/; ``script`` is the only
    one that may run in it.

    >>> [f.what.en for f in check("en.html", "<html><body><main></main></body></html>")][0]
    'the page does not say its language'
    """
    reader = _Reader()
    reader.feed(page)
    tags = [tag for tag, _ in reader.seen]
    for what in (
        *_language(reader),
        *_landmarks(tags),
        *_headings(tags),
        *_alternatives(reader),
        *_addresses(reader),
        *_requests(reader, script),
    ):
        yield error("page", Place(name), what, _HINT)


def sealed(name: str, page: str, seal: str) -> Iterator[Finding]:
    """A page that does not print the digest of what is behind it.

    >>> [f.what.en for f in sealed("en.html", "<p>bfgh</p>", "abfg")]
    ['the page does not print the digest of its data']
    """
    if seal not in page:
        yield error(
            "page",
            Place(name),
            Text("the page does not print the digest of its data", "页面未印所据数据的摘要"),
            Text(
                "print {{ seal }} in templates/chapter.html, for the screen and on paper",
                "请在 templates/chapter.html 中印出 {{ seal }}，网页和印刷版均须印出",
            ),
        )


def _language(reader: _Reader) -> Iterator[Text]:
    root = next((attributes for tag, attributes in reader.seen if tag == "html"), {})
    if root.get("lang") not in ("en", "zh-CN"):
        yield Text("the page does not say its language", "页面未标明语言")
    tags = [tag for tag, _ in reader.seen]
    head = tags[: tags.index("body")] if "body" in tags else tags
    if "title" not in head:  # a drawing in the body has a title of its own
        yield Text("the page has no title", "页面没有标题")


def _landmarks(tags: list[str]) -> Iterator[Text]:
    for name in _LANDMARKS:
        if name not in tags and (name != "nav" or "figure" in tags):
            yield Text(f"the page has no <{name}>", f"页面缺少 <{name}>")
    if tags.count("main") > 1:
        yield Text("the page has more than one <main>", "页面有多个 <main>")


def _headings(tags: list[str]) -> Iterator[Text]:
    levels = [int(tag[1]) for tag in tags if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()]
    if levels.count(1) != 1:
        yield Text("the page needs one first-level heading", "页面须有且仅有一个一级标题")
    for before, after in pairwise(levels):
        if after > before + 1:
            yield Text(
                f"a heading jumps from {before} to {after}", f"标题层级由{before}跳至{after}"
            )


def _alternatives(reader: _Reader) -> Iterator[Text]:
    for tag, attributes in reader.seen:
        if tag == "img" and not attributes.get("alt"):
            yield Text("a picture has no text alternative", "图片缺少替代文字")
        if tag == "svg" and attributes.get("aria-hidden") != "true":
            named = attributes.get("aria-labelledby") or attributes.get("aria-label")
            if attributes.get("role") != "img" or not named:
                yield Text("a chart has no text alternative", "图表缺少替代文字")
        if tag == "th" and attributes.get("scope") not in ("row", "col", "rowgroup", "colgroup"):
            yield Text("a table head does not say what it heads", "表头未标明所属行列")


def _addresses(reader: _Reader) -> Iterator[Text]:
    ids = [attributes["id"] for _, attributes in reader.seen if "id" in attributes]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield Text(f'the id "{name}" stands twice', f"标识“{name}”重复")
    for link in reader.links:
        if link.startswith("#") and link[1:] not in ids:
            yield Text(f'the link "{link}" leads nowhere', f"链接“{link}”没有目标")


def _requests(reader: _Reader, script: str) -> Iterator[Text]:
    if len(reader.scripts) > 1:
        yield Text("the page has more than one script", "页面有多个脚本")
    if any(each.strip() != script.strip() for each in reader.scripts) or reader.handlers:
        yield Text("the page runs a script that is not the toolkit's", "页面会运行工具以外的脚本")
    for request in reader.requests:
        yield Text(f'the page would request "{request[:60]}"', f"页面会请求“{request[:60]}”")
    for link in reader.links:
        if "//" in link and not link.startswith("data:"):
            yield Text(f'the page links to "{link[:60]}"', f"页面链接到“{link[:60]}”")
    for style in reader.styles:
        for chunk in re.split(r"url\(|@import", style, flags=re.IGNORECASE)[1:]:
            if not chunk.lstrip("'\" ").startswith(("data:", "#")):
                yield Text(f'the style would request "{chunk[:40]}"', f"样式会请求“{chunk[:40]}”")
