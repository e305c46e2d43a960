"""`derive differentiate`: the derivative of an expression, with the factors of the chain rule."""

from __future__ import annotations

from collections.abc import Sequence

from derive.calculus.chain_rule import Differentiated, ways
from derive.calculus.resolve import resolve
from derive.calculus.reverse import back
from derive.front.expressions import expressions
from derive.model import Claim, Span, Stance, Status
from derive.term.nodes import ONE, Derivative, Element, Symbol, Term
from derive.term.scope import Reading, Scope
from derive.term.traverse import walk


class NoVariable(ValueError):
    """What is to be differentiated by is no letter."""


def differentiated(latex: str, by: str, given: Sequence[str] = ()) -> Differentiated:
    """Raises `NotationError` and `DeriveError` for what cannot be read, `NoVariable`, and
    `derive.calculus.differentiate.NotDifferentiable` for what has no rule.
    """
    (term, variable), scope, _ = expressions((latex, by), given)
    if not isinstance(variable, Symbol | Element):
        raise NoVariable(f"{by!r} is no letter to differentiate by")
    if isinstance(variable, Symbol) and len(variable.type.shape or ()) == 2:
        links = back(term, variable, scope)
        value = resolve(Derivative(term, ((variable, ONE),), partial=False), scope)
        if any(isinstance(node, Derivative) and node.body == term for node in walk(value)):
            value = resolve(links[-1].value, scope)
        return Differentiated(term, variable, value, None, (), links)
    value = resolve(Derivative(term, ((variable, ONE),), partial=False), scope)
    if any(isinstance(node, Derivative) and node.body == term for node in walk(value)):
        value = ways(term, variable, scope)[0][0].value  # says why there is no rule, or what it is
    return Differentiated(term, variable, value, _simpler(value, scope), ways(term, variable, scope))


def _simpler(value: Term, scope: Scope) -> Term | None:
    """SymPy's forms of the derivative, the shortest that is proved to be the same."""
    from derive.term.lower import NotExpressible, to_sympy
    from derive.term.raising import NotRaisable, from_sympy
    from derive.term.traverse import free_symbols

    try:
        expression = to_sympy(value)
        import sympy as sp

        forms = [expression, sp.factor(expression), sp.simplify(expression)]
        symbols = {to_sympy(s): s for s in free_symbols(value).values()}
        terms = [from_sympy(form, symbols) for form in forms]
    except (NotExpressible, NotRaisable, TypeError, ValueError, AttributeError, NotImplementedError):
        return None
    for term in sorted(terms, key=lambda t: len(t.to_latex())):
        if len(term.to_latex()) >= len(value.to_latex()):
            return None
        if _equal(value, term, scope):
            return term
    return None


def _equal(one: Term, other: Term, scope: Scope) -> bool:
    from derive.verify import decide

    nowhere = Span(0, 0)
    reading = Reading((one, other))
    claim = Claim(nowhere, one, "=", other, scope, Stance.ASSERTED, readings=(reading,))
    return decide(claim).status is Status.PROVED
