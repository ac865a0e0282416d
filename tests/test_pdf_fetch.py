"""The door of a page: its own assets with their kinds, and nothing else."""

import pytest

from yearbook.model import Text
from yearbook.pdf.fetch import AssetFetcher, link_allowed, refusal

KINDS = {
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ttf": "font/ttf",
    "icc": "application/octet-stream",
}


@pytest.mark.parametrize("ending", KINDS)
def test_an_asset_comes_with_its_kind(ending: str) -> None:
    """WeasyPrint learns from the door what an asset is; names may hold dots and be quoted."""
    url = f"asset:///my%20file.v2.{ending}"
    response = AssetFetcher({f"my file.v2.{ending}": b"content"}).fetch(url)
    assert response.read() == b"content"
    assert response.url == url
    assert response.content_type == KINDS[ending]


def test_nothing_else() -> None:
    """What is no asset is refused and written down."""
    fetcher = AssetFetcher({"a.css": b""})
    for url in ("asset:///b.css", "https://example.org/a.css", "a.css"):
        with pytest.raises(ValueError, match=r"^not an asset of this page$"):
            fetcher.fetch(url)
    assert fetcher.refused == ["asset:///b.css", "https://example.org/a.css", "a.css"]


@pytest.mark.parametrize(
    ("url", "shown"), [("x" * 120, "x" * 120), ("x" * 121, "x" * 120 + "…"), ("y", "y")]
)
def test_refusal(url: str, shown: str) -> None:
    """The finding shows what was asked for, a very long address only in part."""
    finding = refusal(url)
    assert (finding.rule, finding.place.file) == ("refused-url", "pdf")
    assert finding.what == Text(f"the page asks for {shown}", f"页面引用了 {shown}")
    assert finding.hint == Text(
        "a page may use only its own assets, asset:///name, and link to http, https or mailto",
        "页面只能使用自带的资源（asset:///名称），链接只能指向 http、https 或 mailto 地址",
    )


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://example.org", True),
        ("https://example.org", True),
        ("mailto:a@example.org", True),
        ("data:text/html,x", False),
        ("//example.org", False),
    ],
)
def test_links(url: str, allowed: bool) -> None:
    """A printed page sends its reader to addresses of the web and of mail alone."""
    assert link_allowed(url) is allowed
