"""States of qubits: `|01\\rangle` is a column, `\\langle a|` the adjoint of `|a\\rangle`, and states side by
side are those of the whole.

Reference: Nielsen, Chuang, Quantum Computation and Quantum Information, 10th anniversary edition, 2.1.
Where a document speaks of other states than those of qubits, they keep their structure and have no value.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from derive.facts.naming import symbol_name
from derive.facts.states import OPTION, is_state, label
from derive.meaning.reader import Reader
from derive.term.construct import div
from derive.term.nodes import ONE, TWO, ZERO, Apply, Matrix, Mul, Neg, Root, Symbol, Term, Type, integer

_MOST = 5
"""Qubits in one name."""
_SINGLE: dict[str, tuple[int, int]] = {"0": (1, 0), "1": (0, 1), "+": (1, 1), "-": (1, -1)}


def state(r: Reader, body: Any, node: Any) -> Term:
    """`|body\\rangle`."""
    return _valued(r, body, node) or Apply("ket", (r.term(body),), span=node.span)


def costate(r: Reader, body: Any, node: Any) -> Term:
    """`\\langle body|`."""
    valued = _valued(r, body, node)
    if valued is None:
        return Apply("bra", (r.term(body),), span=node.span)
    return Apply("adjoint", (valued,), span=node.span)


def bracket(r: Reader, parts: Sequence[Any], node: Any) -> Term:
    """`\\langle a|b\\rangle`, `\\langle a|A|b\\rangle`."""
    first, last = _valued(r, parts[0], node), _valued(r, parts[-1], node)
    if first is None or last is None:
        return Apply("bracket", tuple(r.term(x) for x in parts), span=node.span)
    between = [r.term(x) for x in parts[1:-1]]
    return Mul((Apply("adjoint", (first,), span=node.span), *between, last), span=node.span)


def run(r: Reader, factors: Sequence[Any], k: int) -> tuple[int, Term] | None:
    """`|0\\rangle|1\\rangle`: how many states stand side by side from k on, and the state of the whole."""
    end = k
    while end < len(factors) and is_state(factors[end]):
        end += 1
    if end - k < 2 or r.scope.options.get(OPTION) is None:
        return None
    span = factors[k].span.cover(factors[end - 1].span)
    return end - k, Apply("kron", tuple(r.term(f) for f in factors[k:end]), span=span)


def _valued(r: Reader, body: Any, node: Any) -> Term | None:
    """What has a value: a column, or a letter that may be defined as one."""
    if r.scope.options.get(OPTION) is None:
        return None
    if (spelled := label(body)) is not None:
        return _column(spelled, node) if len(spelled) <= _MOST else None
    name = symbol_name(body)
    if name is None or name in r.bound:
        return None
    return Symbol(f"|{name}\\rangle", Type("complex", None), span=node.span)


def _column(spelled: str, node: Any) -> Term:
    entries = [1]
    for letter in spelled:
        entries = [x * y for x in entries for y in _SINGLE[letter]]
    root = sum(letter in "+-" for letter in spelled)
    scale = integer(2 ** (root // 2))
    whole: Term = Root(TWO, TWO) if root % 2 else ONE
    if root > 1:
        whole = scale if root % 2 == 0 else Mul((scale, whole))
    values = {0: ZERO, 1: ONE if not root else div(ONE, whole), -1: Neg(ONE if not root else div(ONE, whole))}
    return Matrix(tuple((values[x],) for x in entries), span=node.span)
