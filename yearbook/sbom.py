"""The packages a book was made with, as a software bill of materials: CycloneDX 1.6 (ECMA-424).

It is made of the lock alone, so it has no time and no serial number (both optional in the format):
the same lock gives the same bytes. A package bears the digest of every wheel its lock allows.
"""

import re
from typing import Any

from yearbook.manifest import written
from yearbook.model import Artifact

NAME = "sbom.cdx.json"
_BOOK = "yearbook"
_PIN = re.compile(
    r"(?m)^(?P<name>[A-Za-z0-9][\w.-]*)==(?P<version>[^\s;]+)(?: *; *(?P<marker>[^\\\n]*?))? *\\?$"
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"(?m)^ *#(?: *via)? +([A-Za-z0-9][\w.-]*)$")


class LockError(ValueError):
    """The lock holds a package without a digest."""


def sbom(lock: str) -> Artifact:
    """The bill of the packages of a lock as uv or pip-compile write it. Raises `LockError`.

    >>> bill = sbom("click==8.5.1\\n--hash=sha256:" + "0" * 64)
    >>> bill.name, b'"purl": "pkg:pypi/click@8.5.1"' in bill.content
    ('sbom.cdx.json', True)
    """
    pins = list(_PIN.finditer(lock))
    ends = [pin.start() for pin in pins[1:]] + [len(lock)]
    blocks = [lock[pin.end() : end] for pin, end in zip(pins, ends, strict=True)]
    components = [_component(pin, block) for pin, block in zip(pins, blocks, strict=True)]
    refs = {component["name"]: component["bom-ref"] for component in components}
    needs: dict[str, list[str]] = {_BOOK: [], **{name: [] for name in refs}}
    for component, block in zip(components, blocks, strict=True):
        # uv writes below each package who asks for it: a package, or a line of locks/run.in.
        by = [name for name in _VIA.findall(block) if name in refs]
        for name in [_BOOK, *by] if "-r " in block else by:
            needs[name].append(component["bom-ref"])
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": _BOOK, "name": _BOOK}},
        "components": components,
        "dependencies": [
            {"ref": refs.get(name, name), "dependsOn": sorted(asked)}
            for name, asked in needs.items()
        ],
    }
    return Artifact(NAME, written(content))


def _component(pin: re.Match[str], block: str) -> dict[str, Any]:
    name = re.sub(r"[-_.]+", "-", pin["name"]).lower()
    digests = _HASH.findall(block)
    if not digests:
        raise LockError(f"{name} has no digest in the lock")
    purl = f"pkg:pypi/{name}@{pin['version']}"
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": pin["version"],
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in digests],
        "purl": purl,
    }
    if pin["marker"]:
        component["properties"] = [{"name": "yearbook:marker", "value": pin["marker"]}]
    return component
