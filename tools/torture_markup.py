"""Markup that reaches for files and the network, through each place an author or an editor can
write, and through spellings of addresses: under strace, nothing is opened or connected to.

Needs strace; says so and ends where that is missing.
"""

import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import torturing

from tests.editions import faces
from yearbook import pdf
from yearbook.model import Place
from yearbook.page import FontFace, font_rules
from yearbook.template import environment, fill

BAIT = "/yearbook-bait"
"""No such file is there; to try to open it is enough."""
URL = f"file://{BAIT}"
VECTORS = (
    *(f"<img src='{URL}'>", f"<img srcset='{URL} 2x'>", f"<embed src='{URL}'>"),
    *(f"<object data='{URL}'></object>", f"<iframe src='{URL}'></iframe>"),
    *(
        f"<video src='{URL}'></video>",
        f"<audio src='{URL}'></audio>",
        f"<input type=image src='{URL}'>",
    ),
    *(f"<link rel=stylesheet href='{URL}'>", f"<link rel=attachment href='{URL}'>"),
    *(f"<a rel=attachment href='{URL}'>x</a>", f"<link rel=icon href='{URL}'>"),
    *(f"<style>@import '{URL}';</style>", f"<style>@import url({URL});</style>"),
    *(f"<style>p{{background:url({URL})}}</style>", f"<p style='background:url({URL})'>x</p>"),
    f"<style>@page{{background:url({URL})}}</style>",
    f"<style>p::before{{content:url({URL})}}</style>",
    f"<style>ul{{list-style-image:url({URL})}}</style><ul><li>x</ul>",
    f"<style>@font-face{{font-family:x;src:url({URL})}}p{{font-family:x}}</style>",
    "<style>@font-face{font-family:x;src:local('DejaVu Sans')}p{font-family:x}</style>",
    f"<style>p{{border-image:url({URL}) 1}}</style>",
    f"<style>p{{mask:url({URL})}}</style>",
    f"<style>@color-profile x{{src:url({URL})}}</style>",
    f"<svg width=9 height=9><image href='{URL}' width=9 height=9 /></svg>",
    f"<svg width=9 height=9><image xlink:href='{URL}' width=9 height=9 /></svg>",
    f"<svg width=9 height=9><use href='{URL}#a'/></svg>",
    f"<svg width=9 height=9><rect fill='url({URL}#a)' width=9 height=9 /></svg>",
    f"<svg width=9 height=9><style>@import '{URL}';</style></svg>",
    "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'>"
    f"<image href='{URL}'/></svg>\">",
    "<img src='data:image/png;base64,AAAA'>",
    f"<base href='{URL}'><img src='a.png'>",
    f"<script src='{URL}'></script>",
    f"<meta http-equiv=refresh content='0;url={URL}'>",
    "<a href='javascript:alert(1)'>x</a>",
    f"<a href='{URL}'>x</a>",
    f"<body background='{URL}'>",
    f"<table background='{URL}'><tr><td>x</table>",
)
"""38 kinds of markup."""
SPELLINGS = (
    *(f"file://{BAIT}", f"FILE://{BAIT}", f"file:{BAIT}", f"file://localhost{BAIT}"),
    *(
        f"file:/{BAIT}",
        f"FiLe:///{BAIT}",
        f" file://{BAIT}",
        f"file://{BAIT}?a",
        f"file://{BAIT}%00.ttf",
    ),
    *(BAIT, f"..{BAIT}", f"//127.0.0.1:9{BAIT}", "http://127.0.0.1:9/a", "HTTP://127.0.0.1:9/a"),
    *("http://[::1]:9/a", "http://2130706433:9/a", "https://127.0.0.1:9/a", "ftp://127.0.0.1:9/a"),
    *(
        f"asset:///..{BAIT}",
        f"asset:///%2e%2e{BAIT}",
        f"asset:///%252e%252e{BAIT}",
        f"asset://{BAIT}/x",
    ),
    *("data:text/css,a", "jar:file:///a!/b", "\\\\\\\\127.0.0.1\\\\a"),
)
"""25 spellings of an address."""


def page(body: str) -> pdf.Document:
    """A page of the project's faces that holds some markup."""
    assets = {face.file: face.content for face in faces()[:1]}
    rules = font_rules(
        FontFace(f.family, f.weight, f.style, f"asset:///{f.file}") for f in faces()[:1]
    )
    style = "".join(rules) + f"body{{font-family:'{faces()[0].family}'}}"
    head = f"<head><title>t</title><style>{style}</style></head>"
    html = f"<html lang=en>{head}<body><p>x</p>{body}</body></html>"
    return pdf.Document(html, assets, datetime(2011, 1, 1, tzinfo=UTC))


def reached() -> None:
    """What runs under strace: print every vector and every spelling."""
    for number, vector in enumerate(VECTORS):
        # A cell and a literal are values: escaped. A template is the designer's own words.
        for kind in ("cell", "literal"):
            filled = str(
                fill("<p>{{ value }}</p>", {"value": vector}, Place("t", 1), environment())
            )
            found = pdf.render(page(filled)).findings
            print(f"{kind} {number} {'BAD' if '<img' in filled or found else 'text'}")
        found = pdf.render(page(vector)).findings
        print(f"template {number} {'refused' if found else 'silent'} {vector[:60]}")
    for number, spelling in enumerate(SPELLINGS):
        found = pdf.render(page(f"<img src='{spelling}'>")).findings
        print(f"spelling {number} {'refused' if found else 'BAD'} {spelling}")


def main() -> None:
    """The trials, judged by strace."""
    if sys.argv[1:] == ["reached"]:
        reached()
        return
    if not shutil.which("strace"):
        print("torture_markup.py: skipped, strace is not installed")
        return
    tally = torturing.Tally()
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder, "trace")
        calls = "trace=connect,open,openat,openat2,execve"
        command = [
            "strace",
            "-f",
            "-qq",
            "-e",
            calls,
            "-o",
            str(trace),
            sys.executable,
            __file__,
            "reached",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        for line in done.stdout.splitlines():
            kind, _, outcome, *_ = line.split(" ")
            tally.good(f"{kind}: {outcome}")
            tally.expect(outcome != "BAD", line)
        tally.expect(done.returncode == 0, done.stderr[-500:])
        lines = trace.read_text("utf-8", "replace").splitlines()
        outside = [line for line in lines if "connect(" in line or "yearbook-bait" in line]
        tally.expect(not outside, "\n".join(outside[:5]))
        tally.good(
            f"system calls watched: {len(lines)}, connects and opens of the bait: {len(outside)}"
        )
    tally.end()


if __name__ == "__main__":
    main()
