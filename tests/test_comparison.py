"""The clause of a comparison: the direction follows the figures, the rest is the same."""

from decimal import Decimal

import pytest
from markupsafe import Markup

from yearbook.comparison import comparison
from yearbook.model import Language


@pytest.mark.parametrize(
    ("change", "en", "zh"),
    [
        ("0.1", ", up <b>5</b> on 2010", "，比2010增长<b>5</b>"),
        ("-0.1", ", down <b>5</b> on 2010", "，比2010下降<b>5</b>"),
        ("0.0", ", the same as in 2010", "，与2010持平"),
    ],
)
def test_direction(change: str, en: str, zh: str) -> None:
    """Up, down, or the same, in both languages; what is bound stays markup."""
    for language, said in zip(Language, (en, zh), strict=True):
        by, on = Markup("<b>5</b>"), Markup("2010")
        assert str(comparison(Decimal(change), by, on, language)) == said


def test_escaped() -> None:
    """What is not markup is escaped."""
    said = comparison(Decimal(1), Markup("&lt;"), Markup("x"), Language.EN)
    assert said == Markup(", up &lt; on x")
