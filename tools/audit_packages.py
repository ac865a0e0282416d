"""Compare the locked packages with the published advisories, and say plainly if that failed.

    python tools/audit_packages.py

Ends with 0 if every package was compared and none has a known fault, 1 if one has, 3 if not all
could be compared: pip-audit alone has been seen to report "no known vulnerabilities" of 156
packages of which it had looked at none.
"""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK, TOOL_LOCK = ROOT / "locks/run.txt", ROOT / "locks/audit.txt"
ROOM = ROOT / ".yearbook/audit"
SOUND, FAULTY, UNKNOWN = 0, 1, 3
_INSTALL = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")
_AUDIT = ("-m", "pip_audit", "--strict", "--require-hashes", "--disable-pip")
_FORM = ("--progress-spinner", "off", "--format", "json")


def judged(said: str, wanted: Sequence[str]) -> tuple[int, list[str]]:
    """What the answer of pip-audit comes to, and the lines that say so.

    ``said`` is its JSON, ``wanted`` the packages every machine needs.
    """
    try:
        seen = json.loads(said)["dependencies"]
        skipped = [each["name"] for each in seen if "skip_reason" in each]
        faults = [
            f"{each['name']} {each['version']}: {fault['id']}, mended in "
            f"{', '.join(fault['fix_versions']) or 'no version yet'}"
            for each in seen
            for fault in each.get("vulns", ())
        ]
    except (ValueError, KeyError, TypeError):
        seen, skipped, faults = [], list(wanted), []
    missing = sorted({*wanted} - {each["name"] for each in seen} | {*skipped})
    lines = [f"known fault: {fault} · 已知漏洞" for fault in faults]
    if missing:
        few = ", ".join(missing[:5]) + (", …" if len(missing) > 5 else "")
        lines.append(f"not audited: {len(missing)} of {len({*wanted, *missing})} packages ({few})")
        lines.append(f"未核查：{len(missing)}个软件包未能对照安全公告")
    elif not faults:
        lines.append(f"audited: {len(seen)} packages, no known fault")
        lines.append(f"已核查：{len(seen)}个软件包，无已知漏洞")
    return FAULTY if faults else UNKNOWN if missing else SOUND, lines


def wanted(lock: str) -> list[str]:
    """The packages of a lock that every machine needs."""
    return re.findall(r"(?m)^([a-z0-9][\w.-]*)==\S+ *\\?$", lock)


def main() -> int:
    """Install the auditor in a room of its own, ask it, judge the answer."""
    python = ROOM / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", ROOM], check=True)
    install = [str(python), *_INSTALL, "--only-binary", ":all:", "-r", str(TOOL_LOCK)]
    installed = subprocess.run(install, check=False)
    answer = ""
    if installed.returncode == 0:
        asked = [str(python), *_AUDIT, *_FORM, "-r", str(LOCK)]
        done = subprocess.run(asked, check=False, capture_output=True, text=True)
        answer = done.stdout
        sys.stderr.write(done.stderr)
    code, lines = judged(answer, wanted(LOCK.read_text("utf-8")))
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
