"""A term of a sum or a product divides by zero: `\\sum_{k=0}^{\\infty} \\frac{x^k}{k}` has no term for k = 0.

The divisors are looked at where the index starts and ends, and between numbers everywhere. What is set
apart by cases, by a condition of the index or by words of the formula (`n \\ne 0`) is left alone, and so
are factorials of negative numbers, which many take for infinite.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import dataclass
from derive.form.binding import SUMMING, found_in, kind
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic, Severity
from derive.term.construct import add
from derive.term.contents import among
from derive.term.fingerprint import same
from derive.term.nodes import (
    ZERO,
    BigOp,
    Binder,
    Constant,
    Div,
    Neg,
    Number,
    Piecewise,
    Pow,
    Relation,
    Symbol,
    Term,
    integer,
)
from derive.term.scope import Scope
from derive.term.traverse import children, free_symbols, substitute

CODE, NAME = "DRV080", "undefined-term"
_MOST = 6
"""Terms of a sum between two numbers, or from a number on, that are looked at from its first one on."""


@dataclass(frozen=True, slots=True)
class _Undefined:
    node: BigOp
    at: Term
    divisor: Term


def check(case: Case) -> Diagnostic | None:
    found = found_in(case, lambda term, _: next(_undefined(term), None))
    if found is None:
        return None
    _, slip = found
    (binder,) = slip.node.binders
    index = binder.variable.to_latex()
    if any(
        isinstance(h, Relation) and h.op == "!=" and h.left == binder.variable
        for h in case.claim.scope.hypotheses
    ):
        return None
    return case.finding(
        CODE,
        NAME,
        f"the {kind(slip.node)} has no term for ${index} = {slip.at.to_latex()}$: "
        f"${slip.divisor.to_latex()}$ is zero there, and it divides",
        severity=Severity.WARNING,
        span=case.locate(slip.node),
    )


def _undefined(term: Term) -> Iterator[_Undefined]:
    for node in among(term, BigOp):
        match node:
            case BigOp(op=op, body=body, binders=(Binder(variable=index, domain=None, condition=None) as b,)):
                if op not in SUMMING:
                    continue
                divisors = list(_divisors(body, index))
                for at in _places(b):
                    for divisor in divisors:
                        if _zero(substitute(divisor, {index: at})):
                            yield _Undefined(node, at, divisor)


def _divisors(body: Term, index: Symbol) -> Iterator[Term]:
    """What the terms are divided by, with the index in it; not what stands in cases or is summed itself."""
    stack = [body]
    while stack:
        node = stack.pop()
        if isinstance(node, Piecewise | Relation):
            continue
        match node:
            case Div(denominator=below) if index.name in free_symbols(below):
                yield below
            case Pow(base=below, exponent=Number(value=p)) if p < 0 and index.name in free_symbols(below):
                yield below
            case Pow(base=below, exponent=Neg(arg=Number(value=p))) if p > 0 and index.name in free_symbols(
                below
            ):
                yield below
        stack.extend(children(node))


def _places(binder: Binder) -> Iterator[Term]:
    first, last = binder.lower, binder.upper
    if first is not None:
        yield first
        if isinstance(first, Number) and first.value.denominator == 1:
            more = (
                int(last.value - first.value) if isinstance(last, Number) else _MOST if _endless(last) else 1
            )
            for k in range(1, min(more, _MOST) + 1):
                yield integer(int(first.value) + k)
    if last is not None and not _endless(last):
        yield last


def _endless(bound: Term | None) -> bool:
    return isinstance(bound, Constant) and bound.name == "infinity"


def _zero(term: Term) -> bool:
    if not same(term, ZERO):
        return False
    from derive.verify.normal.form import normal_form

    return normal_form(add(term), Scope()) == ZERO


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "For $|x| < 1$ the series is $$f(x) = \\sum_{k=0}^{\\infty} \\frac{(-1)^k}{k} x^k.$$\n",
        "The weights are $$w_n = \\sum_{k=0}^{n} \\frac{1}{n-k}.$$\n",
        "We bound it by $$S_n \\le \\sum_{k=1}^{n} \\frac{2}{k(k-1)}.$$\n",
        "Its sum is $$S = \\sum_{k=1}^{\\infty} \\frac{1}{(k-3)^2}.$$\n",
    ),
    valid=(
        "For $|x| < 1$ the series is $$f(x) = \\sum_{k=1}^{\\infty} \\frac{(-1)^k}{k} x^k.$$\n",
        "The weights are $$w_n = \\sum_{k=0}^{n-1} \\frac{1}{n-k}.$$\n",
        "We bound it by $$S_n \\le \\sum_{k=2}^{n} \\frac{2}{k(k-1)}.$$\n",
        "Its series for $n \\ne 0$ is $$f(x) = \\sum_{n=0}^{\\infty} \\frac{1}{n} x^n.$$\n",
        "The others are $$w_j = \\prod_{k=0, k \\ne j}^{n} \\frac{1}{x_j - x_k}.$$\n",
        "With its mean it is $$f(x) = \\sum_{k=-2}^{2} c_k x^k, \\quad c_k = \\frac{1}{k^2+1}.$$\n",
    ),
    when="any",
)
