"""The bill of materials says what the lock says: packages, versions, digests, who needs them."""

import json
import re
from typing import Any

import jsonschema
import pytest

from tests.edits import ROOT
from yearbook.sbom import NAME, LockError, sbom

LOCK = (ROOT / "locks/run.txt").read_text("utf-8")
DIGEST = "0123456789abcdef" * 4
PINNED = f"Some_Pack.age==1.0 ; os_name == 'nt' \\\n    --hash=sha256:{DIGEST}\n"
ONE = {"type": "object", "required": ["type", "name"]}
"""What CycloneDX asks of every component; the whole schema was tried by hand (docs/publish.md)."""


def bill(lock: str) -> dict[str, Any]:
    """The bill of a lock, read again."""
    content: dict[str, Any] = json.loads(sbom(lock).content)
    return content


def test_every_package_of_the_lock_with_all_its_digests() -> None:
    """Names, versions and digests are those that a plain look at the lock finds."""
    made = bill(LOCK)
    pins = re.findall(r"(?m)^([a-z0-9][\w.-]*)==([^\s;]+)", LOCK)
    assert [(c["name"], c["version"]) for c in made["components"]] == pins
    assert len(pins) > 30
    digests = [hash_["content"] for c in made["components"] for hash_ in c["hashes"]]
    assert digests == re.findall("sha256:([0-9a-f]{64})", LOCK)
    assert {h["alg"] for c in made["components"] for h in c["hashes"]} == {"SHA-256"}


def test_form() -> None:
    """What the format asks for is there; what would differ between two runs is not."""
    made = bill(LOCK)
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    for component in made["components"]:
        jsonschema.validate(component, ONE)
        assert component["bom-ref"] == component["purl"]
    assert not {"serialNumber", "timestamp"} & {*made, *made["metadata"]}
    assert sbom(LOCK) == sbom(LOCK)
    assert sbom(LOCK).name == NAME == "sbom.cdx.json"


def test_who_needs_whom() -> None:
    """What is asked for by name is needed by the book, the rest by another package."""
    made = bill(LOCK)
    needs = {entry["ref"]: entry["dependsOn"] for entry in made["dependencies"]}
    refs = {component["bom-ref"] for component in made["components"]}
    assert set(needs) == refs | {"yearbook"}
    assert {ref for asked in needs.values() for ref in asked} == refs
    asked = {ref.partition("/")[2].partition("@")[0] for ref in needs["yearbook"]}
    wanted = re.findall(r"(?m)^[a-z0-9-]+", (ROOT / "locks/run.in").read_text("utf-8"))
    assert asked == set(wanted)
    (jinja,) = (ref for ref in refs if "/jinja2@" in ref)
    assert [ref.partition("@")[0] for ref in needs[jinja]] == ["pkg:pypi/markupsafe"]


def test_names_and_markers() -> None:
    """A name is written as the registry writes it; for which machines a package is stays known."""
    (component,) = bill(PINNED)["components"]
    assert component["purl"] == "pkg:pypi/some-pack-age@1.0"
    assert component["properties"] == [{"name": "yearbook:marker", "value": "os_name == 'nt'"}]
    (plain,) = bill(PINNED.replace(" ; os_name == 'nt'", ""))["components"]
    assert "properties" not in plain


def test_a_package_without_digest_is_refused() -> None:
    """A bill that cannot say what was installed is none."""
    with pytest.raises(LockError, match="click has no digest in the lock"):
        sbom(f"click==8.5.1\n{PINNED}")
