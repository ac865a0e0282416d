"""Writes down every question a chart asks of the records, so that it is drawn again only when an
answer has changed: docs/performance.md.

The unit is the cell: to be given a figure asks only that it exists; its value, its unit, its
place are asked for one by one, when the chart looks at them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, cast

from yearbook.book import Chapter
from yearbook.chart import Asked
from yearbook.codec import digest
from yearbook.model import Fact, Language, Relation, Text
from yearbook.records import Records, UnknownError

Say = Callable[[Language, Text], str]
Question = Sequence[Any]
"""What was asked, as JSON has it: a kind, then a name or an argument each."""
_FIELDS = frozenset(each.name for each in fields(Fact))
_KINDS: Mapping[str, Callable[[str], Any]] = {"language": Language, "relation": Relation}


class UntraceableError(TypeError):
    """A question that cannot be asked again, or an answer that cannot be compared."""


class Watched(Fact):
    """A fact that tells what of it is looked at."""

    __slots__ = ("_tell",)
    _tell: Callable[[Question, object], None]

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        if name in _FIELDS:
            tell = getattr(self, "_tell", None)  # none while it is made, or made by `replace`
            if tell is not None:
                get = super().__getattribute__
                tell(("of", get("id"), str(get("period")), name), value)
        return value


class Witness:
    """Stands in for the records a chart asks; ``answers`` is what it was told, by question."""

    def __init__(self, asked: Asked, say: Say) -> None:
        self.asked = asked
        self.answers: dict[str, str] = {}
        self.traceable = True
        self._say = say

    @property
    def records(self) -> Records:
        """The records as the chart knows them."""
        return cast(Records, _Stand(self, self.asked, ()))

    def say(self, language: Language, text: Text) -> str:
        """Fill a text of the records, and note what became of it."""
        said = self._say(language, text)
        self.tell(("say", language.value, text.en, text.zh), said)
        return said

    def tell(self, question: Question, answer: object) -> None:
        """Note an answer."""
        try:
            self.answers.setdefault(json.dumps(question, ensure_ascii=False), _told(answer))
        except TypeError:
            self.traceable = False

    def watched(self, answer: object) -> Any:
        """An answer whose facts tell what of them is looked at."""
        if isinstance(answer, tuple) and any(isinstance(one, Fact) for one in answer):
            return tuple(map(self.watched, answer))
        if not isinstance(answer, Fact):
            return answer
        made = Watched(**{each.name: getattr(answer, each.name) for each in fields(Fact)})
        object.__setattr__(made, "_tell", self.tell)
        return made


class _Stand:
    """The records, or the book or the chapter of them."""

    def __init__(self, witness: Witness, thing: object, path: tuple[str, ...]) -> None:
        self._witness, self._thing, self._path = witness, thing, path

    def __getattr__(self, name: str) -> Any:
        value, path = getattr(self._thing, name), (*self._path, name)
        if path in (("book",), ("chapter",)):
            return _Stand(self._witness, value, path)
        if callable(value):
            return lambda *words, **named: self._call(value, path, words, named)
        self._witness.tell(("read", *path), value)
        return self._witness.watched(value)

    def _call(
        self,
        method: Callable[..., Any],
        path: tuple[str, ...],
        words: Sequence[Any],
        named: Mapping[str, Any],
    ) -> Any:
        try:
            question = (
                "call",
                path,
                [_said(w) for w in words],
                {n: _said(v) for n, v in named.items()},
            )
        except UntraceableError:
            self._witness.traceable = False
            return method(*words, **named)
        try:
            answer = method(*words, **named)
        except UnknownError as unknown:
            self._witness.tell(question, ("unknown", unknown.what, unknown.hint))
            raise
        self._witness.tell(question, answer)
        return self._witness.watched(answer)


def _told(answer: object) -> str:
    """The digest of an answer: of facts, only which they are."""
    if isinstance(answer, Fact):
        return digest(("fact", *_which(answer)))
    if isinstance(answer, tuple) and any(isinstance(one, Fact) for one in answer):
        return digest([_which(one) for one in answer])
    return digest(answer)


def _which(fact: Fact) -> tuple[str, str]:
    get = object.__getattribute__
    return get(fact, "id"), str(get(fact, "period"))


def _said(word: object) -> Any:
    """An argument as JSON. Raises `UntraceableError`."""
    if isinstance(word, Language):
        return {"language": word.value}
    if isinstance(word, Relation):
        return {"relation": word.value}
    if isinstance(word, Fact):
        return {"fact": _which(word)}
    if word is None or type(word) in (str, int):
        return word
    raise UntraceableError(type(word).__name__)


def _meant(word: Any, asked: Asked) -> Any:
    """An argument from JSON. Raises LookupError if there is no such fact any more."""
    if not isinstance(word, dict):
        return word
    ((kind, name),) = word.items()
    return _fact(asked, *name) if kind == "fact" else _KINDS[kind](name)


def _fact(asked: Asked, name: str, period: str) -> Fact:
    return next(
        fact for fact in asked.chapter.facts if fact.id == name and str(fact.period) == period
    )


def again(questions: Sequence[str], asked: Asked, say: Say) -> Mapping[str, str] | None:
    """The answers that these questions get now, by question; None if one has none any more."""
    found: dict[str, str] = {}
    try:
        for question in questions:
            found[question] = _told(_asked(json.loads(question), asked, say))
    except (LookupError, StopIteration, TypeError, ValueError, AttributeError, ArithmeticError):
        return None
    return found


def values(answers: Mapping[str, str]) -> Mapping[str, str]:
    """Of all answers those that tell what a fact says."""
    return {question: told for question, told in answers.items() if json.loads(question)[0] == "of"}


def unmoved(values: Mapping[str, str], chapter: Chapter) -> bool:
    """Whether the facts of a chapter say what they said."""
    facts = {_which(fact): fact for fact in reversed(chapter.facts)}  # the first counts
    for question, told in values.items():
        _, name, period, part = json.loads(question)
        fact = facts.get((name, period))
        if fact is None or _told(getattr(fact, part)) != told:
            return False
    return True


def _asked(question: Question, asked: Asked, say: Say) -> object:
    kind, *rest = question
    if kind == "say":
        return say(Language(rest[0]), Text(rest[1], rest[2]))
    if kind == "of":
        return getattr(_fact(asked, rest[0], rest[1]), rest[2])
    thing: Any = asked
    for name in rest if kind == "read" else rest[0]:
        thing = getattr(thing, name)
    if kind == "read":
        return thing
    words = [_meant(word, asked) for word in rest[1]]
    try:
        return thing(*words, **{name: _meant(word, asked) for name, word in rest[2].items()})
    except UnknownError as unknown:
        return ("unknown", unknown.what, unknown.hint)
