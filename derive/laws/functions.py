"""Activation functions and densities, as they are defined in the field.

GBC is Goodfellow, Bengio, Courville: Deep Learning (2016); PRML is Bishop: Pattern Recognition
and Machine Learning (2006); DLMF the NIST Digital Library of Mathematical Functions.
"""

from __future__ import annotations

from derive.laws.law import StandardFunction
from derive.term.construct import add, apply, div, mul, neg, power, square, sub
from derive.term.nodes import ONE, TWO, ZERO, Constant, Piecewise, Relation, Root, Symbol, Term, Type

X = Symbol("x")
MU, SIGMA = Symbol("\\mu"), Symbol("\\sigma", Type(domain="positive"))
LAMBDA = Symbol("\\lambda", Type(domain="positive"))
ALPHA, BETA = Symbol("\\alpha", Type(domain="positive")), Symbol("\\beta", Type(domain="positive"))
K, N = Symbol("k", Type(domain="natural")), Symbol("n", Type(domain="natural"))
P = Symbol("p", Type(domain="unit"))
PI = Constant("pi")


def exp(term: Term) -> Term:
    return apply("exp", term)


_SIGMOID = div(ONE, add(ONE, exp(neg(X))))
_NORMAL = mul(
    div(ONE, Root(mul(TWO, PI, square(SIGMA)), TWO)),
    exp(neg(div(square(sub(X, MU)), mul(TWO, square(SIGMA))))),
)
_STANDARD_NORMAL = mul(div(ONE, Root(mul(TWO, PI), TWO)), exp(neg(div(square(X), TWO))))
_GAUSS_CDF = mul(div(ONE, TWO), add(ONE, apply("erf", div(X, Root(TWO, TWO)))))

FUNCTIONS: tuple[StandardFunction, ...] = (
    StandardFunction(
        "sigmoid", ("\\sigma", "sigmoid", "sigm", "expit", "logistic"), (X,), _SIGMOID, "GBC 3.10"
    ),
    StandardFunction("ReLU", ("ReLU", "relu"), (X,), apply("max", ZERO, X), "GBC 6.1"),
    StandardFunction(
        "leaky ReLU",
        ("LeakyReLU", "LReLU"),
        (X,),
        Piecewise(((X, Relation(">", X, ZERO)), (mul(ALPHA, X), None))),
        "GBC 6.3.1",
    ),
    StandardFunction(
        "ELU",
        ("ELU",),
        (X,),
        Piecewise(((X, Relation(">", X, ZERO)), (mul(ALPHA, sub(exp(X), ONE)), None))),
        "Clevert, Unterthiner, Hochreiter (2016)",
    ),
    StandardFunction(
        "softplus", ("softplus", "\\zeta_{+}"), (X,), apply("log", add(ONE, exp(X))), "GBC 3.10"
    ),
    StandardFunction("SiLU", ("SiLU", "swish", "Swish"), (X,), mul(X, _SIGMOID), "Elfwing et al. (2018)"),
    StandardFunction("GELU", ("GELU",), (X,), mul(X, _GAUSS_CDF), "Hendrycks, Gimpel (2016)"),
    StandardFunction(
        "logit", ("logit",), (X,), apply("log", div(X, sub(ONE, X))), "PRML 4.2", ("0 < x < 1",)
    ),
    StandardFunction("normal density", ("\\phi", "\\varphi"), (X,), _STANDARD_NORMAL, "PRML 1.2.4"),
    StandardFunction("normal distribution function", ("\\Phi",), (X,), _GAUSS_CDF, "PRML 4.3.5"),
    StandardFunction(
        "Gaussian density", ("\\mathcal{N}",), (X, MU, SIGMA), _NORMAL, "PRML 1.46", ("\\sigma > 0",)
    ),
    StandardFunction(
        "exponential density",
        ("Exp",),
        (X, LAMBDA),
        mul(LAMBDA, exp(neg(mul(LAMBDA, X)))),
        "GBC 3.9.4",
        ("x \\ge 0",),
    ),
    StandardFunction(
        "Poisson mass",
        ("Poisson", "Pois"),
        (K, LAMBDA),
        div(mul(power(LAMBDA, K), exp(neg(LAMBDA))), apply("factorial", K)),
        "PRML B",
    ),
    StandardFunction(
        "binomial mass",
        ("Bin", "Binomial"),
        (K, N, P),
        mul(apply("binomial", N, K), power(P, K), power(sub(ONE, P), sub(N, K))),
        "PRML 2.9",
    ),
    StandardFunction(
        "Bernoulli mass",
        ("Ber", "Bern", "Bernoulli"),
        (X, P),
        mul(power(P, X), power(sub(ONE, P), sub(ONE, X))),
        "PRML 2.2",
        ("x \\in \\{0, 1\\}",),
    ),
    StandardFunction(
        "gamma density",
        ("Gam", "Gamma"),
        (X, ALPHA, BETA),
        mul(
            div(power(BETA, ALPHA), apply("gamma", ALPHA)),
            power(X, sub(ALPHA, ONE)),
            exp(neg(mul(BETA, X))),
        ),
        "PRML 2.146",
        ("x > 0",),
    ),
    StandardFunction(
        "beta density",
        ("Beta",),
        (X, ALPHA, BETA),
        div(
            mul(power(X, sub(ALPHA, ONE)), power(sub(ONE, X), sub(BETA, ONE))),
            apply("beta", ALPHA, BETA),
        ),
        "PRML 2.13",
        ("0 < x < 1",),
    ),
    StandardFunction(
        "Laplace density",
        ("Laplace",),
        (X, MU, BETA),
        mul(div(ONE, mul(TWO, BETA)), exp(neg(div(apply("abs", sub(X, MU)), BETA)))),
        "GBC 3.26",
    ),
    StandardFunction(
        "Huber function",
        ("Huber", "H_{\\delta}"),
        (X, Symbol("\\delta", Type(domain="positive"))),
        Piecewise(
            (
                (div(square(X), TWO), Relation("<=", apply("abs", X), Symbol("\\delta"))),
                (
                    mul(
                        Symbol("\\delta"),
                        sub(apply("abs", X), div(Symbol("\\delta"), TWO)),
                    ),
                    None,
                ),
            )
        ),
        "Huber (1964)",
    ),
    StandardFunction("hinge function", ("hinge",), (X,), apply("max", ZERO, sub(ONE, X)), "PRML 7.44"),
    StandardFunction(
        "binary entropy",
        ("H_{2}", "H_{b}", "h_{2}"),
        (P,),
        sub(neg(mul(P, apply("log", P))), mul(sub(ONE, P), apply("log", sub(ONE, P)))),
        "PRML 1.6",
        ("0 < p < 1",),
    ),
)
