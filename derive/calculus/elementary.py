"""Derivatives of the built-in functions of numbers, as terms in their arguments, from their records."""

from __future__ import annotations

from derive.functions import FUNCTIONS
from derive.term.construct import apply
from derive.term.nodes import Constant, Number, Piecewise, Relation, Term

ONE_ARGUMENT = frozenset(f.name for f in FUNCTIONS.values() if f.least == 1 and f.derivatives)


def partial(head: str, args: tuple[Term, ...], k: int) -> Term | None:
    """The derivative of `head(args)` by `args[k]`; None where no rule is known."""
    function = FUNCTIONS.get(head)
    if function is None or k >= min(len(args), len(function.derivatives)) or not function.takes(len(args)):
        return None
    rule = function.derivatives[k]
    return None if rule is None else rule(*args)


def choice(head: str, args: tuple[Term, ...], slopes: tuple[Term, ...]) -> Term:
    """The derivative of `max` or `min` of numbers with these slopes; undefined at ties."""
    op = ">" if head == "max" else "<"
    cases: list[tuple[Term, Term]] = []
    for k, (arg, slope) in enumerate(zip(args, slopes, strict=True)):
        conditions = tuple(Relation(op, arg, other) for j, other in enumerate(args) if j != k)
        if not conditions:
            return slope
        cases.append((slope, conditions[0] if len(conditions) == 1 else apply("and", *conditions)))
    return Piecewise(tuple(cases))  # without a value where none of the conditions holds


def is_constant(term: Term) -> bool:
    return isinstance(term, Number | Constant)
