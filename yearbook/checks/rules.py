"""The rules that editors write: rules.csv by the grammar of `yearbook.relation`.

A rule that cannot be read, or that names what is not there, is reported as a broken rule (rule
id ``rule``, at its own cell), never as broken data.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from yearbook import relation
from yearbook.book import Rule
from yearbook.checks.across import DOT, elsewhere
from yearbook.checks.cells import suspects, where
from yearbook.checks.comparison import Comparison, Side, hint
from yearbook.concern import Concern
from yearbook.finding import Finding, Severity, Suspect
from yearbook.frame import ids
from yearbook.interval import Interval, Verdict, interval, point
from yearbook.linear import linear
from yearbook.model import Fact, Place, Text
from yearbook.records import Records, UnknownError, suggestion
from yearbook.tolerance import EXACT, Slack, slack, step

DATA_YEAR = "data_year"
"""The one name of a rule that is no indicator: the year the book reports."""
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Meant:
    """What a name in a rule stands for: bounds, the cells they come from, and their name; the
    figure, or those of other chapters."""

    bounds: Interval
    suspects: tuple[Suspect, ...] = ()
    where: str = ""
    fact: Fact | None = None
    others: tuple[Fact, ...] = ()


class NoPreviousError(LookupError):
    """There is no figure of the year before, so the rule does not apply."""


def check(records: Records) -> Iterator[Finding]:
    """Every rule that fails, cannot be decided or is itself broken.

    >>> from yearbook.specimen import fact, records, rule
    >>> good = records(fact("a", 3), fact("b", 2), rules=(rule("a >= b"),))
    >>> list(check(good))
    []
    >>> bad = records(fact("a", 1), fact("b", 2), rules=(rule("a >= b"), rule("a = bb")))
    >>> [finding.what.en for finding in check(bad)]
    ['a is 1, less than b, which is 2', 'no figure is called "bb"']
    """
    for rule in records.chapter.rules:
        try:
            comparisons = relation.parse(rule.text)
        except relation.RuleError as problem:
            yield _broken(rule, problem.what, _GRAMMAR)
        else:
            yield from _applied(records, rule, comparisons)


_GRAMMAR = Text(
    "write for example: total = part_a + part_b; a >= b; a / b between 100 and 5000; "
    "a = count(list)",
    "写法举例：total = part_a + part_b；a >= b；a / b between 100 and 5000；a = count(list)",
)


def _applied(
    records: Records, rule: Rule, comparisons: tuple[relation.Comparison, ...]
) -> Iterator[Finding]:
    """Look up all names first, so that every unknown one is reported, then judge."""
    meant, problems = names(records, comparisons)
    for problem in problems:
        yield _broken(rule, problem.what, problem.hint)
    if meant is not None:
        yield from _judged(rule, comparisons, meant)


def names(
    records: Records, comparisons: tuple[relation.Comparison, ...]
) -> tuple[dict[Key, Meant] | None, tuple[UnknownError, ...]]:
    """What the names of a rule stand for, or nothing if the rule does not apply or is broken; and
    what nobody knows."""
    meant: dict[Key, Meant] = {}
    applies, problems = True, []
    for key in _references(comparisons):
        try:
            meant[key] = _look_up(records, *key)
        except NoPreviousError:
            applies = False
        except UnknownError as problem:
            problems.append(problem)
    return (meant if applies and not problems else None), tuple(problems)


def _references(comparisons: tuple[relation.Comparison, ...]) -> tuple[Key, ...]:
    sides = (side for one in comparisons for side in (one.left, one.right))
    return tuple(dict.fromkeys(key for side in sides for key in relation.references(side)))


def _look_up(records: Records, function: str, name: str) -> Meant:
    if function == "count":
        return _count(records, name)
    if function == "fact" and name == DATA_YEAR:
        return Meant(point(Decimal(records.year)))
    if function == "fact" and DOT in name:
        told = elsewhere(records, name)
        return Meant(told.bounds, told.cells, others=told.facts)
    fact = _fact(records, name)
    if function == "prev":
        previous = records.previous(fact)
        if previous is None:
            raise NoPreviousError(name)
        fact = previous
    return Meant(interval(fact), suspects(records, (fact,)), where(records, fact), fact)


def _fact(records: Records, name: str) -> Fact:
    """As `Records.fact`, but an indicator whose row is missing or unreadable is no misspelling."""
    if records.series(name):
        return records.fact(name)
    known = {code.code for code in records.chapter.codes if code.dimension == "id"}
    if name in known:
        raise UnknownError(
            Text(f'"{name}" has no figure', f"“{name}”没有数据"),
            Text(
                "add its row to a table, or mend the row if it could not be read",
                "请在数据表中补充该行；如该行无法读取，请先改正",
            ),
        )
    if name in records.chapter.lists:
        raise UnknownError(
            Text(f'"{name}" is a list, not a figure', f"“{name}”是名单，不是数据"),
            Text(f"write count({name}) for the number of its rows", f"求行数请写count({name})"),
        )
    try:
        return records.fact(name)
    except UnknownError as problem:
        used = ids(records.chapter.facts)
        raise UnknownError(
            problem.what, suggestion(name, (known | used | {DATA_YEAR}) - {name})
        ) from problem


def _count(records: Records, name: str) -> Meant:
    entries = records.entries(name)
    count = str(len(entries))
    cells = tuple(Suspect(Place(entry.place.file), name, count) for entry in entries[:1])
    return Meant(point(Decimal(count)), cells, name)


def _judged(
    rule: Rule, comparisons: tuple[relation.Comparison, ...], meant: dict[Key, Meant]
) -> Iterator[Finding]:
    """The worst that is to be said of a rule; ``between`` is two comparisons."""
    try:
        compared = _compared(comparisons, meant)
    except ZeroDivisionError:
        yield _by_zero(rule, tuple(meant.values()))
        return
    for verdict in (Verdict.FAILS, Verdict.DOUBTFUL, Verdict.UNDECIDED):
        for one in compared:
            if one.verdict is verdict:
                yield _finding(rule, one, tuple(meant.values()), _concern(comparisons))
                return


def verdicts(
    comparisons: tuple[relation.Comparison, ...], meant: Mapping[Key, Meant]
) -> tuple[Verdict, ...]:
    """What each comparison of a rule comes to. Raises `ZeroDivisionError`."""
    return tuple(one.verdict for one in _compared(comparisons, meant))


def _compared(
    comparisons: tuple[relation.Comparison, ...], meant: Mapping[Key, Meant]
) -> list[Comparison]:
    return [
        Comparison(_side(one.left, meant), one.sign, _side(one.right, meant), _slack(one, meant))
        for one in comparisons
    ]


def _slack(rule: relation.Comparison, meant: Mapping[Key, Meant]) -> Slack:
    """What rounding explains, if the rule is a sum."""
    form = linear(rule)
    if form is None:
        return EXACT
    known = (
        (part, fact)
        for name, part in form.terms.items()
        for fact in (meant[name].fact, *meant[name].others)
    )
    return slack(
        (Decimal(part.numerator) / part.denominator, step(fact)) for part, fact in known if fact
    )


def _concern(comparisons: tuple[relation.Comparison, ...]) -> Concern:
    """A count compares text and table, another chapter two of them; a band or a bound asks what is
    plausible, a sum adds up."""
    kinds = {function for function, _ in _references(comparisons)}
    if "count" in kinds:
        return Concern.TEXT_AND_TABLE
    if any(DOT in name for _, name in _references(comparisons)):
        return Concern.CHAPTERS
    first = linear(comparisons[0])
    bound = first is None or len(first.terms) < 2
    return Concern.IMPLAUSIBLE if bound or len(comparisons) > 1 else Concern.PARTS


def _side(term: relation.Term, meant: Mapping[Key, Meant]) -> Side:
    bounds = relation.evaluate(term, lambda function, name: meant[function, name].bounds)
    return Side(relation.written(term), bounds)


def _finding(
    rule: Rule, compared: Comparison, meant: tuple[Meant, ...], concern: Concern
) -> Finding:
    cells = tuple(suspect for one in meant for suspect in one.suspects)
    level = Severity(rule.level)
    milder = Severity.WARNING if level is Severity.ERROR else level
    severity = {Verdict.FAILS: level, Verdict.DOUBTFUL: milder}
    return Finding(
        rule.id,
        severity.get(compared.verdict, Severity.INFORMATION),
        cells[0].place if cells else rule.place,
        compared.what(),
        hint(rule.message, compared.verdict, [cell.place for cell in cells] or [rule.place]),
        next((one.where for one in meant if one.where), rule.id),
        compared.difference,
        compared.slack.worst or None,
        suspects=cells,
        of=concern,
    )


def _by_zero(rule: Rule, meant: tuple[Meant, ...]) -> Finding:
    """A zero among the data is the data's fault; one typed in the rule is the rule's."""
    cells = tuple(suspect for one in meant for suspect in one.suspects)
    what = Text(f"{rule.text} divides by a figure that may be zero", f"“{rule.text}”的除数可能为零")
    rewrite = Text("or write the rule without dividing", "或改写规则，不用除法")
    if not cells:
        return _broken(rule, what, rewrite)
    look = hint(rule.message, Verdict.FAILS, [cell.place for cell in cells])
    return Finding(
        rule.id,
        Severity(rule.level),
        cells[0].place,
        what,
        Text(f"{look.en}, {rewrite.en}", f"{look.zh}，{rewrite.zh}"),
        next((one.where for one in meant if one.where), rule.id),
        suspects=cells,
        of=Concern.IMPLAUSIBLE,
    )


def _broken(rule: Rule, what: Text, hint: Text) -> Finding:
    return Finding("rule", Severity.ERROR, rule.place, what, hint, rule.id)
