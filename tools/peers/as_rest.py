"""The chapter in reStructuredText, for Sphinx."""

import re

from peers.content import Block, Content, Spans, Table

SETTINGS = 'project = "Yearbook"\nlanguage = "{language}"\nhtml_theme = "alabaster"\n'


def settings(content: Content) -> str:
    """The file ``conf.py`` of an edition."""
    return SETTINGS.format(language="zh_CN" if content.edition == "zh" else "en")


def source(content: Content) -> str:
    """The source of an edition."""
    title = content.title.replace("\n", " ")
    notes: list[str] = []
    body = [_block(block, content, notes) for block in content.blocks]
    ends = [f".. [#n{number}] {words}" for number, words in enumerate(notes)]
    return "\n".join([title, "=" * len(title.encode()), "", *body, *ends, ""])


def _block(block: Block, content: Content, notes: list[str]) -> str:
    if block.kind == "heading":
        said = f"{block.target} {block.items[0][0][1]}".strip().replace("\n", " ")
        return f"{said}\n{'-' * len(said.encode())}\n"
    if block.kind == "text":
        return _said(block.items[0], notes) + "\n"
    if block.kind == "list":
        return "\n".join(f"- {_said(item, notes)}" for item in block.items) + "\n"
    if block.kind == "pair":
        return "\n".join(_block(b, content, notes) for side in block.sides for b in side)
    if block.kind == "table":
        return _table(content.tables[block.target])
    chart = content.charts[block.target]
    title = _escaped(chart.title.replace("\n", " "))
    lines = [f".. figure:: charts/{content.edition}/{chart.id}.svg", f"   :alt: {chart.said}"]
    return "\n".join([*lines, "", f"   {title}", "", *_notes(chart.notes)]) + "\n"


def _table(table: Table) -> str:
    title = _escaped(f"{table.title} {table.unit}".replace("\n", " "))
    lines = [f".. list-table:: {title}", "   :header-rows: 1", ""]
    for row in table.rows:
        for number, cell in enumerate(row):
            mark = "   * -" if number == 0 else "     -"
            lines.append(f"{mark} {_escaped(cell.replace(chr(10), ' '))}".rstrip())
    return "\n".join([*lines, "", *_notes(table.notes)]) + "\n"


def _notes(notes: tuple[str, ...]) -> list[str]:
    return [line for each in notes for line in (_escaped(each), "")]


def _said(spans: Spans, notes: list[str]) -> str:
    out = []
    for kind, words in spans:
        if kind == "note":
            notes.append(_escaped(words))
            out.append(f" [#n{len(notes) - 1}]_ ")
        else:
            out.append(f"\\ *{words}*\\ " if kind == "em" else _escaped(words))
    return "".join(out).replace("\n", " ").strip()


def _escaped(words: str) -> str:
    r"""Words that reStructuredText takes for nothing else.

    >>> _escaped("5*")
    '5\\*'
    """
    return re.sub(r"([\\*`|_])", r"\\\1", words)
