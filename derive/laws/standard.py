"""Standard names that a document uses and does not define: σ the sigmoid, MSE the mean squared error."""

from __future__ import annotations

from derive.classes import replace
from derive.facts.states import OPTION
from derive.laws import Names, loss
from derive.laws import definition as law
from derive.laws.entries import entries
from derive.model import Claim
from derive.term.contents import among
from derive.term.nodes import ONE, ZERO, Apply, BigOp, Call, Div, Element, Prime, Relation, Symbol, Term, Type
from derive.term.scope import Definition, Scope
from derive.term.traverse import free_symbols, substitute, walk

MENTIONS = {"\\sigma": ("sigmoid", "logistic")}
"""Words that settle what a name stands for; without one, a refutation that needs the law is none."""


def with_laws(claim: Claim) -> Claim:
    """The claim with standard definitions in scope for the names that it uses and nothing defines."""
    scope: Scope = claim.scope
    added: dict[str, Definition] = {}
    terms = (claim.left, claim.right, *scope.hypotheses, *(d.body for d in scope.definitions.values()))
    called = {n.function.name for t in terms for n in among(t, Call) if isinstance(n.function, Symbol)}
    if "\\sigma" in called and "\\sigma" not in scope.definitions:
        added.update({d.name: d for d in law("\\sigma", scope)[:1]})
    for name in free_symbols(claim.left):
        if name not in scope.definitions:
            found = _loss(name, claim)
            if found is not None:
                added[name] = found
    if OPTION in scope.options:
        from derive.laws.gates import gates  # few documents speak of them

        names = free_symbols(claim.left).keys() | free_symbols(claim.right).keys()
        added.update({d.name: d for d in gates((claim.left, claim.right), names, scope)})
    added.update({d.name: d for d in entries((claim.left, claim.right), scope)})
    if not added:
        return claim
    return replace(claim, scope=replace(scope, definitions={**scope.definitions, **added}))


def with_functions(claim: Claim) -> tuple[Scope, tuple[str, ...]]:
    """The scope with standard definitions of the functions that a claim applies and nothing defines, and
    these definitions as LaTeX. A single Latin letter is never one, nor is a name that the scope declares."""
    scope: Scope = claim.scope
    terms = (claim.left, claim.right, *scope.hypotheses, *(d.body for d in scope.definitions.values()))
    added: dict[str, Definition] = {}
    for node in (n for t in terms for n in among(t, Call)):
        function = node.function.function if isinstance(node.function, Prime) else node.function
        if not isinstance(function, Symbol) or function.name in scope.definitions or function.name in added:
            continue
        if function.name in scope.symbols and function.name not in MENTIONS:
            continue
        if len(function.name) < 3 or function.name in ("\\phi", "\\varphi", "\\Phi"):
            continue
        for found in law(function.name, scope)[:1]:
            if found.kind == "function" and len(found.parameters) == len(node.args) == 1:
                added[function.name] = found
    if not added:
        return scope, ()
    used = tuple(Relation("=", Call(Symbol(d.name), d.parameters), d.body).to_latex() for d in added.values())
    return replace(scope, definitions={**scope.definitions, **added}), used


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


def other_meanings(claim: Claim) -> tuple[Scope, ...]:
    """Scopes in which a standard name that no word settles means another function of that name, or any."""
    scope: Scope = claim.scope
    found: list[Scope] = []
    for name in unsettled(claim):
        rest = {k: v for k, v in scope.definitions.items() if k != name}
        own = scope.definitions[name]
        (x,) = own.parameters
        for head in ("tanh", "relu"):
            other = replace(own, body=Apply(head, (x,)))
            found.append(replace(scope, definitions={**rest, name: other}))
        found.append(replace(scope, definitions=rest))
    return tuple(found)


def _loss(name: str, claim: Claim) -> Definition | None:
    """A standard loss in the symbols of this claim: the sum's index and range are those of the right side,
    and what the case speaks of (`y^{(i)} = 0`) is the label or the prediction."""
    standard = loss(name)
    if standard is None:
        return None
    total = next((n for n in among(claim.right, BigOp) if n.op == "sum"), None)
    case = next((e for h in claim.scope.hypotheses if (e := _fixed(h)) is not None), None)
    if total is None or case is None or len(total.binders) != 1 or total.binders[0].upper is None:
        return None
    binder = total.binders[0]
    if binder.lower not in (ZERO, ONE):
        binder = replace(binder, lower=ONE)  # the data are all counted, whatever this sum begins with
    ours = _sequence(case)
    others = [
        n.base
        for n in among(total.body, Element)
        if n.indices == (binder.variable,) and isinstance(n.base, Symbol)
    ]
    other = next((b for b in others if b != ours), None) or _counterpart(ours)
    label, prediction = (other, ours) if ours.name.startswith("\\hat{") else (ours, other)
    count = _count(claim.right, binder.upper or binder.variable)
    names = Names(label, prediction, binder.variable, count)
    body = standard.body(names)
    ranged: dict[Term, Term] = {
        n: replace(n, binders=(binder,))
        for n in among(body, BigOp)
        if n.binders[0].variable == binder.variable
    }
    return Definition(name, substitute(body, ranged), law=standard.name)


def _fixed(hypothesis: Term) -> Symbol | None:
    """The symbol or sequence that `y^{(i)} = 0` fixes."""
    if not isinstance(hypothesis, Relation) or hypothesis.op != "=":
        return None
    left = hypothesis.left.base if isinstance(hypothesis.left, Element) else hypothesis.left
    return left if isinstance(left, Symbol) else None


def _sequence(symbol: Symbol) -> Symbol:
    return replace(symbol, type=Type(role="sequence")) if not symbol.type.shape else symbol


def _counterpart(symbol: Symbol) -> Symbol:
    """ŷ for y and y for ŷ."""
    name = symbol.name
    return replace(symbol, name=name[5:-1] if name.startswith("\\hat{") else f"\\hat{{{name}}}")


def _count(term: Term, upper: Term) -> Symbol:
    """The number of data: the sum's upper bound; where the sum names none, what it is divided by."""
    if isinstance(upper, Symbol) and not upper.name.startswith("N_{"):
        return upper
    for node in walk(term):
        if isinstance(node, Div) and isinstance(node.denominator, Symbol):
            return node.denominator
    return upper if isinstance(upper, Symbol) else Symbol("m", Type("positive_integer"))
