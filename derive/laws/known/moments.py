"""Means and variances of the distributions that have a name; the text names the distribution.

References: Casella, Berger, Statistical Inference, 2nd edition, table of common distributions.
"""

from derive.laws.law import Known

_V, _E = r"\operatorname{Var}(X)", r"\mathbb{E}[X]"


def _moments(
    name: str, words: str, mean: tuple[str, ...], variance: tuple[str, ...], when: tuple[str, ...]
) -> tuple[Known, ...]:
    table = "Casella, Berger: table of common distributions"
    return (
        Known(f"the mean of the {name} distribution", _E, mean[0], words, when, mean[1:], "", table),
        Known(
            f"the variance of the {name} distribution", _V, variance[0], words, when, variance[1:], "", table
        ),
    )


MOMENTS: tuple[Known, ...] = (
    *_moments("Bernoulli", r"\bbernoulli\b", ("p",), ("p(1-p)",), ("0 < p < 1",)),
    *_moments(
        "binomial", r"(?<!negative )\bbinomial", ("np",), ("np(1-p)",), (r"n \in \mathbb{N}", "0 < p < 1")
    ),
    *_moments(
        "geometric",
        r"\bgeometric",
        (r"\frac{1}{p}", r"\frac{1-p}{p}", r"\frac{1}{1-p}", r"\frac{p}{1-p}"),
        (r"\frac{1-p}{p^2}", r"\frac{p}{(1-p)^2}"),
        ("0 < p < 1",),
    ),
    *_moments(
        "exponential",
        r"\bexponential",
        (r"\frac{1}{\lambda}", r"\lambda"),
        (r"\frac{1}{\lambda^2}", r"\lambda^2"),
        (r"\lambda > 0",),
    ),
    *_moments(
        "uniform", r"\buniform", (r"\frac{a+b}{2}",), (r"\frac{(b-a)^2}{12}", r"\frac{(b-a+1)^2-1}{12}"), ()
    ),
    *_moments(
        "gamma",
        r"\bgamma\b",
        (r"\frac{\alpha}{\beta}", r"k\theta"),
        (r"\frac{\alpha}{\beta^2}", r"k\theta^2"),
        (r"\alpha > 0", r"\beta > 0"),
    ),
    *_moments(
        "beta",
        r"\bbeta\b",
        (r"\frac{\alpha}{\alpha+\beta}",),
        (r"\frac{\alpha\beta}{(\alpha+\beta)^2(\alpha+\beta+1)}",),
        (r"\alpha > 0", r"\beta > 0"),
    ),
)
