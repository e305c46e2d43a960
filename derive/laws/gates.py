"""The gates on one qubit that have a letter of their own, where a document speaks of them and defines none.

Reference: Nielsen, Chuang, Quantum Computation and Quantum Information, 10th anniversary edition, 4.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from derive.facts.states import OPTION
from derive.term.construct import div
from derive.term.contents import has
from derive.term.nodes import ONE, TWO, ZERO, Constant, Matrix, Mul, Neg, Pow, Root, Term, integer
from derive.term.scope import Definition, Scope

_I = Constant("i")
_ROOT = div(ONE, Root(TWO, TWO))
_EIGHTH = Pow(Constant("e"), Mul((_I, div(Constant("pi"), integer(4)))))
_PAULI = frozenset("pauli paulis gate gates".split())
_GATES: dict[str, tuple[tuple[tuple[Term, ...], ...], Set[str]]] = {
    "X": (((ZERO, ONE), (ONE, ZERO)), _PAULI),
    "Y": (((ZERO, Neg(_I)), (_I, ZERO)), _PAULI),
    "Z": (((ONE, ZERO), (ZERO, Neg(ONE))), _PAULI),
    "H": (((_ROOT, _ROOT), (_ROOT, Neg(_ROOT))), frozenset(["hadamard"])),
    "S": (((ONE, ZERO), (ZERO, _I)), frozenset(["gate", "gates"])),
    "I": (((ONE, ZERO), (ZERO, ONE)), _PAULI),
    "T": (((ONE, ZERO), (ZERO, _EIGHTH)), frozenset(["gate", "gates"])),
}
"""By letter the matrix, and the words of which one must be said."""


def gates(terms: tuple[Term, ...], names: Set[str], scope: Scope) -> Iterator[Definition]:
    """The gates among these names of a claim that has arrays in it."""
    if scope.options.get(OPTION) is None or not any(has(term, Matrix) for term in terms):
        return
    spoken = set((scope.options.get("words") or "").split())
    for name in sorted(names & _GATES.keys()):
        rows, words = _GATES[name]
        if spoken & words and name not in scope.definitions:
            yield Definition(name, Matrix(rows), law=f"gate {name}")
