"""The vendored font set: whole, alike in its metrics, able to show every standard character."""

import csv
import hashlib
import io
import logging
import lzma
import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from yearbook import fonts
from yearbook.fonts import Face, FontError

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "templates" / "fonts"
LATIN = {"Noto Serif", "Noto Sans"}
ABSENT = "\U00020000"


@pytest.fixture(scope="module")
def faces() -> tuple[Face, ...]:
    """The whole set, read once."""
    return fonts.load(FOLDER)


@pytest.fixture(scope="module")
def tool() -> dict[str, Any]:
    """The names of tools/make_fonts.py, which is a script and no module of ours."""
    return runpy.run_path(str(ROOT / "tools" / "make_fonts.py"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A font folder that lists one small face, to be harmed."""
    with (FOLDER / "fonts.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] in {"file", "NotoSans-Bold.ttf.xz"}]
    with (tmp_path / "fonts.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    shutil.copy(FOLDER / "NotoSans-Bold.ttf.xz", tmp_path)
    return tmp_path


def named(faces: tuple[Face, ...], file: str) -> Face:
    """The face of that file."""
    return next(face for face in faces if face.file == file)


def opened(content: bytes) -> Any:
    """The font as fontTools sees it."""
    return TTFont(io.BytesIO(content))


def gb2312() -> set[int]:
    """All characters of GB 2312, by another road than the tool's: row and cell numbers."""
    found = set()
    for number in range(94 * 94):
        code = bytes((0xA1 + number // 94, 0xA1 + number % 94))
        found |= {ord(character) for character in code.decode("gb2312", "ignore")}
    return found


def test_every_listed_face_is_read_in_the_order_of_the_list(faces: tuple[Face, ...]) -> None:
    """Ten faces of four families come back in the manifest's order, as TrueType."""
    with (FOLDER / "fonts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [f"{face.file}.xz" for face in faces] == [row["file"] for row in rows]
    assert {face.family for face in faces} == {*LATIN, "Noto Serif SC", "Noto Sans SC"}
    assert len(faces) == 10
    assert all(face.content.startswith(b"\x00\x01\x00\x00") for face in faces)


def test_the_digests_of_the_manifest_hold_and_no_font_is_unlisted() -> None:
    """What lies in the folder is what the manifest lists, no more and no less."""
    with (FOLDER / "fonts.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["file"]: row["sha256"] for row in csv.DictReader(file)}
    held = {
        path.name: hashlib.sha256(lzma.decompress(path.read_bytes())).hexdigest()
        for path in FOLDER.glob("*.xz")
    }
    assert held == listed


def test_names_inside_the_fonts_are_those_of_the_manifest(faces: tuple[Face, ...]) -> None:
    """Charts find a face by the family and weight in the file, pages by those in the manifest."""
    for face in faces:
        font = opened(face.content)
        assert font["name"].getDebugName(1) == face.family
        assert font["OS/2"].usWeightClass == face.weight
        assert bool(font["OS/2"].fsSelection & 1) == (face.style == "italic")


def test_a_damaged_file_is_named(copy: Path) -> None:
    """An archive cut short is refused by name, in both languages."""
    path = copy / "NotoSans-Bold.ttf.xz"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(FontError, match="damaged") as raised:
        fonts.load(copy)
    assert path.name in raised.value.what.en
    assert path.name in raised.value.what.zh


def test_a_file_with_a_flipped_byte_is_named(copy: Path) -> None:
    """One wrong byte inside the archive is refused by name."""
    path = copy / "NotoSans-Bold.ttf.xz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(FontError, match=r"NotoSans-Bold\.ttf\.xz"):
        fonts.load(copy)


def test_another_font_under_the_same_name_is_refused(copy: Path) -> None:
    """A sound archive whose font is not the listed one fails its digest."""
    shutil.copy(FOLDER / "NotoSans-Regular.ttf.xz", copy / "NotoSans-Bold.ttf.xz")
    with pytest.raises(FontError, match=r"NotoSans-Bold\.ttf\.xz is not the one"):
        fonts.load(copy)


def test_an_altered_digest_in_the_manifest_is_refused(copy: Path) -> None:
    """The list itself cannot be changed by accident."""
    path = copy / "fonts.csv"
    path.write_text(path.read_text("utf-8").replace(",normal,", ",normal,0"), "utf-8")
    with pytest.raises(FontError, match=r"NotoSans-Bold\.ttf\.xz is not the one"):
        fonts.load(copy)


def test_an_absent_font_is_named(copy: Path) -> None:
    """A listed file that is not there is named."""
    (copy / "NotoSans-Bold.ttf.xz").unlink()
    with pytest.raises(FontError, match=r"NotoSans-Bold\.ttf\.xz cannot be opened"):
        fonts.load(copy)


def test_an_absent_manifest_is_named(tmp_path: Path) -> None:
    """A folder without its list is refused."""
    with pytest.raises(FontError, match=r"fonts\.csv cannot be opened"):
        fonts.load(tmp_path)


@pytest.mark.parametrize(
    "manifest",
    [
        "file,family\nA.ttf.xz,A\n",
        "file,family,weight,style,sha256\nA.ttf.xz,A,bold,normal,00\n",
        "file,family,weight,style,sha256\nA.ttf.xz,A\n",
        b"\xff\xfe\xff",
    ],
)
def test_an_unreadable_manifest_is_refused(tmp_path: Path, manifest: str | bytes) -> None:
    """A missing column, a weight in words, a short row or a wrong encoding stops the reading."""
    content = manifest.encode() if isinstance(manifest, str) else manifest
    (tmp_path / "fonts.csv").write_bytes(content)
    with pytest.raises(FontError, match=r"fonts\.csv cannot be read"):
        fonts.load(tmp_path)


def test_a_plain_ttf_may_stand_in_the_list(copy: Path, faces: tuple[Face, ...]) -> None:
    """A designer's own face needs no packing."""
    bold = named(faces, "NotoSans-Bold.ttf")
    (copy / "NotoSans-Bold.ttf").write_bytes(bold.content)
    path = copy / "fonts.csv"
    path.write_text(path.read_text("utf-8").replace(".ttf.xz", ".ttf"), "utf-8")
    assert fonts.load(copy) == (bold,)


def test_chinese_faces_show_every_standard_character(faces: tuple[Face, ...]) -> None:
    """The 8,105 of the standard table and all of GB 2312 have an outline in each Chinese face."""
    table = set(map(ord, (FOLDER / "tgscc-8105.txt").read_text("utf-8").split()))
    assert (len(table), len(gb2312())) == (8105, 7445)
    for face in faces:
        if face.family not in LATIN:
            assert table | gb2312() <= fonts.coverage(face), face.file


@pytest.mark.parametrize("family", ["Noto Serif", "Noto Sans"])
def test_latin_faces_show_english_pinyin_and_signs(faces: tuple[Face, ...], family: str) -> None:
    """Letters, tone marks and typographer's punctuation are there without a second family."""
    shown = "AZaz09 Éßœ āáǎàǖǘǚǜ ‐–—―‘’“”•…‰·×−±½²₂ \u00a0\u2009\u202f €№™"
    for face in faces:
        if face.family == family:
            assert fonts.missing([face], shown) == (), face.file


def test_latin_and_chinese_together_show_signs_arrows_and_bullets(faces: tuple[Face, ...]) -> None:
    """What the Latin faces lack comes from the Chinese ones, and so does all that layout adds."""
    shown = "≤≥←↑→↓■□▲△●○◆★※①⑳ⅠⅫ℃㎡" + "".join(map(chr, fonts.INSERTED))
    for pair in ("Noto Serif", "Noto Serif SC"), ("Noto Sans", "Noto Sans SC"):
        for weight in 400, 700:
            both = [face for face in faces if face.family in pair and face.weight == weight]
            assert fonts.missing(both, shown) == (), (pair, weight)


def test_lines_are_pitched_alike_in_all_faces(faces: tuple[Face, ...]) -> None:
    """Every table that a program may take line metrics from says 1000 and -300 of 1000."""
    for face in faces:
        font = opened(face.content)
        lines, system = font["hhea"], font["OS/2"]
        assert font["head"].unitsPerEm == 1000
        assert (lines.ascent, lines.descent, lines.lineGap) == (1000, -300, 0)
        typographic = (system.sTypoAscender, system.sTypoDescender, system.sTypoLineGap)
        assert typographic == (1000, -300, 0)
        assert (system.usWinAscent, system.usWinDescent) == (1000, 300)
        assert system.fsSelection & 1 << 7


def test_what_harms_a_page_is_gone_and_the_dates_are_fixed(faces: tuple[Face, ...]) -> None:
    """No BASE, no vertical metrics, no hinting, no variable-font table, one date."""
    gone = {"BASE", "vhea", "vmtx", "VORG", "STAT", "prep", "fpgm", "gasp"}
    for face in faces:
        font = opened(face.content)
        assert not gone & set(font.keys()), face.file
        assert font["head"].created == font["head"].modified == 3_786_912_000


@pytest.mark.parametrize("family", ["Noto Serif", "Noto Sans", "Noto Sans SC"])
def test_digits_are_tabular(faces: tuple[Face, ...], family: str) -> None:
    """Columns of figures align without asking for a feature."""
    for face in faces:
        if face.family == family:
            font = opened(face.content)
            cmap, widths = font.getBestCmap(), font["hmtx"]
            assert len({widths[cmap[ord(digit)]][0] for digit in "0123456789"}) == 1, face.file


def test_layout_features_are_kept(faces: tuple[Face, ...]) -> None:
    """Kerning everywhere, figure styles in Latin, punctuation squeezing in Chinese."""
    for face in faces:
        font = opened(face.content)
        tags = {
            record.FeatureTag
            for table in ("GSUB", "GPOS")
            for record in font[table].table.FeatureList.FeatureRecord
        }
        latin = {"kern", "liga", "lnum", "onum", "tnum", "sups"}
        chinese = {"kern", "halt", "palt", "locl"}
        chinese |= {"chws"} if face.family == "Noto Serif SC" else set()
        assert (latin if face.family in LATIN else chinese) <= tags, face.file


def test_the_licence_travels_with_every_face(faces: tuple[Face, ...]) -> None:
    """Each face, also when cut, names its copyright and the licence's address."""
    for face in faces:
        names = opened(fonts.subset(face, frozenset({65})))["name"]
        assert names.getDebugName(0)
        assert "openfontlicense.org" in names.getDebugName(14) or "OFL" in names.getDebugName(14)
    text = (FOLDER / "OFL.txt").read_text("utf-8")
    assert all(f"{face.family}: Copyright" in text for face in faces)


def test_missing_names_what_no_face_shows_once_and_in_order(faces: tuple[Face, ...]) -> None:
    """A hanzi outside the tables and an emoji are named; line ends and soft hyphens are not."""
    text = f"全省{ABSENT}干部\n soft\u00adhyphen \u2060🙂 {ABSENT}"
    assert fonts.missing(faces, text) == (ABSENT, "🙂")
    assert fonts.missing(faces, "") == ()
    assert fonts.missing([], "a a") == ("a", " ")


def test_one_face_that_shows_a_character_is_enough(faces: tuple[Face, ...]) -> None:
    """Latin and Chinese faces cover a mixed text together, neither does alone."""
    latin, chinese = named(faces, "NotoSerif-Bold.ttf"), named(faces, "NotoSerifSC-Bold.ttf")
    assert fonts.missing([latin], "ő年") == ("年",)
    assert fonts.missing([chinese], "ő年") == ("ő",)
    assert fonts.missing([chinese, latin], "ő年") == ()


def test_a_glyph_without_ink_does_not_count_as_shown(faces: tuple[Face, ...]) -> None:
    """A letter mapped to an empty glyph is a hole that text extraction would not see."""
    whole = named(faces, "NotoSans-Bold.ttf")
    font = opened(fonts.subset(whole, frozenset(map(ord, "AB"))))
    empty = font.getBestCmap()[ord(" ")]
    for table in font["cmap"].tables:
        table.cmap[ord("B")] = empty
    holed = io.BytesIO()
    font.save(holed)
    face = Face(whole.family, 700, "normal", holed.getvalue(), whole.file)
    assert ord("A") in fonts.coverage(face)
    assert ord(" ") in fonts.coverage(face)
    assert ord("B") not in fonts.coverage(face)
    assert fonts.missing([face], "AB ") == ("B",)


@pytest.mark.parametrize("file", ["NotoSerifSC-Regular.ttf", "NotoSerif-Italic.ttf"])
def test_a_cut_font_holds_what_was_asked_and_what_layout_inserts(
    faces: tuple[Face, ...], file: str
) -> None:
    """The code points asked for are there, hyphen, quotes and digits too, and little else."""
    face = named(faces, file)
    asked = frozenset(map(ord, "Aa年数" + ABSENT))
    held = set(opened(fonts.subset(face, asked)).getBestCmap())
    assert held == (asked | fonts.INSERTED) & fonts.coverage(face)
    assert {0x2010, 0x2022, 0x2026, 0xA0, 0x201C, 0x201D, 0x30, 0x39} <= held


def test_cutting_and_packing_give_the_same_bytes_each_time(faces: tuple[Face, ...]) -> None:
    """The same characters, in whatever order they were met, give the same files."""
    face = named(faces, "NotoSansSC-Bold.ttf")
    first = fonts.subset(face, frozenset(map(ord, "机构改革")))
    second = fonts.subset(face, frozenset(map(ord, "革改构机")))
    assert first == second
    assert fonts.woff2(first) == fonts.woff2(second)


def test_features_survive_the_cut(faces: tuple[Face, ...]) -> None:
    """A page's own font still kerns and still has old-style figures."""
    cut = opened(fonts.subset(named(faces, "NotoSerif-Regular.ttf"), frozenset(map(ord, "AV"))))
    assert {r.FeatureTag for r in cut["GPOS"].table.FeatureList.FeatureRecord} >= {"kern"}
    assert {r.FeatureTag for r in cut["GSUB"].table.FeatureList.FeatureRecord} >= {"onum", "tnum"}


def test_woff2_holds_the_same_characters_and_dates(
    faces: tuple[Face, ...], caplog: pytest.LogCaptureFixture
) -> None:
    """Packed for browsers, a font maps the same code points, keeps its date and says nothing."""
    ttf = fonts.subset(named(faces, "NotoSans-Regular.ttf"), frozenset(map(ord, "Yearbook")))
    with caplog.at_level(logging.WARNING):
        packed = fonts.woff2(ttf)
    assert caplog.records == []
    assert packed.startswith(b"wOF2")
    assert len(packed) < len(ttf)
    before, after = opened(ttf), opened(packed)
    assert after.getBestCmap() == before.getBestCmap()
    assert after["head"].modified == before["head"].modified == 3_786_912_000


def test_the_manifest_names_the_packages_that_the_tool_takes(tool: dict[str, Any]) -> None:
    """Package, version and digest stand in the list as in the tool."""
    with (FOLDER / "fonts.csv").open(encoding="utf-8", newline="") as file:
        listed = {
            (row["family"], row["package"], row["version"], row["package_sha256"])
            for row in csv.DictReader(file)
        }
    packages = [package for package, _ in tool["FACES"]]
    assert listed == {(p.family, p.name, p.version, p.sha256) for p in packages}


@pytest.mark.parametrize("file", ["NotoSansSC-Regular.ttf", "NotoSerif-Italic.ttf"])
def test_tool_and_folder_agree(faces: tuple[Face, ...], tool: dict[str, Any], file: str) -> None:
    """Cut and cured once more, a vendored face stays as it is, table by table.

    The name table is packed differently from a packed one, and head holds the sum of it all.
    """
    face = named(faces, file)
    latin = face.family in LATIN
    chinese = tool["CHINESE"] | tool["gb2312"]() | tool["standard_table"]()
    features = tool["LATIN_FEATURES"] if latin else tool["CHINESE_FEATURES"]
    again = tool["cure"](tool["cut"](face.content, tool["LATIN"] if latin else chinese, features))
    before, after = opened(face.content).reader, opened(again).reader
    assert set(after.tables) == set(before.tables)
    different = {tag for tag in before.tables if after[tag] != before[tag]}
    assert different <= {"head", "name"}
    # Bytes 8 to 11 are the sum.
    assert after["head"][12:] == before["head"][12:]


def test_the_tool_refuses_a_package_that_is_not_the_known_one(
    tool: dict[str, Any], tmp_path: Path
) -> None:
    """A tarball with another digest stops the tool before anything is written."""
    package = tool["FACES"][0][0]
    (tmp_path / package.tarball).write_bytes(b"not the package")
    with pytest.raises(SystemExit, match="sha256 is"):
        tool["build"](tmp_path)
