"""A small letter with two indices beside the matrix of that letter is its entry: `a_{ij}` of `\\mathbf A`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.expressions import regex
from derive.term.contents import among
from derive.term.nodes import Element, Mul, Symbol, Term
from derive.term.scope import Definition, Scope
from derive.term.traverse import free_symbols

ENTRIES = "entries "
"""How the law of such a definition begins."""
_FONT = regex(r"\\(?:mathbf|boldsymbol|bm|vec)\{(.+)\}")


def entries(terms: tuple[Term, ...], scope: Scope) -> Iterator[Definition]:
    """What the small letters of a claim are that nothing defines, where one array of it fits."""
    free = {name: symbol for term in terms for name, symbol in free_symbols(term).items()}
    if _summed_unsaid(terms):
        return
    used: dict[str, set[int]] = {}
    for node in (n for term in terms for n in among(term, Element)):
        if isinstance(node.base, Symbol) and re.fullmatch(r"[a-z]", node.base.name):
            used.setdefault(node.base.name, set()).add(len(node.indices))
    for letter, counts in used.items():
        if counts != {2} or letter in scope.definitions:
            continue
        arrays = [
            symbol for name, symbol in free.items() if name != letter and _of(name, letter, symbol, scope)
        ]
        if len(arrays) == 1 and not any(_indexed(term, arrays[0]) for term in terms):
            places = tuple(Symbol(f"{letter}_{{place {k}}}") for k in range(2))
            yield Definition(letter, Element(arrays[0], places), places, "element", law=f"{ENTRIES}{letter}")


def _of(name: str, letter: str, symbol: Symbol, scope: Scope) -> bool:
    """Whether the letter names the entries of this array."""
    kind = scope.type_of(name) or symbol.type
    if kind.shape is None or len(kind.shape) != 2 or kind.role == "sequence":
        return False
    bare = found[1] if (found := _FONT.fullmatch(name)) else name
    return bare == letter.upper()


def _summed_unsaid(terms: tuple[Term, ...]) -> bool:
    """`y_i = a_{ij} x_j`: an index stands twice in a product, and the other side lacks it."""
    twice: set[str] = set()
    for product in (n for term in terms for n in among(term, Mul)):
        places = [i.name for n in among(product, Element) for i in n.indices if isinstance(i, Symbol)]
        twice |= {name for name in places if places.count(name) > 1}
    return any(name in term_free for name in twice for term_free in map(free_symbols, terms)) and not all(
        name in term_free for name in twice for term_free in map(free_symbols, terms)
    )


def _indexed(term: Term, array: Symbol) -> bool:
    """`x_i^\\top \\mathbf{X}_j`: the array has indices of its own."""
    return any(node.base == array for node in among(term, Element))
