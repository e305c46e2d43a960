"""The proof levels as the tower asks for them: the normal form in process, proof finders in the worker."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from derive.model import Verdict
from derive.reasons import Why
from derive.term.nodes import Symbol, Term
from derive.verify import workers
from derive.verify.budget import EVALUATION, PROVER, SHORT, StepsSpent, bounded, spend
from derive.verify.ladder.question import Question, undecided
from derive.verify.normal.form import prove_resolved
from derive.verify.normal.proof import Proof


def normal_form(q: Question) -> Proof | None:
    return prove_resolved(q.left, q.right, q.scope)


def guarded(function: str, q: Question, *, here: bool) -> Verdict:
    """The verdict of `module:function` on the question, found in the worker; `budget` if it is stopped.

    `here`: it can be stopped in this process as well, where most answers are there before the worker's
    copy of the question would be.
    """
    module, name = function.split(":")
    if workers.inside(own=True):
        return cast(Verdict, getattr(import_module(module), name)(q))
    if here:
        try:
            with bounded(SHORT):
                return cast(Verdict, getattr(import_module(module), name)(q))
        except StepsSpent:
            spend(0)  # where that was the end of the budget around it, nothing more is asked
    # a copy of this process is to have at hand what it will need
    from derive.verify.evaluate.analysis import integrals, limits, sums  # noqa: F401

    try:
        return cast(Verdict, workers.call(function, q, allowance=EVALUATION, own=True))
    except workers.OutOfBudget:
        return undecided(Why.BUDGET)


def find(q: Question, *, valued: bool = True) -> Proof | None:
    """The proof finders: first those of this process, then SymPy in the worker, under a budget.

    `valued`: some model gives both sides values. Where none does, nothing would bear SymPy's word out, and
    it is asked for closed forms alone.
    """
    from derive.verify.provers.closed_forms import closed_sides
    from derive.verify.provers.equations import prove
    from derive.verify.provers.order import prove_equal_by_cases

    proof = prove_equal_by_cases(q.left, q.right, q.scope) or prove(q.left, "=", q.right, q.scope)
    if proof is not None or not q.expressible or not (valued or q.has_closed_forms):
        return proof
    closed = closed_sides(q.left, q.right, q.scope)
    if closed is None:
        return cast("Proof | None", _in_worker(_SYMPY, q.left, q.right, q.scope))
    proof = closed.proof(q.scope)
    if proof is None:  # it has nothing to find but whether they are the same
        proof = cast("Proof | None", _in_worker(_SYMPY, closed.left, closed.right, q.scope))
        proof = None if proof is None else closed.named(proof)
    return proof


_SYMPY = "derive.verify.provers.by_sympy:prove"


def _in_worker(function: str, *arguments: object) -> object:
    """The function's answer, None when it fails or is stopped: then there is no proof, no more."""
    if workers.inside():
        module, name = function.split(":")
        return cast(object, getattr(import_module(module), name)(*arguments))
    try:
        return cast(object, workers.call(function, *arguments, allowance=PROVER))
    except workers.OutOfBudget:
        return None


def second_reading(latex: str, symbols: Mapping[str, Symbol]) -> tuple[Term, Term] | None:
    """The second reader's two sides of an equation; None where it has no opinion or takes too long."""
    return cast(
        "tuple[Term, Term] | None",
        _in_worker("derive.verify.provers.by_second_reader:sides", latex, symbols),
    )


def order(q: Question, *, cheap: bool = False) -> Proof | None:
    from derive.verify.provers.order import prove_order

    return prove_order(q.left, q.relation, q.right, q.scope, cheap=cheap)


def remainder(rest: Term, variable: Symbol, point: Term | None, order: int, little: bool) -> Proof | None:
    """Whether `rest` is O((variable - point)^order), by its limit; at infinity where the point is None."""
    return None
