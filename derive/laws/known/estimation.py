"""Errors of estimates, divergences, bounds on chances, the normal distribution given a part of it.

References: Bishop, PRML; Blitzstein, Hwang, Introduction to Probability; Cover, Thomas, Elements of
Information Theory.
"""

from derive.laws.law import Known

_MSE = r"\bmean[ -]squared? error\b|\bmse\b"
_RMSE = r"\broot[ -]mean[ -]squared? error\b|\brmse\b"
_MAE = r"\bmean absolute error\b|\bmae\b"
_KL = r"\bkullback|\bkl\b|\brelative entropy\b"
_GIVEN = r"\bconditional\b|\bschur\b|\bgiven\b|\bconditioning\b"
_STATE = r"\bexpectation value\b|\bdensity (?:matrix|operator)\b|\bobservable\b"


def _error(name: str, lefts: tuple[str, ...], right: str, words: str) -> tuple[Known, ...]:
    return tuple(
        Known(f"the {name} error", left, right.replace("y", a).replace("z", b), words, reference="PRML 1.1")
        for left in lefts
        for a, b in (("y", r"\hat{y}"),)
    )


ESTIMATION: tuple[Known, ...] = (
    *_error(
        "mean squared",
        (r"\operatorname{MSE}", r"\operatorname{mse}"),
        r"\frac{1}{n}\sum_{i=1}^n (y_i-z_i)^2",
        _MSE,
    ),
    *_error(
        "root mean squared",
        (r"\operatorname{RMSE}", r"\operatorname{rmse}"),
        r"\sqrt{\frac{1}{n}\sum_{i=1}^n (y_i-z_i)^2}",
        _RMSE,
    ),
    *_error(
        "mean absolute",
        (r"\operatorname{MAE}", r"\operatorname{mae}"),
        r"\frac{1}{n}\sum_{i=1}^n |y_i-z_i|",
        _MAE,
    ),
    Known(
        "the Kullback-Leibler divergence",
        r"D_{KL}(P \| Q)",
        r"\sum_{x} P(x)\log\frac{P(x)}{Q(x)}",
        _KL,
        others=(r"\int P(x)\log\frac{P(x)}{Q(x)} dx",),
        reference="Cover, Thomas 2.3",
    ),
    Known(
        "Chebyshev's inequality",
        r"P(|X-m| \ge k)",
        r"\frac{\operatorname{Var}(X)}{k^2}",
        r"\b(?:c|ts)heby[sc]h",
        reference="BH 10.1",
        relation="<=",
    ),
    Known(
        "Markov's inequality",
        r"P(X \ge k)",
        r"\frac{\mathbb{E}[X]}{k}",
        r"\bmarkov'?s? (?:inequality|bound)",
        reference="BH 10.1",
        relation="<=",
    ),
    Known(
        "the covariance of a normal variable given another",
        r"\Sigma_{1|2}",
        r"\Sigma_{11}-\Sigma_{12}\Sigma_{22}^{-1}\Sigma_{21}",
        _GIVEN,
        reference="PRML 2.82",
    ),
    Known(
        "the mean of a normal variable given another",
        r"\mu_{1|2}",
        r"\mu_1+\Sigma_{12}\Sigma_{22}^{-1}(x_2-\mu_2)",
        _GIVEN,
        reference="PRML 2.81",
    ),
    Known(
        "the mean of an observable in a state",
        r"\mathbb{E}[A]",
        r"\operatorname{tr}(A\rho)",
        _STATE,
        others=(r"\operatorname{tr}(\rho A)",),
        reference="Nielsen, Chuang 2.4",
    ),
)
