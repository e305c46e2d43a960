"""Differentials as numbers: in `dV = 2\\pi r h\\,dr + \\pi r^2\\,dh` each of `dr`, `dh` varies by itself.

The differential of a symbol that nothing defines is a variable of its own; that of anything else is the
total differential in the symbols whose differentials the formula writes. A product of several, `dx\\,dy`, is
an element of area or volume: changed to other variables it has their Jacobian determinant for a factor,
whichever way round they are taken.
"""

from __future__ import annotations

from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.calculus.resolve import resolve
from derive.term.construct import determinant
from derive.term.nodes import ONE, Add, Apply, Mul, Neg, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, map_children, substitute, walk

MARK = "\\mathrm{d}"
"""What stands before the name of a symbol in that of its differential."""
_MOST = 4
"""Differentials of one element: its determinant is written out."""


def written_out(terms: tuple[Term, ...], scope: Scope) -> tuple[Term, ...]:
    """The terms with every differential as a number; the same terms where they have none.

    Terms that belong together are given together: a differential that one of them writes is varied in all.
    """
    varied: dict[str, Symbol] = {}
    for node in (n for t in terms for n in walk(t)):
        if isinstance(node, Apply) and node.head == "differential" and isinstance(node.args[0], Symbol):
            symbol = node.args[0]
            if symbol.name not in scope.definitions:
                varied[symbol.name] = symbol
    if not varied:
        return terms
    elements = [e for t in terms for e in _elements(t)]
    if any(s.name in scope.definitions for e in elements for s in e):
        return _measured(terms, varied, scope) or terms

    def visit(node: Term) -> Term:
        if isinstance(node, Apply) and node.head == "differential":
            return _total(node.args[0], varied, scope) or node
        return map_children(node, visit)

    return tuple(visit(t) for t in terms)


def _total(term: Term, varied: dict[str, Symbol], scope: Scope) -> Term | None:
    if isinstance(term, Symbol) and term.name in varied:
        return Symbol(MARK + term.name, term.type)
    value = resolve(term, scope)
    inside = free_symbols(value)
    parts: list[Term] = []
    for name, symbol in varied.items():
        if name in inside:
            try:
                slope = differentiate(value, symbol)
            except NotDifferentiable:
                return None
            parts.append(Mul((slope, Symbol(MARK + name, symbol.type))))
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else Add(tuple(parts))


def _elements(term: Term) -> list[list[Symbol]]:
    """The letters of each product of differentials of several of them."""
    found = []
    for summand in term.args if isinstance(term, Add) else (term,):
        own = _letters(summand)
        if len({s.name for s in own}) > 1:
            found.append(own)
    return found


def _letters(term: Term) -> list[Symbol]:
    inside = [n.args[0] for n in walk(term) if isinstance(n, Apply) and n.head == "differential"]
    return [s for s in inside if isinstance(s, Symbol)]


def _measured(terms: tuple[Term, ...], varied: dict[str, Symbol], scope: Scope) -> tuple[Term, ...] | None:
    """Each side, one element times a number, in the element of the variables; None where one is none."""
    base = list(varied.values())
    sides = [_measure(term, base, scope) for term in terms]
    return tuple(s for s in sides if s is not None) if None not in sides else None


def _measure(term: Term, base: list[Symbol], scope: Scope) -> Term | None:
    letters = _letters(term)
    if isinstance(term, Add) or not len(letters) == len({s.name for s in letters}) == len(base) <= _MOST:
        return None
    factor = substitute(term, {Apply("differential", (s,)): ONE for s in letters})
    if any(isinstance(n, Apply) and n.head == "differential" for n in walk(factor)):
        return None
    if any(isinstance(n, Neg) for n in (factor, *(factor.args if isinstance(factor, Mul) else ()))):
        return None  # which way round it is taken is part of what is said
    try:
        rows = [[differentiate(resolve(s, scope), b) for b in base] for s in letters]
    except NotDifferentiable:
        return None
    whole = Apply("abs", (Mul((resolve(factor, scope), determinant(rows))),))
    return Mul((whole, Symbol(MARK + "".join(b.name for b in base), base[0].type)))
