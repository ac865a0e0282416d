"""The studio: a chart is drawn once and found again; one that cannot be told apart is drawn."""

from pathlib import Path

from tests.small import small
from tests.test_graph import made, redone


def test_untraceable_code(tmp_path: Path) -> None:
    """A chart whose code may load what it does not import is drawn each time and never kept."""
    root = small(tmp_path)
    path = root / "figures" / "sent.py"
    path.write_text(path.read_text("utf-8").replace("SIZE =", "import importlib\nSIZE ="), "utf-8")
    names = redone(made(root))
    assert {name.split()[1] for name in names if name.startswith("chart ")} == {"people/heads"}
    assert not any(name.startswith("chart people/sent") for name in redone(made(root)))
