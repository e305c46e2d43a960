"""The second reader's two sides as terms; runs in the worker, like all that imports SymPy.

The library is imported with this module: no claim pays for it, and no process but the worker holds it.
"""

from __future__ import annotations

from collections.abc import Mapping

from derive.meaning import second_reader
from derive.term.nodes import Symbol, Term
from derive.term.raising import NotRaisable, from_sympy

second_reader.load()


def sides(latex: str, symbols: Mapping[str, Symbol]) -> tuple[Term, Term] | None:
    """What it reads of one equation; None where it has no opinion. symbols: the claim's letters by name."""
    pair = second_reader.second_reading(latex)
    if pair is None:
        return None
    letters = {s: symbols.get(str(s), Symbol(str(s))) for side in pair for s in side.free_symbols}
    try:
        return from_sympy(pair[0], letters), from_sympy(pair[1], letters)
    except NotRaisable:
        return None
