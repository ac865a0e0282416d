"""The commands that keep what a person confirmed: wordings, coverage, descriptions, editions."""

import json
from pathlib import Path

import click

from yearbook.finding import counted, failing
from yearbook.model import Text
from yearbook.terminal import JSON, ROOT, Bilingual, Manner, project, telling


@click.command()
@ROOT
@click.argument("target", required=False, default="")
@click.pass_obj
def confirm(default: Path, root: Path | None, target: str) -> None:
    """Confirm that both languages say the same: all, SECTION or SECTION/N. 确认译文与原文一致。"""
    from yearbook import ledger

    confirmed = ledger.confirm(project(root, default), target)
    Manner().show(confirmed.findings)
    if confirmed.findings:
        raise SystemExit(1)
    rows = counted(confirmed.rows, "paragraph")
    click.echo(f"{rows} confirmed  已确认{confirmed.rows}段")


@click.command()
@ROOT
@JSON
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--chapter", default="", help="Which chapter it is the source of. 所属章。")
@click.option("--write", "keep", is_flag=True, help="Write the chapter's ledger anew. 更新台账。")
@click.pass_obj
def coverage(  # noqa: PLR0913, PLR0917 - one for each option
    default: Path, root: Path | None, source: Path, as_json: bool, chapter: str, keep: bool
) -> None:
    """Tell what became of every numeral of SOURCE. 逐一核对来稿中的数字。"""
    from yearbook import coverage, ledger

    try:
        text = source.read_text("utf-8-sig")
        mentions = ledger.cover(project(root, default), text, chapter, keep)
    except UnicodeDecodeError as problem:
        raise Bilingual(
            Text(f"{source.name} is not UTF-8 text", f"{source.name} 不是UTF-8文本"),
            Text(
                "save it as UTF-8 (Notepad: Save as, Encoding)",
                "请另存为UTF-8编码（记事本：另存为—编码）",
            ),
        ) from problem
    if as_json:
        rows = [coverage.plain(mention) for mention in mentions]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for mention in mentions:
            click.echo(coverage.line(mention, source.name))
        told = coverage.summary(mentions)
        click.echo(f"{told.en}\n{told.zh}")
    if coverage.missing(mentions):
        if not as_json:
            click.echo(f"hint: {coverage.HINT.en}\n提示：{coverage.HINT.zh}")
        raise SystemExit(1)


@click.command()
@ROOT
@click.pass_obj
def keep(default: Path, root: Path | None) -> None:
    """Keep what this edition says, to compare later ones with it. 留存本版数据，供以后核对。"""
    from yearbook import ledger

    for file in ledger.keep(project(root, default)):
        click.echo(file)


@click.command()
@ROOT
@click.pass_obj
def describe(default: Path, root: Path | None) -> None:
    """Describe the tables of data/ for other tools (datapackage.json). 生成数据描述文件。"""
    from yearbook import ledger

    for file in ledger.describe(project(root, default)):
        click.echo(file)


@click.command()
@ROOT
@telling
@click.option("--check", "only_check", is_flag=True, help="Write nothing. 只检查，不改写。")
@click.argument("files", nargs=-1)
@click.pass_obj
def fmt(
    default: Path, root: Path | None, files: tuple[str, ...], manner: Manner, only_check: bool
) -> None:
    """Rewrite the CSVs of data/, or FILES, in their usual form. 将CSV改写为通用格式。"""
    from yearbook.fmt import fmt as rewrite

    done = rewrite(project(root, default), files, keep=not only_check)
    manner.show(done.findings)
    manner.echo(*map(done.told(only_check).of, manner.languages))
    if failing(done.findings) or (only_check and done.files):
        raise SystemExit(1)


COMMANDS: tuple[click.Command, ...] = (confirm, coverage, describe, fmt, keep)
"""What the command line takes over."""
