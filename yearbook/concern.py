"""What a finding concerns, in the classes that editorial offices already use for errors.

Chinese editing practice sorts the errors of a manuscript by where they arise; an office hands
each class to another person: copying slips to whoever typed, sums to the statistician,
translations to the translator.
"""

from collections.abc import Mapping
from enum import StrEnum

from yearbook.model import Text


class Concern(StrEnum):
    """The class of a finding; its value is what programs read."""

    COPYING = "copying"
    IMPLAUSIBLE = "implausible"
    PARTS = "parts"
    TEXT_AND_TABLE = "text-and-table"
    CHAPTERS = "chapters"
    LANGUAGES = "languages"
    PROJECT = "project"


NAMES: Mapping[Concern, Text] = {
    Concern.COPYING: Text("copying, unit or typesetting slip", "抄写、单位或排印差错"),
    Concern.IMPLAUSIBLE: Text("implausible value", "数值异常"),
    Concern.PARTS: Text("parts and total", "分项与合计不符"),
    Concern.TEXT_AND_TABLE: Text("text and table", "文字与图表不符"),
    Concern.CHAPTERS: Text("between chapters or editions", "篇章或版次之间不符"),
    Concern.LANGUAGES: Text("between languages", "中英文不符"),
    Concern.PROJECT: Text("the project’s own files", "项目文件问题"),
}
"""What editors call each class."""

CONCERNS: Mapping[str, Concern] = {
    "quote": Concern.COPYING,
    "quote-hedge": Concern.COPYING,
    "quote-unit": Concern.COPYING,
    "quote-missing": Concern.COPYING,
    "guards": Concern.COPYING,
    "unit": Concern.COPYING,
    "value": Concern.COPYING,
    "key": Concern.COPYING,
    "total": Concern.COPYING,
    "dimension": Concern.COPYING,
    "parts-unit": Concern.COPYING,
    "period": Concern.IMPLAUSIBLE,
    "implausible": Concern.IMPLAUSIBLE,
    "place-in-province": Concern.IMPLAUSIBLE,
    "gazetteer": Concern.IMPLAUSIBLE,
    "parts-sum": Concern.PARTS,
    "parts-of": Concern.PARTS,
    "shares": Concern.PARTS,
    "cumulative": Concern.PARTS,
    "cumulative-falls": Concern.PARTS,
    "twice": Concern.CHAPTERS,
    "unbound": Concern.TEXT_AND_TABLE,
    "character": Concern.TEXT_AND_TABLE,
    "misprint": Concern.TEXT_AND_TABLE,
    "empty-list": Concern.TEXT_AND_TABLE,
    "one-language": Concern.LANGUAGES,
    "hedge": Concern.TEXT_AND_TABLE,
    "noun": Concern.TEXT_AND_TABLE,
    "apart": Concern.TEXT_AND_TABLE,
    "trend": Concern.TEXT_AND_TABLE,
    "literal": Concern.TEXT_AND_TABLE,
    "audit": Concern.TEXT_AND_TABLE,
    "language": Concern.LANGUAGES,
    "parallel": Concern.LANGUAGES,
    "parity": Concern.LANGUAGES,
    "stale": Concern.LANGUAGES,
    "term": Concern.LANGUAGES,
    "file": Concern.PROJECT,
    "csv": Concern.PROJECT,
    "form": Concern.PROJECT,
    "row": Concern.PROJECT,
    "header": Concern.PROJECT,
    "instance": Concern.PROJECT,
    "unknown": Concern.PROJECT,
    "codes": Concern.PROJECT,
    "rule": Concern.PROJECT,
    "rule-idle": Concern.PROJECT,
    "waiver": Concern.PROJECT,
    "prose": Concern.PROJECT,
    "template": Concern.PROJECT,
    "call": Concern.PROJECT,
    "chart": Concern.PROJECT,
    "table": Concern.PROJECT,
    "glyph": Concern.PROJECT,
    "book": Concern.PROJECT,
    "stopped": Concern.PROJECT,
    "style": Concern.TEXT_AND_TABLE,
    "page": Concern.PROJECT,
    "pdf-warning": Concern.PROJECT,
    "refused-url": Concern.PROJECT,
    "worker": Concern.PROJECT,
    "limit": Concern.PROJECT,
}
"""The class of every rule of the toolkit. A rule of rules.csv brings its own."""
