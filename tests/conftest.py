"""What tests share: the project in memory, and the switch that writes golden files anew (refused
where nobody would look at them)."""

import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests import forge
from tests.edits import ROOT
from yearbook.audit import page, runs
from yearbook.model import Edition
from yearbook.read.snapshot import Snapshot, take
from yearbook.verify import Carried, carried

# Speed is for the benchmarks: that a property takes long on a busy machine is no fault of the code.
settings.register_profile(
    "patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--golden``: write the expected files instead of comparing with them."""
    parser.addoption("--golden", action="store_true", help="write the golden files anew")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse the switch in continuous integration: a golden file is for a person to review."""
    if config.getoption("--golden") and os.environ.get("CI", "").lower() not in ("", "0", "false"):
        raise pytest.UsageError(
            "--golden is refused in CI: write the files at home, review, commit"
        )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> bool:
    """Whether to write golden files instead of comparing with them."""
    return bool(request.config.getoption("--golden"))


@pytest.fixture(scope="session")
def project() -> Snapshot:
    """The files of this project, read once."""
    return take(ROOT)


@pytest.fixture(scope="session")
def own() -> Carried:
    """What the English PDF carries."""
    return carried(forge.finished(Edition.EN).pdf)


@pytest.fixture
def once(own: Carried, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages are read once: only what the file carries is changed."""
    pages = runs.read(own.content)
    monkeypatch.setattr(runs, "read", lambda *_: pages)
    monkeypatch.setattr(page, "blank", lambda *_: ())
    monkeypatch.setattr(page, "unseen", lambda _: ())


@pytest.fixture(autouse=True)
def charts_of_this_project() -> Iterator[None]:
    """What a test loads as ``figures`` is not what another imports under that name."""
    before = {name: module for name, module in sys.modules.items() if _ours(name)}
    yield
    for name in [name for name in sys.modules if _ours(name)]:
        del sys.modules[name]
    sys.modules.update(before)


def _ours(name: str) -> bool:
    return name.partition(".")[0] == "figures"
