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
_GATES: dict[str, tuple[tuple[Term, ...], ...]] = {
    "I": ((ONE, ZERO), (ZERO, ONE)),
    "X": ((ZERO, ONE), (ONE, ZERO)),
    "Y": ((ZERO, Neg(_I)), (_I, ZERO)),
    "Z": ((ONE, ZERO), (ZERO, Neg(ONE))),
    "H": ((_ROOT, _ROOT), (_ROOT, Neg(_ROOT))),
    "S": ((ONE, ZERO), (ZERO, _I)),
    "T": ((ONE, ZERO), (ZERO, _EIGHTH)),
}


def gates(terms: tuple[Term, ...], names: Set[str], scope: Scope) -> Iterator[Definition]:
    """The gates among these names of a claim that has arrays in it."""
    if not any(has(term, Matrix) for term in terms):
        return
    for name in scope.options[OPTION].split()[1:]:
        if name in names and name not in scope.definitions:
            yield Definition(name, Matrix(_GATES[name]), law=f"gate {name}")
