"""Each construct against a value that is known exactly, at a point that is given exactly."""

from fractions import Fraction

import pytest
from flint import acb, arb, ctx, fmpq

from derive import read
from derive.term.nodes import Apply, Number, Symbol, Type
from derive.term.scope import Scope
from derive.verify.evaluate.balls import Undefined, Unsupported, compare, evaluate
from derive.verify.evaluate.values import Gaussian, precision
from derive.verify.models.search import Model

FUNCTIONS = Scope(symbols={"f": Type(role="function"), "g": Type(role="function")})


def value(latex: str, bits: int = 64, *, complex: bool = False, scope: Scope | None = None, **at):
    model = Model({k: Fraction(v) if isinstance(v, int | str) else v for k, v in at.items()}, complex)
    return evaluate(read(latex, scope=scope), model, bits)


def same(latex: str, expected: str, *, complex: bool = False, **at) -> None:
    """Both sides overlap, in balls narrower than 2^-30."""
    model = Model({k: Fraction(v) if isinstance(v, int | str) else v for k, v in at.items()}, complex)
    found = compare(read(latex), read(expected), model, 64)
    assert found.status in ("equal", "equal?"), (latex, found)
    for side in (found.left, found.right):
        if isinstance(side, arb | acb):
            assert side.rel_accuracy_bits() > 25 or abs(side) < 1e-9, side


def test_rational_arithmetic_stays_exact() -> None:
    assert value(r"\frac{x}{3} + 2^{-2} - x^3", x="1/2") == fmpq(7, 24)
    assert value(r"\frac{7!}{5!}\binom{5}{2}") == 420
    assert value(r"\lfloor -\frac{7}{2} \rfloor + \lceil \frac12 \rceil") == -3
    assert value(r"\sum_{k=1}^{4} \frac1k") == fmpq(25, 12)
    assert value(r"\prod_{k=1}^{5} k") == 120


ELEMENTARY = [
    (r"\sin\frac{\pi}{6}", r"\frac12"),
    (r"\cos\frac{\pi}{3}", r"\frac12"),
    (r"\tan\frac{\pi}{4}", "1"),
    (r"\arctan 1", r"\frac{\pi}{4}"),
    (r"\arcsin 1 + \arccos 0", r"\pi"),
    (r"e^{\log 7}", "7"),
    (r"\log_2 8", "3"),
    (r"\sqrt[3]{-27}", "-3"),
    (r"\sqrt{2}\sqrt{8}", "4"),
    (r"\cosh^2 2 - \sinh^2 2", "1"),
    (r"8^{2/3}", "4"),
    (r"\max(2, \pi) - \min(2, \pi)", r"\pi - 2"),
    (r"|-\pi|", r"\pi"),
    (r"\operatorname{sgn}(-3)", "-1"),
    (r"17 \bmod 5", "2"),
]


@pytest.mark.parametrize(("latex", "expected"), ELEMENTARY)
def test_elementary(latex: str, expected: str) -> None:
    same(latex, expected)


SPECIAL = [
    (r"\Gamma(\frac12)", r"\sqrt{\pi}"),
    (r"\Gamma(6)", "120"),
    (r"\zeta(2)", r"\frac{\pi^2}{6}"),
    (r"\zeta(-1)", r"-\frac{1}{12}"),
    (r"\operatorname{erf}(0)", "0"),
    (r"\operatorname{erf}(1) + \operatorname{erfc}(1)", "1"),
]


@pytest.mark.parametrize(("latex", "expected"), SPECIAL)
def test_special_functions(latex: str, expected: str) -> None:
    same(latex, expected)


def test_special_functions_of_two_arguments() -> None:
    def at(head: str, *args: Fraction) -> arb:
        return evaluate(Apply(head, tuple(Number(a) for a in args)), Model({}), 64)

    with precision(64):
        assert at("bessel_j", Fraction(1, 2), Fraction(2)).overlaps(arb(2).sin() / arb.pi().sqrt())
        assert at("bessel_i", Fraction(0), Fraction(0)) == 1
        assert at("digamma", Fraction(1)).overlaps(-arb.const_euler())
        assert at("polygamma", Fraction(1), Fraction(1)).overlaps(arb.pi() ** 2 / 6)
        assert at("upper_gamma", Fraction(1), Fraction(3)).overlaps(arb(-3).exp())
        assert at("beta", Fraction(2), Fraction(3)).overlaps(arb(fmpq(1, 12)))
    with pytest.raises(Undefined):
        at("artanh", Fraction(1))


UNDEFINED = [
    (r"\frac{1}{x}", {"x": 0}),
    (r"\log x", {"x": 0}),
    (r"\log x", {"x": -1}),
    (r"\sqrt{x}", {"x": -4}),
    (r"\arcsin x", {"x": 2}),
    (r"x^{1/2}", {"x": -1}),
    (r"x^{-2}", {"x": 0}),
    (r"\Gamma(x)", {"x": -3}),
    (r"x!", {"x": -1}),
    (r"\zeta(x)", {"x": 1}),
    (r"\frac{1}{x^2 - 4}", {"x": 2}),
]


@pytest.mark.parametrize(("latex", "at"), UNDEFINED)
def test_undefined_in_the_reals(latex: str, at: dict[str, int]) -> None:
    with pytest.raises(Undefined):
        value(latex, **at)


def test_principal_values_in_the_complex_numbers() -> None:
    same(r"\log x", r"i\pi", complex=True, x=-1)
    same(r"\sqrt{x}", "2i", complex=True, x=-4)
    same(r"e^{i\pi}", "-1", complex=True)
    same(r"|z|^2", r"z\overline{z}", complex=True, z=Gaussian(Fraction(3), Fraction(-2)))
    same(
        r"\operatorname{Re}(z) + i\operatorname{Im}(z)",
        "z",
        complex=True,
        z=Gaussian(Fraction(1, 3), Fraction(2)),
    )


def test_without_the_flag_a_complex_result_is_no_value() -> None:
    with pytest.raises(Undefined):
        value(r"e^{i x}", x=1)
    assert value(r"e^{i\pi}").overlaps(arb(-1))


def test_cases_are_decided_exactly_at_their_borders() -> None:
    step = r"\begin{cases} x^2 & x > 1\\ -x & \text{otherwise}\end{cases}"
    assert value(step, x=1) == -1
    assert value(step, x=2) == 4
    assert value(step, x="1/2") == fmpq(-1, 2)


def test_missing_constructs_are_named() -> None:
    with pytest.raises(Unsupported):
        value(r"\int \sin x \, dx", x=1)
    with pytest.raises(Unsupported):
        value(r"x + y", x=1)


def test_precision_is_left_as_it_was() -> None:
    before = ctx.prec
    value(r"\sin x", 300, x=1)
    assert ctx.prec == before


def test_unknown_functions_and_their_derivatives_obey_the_product_rule() -> None:
    from derive.verify.evaluate.functions import SmoothFunction

    model = Model({"f": SmoothFunction("f"), "g": SmoothFunction("g"), "x": Fraction(2, 3)})
    left = read(r"\frac{d}{dx}(f(x) g(x))", scope=FUNCTIONS)
    right = read(r"f'(x) g(x) + f(x) g'(x)", scope=FUNCTIONS)
    assert compare(left, right, model, 256).status == "equal?"
    wrong = read(r"f'(x) g'(x)", scope=FUNCTIONS)
    assert compare(left, wrong, model, 256).status == "disjoint"


DERIVATIVES = [
    (r"\frac{d}{dx} x^3", r"3x^2"),
    (r"\frac{d}{dx} \sin(x^2)", r"2x\cos(x^2)"),
    (r"\frac{d^3}{dx^3} e^{2x}", r"8e^{2x}"),
    (r"\frac{d}{dx} x^x", r"x^x(1 + \log x)"),
    (r"\frac{d}{dx} \arctan\frac{x}{2}", r"\frac{2}{4 + x^2}"),
    (r"\frac{\partial^2}{\partial x \partial y} x^2 y^3", r"6xy^2"),
    (r"\frac{d}{dx} \operatorname{erf}(x)", r"\frac{2}{\sqrt{\pi}} e^{-x^2}"),
    (r"\frac{d}{dx} \int_0^{x} e^{-t^2} dt", r"e^{-x^2}"),
    (r"\frac{d}{dx} \int_0^{x^2} \sin(xt)\, dt", r"2x\sin(x^3) + \frac{x^3 \sin(x^3) + \cos(x^3) - 1}{x^2}"),
    (r"\frac{d}{dx} |x|", "1"),
    (r"\frac{d}{dx} \sum_{k=1}^{3} x^k", r"1 + 2x + 3x^2"),
]


@pytest.mark.parametrize(("latex", "expected"), DERIVATIVES)
def test_derivatives_by_jets(latex: str, expected: str) -> None:
    same(latex, expected, x="3/4", y=2)


def test_no_derivative_at_a_kink() -> None:
    with pytest.raises(Undefined):
        value(r"\frac{d}{dx} |x|", x=0)


ARRAYS = Scope(
    symbols={
        "x": Type(shape=("n",)),
        "y": Type(shape=("n",)),
        "A": Type(shape=("n", "n")),
        "B": Type(shape=("n", "n")),
    }
)
POINT = Model(
    {
        "x": (Fraction(1), Fraction(2)),
        "y": (Fraction(3), Fraction(-1)),
        "A": ((Fraction(1), Fraction(2)), (Fraction(3), Fraction(5))),
        "B": ((Fraction(0), Fraction(1)), (Fraction(-2), Fraction(1, 2))),
    }
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"x^\top y", r"y^\top x"),
        (r"(AB)^\top", r"B^\top A^\top"),
        (r"\det(AB)", r"\det(A)\det(B)"),
        (r"\operatorname{tr}(AB)", r"\operatorname{tr}(BA)"),
        (r"A A^{-1} x", r"x"),
        (r"\|x\|^2", r"x^\top x"),
        (r"(AB)^{-1}", r"B^{-1} A^{-1}"),
        (r"\|x + y\|^2", r"\|x\|^2 + 2 x^\top y + \|y\|^2"),
    ],
)
def test_arrays(left: str, right: str) -> None:
    found = compare(read(left, scope=ARRAYS), read(right, scope=ARRAYS), POINT, 256)
    assert found.status in ("equal", "equal?"), found


def test_arrays_that_differ() -> None:
    assert compare(read("AB", scope=ARRAYS), read("BA", scope=ARRAYS), POINT).status == "disjoint"
    assert compare(read(r"x^\top y", scope=ARRAYS), read("x", scope=ARRAYS), POINT).status == "unsupported"


def test_gradients_have_the_shape_of_the_variable() -> None:
    from derive.term.nodes import ONE, TWO, Apply, Derivative, Mul

    x, a = Symbol("x", Type(shape=("n",))), Symbol("A", Type(shape=("n", "n")))
    form = Mul((Apply("transpose", (x,)), a, x))
    gradient = evaluate(Derivative(form, ((x, ONE),)), POINT)
    assert gradient.shape == (2,) and gradient.items == (fmpq(12), fmpq(25))
    hessian = evaluate(Derivative(form, ((x, TWO),)), POINT)
    assert hessian.shape == (2, 2) and hessian.items == (fmpq(2), fmpq(5), fmpq(5), fmpq(10))
