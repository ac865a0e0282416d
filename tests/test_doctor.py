"""The doctor sees what is missing on a machine, and nothing else."""

import dataclasses
import hashlib
import lzma
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from yearbook import doctor
from yearbook.doctor import LIBRARIES, MODULES, Library, World, diagnose, locked

ROOT = Path(__file__).parents[1]
LOCK = "alpha==1.0 \\\n    --hash=sha256:00\nbeta==2.0\ngamma==3 ; sys_platform == 'win32' \\\n"
INSTALLED = {"alpha": "1.0", "beta": "2.0"}


def _installed(packages: dict[str, str]) -> Callable[[str], str]:
    def version(name: str) -> str:
        if name not in packages:
            raise metadata.PackageNotFoundError(name)
        return packages[name]

    return version


WELL = World(
    python=(3, 11, 2),
    installed=_installed(INSTALLED),
    import_module=lambda name: name,
    load=lambda library: "1.2.3",
    writable=lambda folder: True,
    free_bytes=lambda folder: 10**9,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a lock and one font."""
    (tmp_path / "locks").mkdir()
    (tmp_path / "locks/run.txt").write_text(LOCK, encoding="utf-8")
    (tmp_path / "templates/fonts").mkdir(parents=True)
    content = b"the outlines"
    (tmp_path / "templates/fonts/Sans.ttf.xz").write_bytes(lzma.compress(content))
    listed = f"file,sha256\nSans.ttf.xz,{hashlib.sha256(content).hexdigest()}\n"
    (tmp_path / "templates/fonts/fonts.csv").write_text(listed, encoding="utf-8")
    return tmp_path


def _amiss(root: Path, world: World) -> list[tuple[str, str]]:
    return [(one.name.en, one.detail) for one in diagnose(root, world) if not one.ok]


def test_a_well_machine_has_nothing_amiss(root: Path) -> None:
    """Nothing is reported where all is there, though a package for another system is not."""
    assert _amiss(root, WELL) == []


def test_an_old_python_is_amiss(root: Path) -> None:
    """Python 3.10 is too old, and the version is shown."""
    assert _amiss(root, dataclasses.replace(WELL, python=(3, 10, 13))) == [("Python", "3.10.13")]


def test_a_package_is_missing_or_of_another_version(root: Path) -> None:
    """Both the missing package and the one that drifted from the lock are named."""
    world = dataclasses.replace(WELL, installed=_installed({"beta": "2.1"}))
    assert _amiss(root, world) == [("locked packages", "alpha missing, beta 2.1")]


def test_a_package_that_breaks_as_it_loads_is_named(root: Path) -> None:
    """Whatever a package raises while it loads, the doctor goes on and names it."""

    def import_module(name: str) -> object:
        if name == "pandas":
            raise ValueError("built for another numpy")
        return name

    world = dataclasses.replace(WELL, import_module=import_module)
    assert _amiss(root, world) == [("packages can be loaded", "pandas")]


@pytest.mark.parametrize("missing", LIBRARIES, ids=lambda library: library.name)
def test_each_system_library_can_be_missing(root: Path, missing: Library) -> None:
    """Each library WeasyPrint needs is looked at by itself."""

    def load(library: Library) -> str:
        if library is missing:
            raise OSError("cannot open shared object file")
        return "1.2.3"

    world = dataclasses.replace(WELL, load=load)
    name = f"system library {missing.name}"
    assert _amiss(root, world) == [(name, "cannot open shared object file")]


def test_missing_fonts_are_amiss(root: Path) -> None:
    """A font that is damaged, other or gone is named; so is a folder without its list."""
    font = root / "templates/fonts/Sans.ttf.xz"
    for content in (b"", b"x" * 99, lzma.compress(b"other outlines")):
        font.write_bytes(content)
        assert _amiss(root, WELL) == [("fonts", "Sans.ttf.xz damaged")]
    font.unlink()
    assert _amiss(root, WELL) == [("fonts", "Sans.ttf.xz missing")]
    (root / "templates/fonts/fonts.csv").unlink()
    assert _amiss(root, WELL) == [("fonts", "0")]


def test_the_output_folder_itself_must_be_writable(root: Path) -> None:
    """Once output/ is there its own right to write counts, before that the project's."""
    asked: list[Path] = []

    def refuse(folder: Path) -> bool:
        asked.append(folder)
        return False

    world = dataclasses.replace(WELL, writable=refuse)
    assert _amiss(root, world) == [("output can be written", "output/")]
    (root / "output").mkdir()
    assert _amiss(root, world) == [("output can be written", "output/")]
    assert asked == [root, root / "output"]


def test_a_full_disk_is_amiss(root: Path) -> None:
    """Less than half a gigabyte is too little."""
    world = dataclasses.replace(WELL, free_bytes=lambda folder: 499_999_999)
    assert _amiss(root, world) == [("free disk space", "499 MB")]


def test_every_diagnosis_has_words_in_both_languages(root: Path) -> None:
    """Name and remedy are there in English and in Chinese."""
    for one in diagnose(root, WELL):
        assert all((one.name.en, one.name.zh, one.remedy.en, one.remedy.zh))


def test_a_lock_may_allow_two_versions() -> None:
    """A package forked by the lock is well at either version; markers leave a package out."""
    lock = (
        "numpy==2.4 ; python_full_version < '3.12' \\\nnumpy==2.5 \\\nwin==1 ; sys_platform == 'x'"
    )
    assert locked(lock) == {"numpy": frozenset({"2.4", "2.5"})}


def test_this_machine_is_well() -> None:
    """The real world: the packages, libraries and fonts the tests run with are the locked ones."""
    amiss = [one for one in diagnose(ROOT, doctor.here()) if not one.ok]
    assert amiss == []


def test_a_warning_while_loading_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeasyPrint warns as it loads on a machine without HarfBuzz's subsetter, yet it works."""
    (tmp_path / "noisy.py").write_text("import warnings\nwarnings.warn('soon required')\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert doctor.here().import_module("noisy")


def test_the_manifest_gets_real_versions() -> None:
    """Each library that tells its version gives digits and dots."""
    versions = doctor.system_libraries()
    assert set(versions) == {"glib", "pango", "harfbuzz", "fontconfig"}
    assert all(part.isdigit() for version in versions.values() for part in version.split("."))
    assert doctor.libraries_load()


def test_an_absent_library_raises() -> None:
    """A library under no name that the loader knows is an OSError with its first name."""
    with pytest.raises(OSError, match="libnowhere"):
        doctor.load(Library("nowhere", ("libnowhere.so.0", "libnowhere.dylib")))


def test_absent_libraries_are_left_out_of_the_manifest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The manifest lists what is there; the set-up hears that something is not."""
    nowhere = Library("nowhere", ("libnowhere.so.0",))
    monkeypatch.setattr(doctor, "LIBRARIES", (nowhere,))
    assert doctor.system_libraries() == {}
    assert not doctor.libraries_load()


def test_every_package_we_ask_for_is_loaded() -> None:
    """Each line of locks/run.in has its module in MODULES (fonttools[woff] brings brotli)."""
    modules = {"fonttools": "fontTools", "pillow": "PIL", "markdown-it-py": "markdown_it"}
    lines = (ROOT / "locks/run.in").read_text(encoding="utf-8").splitlines()
    names = [line.split("=")[0].split(">")[0].split("[")[0] for line in lines if line[0] != "#"]
    assert {modules.get(name, name) for name in names} | {"brotli"} == set(MODULES)
