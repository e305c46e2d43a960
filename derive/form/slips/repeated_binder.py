"""A sum, product or integral binds a variable that the next one inside it binds again.

The outer one then has nothing to run over: `\\sum_{x_2} \\sum_{x_2} f(x_1, x_2)` never sums over x_1. Only
one that stands directly around the other is told. A sum inside a fraction or behind a factor
(`\\sum_i a_i / \\sum_i b_i`) is a closed expression with a letter of its own, and an antiderivative taken
twice (`\\iint a\\,dt\\,dt`) is custom.
"""

from derive.classes import dataclass
from derive.form.binding import (
    binds,
    found_in,
    free_letters,
    kind,
    letters_of,
    rebound,
)
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic
from derive.term.nodes import BigOp, Element, Integral, Symbol, Term
from derive.term.traverse import free_symbols, walk

CODE, NAME = "DRV009", "repeated-binder"


@dataclass(frozen=True, slots=True)
class _Nested:
    outer: Term
    variable: Symbol
    inner: Term
    meant: Symbol | None
    """What the body has without a binder and the other side has not: the only such, if there is one."""


def check(case: Case) -> Diagnostic | None:
    if (answer := found_in(case, _nested)) is None:
        return None
    side, found = answer
    name, what = found.variable.to_latex(), kind(found.outer)
    message = f"${name}$ is bound twice: the outer {what} over ${name}$ has nothing to run over"
    fix = None
    if found.meant is not None:
        message += f", and nothing binds ${found.meant.to_latex()}$"
        if isinstance(found.outer, BigOp):
            fix = rebound(case, found.outer, found.meant, side)
    return case.finding(CODE, NAME, message, span=case.locate(found.outer), fix=fix)


def _nested(term: Term, other: Term) -> _Nested | None:
    for node in walk(term):
        here = binds(node)
        if here is None or (inner := binds(here[1])) is None:
            continue
        variable, body = here
        if inner[0] != variable or type(body) is not type(node) or variable.name in free_symbols(body):
            continue
        if isinstance(node, BigOp) and isinstance(body, BigOp) and node.op != body.op:
            continue
        if isinstance(body, BigOp) and _narrowed(body, variable):
            continue
        meant = _unbound(inner[1], term, other, variable)
        if isinstance(node, Integral) and meant is None:
            continue
        return _Nested(node, variable, body, meant)
    return None


def _narrowed(body: BigOp, variable: Symbol) -> bool:
    """Whether the inner range speaks of the letter: `\\sum_i \\sum_{i \\in N(i)}` may have meant anything."""
    (b,) = body.binders
    return any(
        part is not None and variable.name in free_symbols(part) for part in (b.lower, b.upper, b.domain)
    )


def _unbound(body: Term, whole: Term, other: Term, variable: Symbol) -> Symbol | None:
    """The one variable of the family (`x_1` beside `x_2`, an index beside an index) that nothing binds."""
    free, elsewhere = free_symbols(whole), free_letters(other)
    found: dict[Symbol, None] = {}
    for node in walk(body):
        if isinstance(node, Element) and isinstance(node.base, Symbol) and node.base.name in free:
            if node.to_latex().split("_")[0] == variable.name.split("_")[0] and "_" in variable.name:
                found.setdefault(Symbol(node.to_latex(), node.base.type, span=node.span))
            for i in node.indices:
                if isinstance(i, Symbol) and i.name in free and not letters_of(i.name) & elsewhere:
                    found.setdefault(i)
        elif (
            isinstance(node, Symbol) and node.name in free and node.type.role not in ("function", "operator")
        ):
            same = (
                "_" in variable.name
                and "_" in node.name
                and node.name.split("_")[0] == variable.name.split("_")[0]
            )
            plain = "_" not in variable.name and len(node.name) == 1 and not letters_of(node.name) & elsewhere
            if same or (plain and node.name in "xyztuv" and variable.name in "xyztuv"):
                found.setdefault(node)
    return next(iter(found)) if len(found) == 1 else None


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The marginal is\n\n$$p(y) = \\sum_{x_2} \\sum_{x_2} \\sum_{x_3} p(y, x_1, x_2, x_3)$$\n",
        "The total of all entries is\n\n$$S = \\sum_{i=1}^n \\sum_{i=1}^m a_{ij}$$\n",
    ),
    valid=(
        "The marginal is\n\n$$p(y) = \\sum_{x_1} \\sum_{x_2} \\sum_{x_3} p(y, x_1, x_2, x_3)$$\n",
        "The weights are\n\n$$w_i = \\frac{e^{z_i}}{\\sum_i e^{z_i}}$$\n\n"
        "and the way is $s(t) = \\int\\int a(t)\\,dt\\,dt$.\n",
    ),
    when="structure",
)
