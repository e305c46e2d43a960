"""Closed forms of sums, found here and without SymPy; the claim with them is proved by the normal form."""

from __future__ import annotations

from derive.classes import replace
from derive.term.contents import has
from derive.term.nodes import BigOp, Integral, Limit, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import map_children
from derive.verify.normal.form import prove_resolved
from derive.verify.normal.proof import Proof
from derive.verify.provers.closed_sums import NoClosedForm, closed_sum
from derive.verify.provers.domain import domains, typed


def prove(left: Term, right: Term, scope: Scope) -> Proof | None:
    """A proof of `left = right` (resolved terms) by closed forms of all sums in it, or None."""
    if has(left, Integral, Limit) or has(right, Integral, Limit):
        return None
    if not (has(left, BigOp) or has(right, BigOp)):
        return None
    types = domains((left, right), scope)
    found: list[tuple[Term, Term]] = []

    def closed(term: Term) -> Term:
        if isinstance(term, BigOp):
            inner = map_children(term, lambda t: t if isinstance(t, Symbol) else closed(t))
            value = closed_sum(inner, scope)  # type: ignore[arg-type]
            found.append((term, value))
            return value
        return map_children(term, closed)

    try:
        a, b = closed(typed(left, types)), closed(typed(right, types))
    except NoClosedForm:
        return None
    proof = Proof("identical") if a == b else prove_resolved(a, b, scope)
    if proof is None:
        return None
    forms = [{"of": t.to_latex(), "is": c.to_latex(), "by": "power series"} for t, c in found]
    return replace(proof, method="sum in closed form", witness={**proof.witness, "closed forms": forms})
