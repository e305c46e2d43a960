"""The derivatives of a chain rule do not follow on one another.

In `\\frac{\\partial a}{\\partial c} \\frac{\\partial c}{\\partial b}` what is differentiated in one
factor is what the factor before differentiates by, so that all but the outer two cancel: it is ∂a/∂b, and
nothing else. Where one quantity alone keeps the factors from closing, it is a slip for another, or a factor
was lost. Equations of motion, in which such products mean no chain (`u_t = u_x v_y`), miss by more than one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from derive.classes import dataclass
from derive.expressions import regex
from derive.form.binding import as_written, in_doubt
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic, Fix, Severity
from derive.term.nodes import Add, Call, Derivative, Div, Mul, Neg, Symbol, Term, integer
from derive.term.traverse import children

CODE, NAME = "DRV079", "broken-chain"
_ONE = integer(1)
_ACCENT = regex(r"\\(?:hat|tilde|bar|widehat|widetilde|overline)\{(.+)\}")


@dataclass(frozen=True, slots=True)
class _Factors:
    """What is differentiated, and by what, in a product of first derivatives."""

    over: tuple[Term, ...]
    under: tuple[Term, ...]


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation != "=" or not in_doubt(case) or (written := as_written(case)) is None:
        return None
    outer = _factors(written[0])
    if outer is None or len(outer.over) != 1 or outer.over == outer.under:
        return None
    for summand in _summands(written[1]):
        inner = _factors(summand)
        if inner is None or len(inner.over) < 2 or len(set(inner.over)) < len(inner.over):
            continue
        found = _missed(outer, inner)
        if found is not None and not _another_name(found, outer, inner):
            return _told(case, outer, inner, *found)
    return None


def _missed(outer: _Factors, inner: _Factors) -> tuple[Term, Term] | None:
    """The quantity that keeps the product from being the derivative, and the one that belongs there."""
    left = Counter(map(_name, outer.over))
    left.subtract(map(_name, outer.under))
    right = Counter(map(_name, inner.over))
    right.subtract(map(_name, inner.under))
    right.subtract(left)
    off = {name: n for name, n in right.items() if n}
    if sorted(off.values()) != [-1, 1]:
        return None
    more, less = (next(name for name, n in off.items() if n == k) for k in (1, -1))
    return more, less


def _another_name(found: tuple[Term, Term], outer: _Factors, inner: _Factors) -> bool:
    """Whether both are differentiated: `x_{n+1} = f(x_n)` is f as soon as it is differentiated by x_n.
    Nothing is differentiated by one name twice."""
    below = [_name(t) for t in inner.under]
    if len(set(below)) < len(below):
        return False
    return all(any(_name(t) == q for t in (*outer.over, *inner.over)) for q in found)


def _told(case: Case, outer: _Factors, inner: _Factors, more: Term, less: Term) -> Diagnostic | None:
    # a quantity too many above is one of the numerators, one too few below is a denominator's place
    stray, meant = (more, less) if more in map(_name, inner.over) else (less, more)
    if [*map(_name, inner.under)].count(less) > 1:
        stray, meant = less, more  # nothing is differentiated by one quantity twice
    places = [t for t in (*inner.over, *inner.under, *outer.under) if _name(t) == stray]
    where = case.locate(places[0]) if len(places) == 1 else None
    wrong, right = stray.to_latex(), meant.to_latex()
    return case.finding(
        CODE,
        NAME,
        f"the chain rule does not close: ${wrong}$ stands where ${right}$ would, or a factor is missing",
        severity=Severity.WARNING,
        span=where,
        fix=Fix(right, f"put ${right}$ in the place of ${wrong}$", where) if where is not None else None,
    )


def _summands(term: Term) -> Iterator[Term]:
    match term:
        case Add(args=args):
            for arg in args:
                yield from _summands(arg)
        case _:
            yield term


def _factors(term: Term) -> _Factors | None:
    """None where anything but first derivatives by one quantity each stands in the product."""
    match term:
        case Neg(arg=arg):
            return _factors(arg)
        case Derivative(body=body, variables=((variable, order),)) if order == _ONE and not _nested(body):
            return _Factors((body,), (variable,))
        case Mul(args=args):
            parts = [_factors(a) for a in args]
            if any(p is None for p in parts):
                return None
            known = [p for p in parts if p is not None]
            return _Factors(tuple(t for p in known for t in p.over), tuple(t for p in known for t in p.under))
        case _:
            return None


def _nested(body: Term) -> bool:
    """Whether more than a quantity is differentiated: a sum, a product or a derivative."""
    return isinstance(body, (Add, Mul, Div, Neg, Derivative)) or any(
        isinstance(n, Derivative) for n in children(body)
    )


def _name(term: Term) -> Term:
    """`f(x)` stands for the quantity f, and `\\hat J(m) = J(u(m), m)` is J as a function of m alone."""
    term = term.function if isinstance(term, Call) else term
    if isinstance(term, Symbol) and (m := _ACCENT.fullmatch(term.name)) is not None:
        return Symbol(m[1])
    return Symbol(term.name) if isinstance(term, Symbol) else term


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Let $y = w x + b$. By the chain rule\n\n$$\\frac{\\partial L}{\\partial w} = "
        "\\frac{\\partial L}{\\partial y} \\frac{\\partial y}{\\partial b}.$$\n",
        "The gradient flows back:\n\n$$\\frac{\\partial L}{\\partial S_{k-2}} = "
        "\\frac{\\partial L}{\\partial S_k} \\frac{\\partial S_k}{\\partial S_{k-1}}$$\n",
        "The gradient is\n\n$$\\frac{\\partial L}{\\partial w} = \\frac{\\partial L}{\\partial z} "
        "\\frac{\\partial y}{\\partial z} \\frac{\\partial z}{\\partial w}$$\n",
    ),
    valid=(
        "By the chain rule\n\n$$\\frac{\\partial L}{\\partial w} = \\frac{\\partial L}{\\partial y} "
        "\\frac{\\partial y}{\\partial w}.$$\n",
        "The equation of motion is\n\n$$\\frac{\\partial u}{\\partial t} = \\frac{\\partial u}{\\partial x} "
        "\\frac{\\partial v}{\\partial y}.$$\n",
        "The state is $x_{n+1} = g(x_n, u)$ and\n\n$$\\frac{\\partial x_{n+1}}{\\partial u_k} = "
        "\\frac{\\partial g}{\\partial x_n} \\frac{\\partial x_n}{\\partial u_k} + "
        "\\frac{\\partial g}{\\partial u_k}.$$\n",
        "For a curve given by a parameter\n\n$$\\frac{dy}{dx} = \\frac{dy/dt}{dx/dt} = \\frac{dy}{dt} "
        "\\frac{dt}{dx}.$$\n",
        "$$\\frac{d\\hat{J}}{dm} = \\frac{\\partial J}{\\partial u} \\frac{du}{dm} + "
        "\\frac{\\partial J}{\\partial m}$$\n",
        "$$\\frac{df}{dt} = \\frac{\\partial f}{\\partial x} \\frac{dx}{dt} + "
        "\\frac{\\partial f}{\\partial y} \\frac{dy}{dt}$$\n",
    ),
    when="any",
)
