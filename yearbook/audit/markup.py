"""What a published page is made of: only elements that cannot show what no reader of texts finds.

Its downloads are made again from the records; its scripts are those of the toolkit.
"""

import base64
import re
from collections.abc import Iterator, Mapping

from yearbook.audit.problem import Problem
from yearbook.audit.tags import Attributes, tell
from yearbook.download import behind, download
from yearbook.model import Text
from yearbook.records import Records
from yearbook.script import SCRIPT

_TEXTUAL = frozenset(
    "a abbr article aside b blockquote body br caption cite code col colgroup data dd div dl dt em "
    "figcaption figure footer h1 h2 h3 h4 h5 h6 head header hr html i li main meta nav ol p q "
    "script section small span strong style sub sup table tbody td tfoot th thead title tr ul "
    "wbr".split()
)
_DRAWN = frozenset(
    "circle clippath defs desc g line path polygon polyline rect svg text tspan use".split()
)
_ATTRIBUTES = frozenset(
    "charset class clip-path clip-rule colspan content cx cy d download fill fill-opacity "
    "fill-rule font-family font-size font-style font-weight height href id lang name opacity "
    "points r role rowspan rx ry scope stroke stroke-dasharray stroke-dashoffset stroke-linecap "
    "stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor transform type "
    "value viewbox width x x1 x2 xmlns y y1 y2".split()
)
_META = frozenset({"", "viewport", "author", "description"})
_HERE = re.compile(r"#[\w.-]+|(?:[\w-]+/)*[\w-]+\.(?:html|pdf|json)(?:#[\w.-]+)?")
_CSV = "data:text/csv;base64,"
_FAINT = 0.05


def markup(page: str, records: Records) -> Iterator[Problem]:
    """Every element, attribute, link, script and download of a page that is not its own."""
    reader = _Reader()
    tell(page, reader)
    for what in dict.fromkeys(reader.strange):
        yield Problem(
            0,
            Text(
                f"it holds what can show or hide figures: {what}",
                f"含有可能另示或遮盖数字的内容：{what}",
            ),
        )
    yield from _downloads(reader.downloads, records)


class _Reader:
    """Notes what is not allowed, and the downloads by the name they bear."""

    def __init__(self) -> None:
        self.strange: list[str] = []
        self.downloads: list[tuple[str, str]] = []
        self._drawing = 0
        self._within = ""
        self._scripts = 0
        self._styles = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        told = {name: value or "" for name, value in attrs}
        self._drawing += tag == "svg"
        if not (tag in _TEXTUAL or (self._drawing and tag in _DRAWN)):
            self.strange.append(f"<{tag}>")
        self.strange += [f"<{tag} {name}>" for name in told if not _attribute(name)]
        self._styles += tag == "style"
        if self._styles > 1 and tag == "style":
            self.strange.append("a second <style>")
        self._within = "" if told.get("type") == "application/json" else tag
        if tag == "meta" and told.get("name", "") not in _META:
            self.strange.append(f"<meta {told['name']}>")
        if any(_faint(told.get(name, "1")) for name in ("opacity", "fill-opacity")):
            self.strange.append(f"<{tag}> that is too faint")
        if "href" in told:
            self._link(told)

    def _link(self, told: Mapping[str, str]) -> None:
        address = told["href"]
        if address.startswith(_CSV) and "download" in told:
            self.downloads.append((told["download"], address.removeprefix(_CSV)))
        elif "download" in told or not _HERE.fullmatch(address):
            self.strange.append(f"a link to {address[:60]}")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._drawing -= tag == "svg"
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "script":
            self._scripts += 1
            if self._scripts > 1 or data.strip() != SCRIPT.strip():
                self.strange.append("a <script> that is not the toolkit's")


def _attribute(name: str) -> bool:
    return name in _ATTRIBUTES or name.startswith(("data-", "aria-"))


def _faint(told: str) -> bool:
    try:
        return float(told) < _FAINT
    except ValueError:
        return True


def _downloads(found: list[tuple[str, str]], records: Records) -> Iterator[Problem]:
    """A table that readers download holds the rows of the records and nothing else."""
    made = {f"{spec.id}.csv": spec for spec in records.chapter.tables}
    for name, content in found:
        wanted = download(behind(made[name], records), records) if name in made else b""
        if base64.b64encode(wanted).decode() != content:
            yield Problem(
                0,
                Text(
                    f"the download {name} is not what the records say",
                    f"可下载的 {name} 与记录不符",
                ),
            )
