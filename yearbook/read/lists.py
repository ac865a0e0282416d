"""The small CSVs that define words: units, places, sources, codes, rules, waivers, captions."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from yearbook.book import ChartSpec, Rule, TableKind, TableSpec, Waiver
from yearbook.finding import Finding, Severity, error
from yearbook.model import Cell, Code, Division, Fact, Kind, Nature, Qualifier, Relation, Text, Unit
from yearbook.read import header, measures, values
from yearbook.read.sheet import Row, Sheet
from yearbook.read.tables import Gathered, distinct

T = TypeVar("T")
UNITS = ("id", "kind", "one", "other", "zh", "en_factor", "en_name", "zh_factor", "zh_name")
PLACES = ("code", "en", "zh")
SOURCES = ("id", "en", "zh")
LITERALS = ("id", "en", "zh", "reason")
CODES = ("dimension", "code", "parent", "relation", "en", "zh")
RULES = ("id", "level", "rule", "message_en", "message_zh")
EXCEPTIONS = (
    "rule",
    "where",
    "expected_difference",
    "reason_en",
    "reason_zh",
    "evidence",
    "approved_by",
    "until_edition",
)
PUBLISHED = ("edition", "id", "period", "value", "unit", "qualifier")
MORE_UNITS = ("rounded_to",)
MORE_CODES = ("kind", "flow")
MORE_TABLES = ("limit",)
_LEAST = {"reason_en": 10, "reason_zh": 4, "evidence": 3, "approved_by": 2}
"""Letters and digits that a waiver's decision takes at least."""
OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "units": MORE_UNITS,
    "codes": MORE_CODES,
    "tables": MORE_TABLES,
}
"""Columns that a file may have beside those it must have, by the name of the file."""
TABLES = ("id", "kind", "data", "rows", "columns", "title_en", "title_zh", "note_en", "note_zh")
CHARTS = ("id", "title_en", "title_zh", "note_en", "note_zh", "source")


def rows(sheet: Sheet, columns: tuple[str, ...], gathered: Gathered) -> tuple[Row, ...]:
    """The rows of a defining list whose header is right, each key once; findings are noted."""
    gathered.findings.extend(sheet.findings)
    name = sheet.file.rpartition("/")[2].removesuffix(".csv")
    wrong = tuple(header.check(sheet, columns, OPTIONAL.get(name, ())))
    gathered.findings.extend(wrong)
    if columns in (UNITS, SOURCES):
        gathered.findings.extend(header.rowless(sheet))
    return () if wrong else tuple(distinct(sheet.rows, gathered))


def mapped(found: tuple[Row, ...], key: str, make: Callable[[Row], T]) -> dict[str, T]:
    """Rows by their key; a later row of the same key is not taken (`repeated` reports it)."""
    by_key: dict[str, T] = {}
    for row in found:
        by_key.setdefault(row.text(key), make(row))
    return by_key


def repeated(found: tuple[Row, ...], keys: tuple[str, ...]) -> Iterator[Finding]:
    """A key must be typed and stand once."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in found:
        key = tuple(row.text(column) for column in keys)
        place = row.place_of(keys[-1])
        if not key[-1]:
            yield error(
                "key",
                place,
                Text("the row has no name", "该行没有名称"),
                Text(f'fill in "{keys[-1]}"', f"请填写“{keys[-1]}”"),
            )
        elif key in seen:
            first = seen[key].place_of(keys[-1])
            yield error(
                "key",
                place,
                Text(
                    f'"{key[-1]}" stands twice, first at {first}',
                    f"“{key[-1]}”重复，首次出现于{first}",
                ),
                Text("keep one of the two rows", "请只保留其中一行"),
            )
        seen.setdefault(key, row)


def text(row: Row, column: str = "") -> Text:
    """The pair of cells ``<column>_en`` and ``<column>_zh`` (``en`` and ``zh`` without a name)."""
    start = f"{column}_" if column else ""
    return Text(row.text(f"{start}en"), row.text(f"{start}zh"))


def untranslated(found: tuple[Row, ...], column: str = "") -> Iterator[Finding]:
    """A text must exist in both languages or in neither."""
    start = f"{column}_" if column else ""
    for row in found:
        pair = {name: row.text(f"{start}{name}") for name in ("en", "zh")}
        for name, words in pair.items():
            if not words and any(pair.values()):
                yield error(
                    "language",
                    row.place_of(f"{start}{name}"),
                    Text("the text is missing in one language", "缺少一种语言的文字"),
                    Text("write it in English and in Chinese", "请同时填写英文和中文"),
                )


def unit(row: Row, gathered: Gathered) -> Unit | None:
    """A row of units.csv."""
    gathered.findings.extend(measures.contradictions(row))
    kind = gathered.keep(values.choice(row.cells["kind"], Kind, Kind.COUNT))
    en_factor = gathered.keep(values.scale(row.cells["en_factor"]))
    zh_factor = gathered.keep(values.scale(row.cells["zh_factor"]))
    step = gathered.keep(values.scale(row.cells["rounded_to"])) if row.text("rounded_to") else None
    if kind is None or en_factor is None or zh_factor is None:
        return None
    return Unit(
        row.text("id"),
        kind,
        row.text("one"),
        row.text("other"),
        row.text("zh"),
        en_factor,
        row.text("en_name"),
        zh_factor,
        row.text("zh_name"),
        row.place,
        step,
    )


def division(row: Row) -> Division:
    """A row of places.csv."""
    return Division(row.text("code"), text(row), row.place_of("code"))


def code(row: Row, gathered: Gathered) -> Code | None:
    """A row of codes.csv; a parent needs a relation and a relation a parent."""
    relation: Relation | None = None
    if row.text("relation"):
        relation = gathered.keep(values.choice(row.cells["relation"], Relation, Relation.OF))
    if bool(row.text("parent")) != bool(row.text("relation")):
        gathered.findings.append(
            error(
                "codes",
                row.place_of("relation"),
                Text("parent and relation belong together", "parent 与 relation 须同时填写"),
                Text(
                    'write "sum" if the parts make the whole, "of" if they are only some of it',
                    "各部分之和等于合计填“sum”，只是其中一部分填“of”",
                ),
            )
        )
    nature: Nature | None = None
    if row.text("kind"):
        nature = gathered.keep(values.choice(row.cells["kind"], Nature, Nature.FLOW))
    return Code(
        row.text("dimension"),
        row.text("code"),
        row.text("parent"),
        relation,
        text(row),
        row.place_of("code"),
        nature,
        row.text("flow"),
    )


def rule(row: Row, gathered: Gathered) -> Rule | None:
    """A row of rules.csv."""
    level = gathered.keep(values.choice(row.cells["level"], Severity, Severity.ERROR))
    if level is None:
        return None
    message = text(row, "message")
    return Rule(row.text("id"), level.value, row.text("rule"), message, row.place_of("rule"))


def waiver(row: Row, gathered: Gathered) -> Waiver | None:
    """A row of exceptions.csv."""
    gathered.findings.extend(_unexplained(row))
    until = gathered.keep(values.number(row.cells["until_edition"]))
    if until is None:
        return None
    return Waiver(
        row.text("rule"),
        row.text("where"),
        row.text("expected_difference"),
        text(row, "reason"),
        int(until),
        row.place_of("rule"),
        row.text("evidence"),
        row.text("approved_by"),
    )


def _unexplained(row: Row) -> Iterator[Finding]:
    """A waiver says why, in words, on what evidence and by whose word."""
    for column, least in _LEAST.items():
        letters = sum(letter.isalnum() for letter in row.text(column))
        if column == "reason_zh" and not row.text(column):
            continue  # told as missing in one language
        if letters < least:
            yield error(
                "waiver",
                row.place_of(column),
                Text(f"the waiver has no {column}", f"该豁免未填写 {column}")
                if not letters
                else Text(
                    f'"{row.text(column)}" is no {column}',
                    f"“{row.text(column)}”不足以作为 {column}",
                ),
                Text(
                    "say why it stands, what shows it, and who decided",
                    "请写明保留原因、依据和审批人",
                ),
            )


def published(row: Row, units: Mapping[str, Unit], gathered: Gathered) -> Fact | None:
    """A row of published.csv: what an edition printed is not suspected of being mistyped."""
    unit = units.get(row.text("unit"))
    if unit is None:
        gathered.findings.append(values.unknown(row.cells["unit"], "unit", "单位", units))
        return None
    period = gathered.keep(values.period(row.cells["period"]))
    value = gathered.keep(values.measured(row.cells["value"], unit))
    qualifier = gathered.keep(values.choice(row.cells["qualifier"], Qualifier, Qualifier.EXACT))
    if period is None or value is None or qualifier is None:
        return None
    place = row.place_of("value")
    return Fact(
        id=row.text("id"),
        period=period,
        value=value,
        unit=unit,
        qualifier=qualifier,
        quote=Cell("", place),
        source="",
        note="",
        dimensions={},
        table="published",
        place=place,
        checked=row.text("edition") or "-",
    )


def table(row: Row, gathered: Gathered) -> TableSpec | None:
    """A row of tables.csv; ``rows`` and ``columns`` are names parted by blanks."""
    kind = gathered.keep(values.choice(row.cells["kind"], TableKind, TableKind.INDICATORS))
    if kind is None:
        return None
    limit = gathered.keep(values.scale(row.cells["limit"])) if row.text("limit") else None
    return TableSpec(
        row.text("id"),
        kind,
        row.text("data"),
        tuple(row.text("rows").split()),
        tuple(row.text("columns").split()),
        text(row, "title"),
        text(row, "note"),
        row.place_of("id"),
        None if limit is None else max(1, int(limit)),
    )


def chart(row: Row, sources: Mapping[str, Text], gathered: Gathered) -> ChartSpec:
    """A row of charts.csv; its source must be one of the sources."""
    if row.text("source") not in sources:
        gathered.findings.append(values.unknown(row.cells["source"], "source", "资料来源", sources))
    return ChartSpec(
        row.text("id"),
        text(row, "title"),
        text(row, "note"),
        row.text("source"),
        row.place_of("id"),
    )
