"""Random claims whose truth hangs on a condition: each with the condition, without it, and next to it."""

from __future__ import annotations

import random
from fractions import Fraction as F

import mpmath
import oracle
from oracle import Claim, true_on_grid


def real(x: F) -> mpmath.mpf:
    return mpmath.mpf(x.numerator) / x.denominator


def root(x: F) -> mpmath.mpf | None:
    return mpmath.sqrt(real(x)) if x >= 0 else None


SIGNS = {
    "": (lambda v: True),
    "\\ge 0": (lambda v: v >= 0),
    "> 0": (lambda v: v > 0),
    "\\ne 0": (lambda v: v != 0),
    "< 0": (lambda v: v < 0),
    "\\le 0": (lambda v: v <= 0),
    "> 1": (lambda v: v > 1),
}


def given(rng: random.Random, *names: str) -> tuple[tuple[str, ...], list[str]]:
    """A condition for each name, spelt as a relation or as a membership; and which."""
    said, chosen = [], []
    for name in names:
        condition = rng.choice(list(SIGNS))
        chosen.append(condition)
        if condition == "> 0" and rng.random() < 0.3:
            said.append(f"{name} \\in (0, \\infty)")
        elif condition == "\\ge 0" and rng.random() < 0.3:
            said.append(f"{name} \\in [0, \\infty)")
        elif condition:
            said.append(f"{name} {condition}")
    return tuple(said), chosen


def fulfilled(conditions: list[str], point: tuple[F, ...]) -> bool:
    return all(SIGNS[c](v) for c, v in zip(conditions, point, strict=True))


def means(rng: random.Random) -> Claim | None:
    said, chosen = given(rng, "x", "y")
    k = rng.choice((2, 2, 2, 3))

    def claim(x: F, y: F) -> bool | None:
        if x * y < 0:
            return None
        return bool((real(x) + real(y)) / k >= mpmath.sqrt(real(x * y)) - mpmath.mpf(10) ** -12)

    return checked("means", f"\\frac{{x+y}}{{{k}}} \\ge \\sqrt{{xy}}", said, chosen, claim)


def powers(rng: random.Random) -> Claim | None:
    said, chosen = given(rng, "x", "y")
    op = rng.choice((">", "\\ge"))

    def claim(x: F, y: F) -> bool | None:
        if abs(y) > 10:
            return None
        value = oracle.power(x, y)
        if value is None or mpmath.im(value) != 0:
            return None
        return bool(value > 0 if op == ">" else value >= 0)

    if chosen[0] in ("", "\\ne 0", "< 0", "\\le 0"):
        return None  # whether a power of a negative number has a value is not agreed on
    return checked("powers", f"x^y {op} 0", said, chosen, claim)


def sizes(rng: random.Random) -> Claim | None:
    said, chosen = given(rng, "x")
    latex, f = rng.choice(
        (
            (r"\sqrt{x^2} = x", lambda x: abs(x) == x),
            (r"|x| = x", lambda x: abs(x) == x),
            (r"|x| = -x", lambda x: abs(x) == -x),
            (r"|x| > 0", lambda x: abs(x) > 0),
            (r"x^2 > 0", lambda x: x * x > 0),
            (r"\frac{x}{|x|} = 1", lambda x: None if x == 0 else x > 0),
            (r"x + \frac{1}{x} \ge 2", lambda x: None if x == 0 else x + 1 / x >= 2),
            (r"x \le x^2", lambda x: x <= x * x),
            (r"e^x \ge 1 + x", lambda x: True),
            (r"e^x > 1 + x", lambda x: x != 0),
        )
    )
    return checked("sizes", latex, said, chosen, f)


def implications(rng: random.Random) -> Claim | None:
    said, chosen = given(rng, "x", "y", "z")
    latex, premise, conclusion = rng.choice(
        (
            ("xz = yz \\implies x = y", lambda x, y, z: x * z == y * z, lambda x, y, z: x == y),
            ("x^2 = y^2 \\implies x = y", lambda x, y, z: x * x == y * y, lambda x, y, z: x == y),
            ("x < y \\implies xz < yz", lambda x, y, z: x < y, lambda x, y, z: x * z < y * z),
            ("xy = 0 \\implies x = 0", lambda x, y, z: x * y == 0, lambda x, y, z: x == 0),
            ("x^2 = x \\implies x = 1", lambda x, y, z: x * x == x, lambda x, y, z: x == 1),
            ("x > 1 \\implies x^2 > x", lambda x, y, z: x > 1, lambda x, y, z: x * x > x),
            ("x > 0 \\implies x^2 > x", lambda x, y, z: x > 0, lambda x, y, z: x * x > x),
        )
    )
    names = "xyz"
    kept = [(s, c) for s, c, n in zip(_padded(said, chosen), chosen, names, strict=True) if n in latex]
    used = {n: c for n, c in zip(names, chosen, strict=True) if n in latex}
    values = [F(v) for v in (0, 1, -1, 2, -2, F(1, 2), F(-1, 2), 3)]
    truth, met = True, False
    for x in values:
        for y in values:
            for z in values:
                point = dict(zip(names, (x, y, z), strict=True))
                if all(SIGNS[c](point[n]) for n, c in used.items()) and premise(x, y, z):
                    met = True
                    truth = truth and bool(conclusion(x, y, z))
    if not met:
        return None
    return Claim("implication", latex, tuple(s for s, _ in kept if s), truth)


def _padded(said: tuple[str, ...], chosen: list[str]) -> list[str]:
    """The spelt conditions with an empty one for each name that has none."""
    left = list(said)
    return [left.pop(0) if c else "" for c in chosen]


def equivalences(rng: random.Random) -> Claim:
    latex, f = rng.choice(
        (
            (
                "x^2+y^2=0 \\iff x=0 \\text{ and } y=0",
                lambda x, y: (x * x + y * y == 0) == (x == 0 and y == 0),
            ),
            ("xy=0 \\iff x=0 \\text{ and } y=0", lambda x, y: (x * y == 0) == (x == 0 and y == 0)),
            ("xy=0 \\iff x=0 \\text{ or } y=0", lambda x, y: (x * y == 0) == (x == 0 or y == 0)),
            ("x^2=y^2 \\iff x=y \\text{ or } x=-y", lambda x, y: (x * x == y * y) == (x == y or x == -y)),
            ("x^2=y^2 \\iff x=y", lambda x, y: (x * x == y * y) == (x == y)),
            ("x=y \\iff x-y=0", lambda x, y: True),
        )
    )
    reals = ("x \\in \\mathbb{R}", "y \\in \\mathbb{R}")
    return Claim("equivalence", latex, reals, true_on_grid(2, f))


def orders(rng: random.Random) -> Claim:
    """Powers of two ordered numbers."""
    p, q = rng.randint(1, 4), rng.randint(1, 4)
    where, said = rng.choice(
        (
            (lambda a, b: 0 < a < b, "0 < a < b"),
            (lambda a, b: 1 < a < b, "1 < a < b"),
            (lambda a, b: 0 < a < b < 1, "0 < a < b < 1"),
        )
    )
    steps = [F(k, 40) for k in range(1, 40)] + [F(k, 7) for k in range(8, 60)] + [F(100), F(101), F(1, 1000)]
    truth = all(a**p < b**q for a in steps for b in steps if where(a, b))
    left, right = (f"{n}^{e}" if e > 1 else n for n, e in (("a", p), ("b", q)))
    return Claim("ordered powers", f"{left} < {right}", (said,), truth)


def expectations(rng: random.Random) -> Claim:
    """Of two random variables, decided in a few finite spaces."""
    latex, truth = rng.choice(
        (
            (r"\mathbb{E}[XY \mid Y] = Y\,\mathbb{E}[X \mid Y]", True),
            (r"\mathbb{E}[XY \mid Y] = X\,\mathbb{E}[Y \mid Y]", False),
            (r"\mathbb{E}[XY \mid X] = Y\,\mathbb{E}[X \mid X]", False),
            (r"\mathbb{E}[X + Y] = \mathbb{E}[X] + \mathbb{E}[Y]", True),
            (r"\mathbb{E}[XY] = \mathbb{E}[X]\,\mathbb{E}[Y]", False),
            (r"\mathbb{E}[aX + b] = a\,\mathbb{E}[X] + b", True),
            (r"\mathbb{E}[aX + b] = a\,\mathbb{E}[X]", False),
            (r"\operatorname{Var}(aX) = a^2\operatorname{Var}(X)", True),
            (r"\operatorname{Var}(aX) = a\operatorname{Var}(X)", False),
            (r"\mathbb{E}[\mathbb{E}[X \mid Y]] = \mathbb{E}[X]", True),
            (r"\mathbb{E}[\mathbb{E}[X \mid Y]] = \mathbb{E}[Y]", False),
        )
    )
    return Claim("expectation", latex, (), truth)


def logarithms(rng: random.Random) -> Claim | None:
    latex, f = rng.choice(
        (
            (r"\ln(x^2) = 2\ln x", lambda x: True),
            (r"\ln(x)^2 = 2\ln x", None),
            (r"\ln x \le x - 1", lambda x: True),
            (r"\ln x < x - 1", lambda x: x != 1),
            (r"\ln(x^3) = 2\ln x", lambda x: x == 1),
            (r"\ln(2x) = \ln 2 + \ln x", lambda x: True),
            (r"\ln(x + 1) = \ln x + 1", lambda x: False),
            (r"x \ln x \ge -1", lambda x: True),
            (r"x \ln x \ge 0", lambda x: x >= 1),
        )
    )
    if f is None:
        return None
    where, said = rng.choice(((lambda x: x > 0, "x > 0"), (lambda x: x > 1, "x > 1")))
    return Claim("logarithm", latex, (said,), true_on_grid(1, f, where))


def checked(kind: str, latex: str, said: tuple[str, ...], chosen: list[str], f: object) -> Claim | None:
    """The claim with its truth on the grid; None where no point of the grid tells."""
    try:
        truth = true_on_grid(len(chosen), f, lambda *p: fulfilled(chosen, p))  # type: ignore[arg-type]
    except AssertionError:
        return None
    return Claim(kind, latex, said, truth)


CONDITIONS = (
    means, powers, sizes, implications, equivalences, orders, expectations, logarithms,
)  # fmt: skip
