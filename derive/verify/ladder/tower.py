"""From a claim to a verdict: does it hold in every model of its scope?

Levels, cheapest first: structural equality; a few models in balls; the normal form; more
models; proof finders in the worker. Whichever answers ends the climb (`relations_equal.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derive.calculus.backward import backward
from derive.calculus.inferred import with_inferred
from derive.calculus.motion import with_motion
from derive.calculus.resolve import TooLarge, resolve_pair, resolver
from derive.calculus.sized import sized
from derive.classes import replace
from derive.model import Claim, Status, Verdict
from derive.reasons import Reason, Why, no_definition, unsupported
from derive.reasons.gaps import Gap
from derive.term.contents import among, has, heads
from derive.term.heads import HEADS
from derive.term.nodes import (
    ONE,
    Add,
    Apply,
    BigOp,
    Binder,
    Derivative,
    Element,
    Ellipsis,
    Integral,
    Relation,
    Symbol,
    Term,
)
from derive.term.randomness import speaks_of_chance
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, walk
from derive.verify.budget import CheckerFault
from derive.verify.evaluate.values import Budget, NoValue
from derive.verify.ladder.certifying import bound
from derive.verify.ladder.dotted import of_what_dots_leave, without_dots
from derive.verify.ladder.extremal_points import decide_extremal_points
from derive.verify.ladder.ill_formed import ill_formed
from derive.verify.ladder.index_ranges import index_ranges
from derive.verify.ladder.one_ended import from_one
from derive.verify.ladder.question import Decider, Question, undecided
from derive.verify.ladder.readings import Alternative, decide_readings
from derive.verify.ladder.rewriting import (
    indexed_functions,
    of_inverse,
    rewritten,
    without_inverse,
)
from derive.verify.ladder.shorthand import spelled_out
from derive.verify.ladder.told_ranges import ranged
from derive.verify.ladder.trial import UNDEFINED
from derive.verify.models.uses import INTEGER_NAMES
from derive.verify.probability.distribution_letters import with_random_letters, without_letters

DEPTH = 6


def decide(claim: Claim) -> Verdict:
    """Decide a claim in its scope, over all of its readings.

    Raises CheckerFault when a proof meets a certified counterexample.
    """
    if not claim.readings:
        return decide_link(claim)
    alternatives = [
        Alternative((replace(claim, left=r.terms[0], right=r.terms[1], readings=()),), tuple(r.choices))
        for r in claim.readings
    ]
    return decide_readings(alternatives, decide_link)


def decide_alternatives(
    alternatives: Sequence[Alternative], link: Callable[[Claim], Verdict] | None = None
) -> Verdict:
    """The verdict over several readings of a chain of claims that stand by themselves, without a document.

    `link` decides one claim by its first reading; None: `decide_by_law`.
    """
    alternatives = [_constants_of_integration(a) for a in alternatives]
    return decide_readings(alternatives, link or decide_by_law, closed=True)


def _constants_of_integration(alternative: Alternative) -> Alternative:
    """Behind an indefinite integral a chain goes on up to an additive constant, which is not always the
    same `C`: the integral is put beside every later link that has such a constant on both sides."""
    first = alternative.links[0]
    v = antiderivative_variable(first.left)
    if v is None or len(alternative.links) < 2:
        return alternative
    own = free_symbols(first.left)
    links = [first]
    for link in alternative.links[1:]:
        sides = (link.left, link.right)
        open_ = [
            antiderivative_variable(s) is not None
            or any(c.name not in own and c.name[:1] in "CcKk" for c in _addends(s))
            for s in sides
        ]
        if link.relation == "=" and all(open_) and not all(antiderivative_variable(s) for s in sides):
            link = replace(link, left=_slope(link.left, v), right=_slope(link.right, v))
        links.append(link)
    return replace(alternative, links=tuple(links))


def _addends(term: Term) -> list[Symbol]:
    parts = term.args if isinstance(term, Add) else (term,)
    return [p for p in parts if isinstance(p, Symbol)]


def _slope(term: Term, v: Symbol) -> Term:
    return Derivative(term, ((v, ONE),), partial=False)


def antiderivative_variable(term: Term) -> Symbol | None:
    for node in among(term, Integral):
        if node.lower is node.upper is node.domain is None:
            return node.variable
    return None


def decide_by_law(claim: Claim) -> Verdict:
    """One relation by itself, without a document: σ is the sigmoid, logit its inverse, unless that fails.

    What a standard definition proves has it for a condition; what it refutes must be false of any function.
    """
    from derive.laws.standard import with_functions

    scope, used = with_functions(claim)
    if not used:
        return decide_link(claim)
    verdict = decide_link(replace(claim, scope=scope))
    if verdict.status in (Status.PROVED, Status.HOLDS):
        return replace(verdict, conditions=(*verdict.conditions, *used))
    if verdict.status is Status.REFUTED:
        other = decide_link(claim)
        return verdict if other.status in (Status.REFUTED, Status.UNDECIDED) else other
    return verdict


def decide_link(claim: Claim) -> Verdict:
    """One relation under its first reading.

    A failure of the checker itself costs this claim its verdict (`fault: …`), never the other claims; only
    CheckerFault, a contradiction, is raised.
    """
    try:
        return _with_links(claim, bound(claim, _defined_from_one(claim, _decide_link(claim))))
    except CheckerFault:
        raise
    except RecursionError:
        return undecided(Why.BUDGET)
    except Exception as error:
        return undecided(Reason(Why.FAULT, (type(error).__name__, str(error))))


def _with_links(claim: Claim, verdict: Verdict) -> Verdict:
    """The verdict on a derivative with the factors of the chain rule that it goes through."""
    if verdict.status not in (Status.PROVED, Status.HOLDS, Status.REFUTED):
        return verdict
    match claim.left:
        case Derivative(body=Symbol() as of, variables=((Symbol() as by, order),)) if order == ONE:
            links = backward(of, by, claim.scope)
        case _:
            return verdict
    if not links:
        return verdict
    return replace(verdict, evidence={**verdict.evidence, "chain_rule": [link.to_latex() for link in links]})


def _defined_from_one(claim: Claim, verdict: Verdict) -> Verdict:
    """Many authors' natural numbers start at 1: what has no value at 0 may have one from there on. (What is
    false at 0 is a doubt of its own.)"""
    if verdict.reason != UNDEFINED:
        return verdict
    natural = [
        Symbol(name, type_)
        for name, type_ in claim.scope.symbols.items()
        if type_.domain == "natural" and type_.shape == ()
    ]
    spoken = {name for h in claim.scope.hypotheses for name in free_symbols(h)}
    natural = [n for n in natural if n.name not in spoken]
    if not natural:
        return verdict
    positive = tuple(Relation(">=", n, ONE) for n in natural)
    again = _decide_link(replace(claim, scope=claim.scope.with_hypotheses(*positive)))
    if again.status not in (Status.PROVED, Status.HOLDS):
        return verdict
    conditions = (*again.conditions, *(p.to_latex() for p in positive))
    return replace(
        again,
        status=Status.HOLDS,
        reason=Reason(Why.NATURAL_FROM_ONE),
        conditions=conditions,
        evidence={**again.evidence, "at_zero": verdict.evidence},
    )


def _decide_link(claim: Claim) -> Verdict:
    if isinstance(claim.left, Ellipsis) or isinstance(claim.right, Ellipsis):
        return undecided(unsupported(Gap.DOTS))
    if (misfit := ill_formed(claim)) is not None:
        return misfit
    claim = with_motion(with_inferred(indexed_functions(claim)))
    if ranges := index_ranges(claim):
        claim = replace(claim, scope=claim.scope.with_hypotheses(*ranges))
    scope: Scope = claim.scope
    if (plain := without_dots(claim)) is not None:
        return of_what_dots_leave(_decide_link(plain))
    if (forward := without_inverse(claim)) is not None:
        return of_inverse(_decide_link(forward))
    chance = speaks_of_chance(claim.left, claim.right)
    if chance:
        from derive.verify.probability.laws import with_laws

        claim = replace(claim, left=with_laws(claim.left, scope), right=with_laws(claim.right, scope))
        scope = with_random_letters(without_letters(scope, claim.left, claim.right))
    try:
        left, right = claim.left, claim.right
        if not chance:
            left, right = spelled_out(left, scope), spelled_out(right, scope)
        left, right = resolve_pair(left, right, scope)
        hypotheses = tuple(map(resolver(scope), scope.hypotheses)) if scope.hypotheses else ()
    except TooLarge:
        return undecided(Why.BUDGET)
    (left, right, *said), scope = ranged((left, right, *hypotheses), scope)
    left, right, hypotheses = sized(left, right, said, scope)
    settled = replace(scope, hypotheses=hypotheses, definitions={}, substitutions=())
    left, right = rewritten(left, settled), rewritten(right, settled)
    question = Question(left, claim.relation, right, settled, tried=claim.tried)
    if (points := decide_extremal_points(question, decide_question)) is not None:
        return points
    if chance or speaks_of_chance(left, right):
        return _of_chance(question, claim)
    if (missing := _meaningless(left, right)) is not None:
        return undecided(missing)
    return decide_question(from_one(question))


def _of_chance(q: Question, claim: Claim) -> Verdict:
    """Finite probability spaces refute; what they do not refute the other levels may prove."""
    from derive.verify.probability.by_moments import by_moments, by_name, named_law
    from derive.verify.probability.distribution_letters import formulas
    from derive.verify.probability.inequalities import chance_bound
    from derive.verify.probability.spaces_tried import decide_chance

    if names := formulas(claim.left, claim.right, scope=claim.scope):
        return undecided(unsupported(Gap.DISTRIBUTION, ", ".join(names)))
    if (settled := by_moments(q, decide_question)) is not None:
        return settled
    if named_law(q):
        return undecided(no_definition(of=Why.DISTRIBUTION))
    q = by_name(q)
    if (bound_ := chance_bound(q, decide_question)) is not None:
        return bound_
    verdict = decide_chance(q)
    if verdict.status is not Status.REFUTED and (open_ := _may_be_random(q)):
        return undecided(no_definition(*open_, of=Why.RANDOM))
    if verdict.status is Status.PROVED:
        return verdict
    proof = None if _meaningless(q.left, q.right) else decide_question(q)
    if proof is not None and proof.status is Status.PROVED:
        if verdict.status is Status.REFUTED:
            return undecided(unsupported(Gap.EXPECTATION_OF_NOTHING_RANDOM))
        return proof
    return verdict


def _may_be_random(q: Question) -> tuple[str, ...]:
    from derive.verify.probability.names import random_outside

    told = ("constant", "parameter", "index")
    names = random_outside(q.left, q.right)
    return tuple(n for n in names if n not in q.scope.symbols or q.scope.symbols[n].role not in told)


def decide_question(q: Question) -> Verdict:
    """One relation between resolved terms."""
    if q.depth > DEPTH:
        return undecided(Why.BUDGET)
    decider = _decider(q.relation)
    if decider is None:
        return undecided(unsupported(Gap.RELATION_NOT_DECIDED, q.relation))
    try:
        return decider(q)
    except Budget:
        return undecided(Why.BUDGET)
    except NoValue as why:
        return undecided(unsupported(why.why))
    except RecursionError:
        return undecided(Why.BUDGET)


def _decider(relation: str) -> Decider | None:
    match relation:
        case "=" | ":=" | "=:" | "defined":
            from derive.verify.ladder.equal import decide_equation

            return lambda q: decide_equation(replace(q, relation="="))
        case "equiv":
            from derive.verify.ladder.modulo import decide_congruence

            return decide_congruence
        case "<" | "<=" | ">" | ">=" | "!=":
            from derive.verify.ladder.order import decide_order

            return decide_order
        case "in" | "notin" | "subset" | "subseteq":
            from derive.verify.ladder.order import decide_membership

            return decide_membership
        case "approx":
            from derive.verify.ladder.approximate import decide_approximation
            from derive.verify.ladder.equal import decide_equation

            return lambda q: decide_approximation(q, decide_equation)
        case "propto":
            from derive.verify.ladder.modulo import decide_proportion

            return decide_proportion
        case "implies" | "impliedby" | "iff":
            from derive.verify.ladder.logic import decide_implication

            return lambda q: decide_implication(q, decide_question)
        case _:
            return None


def _meaningless(left: Term, right: Term) -> Reason | None:
    """Why no model could tell: a derivative of something unknown, an extreme over a continuous range."""
    for side in (left, right):
        told = has(side, BigOp, Derivative) or any(HEADS[head].opaque for head in heads(side))
        for node in walk(side) if told else ():
            if (
                isinstance(node, BigOp)
                and node.op in _EXTREMES
                and any(_continuous(b, node) for b in node.binders)
            ):
                return unsupported(Gap.EXTREME_OVER_CONTINUOUS, node.binders[0].variable.name)
            if isinstance(node, Derivative) and isinstance(node.body, Symbol):
                return no_definition(node.body.to_latex())
            if isinstance(node, Apply) and (why := HEADS[node.head].opaque):
                return unsupported(why)
    return None


_EXTREMES = frozenset(("max", "min", "sup", "inf", "argmax", "argmin"))
_WHOLE = frozenset(("integer", "natural", "positive_integer"))


def _continuous(binder: Binder, node: BigOp) -> bool:
    """A range between two ends, or without any, of something that is not known to be an integer."""
    variable = binder.variable
    if binder.lower is None and any(variable in n.indices for n in among(node.body, Element)):
        return False
    whole = variable.type.domain in _WHOLE or variable.type.role == "index" or variable.name in INTEGER_NAMES
    return binder.domain is None and not (whole and variable.type.shape == ())


__all__ = ["Alternative", "Status", "decide", "decide_alternatives", "decide_link", "decide_question"]
