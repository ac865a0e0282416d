"""What commands share: how findings are told (lines, JSON, to GitHub), which project is meant."""

import functools
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from yearbook import listing
from yearbook.finding import Finding, failing
from yearbook.model import Language, Text

AS_JSON = "yearbook.json"
"""Where a command notes for its end that its output is to be JSON."""


class Bilingual(click.ClickException):
    """Wrong use or configuration, told in both languages."""

    exit_code = 2

    def __init__(self, what: Text, hint: Text | None = None) -> None:
        lines = [what.en, what.zh]
        if hint is not None:
            lines += [f"hint: {hint.en}", f"提示：{hint.zh}"]
        super().__init__("\n    ".join(lines))


def project(root: Path | None, default: Path | None) -> Path:
    """The folder to work on: the one named, else that of the program, else the one we are in."""
    return (root or default or Path.cwd()).resolve()


@dataclass(frozen=True, slots=True)
class Manner:
    """What a person asked for: JSON, which languages, whether warnings fail, reasons."""

    as_json: bool = False
    languages: tuple[Language, ...] = tuple(Language)
    strict: bool = False
    explain: bool = False

    def say(self, text: Text) -> None:
        """Tell what is being done, beside the output proper; nothing beside JSON."""
        if not self.as_json:
            click.echo("  ".join(text.of(each) for each in self.languages), err=True)

    def show(self, findings: Iterable[Finding]) -> None:
        """Tell findings; in GitHub's CI also as annotations of the changed lines."""
        found = tuple(findings)
        if self.as_json:
            rows = [listing.plain(finding) for finding in found]
            click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for finding in listing.urgent(found):
            for line in listing.lines(finding, self.languages):
                click.echo(line)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            from yearbook.reports import github

            for line in github.annotations(found, self.languages):
                click.echo(line)

    def echo(self, *lines: str) -> None:
        """Say lines on the output; none beside JSON."""
        for line in () if self.as_json else lines:
            click.echo(line)

    def explained(self, reasons: Iterable[Text]) -> None:
        """Tell why things were made anew, if that was asked."""
        for reason in reasons if self.explain else ():
            self.say(reason)

    def summary(self, findings: Iterable[Finding]) -> str:
        """How many findings there are of each sort."""
        return listing.summary(findings, self.languages)

    def failing(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Those that end with exit code 1."""
        return failing(findings, strict=self.strict)


def _languages(_context: object, _option: object, value: str) -> tuple[Language, ...]:
    return tuple(Language) if value == "both" else (Language(value),)


ROOT = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Work on another project folder. 指定其他项目文件夹。",
)
OUTPUT = click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Another folder than output/. 指定输出文件夹。",
)
JOBS = click.option(
    "-j",
    "jobs",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    help="How many editions to print at the same time. 同时生成的版本数。",
)
JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print the findings as JSON. 以JSON格式输出核对结果。"
)
EXPLAIN = click.option(
    "--explain", is_flag=True, help="Tell what was made anew and why. 说明重做了哪些内容及原因。"
)
_LANG = click.option(
    "--lang",
    "languages",
    type=click.Choice(["en", "zh", "both"]),
    default="both",
    callback=_languages,
    help="Tell the findings in one language only. 只用一种语言显示核对结果。",
)
_STRICT = click.option(
    "--strict",
    is_flag=True,
    help="Fail on warnings that nobody justified, too. 未说明理由的警告也视为错误。",
)


def telling(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say how findings are told; it is handed a `Manner`."""

    @functools.wraps(command)
    def told(
        *args: Any,
        as_json: bool,
        languages: tuple[Language, ...],
        strict: bool = False,
        explain: bool = False,
        **rest: Any,
    ) -> None:
        click.get_current_context().meta[AS_JSON] = as_json
        command(*args, manner=Manner(as_json, languages, strict, explain), **rest)

    return JSON(_LANG(told))


def strictly(command: Callable[..., None]) -> Callable[..., None]:
    """The same, with the choice to fail on warnings."""
    return _STRICT(telling(command))
