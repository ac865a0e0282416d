"""Colours and fonts of the book, from theme.toml: one source for the pages and for the charts."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from yearbook.model import Text


class ThemeError(ValueError):
    """A theme that cannot be used; ``what`` is in both languages."""

    def __init__(self, what: Text) -> None:
        super().__init__(what.en)
        self.what = what


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
        settings = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ThemeError(Text(f"it cannot be read: {problem}", f"无法读取：{problem}")) from problem
    groups = {name: settings.get(name, {}) for name in ("colours", "dark", "fonts")}
    for group, names in (("colours", COLOURS), ("dark", COLOURS), ("fonts", FONTS)):
        for name in names:
            table = groups[group]
            value = table.get(name) if isinstance(table, dict) else None
            if not isinstance(value, str) or (group != "fonts" and not _HEX.fullmatch(value)):
                raise ThemeError(
                    Text(
                        f'[{group}] needs "{name}"'
                        + (
                            " as a colour like #1b6ca8" if group != "fonts" else " as a font family"
                        ),
                        f"[{group}] 须给出“{name}”",
                    )
                )
    return Theme(groups["colours"], groups["dark"], groups["fonts"])
