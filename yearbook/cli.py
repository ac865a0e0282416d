"""The command line: says what was done and found, and ends with an exit code that means something.

0 all well, 1 findings that fail, 2 wrong use or configuration, 3 a fault of the toolkit.
"""

import os
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yearbook import __version__, clerical, serving
from yearbook.ending import Heeding, ended, remembered
from yearbook.finding import Finding, failing
from yearbook.model import Text
from yearbook.terminal import (
    EXPLAIN,
    JOBS,
    OUTPUT,
    ROOT,
    Bilingual,
    Manner,
    project,
    strictly,
    telling,
)

if TYPE_CHECKING:
    from yearbook.build import Built
    from yearbook.executor import Executor

__all__ = ["main", "run"]


@click.group(cls=Heeding, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s")
@ROOT
@click.pass_context
def main(context: click.Context, root: Path | None) -> None:
    """Turn the records of a yearbook into chapters. 由年鉴数据生成中英文章节。"""
    context.obj = project(root, context.obj)


@main.command()
@ROOT
@OUTPUT
@EXPLAIN
@strictly
@JOBS
@click.option(
    "--wait",
    type=click.FloatRange(0),
    help="Seconds to wait for another build to end; by default as long as it takes. "
    "等待其他生成任务的秒数。",
)
@click.option(
    "--only",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="Print these instances of chapters only. 只生成所选实例。",
)
@click.option(
    "--executor",
    type=click.Choice(["local", "dask"]),
    default="local",
    help="Who prints: this machine, or a Dask cluster. 由本机或Dask集群生成。",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="The Dask cluster to use; without, one is started for the run. 所用Dask集群的地址。",
)
@click.pass_obj
def report(  # noqa: PLR0913, PLR0917 - one for each option
    default: Path,
    root: Path | None,
    output: Path | None,
    jobs: int,
    wait: float | None,
    only: tuple[str, ...],
    executor: str,
    scheduler: str | None,
    manner: Manner,
) -> None:
    """Build everything into output/. 生成全部内容。"""
    from yearbook import lock, receipt, replay, write
    from yearbook.spool import spool
    from yearbook.worker.scratch import SCRATCH, scratch

    started, around = time.monotonic(), receipt.surroundings()

    place, crew = project(root, default), _executor(executor, scheduler)
    target = (output or place / "output").resolve()
    if not (place / "data").is_dir():
        raise Bilingual(
            Text("there is no project in this folder", "此文件夹中没有年鉴项目"),
            Text("name its folder with --root", "请用 --root 指定项目文件夹"),
        )
    locked = lock.locked(place / ".yearbook", manner.say, wait)
    failed = place / write.FAILED
    with locked, scratch(place / SCRATCH), spool() as waiting, remembered(failed):
        from yearbook.build import Wish, build
        from yearbook.choice import asked
        from yearbook.gallery import load_charts

        write.guard(target)
        wish = Wish(asked(only), crew, lay=waiting.laid)
        built = build(place, load_charts(place), jobs, manner.say, wish)
        manner.explained(replay.explained(place, built))
        if manner.failing(built.findings):
            _fail(place, built, manner)
        write.publish(built.artifacts, target)
        write.discard(failed)
        if not only:  # what was made of some instances is no report of the book
            replay.keep(place, target, around, built)
    manner.show(built.findings)
    seconds = f"{time.monotonic() - started:.1f}"
    where = os.path.relpath(target)
    pdfs = [each.name for each in built.artifacts if each.name.endswith(".pdf")]
    summed = f"{where}/index.html  ({seconds} s)  {manner.summary(built.findings)}"
    manner.echo(*(f"{where}/{name}" for name in pdfs), summed)


def _executor(name: str, scheduler: str | None) -> "Executor":
    """Who prints the editions."""
    if name == "dask":
        from yearbook.executor.dask import Dask

        return Dask(scheduler or "")
    if scheduler is not None:
        raise Bilingual(
            Text("--scheduler is for --executor dask", "--scheduler 须与 --executor dask 同用"),
        )
    from yearbook.executor import Local

    return Local()


@main.command()
@ROOT
@strictly
@click.option(
    "--reports",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the reports of the findings into a folder. 将核对报告写入文件夹。",
)
@click.option(
    "--guards",
    is_flag=True,
    help="Tell which slips the rules would notice. 显示各数据受规则保护的程度。",
)
@click.option(
    "--fix", is_flag=True, help="Ask about each proposed value and write it. 逐格确认并写入建议值。"
)
@click.pass_obj
def check(
    default: Path, /, root: Path | None, folder: Path | None, manner: Manner, **asked: bool
) -> None:
    """Check the records and the text without building. 只核对，不生成。"""
    place = project(root, default)
    with _working(place):
        if asked["fix"]:
            from yearbook import mending

            checked = mending.mend(place, manner)
        else:
            from yearbook.inspection import check as find

            checked = find(place)
        reports = checked.reports() if folder else ()
        told = checked.guards() if asked["guards"] else ()
    manner.show(checked.findings)
    for guarded in told:
        from yearbook.guards import lines

        manner.echo(*lines(guarded, manner.languages))
    manner.echo(manner.summary(checked.findings))
    if folder:
        from yearbook import write

        folder.mkdir(parents=True, exist_ok=True)
        for each in reports:
            write.put(folder.resolve() / each.name, each.content)
    if manner.failing(checked.findings):
        raise SystemExit(1)


def _working(place: Path) -> AbstractContextManager[None]:
    """Room for the workers that look at texts; where there are no texts, none."""
    if not (place / "templates").is_dir():
        return nullcontext()
    from yearbook.worker.scratch import SCRATCH, scratch

    return scratch(place / SCRATCH)


@main.command()
@ROOT
@OUTPUT
@telling
@click.pass_obj
def audit(default: Path, root: Path | None, output: Path | None, manner: Manner) -> None:
    """Read what was published again and compare it with the records. 复核已发布的文件。"""
    from yearbook.published import audit as reread

    told = reread((output or project(root, default) / "output").resolve())
    _ended(told.findings, told.lines(), manner)


@main.command()
@telling
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def verify(file: Path, manner: Manner) -> None:
    """Verify a PDF of a yearbook by what it carries. 用PDF自带的数据核验该文件。"""
    from yearbook import verify as verifying

    try:
        told = verifying.verify(file.name, verifying.read(file))
    except verifying.NoProofError as problem:
        raise Bilingual(problem.what, problem.hint) from problem
    _ended(told.findings, told.lines(file.name), manner)


def _ended(findings: tuple[Finding, ...], lines: Iterable[str], manner: Manner) -> None:
    """Tell what a reading of finished files came to."""
    manner.show(findings)
    manner.echo(*lines)
    if failing(findings):
        raise SystemExit(1)


@main.command("doctor")
@ROOT
@click.pass_obj
def doctor_(default: Path, root: Path | None) -> None:
    """Tell what this machine lacks. 检查本机环境。"""
    from yearbook import doctor

    diagnoses = doctor.diagnose(project(root, default), doctor.here())
    for diagnosis in diagnoses:
        mark = "ok  " if diagnosis.ok else "FAIL"
        click.echo(f"{mark} {diagnosis.name.en} / {diagnosis.name.zh}: {diagnosis.detail}")
        if not diagnosis.ok:
            click.echo(f"     {diagnosis.remedy.en}\n     {diagnosis.remedy.zh}")
    if not all(diagnosis.ok for diagnosis in diagnoses):
        raise SystemExit(2)


def _fail(root: Path, built: "Built", manner: Manner) -> None:
    """Leave output/ alone, write the findings where CI finds them, end with 1."""
    from yearbook import write

    manner.show(built.findings)
    write.publish(built.reports, root / write.FAILED)
    manner.echo(manner.summary(built.findings))
    manner.say(
        Text(
            f"nothing was published; see {write.FAILED}/findings.html",
            f"未发布任何内容；详见 {write.FAILED}/findings.html",
        )
    )
    raise SystemExit(1)


for command in (*clerical.COMMANDS, serving.serve):
    main.add_command(command)


def run(root: Path | None = None) -> None:
    """Run the command line for a project; turn what went wrong into an exit code."""
    ended(lambda: main(obj=root, standalone_mode=False))
