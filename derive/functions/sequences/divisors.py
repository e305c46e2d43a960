"""Greatest common divisor and least common multiple; NIST Digital Library of Mathematical Functions 27.2."""

from __future__ import annotations

from math import gcd, lcm

from derive.functions.record import Computed, Function

FUNCTIONS = (
    Function(
        "gcd",
        "\\gcd",
        "DLMF 27.2",
        most=-1,
        words=("gcd", "GCD"),
        value=Computed(lambda c, *n: c.exact(gcd(*c.integers(n, "gcd")))),
        jumps=True,
        integers=True,
    ),
    Function(
        "lcm",
        "\\operatorname{lcm}",
        "DLMF 27.2",
        most=-1,
        words=("lcm", "LCM"),
        value=Computed(lambda c, *n: c.exact(lcm(*c.integers(n, "lcm")))),
        jumps=True,
        integers=True,
    ),
)
