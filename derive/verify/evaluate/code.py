"""Compiled terms: `compiled(term)(env)` is the term's value. Compiled once, evaluated in many models.

A sum is compiled out of its body, and its value may need that of a term that is made on the way: so every
construct asks for the whole, which `compiling` hands in as the room is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

from derive.reasons.gaps import Gap
from derive.term.nodes import Term
from derive.verify.evaluate.values import Budget, Env, Value

Code: TypeAlias = Callable[[Env], Value]
Compile: TypeAlias = Callable[[Term], Code]

_every_node: list[Compile] = []


def hand_in(dispatch: Compile) -> None:
    """What compiles any node."""
    _every_node[:] = [dispatch]


def code(term: Term) -> Code:
    """A part of a construct, compiled within it. Raises Unsupported."""
    return _every_node[0](term)


def compiled(term: Term) -> Code:
    """The term as a closure. Raises Unsupported when some construct in it has no evaluator, Budget
    when it is nested too deep."""
    known: Code | None = getattr(term, "_code", None)
    if known is not None:
        return known
    try:
        return _cached(term)
    except RecursionError:
        raise Budget(Gap.NESTING) from None


@lru_cache(maxsize=2048)
def _cached(term: Term) -> Code:
    return _every_node[0](term)
