"""The numeral: one number as a sentence writes it, and where it stands."""

from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum

from yearbook.model import Qualifier

_EXACT = Context(prec=1000)


class NumeralKind(StrEnum):
    """What a numeral says; it decides how ``Numeral.value`` is to be understood."""

    CARDINAL = "cardinal"  # 72,000 people: 72000
    ORDINAL = "ordinal"  # the 24th group, Part IV, 第24届, 首届: 24, 4, 24, 1
    PERCENT = "percent"  # 12.5 percent, 三成: 12.5, 30 (never 0.125)
    PERCENTAGE_POINTS = "percentage_points"  # 2 percentage points, 2个百分点: 2
    FRACTION = "fraction"  # one third, 三分之一, half, 3‰: 0.333..., 0.5, 0.003
    MULTIPLE = "multiple"  # doubled, three-fold, 翻两番, 减半: 2, 3, 4, 0.5
    YEAR = "year"  # 2010
    YEAR_MONTH = "year_month"  # April 2010: 201004
    DATE = "date"  # April 16, 2010: 20100416
    MONTH_DAY = "month_day"  # April 16: 416
    MONTH = "month"  # April: 4
    DECADE = "decade"  # the 1980s, 20世纪80年代: 1980
    TIME = "time"  # 14:30: 1430
    VAGUE = "vague"  # dozens, 数十: no value
    CODE = "code"  # A4, H1N1, 3G: no value, only its text


class Role(StrEnum):
    """Whether a numeral stands alone or at an end of a range (5 to 10, 1986—2010年, 两三个)."""

    SINGLE = "single"
    START = "start"
    END = "end"


class Style(StrEnum):
    """A way of writing that is read but that GB/T 15835 and the editors' handbooks forbid."""

    MIXED_SCALES = "mixed_scales"  # 3亿4500万: write 3.45亿 or 34500万
    SCALE_AS_UNIT = "scale_as_unit"  # 5千万, 3百: only 万 and 亿 follow Arabic digits


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number as a text writes it.

    ``value`` has scales folded in (44.05 million is 44050000) and is None for the kinds ``vague``
    and ``code``. ``unit`` is the word or words that follow, as written ("" where none does).
    ``start`` and ``end`` bound the whole token in characters of the text: prefix (第, No., $),
    hedge, number, scale and sign of kind (%, 年月日); a hedge after the unit (50名以上) takes the
    unit in. ``number_start`` and ``number_end`` bound the bare number: the digits without scale,
    or the whole run of number words. ``unit_end`` is where the unit ends.
    """

    value: Decimal | None
    kind: NumeralKind
    start: int
    end: int
    number_start: int
    number_end: int
    hedge: Qualifier = Qualifier.EXACT
    unit: str = ""
    text: str = ""
    role: Role = Role.SINGLE
    style: Style | None = None
    unit_end: int = 0

    @property
    def reach(self) -> int:
        """Where the numeral ends together with its unit."""
        return max(self.end, self.unit_end)


def times(value: Decimal, factor: int) -> Decimal:
    """A value times its scale, exact, without the zeros that scaling leaves behind the point.

    >>> times(Decimal("44.05"), 1_000_000), times(Decimal("0.5"), 1)
    (Decimal('44050000'), Decimal('0.5'))
    """
    product = _EXACT.multiply(value, Decimal(factor))
    whole = product.to_integral_value()
    return whole if whole == product else product
