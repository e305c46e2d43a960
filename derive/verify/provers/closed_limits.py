"""Limits at a point, exactly: a quotient of analytic functions by the first derivatives that are not zero."""

from __future__ import annotations

from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.classes import replace
from derive.term.construct import div
from derive.term.nodes import ONE, ZERO, Div, Limit, Mul, Neg, Relation, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, substitute
from derive.verify.normal.form import attempt
from derive.verify.provers.domain import well_defined
from derive.verify.provers.monomials import NoClosedForm

_HIGHEST = 6


def closed_limit(term: Limit, scope: Scope) -> Term:
    """The limit in closed form. Raises NoClosedForm."""
    v = term.variable
    if term.op != "lim" or v.type.shape != () or v.name in free_symbols(term.point):
        raise NoClosedForm
    if v.type.domain in ("integer", "natural", "positive_integer", "complex"):
        raise NoClosedForm
    numerator, denominator = _quotient(term.body)
    above, below = _Taylor(numerator, v, term.point, scope), _Taylor(denominator, v, term.point, scope)
    for _ in range(_HIGHEST):
        top, low = above.next(), below.next()
        if not below.vanishes(low):
            if not below.differs(low):
                raise NoClosedForm
            return div(top, low)
        if not above.vanishes(top):
            raise NoClosedForm  # it grows without bound, or nobody knows
    raise NoClosedForm


def _quotient(term: Term) -> tuple[Term, Term]:
    match term:
        case Div(numerator=a, denominator=b):
            return a, b
        case Neg(arg=arg):
            a, b = _quotient(arg)
            return Neg(a), b
        case Mul(args=args):
            parts = [_quotient(a) for a in args]
            below = [b for _, b in parts if b != ONE]
            return Mul(tuple(a for a, _ in parts)), Mul(tuple(below)) if len(below) > 1 else [*below, ONE][0]
        case _:
            return term, ONE


class _Taylor:
    """A function's derivatives at a point around which it is analytic, one after another."""

    def __init__(self, term: Term, v: Symbol, point: Term, scope: Scope) -> None:
        self.v = replace(v, type=replace(v.type, domain="real"))
        self.term = substitute(term, {v: self.v})
        self.point = point
        self.scope = scope
        self.begun = False
        if not well_defined(self._here(), scope, smooth=True):
            raise NoClosedForm

    def _here(self) -> Term:
        return substitute(self.term, {self.v: self.point})

    def next(self) -> Term:
        if self.begun:
            try:
                self.term = differentiate(self.term, self.v)
            except NotDifferentiable:
                raise NoClosedForm from None
        self.begun = True
        return self._here()

    def vanishes(self, value: Term) -> bool:
        return attempt(self.scope, lambda rd: rd.read(value).num == 0) is True

    def differs(self, value: Term) -> bool:
        return attempt(self.scope, lambda rd: rd.holds(Relation("!=", value, ZERO))) is True
