"""What a style sheet may not do."""

import pytest

from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.stylesheet import contrast, lint

SCHEMES = (
    {"paper": "#ffffff", "ink": "#111111", "link": "#1f4e79", "pale": "#dddddd"},
    {"paper": "#16181b", "ink": "#e9e6e0", "link": "#8fc1ee", "pale": "#dddddd"},
)


def said(css: str) -> list[str]:
    """What is wrong with a style sheet."""
    return [finding.what.en for finding in lint("x.css", css, SCHEMES)]


@pytest.mark.parametrize(
    "css",
    [
        'data::before { content: "42 groups" }',
        'td::after { content: counter(n) "0" }',
        '@media print { .a::after { content: "四" } }',
        '@page { @top-left { content: "473" } }',
        "h1 { string-set: book '2012' }",
        "td data { visibility: hidden }",
        "data { font-size: 0 }",
        "data { font-size: 0.0em }",
        "@media screen { .note { display: none } }",
        ".note, .skip { display: none !important }",
        "p { opacity: 0.01 }",
        "td { clip-path: inset(50%) }",
        "tr { direction: rtl }",
        "p { unicode-bidi: bidi-override }",
        "td { transform: scaleX(-1) }",
        "td { text-transform: uppercase }",
        "del { text-decoration: line-through }",
        "td { color: #fff }",
        "td { color: white }",
        "td { color: var(--paper) }",
        "td { color: var(--pale) }",
        "td { color: var(--unknown) }",
        ".a { background: var(--ink); color: var(--ink) }",
        ".a { & td { color: transparent } }",
    ],
)
def test_refused(css: str) -> None:
    """Each way to add, hide or fade words is one finding."""
    assert len(said(css)) == 1


@pytest.mark.parametrize(
    "css",
    [
        "@page { @bottom-right { content: counter(page) } }",
        '@page { @top-left { content: string(a) "\\2003" } }',
        "nav a::after { content: target-counter(attr(href url), page) }",
        "@counter-style circled { system: fixed; symbols: '①' '②' }",
        ".skip, .editions a { display: none }",
        "td { color: var(--ink); opacity: 1; font-size: 0.8rem; text-decoration: none }",
        ".b { background: var(--link); color: var(--paper) }",
        "a { color: inherit }",
        "a { color: currentColor; transform: none }",
        "/* data { display: none } */",
    ],
)
def test_free(css: str) -> None:
    """Counters, signs, the colours of the theme and hidden furniture are free."""
    assert said(css) == []


def test_place() -> None:
    """A finding names file, line and column."""
    (found,) = lint("templates/x.css", "p {}\n  td {\n    opacity: 0 }", SCHEMES)
    assert (found.rule, str(found.place)) == ("style", "templates/x.css:3:5")


def test_contrast() -> None:
    """The ratio of WCAG: 21 between black and white, and its published example."""
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_project(project: Snapshot) -> None:
    """The style sheets of the project do nothing of the kind, in both schemes."""
    theme = read(project).theme
    schemes = (theme.colours, {**theme.colours, **theme.dark})
    for name in project.below("templates", ".css"):
        assert not list(lint(name, project.files[name].decode(), schemes))
