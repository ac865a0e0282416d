"""The command that stays: it holds a project in memory and builds it whenever a file changes."""

import json
from collections.abc import Callable
from pathlib import Path

import click

from yearbook.model import Text
from yearbook.terminal import JOBS, OUTPUT, ROOT, Bilingual, Manner, project, strictly

_ABSENT = Text("the package watchfiles is not installed", "未安装 watchfiles 软件包")
_INSTALL = Text("install it: pip install watchfiles", "请安装：pip install watchfiles")
_READY = Text("waiting for changes; end with Ctrl-C", "等待文件变动，按 Ctrl-C 结束")


@click.command()
@ROOT
@OUTPUT
@strictly
@JOBS
@click.option(
    "--no-browser", is_flag=True, help="Open no browser; none is opened yet. 不打开浏览器。"
)
@click.pass_obj
def serve(  # noqa: PLR0913, PLR0917 - one for each option
    default: Path,
    root: Path | None,
    output: Path | None,
    jobs: int,
    no_browser: bool,
    manner: Manner,
) -> None:
    """Build whenever a file changes, until interrupted. 文件变动后自动重新生成。"""
    from yearbook import receipt, write
    from yearbook.engine import Engine, Project, Watcher, telling, watch
    from yearbook.worker.scratch import SCRATCH, scratch

    place = project(root, default)
    if not (place / "data").is_dir():
        raise Bilingual(
            Text("there is no project in this folder", "此文件夹中没有年鉴项目"),
            Text("name its folder with --root", "请用 --root 指定项目文件夹"),
        )
    if not watch.possible():
        raise Bilingual(_ABSENT, _INSTALL)
    built = Project(place, (output or place / "output").resolve(), jobs, manner.strict)
    (place / ".yearbook").mkdir(exist_ok=True)
    write.discard(place / telling.PREVIEW)
    with scratch(place / SCRATCH):
        try:
            with (
                Watcher(place, [Path(each) for each in receipt.code()]) as watcher,
                Engine(built, _teller(manner, place), manner.say) as engine,
            ):
                engine.begin()
                manner.say(_READY)
                while engine.turn(watcher.wait()):
                    pass
        except watch.DeafError as problem:
            raise Bilingual(problem.what, problem.hint) from problem


def _teller(manner: Manner, place: Path) -> "Callable[..., None]":
    """Who tells of events on the output: a line each, or a line of JSON each. A page that is told
    of can be looked at."""
    from yearbook import write
    from yearbook.engine import telling
    from yearbook.engine.event import Event, Found, Page

    def tell(event: Event) -> None:
        if isinstance(event, Page):
            try:
                write.put(place / telling.PREVIEW / event.name, event.content, lasting=False)
            except write.PublishError as problem:
                manner.say(problem.what)
                return
        if manner.as_json:
            click.echo(json.dumps(telling.plain(event), ensure_ascii=False))
            return
        if isinstance(event, Found):
            manner.show(event.findings)
            manner.echo(manner.summary(event.findings))
        for line in telling.lines(event):
            manner.echo("  ".join(line.of(each) for each in manner.languages))

    return tell
