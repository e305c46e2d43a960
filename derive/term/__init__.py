"""The term algebra: nodes, substitution, printing, lowering; scopes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.term.latex import to_latex
from derive.term.nodes import PRINTERS, Term

if TYPE_CHECKING:
    import sympy


def _to_sympy(term: Term, evaluate: bool) -> sympy.Basic:
    from derive.term.lower import to_sympy  # here, because SymPy takes a second to load

    return to_sympy(term, evaluate=evaluate)


PRINTERS.latex, PRINTERS.sympy = to_latex, _to_sympy
