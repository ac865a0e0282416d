"""Colours and fonts of the book, from theme.toml: one source for the pages and for the charts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from yearbook.model import Text
from yearbook.settings import SettingsError, spot
from yearbook.settings import parse as parsed

FILE = "templates/theme.toml"


class ThemeError(SettingsError):
    """A theme that cannot be used."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Named colours (``#rrggbb``), their dark counterparts, and the font families."""

    colours: Mapping[str, str]
    dark: Mapping[str, str]
    fonts: Mapping[str, str]

    @property
    def sans(self) -> tuple[str, str]:
        """The families of a label, the one for Latin letters and digits first."""
        return (self.fonts["sans"], self.fonts["sans_zh"])


COLOURS = (
    "paper",
    "ink",
    "muted",
    "rule",
    "panel",
    "accent",
    "link",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "open",
)
"""The names every theme gives a colour to; ``first`` to ``fifth`` are the series of a chart."""
FONTS = ("serif", "serif_zh", "sans", "sans_zh")
_HEX = re.compile(r"#[0-9a-f]{6}")


def parse(content: bytes) -> Theme:
    """Read theme.toml. Raises `ThemeError`."""
    try:
        settings = parsed(FILE, content)
    except SettingsError as problem:
        raise ThemeError(problem.place, problem.what, problem.hint) from problem
    groups = {name: settings.get(name, {}) for name in ("colours", "dark", "fonts")}
    for group, names in (("colours", COLOURS), ("dark", COLOURS), ("fonts", FONTS)):
        for name in names:
            table = groups[group]
            value = table.get(name) if isinstance(table, dict) else None
            if not isinstance(value, str) or (group != "fonts" and not _HEX.fullmatch(value)):
                raise _missing(content, group, name)
    return Theme(groups["colours"], groups["dark"], groups["fonts"])


def _missing(content: bytes, group: str, name: str) -> ThemeError:
    font = group == "fonts"
    like = "as a font family" if font else "as a colour like #1b6ca8"
    zh = "字体名称" if font else "颜色，如 #1b6ca8"
    example = "Noto Sans" if font else "#1b6ca8"
    return ThemeError(
        spot(FILE, content, name, (group, 0)),
        Text(f'[{group}] needs "{name}" {like}', f"[{group}] 须给出“{name}”（{zh}）"),
        Text(
            f'below [{group}] write a line {name} = "{example}"',
            f'请在 [{group}] 之下写一行 {name} = "{example}"',
        ),
    )
