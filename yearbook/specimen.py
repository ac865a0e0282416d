"""The smallest records that examples and tests need."""

from decimal import Decimal

from yearbook.model import Cell, Fact, Kind, Period, Place, Qualifier, Unit

_PLACE = Place("data/units.csv", 2, 1, "A2")
_ONE = Decimal(1)
UNITS = {
    unit.id: unit
    for unit in (
        Unit("person", Kind.COUNT, "person", "people", "人", _ONE, "persons", _ONE, "人", _PLACE),
        Unit(
            "yuan",
            Kind.MONEY,
            "yuan",
            "yuan",
            "元",
            Decimal(1_000_000),
            "million yuan",
            Decimal(10_000),
            "万元",
            _PLACE,
        ),
        Unit("group", Kind.ORDINAL, "", "", "届", _ONE, "", _ONE, "", _PLACE),
        Unit("date", Kind.DATE, "", "", "", _ONE, "", _ONE, "", _PLACE),
    )
}
"""Units as units.csv defines them."""


def fact(
    name: str,
    value: int | str,
    unit: str = "person",
    qualifier: str = "exact",
    quote: str = "",
) -> Fact:
    """A fact of 2010 in a table that does not exist.

    >>> fact("dispatched", 437).value
    Decimal('437')
    """
    place = Place("data/specimen/people.csv", 2, 1, "A2")
    return Fact(
        id=name,
        period=Period("2010", "2010"),
        value=Decimal(value),
        unit=UNITS[unit],
        qualifier=Qualifier(qualifier),
        quote=Cell(quote, place),
        source="most-2010",
        note="",
        dimensions={},
        table="people",
        place=place,
    )
