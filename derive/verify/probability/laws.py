"""Named distributions: their parameters, moments, generating functions, tails and masses, as terms.

Where authors differ on a parameter (a rate or a scale, a variance or a deviation, trials or failures
counted) there is a law for each convention, the commonest first. Source: Johnson, Kotz & Kemp, Univariate
Discrete Distributions; Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb

from derive.calculus.entrywise import size
from derive.calculus.gradient import shape_of
from derive.classes import dataclass, replace
from derive.expressions import regex
from derive.term.construct import add, apply, div, mul, neg, power, sub
from derive.term.nodes import (
    ONE,
    TWO,
    ZERO,
    BigOp,
    Binder,
    Call,
    Constant,
    Element,
    Ellipsis,
    Expectation,
    Interval,
    Mul,
    Number,
    Pow,
    Relation,
    Symbol,
    Term,
    Type,
    integer,
)
from derive.term.nodes import Apply as Applied
from derive.term.scope import Scope
from derive.term.traverse import map_children

Moment = Callable[[int], Term | None]
OfTerm = Callable[[Term], Term]


@dataclass(frozen=True, slots=True)
class Law:
    """One distribution of a number or of a vector.

    moment: E[X^k] for k from 1, None where it is not known here. variance of a vector: its covariance matrix.
    tail: P(X > t); mass: P(X = k), None for a continuous one. conditions: what the parameters satisfy.
    convention: how a parameter is taken that authors differ in; empty where they do not.
    """

    family: str
    args: tuple[Term, ...]
    mean: Term
    variance: Term
    moment: Moment
    conditions: tuple[Term, ...] = ()
    generating: OfTerm | None = None
    tail: OfTerm | None = None
    mass: OfTerm | None = None
    support: tuple[Term | None, Term | None] = (None, None)
    convention: str = ""

    @property
    def discrete(self) -> bool:
        return self.mass is not None


def laws_of(term: Term) -> tuple[Law, ...]:
    """The laws that the right side of `X \\sim …` may mean; none where the family is not known here."""
    match term:
        case Call(function=Symbol(name=name), args=args):
            family = _NAMES.get(_bare(name))
        case Expectation(op="E", args=args, under=None, given=None):
            family = "exponential"  # \mathrm{Exp}(\lambda), which has no bracket behind it anywhere else
        case Applied(head="upper_gamma" | "lower_gamma", args=args):
            family = "gamma"
        case Applied(head="beta", args=args):
            family = "beta"
        case Mul(args=(Symbol(name=name), Interval(lower=a, upper=b))):
            family, args = _NAMES.get(_bare(name)), (a, b)
        case Mul(
            args=(*before, Call(function=Symbol(name=name), args=args))
        ):  # `X \\sim Bin(n, p)` in italics
            letters = [s.name for s in before if isinstance(s, Symbol)]
            family = _NAMES.get("".join([*letters, name]).lower()) if len(letters) == len(before) else None
        case _:
            return ()
    if len(args) == 1 and isinstance(args[0], Interval):
        args = (args[0].lower, args[0].upper)
    if family is None:
        return ()
    try:
        return _FAMILIES[family](*args)
    except TypeError:
        return ()  # another number of parameters


def with_laws(term: Term, scope: Scope) -> Term:
    """`D_{KL}(p \\| q)` with the laws that p and q are defined to be, `p = \\mathcal{N}(0, 1)`."""
    term = map_children(term, lambda t: with_laws(t, scope))
    match term:
        case Expectation(op="KL", args=args):
            return replace(term, args=tuple(_law_for(a, scope) for a in args))
        case Expectation(under=Relation(op="sim", right=Symbol() as right) as under):
            return replace(term, under=replace(under, right=_law_for(right, scope)))
        case _:
            return term


def _law_for(term: Term, scope: Scope) -> Term:
    if not isinstance(term, Symbol) or term.name not in scope.definitions:
        return term
    body = scope.definitions[term.name].body
    return body if laws_of(body) else term


def _bare(name: str) -> str:
    for mark in ("\\operatorname", "\\mathrm", "\\mathcal", "\\mathsf", "\\text", "\\mathbf", "{", "}", "\\"):
        name = name.replace(mark, "")
    return name.strip().lower()


# -- of numbers -----------------------------------------------------------------------------------


def _positive(*terms: Term) -> tuple[Term, ...]:
    return tuple(Relation(">", t, ZERO) for t in terms if not isinstance(t, Number))


def _chance(p: Term) -> tuple[Term, ...]:
    return () if isinstance(p, Number) else (Relation(">", p, ZERO), Relation("<", p, ONE))


def _exp(x: Term) -> Term:
    return Pow(Constant("e"), x)


def normal_of(mean: Term, variance: Term, convention: str = "", deviation: Term | None = None) -> Law:
    m, v = mean, variance

    def moment(k: int) -> Term | None:
        # E[(m + Z)^k] with E[Z^(2j)] = v^j (2j - 1)!!
        parts = []
        for j in range(k // 2 + 1):
            odd = 1
            for i in range(1, 2 * j, 2):
                odd *= i
            parts.append(
                mul(integer(comb(k, 2 * j) * odd), power(m, integer(k - 2 * j)), power(v, integer(j)))
            )
        return add(*parts)

    return Law(
        "normal",
        (mean, variance),
        mean,
        variance,
        moment,
        _positive(deviation if deviation is not None else _root_of(variance)),
        lambda t: _exp(add(mul(m, t), div(mul(v, power(t, TWO)), TWO))),
        convention=convention,
    )


def _root_of(variance: Term) -> Term:
    match variance:
        case Pow(base=base, exponent=two) if two == TWO:
            return base
        case _:
            return variance


def _normal(mean: Term, spread: Term) -> tuple[Law, ...]:
    shape = shape_of(spread)
    if shape is not None and len(shape) == 2:
        return (vector_of(mean, spread, "normal"),)
    variance = normal_of(mean, spread)
    if isinstance(spread, Symbol):  # N(\mu, \sigma): the deviation
        plain = spread.name in ("\\sigma", "s", "\\tau")
        other = normal_of(mean, power(spread, TWO), "the second parameter is the deviation", spread)
        named = normal_of(mean, spread, "the second parameter is the variance")
        return (other, named) if plain else (replace(named, convention=""),)
    return (variance,)


def _bernoulli(p: Term) -> tuple[Law, ...]:
    q = sub(ONE, p)
    return (
        Law(
            "bernoulli",
            (p,),
            p,
            mul(p, q),
            lambda k: p,
            _chance(p),
            lambda t: add(q, mul(p, _exp(t))),
            mass=lambda k: mul(power(p, k), power(q, sub(ONE, k))),
            support=(ZERO, ONE),
        ),
    )


def _stirling(k: int, j: int) -> int:
    if j in (0, k):
        return int(j == k)
    return j * _stirling(k - 1, j) + _stirling(k - 1, j - 1)


def _binomial(n: Term, p: Term) -> tuple[Law, ...]:
    q = sub(ONE, p)

    def moment(k: int) -> Term:
        falling = [mul(*(sub(n, integer(i)) for i in range(j)), power(p, integer(j))) for j in range(k + 1)]
        return add(*(mul(integer(_stirling(k, j)), falling[j]) for j in range(1, k + 1)))

    whole = () if isinstance(n, Number) else (Relation("in", n, Constant("N")), Relation(">", n, ZERO))
    return (
        Law(
            "binomial",
            (n, p),
            mul(n, p),
            mul(n, p, q),
            moment,
            (*whole, *_chance(p)),
            lambda t: power(add(q, mul(p, _exp(t))), n),
            mass=lambda k: mul(apply("binomial", n, k), power(p, k), power(q, sub(n, k))),
            support=(ZERO, n),
        ),
    )


def _hypergeometric(a: Term, b: Term, c: Term) -> tuple[Law, ...]:
    """So many of a population are marked, so many are drawn: marked and drawn change places."""

    def law(whole: Term, marked: Term, drawn: Term, convention: str) -> Law:
        share, others = div(marked, whole), sub(whole, marked)
        mean = mul(drawn, share)
        variance = mul(mean, sub(ONE, share), div(sub(whole, drawn), sub(whole, ONE)))

        def mass(k: Term) -> Term:
            ways = mul(apply("binomial", marked, k), apply("binomial", others, sub(drawn, k)))
            return div(ways, apply("binomial", whole, drawn))

        sizes = tuple(
            Relation("in", t, Constant("N")) for t in (whole, marked, drawn) if isinstance(t, Symbol)
        )
        within = (Relation("<", marked, whole), Relation("<", drawn, whole), *_positive(marked, drawn))
        moments = {1: mean, 2: add(variance, power(mean, TWO))}
        return Law(
            "hypergeometric",
            (whole, marked, drawn),
            mean,
            variance,
            moments.get,
            (*sizes, *within),
            mass=mass,
            support=(ZERO, drawn),
            convention=convention,
        )

    return (
        law(a, b, c, "the population first"),
        law(c, b, a, "the population last"),
        law(add(a, b), a, c, "marked, others, drawn"),
    )


def _poisson(rate: Term) -> tuple[Law, ...]:
    return (
        Law(
            "poisson",
            (rate,),
            rate,
            rate,
            lambda k: add(*(mul(integer(_stirling(k, j)), power(rate, integer(j))) for j in range(1, k + 1))),
            _positive(rate),
            lambda t: _exp(mul(rate, sub(_exp(t), ONE))),
            mass=lambda k: div(mul(power(rate, k), _exp(neg(rate))), apply("factorial", k)),
            support=(ZERO, None),
        ),
    )


def _factorial(k: int) -> int:
    return 1 if k < 2 else k * _factorial(k - 1)


def exponential_of(rate: Term, convention: str, parameter: Term) -> Law:
    return Law(
        "exponential",
        (rate,),
        div(ONE, rate),
        div(ONE, power(rate, TWO)),
        lambda k: div(integer(_factorial(k)), power(rate, integer(k))),
        _positive(parameter),
        lambda t: div(rate, sub(rate, t)),
        lambda t: _exp(neg(mul(rate, t))),
        support=(ZERO, None),
        convention=convention,
    )


def _exponential(parameter: Term) -> tuple[Law, ...]:
    by_rate = exponential_of(parameter, "the parameter is the rate", parameter)
    by_scale = exponential_of(div(ONE, parameter), "the parameter is the mean", parameter)
    if isinstance(parameter, Symbol) and parameter.name == "\\lambda":
        return (replace(by_rate, convention=""),)  # a letter that custom keeps for rates
    scale = isinstance(parameter, Symbol) and parameter.name in ("\\beta", "\\theta", "\\mu", "\\tau")
    return (by_scale, by_rate) if scale else (by_rate, by_scale)


def gamma_of(shape: Term, rate: Term, parameters: tuple[Term, ...], convention: str = "") -> Law:
    return Law(
        "gamma",
        (shape, rate),
        div(shape, rate),
        div(shape, power(rate, TWO)),
        lambda k: div(mul(*(add(shape, integer(j)) for j in range(k))), power(rate, integer(k))),
        _positive(*parameters),
        lambda t: power(sub(ONE, div(t, rate)), neg(shape)),
        support=(ZERO, None),
        convention=convention,
    )


def _gamma(shape: Term, second: Term) -> tuple[Law, ...]:
    by_rate = gamma_of(shape, second, (shape, second), "the second parameter is the rate")
    by_scale = gamma_of(shape, div(ONE, second), (shape, second), "the second parameter is the scale")
    if isinstance(second, Symbol) and second.name in ("\\beta", "\\lambda", "\\theta"):
        # customary letters: β and λ for rates, θ for a scale
        return (replace(by_scale if second.name == "\\theta" else by_rate, convention=""),)
    return by_rate, by_scale


def _chi_squared(degrees: Term) -> tuple[Law, ...]:
    return (gamma_of(div(degrees, TWO), Number(Fraction(1, 2)), (degrees,)),)


def _beta(a: Term, b: Term) -> tuple[Law, ...]:
    return (beta_of(a, b),)


def beta_of(a: Term, b: Term) -> Law:
    total = add(a, b)

    def moment(k: int) -> Term:
        return mul(*(div(add(a, integer(j)), add(total, integer(j))) for j in range(k)))

    variance = div(mul(a, b), mul(power(total, TWO), add(total, ONE)))
    return Law("beta", (a, b), div(a, total), variance, moment, _positive(a, b), support=(ZERO, ONE))


def _uniform(a: Term, b: Term) -> tuple[Law, ...]:
    length = sub(b, a)

    def moment(k: int) -> Term:
        powers = [mul(power(a, integer(j)), power(b, integer(k - j))) for j in range(k + 1)]
        return div(add(*powers), integer(k + 1))

    apart = () if isinstance(a, Number) and isinstance(b, Number) else (Relation("<", a, b),)
    return (
        Law(
            "uniform",
            (a, b),
            div(add(a, b), TWO),
            div(power(length, TWO), integer(12)),
            moment,
            apart,
            lambda t: div(sub(_exp(mul(t, b)), _exp(mul(t, a))), mul(t, length)),
            lambda t: div(sub(b, t), length),
            support=(a, b),
        ),
    )


def geometric_of(p: Term, first: int, convention: str) -> Law:
    """first: 1 where the trials up to the first success are counted, 0 where the failures before it are."""
    q = sub(ONE, p)
    mean = div(ONE, p) if first else div(q, p)
    variance = div(q, power(p, TWO))

    def moment(k: int) -> Term | None:
        return mean if k == 1 else add(variance, power(mean, TWO)) if k == 2 else None

    return Law(
        "geometric",
        (p,),
        mean,
        variance,
        moment,
        _chance(p),
        tail=lambda t: power(q, t if first else add(t, ONE)),
        mass=lambda k: mul(power(q, sub(k, ONE) if first else k), p),
        support=(integer(first), None),
        convention=convention,
    )


def _geometric(p: Term) -> tuple[Law, ...]:
    return (
        geometric_of(p, 1, "the trials up to the first success are counted"),
        geometric_of(p, 0, "the failures before the first success are counted"),
    )


def _rademacher() -> tuple[Law, ...]:
    return (Law("rademacher", (), ZERO, ONE, lambda k: ONE if k % 2 == 0 else ZERO),)


def _laplace(mean: Term, scale: Term) -> tuple[Law, ...]:
    variance = mul(TWO, power(scale, TWO))

    def moment(k: int) -> Term | None:
        return mean if k == 1 else add(variance, power(mean, TWO)) if k == 2 else None

    return (Law("laplace", (mean, scale), mean, variance, moment, _positive(scale)),)


# -- of vectors -----------------------------------------------------------------------------------


def vector_of(mean: Term, covariance: Term, family: str = "") -> Law:
    """A random vector of which the mean and the covariance matrix are known."""
    return Law(family, (mean, covariance), mean, covariance, lambda k: mean if k == 1 else None)


def _multinomial(n: Term, *chances: Term) -> tuple[Law, ...]:
    """Of a vector of chances, or of `p_1, \\dots, p_k`."""
    p = _vector(chances)
    if p is None:
        return ()
    covariance = mul(n, sub(apply("diag", p), Mul((p, apply("transpose", p)))))
    return (vector_of(mul(n, p), covariance, "multinomial"),)


_NUMBERED = regex(r"(.+)_\{(\w+)\}")


def _vector(args: tuple[Term, ...]) -> Term | None:
    """A vector that is given as a whole, or by its first entry and its last; None for anything else."""
    match args:
        case (Symbol(type=Type(shape=(_,))) as a,):
            return a
        case (one_by_itself,) if len(shape_of(one_by_itself) or ()) == 1:
            return one_by_itself
        case (first, *_, Ellipsis(), last):
            start, end = _member(first), _member(last)
            if start is None or end is None or start[0] != end[0] or start[1] != "1" or end[1].isdigit():
                return None
            return Symbol(start[0], Type("real", (end[1],)))
        case _:
            return None


def _member(term: Term) -> tuple[str, str] | None:
    """The letter and the index of `p_1`, `p_k`."""
    match term:
        case Element(base=Symbol(name=name), indices=(Symbol(name=index) | Number(text=index),)) if index:
            return name, index
        case Symbol(name=name) if (found := _NUMBERED.fullmatch(name)) is not None:
            return found[1], found[2]
        case _:
            return None


def _dirichlet(*alpha: Term) -> tuple[Law, ...]:
    """Of a vector of concentrations, or of `\\alpha_1, \\dots, \\alpha_K`.

    Source: Kotz, Balakrishnan & Johnson, Continuous Multivariate Distributions, chapter 49.
    """
    a = _vector(alpha)
    if not isinstance(a, Symbol) or a.type.shape is None:
        return ()
    (d,) = a.type.shape
    j = Symbol("\\#j", Type("positive_integer", (), "index"))
    total = BigOp("sum", Element(a, (j,)), (Binder(j, ONE, size(d)),))
    outer = mul(div(ONE, power(total, TWO)), Mul((a, apply("transpose", a))))
    spread = sub(mul(div(ONE, total), apply("diag", a)), outer)
    return (vector_of(mul(div(ONE, total), a), mul(div(ONE, add(total, ONE)), spread), "dirichlet"),)


_FAMILIES: dict[str, Callable[..., tuple[Law, ...]]] = {
    "normal": _normal,
    "bernoulli": _bernoulli,
    "binomial": _binomial,
    "hypergeometric": _hypergeometric,
    "poisson": _poisson,
    "exponential": _exponential,
    "gamma": _gamma,
    "chi-squared": _chi_squared,
    "beta": _beta,
    "uniform": _uniform,
    "geometric": _geometric,
    "geometric from 1": lambda p: _geometric(p)[:1],
    "geometric from 0": lambda p: _geometric(p)[1:],
    "rademacher": _rademacher,
    "laplace": _laplace,
    "multinomial": _multinomial,
    "dirichlet": _dirichlet,
}

_NAMES = {
    **dict.fromkeys(("n", "normal", "gauss", "gaussian"), "normal"),
    **dict.fromkeys(("bern", "bernoulli", "ber"), "bernoulli"),
    **dict.fromkeys(("bin", "binom", "binomial", "b"), "binomial"),
    **dict.fromkeys(("hypergeometric", "hypergeom", "hyper", "hg"), "hypergeometric"),
    **dict.fromkeys(("poisson", "pois", "poi", "po"), "poisson"),
    **dict.fromkeys(("exp", "exponential", "expo"), "exponential"),
    **dict.fromkeys(("gamma", "ga", "gam"), "gamma"),
    **dict.fromkeys(("beta", "be"), "beta"),
    **dict.fromkeys(("u", "uniform", "unif", "uni"), "uniform"),
    **dict.fromkeys(("geom", "geometric", "geo"), "geometric"),
    "geometric from 1": "geometric from 1",
    "geometric from 0": "geometric from 0",
    **dict.fromkeys(("rademacher", "rad"), "rademacher"),
    **dict.fromkeys(("laplace",), "laplace"),
    **dict.fromkeys(("dirichlet", "dir", "diri"), "dirichlet"),
    **dict.fromkeys(("multinomial", "mult", "multi", "mn"), "multinomial"),
}
"""What authors call a family, in lower case and without its font. `Be(a, b)` of two parameters is a beta."""
