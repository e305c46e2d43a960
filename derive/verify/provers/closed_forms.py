"""Closed forms of sums, integrals and limits without SymPy; claims with them are proved by normal forms."""

from __future__ import annotations

from derive.classes import dataclass, replace
from derive.term.contents import has
from derive.term.nodes import BigOp, Integral, Limit, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import map_children
from derive.verify.normal.form import prove_resolved
from derive.verify.normal.proof import Proof
from derive.verify.provers.closed_integrals import closed_integral
from derive.verify.provers.closed_limits import closed_limit
from derive.verify.provers.closed_sums import closed_sum
from derive.verify.provers.domain import domains, typed
from derive.verify.provers.monomials import NoClosedForm


@dataclass(frozen=True, slots=True)
class Closed:
    """Both sides with their sums, integrals and limits in closed form, and which these are: (of, is, by)."""

    left: Term
    right: Term
    forms: tuple[tuple[Term, Term, str], ...]

    def proof(self, scope: Scope) -> Proof | None:
        if self.left == self.right:
            proof: Proof | None = Proof("identical")
        else:
            proof = prove_resolved(self.left, self.right, scope)
        return None if proof is None else self.named(proof)

    def named(self, proof: Proof) -> Proof:
        """The proof of the closed sides as one of the claim."""
        forms = [{"of": t.to_latex(), "is": c.to_latex(), "by": how} for t, c, how in self.forms]
        method = "; ".join(sorted({how for _, _, how in self.forms}))
        return replace(proof, method=method, witness={**proof.witness, "closed forms": forms})


def closed_sides(left: Term, right: Term, scope: Scope) -> Closed | None:
    """Two resolved sides with closed forms for all sums, integrals and limits in them, or None."""
    if not (has(left, BigOp, Integral, Limit) or has(right, BigOp, Integral, Limit)):
        return None
    types = domains((left, right), scope)
    found: list[tuple[Term, Term, str]] = []

    def closed(term: Term) -> Term:
        if not isinstance(term, BigOp | Integral | Limit):
            return map_children(term, closed)
        inner = map_children(term, lambda t: t if isinstance(t, Symbol) else closed(t))
        if isinstance(inner, BigOp):
            value, how = closed_sum(inner, scope), "power series"
        elif isinstance(inner, Limit):
            value, how = closed_limit(inner, scope), "derivatives at the point"
        else:
            assert isinstance(inner, Integral)
            value, how = closed_integral(inner, scope), "table of integrals"
        found.append((term, value, how))
        return value

    try:
        return Closed(closed(typed(left, types)), closed(typed(right, types)), tuple(found))
    except NoClosedForm:
        return None
