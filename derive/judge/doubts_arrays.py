"""What a refutation about vectors and matrices must survive: other readings, what nobody states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derive.model import Claim, Status, Verdict
from derive.reasons import CONSTRAINT
from derive.term.construct import apply
from derive.term.nodes import Apply, BigOp, Derivative, Element, Relation, Symbol, Term
from derive.term.scope import Reading
from derive.term.traverse import free_symbols, map_children, walk
from derive.verify.ladder.mentions import reached
from derive.verify.models.shapes import fitted

Decide = Callable[[Claim], Verdict]
_DERIVED = 4
"""How many of the equations that earlier sections state about a claim's symbols are tried."""
GOOD = frozenset({Status.PROVED, Status.HOLDS})


def of_symmetric_matrices(claim: Claim, verdict: Verdict, decide: Decide) -> Verdict:
    """Covariances, Hessians, kernels and masses are symmetric, and texts seldom say so: what holds of
    symmetric matrices is no error."""
    square = {s.name: s for s in (*_square(claim.right, claim), *_square(claim.left, claim))}
    for name in reached(claim.left, claim.scope).keys() - {s.name for s in _square(claim.left, claim)}:
        square.pop(name, None)  # made square by the other side alone, as a lost transposition does
    for node in (n for side in (claim.left, claim.right) for n in walk(side)):
        if isinstance(node, Apply) and node.head == "transpose" and isinstance(node.args[0], Symbol):
            square.pop(node.args[0].name, None)  # who transposes a matrix does not take it for symmetric
    if not square:
        return verdict
    symmetric = tuple(Relation("=", Apply("transpose", (s,)), s) for s in square.values())
    return _unless(decide(replace(claim, scope=claim.scope.with_hypotheses(*symmetric))), verdict)


def _square(side: Term, claim: Claim) -> list[Symbol]:
    """The matrices that a side of the claim needs to be square."""
    symbols = reached(side, claim.scope)
    types = {name: claim.scope.symbols.get(name, s.type) for name, s in symbols.items()}
    return [
        symbols[name]
        for name, kind in fitted(types, [side], claim.scope.definitions).items()
        if kind.shape and len(kind.shape) == 2 and kind.shape[0] == kind.shape[1]
    ]


def of_what_was_derived_before(claim: Claim, verdict: Verdict, decide: Decide) -> Verdict:
    """`\\sum_i \\alpha_i y_i = 0`, the outcome of one section, goes into the sums of the next unsaid."""
    sides = (claim.left, claim.right)
    nodes = (n for side in sides for n in walk(side))
    if not any(isinstance(n, BigOp) or (isinstance(n, Symbol) and n.type.shape) for n in nodes):
        return verdict  # of numbers alone any equation in x would excuse any slip in x
    names = {n for side in sides for n in free_symbols(side)}
    derived = [
        t
        for t in claim.scope.elsewhere
        if isinstance(t, Relation)
        and t.op == "="
        and free_symbols(t)
        and free_symbols(t).keys() <= names
        # `x = 0` is a value in passing, under which a slip may well be true
        and not (isinstance(t.left, Symbol | Element) and not free_symbols(t.right))
    ][-_DERIVED:]
    for given in (*([derived] if len(derived) > 1 else []), *([t] for t in derived)):
        verdict = _unless(decide(replace(claim, scope=claim.scope.with_hypotheses(*given))), verdict)
        if verdict.status is not Status.REFUTED:
            break
    return verdict


def of_the_other_layout(claim: Claim, verdict: Verdict, decide: Decide) -> Verdict:
    """A derivative by a matrix has the matrix's shape for some authors and its transpose's for others."""

    def turned(term: Term) -> Term:
        inner = map_children(term, turned)
        if isinstance(term, Derivative) and any(_is_array(v) for v, _ in term.variables):
            return apply("transpose", inner)
        return inner

    return _other_reading(claim, verdict, decide, turned)


def of_entries(claim: Claim, verdict: Verdict, decide: Decide) -> Verdict:
    """`\\boldsymbol x_i` is the i-th of several vectors for most authors, an entry of one for some."""

    def as_number(term: Term) -> Term:
        if isinstance(term, Element) and isinstance(term.base, Symbol):
            kind = term.base.type
            if kind.role == "sequence" and kind.shape:
                return replace(term, base=replace(term.base, type=replace(kind, role="variable")))
        return map_children(term, as_number)

    return _other_reading(claim, verdict, decide, as_number)


def _other_reading(claim: Claim, verdict: Verdict, decide: Decide, change: Callable[[Term], Term]) -> Verdict:
    left, right = change(claim.left), change(claim.right)
    if _typed(left) == _typed(claim.left) and _typed(right) == _typed(claim.right):
        return verdict
    other = replace(claim, left=left, right=right, readings=(Reading((left, right)),))
    return _unless(decide(other), verdict)


def _typed(term: Term) -> list[tuple[Term, object]]:
    return [(n, n.type if isinstance(n, Symbol) else None) for n in walk(term)]


def _is_array(variable: Term) -> bool:
    base = variable.base if isinstance(variable, Element) else variable
    return isinstance(base, Symbol) and base.type.shape != ()


def _unless(answer: Verdict, verdict: Verdict) -> Verdict:
    if answer.status not in GOOD:
        return verdict
    return Verdict(Status.UNDECIDED, CONSTRAINT, evidence={"refuted_as_it_stands": verdict.evidence})
