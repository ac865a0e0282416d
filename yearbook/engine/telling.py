"""Events as others read them: lines for people in both languages, JSON for programs."""

from collections.abc import Iterator
from typing import Any

from yearbook import listing
from yearbook.engine.event import (
    Drawn,
    Ended,
    Event,
    Found,
    Page,
    Printed,
    Published,
    Refused,
    Seen,
    Unchanged,
)
from yearbook.model import Text

PREVIEW = ".yearbook/preview"
"""Where pages can be looked at before they are published, in their project."""
_SHOWN = 5


def lines(event: Event) -> Iterator[Text]:
    """What a person is told; findings are told as after a report.

    >>> [line.en for line in lines(Seen(("data/a/x.csv",)))]
    ['changed: data/a/x.csv']
    >>> [line.en for line in lines(Page("a/en.html", b"", (), ("map",)))]
    ['.yearbook/preview/a/en.html is ready to look at; still drawing: map']
    """
    match event:
        case Seen(files):
            yield _changed(files)
        case Page(name, _, _, waiting):
            more = _listed(waiting)
            rest = Text(f"; still drawing: {more.en}", f"；正在绘制：{more.zh}")
            said = rest if waiting else Text("", "")
            page = f"{PREVIEW}/{name}"
            yield Text(f"{page} is ready to look at{said.en}", f"{page} 可供预览{said.zh}")
        case Drawn(chapter, chart, edition):
            name = f"{chapter}/{chart} ({edition})"
            yield Text(f"drawn: {name}", f"已绘制：{name}")
        case Printed(name):
            yield Text(f"printed: {name}", f"已排印：{name}")
        case _:
            yield from _came(event)


def _came(event: Event) -> Iterator[Text]:
    """What came of a change in the end."""
    match event:
        case Published(changed, gone, reasons):
            yield from _published(changed, gone, tuple(one.name for one in reasons))
        case Unchanged():
            yield Text("nothing changed", "没有变化")
        case Refused(what, hint):
            yield what
            if hint is not None:
                yield Text(f"hint: {hint.en}", f"提示：{hint.zh}")
        case Ended(why):
            yield why


def _changed(files: tuple[str, ...]) -> Text:
    if not files:
        return Text("building everything that is not built", "正在生成尚未生成的内容")
    told = _listed(files)
    return Text(f"changed: {told.en}", f"有变动：{told.zh}")


def _published(
    changed: tuple[str, ...], gone: tuple[str, ...], reasons: tuple[str, ...]
) -> Iterator[Text]:
    told = _listed(changed)
    yield Text(
        f"published: {told.en}" if changed else "published: every file is as it was",
        f"已发布：{told.zh}" if changed else "已发布：各文件内容不变",
    )
    if gone:
        lost = _listed(gone)
        yield Text(f"no longer published: {lost.en}", f"不再发布：{lost.zh}")
    if reasons:
        made = _listed(reasons)
        yield Text(f"made anew: {made.en}", f"重做：{made.zh}")


def _listed(names: tuple[str, ...]) -> Text:
    """Some names, and how many more there are."""
    shown, more = names[:_SHOWN], len(names) - _SHOWN
    en, zh = ", ".join(shown), "、".join(shown)
    return Text(f"{en} and {more} more", f"{zh}等{len(names)}项") if more > 0 else Text(en, zh)


def plain(event: Event) -> dict[str, Any]:
    """An event as JSON has it: its kind, what it names; of contents only their size.

    >>> plain(Printed("a/en.pdf", b"%PDF"))
    {'event': 'printed', 'name': 'a/en.pdf', 'bytes': 4}
    """
    told: dict[str, Any] = {"event": type(event).__name__.lower()}
    match event:
        case Seen(files):
            told |= {"files": list(files)}
        case Page(name, content, why, waiting):
            told |= {"name": name, "path": f"{PREVIEW}/{name}", "bytes": len(content)}
            told |= {"why": list(why), "waiting": list(waiting)}
        case Drawn(chapter, chart, edition, content, why):
            told |= {"chapter": chapter, "chart": chart, "edition": edition.value}
            told |= {"bytes": len(content), "why": list(why)}
        case Printed(name, content):
            told |= {"name": name, "bytes": len(content)}
        case Found(findings, failed):
            told |= {"failed": failed, "findings": [listing.plain(one) for one in findings]}
        case Published(changed, gone, reasons):
            made = [{"name": r.name, "new": r.new, "changed": list(r.changed)} for r in reasons]
            told |= {"changed": list(changed), "gone": list(gone), "made": made}
        case Refused(what, hint):
            told |= {"what": _pair(what), "hint": _pair(hint) if hint is not None else None}
        case Ended(why):
            told |= {"why": _pair(why)}
        case Unchanged():
            pass
    return told


def _pair(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}
