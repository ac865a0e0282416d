"""Prints a page: the one door to the PDF engine."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

import weasyprint
from weasyprint.document import Document as Laid
from weasyprint.text.ffi import fontconfig
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetchingError

from yearbook.finding import Finding, error
from yearbook.model import Text
from yearbook.pdf import (
    archive,
    cascade,
    glyphs,
    justify,
    lengths,
    objects,
    paths,
    questions,
    shapes,
    streams,
    strokes,
    structure,
    subset,
    trailing,
    trees,
)
from yearbook.pdf.document import PLACE, Document, Printed
from yearbook.pdf.engine import no_system_fonts
from yearbook.pdf.fetch import AssetFetcher, link_allowed, refusal
from yearbook.pdf.listen import heard, remarks

# Some mend what others have mended: the end of a stream, the words of a line.
_ORDER = (justify, objects, streams, structure, subset, trailing, shapes, strokes)
for _part in (*_ORDER, cascade, lengths, paths, questions, trees):
    _part.mend()

_NO_FONT = error(
    "glyph",
    PLACE,
    Text("the page has no font", "页面没有字体"),
    Text(
        "add an @font-face rule with src: url(asset:///name) to its CSS",
        "请在 CSS 中加入 @font-face 规则，src 写作 url(asset:///名称)",
    ),
)


def _beyond(absurd: Exception) -> Finding:
    """The finding that a length or a nesting is more than the engine can bear."""
    return error(
        "pdf-warning",
        PLACE,
        Text(f"the page cannot be laid out: {absurd}", f"页面无法排版：{absurd}"),
        Text(
            "look in the template and its CSS for a huge length or a deep nesting",
            "请检查模板和 CSS 中是否有过大的长度或过深的嵌套",
        ),
    )


class _Fonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no types
    """The fonts of one document, and the names it gives them."""

    def __init__(self) -> None:
        super().__init__()
        self.families: set[str] = set()

    def add_font_face(self, rule: Any, url_fetcher: Any) -> None:
        self.families.add(rule["font_family"])
        super().add_font_face(rule, url_fetcher)

    def loaded(self) -> bool:
        """Whether there is any font to print with."""
        fonts = fontconfig.FcConfigGetFonts(self._config, fontconfig.FcSetApplication)
        return bool(fonts) and fonts.nfont > 0


class _NoFontError(Exception):
    """No font was loaded: Pango would end the process, not raise."""


class _Laid(Laid):  # type: ignore[misc]  # WeasyPrint has no types
    """A document that refuses to be laid out when its CSS loaded no font."""

    @classmethod
    def _build_layout_context(cls, html: Any, font_config: Any, *rest: Any) -> Any:
        context = super()._build_layout_context(html, font_config, *rest)
        if not font_config.loaded():
            raise _NoFontError
        return context


_OPTIONS = {**weasyprint.DEFAULT_OPTIONS, "pdf_variant": "pdf/a-3a"}


def _shut(html: Any, laid: Any) -> Iterator[str]:
    """Take out the links and files a printed page may not have; yield their addresses."""
    laid.metadata.attachments = []
    for element in html.etree_element.iter("link"):
        if "attachment" in element.get("rel", "").lower().split():
            yield element.get("href", "")
    for page in laid.pages:
        kept = []
        for link in page.links:
            kind, target, _, box = link
            if kind == "attachment" or (kind == "external" and not link_allowed(target)):
                yield target
            # WeasyPrint repeats a link for each element inside it, outside its Link tag.
            elif box.link:
                kept.append(link)
        page.links = kept


def _date(laid: Any, document: Document) -> None:
    stamp = document.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    laid.metadata.created = laid.metadata.modified = stamp


def _print(document: Document, fetcher: AssetFetcher) -> tuple[Any, bytes]:
    html = weasyprint.HTML(string=document.html, url_fetcher=fetcher)
    laid = _Laid._render(html, _Fonts(), None, None, _OPTIONS)
    fetcher.refused.extend(_shut(html, laid))
    _date(laid, document)
    content = laid.write_pdf(finisher=lambda _, pdf: archive.finish(pdf, document), **_OPTIONS)
    return laid, content


def _doubts(laid: Any, document: Document) -> Iterator[Finding]:
    fonts = list(laid.fonts.values())
    yield from glyphs.missing(fonts, document.html)
    yield from glyphs.strangers(fonts, document.assets)
    yield from glyphs.unknown(laid.pages, laid.font_config.families)
    yield from glyphs.untruths(fonts, document.html)


def render(document: Document) -> Printed:
    """Print a document. Whatever the engine refused, doubted or could not show is a finding.

    The same document gives the same bytes, in any process, folder and on any day. It may run for
    ever or raise MemoryError: run it where a limit can stop it (`yearbook.worker`).
    """
    fetcher = AssetFetcher(document.assets)
    findings: list[Finding] = []
    content, pages = b"", 0
    with no_system_fonts(), heard() as messages:
        try:
            laid, content = _print(document, fetcher)
        except _NoFontError:
            findings.append(_NO_FONT)
        except URLFetchingError as refused:
            messages.append(str(refused))
        except (ArithmeticError, RecursionError) as absurd:
            findings.append(_beyond(absurd))
        else:
            pages = len(laid.pages)
            findings.extend(_doubts(laid, document))
    refusals = [refusal(url) for url in dict.fromkeys(fetcher.refused)]
    return Printed(content, pages, (*refusals, *findings, *remarks(messages)))
