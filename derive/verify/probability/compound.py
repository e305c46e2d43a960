"""Laws that come of other laws: a posterior of a conjugate prior, the largest and the least of a sample.

Source: Gelman et al., Bayesian Data Analysis, chapter 2; Casella & Berger, Statistical Inference, section
5.4.
"""

from __future__ import annotations

from derive.term.construct import add, div, mul, power, sub
from derive.term.nodes import ONE, TWO, ZERO, Apply, Element, Ellipsis, Symbol, Term, integer
from derive.term.traverse import free_symbols
from derive.verify.probability.laws import Law, beta_of, exponential_of, gamma_of, normal_of


def posterior(prior: Law, likelihood: Law, parameter: Symbol, value: Term) -> Law | None:
    """The law of a parameter once one variable took a value; None where the prior is not conjugate to it."""
    name = parameter.name
    if prior.family == likelihood.family == "normal" and likelihood.mean == parameter:
        own, noise = prior.variance, likelihood.variance
        if name in free_symbols(noise):
            return None
        weight = div(ONE, add(div(ONE, own), div(ONE, noise)))
        return normal_of(mul(weight, add(div(prior.mean, own), div(value, noise))), weight)
    rest = tuple(a for a in likelihood.args if a != parameter)
    if any(name in free_symbols(a) for a in rest) or len(rest) + 1 != len(likelihood.args):
        return None
    match prior.family, likelihood.family:
        case "beta", "binomial":
            a, b = prior.args
            return beta_of(add(a, value), add(b, sub(rest[0], value)))
        case "beta", "bernoulli":
            a, b = prior.args
            return beta_of(add(a, value), add(b, sub(ONE, value)))
        case "gamma", "poisson":
            a, b = prior.args
            return gamma_of(add(a, value), add(b, ONE), ())
        case "gamma", "exponential":
            a, b = prior.args
            return gamma_of(add(a, ONE), add(b, value), ())
        case _:
            return None


def sample_of(term: Term) -> tuple[str, Symbol, Term] | None:
    """`\\max(U_1, \\dots, U_n)`: which extreme, of which family, and of how many."""
    match term:
        case Apply(
            head="max" | "min" as head,
            args=(
                Element(base=Symbol() as base, indices=(one,)),
                *_,
                Ellipsis(),
                Element(base=same, indices=(n,)),
            ),
        ) if same == base and one == ONE:
            return head, base, n
        case _:
            return None


def extreme(law: Law, head: str, n: Term) -> Law | None:
    """The law of the largest or the least of n independent variables with one law."""
    match law.family, head:
        case "uniform", _:
            return _of_uniform(law, head == "max", n)
        case "exponential", "min":
            return exponential_of(mul(n, law.args[0]), "", law.args[0])
        case _:
            return None


def _of_uniform(law: Law, largest: bool, n: Term) -> Law:
    """A beta, stretched from [0, 1] to the interval."""
    low, high = law.args
    width = sub(high, low)
    unit = beta_of(n, ONE) if largest else beta_of(ONE, n)

    def moment(k: int) -> Term | None:
        inner = unit.moment(k)
        return mul(power(width, integer(k)), inner) if low == ZERO and inner is not None else None

    def tail(t: Term) -> Term:
        share = div(sub(t, low), width)
        return sub(ONE, power(share, n)) if largest else power(sub(ONE, share), n)

    mean = add(low, mul(width, unit.mean))
    variance = mul(power(width, TWO), unit.variance)
    return Law("extreme", (), mean, variance, moment, law.conditions, tail=tail)
