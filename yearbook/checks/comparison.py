"""Two sides of a rule and what is to be said of them; relations and written rules share it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from yearbook import numbers
from yearbook.checks.cells import listed, said
from yearbook.finding import Severity
from yearbook.interval import Interval, Verdict, combine, gap, judge
from yearbook.model import Place, Text
from yearbook.tolerance import EXACT, Slack

_OPPOSITE = {">=": Text("less than", "少于"), "<=": Text("more than", "多于")}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a rule: as it is written, and what it comes to."""

    words: str
    bounds: Interval


@dataclass(frozen=True, slots=True)
class Comparison:
    """What should hold of two sides.

    >>> from yearbook.interval import point
    >>> nine, seven = Side("group", point(Decimal(9))), Side("a + b", point(Decimal(7)))
    >>> Comparison(nine, "=", seven).what().en
    'group is 9 but a + b is 7'
    >>> Comparison(seven, ">=", nine).what().zh
    '“a + b”为7，少于“group”（9）'
    >>> Comparison(nine, "=", seven).difference
    Decimal('2')
    """

    left: Side
    sign: str
    right: Side
    slack: Slack = EXACT

    @property
    def verdict(self) -> Verdict:
        """Whether it holds; of exact sides what rounding explains holds, too.

        Beyond the worst that rounding can do it fails; beyond what it does in all but a few in
        100,000 cases it is doubtful.
        """
        left, right = self.left.bounds, self.right.bounds
        worst, likely = self.slack.worst, self.slack.likely
        if not (left.exact and right.exact):
            return judge(self.sign, left, combine("+", right, Interval(-worst, worst)))
        if judge(self.sign, left, right) is Verdict.HOLDS:
            return Verdict.HOLDS
        off = abs(left.low - right.low)
        if off <= likely:
            return Verdict.HOLDS
        return Verdict.DOUBTFUL if off <= worst else Verdict.FAILS

    @property
    def severity(self) -> Severity:
        """How bad it is by itself, unless a person's rule says otherwise."""
        return {
            Verdict.FAILS: Severity.ERROR,
            Verdict.DOUBTFUL: Severity.WARNING,
        }.get(self.verdict, Severity.INFORMATION)

    @property
    def difference(self) -> Decimal | None:
        """Left less right, if it fails or is doubtful."""
        if self.verdict not in (Verdict.FAILS, Verdict.DOUBTFUL):
            return None
        return gap(self.left.bounds, self.right.bounds)

    def what(self) -> Text:
        """The one clause of a finding."""
        left, right = said(self.left.bounds), said(self.right.bounds)
        if self.verdict is Verdict.UNDECIDED:
            return self._undecided(left, right)
        doubt = self._doubt()
        if self.sign == "=":
            return Text(
                f"{self.left.words} is {left.en} but {self.right.words} is {right.en}{doubt.en}",
                f"“{self.left.words}”为{left.zh}，而“{self.right.words}”为{right.zh}{doubt.zh}",
            )
        than = _OPPOSITE[self.sign]
        plain = self.right.words == right.en
        return Text(
            f"{self.left.words} is {left.en}, {than.en} "
            + (right.en if plain else f"{self.right.words}, which is {right.en}")
            + doubt.en,
            f"“{self.left.words}”为{left.zh}，{than.zh}"
            + (right.zh if plain else f"“{self.right.words}”（{right.zh}）")
            + doubt.zh,
        )

    def _doubt(self) -> Text:
        if self.verdict is not Verdict.DOUBTFUL:
            return Text("", "")
        likely = numbers.text(self.slack.likely)
        return Text(
            f", and rounding hardly ever explains more than {likely}",
            f"，四舍五入造成的差异一般不超过{likely}",
        )

    def _undecided(self, left: Text, right: Text) -> Text:
        rule = f"{self.left.words} {self.sign} {self.right.words}"
        return Text(
            f"{rule} cannot be decided: {left.en} against {right.en}",
            f"无法判定“{rule}”是否成立：左边{left.zh}，右边{right.zh}",
        )


def hint(message: Text, verdict: Verdict, places: Iterable[Place]) -> Text:
    """What the rule means and which cells to compare with the source.

    >>> hint(Text("one each", "各一"), Verdict.FAILS, [Place("d/x.csv", 2, 1, "C2")]).en
    'one each; compare x.csv C2 with the source'
    """
    cells = listed(places)
    if verdict is Verdict.UNDECIDED:
        end = Text(
            f"nothing to do unless the source is more exact than {cells.en}",
            f"如资料中没有比{cells.zh}更精确的数字，无须处理",
        )
    else:
        end = Text(f"compare {cells.en} with the source", f"请对照资料核对{cells.zh}")
    if not message.en:
        return end
    return Text(f"{message.en}; {end.en}", f"{message.zh}；{end.zh}")
