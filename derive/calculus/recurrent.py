"""A step of a recurrence: `h_t` by `h_{t-1}`, where the text says that `h_t = \\tanh(W h_{t-1} + U x_t)`.

In such a claim the state before the step and the inputs are letters of their own, and the state after it is
what the recurrence makes of them. Behind a matrix they are columns.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import replace
from derive.term.contents import among, has, heads
from derive.term.nodes import (
    ONE,
    Add,
    Derivative,
    Element,
    Mul,
    Neg,
    Number,
    Relation,
    Symbol,
    Term,
    Type,
)
from derive.term.scope import Scope
from derive.term.traverse import map_children, substitute

_OF_ARRAYS = frozenset(("diag", "hadamard", "transpose"))


def steps_written_out(terms: tuple[Term, Term], scope: Scope) -> tuple[Term, Term]:
    """Both sides with the state after each step put as the recurrence has it; as they are where no slope of
    one state by the one before stands in them."""
    if not has(terms[0], Derivative) and not has(terms[1], Derivative):
        return terms
    slopes = [n for t in terms for n in among(t, Derivative) if _before(n) is not None]
    if not slopes:
        return terms
    for family, index, body in _recurrences(scope):
        steps = [n for n in slopes if isinstance(n.body, Element) and n.body.base == family]
        if not steps:
            continue
        after = steps[0].body
        assert isinstance(after, Element)
        value = _elsewhere(substitute(body, {index: after.indices[0]}))
        arrays = bool(_OF_ARRAYS & (heads(terms[0]) | heads(terms[1])))
        return _apart(tuple(_put(t, after, value) for t in terms), value, family, scope, arrays)
    return terms


def _before(node: Derivative) -> Element | None:
    """The `h_{t-1}` of a derivative of `h_t` by it."""
    match node:
        case Derivative(body=Element(base=Symbol() as base, indices=(t,)), variables=((variable, order),)):
            if isinstance(variable, Element) and variable.base == base and order == ONE:
                return variable if len(variable.indices) == 1 and _previous(variable.indices[0], t) else None
        case _:
            pass
    return None


def _previous(index: Term, of: Term) -> bool:
    match index:
        case Add(args=(first, Neg(arg=Number(value=value)))):
            return first == of and value == 1
        case _:
            return False


def _recurrences(scope: Scope) -> Iterator[tuple[Symbol, Symbol, Term]]:
    """The families of which the text tells each member by the one before."""
    for h in (*scope.hypotheses, *scope.soft):
        match h:
            case Relation(op="=", left=Element(base=Symbol() as base, indices=(Symbol() as t,)), right=right):
                members = [n for n in among(right, Element) if n.base == base]
                if members and all(len(n.indices) == 1 and _previous(n.indices[0], t) for n in members):
                    yield base, t, right
            case _:
                pass


def _elsewhere(term: Term) -> Term:
    """A term that stands in another formula, without its places there."""
    new = map_children(term, _elsewhere)
    return new if new.span is None else replace(new, span=None)


def _put(term: Term, after: Element, value: Term) -> Term:
    if term == after:
        return value
    if isinstance(term, Derivative) and term.body == after:
        return Derivative(value, term.variables, term.partial, span=term.span)
    return map_children(term, lambda t: _put(t, after, value))


def _apart(
    terms: tuple[Term, ...], value: Term, family: Symbol, scope: Scope, arrays: bool
) -> tuple[Term, Term]:
    """The sides with the states and inputs as letters, columns where matrices stand before them."""
    put: dict[Term, Term] = {}
    for product in among(value, Mul):
        factor, last = product.args[-2:]
        if not isinstance(last, Element) or not isinstance(factor, Symbol):
            continue
        shape = scope.symbols.get(factor.name, factor.type).shape or ()
        own = f"n_{last.base.to_latex()}"
        if len(shape) == 2:
            put[last] = _letter(last, Type("real", (shape[1],)))
        elif arrays and factor.name[:1].isupper():
            put[factor] = Symbol(factor.name, Type("real", (f"n_{family.name}", own)))
            put[last] = _letter(last, Type("real", (own,)))
    left, right = (substitute(t, put) if put else t for t in terms)
    return left, right


def _letter(member: Element, kind: Type) -> Symbol:
    return Symbol(f"{member.base.to_latex()}_{{{member.indices[0].to_latex()}}}", kind)
