"""The theme: every colour and font named once, each checked."""

import re

import pytest

from tests.edits import bilingual
from yearbook.read import THEME
from yearbook.read.snapshot import Snapshot
from yearbook.theme import COLOURS, FONTS, ThemeError, parse


def test_project(project: Snapshot) -> None:
    """The theme of the project has every colour, light and dark, and every font."""
    theme = parse(project.files[THEME])
    assert set(theme.colours) >= set(COLOURS)
    assert set(theme.dark) >= set(COLOURS)
    assert set(theme.fonts) >= set(FONTS)
    assert theme.sans == ("Noto Sans", "Noto Sans SC")


@pytest.mark.parametrize("name", COLOURS)
def test_missing_colour(project: Snapshot, name: str) -> None:
    """A colour that is missing or is none is named."""
    text = project.files[THEME].decode()
    for wrong in ('"red"', '"#fff"', '"#12345G"', "7", '"#000000;}"'):
        broken = re.sub(rf'(?m)^{name} = "#\w+"', f"{name} = {wrong}", text)
        with pytest.raises(ThemeError, match=f'needs "{name}" as a colour'):
            parse(broken.encode())


def test_missing_font(project: Snapshot) -> None:
    """A font family that is missing is named."""
    with pytest.raises(ThemeError, match='needs "sans_zh" as a font') as raised:
        parse(project.files[THEME].replace(b"sans_zh", b"sans_cn"))
    assert bilingual(raised.value.what)


@pytest.mark.parametrize("content", [b"", b"[colours", b"\xff", b'colours = "red"', b"colours = 1"])
def test_no_theme(content: bytes) -> None:
    """What is no theme at all is refused in both languages."""
    with pytest.raises(ThemeError) as raised:
        parse(content)
    assert bilingual(raised.value.what)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast(project: Snapshot) -> None:
    """Text stands out from paper and panel as WCAG asks (4.5), in light and in dark."""
    theme = parse(project.files[THEME])
    for colours in (theme.colours, theme.dark):
        for ink in ("ink", "muted", "accent", "link"):
            for ground in ("paper", "panel"):
                assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
