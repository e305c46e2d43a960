"""Terms as plain JSON data and back: exact, without the LaTeX reader between."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

from derive.classes import MISSING, fields, is_dataclass
from derive.term import nodes
from derive.term.nodes import Term

_CLASSES: dict[str, Any] = {
    name: value
    for name, value in vars(nodes).items()
    if isinstance(value, type) and is_dataclass(value) and not name.startswith("_")
}
DEPTH = 200


def dump(term: Term) -> Any:
    """The term as JSON data; its spans are left out."""
    return _dump(term)


def _dump(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case Fraction():
            return {"q": str(value)}
        case tuple():
            return [_dump(x) for x in value]
        case _:
            data: dict[str, Any] = {"node": type(value).__name__}
            for f in fields(value):
                item = getattr(value, f.name)
                if f.name != "span" and not (f.default is not MISSING and item == f.default):
                    data[f.name] = _dump(item)
            return data


def load(data: Any) -> Term:
    """The term that `dump` wrote. Raises ValueError for anything else."""
    try:
        return cast(Term, _load(data, 0))
    except (TypeError, KeyError, AttributeError, ZeroDivisionError) as error:
        raise ValueError(f"no stored term: {error}") from None


def _load(data: Any, depth: int) -> Any:
    if depth > DEPTH:
        raise ValueError("no stored term: too deep")
    match data:
        case None | bool() | int() | str():
            return data
        case list():
            return tuple(_load(x, depth + 1) for x in data)
        case {"q": str(text)}:
            return Fraction(text)
        case {"node": str(name), **rest} if name in _CLASSES:
            return _CLASSES[name](**{str(k): _load(v, depth + 1) for k, v in rest.items()})
        case _:
            raise ValueError("no stored term")


__all__ = ["dump", "load"]
