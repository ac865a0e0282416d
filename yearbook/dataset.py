"""The folder of data that readers download with a chapter: its CSVs and what they mean."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from yearbook import csvw, datapackage
from yearbook.binding import Medium, Numbering
from yearbook.compose import Teller
from yearbook.datapackage import SHARED, Tabular, tabular
from yearbook.download import inert
from yearbook.manifest import written
from yearbook.model import Artifact, Language, Text
from yearbook.read import RESERVED, canonical
from yearbook.records import Records
from yearbook.template import plain

_NUMBER = re.compile(r"[-+]?[0-9][0-9,.]*")


def artifacts(records: Records, files: Mapping[str, bytes]) -> Iterator[Artifact]:
    """``<chapter>/data/``: the records, the words they refer to, and their descriptions; of the
    chapter's own files and those of all."""
    tables = tuple(_tables(records, canonical.files(files)))
    teller = Teller(records, Numbering({}), Medium.SCREEN)
    words = _words(records, tables, teller)
    title = _said(records.chapter.title, teller)
    folder = f"{records.chapter.slug}/data"
    for table in tables:
        yield Artifact(f"{folder}/{table.name}.csv", table.content)
        described = csvw.alone(table, records, words[table.name])
        yield Artifact(f"{folder}/{table.name}.csv-metadata.json", written(described))
    together = csvw.group(tables, records, words, title)
    yield Artifact(f"{folder}/csv-metadata.json", written(together))
    package = datapackage.published(records, tables, title)
    yield Artifact(f"{folder}/datapackage.json", written(package))


def _tables(records: Records, files: Mapping[str, bytes]) -> Iterator[Tabular]:
    """The records and codes of the chapter and the shared lists, each safe to open."""
    kept = set(RESERVED) - {"codes"}
    for table in datapackage.tables(files, f"data/{records.chapter.slug}"):
        if table.name not in kept:
            yield tabular(table.name, safe(table.content))
    for name in SHARED:
        if f"data/{name}.csv" in files:
            yield tabular(name, safe(files[f"data/{name}.csv"]))


def _words(records: Records, tables: Iterable[Tabular], teller: Teller) -> dict[str, csvw.Words]:
    """What the printed tables call the records they are made of, and what is known to be wrong."""
    titles = {spec.data: spec.title for spec in records.chapter.tables}
    found = {}
    for table in tables:
        ids = {fact.id for fact in records.chapter.facts if fact.table == table.name}
        notes = [
            _said(waiver.reason, teller)
            for waiver in records.chapter.waivers
            if waiver.where.partition("/")[0] in (table.name, *ids)
        ]
        title = titles.get(table.name)
        said = _said(title, teller) if title is not None else None
        found[table.name] = csvw.Words(said, tuple(notes))
    return found


def _said(text: Text, teller: Teller) -> Text:
    en, zh = (plain(teller.say(text, language)) for language in Language)
    return Text(en, zh)


def safe(content: bytes) -> bytes:
    """A CSV in which no cell can act as a formula (CWE-1236): the same bytes if none could.

    Rows and columns stay where they are, so that an address of a cell holds for both.

    >>> safe(b"a,-1\\n"), safe(b"a,=1+1\\n")
    (b'a,-1\\n', b"\\xef\\xbb\\xbfa,'=1+1\\r\\n")
    """
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    cells = [[cell if _NUMBER.fullmatch(cell) else inert(cell) for cell in row] for row in rows]
    if cells == rows:
        return content
    return canonical.table(cells)
