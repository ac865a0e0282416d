"""Figures on the screen lead to their cells: a page is given what a reader sees on a click."""

import json
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from yearbook import numbers
from yearbook.binding import Medium, Numbering
from yearbook.chart import Asked
from yearbook.compose import Teller
from yearbook.model import Fact, Language, Qualifier, Text
from yearbook.provenance import Origin, cell, origin
from yearbook.records import Records, UnknownError
from yearbook.template import plain

Json = dict[str, Any]
SLOT = '<script type="application/json" id="figures"></script>'
"""Where chapter.html keeps room for what the figures are."""
_DATA = re.compile(
    r'(<data(?: class="figure")? value="[^"]*" data-fact="[^"]*"(?: data-period="[^"]*")?>)'
)
_MARKED = '<data class="figure"'
_VALUES = re.compile('="([^"]*)"')
WORDS = {
    "period": Text("Period", "时期"),
    "unit": Text("Unit", "单位"),
    "hedge": Text("Hedge", "概数"),
    "formula": Text("Worked out as", "计算"),
    "record": Text("Record", "数据单元格"),
    "quote": Text("In the words of the source", "资料原文"),
    "source": Text("Source", "资料来源"),
    "citation": Text("Citation", "引用格式"),
    "copy": Text("Copy citation", "复制引用"),
    "copied": Text("Copied", "已复制"),
    "close": Text("Close", "关闭"),
}
"""What stands in the box beside a figure."""
_LABELS = {
    "rest": Text("{}: the rest", "{}：其余"),
    "share": Text("{}: share", "{}：所占比重"),
    "change": Text("{}: change on the year before", "{}：比上年增减"),
    "year": Text("Year of reference", "数据年份"),
    "count": Text("Number of rows in {}", "名单 {} 的条目数"),
    "shown": Text("Rows shown of table {}", "表 {} 刊印的行数"),
    "rows": Text("Rows of table {}", "表 {} 的全部行数"),
}


@dataclass(frozen=True, slots=True)
class Led:
    """What is said of a figure: which one and of which period, the attributes of its element, what
    its box shows, as JSON, and the figures of the records behind it, those that its label asks for
    included."""

    figure: str
    attributes: str
    shown: str
    ids: frozenset[str]


Leads = MutableMapping[str, Led]
"""What is said of figures, by their elements."""


def linked(page: str, records: Records, leads: Leads | None = None) -> str:
    """A screen page whose figures carry unit and cell, and what to show of each, once.

    ``leads`` holds what is said of figures on other pages of the same records.
    """
    citing, known = Citing(records), {} if leads is None else leads
    first: dict[str, Led] = {}
    elements: dict[str, str] = {}
    pieces = _DATA.split(page)
    for element in dict.fromkeys(pieces[1::2]):
        lead = known.get(element) or _led(element, citing, first)
        if lead is None:
            elements[element] = element
            continue
        known[element] = lead
        lead = first.setdefault(lead.figure, lead)
        elements[element] = f"{element[:-1]}{lead.attributes}>"
    pieces[1::2] = map(elements.__getitem__, pieces[1::2])
    content = {
        "words": {name: both(text) for name, text in WORDS.items()},
        "head": both(citing.head),
        "sources": {name: both(text) for name, text in records.book.sources.items()},
    }
    figures = ",".join(f"{inline(lead.figure)}:{lead.shown}" for lead in first.values())
    told = f'{inline(content)[:-1]},"figures":{{{figures}}}}}'
    return "".join(pieces).replace(SLOT, SLOT.replace("></", f">{told}</"), 1)


def _led(element: str, citing: "Citing", first: Mapping[str, Led]) -> Led | None:
    """What is said of the figure of an element; of an unknown one nothing: parity and the template
    tell of it, here is nothing to lead to."""
    value, name, period = _told(element)
    figure = f"{name}|{period}"
    if figure in first:
        return first[figure]
    try:
        return citing.led(figure, origin(name, period, citing.records), value)
    except UnknownError:
        return None


def _told(element: str) -> tuple[str, str, str]:
    """What the element of a figure says: its value, which figure it is, its period, if any.

    >>> _told('<data class="figure" value="24" data-fact="led" data-period="2010">')
    ('24', 'led', '2010')
    """
    value, name, *period = _VALUES.findall(element.removeprefix(_MARKED))
    return value, name, period[0] if period else ""


def _attributes(behind: Origin) -> str:
    unit = f' data-unit="{behind.unit}"' if behind.unit else ""
    return unit + (f' data-cell="{" ".join(behind.cells)}"' if behind.cells else "")


def inline(content: object) -> str:
    """JSON that cannot end the script it stands in.

    >>> inline({"a": "</script>中"})
    '{"a":"\\\\u003c/script>中"}'
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def both(text: Text) -> Json:
    """A text by language, as the page's script reads it."""
    return {"en": text.en, "zh": text.zh}


class Citing:
    """Says in both languages what a figure is and how to cite it."""

    def __init__(self, records: Records) -> None:
        self.records = Asked(records.book, records.chapter)
        self._teller = Teller(self.records, Numbering({}), Medium.SCREEN)
        book, title = records.book, self._said(records.chapter.title)
        self.head = Text(
            f"{book.publisher.en}, {book.title.en} {book.edition_year}, “{title.en}”, ",
            f"{book.publisher.zh}：《{book.title.zh}》{book.edition_year}年版，“{title.zh}”，",
        )

    def led(self, figure: str, behind: Origin, value: str) -> Led:
        """All that is said of a figure."""
        before = len(self.records.facts)
        shown = self.entry(figure.partition("|")[0], behind, value)
        ids = frozenset(fact.id for fact in (*behind.facts, *self.records.facts[before:]))
        return Led(figure, _attributes(behind), inline(shown), ids)

    def entry(self, name: str, behind: Origin, value: str) -> Json:
        """Everything the box beside a figure shows; ``value`` is what was worked out."""
        fact = None if "(" in name else behind.facts[0]
        made: Json = {"label": both(self._label(name, behind))}
        if behind.facts or behind.rows:
            made["period"] = both(self._period(behind))
        if fact is not None:
            made["value"] = both(printed(fact))
            made |= {"unit": fact.unit.other and both(Text(fact.unit.other, fact.unit.zh))}
            made |= {"hedge": hedge(fact).en and both(hedge(fact))}
        else:
            made["value"] = both(Text(value, value))
            made["formula"] = {
                of: f"{words}{'' if words.endswith('：') else ' '}{value}"
                for of, words in both(behind.formula).items()
            }
        made["cells"] = [self._cell(fact) for fact in behind.facts] or [
            {"at": _at(address), "href": address} for address in behind.cells
        ]
        made["sources"] = list(dict.fromkeys(fact.source for fact in behind.facts))
        made["cite"] = both(_citation(made))
        return {name: value for name, value in made.items() if value}

    def _said(self, text: Text) -> Text:
        en, zh = (plain(self._teller.say(text, language)) for language in Language)
        return Text(en, zh)

    def _name(self, fact: Fact) -> Text:
        return self._said(self.records.label(fact.id))

    def _label(self, name: str, behind: Origin) -> Text:
        if "(" not in name:
            return self._name(behind.facts[0])
        form = _LABELS.get(name.partition("(")[0], Text("{}", "{}"))
        if behind.table:
            subject = Text(f"{behind.table}.csv", f"{behind.table}.csv")
        else:
            subject = self._name(behind.facts[0]) if behind.facts else Text(name, name)
        return Text(form.en.format(subject.en), form.zh.format(subject.zh))

    def _period(self, behind: Origin) -> Text:
        period = behind.facts[0].period if behind.facts else behind.rows[0].period
        en, zh = (numbers.period(period, language) for language in Language)
        return Text(en.replace(numbers.NBSP, " "), zh)

    def _cell(self, fact: Fact) -> Json:
        return {
            "label": both(self._name(fact)),
            "value": both(printed(fact)),
            "at": f"{fact.table}.csv {fact.place.cell}",
            "href": cell(fact),
            "quote": fact.quote.text,
        }


def _citation(made: Mapping[str, Any]) -> Text:
    """A citation from the name of the figure on; the page puts in the book and the ``{source}``."""
    cells = [one["at"] for one in made["cells"]]
    en, zh = made["label"]["en"], made["label"]["zh"]
    if "period" in made and made["period"] != made["value"]:
        en, zh = f"{en}, {made['period']['en']}", f"{zh}，{made['period']['zh']}"
    en, zh = f"{en}: {made['value']['en']}.", f"{zh}：{made['value']['zh']}。"
    if made["sources"]:
        en, zh = f"{en} Source: {{source}}.", f"{zh}资料来源：{{source}}。"
    if cells:
        en, zh = f"{en} Record: {', '.join(cells)}.", f"{zh}数据：{'、'.join(cells)}。"
    return Text(en, zh)


def _at(address: str) -> str:
    return address.removeprefix("data/").replace("#row=", " ")


def printed(fact: Fact) -> Text:
    """A fact as prose prints it, in both languages.

    >>> from yearbook.specimen import fact
    >>> printed(fact("institutions", 3200, qualifier="more_than"))
    Text(en='more than 3,200 people', zh='3200多人')
    """
    said = []
    for language in Language:
        form = numbers.form(fact, language)
        blank = " " if language is Language.EN else ""
        said.append(blank.join(part for part in (form.before, form.number, form.unit) if part))
    return Text(*(words.replace(numbers.NBSP, " ") for words in said))


def hedge(fact: Fact) -> Text:
    """How a fact is hedged; empty if it is exact."""
    if fact.qualifier is Qualifier.EXACT:
        return Text("", "")
    en, zh = numbers.HEDGES[fact.qualifier]
    return Text(en, zh)
