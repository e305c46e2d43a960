"""Dataclasses as the standard library makes them, at a fraction of the cost.

The standard library writes and compiles six functions for each class that is imported; for the few hundred of
this package that was a third of what a small document cost. Here each of them is compiled when it is first
called. A field of a frozen class is set by its slot, in two thirds of the time of `object.__setattr__`.

For a type checker `dataclass` and `replace` are those of the standard library, and they do the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, field, fields, is_dataclass
from functools import partial
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["MISSING", "dataclass", "field", "fields", "is_dataclass", "replace"]

if TYPE_CHECKING:
    from dataclasses import dataclass, replace
else:

    def dataclass(
        kind: type | None = None,
        /,
        *,
        frozen: bool = False,
        slots: bool = False,
        eq: bool = True,
        order: bool = False,
    ) -> Any:
        """As `dataclasses.dataclass` with the same options."""
        if kind is None:
            return lambda kind: _made(kind, frozen, slots, eq, order)
        return _made(kind, frozen, slots, eq, order)

    def replace(made: Any, /, **changes: Any) -> Any:
        """As `dataclasses.replace`."""
        kind = type(made)
        try:
            names = _GIVEN[kind]
        except KeyError:
            names = _GIVEN[kind] = tuple(f.name for f in fields(made) if f.init)
        for name in names:
            if name not in changes:
                changes[name] = getattr(made, name)
        return kind(**changes)


_GIVEN: dict[type, tuple[str, ...]] = {}
"""Of each class the fields that its constructor takes."""


def _made(kind: type, frozen: bool, slots: bool, eq: bool, order: bool) -> type:
    own = kind.__dict__
    undocumented = kind.__doc__ is None
    if undocumented:  # else the standard library writes one, from a signature that is dear to find
        kind.__doc__ = kind.__name__
    # where a class says how it is compared, Python has put a None in the place of the hash
    hashed = own.get("__hash__") is not None or ("__hash__" in own and "__eq__" not in own)
    kind = dataclasses.dataclass(kind, init=False, repr=False, eq=False, slots=slots)
    if undocumented:
        kind.__doc__ = None
    every = fields(kind)
    compared = tuple(f.name for f in every if f.compare)

    _later(kind, "__init__", lambda: _constructor(kind, frozen, slots))
    _add(kind, "__repr__", _repr(tuple(f.name for f in every if f.repr)))
    if eq:
        _later(kind, "__eq__", lambda: _comparison("__eq__", "==", compared))
        if not hashed:
            of = tuple(f.name for f in every if (f.compare if f.hash is None else f.hash))
            if "__hash__" in kind.__dict__:
                del kind.__hash__
            if frozen:
                _later(kind, "__hash__", lambda: _hash(of))
            else:
                kind.__hash__ = None  # type: ignore[assignment]
    if order:
        for name, sign in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
            _later(kind, name, partial(_comparison, name, sign, compared))
    if frozen:
        _freeze(kind, tuple(f.name for f in every), slots)
    return kind


def _add(kind: type, name: str, method: Callable[..., Any]) -> None:
    if name not in kind.__dict__:
        setattr(kind, name, method)


def _later(kind: type, name: str, compiled: Callable[[], Callable[..., Any]]) -> None:
    """Add a method that is compiled when it is first called, and then stands in its own place."""
    real: Callable[..., Any] | None = None

    def first(*given: Any, **named: Any) -> Any:
        nonlocal real
        if real is None:
            real = compiled()
            if kind.__dict__.get(name) is first:
                setattr(kind, name, real)
        return real(*given, **named)

    _add(kind, name, first)


def _compiled(name: str, arguments: Sequence[str], body: Sequence[str], names: dict[str, Any]) -> Any:
    lines = "\n  ".join(body or ["pass"])
    exec(f"def {name}({', '.join(arguments)}):\n  {lines}", names)  # of this package's own names of fields
    return names[name]


def _tuple(of: str, names: Sequence[str]) -> str:
    return f"({''.join(f'{of}.{name}, ' for name in names)})"


def _comparison(name: str, sign: str, names: Sequence[str]) -> Any:
    body = [
        *(["if self is other: return True"] if sign == "==" else []),
        "if other.__class__ is not self.__class__: return NotImplemented",
        f"return {_tuple('self', names)} {sign} {_tuple('other', names)}",
    ]
    return _compiled(name, ["self", "other"], body, {})


def _hash(names: Sequence[str]) -> Any:
    return _compiled("__hash__", ["self"], [f"return hash({_tuple('self', names)})"], {})


def _repr(names: Sequence[str]) -> Callable[[Any], str]:
    @recursive_repr()
    def text(self: Any) -> str:
        held = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({held})"

    return text


def _freeze(kind: type, names: tuple[str, ...], slots: bool) -> None:
    """No field is set or deleted after the constructor; what is unpickled is set past that."""

    def set_(self: Any, name: str, value: Any) -> None:
        if type(self) is kind or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def delete(self: Any, name: str) -> None:
        if type(self) is kind or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    _add(kind, "__setattr__", set_)
    _add(kind, "__delattr__", delete)
    if not slots:
        return

    def state(self: Any) -> list[Any]:
        return [getattr(self, name) for name in names]

    def set_state(self: Any, state: list[Any]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    _add(kind, "__getstate__", state)
    _add(kind, "__setstate__", set_state)


def _constructor(kind: type, frozen: bool, slots: bool) -> Any:
    names: dict[str, Any] = {"_left_out": MISSING, "_set": object.__setattr__}
    positional, by_name = ["self"], list[str]()
    body: list[str] = []
    for f in fields(kind):
        value = _argument(f, names, by_name if f.kw_only else positional)
        if value is None:
            continue
        if not frozen:
            body.append(f"self.{f.name} = {value}")
        elif slots:
            names[f"_set_{f.name}"] = getattr(kind, f.name).__set__
            body.append(f"_set_{f.name}(self, {value})")
        else:
            body.append(f"_set(self, {f.name!r}, {value})")
    if hasattr(kind, "__post_init__"):
        body.append("self.__post_init__()")
    return _compiled("__init__", [*positional, *(["*", *by_name] if by_name else [])], body, names)


def _argument(f: Field[Any], names: dict[str, Any], arguments: list[str]) -> str | None:
    """What the field is set to, as code; None where the class leaves that to others. Its argument, if it has
    one, goes into `arguments`."""
    if f.default_factory is not MISSING:
        names[f"_make_{f.name}"] = f.default_factory
        if not f.init:
            return f"_make_{f.name}()"
        arguments.append(f"{f.name}=_left_out")
        return f"_make_{f.name}() if {f.name} is _left_out else {f.name}"
    if f.default is not MISSING:
        names[f"_else_{f.name}"] = f.default
        if not f.init:
            return f"_else_{f.name}"
        arguments.append(f"{f.name}=_else_{f.name}")
        return f.name
    if not f.init:
        return None
    arguments.append(f.name)
    return f.name
