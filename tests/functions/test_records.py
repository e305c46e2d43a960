"""Every record of a function is complete, and agrees with itself, with mpmath and with SymPy.

The values that the evaluator gives are the measure: they are enclosures.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product

import mpmath
import pytest
from flint import acb, arb, fmpq

from derive.calculus.elementary import partial
from derive.facts.named import as_printed
from derive.functions import FUNCTIONS
from derive.functions.record import Function
from derive.meaning.formula import readings
from derive.notation import NotationError
from derive.term.heads import HEADS
from derive.term.nodes import Apply, Constant, Neg, Number, Symbol, Term
from derive.term.raising import from_sympy
from derive.term.scope import Scope
from derive.verify.evaluate.balls import evaluate
from derive.verify.evaluate.values import NoValue, Undefined
from derive.verify.ladder.domain import restrictions
from derive.verify.models.point import Model

POINTS = tuple(Fraction(*p) for p in ((-5, 2), (-1, 3), (1, 4), (2, 3), (3, 2), (7, 2)))
WHOLE = tuple(Fraction(k) for k in (0, 2, 3, 5, 6))
X, N, ONLY = Symbol("x"), Symbol("n"), Model({})
EVERY = [pytest.param(f, id=f.name) for f in FUNCTIONS.values()]


def having(field: str) -> list[object]:
    found = [f for f in FUNCTIONS.values() if getattr(f, field) not in (None, "", (), False)]
    assert found, field
    return [pytest.param(f, id=f.name) for f in found]


def arguments(f: Function) -> Iterator[tuple[Fraction, ...]]:
    places = (WHOLE if f.integers or k in f.whole else POINTS for k in range(f.least))
    yield from product(*places)


def value(term: Term, precision: int = 128) -> complex | None:
    """The middle of the enclosure; None where there is no value."""
    try:
        found = evaluate(term, ONLY, precision)
    except NoValue:
        return None
    if isinstance(found, fmpq):
        return complex(float(Fraction(int(found.p), int(found.q))))
    return complex(acb(found)) if isinstance(found, arb | acb) else None


@cache
def table(name: str) -> tuple[tuple[tuple[Fraction, ...], complex], ...]:
    """Points of the function's domain, with the values there."""
    f = FUNCTIONS[name]
    pairs = ((p, value(Apply(name, tuple(map(Number, p))))) for p in arguments(f))
    return tuple((p, v) for p, v in pairs if v is not None)


def mpmath_value(f: Function, point: tuple[Fraction, ...]) -> complex:
    args = [mpmath.mpf(p.numerator) / p.denominator for p in point]
    given = f.mpmath
    return complex(given(mpmath, *args) if callable(given) else getattr(mpmath, given)(*args))


def close(a: complex, b: complex, tolerance: float = 1e-9) -> bool:
    return abs(a - b) <= tolerance * (1 + abs(a))


@pytest.mark.parametrize("f", EVERY)
def test_complete(f: Function) -> None:
    assert HEADS[f.name] == f.head and f.source and f.latex
    assert f.least >= 1 and (f.most < 0 or f.least <= f.most)
    assert all(other in FUNCTIONS for other in (*f.related, *([f.inverse] if f.inverse else [])))
    assert not (f.value is None and f.mpmath and not table(f.name)), "no value"


def test_each_spelling_names_one_function() -> None:
    words = [word for f in FUNCTIONS.values() for word in f.words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("f", having("mpmath"))
def test_the_value_is_that_of_mpmath(f: Function) -> None:
    assert len(table(f.name)) >= 2
    for point, known in table(f.name):
        assert close(known, mpmath_value(f, point)), point


@pytest.mark.parametrize("f", having("sympy"))
def test_sympy_means_the_same(f: Function) -> None:
    checked = 0
    for point, known in table(f.name)[:8]:
        term = Apply(f.name, tuple(map(Number, point)))
        expression = term.to_sympy().evalf(20)
        assert close(known, complex(expression), 1e-8), (point, expression)
        checked += 1
    assert checked or f.name in ("delta", "max", "min")


@pytest.mark.parametrize(
    "f", [p for p in having("sympy") if not callable(p.values[0].sympy) or p.values[0].raised]
)  # type: ignore[attr-defined]
def test_through_sympy_and_back(f: Function) -> None:
    symbols = (X,) if f.least == f.most == 1 else (N, X)
    term = Apply(f.name, symbols[: max(f.least, -f.most * 2)])
    expression = term.to_sympy(evaluate=False)
    assert from_sympy(expression, {s.to_sympy(): s for s in symbols}) == term


@pytest.mark.parametrize("f", having("derivatives"))
def test_the_derivative_is_that_of_the_values(f: Function) -> None:
    step = Fraction(1, 2**20)
    for k in range(len(f.derivatives)):
        if f.derivatives[k] is None or k in f.whole or (f.integers and f.name != "factorial"):
            continue
        checked = 0
        for point in arguments(f):
            point = (*point, *(Fraction(3),) * (k + 1 - f.least))  # the base of a logarithm
            slope = partial(f.name, tuple(map(Number, point)), k)
            assert slope is not None
            around = [
                value(Apply(f.name, tuple(Number(p + d if j == k else p) for j, p in enumerate(point))), 256)
                for d in (-step, step)
            ]
            known = value(slope)
            if known is None or None in around:
                continue
            difference = (around[1] - around[0]) / float(2 * step)  # type: ignore[operator]
            assert close(known, difference, 1e-5), (k, point)
            if f.slope is not None:
                again = value(f.slope(*map(Number, point)))
                assert again is not None and close(known, again, 1e-9)
            checked += 1
        assert checked >= 2 or f.name == "arsech"


@pytest.mark.parametrize("f", having("normal"))
def test_the_normal_form_has_the_same_values(f: Function) -> None:
    assert f.normal is not None
    checked = 0
    for point, known in table(f.name):
        same = f.normal(*map(Number, point))
        found = None if same is None else value(same)
        if found is not None:
            assert close(known, found), point
            checked += 1
    assert checked


@pytest.mark.parametrize("f", having("range"))
def test_the_values_lie_in_the_range(f: Function) -> None:
    assert f.range is not None
    for point, known in table(f.name):
        assert f.range.low is None or known.real >= f.range.low - 1e-12, point
        assert f.range.high is None or known.real <= f.range.high + 1e-12, point
        assert known.imag == 0


@pytest.mark.parametrize("f", having("increasing"))
def test_it_increases(f: Function) -> None:
    values = [v.real for _, v in sorted(table(f.name))]
    assert len(values) >= 2 and values == sorted(set(values))
    if f.at_zero is not None:
        assert close(complex(value(Apply(f.name, (Number(Fraction(0)),))) or 0), complex(f.at_zero))


@pytest.mark.parametrize("f", having("limits"))
def test_the_limits_are_approached(f: Function) -> None:
    assert f.limits is not None
    for sign, end in zip((1, -1), f.limits, strict=True):
        far = value(Apply(f.name, (Number(Fraction(sign * 10**6)),)))
        infinite = Constant("infinity")
        if end in (infinite, Neg(infinite)):
            # what is too large for a float has no middle here
            assert far is None or (far.real > 10 if end == infinite else far.real < -10) or far != far
        else:
            known = value(end)
            assert far is not None and known is not None and close(known, far, 1e-5)


@pytest.mark.parametrize("f", having("parity"))
def test_it_is_odd_or_even(f: Function) -> None:
    for (p,), known in table(f.name):
        mirrored = value(Apply(f.name, (Number(-p),)))
        assert mirrored is None or close(mirrored, -known if f.parity == "odd" else known), p


@pytest.mark.parametrize("f", having("inverse"))
def test_the_inverse_undoes_it_somewhere(f: Function) -> None:
    back = [(p, value(Apply(f.name, (Apply(f.inverse, (Number(p),)),)))) for p in (*POINTS, Fraction(1, 2))]
    found = [(p, v) for p, v in back if v is not None]
    # on its branch only: tan(arctan x) = x everywhere, arctan(tan x) = x near zero
    assert any(close(v, complex(p)) for p, v in found)


@pytest.mark.parametrize("f", having("restrictions"))
def test_no_value_where_a_restriction_fails(f: Function) -> None:
    places = (*POINTS, *WHOLE, Fraction(-1), Fraction(1))
    missing = 0
    for p in places:
        term = Apply(f.name, (Number(p),))
        needs = restrictions(Apply(f.name, (X,)))
        assert needs
        kept = all(_true(r.op, r.left, r.right, p) for r in needs)
        found = value(term)
        assert kept or found is None, p
        missing += not kept
    assert missing or f.name in ("tan", "sec")


def _true(op: str, left: Term, right: Term, p: Fraction) -> bool:
    a, b = (evaluate(t, Model({"x": p})) for t in (left, right))
    return bool({"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "!=": a != b}[op])


@pytest.mark.parametrize("f", having("continuous_where"))
def test_it_has_a_value_where_it_is_said_to_be_continuous(f: Function) -> None:
    assert f.continuous_where is not None
    for p in (*POINTS, *WHOLE):
        condition = f.continuous_where(X, False)
        if _true(condition.op, condition.left, condition.right, p):
            assert value(Apply(f.name, (Number(p),))) is not None, p


@pytest.mark.parametrize("f", [p for p in EVERY if p.values[0].continuity])
def test_what_is_smooth_has_values_everywhere(f: Function) -> None:
    assert all(value(Apply(f.name, (Number(p),))) is not None for p in (*POINTS, *WHOLE))


LETTERS_BY_CUSTOM = frozenset(
    # letters that mean more than one function; `meaning/application.py` has the custom
    ("lambert_w", "sigmoid", "heaviside", "lower_gamma", "conjugate", "beta", "indicator")
)


@pytest.mark.parametrize("f", EVERY)
def test_what_is_printed_is_read(f: Function) -> None:
    if f.name in LETTERS_BY_CUSTOM:
        return
    symbols = (X,) if f.least == 1 else (N, Symbol("m")) if f.integers else (N, X)
    term: Term = Apply(f.name, symbols)
    scope = Scope(options=as_printed([f.name]))
    assert any(r.terms[0] == term for r in _read(term.to_latex(), scope)), term.to_latex()
    for word in f.words:
        latex = f"\\operatorname{{{word}}}(x)"
        meant = {n for r in _read(latex, scope) for n in (getattr(r.terms[0], "head", ""),)}
        assert f.name in meant, latex


def _read(latex: str, scope: Scope) -> tuple[object, ...]:
    try:
        return readings(latex, scope)
    except NotationError as error:
        raise AssertionError(f"{latex} is not read: {error}") from None


def test_outside_of_its_domain_it_has_no_value() -> None:
    for name, p in (("log", -1), ("arcsin", 2), ("E1", -1), ("elliptic_k", 1), ("factorial", -1)):
        with pytest.raises(Undefined):
            evaluate(Apply(name, (Number(Fraction(p)),)), ONLY)
    with pytest.raises(Undefined):  # authors differ
        evaluate(Apply("bernoulli", (Number(Fraction(1)),)), ONLY)
