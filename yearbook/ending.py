"""How a command ends: an exit code that means something, one plain message, nothing left behind.

0 all well, 1 findings that fail, 2 wrong use, configuration or machine, 3 a fault of the toolkit,
128 and its number for a signal, as a shell has it.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from yearbook import reason
from yearbook.finding import Finding, error
from yearbook.misuse import chinese
from yearbook.model import Text
from yearbook.terminal import AS_JSON, Bilingual, Manner


class HungUpError(Exception):
    """Whoever read the output has gone."""


class Heeding(click.Group):
    """Commands that tell `ended` of a reader who has gone: click would end with 1, the code of
    findings that fail. With --json a file that stops a command is told as JSON, too."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command with all that is said of it in both languages; click would cut it short."""
        told = sorted((name, each.help or "") for name, each in self.commands.items())
        with formatter.section("Commands"):
            formatter.write_dl([(name, " ".join(words.split())) for name, words in told])

    def invoke(self, ctx: click.Context) -> object:
        """As any group."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as gone:
            raise HungUpError from gone
        except Exception as problem:
            found = _finding(problem) if ctx.meta.get(AS_JSON) else None
            if found is not None:
                Manner(as_json=True).show([found])
            raise


def ended(command: Callable[[], object]) -> None:
    """Run a command; whatever happens to it becomes an exit code."""
    try:
        with _heeding():
            _told(command)
            if sys.stdout is not None:
                sys.stdout.flush()
    except click.ClickException as problem:
        problem.show()
        asked = isinstance(problem, click.exceptions.NoArgsIsHelpError)
        if isinstance(problem, click.UsageError) and not asked:
            click.echo(f"错误：{chinese(problem.format_message())}", err=True)
        sys.exit(problem.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(128 + signal.SIGINT)
    except (BrokenPipeError, HungUpError):
        _hung_up()
    except Exception:  # noqa: BLE001 - the last resort: what nobody foresaw is told as such
        traceback.print_exc()
        click.echo(
            "this is a fault of the toolkit, not of your data; please report the lines above\n"
            "这是工具本身的错误，与数据无关；请将以上内容反馈给维护人员",
            err=True,
        )
        sys.exit(3)


def _told(command: Callable[[], object]) -> None:
    """Run a command; what a person can mend is told in both languages."""
    try:
        command()
    except Exception as problem:
        told = _mendable(problem)
        if told is None:
            raise
        raise told from problem


def _mendable(problem: Exception) -> Bilingual | None:
    """What a person can do about a problem; the kinds of problems are loaded when there is one."""
    from yearbook.executor import ClusterError
    from yearbook.fonts import FontError
    from yearbook.gallery import ChartsError
    from yearbook.mend import ChangedError
    from yearbook.read import ConfigurationError
    from yearbook.records import UnknownError
    from yearbook.write import PublishError

    if isinstance(problem, ConfigurationError):
        what = Text(str(problem), f"{problem.place}：{problem.what.zh}")
        return Bilingual(what, problem.hint)
    told = ChangedError | ChartsError | ClusterError | FontError | PublishError | UnknownError
    if isinstance(problem, told):
        return Bilingual(problem.what, problem.hint)
    refused = reason.machine(problem)
    return Bilingual(*refused) if refused is not None else None


def _finding(problem: Exception) -> Finding | None:
    """A problem as a finding, if a file of the project is at fault."""
    from yearbook.fonts import FontError
    from yearbook.gallery import ChartsError
    from yearbook.read import ConfigurationError

    if isinstance(problem, ChartsError | ConfigurationError | FontError):
        what = problem.why if isinstance(problem, ChartsError) else problem.what
        return error("stopped", problem.place, what, problem.hint or Text("", ""))
    return None


@contextmanager
def remembered(folder: Path) -> Iterator[None]:
    """What stops the work within becomes the only finding in a folder of reports: what an earlier
    run found there may be mended. Where the project is not at fault, nothing is left there."""
    try:
        yield
    except Exception as problem:
        from yearbook import told, write

        found = _finding(problem)
        write.discard(folder)
        if found is not None:
            with suppress(write.PublishError):
                write.publish(told.stopped(found), folder)
        raise


@contextmanager
def _heeding() -> Iterator[None]:
    """While a command runs, a request to end lets it clean up; the exit code names the signal."""

    def end(number: int, _: object) -> None:
        sys.exit(128 + number)

    asked = [n for n in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(n) is signal.SIG_DFL]
    for number in asked:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in asked:
            signal.signal(number, signal.SIG_DFL)


def _hung_up() -> None:
    """Nobody reads on. What is still to be written must not be tried again at the very end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    sys.exit(128 + signal.SIGPIPE)
