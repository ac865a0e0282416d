"""Two sides of a rule and what is to be said of them; relations and written rules share it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from yearbook.checks.cells import listed, said
from yearbook.interval import Interval, Verdict, gap, judge
from yearbook.model import Place, Text

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

    @property
    def verdict(self) -> Verdict:
        """Whether it holds."""
        return judge(self.sign, self.left.bounds, self.right.bounds)

    @property
    def difference(self) -> Decimal | None:
        """Left less right, if it fails."""
        if self.verdict is not Verdict.FAILS:
            return None
        return gap(self.left.bounds, self.right.bounds)

    def what(self) -> Text:
        """The one clause of a finding."""
        left, right = said(self.left.bounds), said(self.right.bounds)
        if self.verdict is Verdict.UNDECIDED:
            return self._undecided(left, right)
        if self.sign == "=":
            return Text(
                f"{self.left.words} is {left.en} but {self.right.words} is {right.en}",
                f"“{self.left.words}”为{left.zh}，而“{self.right.words}”为{right.zh}",
            )
        than = _OPPOSITE[self.sign]
        plain = self.right.words == right.en
        return Text(
            f"{self.left.words} is {left.en}, {than.en} "
            + (right.en if plain else f"{self.right.words}, which is {right.en}"),
            f"“{self.left.words}”为{left.zh}，{than.zh}"
            + (right.zh if plain else f"“{self.right.words}”（{right.zh}）"),
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
