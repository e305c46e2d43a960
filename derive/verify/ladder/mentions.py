"""What a claim speaks of: symbols that only one side has, functions that nothing defines."""

from __future__ import annotations

from derive.calculus.namesakes import without_numbers
from derive.calculus.undefined import by_chain_rule
from derive.model import Claim
from derive.term.contents import among
from derive.term.nodes import (
    ZERO,
    Apply,
    Call,
    Derivative,
    Element,
    Mul,
    Neg,
    Number,
    Partial,
    Pow,
    Prime,
    Probability,
    Relation,
    Root,
    Symbol,
    Term,
)
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, walk
from derive.verify.probability.distribution_letters import distributions


def unknown_functions(*terms: Term) -> set[str]:
    """Names of functions that are called or differentiated."""
    found: set[str] = set()
    for node in (n for t in terms for n in walk(t)):
        if isinstance(node, Call | Probability) and isinstance(node.function, Symbol):
            found.add(node.function.name)
        elif isinstance(node, Derivative) and isinstance(node.body, Symbol):
            found.add(node.body.name)
        elif isinstance(node, Prime) and isinstance(node.function, Symbol):
            found.add(node.function.name)
    return found


def functional(claim: Claim) -> tuple[str, ...]:
    """Unknown functions that the two sides take at different arguments: `Γ(x + 1) = xΓ(x)` says what the
    function is, and some other function is no counterexample to it."""
    left, right = _calls(claim.left, claim.scope), _calls(claim.right, claim.scope)
    chance = distributions(claim.left, claim.right)
    return tuple(
        n for n in {**left, **right} if left.get(n, set()) != right.get(n, set()) and n not in chance
    )


def _calls(term: Term, scope: Scope) -> dict[str, set[tuple[Term, ...]]]:
    found: dict[str, set[tuple[Term, ...]]] = {}
    for node in walk(term):
        if isinstance(node, Call):
            head = node.function
            while isinstance(head, (Prime, Partial, Element)):
                head = head.base if isinstance(head, Element) else head.function
            if isinstance(head, Symbol) and head.name not in scope.definitions:
                found.setdefault(head.name, set()).add(node.args)
    return found


def many_valued(term: Term) -> bool:
    match term:
        case Root() | Apply(head="log" | "abs" | "norm" | "plusminus"):
            return True
        case Pow(exponent=Number(value=value)):
            return value.denominator != 1
        case Pow(exponent=exponent):
            return not isinstance(exponent, Number)
        case _:
            return False


def fresh_names(claim: Claim) -> tuple[str, ...]:
    """Symbols that one side has and the other has not, and that nothing in scope defines or speaks of."""
    scope: Scope = claim.scope
    left, right = reached(claim.left, scope), reached(claim.right, scope)
    equalities = [h for h in scope.hypotheses if isinstance(h, Relation) and h.op == "="]
    known = {n for h in equalities for n in free_symbols(h)} | distributions(claim.left, claim.right)
    # a dimension of the arrays in sight is told by them: the size of an identity
    known |= {d for s in (left | right).values() for d in s.type.shape or () if isinstance(d, str)}
    called = {n for n in {**left, **right} if _called(n, claim.left, scope) != _called(n, claim.right, scope)}
    found = tuple(n for n in {**left, **right} if (n in left) != (n in right) and n not in known)
    return (*found, *(n for n in called if n not in found and n not in known))


def goes_round(claim: Claim) -> bool:
    """Whether definitions that the claim rests on define one another: together they are a condition."""
    scope: Scope = claim.scope

    def below(name: str) -> set[str]:
        definition = scope.definitions.get(name)
        if definition is None:
            return set()
        body = without_numbers(definition.body, scope.definitions)
        return set(free_symbols(body)) - {p.name for p in definition.parameters}

    start = {n for side in (claim.left, claim.right) for n in free_symbols(side)}
    seen: set[str] = set()
    stack = [*start]
    while stack:
        name = stack.pop()
        if name in seen:
            continue
        seen.add(name)
        stack.extend(below(name))
    for name in seen:
        inside, todo = set[str](), [*below(name)]
        while todo:
            other = todo.pop()
            if other == name:
                return True
            if other not in inside:
                inside.add(other)
                todo.extend(below(other))
    return False


def varies_nothing(claim: Claim) -> bool:
    """Whether a derivative is taken by something that its body, as defined here, does not depend on: the text
    means another definition than the one that was found."""
    scope: Scope = claim.scope
    for node in (n for side in (claim.left, claim.right) for n in walk(side)):
        if (
            isinstance(node, Derivative)
            and isinstance(node.body, Symbol)
            and node.body.name in scope.definitions
        ):
            inside = {*reached(node.body, scope), *_defined_on_the_way(node.body, scope)}
            for variable, _ in node.variables:
                if not free_symbols(variable).keys() & inside:
                    return True
    return False


def varies_not(claim: Claim) -> bool:
    """Whether a claim may say only that nothing is nothing: it differentiates what, as far as the text tells,
    does not depend on the letter, and neither side is written as zero."""
    sides = claim.left, claim.right
    if ZERO in sides or by_chain_rule(sides, claim.scope) != sides:
        return False
    match sides:
        case Derivative() as one, Derivative() as other if (one.body, one.variables) == (
            other.body,
            other.variables,
        ):
            return False  # `dU/dt = \\dot U` is one derivative in two notations
    left = claim.left
    while isinstance(left, (Neg, Mul)):
        left = left.arg if isinstance(left, Neg) else left.args[-1]
    if varies_nothing(claim):
        return True
    if not isinstance(left, Derivative):
        return False
    inside = {*reached(left.body, claim.scope), *_defined_on_the_way(left.body, claim.scope)}
    return any(not free_symbols(v).keys() & inside for v, _ in left.variables)


def misses_its_argument(claim: Claim) -> bool:
    """Whether a function that the claim takes values of is defined by the argument of another in the place
    of its own, `F(M) = e^x` beside `f(x) = x`. Whatever it means, it is not the same at all M."""
    scope: Scope = claim.scope
    called = {
        n.function.name
        for side in (claim.left, claim.right)
        for n in among(side, Call)
        if isinstance(n.function, Symbol)
    }
    arguments = {p.name for d in scope.definitions.values() for p in d.parameters}
    arguments -= scope.definitions.keys()
    for name in called & scope.definitions.keys():
        definition = scope.definitions[name]
        own, inside = {p.name for p in definition.parameters}, free_symbols(definition.body)
        if definition.law is None and own and not own & inside.keys() and inside.keys() & arguments:
            return True
    return False


def _defined_on_the_way(term: Term, scope: Scope) -> set[str]:
    found: set[str] = set()
    stack = [*free_symbols(term)]
    while stack:
        name = stack.pop()
        if name in scope.definitions and name not in found:
            found.add(name)
            definition = scope.definitions[name]
            stack += [*free_symbols(definition.body), *(p.name for p in definition.parameters)]
    return found


def _called(name: str, term: Term, scope: Scope) -> bool:
    """Whether an undefined function of that name is applied: r(y) and a bare r are two things."""
    return name not in scope.definitions and any(
        isinstance(n.function, Symbol) and n.function.name == name for n in among(term, Call)
    )


def reached(
    term: Term, scope: Scope, found: dict[str, Symbol] | None = None, *, parameters: bool = True
) -> dict[str, Symbol]:
    """Free symbols of a term, through the definitions of those that have one; added to `found`. What a
    definition is a function of counts, or only as far as it is made of it."""
    found = {} if found is None else found
    stack = [term]
    expanded: set[str] = set()
    while stack:
        for name, symbol in free_symbols(stack.pop()).items():
            definition = scope.definitions.get(name)
            if definition is None:
                found.setdefault(name, symbol)
            elif name not in expanded:
                expanded.add(name)
                stack.extend((definition.body, *(definition.parameters if parameters else ())))
    return found
