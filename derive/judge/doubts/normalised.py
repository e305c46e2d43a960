"""The state of a qubit has norm one, whatever letters its amplitudes are."""

from __future__ import annotations

from collections.abc import Iterator

from derive.facts.states import OPTION
from derive.judge.doubts.doubt import Weaken, given, under_conditions
from derive.model import Claim, Verdict
from derive.term.construct import add, mul
from derive.term.nodes import ONE, TWO, ZERO, Add, Apply, Div, Matrix, Mul, Neg, Pow, Relation, Term
from derive.term.traverse import free_symbols
from derive.verify.ladder.mentions import reached


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    if claim.scope.options.get(OPTION) is None:
        return
    used = reached(claim.left, claim.scope, reached(claim.right, claim.scope))
    told: list[Relation] = []
    for name, definition in claim.scope.definitions.items():
        if not name.startswith("|") or not free_symbols(definition.body).keys() & used.keys():
            continue
        parts = _amplitudes(definition.body)
        if parts and any(free_symbols(p) for p in parts):
            squares = (Pow(Apply("abs", (p,)), TWO) for p in parts)
            told.append(Relation("=", add(*squares), ONE))
    if told:
        yield given(claim, *told)


def _amplitudes(term: Term) -> list[Term] | None:
    """The coefficients of a sum of states; None where it is something else."""
    match term:
        case Add(args=args):
            found = [_amplitudes(a) for a in args]
            return None if any(f is None for f in found) else [x for f in found if f is not None for x in f]
        case Neg(arg=arg):
            return _amplitudes(arg)
        case Matrix(rows=rows):
            return [x for row in rows for x in row if x != ZERO]
        case Div(numerator=left, denominator=right):
            inner = _amplitudes(left)
            return None if inner is None else [Div(x, right) for x in inner]
        case Mul(args=args) if sum(_amplitudes(a) is not None for a in args) == 1:
            scale = [a for a in args if _amplitudes(a) is None]
            inner = next(x for a in args if (x := _amplitudes(a)) is not None)
            return [mul(*scale, x) for x in inner]
        case _:
            return None


DOUBT = Weaken(
    "doubt/normalised",
    "the state of a qubit has norm one, and seldom a text says so",
    claims,
    under_conditions,
    unsaid=True,
    lifts=(
        "A qubit is in a state. Let $|\\psi\\rangle = \\alpha|0\\rangle + \\beta|1\\rangle$. "
        "We see that $$|\\alpha|^2 = 1 - |\\beta|^2.$$",
    ),
    stands=(
        "A qubit is in a state. Let $|\\psi\\rangle = \\alpha|0\\rangle + \\beta|1\\rangle$. "
        "We see that $$\\langle \\psi|\\psi\\rangle = |\\alpha|^2 - |\\beta|^2.$$",
    ),
)
