"""Functions of numbers by their names: values from their records, slopes from the terms of the calculus."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from flint import arb

from derive.functions import FUNCTIONS
from derive.functions.record import Analytic, Computed, Function
from derive.reasons.gaps import Gap
from derive.term import nodes as t
from derive.verify.evaluate import scalars as sc
from derive.verify.evaluate import special as sp
from derive.verify.evaluate.arithmetic import Arithmetic
from derive.verify.evaluate.values import Array, Env, Scalar, SetValue, Unsupported, exact, small_integer

Named = Callable[..., Scalar]
_Slope = Callable[[Env, Scalar], Scalar]
_X = t.Symbol("x")


def _polygamma(env: Env, k: Scalar, x: Scalar) -> Scalar:
    return sp.polygamma(small_integer(k, "order of polygamma", 10**4))(env, x)


_OWN: dict[str, Named] = {
    "exp": sc.exp,
    "log": sc.log,
    "gamma": sp.gamma,
    "digamma": sp.digamma,
    "polygamma": _polygamma,
    "zeta": sp.zeta,
    "Ai": sp.airy_ai,
    "Bi": sp.airy_bi,
    "lower_gamma": lambda env, s, x: sp.incomplete_gamma(env, s, x, upper=False),
    "upper_gamma": lambda env, s, x: sp.incomplete_gamma(env, s, x, upper=True),
    "bessel_j": lambda env, n, x: sp.bessel("bessel_j", env, n, x),
    "bessel_y": lambda env, n, x: sp.bessel("bessel_y", env, n, x),
    "bessel_i": lambda env, n, x: sp.bessel("bessel_i", env, n, x),
    "bessel_k": lambda env, n, x: sp.bessel("bessel_k", env, n, x),
}
"""What the library has no single call for, or what the evaluator itself is built on."""


@cache
def named(name: str) -> Named | None:
    """The function `(env, *numbers) → number`; None where no value is known."""
    if name in _OWN:
        return _OWN[name]
    function = FUNCTIONS.get(name)
    match function.value if function is not None else None:
        case Analytic():
            assert function is not None
            return sc.unary(name, _slope(function))
        case Computed(of=of):
            return lambda env, *args: of(Arithmetic(env, known), *args)
        case _:
            return None


def known(name: str) -> Named:
    """The same; raises Unsupported where no value is known."""
    found = named(name)
    if found is None:
        raise Unsupported(Gap.CONSTRUCT, name)
    return found


def number(x: object, what: str) -> Scalar:
    """Raises Unsupported where it is none."""
    if isinstance(x, Array | tuple | bool | SetValue):
        raise Unsupported(Gap.CONSTRUCT_OF_NO_NUMBER, what)
    return x


def _slope(function: Function) -> _Slope:
    """The derivative of a function of one number, from its term; made when it is first asked for."""
    formula = function.slope or (function.derivatives[0] if function.derivatives else None)
    found: list[_Slope] = []

    def prime(env: Env, x: Scalar) -> Scalar:
        if not found:
            if formula is None:
                raise Unsupported(Gap.NO_RULE_FOR_DERIVATIVE, function.name)
            found.append(_code(formula(_X)))
        return found[0](env, x)

    return prime


def _code(term: t.Term) -> _Slope:
    """A term in the one symbol x as a function of x."""
    match term:
        case t.Symbol():
            return lambda env, x: x
        case t.Number(value=value):
            constant = exact(value)
            return lambda env, x: constant
        case t.Constant(name="pi"):
            return lambda env, x: arb.pi()
        case t.Neg(arg=arg):
            inner = _code(arg)
            return lambda env, x: -inner(env, x)
        case t.Add(args=args):
            return _folded([_code(a) for a in args], lambda a, b: a + b)
        case t.Mul(args=args):
            return _folded([_code(a) for a in args], lambda a, b: a * b)
        case t.Div(numerator=a, denominator=b):
            top, below = _code(a), _code(b)
            return lambda env, x: sc.div(env, top(env, x), below(env, x))
        case t.Pow(base=base, exponent=exponent):
            low, high = _code(base), _code(exponent)
            return lambda env, x: sc.power(env, low(env, x), high(env, x))
        case t.Root(radicand=radicand, index=t.Number(value=value)) if value == 2:
            inside = _code(radicand)
            return lambda env, x: sc.sqrt(env, inside(env, x))
        case t.Apply(head=head, args=args):
            outer, codes = known(head), [_code(a) for a in args]
            return lambda env, x: outer(env, *[c(env, x) for c in codes])
        case _:
            raise Unsupported(Gap.NO_RULE_FOR_DERIVATIVE, type(term).__name__)


def _folded(codes: list[_Slope], f: Callable[[Scalar, Scalar], Scalar]) -> _Slope:
    first, *rest = codes

    def run(env: Env, x: Scalar) -> Scalar:
        value = first(env, x)
        for code in rest:
            value = f(value, code(env, x))
        return value

    return run
