"""`f(t) = t` for `0 \\le t < 1`: of the function at other arguments the text has said nothing.

A refutation there is a doubtful one, and a proof there is none (`reaches_out`, asked by the court).
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import replace
from derive.judge.doubts.doubt import Decide, Falls, Weaken, given, left_open, nodes, reread
from derive.model import Claim, Status, Verdict
from derive.reasons import CONSTRAINT
from derive.term.nodes import Call, Relation, Symbol, Term
from derive.term.traverse import substitute


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    """The claim where the functions that it speaks of stand at arguments that they are defined for."""
    stated = tuple(dict.fromkeys(c for node in nodes(claim) for c in _conditions(claim, node)))
    if stated:
        yield given(claim, *stated)


def reaches_out(claim: Claim, decide: Decide) -> bool:
    """Whether a claim takes a function at an argument of which the text has not said what it is there."""
    for node in nodes(claim):
        for condition in _conditions(claim, node):
            if not isinstance(condition, Relation) or condition in claim.scope.hypotheses:
                continue
            if isinstance(node, Call) and all(isinstance(a, Symbol) for a in node.args):
                continue  # `f(x)`: what is said of all arguments is said where it was defined
            asked = replace(reread(claim, condition.left, condition.right), relation=condition.op, tried=True)
            if decide(asked).status is Status.REFUTED:
                return True
    return False


def _conditions(claim: Claim, node: Term) -> Iterator[Term]:
    if not (isinstance(node, Call) and isinstance(node.function, Symbol)):
        return
    definition = claim.scope.definitions.get(node.function.name)
    if definition is None or len(definition.parameters) != len(node.args):
        return
    put = dict(zip(definition.parameters, node.args, strict=True))
    for condition in definition.conditions:
        yield substitute(condition, put)


DOUBT = Weaken(
    "doubt/part-of-arguments",
    "the function was defined for some of its arguments, and the counterexample has another",
    claims,
    left_open(CONSTRAINT),
    falls=Falls.UNLESS_REFUTED,
    lifts=(
        "Let $f(t) = t$ for $0 \\le t < 1$.\n\nSo $f(t) = t - 1$ for $1 \\le t < 2$.",
        "Let $f(t) = t$ for $0 \\le t < 1$.\n\nThen we have $$f(5/2) + 1 = 3/2.$$",
    ),
    stands=("Let $f(t) = t$ for $0 \\le t < 1$.\n\nThen we have $$f(1/2) + 1 = 2.$$",),
)
