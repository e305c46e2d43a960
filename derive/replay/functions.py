"""Functions of complex balls."""

from __future__ import annotations

from collections.abc import Callable

from flint import acb, arb

from derive.replay.stored import NotReplayed


def _larger(a: arb, b: arb) -> arb:
    return (a + b + abs(a - b)) / 2


def _binomial(n: acb, k: acb) -> acb:
    whole = k.real.unique_fmpz()
    if whole is None or not 0 <= int(whole) < 10_000:
        raise NotReplayed("a binomial coefficient")
    result = acb(1)
    for j in range(int(whole)):
        result = result * (n - j) / (j + 1)
    return result


def _absolute(x: acb) -> acb:
    return acb(abs(x))


FUNCTIONS: dict[str, Callable[..., acb]] = {
    "sin": acb.sin,
    "cos": acb.cos,
    "tan": acb.tan,
    "cot": acb.cot,
    "sec": acb.sec,
    "csc": acb.csc,
    "sinh": acb.sinh,
    "cosh": acb.cosh,
    "tanh": acb.tanh,
    "coth": acb.coth,
    "arcsin": acb.asin,
    "arccos": acb.acos,
    "arctan": acb.atan,
    "arsinh": acb.asinh,
    "arcosh": acb.acosh,
    "artanh": acb.atanh,
    "exp": acb.exp,
    "log": acb.log,
    "abs": _absolute,
    "sign": lambda x: acb(x.real.sgn()),
    "floor": lambda x: acb(x.real.floor()),
    "ceil": lambda x: acb(x.real.ceil()),
    "factorial": lambda x: (x + 1).gamma(),
    "gamma": acb.gamma,
    "beta": lambda a, b: a.gamma() * b.gamma() / (a + b).gamma(),
    "digamma": acb.digamma,
    "zeta": acb.zeta,
    "erf": acb.erf,
    "erfc": acb.erfc,
    "erfi": acb.erfi,
    "binomial": _binomial,
    "Re": lambda z: acb(z.real),
    "Im": lambda z: acb(z.imag),
    "conjugate": lambda z: acb(z.real, -z.imag),
    "sigmoid": lambda x: 1 / (1 + (-x).exp()),
    "relu": lambda x: acb(_larger(x.real, arb(0))),
    "softplus": lambda x: (1 + x.exp()).log(),
}
