"""The commands that keep what a person confirmed are those of the command line."""

from yearbook.clerical import COMMANDS
from yearbook.cli import main


def test_commands() -> None:
    """Each is there under its name and says what it does in both languages."""
    assert [command.name for command in COMMANDS] == [
        "confirm",
        "coverage",
        "describe",
        "fmt",
        "keep",
    ]
    for command in COMMANDS:
        assert main.commands[command.name or ""] is command
        assert any("\u4e00" <= letter <= "\u9fff" for letter in command.help or "")
