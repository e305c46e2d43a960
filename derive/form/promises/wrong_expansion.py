"""Two sides that are said to be near one another around a point differ there, or part from it at once.

`$\\frac{1}{1-x} \\approx x$ around $x = 0$`: at the point itself an approximation is exact, and where the
right side is a polynomial the derivatives up to its degree agree. So do the powers of a series that goes on
with dots, `$e^z = 1 + z - \\frac{z^2}{2} + \\dots$`. What has no value at the point, what has the letter on
one side only and what is rounded says nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import partial

from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.expressions import regex
from derive.form.cause import cause
from derive.form.solving.asking import Asking, Sides, rounded
from derive.mend.case import GOOD, Case
from derive.model import SET_ASIDE, Claim, Diagnostic, Formula, Prose, Severity, Span, Status
from derive.term.contents import has
from derive.term.nodes import ZERO, Add, BigOp, Call, Div, Ellipsis, Mul, Neg, Number, Pow, Symbol, Term
from derive.term.traverse import free_symbols, substitute

CODE, NAME = "DRV066", "wrong-expansion"
_NEAR = ("approx", "simeq")
_AROUND = regex(
    r"(?:^|,)\W*(?:is (?:valid|good|accurate)\W+)?"
    r"(?:around|near|about|close to|in (?:a|the) neighbou?rhood of)\W*(?:the point\W*)?$",
    re.IGNORECASE,
)
_SMALL = regex(r"(?:^|,)\W*(?:for|when|if)\W+(?:(?:very|sufficiently) )?small\W*$", re.IGNORECASE)
_TENDS = regex(r"(?:^|,)\W*(?:as|when|for|if)\W*$", re.IGNORECASE)
_HIGHEST = 3
_LAST = 7
_FEWEST = 4
"""Terms of a series, dots included, in which the powers go on."""


def check(case: Case) -> Diagnostic | None:
    return _series(case) or _near(case)


def _series(case: Case) -> Diagnostic | None:
    """`e^z = 1 + z + \\frac{z^2}{2} - \\dots`: the powers that are written out are the function's at 0."""
    claim = case.claim
    if claim.relation not in ("=", *_NEAR) or claim.stance in SET_ASIDE or case.verdict.status in GOOD:
        return None
    terms = claim.right.args if isinstance(claim.right, Add) else ()
    last = terms[-1].arg if terms and isinstance(terms[-1], Neg) else terms[-1] if terms else None
    if len(terms) < _FEWEST or not isinstance(last, Ellipsis) or has(claim.left, BigOp, Call, Ellipsis):
        return None
    letters = free_symbols(claim.right)
    (letter,) = letters.values() if len(letters) == 1 else (None,)
    if letter is None or free_symbols(claim.left).keys() != letters.keys() or isinstance(claim.left, Symbol):
        return None
    degrees = [_degree(t, letter) for t in terms[:-1]]
    told = [d for d in degrees if d is not None]
    if len(told) < len(degrees) or told != sorted(set(told)) or told[-1] > _LAST:
        return None
    polynomial = Add(terms[:-1])
    for order in range(told[-1] + 1):
        at = partial(_against, polynomial=polynomial, letter=letter, order=order)
        if _fails(Asking(case, claim.scope, at)):
            odd = next((t for t, d in zip(terms, told, strict=False) if d == order), None)
            return case.finding(
                CODE,
                NAME,
                f"this is not the expansion of ${claim.left.to_latex()}$: its coefficient of "
                f"${letter.to_latex()}^{order}$ is another",
                severity=Severity.WARNING,
                span=case.locate(odd) if odd is not None else None,
            )
    return None


def _against(left: Term, right: Term, polynomial: Term, letter: Symbol, order: int) -> Sides | None:
    return _at(left, polynomial, letter, ZERO, order)


def _near(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation not in _NEAR or claim.stance in SET_ASIDE:
        return None
    if claim.right_span is None or rounded(claim.left, claim.right) or isinstance(claim.left, Symbol):
        return None
    found = _place(case)
    if found is None:
        return None
    letter, point = found
    if any(letter.name not in free_symbols(side) for side in (claim.left, claim.right)):
        return None
    for order in range(min(_degree(claim.right, letter) or 0, _HIGHEST) + 1):
        asking = Asking(case, claim.scope, partial(_at, letter=letter, point=point, order=order))
        if _fails(asking):
            what = "their values" if order == 0 else f"their derivatives of order {order}"
            return case.finding(
                CODE,
                NAME,
                f"the two sides part at ${letter.to_latex()} = {point.to_latex()}$: {what} there differ",
                severity=Severity.WARNING,
            )
    return None


def _fails(asking: Asking) -> bool:
    """Whether it fails however the sides are read."""
    readings = [(r.terms[0], r.terms[1]) for r in asking.case.claim.readings]
    found = (
        asking.verdict(*sides) for sides in readings or [(asking.case.claim.left, asking.case.claim.right)]
    )
    return all(f is not None and f.status is Status.REFUTED and "rests_on" not in f.evidence for f in found)


def _at(left: Term, right: Term, letter: Symbol, point: Term, order: int) -> Sides | None:
    """The derivatives of both sides at the point; None where there are none."""
    try:
        for _ in range(order):
            left, right = differentiate(left, letter), differentiate(right, letter)
    except NotDifferentiable:
        return None
    return substitute(left, {letter: point}), substitute(right, {letter: point})


def _degree(term: Term, letter: Symbol) -> int | None:
    """The degree of a polynomial in the letter; None where it is none."""
    if letter.name not in free_symbols(term):
        return 0
    match term:
        case Symbol():
            return 1
        case Neg(arg=arg):
            return _degree(arg, letter)
        case Add(args=args):
            degrees = [_degree(a, letter) for a in args]
            return None if None in degrees else max(d for d in degrees if d is not None)
        case Mul(args=args):
            degrees = [_degree(a, letter) for a in args]
            return None if None in degrees else sum(d for d in degrees if d is not None)
        case Div(numerator=above, denominator=below) if letter.name not in free_symbols(below):
            return _degree(above, letter)
        case Pow(base=base, exponent=Number(value=n)) if n.denominator == 1 and n >= 0:
            inner = _degree(base, letter)
            return None if inner is None else inner * int(n)
        case _:
            return None


def _place(case: Case) -> tuple[Symbol, Term] | None:
    """The letter and the point that the words right behind the formula name."""
    for words, formula, entry in _behind(case):
        if entry is None:
            letters = {**free_symbols(case.claim.left), **free_symbols(case.claim.right)}
            named = [s for s in letters.values() if s.to_latex() == formula.latex.strip()]
            return (named[0], ZERO) if named and _SMALL.search(words) else None
        left, right = entry.left, entry.right
        if not isinstance(left, Symbol) or free_symbols(right).keys() & {left.name} or rounded(right):
            return None
        if entry.relation in ("=", "approx") and _AROUND.search(words):
            return left, right
        if entry.relation in ("to", "rightarrow") and _TENDS.search(words):
            return (left, right) if right.to_latex() != "\\infty" else None
        if entry.relation == "ll" and right == Number(ZERO.value + 1) and _TENDS.search(words):
            return left, ZERO
        return None
    return None


def _behind(case: Case) -> Iterator[tuple[str, Formula, Claim | None]]:
    """The formula next behind in the same block, with the words before it and what it states."""
    blocks, own = case.document.blocks, case.claim.formula
    at = bisect_right(blocks, case.entry.span.start, key=lambda b: b.span.start) - 1
    if own is None or at < 0:
        return
    words = ""
    for part in blocks[at].parts:
        if part.span.start < own.span.end:
            continue
        if isinstance(part, Prose):
            words += part.text
            continue
        inside = (d.claim for d in case.decided[case.index + 1 :] if _within(part.span, d.span))
        yield " ".join(words.split()), part, next(inside, None)
        return


def _within(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start < outer.end


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "We see that $\\frac{1}{1-x} \\approx x$ around $x = 0$.\n",
        "Moreover $\\sqrt{1 + u} \\approx 1 + 2u$ for small $u$.\n",
        "The exponential is a series: $$e^z = 1 + z + \\frac{1}{2} z^2 - \\frac{1}{6} z^3 + \\dots$$\n",
    ),
    valid=(
        "We see that $\\frac{1}{1-x} \\approx 1 + x$ around $x = 0$.\n",
        "Moreover $\\sqrt{1 + u} \\approx 1 + \\frac{u}{2}$ for small $u$.\n",
        "The cosine is a series: $$\\cos z = 1 - \\frac{1}{2} z^2 + \\frac{1}{24} z^4 - \\dots$$\n",
        "We see that $\\cos x \\approx 1$ around $x = 0$.\n",
        "We see that $\\frac{1}{1-x} \\approx -\\frac{1}{x}$ for large $x$.\n",
    ),
    when="any",
)
