"""The text of a chapter: Markdown in which figures are asked for by name.

Markdown is read first and Jinja after it, block by block, so that nothing a cell holds can ever be
taken for markup, and every fault has the line of the block it stands in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from yearbook import calls
from yearbook.book import Prose
from yearbook.finding import Finding, error
from yearbook.model import Language, Place, Text

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_DIRECTIVE = re.compile(r'\{\{\s*(table|chart|waivers)\(\s*(?:"([^"]+)")?\s*\)\s*\}\}')
_HEADING = re.compile(r"(.*?)\s*\{#([a-z0-9-]+)(?:\s+\.(front))?\}")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or list (``kind`` p, ul, ol), or a call for a table or a chart by its id."""

    kind: str
    template: str
    target: str
    place: Place


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its id, its heading, whether it stands before the text proper, its blocks."""

    id: str
    front: bool
    heading: str
    blocks: tuple[Block, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One language of a chapter, taken apart, and what is wrong with its form."""

    language: Language
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]


def parse(prose: Prose, language: Language) -> Manuscript:
    """Take a text apart into sections and blocks.

    >>> text = '## Overview {#overview}\\n\\nIt sent {{ fact("a") }} *there*.\\n'
    >>> section = parse(Prose("en.md", text), Language.EN).sections[0]
    >>> section.id, section.blocks[0].template
    ('overview', 'It sent {{ fact("a") }} <em>there</em>.')
    """
    return _parsed(prose, language)


@lru_cache(64)
def _parsed(prose: Prose, language: Language) -> Manuscript:
    findings = list(calls.check(prose.text, Place(prose.file, 1, 1)))
    sections: list[Section] = []
    heading: tuple[str, bool, str, Place] | None = None
    blocks: list[Block] = []
    for tokens in _top_level(_reader().parse(prose.text)):
        place = Place(prose.file, (tokens[0].map or [0])[0] + 1, 1)
        if tokens[0].type == "heading_open":
            if heading:
                sections.append(_section(heading, blocks))
            blocks = []
            heading = _heading(tokens, place, findings)
        else:
            made = _block(tokens, place)
            if isinstance(made, Finding):
                findings.append(made)
            elif heading is None:
                findings.append(_homeless(place))
            else:
                blocks.append(made)
    if heading:
        sections.append(_section(heading, blocks))
    return Manuscript(language, tuple(sections), tuple(findings))


def _section(heading: tuple[str, bool, str, Place], blocks: Sequence[Block]) -> Section:
    name, front, title, place = heading
    return Section(name, front, title, tuple(blocks), place)


def _top_level(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Groups of tokens that make one block of the document."""
    start = depth = 0
    for at, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[start : at + 1]
            start = at + 1


def _heading(
    tokens: Sequence[Token], place: Place, findings: list[Finding]
) -> tuple[str, bool, str, Place]:
    source = tokens[1].content
    found = _HEADING.fullmatch(source)
    if tokens[0].tag != "h2" or not found:
        findings.append(
            error(
                "prose",
                place,
                Text("a heading needs two signs and an id", "标题须写两个井号并带标识"),
                Text("write: ## Training {#training}", "请写作：## 科技培训 {#training}"),
            )
        )
        return ("", False, source, place)
    return (found[2], found[3] is not None, _reader().renderInline(found[1]), place)


def _block(tokens: Sequence[Token], place: Place) -> Block | Finding:
    kinds = {"paragraph_open": "p", "bullet_list_open": "ul", "ordered_list_open": "ol"}
    kind = kinds.get(tokens[0].type)
    if kind is None:
        return error(
            "prose",
            place,
            Text(
                "only paragraphs, lists and headings may stand here", "此处只能写段落、列表和标题"
            ),
            Text(
                "leave an empty line between paragraphs, and no indent",
                "段落之间空一行，行首不缩进",
            ),
        )
    if kind == "p":
        directive = _DIRECTIVE.fullmatch(tokens[1].content.strip())
        if directive:
            return Block(directive[1], "", directive[2] or "", place)
        tokens = tokens[1:-1]
    reader = _reader()
    return Block(kind, reader.renderer.render(tokens, reader.options, {}), "", place)


def _homeless(place: Place) -> Finding:
    return error(
        "prose",
        place,
        Text("this stands before the first heading", "此段位于第一个标题之前"),
        Text(
            "put a heading above it: ## Overview {#overview}",
            "请在其上方加标题：## 概况 {#overview}",
        ),
    )


def _reader() -> MarkdownIt:
    """CommonMark without raw HTML or links, with Jinja left alone and ``^[notes]``."""
    reader = MarkdownIt("commonmark", {"html": False}).disable(
        ["link", "image", "autolink", "html_inline", "html_block", "reference", "code", "fence"]
    )
    reader.inline.ruler.before("escape", "jinja", _jinja)
    reader.inline.ruler.before("escape", "note", _note)
    return reader


def _jinja(state: StateInline, silent: bool) -> bool:
    found = _JINJA.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        _raw(state, found[0])
    state.pos = found.end()
    return True


def _note(state: StateInline, silent: bool) -> bool:
    """``^[text]`` is a footnote; the text may hold figures and brackets in pairs."""
    if not state.src.startswith("^[", state.pos):
        return False
    depth = 0
    for at in range(state.pos + 1, state.posMax):
        depth += {"[": 1, "]": -1}.get(state.src[at], 0)
        if depth == 0:
            break
    else:
        return False
    if not silent:
        _raw(state, "{% call footnote() %}")
        state.md.inline.parse(state.src[state.pos + 2 : at], state.md, state.env, state.tokens)
        _raw(state, "{% endcall %}")
    state.pos = at + 1
    return True


def _raw(state: StateInline, text: str) -> None:
    """Put text into the result as it stands."""
    state.push("html_inline", "", 0).content = text
