"""Another reader takes the formula otherwise, and so it holds: latex2sympy2, where it is installed.

It reads plain arithmetic of numbers alone, and its algebra is commutative: claims with arrays or unknown
functions in them are none of its. It is asked last, only before what would be an error, and only of what
could be read otherwise: parsing takes it some fifty milliseconds.
"""

from __future__ import annotations

from typing import Any

from derive.classes import replace
from derive.installed import second_reader as present
from derive.judge.doubts.doubt import Weaken, reread, undecided
from derive.meaning.second_reader import in_fragment, reads_one_way
from derive.model import Claim, Stance, Verdict
from derive.reasons import Reason, Why
from derive.term.contents import has
from derive.term.nodes import (
    Add,
    Apply,
    Constant,
    Div,
    Matrix,
    Mul,
    Neg,
    Number,
    Pow,
    Root,
    Symbol,
    Term,
    Tuple,
)
from derive.term.traverse import free_symbols, walk
from derive.verify.provers.proving import second_reading

_ARITHMETIC = (Number, Constant, Symbol, Add, Mul, Neg, Div, Pow, Root, Apply)
_NO_NUMBERS = ("function", "operator", "distribution")


def claims(claim: Claim, refuted: Verdict) -> tuple[Claim, ...]:
    if claim.stance is not Stance.ASSERTED or claim.relation != "=" or claim.latex.count("=") != 1:
        return ()
    if not all(map(in_fragment, claim.latex.split("="))) or not _of_numbers(claim) or not present():
        return ()
    letters = {**free_symbols(claim.left), **free_symbols(claim.right)}
    if "\\pi" not in letters and all(map(reads_one_way, claim.latex.split("="))):
        return ()
    pair = second_reading(claim.latex, letters)
    return () if pair is None else (reread(claim, *pair),)


def _of_numbers(claim: Claim) -> bool:
    """Whether every letter is a number, by its type and by its definition."""
    return all(_plain(node, claim) for side in (claim.left, claim.right) for node in walk(side))


def _plain(node: Term, claim: Claim) -> bool:
    if not isinstance(node, Symbol):
        return isinstance(node, _ARITHMETIC)
    if node.type.shape != () or node.type.role in _NO_NUMBERS:
        return False
    definition = claim.scope.definitions.get(node.name)
    return definition is None or not has(definition.body, Matrix, Tuple)


def _shown(claim: Claim) -> str:
    return f"{claim.left.to_latex()} = {claim.right.to_latex()}"


def told(weakened: Claim, answer: Verdict) -> dict[str, Any]:
    """What the evidence says of the question."""
    return {"second_reader": {"reading": _shown(weakened), "verdict": answer.status.value}}


def becomes(weakened: Claim, answer: Verdict, claim: Claim, refuted: Verdict) -> Verdict:
    left = undecided(Reason(Why.SECOND_READER, (_shown(weakened), _shown(claim))), refuted)
    return replace(left, evidence={**left.evidence, **told(weakened, answer)})


DOUBT = Weaken(
    "doubt/second-reader",
    "a reader of another hand takes the formula otherwise",
    claims,
    becomes,
    evidence=told,
    lifts=("So we get $$\\sin x \\cos x + \\cos x \\sin x = 2 \\sin x \\cos x = \\sin 2 \\cdot x.$$",),
    stands=(
        "So we get $$\\sin x \\cos x + \\cos x \\sin x = 2 \\sin x \\cos x = \\sin 3 \\cdot x.$$",
        "Let $A \\in \\mathbb{R}^{n \\times n}$, $B \\in \\mathbb{R}^{n \\times n}$. "
        "So we get $$A B + A = A B + A + A - A = A + B A.$$",
    ),
)
