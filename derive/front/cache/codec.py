"""Values of the core types as JSON, and back.

Of a closed table of types: text makes nothing but these, each field of the type that it is declared with.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from derive import model
from derive.classes import fields
from derive.reasons import Reason, Why
from derive.reasons.choices import Choice, Chosen
from derive.reasons.gaps import Gap

_RECORDS: Mapping[str, Any] = {
    kind.__name__: kind
    for kind in (
        model.Span,
        model.Problem,
        model.Counterexample,
        model.Step,
        model.Verdict,
        model.Claim,
        model.Formula,
        model.Macro,
        model.Label,
        model.Fix,
        model.Diagnostic,
        model.Decided,
        model.Source,
        model.Suppressed,
        model.FileReport,
        Reason,
        Choice,
    )
}
_NAMES: Mapping[str, type[Enum]] = {
    kind.__name__: kind for kind in (model.Status, model.Stance, model.Severity, Why, Gap, Chosen)
}
_LARGEST = 1 << 28
"""Bytes of one value, so that a small row cannot fill the memory."""


class Unstorable(Exception):
    """A value that has no form in the cache, or a stored one that is none of ours."""


def dumps(value: Any) -> bytes:
    """The value as bytes. Raises Unstorable for what is not of these types (a term)."""
    text = json.dumps(_written(value), ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def loads(data: bytes) -> Any:
    """The value that `dumps` wrote. Raises Unstorable for anything else."""
    try:
        reader = zlib.decompressobj()
        text = reader.decompress(data, _LARGEST)
        if not reader.eof:
            raise Unstorable("cut off")
        return _read(json.loads(text.decode("utf-8", "surrogatepass")))
    except (zlib.error, ValueError, TypeError, KeyError, RecursionError, ZeroDivisionError) as error:
        raise Unstorable(str(error)) from None


def _written(value: Any) -> Any:
    kind = type(value)
    if kind in (str, int, float, bool, NoneType):
        return value
    if kind is tuple:
        return ["()", *map(_written, value)]
    if kind is list:
        return ["[]", *map(_written, value)]
    if kind is dict and all(type(key) is str for key in value):
        return {key: _written(v) for key, v in value.items()}
    if kind is Fraction:
        return ["q", str(value)]
    if _NAMES.get(kind.__name__) is kind:
        return ["=" + kind.__name__, value.name]
    if _RECORDS.get(kind.__name__) is kind:
        return [kind.__name__, *(_written(getattr(value, name)) for name in _hints(kind))]
    raise Unstorable(kind.__name__)


def _read(data: Any) -> Any:
    match data:
        case None | bool() | int() | float() | str():
            return data
        case dict():
            return {key: _read(v) for key, v in data.items()}
        case ["()", *items]:
            return tuple(map(_read, items))
        case ["[]", *items]:
            return list(map(_read, items))
        case ["q", str(text)]:
            return Fraction(text)
        case [str(tag), str(name)] if tag[:1] == "=":
            return _NAMES[tag[1:]][name]
        case [str(name), *items]:
            kind = _RECORDS[name]
            values = dict(zip(_hints(kind), map(_read, items), strict=True))
            for field, hint in _hints(kind).items():
                if not _fits(values[field], hint):
                    raise Unstorable(f"{name}.{field}")
            return kind(**values)
    raise Unstorable("no stored value")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind)}


def _fits(value: Any, hint: Any) -> bool:
    if hint is Any:
        return True
    origin = get_origin(hint)
    if origin is None:
        return type(value) is hint or (isinstance(hint, type) and isinstance(value, hint))
    of = get_args(hint)
    if origin in (Union, UnionType):
        return any(_fits(value, part) for part in of)
    if origin is tuple:
        if not isinstance(value, tuple):
            return False
        if len(of) == 2 and of[1] is ...:
            return all(_fits(item, of[0]) for item in value)
        return len(value) == len(of) and all(map(_fits, value, of))
    if origin is Literal:
        return value in of
    return isinstance(value, origin)
