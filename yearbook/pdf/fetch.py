"""The only door of a page: its own assets, by name, out of memory."""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

from yearbook.finding import Finding, error
from yearbook.model import Text
from yearbook.pdf.document import PLACE

SCHEME = "asset:///"
LINKS = frozenset({"http", "https", "mailto"})
_TYPES = {"css": "text/css", "svg": "image/svg+xml", "png": "image/png", "ttf": "font/ttf"}
_SHOWN = 120


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves ``asset:///name`` from a mapping and writes down every other request.

    WeasyPrint swallows what a fetcher raises in some places (an image inside an SVG), so the
    record in ``refused`` is what counts.
    """

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allow_redirects=False)
        self._assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The asset of that name; ValueError for anything else."""
        name = unquote(url.removeprefix(SCHEME))
        if url.startswith(SCHEME) and name in self._assets:
            kind = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
            return URLFetcherResponse(url, self._assets[name], {"Content-Type": kind})
        self.refused.append(url)
        raise ValueError("not an asset of this page")


def link_allowed(url: str) -> bool:
    """Whether a reader may be sent there from a printed page.

    >>> [link_allowed(url) for url in ("https://example.org", "javascript:alert(1)", "file:///x")]
    [True, False, False]
    """
    return urlsplit(url).scheme in LINKS


def refusal(url: str) -> Finding:
    """The finding that a page asked for something that is not its own."""
    shown = url if len(url) <= _SHOWN else f"{url[:_SHOWN]}…"
    return error(
        "refused-url",
        PLACE,
        Text(f"the page asks for {shown}", f"页面引用了 {shown}"),
        Text(
            "a page may use only its own assets, asset:///name, and link to http, https or mailto",
            "页面只能使用自带的资源（asset:///名称），链接只能指向 http、https 或 mailto 地址",
        ),
    )
