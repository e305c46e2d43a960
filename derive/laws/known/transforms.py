"""Transforms of Laplace, in both notations.

Reference: DLMF 1.14, table 1.14.4. Fourier transforms have too many conventions to be of use by name alone.
"""

from derive.laws.law import Known

_PAIRS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    # of, f(t), F(s), conditions
    ("a decaying exponential", "e^{-at}", r"\frac{1}{s+a}", ("s > 0", "a > 0")),
    ("an exponential", "e^{at}", r"\frac{1}{s-a}", ("a > 0", "s > a")),
    ("the sine", r"\sin(at)", r"\frac{a}{s^2+a^2}", ("s > 0", "a > 0")),
    ("the cosine", r"\cos(at)", r"\frac{s}{s^2+a^2}", ("s > 0", "a > 0")),
    ("the hyperbolic sine", r"\sinh(at)", r"\frac{a}{s^2-a^2}", ("a > 0", "s > a")),
    ("the hyperbolic cosine", r"\cosh(at)", r"\frac{s}{s^2-a^2}", ("a > 0", "s > a")),
    ("a power", "t^n", r"\frac{n!}{s^{n+1}}", ("s > 0", r"n \in \mathbb{N}")),
    ("a line", "t", r"\frac{1}{s^2}", ("s > 0",)),
    ("one", "1", r"\frac{1}{s}", ("s > 0",)),
    ("a line that decays", "te^{-at}", r"\frac{1}{(s+a)^2}", ("s > 0", "a > 0")),
    ("a damped sine", r"e^{-at}\sin(bt)", r"\frac{b}{(s+a)^2+b^2}", ("s > 0", "a > 0", "b > 0")),
    ("a damped cosine", r"e^{-at}\cos(bt)", r"\frac{s+a}{(s+a)^2+b^2}", ("s > 0", "a > 0", "b > 0")),
)

TRANSFORMS: tuple[Known, ...] = tuple(
    Known(
        f"the Laplace transform of {of}",
        rf"\mathcal{{L}}\{{{f}\}}{argument}",
        transform,
        r"\blaplace\b|\btransforms?\b",
        when,
        (),
        rf"\int_0^{{\infty}} {f} e^{{-st}} dt",
        "DLMF 1.14",
    )
    for of, f, transform, when in _PAIRS
    for argument in ("", "(s)")
)
