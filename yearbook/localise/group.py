"""Broken rules in groups that have nothing to do with one another."""

from collections.abc import Collection, Iterator, Mapping

from yearbook.constraint import System


def regions(system: System, broken: Collection[int]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Pairs of all rules that hang together with some broken ones, and those broken ones.

    Rules hang together that share a cell, if only by way of others.
    """
    by_cell: dict[str, list[int]] = {}
    for number, constraint in enumerate(system.constraints):
        for key, _ in constraint.terms:
            by_cell.setdefault(key, []).append(number)
    left = set(broken)
    while left:
        region = _reached(min(left), system, by_cell)
        yield tuple(sorted(region)), tuple(sorted(region & left))
        left -= region


def _reached(start: int, system: System, by_cell: Mapping[str, list[int]]) -> set[int]:
    region, edge = {start}, [start]
    seen: set[str] = set()
    while edge:
        for key, _ in system.constraints[edge.pop()].terms:
            if key not in seen:
                seen.add(key)
                new = set(by_cell[key]) - region
                region |= new
                edge.extend(new)
    return region


def groups(terms: Mapping[int, Collection[int]]) -> tuple[tuple[int, ...], ...]:
    """Broken rules by number with their cells, put together where they share one.

    >>> groups({0: (1, 2), 3: (4, 5), 7: (5, 1), 8: (6,)})
    ((0, 3, 7), (8,))
    """
    found: list[tuple[set[int], set[int]]] = []
    for rule, cells in terms.items():
        rules, together = {rule}, set(cells)
        apart = []
        for other in found:
            if other[1] & together:
                rules |= other[0]
                together |= other[1]
            else:
                apart.append(other)
        found = [*apart, (rules, together)]
    return tuple(sorted(tuple(sorted(rules)) for rules, _ in found))
