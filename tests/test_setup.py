"""The set-up from a bare clone: what its files promise, and how tools/setup.sh behaves with a
stand-in for Python, pip and apt (no network; the real thing was tried in clean Debian roots)."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("run", "test", "audit", "bench")
# What the one job that builds may write: the signature of what it built, nothing of the project.
SIGNS = {"id-token", "attestations"}
SCRIPTS = ("tools/setup.sh", "tools/environment.sh", ".ci/run")
TOOLS = "sh awk cat cksum cp dirname flock ln mkdir mktemp readlink rm sed tr uname".split()

PYTHON = """#!/bin/sh
printf '%s\\n' "$*" >>"$CALLS"
case "$*" in
*"-m venv"*) mkdir -p .venv/bin && ln -s "$0" .venv/bin/python ;;
*"pip install"*) echo "no matching distribution"; exit "${PIP_EXIT:-0}" ;;
*doctor*) exit "${LIBRARIES_EXIT:-0}" ;;
esac
"""
APT = """#!/bin/sh
printf 'apt-get %s\\n' "$*" >>"$CALLS"
case "$*" in
*update) : >"$CALLS.updated" ;;
*install*) [ -e "$CALLS.updated" ] ;;
esac
"""


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _pins(lock: str) -> set[str]:
    return set(re.findall(r"(?m)^[a-z0-9][\w.-]*==\S+", _read(f"locks/{lock}.txt")))


def _targets() -> list[str]:
    return re.findall(r"(?m)^([a-z][a-z-]*):", _read("Makefile"))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    """pip --require-hashes would refuse the lock otherwise, but only on a newcomer's machine."""
    blocks = re.split(r"(?m)^(?=[a-z0-9])", _read(f"locks/{lock}.txt"))[1:]
    assert len(blocks) > 20
    assert [
        block for block in blocks if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", block)
    ] == []


@pytest.mark.parametrize("name", [f"locks/{lock}.{end}" for lock in LOCKS for end in ("in", "txt")])
def test_a_lock_names_no_host(name: str) -> None:
    """Where packages come from is each machine's own configuration."""
    assert re.findall(r"(?i)https?:|file:|index-url|find-links|trusted-host| @ ", _read(name)) == []


def test_the_tests_run_with_the_packages_of_a_run() -> None:
    """Every pin of a run stands in the tests' lock, so `make test` never changes `make report`."""
    assert _pins("run") - _pins("test") == set()
    assert _pins("test") - _pins("bench") == set()


def test_a_workflow_only_calls_make() -> None:
    """What passes there passes with the same command on anyone's machine."""
    runs = re.findall(r"(?m)^ *(?:- )?run: (.*)$", _read(".github/workflows/report.yml"))
    assert runs == ["make test", "make audit", "make report"]


def test_a_workflow_pins_its_actions_and_may_only_read() -> None:
    """A tag can be moved to other code, a commit cannot; and no step may write to the project."""
    workflow = _read(".github/workflows/report.yml")
    uses = re.findall(r"uses: (.*)", workflow)
    assert uses
    assert [one for one in uses if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", one)] == []
    assert set(re.findall(r"([a-z-]+): *write", workflow)) == SIGNS
    assert "write-all" not in workflow
    assert "\npermissions:\n  contents: read\n" in workflow
    assert workflow.count("persist-credentials: false") == workflow.count("actions/checkout@")
    assert workflow.count("timeout-minutes:") == workflow.count("runs-on:")


def test_a_workflow_signs_the_pdfs_it_built() -> None:
    """Only the job that makes the report may sign, after it was made, and it signs every PDF."""
    report = _read(".github/workflows/report.yml").partition("\n  report:\n")[2]
    assert set(re.findall(r"([a-z-]+): *write", report)) == SIGNS
    built, _, after = report.partition("run: make report")
    assert "actions/attest@" not in built
    signed = after.partition("actions/attest@")[2].partition("uses:")[0]
    assert "output/*/*.pdf" in signed
    assert "output/sbom.cdx.json" in signed


def test_a_workflow_keeps_the_whole_edition() -> None:
    """All of output/ is kept: without its data the copy would have dead links and fail its audit;
    the page for who looks after the builds names every command that the workflow calls."""
    workflow = _read(".github/workflows/report.yml")
    kept = workflow.partition("name: yearbook\n")[2].partition("if-no-files-found")[0]
    assert kept.split() == ["path:", "output/"]
    page = _read("docs/set-up.md").partition("report.yml")[2].partition("\n- ")[0]
    for command in re.findall(r"run: (make \w+)", workflow):
        assert f"`{command}`" in page


FLOORS = {
    "weasyprint": ("70.0", "its fetcher was not handed on to style sheets (CVE-2026-55073)"),
    "jinja2": ("3.1.6", "templates could leave the sandbox (CVE-2025-27516)"),
    "pillow": ("12.3.0", "bombs and endless loops in pictures (CVE-2026-40192 and others)"),
    "fonttools": ("4.60.2", "a font could write files (CVE-2025-66034)"),
}
"""The first versions without a fault that would let somebody in."""


@pytest.mark.parametrize("package", FLOORS)
def test_a_known_fault_does_not_come_back(package: str) -> None:
    """What is locked, declared and installed is no older than the version that mended it."""
    floor, fault = FLOORS[package]
    for lock in ("run", "test"):
        (locked,) = re.findall(rf"(?m)^{package}==(\S+)", _read(f"locks/{lock}.txt"))
        assert _version(locked) >= _version(floor), fault
    assert _version(metadata.version(package)) >= _version(floor), fault
    for declared in ("pyproject.toml", "locks/run.in"):
        (least,) = re.findall(rf"(?m)^\W*{package}(?:\[\w+\])?[=>]=([\d.]+)", _read(declared))
        assert _version(least) >= _version(floor), fault


def _version(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))


def test_the_continuous_integration_runs_make_test() -> None:
    """.ci/run is executable and ends in the command everyone uses."""
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
    assert _read(".ci/run").rstrip().splitlines()[-1] == "exec make test"


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_parses(script: str) -> None:
    """A slip in a branch rarely taken shows here and not on a newcomer's machine."""
    shell = "bash" if script == ".ci/run" else "sh"
    subprocess.run([shell, "-n", ROOT / script], check=True)


def test_every_target_is_declared_and_explained_in_both_languages() -> None:
    """`make help` lists each target of the Makefile on a line with English and Chinese."""
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not on this machine")
    told = subprocess.run(
        [make, "-s", "help"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin"},
        check=True,
        capture_output=True,
    ).stdout.decode("utf-8")
    lines = dict(re.findall(r"(?m)^  make ([a-z-]+) +(.*)$", told))
    assert list(lines) == _targets()
    assert all(re.fullmatch(r"[ -~]+ · .*[一-鿿].*", line) for line in lines.values())
    assert re.findall(r"(?m)^\.PHONY: (.*)$", _read("Makefile")) == [" ".join(_targets())]


@pytest.mark.parametrize("target", ["bench", "torture"])
def test_tools_find_the_toolkit(target: str) -> None:
    """As `make` starts them: each is loaded whole, and begins nothing."""
    recipe = re.search(rf"(?ms)^{target}:.*?(?=\n\n)", _read("Makefile"))
    start = re.search(r"(?m)^tool = (.*)$", _read("Makefile"))
    assert recipe
    assert start
    assert '$(tool) "$$' in recipe[0]
    tools = [p.stem for glob in re.findall(r"tools/(\S+\.py)", recipe[0]) for p in _tools(glob)]
    assert len(tools) > 5
    code = f"import sys; sys.path.insert(0, 'tools'); import {', '.join(tools)}"
    command = f'{start[1].replace(".venv/bin/python", shlex.quote(sys.executable))} -c "{code}"'
    subprocess.run(["sh", "-c", command], cwd=ROOT, check=True, stdin=subprocess.DEVNULL)


def _tools(glob: str) -> list[Path]:
    return sorted((ROOT / "tools").glob(glob.rstrip(";")))


def test_records_keep_their_bytes_in_git() -> None:
    """Git must not change the line ends of a CSV or of a test case."""
    attributes = _read(".gitattributes").splitlines()
    assert {"*.csv -text", "tests/broken/** -text", "tests/golden/** -text"} <= set(attributes)


@dataclass(frozen=True, slots=True)
class Machine:
    """A stand-in for a machine: a project in a folder with a blank and Chinese, and a path."""

    project: Path
    path: Path

    def put(self, name: str, script: str) -> None:
        """Put a program on the path."""
        (self.path / name).write_text(script, encoding="utf-8")
        (self.path / name).chmod(0o755)

    def set_up(
        self, wanted: str = "run", settings: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run tools/setup.sh there."""
        environment = {
            "PATH": str(self.path),
            "TMPDIR": str(self.path.parent),
            "CALLS": str(self.path.parent / "calls"),
            **(settings or {}),
        }
        return subprocess.run(
            ["/bin/sh", "tools/setup.sh", wanted],
            cwd=self.project,
            env=environment,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )

    def calls(self) -> list[str]:
        """What the stand-ins were asked since the last look."""
        log = self.path.parent / "calls"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines

    def pip_runs(self) -> int:
        """How often pip was asked to install since the last look."""
        return sum("pip install" in line for line in self.calls())


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine of an ordinary user with basic tools, without Python and apt."""
    project = tmp_path / "年鉴 book"
    path = tmp_path / "bin"
    path.mkdir()
    (project / "locks").mkdir(parents=True)
    for lock in LOCKS:
        (project / f"locks/{lock}.txt").write_text(f"{lock}==1\n", encoding="utf-8")
    shutil.copytree(ROOT / "tools", project / "tools")
    for tool in TOOLS:
        if found := shutil.which(tool):
            (path / tool).symlink_to(found)
    one = Machine(project, path)
    one.put("id", "#!/bin/sh\necho 1000\n")
    return one


def test_no_python_and_no_right_to_install_it(machine: Machine) -> None:
    """One line in each language ends with the command for the package manager that is there."""
    machine.put("dnf", "#!/bin/sh\n")
    done = machine.set_up()
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "Python 3.11 or newer is needed: sudo dnf install python3",
        "需要 Python 3.11 或更高版本：sudo dnf install python3",
    ]


def test_a_python_that_does_not_run_is_passed_over(machine: Machine) -> None:
    """A shim that fails, or an old Python, does not hide a good one of another name."""
    machine.put("python3", "#!/bin/sh\nexit 1\n")
    machine.put("python3.12", PYTHON)
    assert machine.set_up().returncode == 0
    assert (machine.project / ".venv/ready-run").exists()


def test_a_second_time_nothing_is_done(machine: Machine) -> None:
    """Ready is ready: not even Python starts; and ready for the tests is ready for a run."""
    machine.put("python3", PYTHON)
    assert machine.set_up("test").returncode == 0
    assert machine.pip_runs() == 1
    assert (machine.set_up("test").returncode, machine.calls()) == (0, [])
    assert (machine.set_up("run").returncode, machine.calls()) == (0, [])


def test_the_packages_of_the_benchmarks_hold_all_others(machine: Machine) -> None:
    """Ready for `make bench` is ready for `make test` and `make report`."""
    machine.put("python3", PYTHON)
    assert machine.set_up("bench").returncode == 0
    assert [line for line in machine.calls() if "-r locks/bench.txt" in line] != []
    for wanted in ("bench", "test", "run"):
        assert (machine.set_up(wanted).returncode, machine.calls()) == (0, [])
    (machine.project / "locks/bench.txt").write_text("other==2\n", encoding="utf-8")
    assert (machine.set_up("test").returncode, machine.calls()) == (0, [])
    assert machine.set_up("bench").returncode == 0
    assert machine.pip_runs() == 1


def test_ready_is_told_with_few_programs(machine: Machine) -> None:
    """Whether all is ready is asked at every command, so it must not start many programs."""
    machine.put("python3", PYTHON)
    machine.set_up()
    for path in machine.path.iterdir():
        if path.name not in {"sh", "cksum", "readlink", "cat", "python3"}:
            path.unlink()
    assert machine.set_up().returncode == 0


def test_it_may_be_started_where_it_lies(machine: Machine) -> None:
    """Started from its own folder it finds the project all the same."""
    machine.put("python3", PYTHON)
    machine.set_up()
    machine.calls()
    done = subprocess.run(
        ["/bin/sh", "setup.sh", "run"],
        cwd=machine.project / "tools",
        env={"PATH": str(machine.path)},
        check=False,
    )
    assert done.returncode == 0


def test_the_packages_of_the_tests_come_on_top(machine: Machine) -> None:
    """After `make report`, `make test` adds its packages without making .venv again."""
    machine.put("python3", PYTHON)
    machine.set_up("run")
    machine.calls()
    assert machine.set_up("test").returncode == 0
    calls = machine.calls()
    assert [line for line in calls if "-m venv" in line] == []
    assert [line for line in calls if "-r locks/test.txt" in line] != []


def test_pip_is_held_to_the_lock(machine: Machine) -> None:
    """Hashes are required and nothing is built from source."""
    machine.put("python3", PYTHON)
    machine.set_up("run")
    line = next(line for line in machine.calls() if "pip install" in line)
    assert "--require-hashes --only-binary :all: -r locks/run.txt" in line
    assert "index" not in line


@pytest.mark.parametrize("lock", ["run", "test"])
def test_a_changed_lock_is_installed(machine: Machine, lock: str) -> None:
    """After a pull that changes a lock the next command sets up again."""
    machine.put("python3", PYTHON)
    machine.set_up("test")
    machine.calls()
    (machine.project / f"locks/{lock}.txt").write_text("other==2\n", encoding="utf-8")
    assert machine.set_up("test").returncode == 0
    assert machine.pip_runs() == 1


def test_a_failed_set_up_shows_why_and_is_done_again(machine: Machine) -> None:
    """pip's words come out only when it fails, and the half-made set-up does not count."""
    machine.put("python3", PYTHON)
    failed = machine.set_up(settings={"PIP_EXIT": "1"})
    assert failed.returncode == 2
    assert "no matching distribution" in failed.stderr
    machine.calls()
    done = machine.set_up()
    assert (done.returncode, machine.pip_runs()) == (0, 1)
    assert "no matching distribution" not in done.stderr


def test_a_failed_addition_makes_the_whole_doubtful(machine: Machine) -> None:
    """pip may stop halfway, so what was ready before it began is not trusted afterwards."""
    machine.put("python3", PYTHON)
    machine.set_up("run")
    machine.set_up("test", settings={"PIP_EXIT": "1"})
    machine.calls()
    assert (machine.set_up("run").returncode, machine.pip_runs()) == (0, 1)


def test_a_moved_project_is_set_up_again(machine: Machine) -> None:
    """Scripts in .venv name their folder, so a moved or copied one is made again."""
    machine.put("python3", PYTHON)
    machine.set_up()
    machine.calls()
    moved = Machine(machine.project.rename(machine.project.parent / "moved"), machine.path)
    assert (moved.set_up().returncode, moved.pip_runs()) == (0, 1)


def test_a_vanished_python_is_replaced(machine: Machine) -> None:
    """When the Python behind .venv is gone, .venv is made again with the one that is there."""
    machine.put("python3", PYTHON)
    machine.set_up()
    machine.calls()
    (machine.path / "python3").rename(machine.path / "python3.13")
    assert (machine.set_up().returncode, machine.pip_runs()) == (0, 1)


def test_missing_pango_without_a_package_manager(machine: Machine) -> None:
    """Where nothing can install Pango the line points to the page that tells more."""
    machine.put("python3", PYTHON)
    done = machine.set_up(settings={"LIBRARIES_EXIT": "1"})
    assert done.returncode == 2
    assert done.stderr.splitlines()[-2:] == [
        "the type-setting library Pango is needed: docs/set-up.md",
        "需要排版库 Pango：docs/set-up.md",
    ]
    assert not (machine.project / ".venv/ready-run").exists()


def test_root_installs_pango_with_fresh_lists_when_the_old_ones_fail(machine: Machine) -> None:
    """As root apt is asked at once, then after an update; it waits for its lock."""
    machine.put("python3", PYTHON)
    machine.put("id", "#!/bin/sh\necho 0\n")
    machine.put("apt-get", APT)
    machine.set_up(settings={"LIBRARIES_EXIT": "1"})
    asked = [line for line in machine.calls() if line.startswith("apt-get")]
    assert [line.split("=0 ")[-1] for line in asked] == [
        "install libpango-1.0-0 libpangoft2-1.0-0",
        "update",
        "install libpango-1.0-0 libpangoft2-1.0-0",
    ]
    assert all("DPkg::Lock::Timeout=120" in line for line in asked)


def test_what_the_set_up_lays_down_stays_out_of_git() -> None:
    """A set-up leaves nothing to commit."""
    assert {".venv/", ".system/", ".yearbook/", "output/"} <= set(_read(".gitignore").splitlines())
