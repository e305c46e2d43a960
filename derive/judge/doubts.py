"""What a refutation must survive before it is an error: other meanings, rounding, unstated ranges.

Each doubt takes a refuted claim and gives its verdict back, or a milder one. They are asked in the order of
`DOUBTS`; the first that makes the refutation fall ends the questions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from derive.judge.doubts_arrays import (
    of_entries,
    of_symmetric_matrices,
    of_the_other_layout,
    of_what_was_derived_before,
)
from derive.laws.standard import other_meanings, unsettled
from derive.model import Claim, Status, Verdict
from derive.reasons import CONSTRAINT, no_definition
from derive.term.nodes import Apply, Number, Relation, integer
from derive.term.scope import Reading
from derive.term.traverse import bound_here, free_symbols, walk
from derive.verify.ladder.mentions import (
    functional,
    goes_round,
    many_valued,
    reached,
    varies_nothing,
)

Decide = Callable[[Claim], Verdict]
GOOD = frozenset({Status.PROVED, Status.HOLDS})
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "ll": ">=", "gg": "<="}


def whatever_it_means(claim: Claim, verdict: Verdict, decide: Decide) -> Verdict:
    """A refutation that takes σ for the sigmoid, where no word of the text says so, must stand for
    the other functions of that name and for an unknown one."""
    for scope in other_meanings(claim):
        if decide(replace(claim, scope=scope)).status is not Status.REFUTED:
            return Verdict(Status.UNDECIDED, no_definition(*unsettled(claim)))
    return verdict


def of_positive_quantities(claim: Claim, verdict: Verdict, decide: Decide) -> Verdict:
    """Lengths, masses and rates are positive and no text says so: where roots, logarithms and broken
    powers make the difference, a claim that holds for all positive numbers is no error."""
    if claim.relation != "=":
        return verdict
    if not any(many_valued(n) for s in (claim.left, claim.right) for n in walk(s)):
        return verdict
    spoken = {n for h in claim.scope.hypotheses for n in free_symbols(h)}
    bound = {s.name for side in (claim.left, claim.right) for n in walk(side) for s in bound_here(n)}
    numbers = {
        name: symbol
        for name, symbol in reached(claim.left, claim.scope, reached(claim.right, claim.scope)).items()
        if name not in spoken | bound
        and symbol.type.domain == "real"
        and symbol.type.shape == ()
        and symbol.type.role in {"variable", "constant"}
    }
    if not numbers:
        return verdict
    positive = tuple(Relation(">", symbol, integer(0)) for symbol in numbers.values())
    hard = claim.scope.hypotheses
    answer = decide(replace(claim, scope=replace(claim.scope, hypotheses=hard + positive)))
    if answer.status not in GOOD:
        return verdict
    needed = tuple(r.to_latex() for r in positive if r.to_latex() not in answer.conditions)
    return replace(answer, conditions=(*answer.conditions, *needed))


def of_other_values(claim: Claim, verdict: Verdict, decide: Decide) -> Verdict:
    """`1[h \\neq y] = (1 - yh)/2` holds for labels ±1: where an indicator compares symbols whose values
    nobody states, another set of values may be meant."""
    spoken = {n for h in claim.scope.hypotheses for n in free_symbols(h)}
    for node in (n for s in (claim.left, claim.right) for n in walk(s)):
        if isinstance(node, Apply) and node.head == "indicator" and isinstance(node.args[0], Relation):
            if node.args[0].op in {"=", "!="} and not free_symbols(node.args[0]).keys() <= spoken:
                return Verdict(
                    Status.UNDECIDED, CONSTRAINT, evidence={"refuted_as_it_stands": verdict.evidence}
                )
    return verdict


def of_special_arrays(claim: Claim, verdict: Verdict, decide: Decide) -> Verdict:
    """ "All matrices here are symmetric": what the text says of arrays in words narrows the models, where no
    hypothesis says it of a symbol."""
    symbols = {**reached(claim.left, claim.scope), **reached(claim.right, claim.scope)}
    if "special-arrays" in claim.scope.options and any(s.type.shape != () for s in symbols.values()):
        return Verdict(Status.UNDECIDED, CONSTRAINT, evidence={"refuted_as_it_stands": verdict.evidence})
    return verdict


def of_another_definition(claim: Claim, verdict: Verdict, decide: Decide) -> Verdict:
    """Definitions that go round in a circle, or that do not have what a derivative is taken by."""
    if goes_round(claim) or varies_nothing(claim):
        return Verdict(Status.UNDECIDED, CONSTRAINT, evidence={"refuted_as_it_stands": verdict.evidence})
    return verdict


def under_unsaid_conditions(claim: Claim, verdict: Verdict, decide: Decide) -> Verdict:
    """An inequality between quantities whose range nobody states is wrong when its opposite holds
    throughout; where it holds for some values, the text may mean those."""
    if claim.relation not in _OPPOSITE:
        return verdict
    ours = {*reached(claim.left, claim.scope), *reached(claim.right, claim.scope)}
    near = [free_symbols(h).keys() for h in claim.scope.hypotheses]
    spoken = {n for names in near if names <= ours for n in names}
    if ours <= spoken:
        return verdict
    opposite = decide(replace(claim, relation=_OPPOSITE[claim.relation]))
    if opposite.status in GOOD:
        return verdict
    return Verdict(Status.UNDECIDED, CONSTRAINT, evidence={"refuted_as_it_stands": verdict.evidence})


def of_an_unknown_function(claim: Claim, verdict: Verdict, decide: Decide) -> Verdict:
    """A functional equation says what its function is."""
    names = functional(claim)
    if not names:
        return verdict
    return Verdict(
        Status.UNDECIDED,
        no_definition(*names),
        evidence={"refuted_as_it_stands": verdict.evidence},
    )


DOUBTS = (
    whatever_it_means,
    of_positive_quantities,
    of_other_values,
    of_special_arrays,
    of_symmetric_matrices,
    of_what_was_derived_before,
    of_the_other_layout,
    of_entries,
    of_another_definition,
    under_unsaid_conditions,
    of_an_unknown_function,
)


def false_throughout(claim: Claim, verdict: Verdict, decide: Decide) -> bool:
    """`f'(x) = 3` for an f' that is 2 everywhere: no value of x makes a condition of it."""
    if verdict.status is not Status.REFUTED or claim.relation != "=" or verdict.counterexample is None:
        return False
    if free_symbols(claim.right) or not free_symbols(claim.left) or claim.fresh:
        return False
    try:
        value = Fraction(verdict.counterexample.left)
    except ValueError:
        return False
    return (
        decide(replace(claim, right=Number(value), readings=(Reading((claim.left, Number(value))),))).status
        is Status.PROVED
    )
