"""The text of a chapter, taken apart: sections, blocks, notes, each fault at its line."""

from hypothesis import example, given
from hypothesis import strategies as st

from tests.edits import SLUG, bilingual, said
from yearbook.book import Prose
from yearbook.model import Language
from yearbook.prose import Block, Manuscript, parse
from yearbook.read.snapshot import Snapshot

HEAD = "## A {#a}\n\n"


def read(text: str) -> Manuscript:
    """A small text, taken apart."""
    return parse(Prose("en.md", text), Language.EN)


def block(text: str) -> Block:
    """The one block below a heading."""
    (found,) = read(HEAD + text).sections[0].blocks
    return found


def faults(text: str) -> list[str]:
    """What is wrong with a text."""
    return said(read(text).findings)


def test_sections() -> None:
    """Headings part the text; their ids and the mark of the front matter are not printed."""
    first, second = read("## Notes & signs {#notes .front}\n\nA\n\n## *B* {#b-2}\n").sections
    assert (first.id, first.front, first.heading) == ("notes", True, "Notes &amp; signs")
    assert (second.id, second.front, second.heading) == ("b-2", False, "<em>B</em>")
    assert (first.place.line, second.place.line) == (1, 5)


def test_blocks() -> None:
    """Paragraphs, lists and calls, each with the line it begins on."""
    calls = '{{ table("t") }}\n\n{{ chart("c") }}\n\n{{ waivers() }}\n'
    text = HEAD + "one\ntwo\n\n- a\n- b\n\n1. c\n\n" + calls
    blocks = read(text).sections[0].blocks
    assert [(each.kind, each.target) for each in blocks] == [
        *(("p", ""), ("ul", ""), ("ol", "")),
        *(("table", "t"), ("chart", "c"), ("waivers", "")),
    ]
    assert [each.place.line for each in blocks] == [3, 6, 9, 11, 13, 15]


def test_emphasis() -> None:
    """Stars are emphasis where an author writes them."""
    assert block("*a* **b**").template == "<em>a</em> <strong>b</strong>"


def test_figures_are_left_alone() -> None:
    """What stands between braces is not Markdown: quotation marks, stars, underscores, pipes."""
    call = '{{ fact("a_b_c", noun="*x* & y") }}'
    assert block(f"_{call}_ and {call}").template == f"<em>{call}</em> and {call}"
    assert block("{% if x < 3 %}a{% endif %}").template == "{% if x < 3 %}a{% endif %}"


def test_no_html() -> None:
    """HTML, links and pictures are printed as they are typed."""
    assert block("<script>x</script>").template == "&lt;script&gt;x&lt;/script&gt;"
    assert block("[a](b) ![c](d) <http://e>").template == "[a](b) ![c](d) &lt;http://e&gt;"
    assert block("`a` & b").template == "<code>a</code> &amp; b"


def test_note() -> None:
    """A footnote may hold figures, emphasis and brackets in pairs."""
    call = "{% call footnote() %}"
    assert block("a^[b]").template == f"a{call}b{{% endcall %}}"
    assert block('a^[*b* [c] {{ fact("d") }}].').template == (
        f'a{call}<em>b</em> [c] {{{{ fact("d") }}}}{{% endcall %}}.'
    )
    assert block("a^[b").template == "a^[b"


def test_no_id() -> None:
    """A heading without an id or of another level is reported at its line, with an example."""
    for heading in ("## A", "# A {#a}", "### A {#a}", "## A {#A b}", "A\n===", "A {#a}\n---"):
        text = "## X {#x}\n\nx\n\n" + heading + "\n"
        if heading == "A {#a}\n---":
            assert not faults(text)
        else:
            assert faults(text) == ["en.md:5:1 - prose: a heading needs two signs and an id"]


def test_homeless() -> None:
    """Words before the first heading are reported."""
    assert faults("words\n\n" + HEAD) == ["en.md:1:1 - prose: this stands before the first heading"]


def test_other_blocks() -> None:
    """Quotations and rules are reported; what else may stand there is said."""
    for text in ("> quoted", "---", "***"):
        found = read(HEAD + text).findings
        assert said(found) == [
            "en.md:3:1 - prose: only paragraphs, lists and headings may stand here"
        ]
        assert bilingual(found[0].hint)


def test_all_faults() -> None:
    """Every fault of a text is reported at its own line."""
    assert len(faults("x\n\n# A\n\n---\n\n> b\n")) == 4


def test_project(project: Snapshot) -> None:
    """Both texts of the project are well formed and have every section twice over."""
    texts = {
        of: parse(
            Prose(f"{of}.md", project.files[f"templates/chapters/{SLUG}/{of}.md"].decode()), of
        )
        for of in Language
    }
    assert [text.findings for text in texts.values()] == [(), ()]
    first, second = ([section.id for section in text.sections] for text in texts.values())
    assert first == second


@given(st.text(st.sampled_from("#{}a[]^*_<>&\"'`|\\-1. \n%~!:") | st.characters(), max_size=80))
@example("## A {#a}\n^[^[")
@example("{{\n\n}}")
def test_never_raises(text: str) -> None:
    """Whatever is typed gives sections and findings; angle brackets never come through."""
    for section in read(text).sections:
        for each in section.blocks:
            assert "<script" not in each.template
