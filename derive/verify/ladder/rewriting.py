"""What a relation means where no model evaluates it as it stands: difference quotients of unknown smooth
functions, values of an inverse function."""

from __future__ import annotations

from derive.calculus.differentiate import NotDifferentiable, depends, differentiate
from derive.classes import replace
from derive.model import Claim, Status, Verdict
from derive.reasons import Reason, Why
from derive.term.contents import among, has
from derive.term.nodes import ZERO, Apply, Call, Constant, Div, Element, Limit, Number, Relation, Symbol, Term
from derive.term.scope import Definition, Scope
from derive.term.traverse import free_symbols, map_children, substitute, walk
from derive.verify.normal.form import prove_resolved

ORDER = 3


def rewritten(term: Term, scope: Scope) -> Term:
    """The resolved term with limits of difference quotients as derivatives."""
    if not has(term, Limit):
        return term

    def change(node: Term) -> Term:
        node = map_children(node, change)
        if isinstance(node, Limit):
            found = _difference_quotient(node, scope)
            return node if found is None else found
        return node

    return change(term)


def _difference_quotient(term: Limit, scope: Scope) -> Term | None:
    """(f(x + h) - f(x))/h at h = 0 by l'Hôpital's rule: unknown functions are smooth."""
    v, point, body = term.variable, term.point, term.body
    if not isinstance(body, Div) or Constant("infinity") in set(walk(point)):
        return None
    if term.op != "lim" or not any(
        isinstance(n.function, Symbol) and any(depends(a, v) for a in n.args)
        for n in among(body.numerator, Call)
    ):
        return None
    above, below = body.numerator, body.denominator
    for _ in range(ORDER + 1):
        here: dict[Term, Term] = {v: point}
        value, divisor = substitute(above, here), substitute(below, here)
        if isinstance(divisor, Number) and divisor.value != 0:
            return Div(value, divisor)
        if not _zero(divisor, scope) or not _zero(value, scope):
            return None
        try:
            above, below = differentiate(above, v), differentiate(below, v)
        except NotDifferentiable:
            return None
    return None


def _zero(term: Term, scope: Scope) -> bool:
    proof = prove_resolved(term, ZERO, scope)
    return proof is not None and proof.generic


def without_inverse(claim: Claim) -> Claim | None:
    """`f^{-1}(y) = x` as f(x) = y, for an f that the scope defines; None for any other claim."""
    if claim.relation != "=":
        return None
    for side, other in ((claim.left, claim.right), (claim.right, claim.left)):
        match side:
            case Call(function=Apply(head="inverse", args=(Symbol(name=name) as f,)), args=(y,)):
                known = claim.scope.definitions.get(name)
                if known is not None and known.kind == "function" and len(known.parameters) == 1:
                    return replace(claim, left=Call(f, (other,)), right=y)
            case _:
                continue
    return None


def of_inverse(verdict: Verdict) -> Verdict:
    """A value that f sends where it should is the inverse's only if f takes it once: no proof by itself."""
    if verdict.status is Status.PROVED:
        return replace(verdict, status=Status.HOLDS, reason=Reason(Why.ONE_TO_ONE))
    return verdict


def indexed_functions(claim: Claim) -> Claim:
    """`T_n(x) = …` among the hypotheses defines a function of n and x, for every n: T_3(x) is its value."""
    scope: Scope = claim.scope
    defined: dict[str, Definition] = {}
    kept: list[Term] = []
    for hypothesis in scope.hypotheses:
        match hypothesis:
            case Relation(
                op="=" | ":=",
                left=Call(function=Element(base=Symbol(name=name), indices=indices), args=args),
                right=body,
            ) if name not in scope.definitions and name not in defined:
                parameters = tuple(p for p in (*indices, *args) if isinstance(p, Symbol))
                own = {p.name for p in parameters}
                if len(own) == len(indices) + len(args) and name not in free_symbols(body):
                    defined[name] = Definition(name, body, parameters, kind="function")
                    continue
        kept.append(hypothesis)
    if not defined:
        return claim

    def change(node: Term) -> Term:
        node = map_children(node, change)
        match node:
            case Call(function=Element(base=Symbol(name=name), indices=indices), args=args):
                if name in defined and len(indices) + len(args) == len(defined[name].parameters):
                    return Call(Symbol(name), (*indices, *args))
        return node

    definitions = {n: replace(d, body=change(d.body)) for n, d in {**scope.definitions, **defined}.items()}
    scope = replace(scope, hypotheses=tuple(change(h) for h in kept), definitions=definitions)
    return replace(claim, left=change(claim.left), right=change(claim.right), scope=scope)
