"""A loss of which nothing is known but what it is a function of: ∂L/∂W = Xᵀ ∂L/∂Y for Y = XW.

At any point the slopes of L depend on its own slopes G by the direct arguments alone, so that L may be taken
for the sum of the inner products ⟨G, Y⟩: the derivatives by everything behind follow by the chain rule, and
those by Y are G. The direct arguments are the arrays among those it is differentiated by that no other leads
to.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.calculus.dependencies import reachable
from derive.calculus.gradient import shape_of
from derive.classes import replace
from derive.term.construct import add, apply
from derive.term.contents import among, has
from derive.term.nodes import ONE, ZERO, Add, BigOp, Binder, Derivative, Element, Mul, Symbol, Term, Type
from derive.term.scope import Scope
from derive.term.traverse import free_names, free_symbols, map_children, walk

_DEEPEST = 6
_SLOPE = "\\partial_{{{}}} {}"


def linear_losses(terms: tuple[Term, Term], scope: Scope) -> tuple[Term, Term]:
    """Both sides with every such loss taken for what it is to first order; as they are where none is."""
    if not any(map(_of_slopes, terms, (scope, scope))):
        return terms
    known = scope.definitions.keys() | scope.dependencies.keys()
    left, right = (_with_slopes(t, scope, _DEEPEST) for t in terms)
    names = {n.body.name for n in _of_letters(left, right) if isinstance(n.body, Symbol)} - known
    for name in sorted(names):
        found = _linear((left, right), name, scope)
        if found is not None:
            left, right = found
            terms = found
    return terms


def _of_slopes(term: Term, scope: Scope) -> bool:
    """Whether there is a derivative in a term, or in what one of its letters is defined to be."""
    if has(term, Derivative):
        return True
    known = scope.definitions
    return bool(known) and any(n in known and has(known[n].body, Derivative) for n in free_names(term))


def _of_letters(*terms: Term) -> Iterator[Derivative]:
    """The first derivatives of letters by letters or their entries."""
    for term in terms:
        for node in among(term, Derivative):
            if isinstance(node.body, Symbol) and len(node.variables) == 1 and node.variables[0][1] == ONE:
                yield node


def _with_slopes(term: Term, scope: Scope, depth: int) -> Term:
    """`\\delta` written out where it is defined to be a slope of a letter that nothing defines."""
    if isinstance(term, Symbol):
        definition = scope.definitions.get(term.name)
        if definition is None or definition.kind != "symbol" or not depth:
            return term
        slopes = [n for n in _of_letters(definition.body) if isinstance(n.body, Symbol)]
        if not any(n.body.name not in scope.definitions for n in slopes if isinstance(n.body, Symbol)):
            return term
        return _with_slopes(definition.body, scope, depth - 1)
    if isinstance(term, Derivative):
        return term  # what it is taken by stays a letter
    return map_children(term, lambda t: _with_slopes(t, scope, depth))


def _letter(variable: Term) -> Symbol | None:
    base = variable.base if isinstance(variable, Element) else variable
    return base if isinstance(base, Symbol) else None


def _linear(terms: tuple[Term, Term], name: str, scope: Scope) -> tuple[Term, Term] | None:
    slopes = [n for n in _of_letters(*terms) if n.body == Symbol(name)]
    count = sum(isinstance(n, Symbol) and n.name == name for t in terms for n in walk(t))
    letters = {b.name: b for n in slopes if (b := _letter(n.variables[0][0])) is not None}
    if count != len(slopes) or len(letters) < 2:
        return None  # L itself stands there too, or a slope of higher order
    if not all(name in free_names(part) for t in terms for part in _summands(t) if part != ZERO):
        return None  # a penalty: L is a function of something else as well
    families = {b.name for n in slopes if (b := _member(n.variables[0][0])) is not None}
    upper = _end(terms, families, scope) if families else None
    if families and upper is None:
        return None
    edges = {
        n: free_symbols(d.body).keys() - {p.name for p in d.parameters} for n, d in scope.definitions.items()
    }
    reach = {n: reachable(n, {k: set(v) for k, v in edges.items()}) for n in letters}
    direct = {n: b for n, b in letters.items() if not any(n in reach[m] for m in letters if m != n)}
    behind = letters.keys() - direct.keys()
    if not behind or any(n not in set().union(*(reach[m] for m in direct)) for n in behind):
        return None
    shapes = {n: () if n in families else _shape(b, scope) for n, b in direct.items()}
    if all(shape == () for n, shape in shapes.items() if n not in families) and not families & direct.keys():
        return None
    if None in shapes.values():
        return None
    by_hand = {n: Symbol(_SLOPE.format(n, name), Type(shape=shapes[n])) for n in direct}
    loss = add(
        *(
            _over_members(by_hand[n], b, upper)
            if n in families and upper is not None
            else _inner(by_hand[n], replace(b, type=Type(shape=shapes[n])))
            for n, b in direct.items()
        )
    )

    def put(term: Term) -> Term:
        if isinstance(term, Derivative) and term in slopes:
            variable = term.variables[0][0]
            letter = _letter(variable)
            assert letter is not None
            if letter.name not in direct:
                return replace(term, body=loss)
            slope: Term = by_hand[letter.name]
            return Element(slope, variable.indices) if isinstance(variable, Element) else slope
        return map_children(term, put)

    return put(terms[0]), put(terms[1])


def _summands(term: Term) -> tuple[Term, ...]:
    return term.args if isinstance(term, Add) else (term,)


def _member(variable: Term) -> Symbol | None:
    """The letter of a family, the x of x_1 to x_n, of which L has each; None of a letter by itself and of an
    entry of an array."""
    match variable:
        case Element(base=Symbol(type=kind) as base, indices=indices):
            entry = kind.role != "sequence" and len(kind.shape or ()) == len(indices)
            return None if entry else base
        case _:
            return None


def _end(terms: tuple[Term, Term], families: set[str], scope: Scope) -> Term | None:
    """How many members families have: all sums over their members, in the claim and in what it is made of,
    run from 1 to there. None where they do not, or where a member has several indices."""
    found: set[Term | None] = set()
    related = {*families, *(n for f in families if f in scope.definitions for n in _made_of(f, scope))}
    bodies = [d.body for n, d in scope.definitions.items() if n in related or related & free_names(d.body)]
    for total in (n for t in (*terms, *bodies) for n in among(t, BigOp)):
        inside = [n for n in among(total.body, Element) if _base(n) in related]
        for binder in total.binders:
            if any(binder.variable in n.indices for n in inside):
                found.add(binder.upper if total.op == "sum" and binder.lower == ONE else None)
    members = [n for t in terms for n in among(t, Element) if _base(n) in families]
    if len(found) != 1 or any(len(n.indices) != 1 for n in members):
        return None
    return found.pop()


def _base(member: Element) -> str:
    return member.base.name if isinstance(member.base, Symbol) else ""


def _made_of(name: str, scope: Scope) -> set[str]:
    edges = {
        n: set(free_symbols(d.body)) - {p.name for p in d.parameters} for n, d in scope.definitions.items()
    }
    return reachable(name, edges)


def _over_members(slope: Symbol, family: Symbol, upper: Term) -> Term:
    k = Symbol("\\#member", Type("integer", (), "index"))
    body = Mul((Element(slope, (k,)), Element(family, (k,))))
    return BigOp("sum", body, (Binder(k, ONE, upper),))


def _shape(letter: Symbol, scope: Scope) -> tuple[int | str, ...] | None:
    definition = scope.definitions.get(letter.name)
    return letter.type.shape or (shape_of(definition.body) if definition is not None else None)


def _inner(slope: Symbol, array: Symbol) -> Term:
    match len(slope.type.shape or ()):
        case 0:
            return Mul((slope, array))
        case 1:
            return Mul((apply("transpose", slope), array))
        case _:
            return apply("trace", Mul((apply("transpose", slope), array)))
