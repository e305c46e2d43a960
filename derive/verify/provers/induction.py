"""Sums and products with a symbolic bound, by induction on it: the start and the step by the normal form."""

from __future__ import annotations

from derive.classes import replace
from derive.term.construct import add, mul, sub
from derive.term.contents import among
from derive.term.nodes import ONE, ZERO, BigOp, Number, Relation, Symbol, Term, Type, integer
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, map_children, substitute
from derive.verify.normal.form import attempt, prove_resolved
from derive.verify.normal.hypotheses import parts
from derive.verify.normal.proof import Proof

_WHOLE = {"natural": 0, "positive_integer": 1}


class _NoStep(Exception):
    pass


def prove_by_induction(left: Term, right: Term, scope: Scope) -> Proof | None:
    """Induction on a symbol in an upper bound, from the least value that the scope allows."""
    for n in _candidates((left, right)):
        start = _start(n, left, right, scope)
        if start is None:
            continue
        proof = _induction(left, right, n, start, scope)
        if proof is not None:
            return proof
    return None


def _sums(terms: tuple[Term, ...]) -> list[BigOp]:
    return [n for t in terms for n in among(t, BigOp) if n.op in ("sum", "prod")]


def _candidates(terms: tuple[Term, ...]) -> list[Symbol]:
    found: dict[str, Symbol] = {}
    for op in _sums(terms):
        for b in op.binders:
            if b.upper is not None:
                found.update(free_symbols(b.upper))
    free = {name for t in terms for name in free_symbols(t)}
    return [s for name, s in found.items() if name in free][:2]


def _start(n: Symbol, left: Term, right: Term, scope: Scope) -> int | None:
    """The least value of n: declared, assumed, or one less than the least lower bound of its sums
    (the empty sum), which is what a bound without further word may be."""
    declared = (scope.type_of(n.name) or n.type).domain
    least = _WHOLE.get(declared)
    for hypothesis in scope.hypotheses:
        for r in parts(hypothesis):
            a, b, op = r.left, r.right, r.op
            if op in (">", ">="):
                a, b, op = b, a, {">": "<", ">=": "<="}[op]
            if b == n and isinstance(a, Number) and a.value.denominator == 1 and op in ("<", "<="):
                value = int(a.value) + (op == "<")
                least = value if least is None else max(least, value)
    if least is None:
        lowers = []
        for op_ in _sums((left, right)):
            for binder in op_.binders:
                if not isinstance(binder.lower, Number) or binder.lower.value.denominator != 1:
                    return None
                lowers.append(int(binder.lower.value))
        least = min(lowers, default=1)
    return least


def _induction(left: Term, right: Term, n: Symbol, start: int, scope: Scope) -> Proof | None:
    whole = Symbol(n.name, _typed(n, start))
    left, right = (substitute(t, {n: whole}) for t in (left, right))
    inner = scope.with_symbol(n.name, whole.type)
    first: dict[Term, Term] = {whole: integer(start)}
    base = prove_resolved(substitute(left, first), substitute(right, first), _without(scope, n))
    if base is None or not base.generic:
        return None
    try:
        lefts, rights = (_next(t, whole, inner) for t in (left, right))
    except _NoStep:
        return None
    # the claim for n gives one side from the other
    step = prove_resolved(sub(lefts, rights), sub(left, right), inner)
    if step is None or not step.generic:
        step = _ratio_step(left, right, lefts, rights, inner)
    if step is None or not step.generic:
        return None
    witness = {"on": n.to_latex(), "from": start, "step": step.witness}
    return Proof("induction", step.conditions, True, witness, step.assumed)


def _ratio_step(left: Term, right: Term, lefts: Term, rights: Term, scope: Scope) -> Proof | None:
    """Products: L(n+1)/L(n) = R(n+1)/R(n), multiplied out, where R(n) is never zero."""
    if not any(op.op == "prod" for op in _sums((left, right))):
        return None
    if attempt(scope, lambda rd: rd.holds(Relation("!=", right, ZERO))) is not True:
        return None
    return prove_resolved(mul(lefts, right), mul(left, rights), scope)


def _typed(n: Symbol, start: int) -> Type:
    domain = "positive_integer" if start >= 1 else "natural" if start == 0 else "integer"
    return replace(n.type, domain=domain)


def _without(scope: Scope, n: Symbol) -> Scope:
    kept = tuple(h for h in scope.hypotheses if n.name not in free_symbols(h))
    return replace(scope, hypotheses=kept)


def _next(term: Term, n: Symbol, scope: Scope) -> Term:
    """The term at n + 1, with the last term of each sum up to n + c split off."""
    after = add(n, ONE)

    def visit(t: Term) -> Term:
        if isinstance(t, Symbol):
            return after if t == n else t
        if isinstance(t, BigOp) and t.op in ("sum", "prod") and n.name in free_symbols(t):
            return _grown(t)
        return map_children(t, visit)

    def _grown(t: BigOp) -> Term:
        if len(t.binders) != 1:
            raise _NoStep
        (b,) = t.binders
        if b.upper is None or b.lower is None or b.domain is not None or b.condition is not None:
            raise _NoStep
        if n.name in free_symbols(b.lower) or n.name in free_symbols(t.body) or b.variable == n:
            raise _NoStep
        top = substitute(b.upper, {n: after})
        steps = prove_resolved(sub(top, b.upper), ONE, scope)
        if steps is None or not steps.generic:
            raise _NoStep
        last = substitute(t.body, {b.variable: top})
        return add(t, last) if t.op == "sum" else mul(t, last)

    return visit(term)
