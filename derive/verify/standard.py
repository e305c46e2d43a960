"""Standard names that a document uses and does not define: σ the sigmoid, MSE the mean squared error."""

from __future__ import annotations

from dataclasses import replace

from derive.laws import definition as law
from derive.model import Claim
from derive.terms.nodes import BigOp, Call, Element, Relation, Symbol, Term
from derive.terms.scope import Definition, Scope
from derive.terms.traverse import free_symbols, substitute, walk

_MEANS = frozenset({"MSE"})
MENTIONS = {"\\sigma": ("sigmoid", "logistic")}
"""Words that settle what a name stands for; without one, a refutation that needs the law is none."""


def bare(name: str) -> str:
    """The letters of a name whatever its font: `MSE` for `\\mathrm{MSE}`."""
    for font in ("\\mathrm{", "\\text{", "\\operatorname{", "\\mathit{", "\\mathbf{", "\\mathsf{"):
        if name.startswith(font) and name.endswith("}"):
            return name[len(font) : -1]
    return name


def with_laws(claim: Claim) -> Claim:
    """The claim with standard definitions in scope for the names that it uses and nothing defines."""
    scope: Scope = claim.scope
    added: dict[str, Definition] = {}
    terms = (claim.left, claim.right, *scope.hypotheses, *(d.body for d in scope.definitions.values()))
    called = {
        n.function.name
        for t in terms
        for n in walk(t)
        if isinstance(n, Call) and isinstance(n.function, Symbol)
    }
    if "\\sigma" in called and "\\sigma" not in scope.definitions:
        added.update({d.name: d for d in law("\\sigma", scope)[:1]})
    for name in free_symbols(claim.left):
        if bare(name) in _MEANS and name not in scope.definitions:
            found = _mean_squared_error(name, claim)
            if found is not None:
                added[name] = found
    if not added:
        return claim
    return replace(claim, scope=replace(scope, definitions={**scope.definitions, **added}))


def unsettled(claim: Claim) -> tuple[str, ...]:
    """Standard names that the claim uses and whose meaning no word of the text settles: σ may be another
    function than the sigmoid. Outside of a document nothing needs to settle it."""
    words = claim.scope.options.get("words")
    if words is None:
        return ()
    known = set(words.split())
    return tuple(
        name
        for name, definition in claim.scope.definitions.items()
        if definition.law is not None and name in MENTIONS and not known.intersection(MENTIONS[name])
    )


def _mean_squared_error(name: str, claim: Claim) -> Definition | None:
    """The mean over the data of the squared difference of label and prediction, in the symbols of this claim:
    the sum's index and range are those of the right side, one of the two is what the case speaks of."""
    sums = [n for n in walk(claim.right) if isinstance(n, BigOp) and n.op == "sum" and len(n.binders) == 1]
    if not sums:
        return None
    total = sums[0]
    binder = total.binders[0]
    index = binder.variable
    case = next((e for h in claim.scope.hypotheses if (e := _fixed(h)) is not None), None)
    if case is None or binder.upper is None:
        return None
    ours = _at(case, index)
    others = [
        n
        for n in walk(total.body)
        if isinstance(n, Element) and n != ours and n.indices == (index,) and isinstance(n.base, Symbol)
    ]
    other: Term = others[0] if others else _counterpart(ours)
    count = _count(claim.right, binder.upper)
    standard = law("MSE", claim.scope)
    if not standard:
        return None
    roles = {
        "y": ours,
        "\\hat{y}": other,
    }
    body = _instance(standard[0].body, total, roles, count)
    return None if body is None else Definition(name, body, law="MSE")


def _fixed(hypothesis: Term) -> Term | None:
    """The element or symbol that `y^{(i)} = 0` fixes."""
    if (
        isinstance(hypothesis, Relation)
        and hypothesis.op == "="
        and isinstance(hypothesis.left, (Element, Symbol))
    ):
        return hypothesis.left
    return None


def _at(term: Term, index: Symbol) -> Term:
    if isinstance(term, Element) and len(term.indices) == 1:
        return replace(term, indices=(index,))
    return term


def _counterpart(term: Term) -> Term:
    """ŷ for y and y for ŷ."""
    if isinstance(term, Element) and isinstance(term.base, Symbol):
        return replace(term, base=_counterpart(term.base))  # type: ignore[arg-type]
    assert isinstance(term, Symbol)
    name = term.name[5:-1] if term.name.startswith("\\hat{") else f"\\hat{{{term.name}}}"
    return replace(term, name=name)


def _count(term: Term, upper: Term) -> Term:
    """The number of data: what the sum is divided by where that is a symbol, else the sum's upper bound."""
    from derive.terms.nodes import Div

    if isinstance(upper, Symbol) and upper.name.startswith("N_{"):
        for node in walk(term):
            if isinstance(node, Div) and isinstance(node.denominator, Symbol):
                return node.denominator
    return upper


def _instance(body: Term, total: BigOp, roles: dict[str, Term], count: Term) -> Term | None:
    """The law's body over this claim's index, range and symbols."""
    inner = next((n for n in walk(body) if isinstance(n, BigOp)), None)
    if inner is None:
        return None
    binder, ours = inner.binders[0], total.binders[0]
    elements = {n for n in walk(inner.body) if isinstance(n, Element) and isinstance(n.base, Symbol)}
    mapping: dict[Term, Term] = {
        e: roles[e.base.name] for e in elements if isinstance(e.base, Symbol) and e.base.name in roles
    }
    renamed = replace(
        total,
        body=substitute(substitute(inner.body, mapping), {binder.variable: ours.variable}),
    )
    outer = substitute(body, {inner: renamed})
    if isinstance(binder.upper, Symbol):
        outer = substitute(outer, {binder.upper: count})
    return outer
