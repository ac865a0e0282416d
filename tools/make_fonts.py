"""Remake the vendored fonts from their upstream npm packages, byte for byte.

``python tools/make_fonts.py`` fetches the packages with npm; ``--packages FOLDER`` takes tarballs
that are there already. Their digests are checked either way, and nothing is written before all
faces are made.
"""

import argparse
import csv
import hashlib
import io
import lzma
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
# The toolkit is not installed but lies beside this folder, which alone is on a script's path.
sys.path.insert(0, str(ROOT))

from yearbook.fonts import MANIFEST, cut  # noqa: E402

FOLDER = ROOT / "templates" / "fonts"
STANDARD_TABLE = FOLDER / "tgscc-8105.txt"

# One set of line metrics for all faces, so that Chinese and English lines are pitched alike.
UNITS, ASCENT, DESCENT = 1000, 1000, -300
USE_TYPO_METRICS = 1 << 7
# 1 January 2024 in seconds since 1904: any constant will do.
DATE = 3_786_912_000

# BASE shifts the baseline where Han and digits of two fonts meet; the rest serves vertical
# setting, hinting, variable-font menus and old systems.
DROPPED = ("BASE", "STAT", "VORG", "gasp", "prep", "vhea", "vmtx")

CHINESE_FEATURES = ("ccmp", "chws", "halt", "kern", "liga", "locl", "palt")
LATIN_FEATURES = (
    "case", "ccmp", "dnom", "frac", "kern", "liga", "lnum", "locl", "mark", "mkmk", "numr",
    "onum", "ordn", "pnum", "sinf", "subs", "sups", "tnum", "zero",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Package:
    """An npm package of @expo-google-fonts that holds one family, and its tarball's digest."""

    family: str
    name: str
    version: str
    sha256: str
    chinese: bool

    @property
    def tarball(self) -> str:
        """The name that ``npm pack`` gives the tarball."""
        return f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}.tgz"

    @property
    def stem(self) -> str:
        """The family's name inside file names."""
        return self.family.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Variant:
    """One face of a family: its name in our folder, in the package and in CSS."""

    name: str
    member: str
    weight: int
    style: str


UPRIGHT = (
    Variant("Regular", "400Regular", 400, "normal"),
    Variant("Bold", "700Bold", 700, "normal"),
)
ITALIC = (
    Variant("Italic", "400Regular_Italic", 400, "italic"),
    Variant("BoldItalic", "700Bold_Italic", 700, "italic"),
)
FACES = (
    (
        Package(
            "Noto Serif SC", "@expo-google-fonts/noto-serif-sc", "0.4.3",
            "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e", True,
        ),
        UPRIGHT,
    ),
    (
        Package(
            "Noto Sans SC", "@expo-google-fonts/noto-sans-sc", "0.4.3",
            "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59", True,
        ),
        UPRIGHT,
    ),
    (
        Package(
            "Noto Serif", "@expo-google-fonts/noto-serif", "0.4.2",
            "78810a8143112a326def7ec976601ecb9855a9e79082c727246beec4f0531d0c", False,
        ),
        UPRIGHT + ITALIC,
    ),
    (
        Package(
            "Noto Sans", "@expo-google-fonts/noto-sans", "0.4.2",
            "98cf14a19b8e67a0e76bfd4d5df98937b9734e6dde570bd750f2259042042548", False,
        ),
        UPRIGHT,
    ),
)  # fmt: skip


def span(first: int, last: int) -> frozenset[int]:
    """The code points of a range, both ends included."""
    return frozenset(range(first, last + 1))


def joined(parts: Iterable[frozenset[int]]) -> frozenset[int]:
    """All code points of the parts."""
    return frozenset().union(*parts)


PINYIN = frozenset(map(ord, "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿɑɡĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙǕǗǙǛÜÊŃŇǸḾ"))
PUNCTUATION = joined((span(0x2000, 0x200A), span(0x2010, 0x2027), span(0x202F, 0x203B)))
LATIN = joined((
    span(0x20, 0x7E), span(0xA0, 0x17F), PINYIN, span(0x2C6, 0x2DD),
    span(0x300, 0x30C), span(0x391, 0x3C9), PUNCTUATION, span(0x2044, 0x2044),
    span(0x2070, 0x209C), span(0x20AC, 0x20AC), span(0x2100, 0x214F), span(0x2150, 0x215E),
    span(0x2190, 0x21FF), span(0x2200, 0x22FF), span(0x25A0, 0x25FF), span(0xFB00, 0xFB04),
))  # fmt: skip
CHINESE = joined((
    span(0x20, 0x7E), span(0xA0, 0xFF), PINYIN, PUNCTUATION, span(0x20AC, 0x20AC),
    frozenset(map(ord, "℃№‰≤≥−〇㎎㎏㎜㎝㎞㎡㏄")), span(0x2190, 0x2193), span(0x2160, 0x217B),
    span(0x2460, 0x249B), span(0x24EA, 0x24EA), span(0x2776, 0x277F), span(0x25A0, 0x25CF),
    span(0x3000, 0x303F), span(0xFF01, 0xFF5E), span(0xFFE0, 0xFFE6),
))  # fmt: skip


def gb2312() -> frozenset[int]:
    """All 7,445 characters of GB 2312, its symbols included."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return frozenset(ord(text) for pair in pairs if (text := pair.decode("gb2312", "ignore")))


def standard_table() -> frozenset[int]:
    """The 8,105 characters of the general standard table (通用规范汉字表)."""
    return frozenset(map(ord, STANDARD_TABLE.read_text("utf-8").split()))


def checked(package: Package, folder: Path) -> bytes:
    """The package's tarball; stops with a message if it is not the very one that is known."""
    content = (folder / package.tarball).read_bytes()
    if (found := hashlib.sha256(content).hexdigest()) != package.sha256:
        raise SystemExit(f"{package.tarball}: sha256 is {found}, not {package.sha256}")
    return content


def fetch(folder: Path) -> None:
    """Put every package's tarball in the folder with npm."""
    for package, _ in FACES:
        wanted = f"{package.name}@{package.version}"
        subprocess.run(["npm", "pack", "--silent", wanted], cwd=folder, check=True)


def members(tarball: bytes, names: Iterable[str]) -> tuple[bytes, ...]:
    """The named files of the package."""
    with tarfile.open(fileobj=io.BytesIO(tarball)) as archive:
        files = (archive.extractfile(f"package/{name}") for name in names)
        return tuple(file.read() for file in files if file)


def cure(content: bytes) -> bytes:
    """The face without what harms a page, with the line metrics and dates of the whole set."""
    with TTFont(io.BytesIO(content), recalcTimestamp=False, recalcBBoxes=False) as font:
        for tag in DROPPED:
            if tag in font:
                del font[tag]
        if font["head"].unitsPerEm != UNITS:
            raise SystemExit(f"a face has {font['head'].unitsPerEm} units per em, not {UNITS}")
        font["head"].created = font["head"].modified = DATE
        lines, system = font["hhea"], font["OS/2"]
        lines.ascent = system.sTypoAscender = system.usWinAscent = ASCENT
        lines.descent = system.sTypoDescender = DESCENT
        system.usWinDescent = -DESCENT
        lines.lineGap = system.sTypoLineGap = 0
        # The flag is defined from version 4 of the table on.
        system.version = max(system.version, 4)
        system.fsSelection |= USE_TYPO_METRICS
        cured = io.BytesIO()
        font.save(cured)
    return cured.getvalue()


def faces(package: Package, variants: tuple[Variant, ...], tarball: bytes) -> tuple[bytes, ...]:
    """The package's faces, cut to our characters and cured."""
    names = (f"{one.member}/{package.stem}_{one.member}.ttf" for one in variants)
    characters = CHINESE | gb2312() | standard_table() if package.chinese else LATIN
    features = CHINESE_FEATURES if package.chinese else LATIN_FEATURES
    return tuple(cure(cut(face, characters, features)) for face in members(tarball, names))


def licence(tarballs: Iterable[tuple[Package, bytes]]) -> str:
    """The licence with the copyright line of every family: as its package and its font state it."""
    heads, texts = [], []
    for package, tarball in tarballs:
        stated, text = members(tarball, ["LICENSE_FONT"])[0].decode("ascii").split("\n", 1)
        font = members(tarball, [f"400Regular/{package.stem}_400Regular.ttf"])[0]
        own = TTFont(io.BytesIO(font), lazy=True)["name"].getDebugName(0)
        # The packages of one family may word the line differently; keep both then.
        same = stated in own or own.replace("(c)", "Copyright").rstrip(".") == stated
        heads.append(f"{package.family}: {stated}" + ("" if same else f"; in the font: {own}"))
        texts.append(text)
    return "\n".join(heads) + "\n" + texts[-1]


def write(rows: Iterable[tuple[str, ...]], fonts: dict[str, bytes], text: str) -> None:
    """Replace the folder's fonts, manifest and licence."""
    for old in FOLDER.glob("*.ttf.xz"):
        old.unlink()
    for name, content in fonts.items():
        (FOLDER / name).write_bytes(content)
    with (FOLDER / MANIFEST).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    (FOLDER / "OFL.txt").write_text(text, "utf-8", newline="\n")


def build(packages: Path) -> None:
    """Make every face from the tarballs of the folder and write the set."""
    rows = [("file", "family", "weight", "style", "sha256", "package", "version", "package_sha256")]
    fonts: dict[str, bytes] = {}
    tarballs = [(package, checked(package, packages)) for package, _ in FACES]
    for (package, tarball), (_, variants) in zip(tarballs, FACES, strict=True):
        for variant, ttf in zip(variants, faces(package, variants, tarball), strict=True):
            name = f"{package.stem}-{variant.name}.ttf.xz"
            fonts[name] = lzma.compress(ttf, lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME)
            digest = hashlib.sha256(ttf).hexdigest()
            source = (package.name, package.version, package.sha256)
            rows.append((name, package.family, str(variant.weight), variant.style, digest, *source))
            print(f"{name}: {len(ttf):,} bytes, {len(fonts[name]):,} packed")
    write(rows, fonts, licence(tarballs))
    print(f"{len(fonts)} faces, {sum(map(len, fonts.values())):,} bytes packed")


def main() -> None:
    """Read the command line and make the set."""
    parser = argparse.ArgumentParser(description="remake the vendored fonts from their packages")
    parser.add_argument("--packages", type=Path, help="a folder that holds the tarballs already")
    folder = parser.parse_args().packages
    if folder:
        build(folder)
        return
    with tempfile.TemporaryDirectory() as temporary:
        fetch(Path(temporary))
        build(Path(temporary))


if __name__ == "__main__":
    main()
