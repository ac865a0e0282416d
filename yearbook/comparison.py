"""The clause that says how a figure changed on the year before, in each language."""

from decimal import Decimal

from markupsafe import Markup

from yearbook.model import Language


def comparison(change: Decimal, by: Markup, on: Markup, language: Language) -> Markup:
    """The clause that compares with the year before; the direction follows the figures.

    >>> comparison(Decimal("5.4"), Markup("5.4%"), Markup("2010"), Language.EN)
    Markup(', up 5.4% on 2010')
    """
    direction = (change > 0) - (change < 0)
    clauses = {
        (Language.EN, 1): Markup(", up {by} on {on}"),
        (Language.EN, -1): Markup(", down {by} on {on}"),
        (Language.EN, 0): Markup(", the same as in {on}"),
        (Language.ZH, 1): Markup("，比{on}增长{by}"),
        (Language.ZH, -1): Markup("，比{on}下降{by}"),
        (Language.ZH, 0): Markup("，与{on}持平"),
    }
    return clauses[language, direction].format(by=by, on=on)
