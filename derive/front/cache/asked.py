"""A digest of a question: all that the tower may look at, and nothing that it does not.

Terms are gone through once each: the same ones stand in the scopes of many claims.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from derive.classes import fields, is_dataclass
from derive.installed import digest
from derive.model import Claim
from derive.term.nodes import _Term
from derive.term.scope import Definition, Origin, Scope
from derive.verify.probability.words import SPOKEN

_PLACES = frozenset({"span", "where"})
_KEPT, _SCOPES = 30_000, 300
_known: dict[int, tuple[Any, bytes]] = {}
"""Digests by identity; the value is kept beside its digest, so that its identity stays its own."""


def key_of(claim: Claim) -> bytes:
    """The digest of a claim. Where it stands counts only as far as the shapes of arrays in its scope do; what
    the document calls its letters elsewhere, and what was learned of other claims, is not the tower's to see.
    """
    scope: Scope = claim.scope
    options = tuple(sorted((k, v) for k, v in scope.options.items() if k != "words"))
    asked = (
        claim.left,
        claim.relation,
        claim.right,
        tuple((r.terms, r.choices) for r in claim.readings),
        claim.stance,
        claim.latex,
        claim.conditions,
        claim.cases,
        claim.fresh,
        claim.tried,
        scope.symbols,
        scope.definitions,
        scope.hypotheses,
        scope.soft,
        scope.dependencies,
        scope.substitutions,
        options,
        "words" in scope.options,
        _spoken(scope.options.get("words", "")),
    )
    origins = _of_origins(scope.origins, claim.span.start)
    return _mixed("question", digest(), *map(_digest, asked), origins)


def forget() -> None:
    """Between documents: terms of the last one are in nobody's scope."""
    _known.clear()
    _declared.clear()
    _spoken.cache_clear()


@lru_cache(maxsize=64)
def _spoken(words: str) -> tuple[str, ...]:
    return tuple(sorted(SPOKEN.intersection(words.lower().split())))


_declared: dict[int, tuple[Any, list[int], dict[tuple[int, int], bytes]]] = {}
"""By identity of where shapes are declared: that, its places in order, and its digests by where among these
a claim stands."""


def _of_origins(origins: Mapping[str, tuple[Origin, ...]], here: int) -> bytes:
    if (known := _declared.get(id(origins))) is None:
        if len(_declared) >= _SCOPES:
            _declared.clear()
        every = (o for found in origins.values() for o in found)
        places = {p for o in every for p in (o.start, o.end or 0, o.span.start if o.span else o.start)}
        known = _declared[id(origins)] = (origins, sorted(places), {})
    _, order, digests = known
    among = bisect_left(order, here), bisect_right(order, here)
    if among not in digests:
        digests[among] = _digest(_origins(origins, here))
    return digests[among]


def _origins(origins: Mapping[str, tuple[Origin, ...]], here: int) -> Any:
    """Where shapes are declared, by order instead of offset."""
    places = sorted({p for os in origins.values() for o in os for p in (o.start, o.end or 0)} | {here})

    def rank(place: int) -> int:
        return bisect_left(places, place)

    return rank(here), tuple(
        (name, tuple((o.how, o.shape, rank(o.start), o.end and rank(o.end), _before(o, here)) for o in found))
        for name, found in origins.items()
    )


def _before(origin: Origin, here: int) -> bool | None:
    return None if origin.span is None else origin.span.start <= here


def _digest(value: Any) -> bytes:
    """Of a term, or of a tuple, a table or a record of such."""
    if isinstance(value, (_Term, Definition, Mapping)):
        known = _known.get(id(value))
        if known is not None:
            return known[1]
        if len(_known) >= _KEPT:
            _known.clear()
        found = _of_mapping(value) if isinstance(value, Mapping) else _of_record(value)
        _known[id(value)] = (value, found)
        return found
    if isinstance(value, tuple):
        return _mixed("()", *map(_digest, value))
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}".encode()
    if isinstance(value, str):
        return b"'" + value.encode("utf-8", "surrogatepass")
    if value is None or isinstance(value, (int, bool, Fraction)):
        return f"{type(value).__name__} {value}".encode()
    if isinstance(value, (frozenset, set)):
        return _mixed("{}", *sorted(map(_digest, value)))
    if is_dataclass(value):
        return _of_record(value)
    raise TypeError(f"no part of a question: {type(value).__name__}")


def _of_mapping(value: Mapping[Any, Any]) -> bytes:
    return _mixed("table", *(_digest(part) for item in value.items() for part in item))


def _of_record(value: Any) -> bytes:
    kind: Any = type(value)
    return _mixed(kind.__name__, *(_digest(getattr(value, name)) for name in _parts(kind)))


@cache
def _parts(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.name not in _PLACES)


def _mixed(*parts: str | bytes) -> bytes:
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(4, "little") + data)
    return found.digest()
