"""The rules are checked, too: rules about nothing, contradictions, repetitions, idle rules.

Two sums are about the same if their figures have the same coefficients (`yearbook.linear`); each
then says from where to where the sum may go. Relations of codes.csv count as rules. A rule is idle
if no single slip in any of its figures would break it: it only seems to guard them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from yearbook import relation
from yearbook.book import Rule
from yearbook.checks.implied import implied
from yearbook.checks.rules import Key, Meant, names, verdicts
from yearbook.concern import CONCERNS
from yearbook.families import SIGNS, families
from yearbook.finding import Finding, Severity
from yearbook.interval import Verdict, hedged
from yearbook.linear import Linear, Reference, linear
from yearbook.model import Kind, Place, Relation, Text
from yearbook.records import Records
from yearbook.slips import slips

Sum = tuple[tuple[Reference, Fraction], ...]
"""The figures of a sum and their coefficients, in the order of their names."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a rule claims of a sum: it lies between ``low`` and ``high`` (None: no bound)."""

    rule: str
    place: Place
    low: Fraction | None
    high: Fraction | None

    def implies(self, other: "Claim") -> bool:
        """Whether it says all the other says."""
        low = other.low is None or (self.low is not None and self.low >= other.low)
        high = other.high is None or (self.high is not None and self.high <= other.high)
        return low and high

    def excludes(self, other: "Claim") -> bool:
        """Whether both cannot hold."""
        return _above(self, other) or _above(other, self)


def _above(one: Claim, other: Claim) -> bool:
    return one.low is not None and other.high is not None and one.low > other.high


def check(records: Records) -> Iterator[Finding]:
    """Every rule that guards nothing, each at its own cell.

    >>> from yearbook.specimen import fact, records, rule
    >>> facts = (fact("a", 3), fact("b", 2))
    >>> list(check(records(*facts, rules=(rule("a >= b"),))))
    []
    >>> [found.what.en for found in check(records(*facts, rules=(rule("1 <= 2"),)))]
    ['1 <= 2 names no figure']
    """
    readable = []
    for rule in records.chapter.rules:
        try:
            comparisons = relation.parse(rule.text)
        except relation.RuleError:
            continue
        if rule.id in CONCERNS:
            yield _taken(rule)
        if not any(relation.references(side) for c in comparisons for side in (c.left, c.right)):
            yield _about_nothing(rule)
        else:
            readable.append((rule, comparisons))
    told = tuple(_compared(records, readable))
    yield from told
    yield from _together(records, readable, {found.where for found in told})
    for rule, comparisons in readable:
        meant, unknown = names(records, comparisons)
        if meant is None and not unknown:
            yield _unapplied(rule)
        elif meant is not None and _idle(comparisons, meant):
            yield _guards_nothing(rule)


def _compared(
    records: Records, rules: Sequence[tuple[Rule, tuple[relation.Comparison, ...]]]
) -> Iterator[Finding]:
    """Contradictions and repetitions, each told of the later rule."""
    stated: dict[Sum, list[Claim]] = {}
    for form, claim in _of_codes(records):
        stated.setdefault(form, []).append(claim)
    for rule, comparisons in rules:
        forms = list(map(linear, comparisons))
        claims = [_claim(form, rule.id, rule.place) for form in forms if form and form.terms]
        repeated: list[Claim] = []
        for form, claim in claims:
            earlier = stated.setdefault(form, [])
            against = next((one for one in earlier if one.excludes(claim)), None)
            if against:
                yield _contradicts(rule, against.rule)
            repeated.extend([one for one in earlier if one.implies(claim)][:1])
            earlier.append(claim)
        if len(repeated) == len(comparisons):
            yield _repeats(rule, repeated[0].rule)


def _together(
    records: Records,
    rules: Sequence[tuple[Rule, tuple[relation.Comparison, ...]]],
    told: Collection[str],
) -> Iterator[Finding]:
    """Equations that several others contradict or imply together; one that is as strict as none
    of the others says more than they do."""
    by_id = {rule.id: rule for rule, _ in rules}
    stated = [(name, form) for name, form in _equations(records) if name not in by_id]
    for rule, comparisons in rules:
        form = linear(comparisons[0]) if len(comparisons) == 1 else None
        if form and form.terms and form.sign == "=" and rule.id not in told:
            stated.append((rule.id, form))
    for one in implied(stated):
        own = by_id.get(one.rule)
        levels = [by_id[each].level for each in one.others if each in by_id]
        if own and one.excluded:
            yield _contradicts(own, " + ".join(one.others))
        elif own and all(level in (Severity.ERROR, own.level) for level in levels):
            yield _repeats(own, " + ".join(one.others))


def _equations(records: Records) -> Iterator[tuple[str, Linear]]:
    """The partitions of codes.csv as equations."""
    for family in families(records.chapter.codes):
        if family.dimension == "id" and family.relation is Relation.SUM:
            terms = {("fact", family.parent): Fraction(1)}
            terms |= {("fact", part): Fraction(-1) for part in family.parts}
            yield family.rule, Linear(terms, Fraction(0))


def _of_codes(records: Records) -> Iterator[tuple[Sum, Claim]]:
    for family in families(records.chapter.codes):
        if family.dimension == "id":
            terms = {("fact", family.parent): Fraction(1)}
            terms |= {("fact", part): Fraction(-1) for part in family.parts}
            form = Linear(terms, Fraction(0), SIGNS[family.relation])
            yield _claim(form, family.rule, records.chapter.place)


def _claim(form: Linear, rule: str, place: Place) -> tuple[Sum, Claim]:
    """A sum in one order of its names, and the claim about it."""
    ordered = Linear(dict(sorted(form.terms.items())), form.constant, form.sign).whole
    bound = -ordered.constant
    low = bound if ordered.sign in ("=", ">=") else None
    high = bound if ordered.sign in ("=", "<=") else None
    return tuple(ordered.terms.items()), Claim(rule, place, low, high)


def _idle(comparisons: tuple[relation.Comparison, ...], meant: Mapping[Key, Meant]) -> bool:
    """Whether the rule holds and would still hold after any single slip in its figures."""
    facts = {key: one.fact for key, one in meant.items() if one.fact}
    if not facts or not _holds(comparisons, meant):
        return False
    for key, fact in facts.items():
        if fact.unit.kind is Kind.DATE:
            return False
        for value in slips(fact.value):
            bounds = hedged(value, fact.qualifier)
            slipped = {**meant, key: Meant(bounds, fact=fact)}
            if not _holds(comparisons, slipped):
                return False
    return True


def _holds(comparisons: tuple[relation.Comparison, ...], meant: Mapping[Key, Meant]) -> bool:
    try:
        return set(verdicts(comparisons, meant)) == {Verdict.HOLDS}
    except ZeroDivisionError:
        return False


def _about_nothing(rule: Rule) -> Finding:
    return Finding(
        "rule",
        Severity.ERROR,
        rule.place,
        Text(f"{rule.text} names no figure", f"规则“{rule.text}”没有涉及任何数据"),
        Text("name the figures by their ids, or delete the row", "请写明数据的 id，或删除该行"),
        rule.id,
    )


def _contradicts(rule: Rule, other: str) -> Finding:
    itself = other == rule.id
    return Finding(
        "rule",
        Severity.ERROR,
        rule.place,
        Text("the rule contradicts itself", "该规则自相矛盾")
        if itself
        else Text(f'the rule contradicts "{other}"', f"该规则与“{other}”矛盾"),
        Text("no figures can satisfy both sides: correct it", "没有任何数据能同时满足，请改正")
        if itself
        else Text(
            "no figures can satisfy both: correct one", "没有任何数据能同时满足两者，请改正其一"
        ),
        rule.id,
    )


def _repeats(rule: Rule, other: str) -> Finding:
    return Finding(
        "rule-idle",
        Severity.WARNING,
        rule.place,
        Text(f'"{other}" already says as much', f"“{other}”已包含该规则"),
        Text("delete the row, or make it say more", "请删除该行，或使其要求更严"),
        rule.id,
    )


def _guards_nothing(rule: Rule) -> Finding:
    return Finding(
        "rule-idle",
        Severity.WARNING,
        rule.place,
        Text(
            "no single slip in its figures would break the rule",
            "即使其中任一数据出现单个录入差错，该规则也不会报错",
        ),
        Text("draw its bounds closer, or delete the row", "请收紧界限，或删除该行"),
        rule.id,
    )


def _unapplied(rule: Rule) -> Finding:
    return Finding(
        "rule-idle",
        Severity.INFORMATION,
        rule.place,
        Text(
            "the rule is not applied: there is no figure of the year before",
            "没有上一年的数据，该规则未适用",
        ),
        Text(
            "nothing to do in a first edition; else keep last year’s rows",
            "首版无须处理；否则请保留上一年的数据行",
        ),
        rule.id,
    )


def _taken(rule: Rule) -> Finding:
    return Finding(
        "rule",
        Severity.ERROR,
        rule.place,
        Text(
            f'"{rule.id}" is the name of a check of the toolkit',
            f"“{rule.id}”是系统自带规则的名称",
        ),
        Text("give the rule an id of its own", "请为该规则另取 id"),
        rule.id,
    )
