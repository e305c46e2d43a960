"""Tails of oscillating integrals ∫_N^∞ g(x) sin(ωx + φ) dx by repeated integration by parts.

With I_k = ∫ g^{(k)} e^{iθ}: I_k = -g^{(k)}(N) e^{iθ(N)}/(iω) - I_{k+1}/(iω), and |I_K| ≤ |g^{(K-1)}(N)| where
g^{(K)} keeps its sign on [N, ∞) and g^{(K-1)} tends to zero.
"""

from __future__ import annotations

from flint import acb, arb, fmpq

from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.reasons.gaps import Gap
from derive.term import nodes as t
from derive.term.traverse import free_symbols
from derive.verify.evaluate.analysis.expansions import Place, expand, normal, range_of
from derive.verify.evaluate.analysis.ratios import linear
from derive.verify.evaluate.code import compiled
from derive.verify.evaluate.values import Env, Undefined, Unsupported, ball

ORDER = 4
START = 128


def wave(term: t.Term, name: str) -> tuple[t.Term, str, t.Term] | None:
    """(g, sin or cos, argument) of a product with one such factor."""
    match term:
        case t.Apply(head="sin" | "cos" as head, args=(arg,)):
            return t.ONE, head, arg
        case t.Neg(arg=arg):
            inner = wave(arg, name)
            return None if inner is None else (t.Neg(inner[0]), *inner[1:])
        case t.Div(numerator=a, denominator=b):
            inner = wave(a, name)
            return None if inner is None else (t.Div(inner[0], b), *inner[1:])
        case t.Mul(args=args):
            for k, a in enumerate(args):
                if name in free_symbols(a) and (inner := wave(a, name)) is not None:
                    rest = (*args[:k], *([] if inner[0] == t.ONE else [inner[0]]), *args[k + 1 :])
                    return (rest[0] if len(rest) == 1 else t.Mul(rest)) if rest else t.ONE, *inner[1:]
            return None
        case _:
            return None


def tail(body: t.Term, name: str, start: int, env: Env) -> arb:
    """The integral from `start` to infinity. Raises Unsupported for what is not of this kind."""
    found = wave(body, name)
    if found is None:
        raise Unsupported(Gap.TAIL_THAT_MAY_DIVERGE)
    g, head, arg = found
    form = linear(arg, name, env)
    if form is None or form[0] == 0:
        raise Unsupported(Gap.WAVE_OF_VARYING_FREQUENCY)
    omega, phase = arb(form[0]), arb(form[1])
    derivatives = [g]
    try:
        for _ in range(ORDER):
            derivatives.append(differentiate(derivatives[-1], t.Symbol(name)))
    except NotDifferentiable as e:
        raise Unsupported(Gap.IN_TAIL, inner=e.why) from None
    place = Place(name, None, 1, 4, fmpq(1, start))
    for k, d in enumerate(derivatives):
        try:
            amplitude = normal(expand(d, place, env))
        except Undefined as error:
            raise Unsupported(Gap.IN_TAIL, inner=error.why) from None
        if amplitude.v <= 0:
            raise Unsupported(Gap.WAVE_THAT_DOES_NOT_DIE_OUT)
        if k == ORDER and range_of(amplitude, place).contains(0):
            raise Unsupported(Gap.AMPLITUDE_WHOSE_DERIVATIVE_CHANGES_SIGN)
    at_start = []
    with env.bound(name, fmpq(start)):
        for d in derivatives[:ORDER]:
            at_start.append(ball(compiled(d)(env)))
    turn = acb(0, omega * start + phase).exp()
    total, factor = acb(0), acb(1)
    step = 1 / acb(0, omega)
    for value in at_start:  # factor is (-1)^k/(iω)^k
        total -= factor * value * turn * step
        factor *= -step
    rest = (abs(at_start[-1]) / abs(omega) ** ORDER).upper()
    part = total.imag if head == "sin" else total.real
    return part + arb(0, rest)
