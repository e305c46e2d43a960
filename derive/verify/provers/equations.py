"""Proofs of equations behind the normal form, without SymPy.

Each prover reduces the claim to zeros of the normal form: of a derivative, a square, an exponential,
a step of induction. They take resolved terms and return a `Proof` or None.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from derive.calculus.differentiate import NotDifferentiable, depends, differentiate
from derive.term.construct import apply, mul, number, square, sub
from derive.term.contents import among
from derive.term.nodes import (
    ONE,
    ZERO,
    Add,
    Constant,
    Div,
    Integral,
    Mul,
    Neg,
    Relation,
    Symbol,
    Term,
)
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, substitute, walk
from derive.verify.normal.form import attempt, prove_resolved
from derive.verify.normal.hypotheses import parts
from derive.verify.normal.proof import Proof
from derive.verify.provers.domain import domains, well_defined
from derive.verify.provers.induction import prove_by_induction

_SAMPLES = tuple(Fraction(p, q) for p, q in ((1, 1), (0, 1), (-1, 1), (1, 2), (2, 1), (-1, 2), (3, 1)))


def prove(left: Term, relation: str, right: Term, scope: Scope) -> Proof | None:
    """A proof of `left = right` (other relations have provers of their own), or None."""
    if relation not in ("=", "equiv"):
        return None
    for prover in (up_to_a_constant, by_squares, by_angle, by_constancy, prove_by_induction):
        proof = prover(left, right, scope)
        if proof is not None:
            return proof
    return None


# antiderivatives


def _antiderivatives(term: Term) -> list[Integral]:
    return [
        node
        for node in among(term, Integral)
        if node.lower is None and node.upper is None and node.domain is None
    ]


def _additive(term: Term, v: Symbol) -> bool:
    """Whether a constant added to the term's indefinite integrals only adds a constant to it."""
    if not _antiderivatives(term):
        return True
    match term:
        case Integral(body=body):
            return not _antiderivatives(body)
        case Add(args=args):
            return all(_additive(a, v) for a in args)
        case Neg(arg=arg):
            return _additive(arg, v)
        case Mul(args=args):
            held = [a for a in args if _antiderivatives(a)]
            rest = [a for a in args if not _antiderivatives(a)]
            return len(held) == 1 and _additive(held[0], v) and not any(depends(a, v) for a in rest)
        case Div(numerator=a, denominator=b):
            return _additive(a, v) and not _antiderivatives(b) and not depends(b, v)
        case _:
            return False


def up_to_a_constant(left: Term, right: Term, scope: Scope) -> Proof | None:
    """Indefinite integrals: both sides have the same derivative."""
    found = _antiderivatives(left) + _antiderivatives(right)
    variables = {i.variable.name: i.variable for i in found}
    if len(variables) != 1:
        return None
    (v,) = variables.values()
    if not (_additive(left, v) and _additive(right, v)):
        return None
    try:
        slopes = differentiate(left, v), differentiate(right, v)
    except NotDifferentiable:
        return None
    proof = prove_resolved(*slopes, scope)
    if proof is None:
        return None
    witness = {"derivative": slopes[0].to_latex(), "by": v.to_latex(), **proof.witness}
    method = "equal derivatives, up to a constant"
    return Proof(method, proof.conditions, proof.generic, witness, proof.assumed)


# squares and angles


def by_squares(left: Term, right: Term, scope: Scope) -> Proof | None:
    """Both sides nonnegative with equal squares (nested roots)."""
    if not any(_rooted(t) for t in (left, right)):
        return None
    for side in (left, right):
        if attempt(scope, lambda rd, s=side: rd.holds(Relation(">=", s, ZERO))) is not True:  # type: ignore[misc]
            return None
    proof = prove_resolved(square(left), square(right), scope)
    if proof is None or not proof.generic:
        return None
    return Proof("equal squares of nonnegative sides", proof.conditions, True, proof.witness, proof.assumed)


def _rooted(term: Term) -> bool:
    from derive.term.nodes import Apply, Pow, Root

    return any(isinstance(n, Root | Pow) or (isinstance(n, Apply) and n.head == "abs") for n in walk(term))


def by_angle(left: Term, right: Term, scope: Scope) -> Proof | None:
    """Constants: exp(i d) = 1 for the difference d, and |d| < 2π."""
    difference = sub(left, right)
    if free_symbols(difference):
        return None
    turn = apply("exp", mul(Constant("i"), difference))
    small = attempt(scope, lambda rd: _below(rd.signs.numeric, rd.read(difference)))
    if small is not True:
        return None
    proof = prove_resolved(turn, ONE, scope)
    if proof is None or not proof.generic:
        return None
    return Proof("whole turns", witness={"exponential": turn.to_latex(), **proof.witness})


def _below(numeric: Callable[[Any], Any], value: Any) -> bool:
    if value.den != 1:
        return False
    size = numeric(value.num)
    return size is not None and bool(abs(size) < 6)


# functions with derivative zero


def by_constancy(left: Term, right: Term, scope: Scope) -> Proof | None:
    """The difference has derivative zero on an interval and is zero at one of its points."""
    difference = sub(left, right)
    relations = [r for h in scope.hypotheses for r in parts(h)]
    symbols = domains((left, right), scope)
    for v in symbols.values():
        if v.type.shape != () or v.type.domain not in ("real", "positive", "nonnegative", "unit"):
            continue
        about = [r for r in relations if v.name in free_symbols(r)]
        if not all(_convex(r, v) for r in about):
            continue
        proof = _constant_in(difference, v, about, scope)
        if proof is not None:
            return proof
    return None


def _convex(relation: Relation, v: Symbol) -> bool:
    """Whether the relation confines v to an interval."""
    from derive.term.nodes import Apply, Interval, Number

    if relation.op == "in":
        return relation.left == v and isinstance(relation.right, Interval | Constant)
    if relation.op not in ("<", "<=", ">", ">="):
        return False
    for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
        if v.name in free_symbols(other):
            continue
        if side == v:
            return True
        if isinstance(side, Apply) and side.head == "abs" and side.args == (v,) and isinstance(other, Number):
            return (relation.op in ("<", "<=")) == (side is relation.left)
    return False


def _constant_in(difference: Term, v: Symbol, about: list[Relation], scope: Scope) -> Proof | None:
    try:
        slope = differentiate(difference, v)
    except NotDifferentiable:
        return None
    flat = prove_resolved(slope, ZERO, scope)
    if flat is None or not flat.generic or not well_defined(difference, scope, smooth=True):
        return None
    for value in _SAMPLES:
        point: dict[Term, Term] = {v: number(value)}
        inside = [Relation(r.op, substitute(r.left, point), substitute(r.right, point)) for r in about]
        if v.type.domain in ("positive", "nonnegative", "unit") and value <= 0:
            continue
        if any(attempt(scope, lambda rd, c=c: rd.holds(c)) is not True for c in inside):  # type: ignore[misc]
            continue
        zero = prove_resolved(substitute(difference, point), ZERO, scope)
        if zero is not None and zero.generic:
            witness = {"derivative": slope.to_latex(), "zero at": f"{v.to_latex()} = {value}"}
            return Proof("derivative zero on an interval, value at a point", flat.conditions, True, witness)
    return None
