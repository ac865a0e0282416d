"""Frozen values as JSON and back, so that a finding can be kept in a cache and told again."""

import json
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
_SIMPLE = (Enum, bool, int, float, str, bytes, Decimal)


def plain(value: object) -> Any:
    """A value made of dataclasses, enumerations, numbers, texts and collections, for JSON.

    The same value gives the same JSON in any process: sets and mappings come in order. Raises
    TypeError for anything else, so that nothing is taken for equal that was not compared.

    >>> from yearbook.model import Text
    >>> plain((Text("a", "甲"), Decimal("1.50"), {"b", "a"}))
    [{'en': 'a', 'zh': '甲'}, '1.50', ['a', 'b']]
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if value is None or isinstance(value, _SIMPLE):
        return _simple(value)
    if isinstance(value, Mapping):
        return sorted(([plain(key), plain(one)] for key, one in value.items()), key=_order)
    if isinstance(value, Set):
        return sorted(map(plain, value), key=_order)
    if isinstance(value, Sequence):
        return [plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} cannot be compared")


def _simple(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    return str(value) if isinstance(value, str | Decimal) else value


def _order(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def digest(value: object) -> str:
    """The sha256 of a value, the same in any process. Raises TypeError as `plain`.

    >>> digest(["a"]) == digest(("a",)), digest(Decimal("1.0")) == digest(Decimal("1.00"))
    (True, False)
    """
    return sha256(_order(plain(value)).encode("utf-8", "surrogatepass")).hexdigest()


def revived(kind: type[T], value: Any) -> T:
    """The value of a type from what `plain` made of it. Raises TypeError or ValueError.

    >>> from yearbook.model import Place
    >>> revived(Place, plain(Place("x.csv", 2, 5, "B2")))
    Place(file='x.csv', line=2, column=5, cell='B2')
    """
    made: T = _revived(kind, value)
    return made


def _revived(kind: Any, value: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if value is None and type(None) in inner:
            return None
        return _revived(next(one for one in inner if one is not type(None)), value)
    if origin is tuple:
        return tuple(_revived(inner[0], one) for one in value)
    if is_dataclass(kind):
        hints, make = get_type_hints(kind), cast("Callable[..., Any]", kind)
        return make(**{name: _revived(hints[name], one) for name, one in value.items()})
    if isinstance(kind, type) and issubclass(kind, Enum | Decimal):
        return kind(value)
    if kind in (str, int, float, bool) and isinstance(value, str | int | float):
        return value
    raise TypeError(f"{kind} cannot be made of {value!r}")
