"""The factor before `\\exp(-…)` is not the one that goes with its exponent in a normal density.

`\\frac{1}{\\sqrt{2\\pi\\sigma^2}} \\exp(-\\frac{(x-\\mu)^2}{\\sigma^2})` lacks a 2: with the factor K and
the exponent `-c u^2` the density integrates to one where `\\pi K^2 = c`. It is told where both speak of
the same letters, or the text names a normal density or a likelihood. Other powers of the root, several
variables, a factor without π and letters that the text calls a normalisation say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import dataclass, replace
from derive.form.cause import cause
from derive.form.known.nearby import may_be_told, nearby
from derive.mend.case import Case
from derive.model import Claim, Diagnostic, Status
from derive.term.nodes import (
    ONE,
    TWO,
    ZERO,
    Add,
    Apply,
    Constant,
    Div,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Root,
    Symbol,
    Term,
)
from derive.term.scope import Reading
from derive.term.traverse import free_symbols, substitute, walk

CODE, NAME = "DRV064", "normal-factor"
_NAMED = r"\bnormal\b|\bgauss|\blikelihood\b|\bdensit|\bpdf\b"


@dataclass(frozen=True, slots=True)
class _Bell:
    """`factor \\cdot \\exp(-rate \\cdot u^2)` within a side."""

    whole: Term
    factor: Term
    rate: Term


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation not in ("=", ":=", "approx", "equiv"):
        return None
    words = nearby(case)
    for bell in (b for side in (claim.right, claim.left) for b in _bells(side)):
        alike = free_symbols(bell.factor).keys() == free_symbols(bell.rate).keys()
        if not (alike and free_symbols(bell.rate)) and not words.name(_NAMED):
            continue
        if not may_be_told(case, words):
            return None
        verdict = case.mender.verdict(_balance(claim, bell))
        if verdict is None or verdict.status is not Status.REFUTED:
            continue
        return case.finding(
            CODE,
            NAME,
            f"the factor ${bell.factor.to_latex()}$ does not go with the exponent: a normal density is "
            r"$\frac{1}{\sqrt{2\pi\sigma^2}} \exp(-\frac{(x-\mu)^2}{2\sigma^2})$",
            span=case.locate(bell.whole),
        )
    return None


def _bells(term: Term) -> Iterator[_Bell]:
    for node in walk(term):
        match node:
            case Mul(args=args):
                bell = _bell(node, args)
            case Div(numerator=Apply() as above, denominator=below):
                bell = _bell(node, (above, Div(ONE, below)))
            case Div(numerator=Mul(args=args), denominator=below):
                bell = _bell(node, (*args, Div(ONE, below)))
            case _:
                bell = None
        if bell is not None:
            yield bell


def _bell(whole: Term, args: tuple[Term, ...]) -> _Bell | None:
    """The bell that the factors make: one is an exponential of a square, another has a root with π."""
    tops = [a for a in args if isinstance(a, Apply) and a.head == "exp"]
    rest = [a for a in args if a not in tops]
    if len(tops) != 1 or not rest or len(rest) > 2:
        return None
    factor = rest[0] if len(rest) == 1 else Mul(tuple(rest))
    roots = [n for n in walk(factor) if isinstance(n, Root) and n.index == TWO]
    if len(roots) != 1 or sum(isinstance(n, Constant) and n.name == "pi" for n in walk(roots[0])) != 1:
        return None
    if any(isinstance(n, Constant) and n.name == "pi" for n in walk(factor) if n not in [*walk(roots[0])]):
        return None
    if any(
        not isinstance(n, Number | Symbol | Constant | Mul | Div | Pow | Root | Neg) for n in walk(factor)
    ):
        return None
    rate = _rate(tops[0].args[0])
    return None if rate is None else _Bell(whole, _unweighted(factor, rate), rate)


def _unweighted(factor: Term, rate: Term) -> Term:
    """The factor without the letters that the exponent does not have, where it has others: `\\lambda` times a
    density has the integral λ."""
    letters = free_symbols(factor)
    weights: dict[Term, Term] = {s: ONE for n, s in letters.items() if n not in free_symbols(rate)}
    return substitute(factor, weights) if len(weights) < len(letters) else factor


def _rate(exponent: Term) -> Term | None:
    """`c` in `-c u^2`, where u is a letter or a difference, over a letter perhaps."""
    squares = [n for n in walk(exponent) if _square(n) is not None]
    if len(squares) != 1:
        return None
    scale = _square(squares[0])
    assert scale is not None
    rate = Neg(substitute(exponent, {squares[0]: scale}))
    plain = all(isinstance(n, Number | Symbol | Mul | Div | Pow | Neg) for n in walk(rate))
    return rate if plain else None


def _square(term: Term) -> Term | None:
    """`u^2` by the square of the difference in it: `1/\\sigma^2` for `(\\frac{x-\\mu}{\\sigma})^2`."""
    match term:
        case Pow(base=Add(args=(_, _)), exponent=Number(value=v)) if v == 2:
            return ONE
        case Pow(base=Apply(head="norm" | "abs", args=(Add(args=(_, _)),)), exponent=Number(value=v)) if (
            v == 2
        ):
            return ONE
        case Pow(base=Div(numerator=Add(args=(_, _)), denominator=below), exponent=Number(value=v)) if v == 2:
            return Div(ONE, Pow(below, TWO))
        case _:
            return None


def _balance(claim: Claim, bell: _Bell) -> Claim:
    """`\\pi K^2 = c`, for positive letters."""
    left, right = Mul((Constant("pi"), Pow(bell.factor, TWO))), bell.rate
    letters = (free_symbols(bell.factor) | free_symbols(bell.rate)).values()
    scope = replace(
        claim.scope,
        hypotheses=tuple(Relation(">", s, ZERO) for s in letters),
        definitions={},
        substitutions=(),
        soft=(),
    )
    sides = (left, right)
    return replace(
        claim, left=left, right=right, relation="=", readings=(Reading(sides),), scope=scope, cases=()
    )


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The likelihood of one point is "
        "$$p(y) = \\frac{1}{\\sqrt{2\\pi\\sigma^2}} \\exp\\left(-\\frac{(y-s)^2}{\\sigma^2}\\right).$$\n",
        "The measure is $$n(x) = \\frac{w}{s \\sqrt{2\\pi}} \\exp\\left(-\\frac{(x-a)^2}{2 s^4}\\right).$$\n",
        "From $P(t \\mid x) = \\sqrt{\\frac{\\beta}{2\\pi}} \\exp(-\\beta (t - w x)^2)$ the rest follows.\n",
    ),
    valid=(
        "The measure is $$n(x) = \\frac{w}{s \\sqrt{2\\pi}} \\exp\\left(-\\frac{(x-a)^2}{2 s^2}\\right).$$\n",
        "The likelihood of one point is "
        "$$p(y) = \\frac{1}{\\sqrt{2\\pi\\sigma^2}} \\exp\\left(-\\frac{(y-s)^2}{2\\sigma^2}\\right).$$\n",
        "From $P(t \\mid x) = \\sqrt{\\frac{\\beta}{2\\pi}} "
        "\\exp(-\\frac{\\beta}{2} (t - w x)^2)$ the rest follows.\n",
        "Heat spreads as $$u(x) = \\frac{1}{\\sqrt{4\\pi k}} \\exp\\left(-\\frac{(x-a)^2}{4k}\\right).$$\n",
        "The wave is $$g(x) = \\frac{1}{\\sqrt{2\\pi}} \\exp\\left(-\\frac{(x-a)^2}{4b}\\right).$$\n",
        "The density is $$p(x) = \\frac{1}{\\sigma\\sqrt{2\\pi}} "
        "\\exp\\left(-\\frac{1}{2}\\left(\\frac{x-\\mu}{\\sigma}\\right)^2\\right).$$\n",
    ),
    when="any",
)
