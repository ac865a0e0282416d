"""Prints a page: the one door to the PDF engine."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from hashlib import sha256
from typing import Any

import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document as Laid
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.html import get_html_metadata
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.ffi import fontconfig
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetchingError

from yearbook import heap
from yearbook.finding import Finding, error
from yearbook.model import Text
from yearbook.pdf import (
    archive,
    bind,
    cascade,
    glyphs,
    held,
    justify,
    leaf,
    lengths,
    objects,
    paths,
    questions,
    shapes,
    strokes,
    structure,
    trailing,
    trees,
    visits,
)
from yearbook.pdf.blocks import blocks
from yearbook.pdf.document import PLACE, Document, Printed
from yearbook.pdf.engine import no_system_fonts
from yearbook.pdf.fetch import AssetFetcher, link_allowed, refusal
from yearbook.pdf.leaf import Leaf
from yearbook.pdf.listen import heard, remarks
from yearbook.pdf.pages import Job, Kept, Memory, Rules, first, pieced, together

# Some mend what others have mended: the words of a line.
_ORDER = (justify, objects, structure, trailing, shapes, strokes)
for _part in (*_ORDER, cascade, leaf, lengths, paths, questions, trees, visits):
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


_TOTAL = re.compile(r"counters?\(\s*pages\b")
"""Prints the number of all pages: no page can be made alone."""
_OPTIONS = {**weasyprint.DEFAULT_OPTIONS, "pdf_variant": "pdf/a-3a"}


def _shut(pages: Iterable[Any]) -> Iterator[str]:
    """Take out the links that printed pages may not have; yield their addresses."""
    for page in pages:
        kept = []
        for link in page.links:
            kind, target, _, box = link
            if kind == "attachment" or (kind == "external" and not link_allowed(target)):
                yield target
            # WeasyPrint repeats a link for each element inside it, outside its Link tag.
            elif box.link:
                kept.append(link)
        page.links = kept


def _files(html: Any) -> Iterator[str]:
    """The addresses of files that a page wants to enclose: it may not."""
    for element in html.etree_element.iter("link"):
        if "attachment" in element.get("rel", "").lower().split():
            yield element.get("href", "")


def _laid_out(document: Document, fetcher: AssetFetcher) -> tuple[_Laid, Job]:
    """The document as WeasyPrint knows it, without pages, and what is to be laid out."""
    html = weasyprint.HTML(string=document.html, url_fetcher=fetcher)
    fonts, counters, options = _Fonts(), CounterStyle(), dict(_OPTIONS)
    context = _Laid._build_layout_context(html, fonts, counters, {}, options)
    root = build_formatting_structure(
        html.etree_element,
        context.style_for,
        context.get_image_from_uri,
        html.base_url,
        context.target_collector,
        counters,
        context.footnotes,
    )
    metadata = DocumentMetadata(**get_html_metadata(html))
    laid = _Laid([], metadata, fetcher, fonts, {}, "srgb")
    notes = tuple(context.footnotes)
    parts = blocks(html, root, list(notes), document.assets)
    return laid, Job(html, root, context, parts, notes)


def _frame(laid: _Laid, document: Document, fonts: Mapping[str, Any]) -> bytes:
    """The file without pages: metadata, colours, fonts, the root of the tags."""
    stamp = document.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    empty = laid.copy([])
    empty.fonts = fonts
    empty.metadata.created = empty.metadata.modified = stamp
    empty.metadata.attachments = []

    def finish(_: Any, pdf: Any) -> None:
        archive.identify(pdf)
        bind.remember(pdf)

    content: bytes = empty.write_pdf(finisher=finish, **_OPTIONS)
    return content


def _leaves(
    document: Document, fetcher: AssetFetcher, kept: Kept | None
) -> tuple[_Laid, list[Leaf], list[Finding]]:
    """The document as WeasyPrint knows it, its leaves, and what is wrong with those just made."""
    laid, job = _laid_out(document, fetcher)
    fetcher.refused.extend(_files(job.html))
    memory = Memory(None if _TOTAL.search(document.html) else kept, job.blocks)

    def shut(pages: Iterable[Any]) -> bool:
        found = list(_shut(pages))
        fetcher.refused.extend(found)
        return not found

    rules = Rules(frozenset(laid.font_config.families), shut)
    opening = memory.find(first(job))
    found = pieced(laid, job, memory, rules, opening) if opening else None
    if found is None:
        # Pages laid out alone leave the boxes as no other layout may find them.
        laid, job = _laid_out(document, fetcher) if opening else (laid, job)
        found = together(laid, job, memory, rules)
    return laid, *found


def _print(
    document: Document, fetcher: AssetFetcher, kept: Kept | None
) -> tuple[bytes, int, list[Finding]]:
    laid, made, findings = _leaves(document, fetcher, kept)
    heap.swept()  # all boxes
    masters = {
        sha256(content).hexdigest(): content
        for name, content in document.assets.items()
        if name.endswith(".ttf")
    }
    told = [font for leaf in made for font in leaf.facts["fonts"]]
    foreign = list(held.strangers(told, masters))
    if foreign:
        return b"", len(made), [*findings, *map(glyphs.not_own, foreign)]
    fonts = held.fonts(told, masters)
    frame = _frame(laid, document, fonts)
    findings.extend(glyphs.missing(fonts.values(), document.html))
    findings.extend(glyphs.untruths(fonts.values(), document.html))
    return archive.finish(bind.bind(frame, made), document), len(made), findings


def render(document: Document, kept: Kept | None = None) -> Printed:
    """Print a document. Whatever the engine refused, doubted or could not show is a finding.

    The same document gives the same bytes, in any process, folder and on any day, whatever pages
    are ``kept`` from before. It may run for ever or raise MemoryError: run it where a limit can
    stop it (`yearbook.worker`).
    """
    fetcher = AssetFetcher(document.assets)
    findings: list[Finding] = []
    content, pages = b"", 0
    with no_system_fonts(), heard() as messages:
        try:
            content, pages, doubts = _print(document, fetcher, kept)
            findings.extend(doubts)
        except _NoFontError:
            findings.append(_NO_FONT)
        except URLFetchingError as refused:
            messages.append(str(refused))
        except (ArithmeticError, RecursionError) as absurd:
            findings.append(_beyond(absurd))
    refusals = [refusal(url) for url in dict.fromkeys(fetcher.refused)]
    return Printed(content, pages, (*refusals, *findings, *remarks(messages)))
