"""People by rank, for each scope that the records count: all groups, or the last one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from figures._words import joined, spoken
from yearbook.chart import Sketch
from yearbook.model import Code, Fact, Language, Qualifier, Relation, Text
from yearbook.numbers import grouped

WHOLE = "total"
COLOURS = ("first", "second", "fourth", "third", "fifth")
"""Of the ranks in the order of codes.csv; what the source leaves open has a colour of its own."""


@dataclass(frozen=True, slots=True)
class Rank:
    """People of one rank: a fact, or the rest that the source does not classify."""

    code: Code
    people: int
    fact: Fact | None
    colour: str

    def figure(self, sketch: Sketch) -> str:
        """Their number as a label prints it."""
        if self.fact:
            return sketch.figure(self.fact)
        return grouped(Decimal(self.people), sketch.language)


@dataclass(frozen=True, slots=True)
class Scope:
    """All groups, or one: their total and their ranks in the order of codes.csv."""

    label: Text
    total: Fact
    ranks: tuple[Rank, ...]

    def heading(self, sketch: Sketch) -> str:
        """What is counted and how many they are."""

        def said(language: Language) -> str:
            colon = "：" if language is Language.ZH else ": "
            return sketch.say(language, self.label) + colon + spoken(self.total, language)

        return joined(sketch, said)


def scopes(sketch: Sketch) -> tuple[Scope, ...]:
    """What the records count: the facts that have a scope and a rank."""
    facts = {
        (fact.dimensions["rank"], fact.dimensions["scope"]): fact
        for fact in sketch.records.current()
        if fact.dimensions.get("rank")
    }
    codes = [code for code in _codes(sketch, "rank") if code.code != WHOLE]
    counts = people(facts, codes)

    def ranks(scope: str) -> tuple[Rank, ...]:
        return tuple(
            Rank(
                code,
                counts[scope][code.code],
                facts.get((code.code, scope)),
                "open" if code.relation is Relation.REST else colour,
            )
            for code, colour in zip(codes, COLOURS, strict=False)
            if counts[scope].get(code.code)
        )

    return tuple(
        Scope(scope.label, facts[WHOLE, scope.code], ranks(scope.code))
        for scope in _codes(sketch, "scope")
        if scope.code in counts
    )


def people(
    facts: Mapping[tuple[str, str], Fact], ranks: Sequence[Code]
) -> Mapping[str, Mapping[str, int]]:
    """How many by scope and rank; between exact figures also the rest that no rank holds."""
    import pandas as pd  # noqa: PLC0415 - a run that draws nothing does not wait for it

    frame = pd.DataFrame(
        [(*key, int(fact.value)) for key, fact in facts.items()], columns=["rank", "scope", "n"]
    ).pivot(index="rank", columns="scope", values="n")
    hedged = {scope for (_, scope), fact in facts.items() if fact.qualifier is not Qualifier.EXACT}
    rest = frame.loc[WHOLE] - frame.drop(index=WHOLE).sum()
    for code in ranks:
        if code.relation is Relation.REST:
            frame.loc[code.code] = rest.where(~rest.index.isin(list(hedged)), 0)
    return {
        str(scope): {str(rank): int(number) for rank, number in column.dropna().items()}
        for scope, column in frame.items()
    }


def _codes(sketch: Sketch, dimension: str) -> tuple[Code, ...]:
    return tuple(code for code in sketch.records.chapter.codes if code.dimension == dimension)
