"""Random claims of algebra: identities, orders of polynomials, congruences, decimals, growth, sums, arrays."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction as F

import oracle
from oracle import Claim

NAMES = ("x", "y", "z", "t", "u")


def polynomial(coefficients: Sequence[int], x: str) -> str:
    """`2x^2 - x + 3`, constant first in the list."""
    parts = []
    for power in range(len(coefficients) - 1, -1, -1):
        c = coefficients[power]
        if c == 0:
            continue
        letter = (
            "" if power == 0 else x if power == 1 else f"{x}^{{{power}}}" if power > 9 else f"{x}^{power}"
        )
        size = str(abs(c)) if abs(c) != 1 or power == 0 else ""
        parts.append((" - " if c < 0 else " + ") + size + letter)
    text = "".join(parts) or "0"
    return text[3:] if text.startswith(" + ") else "-" + text[3:] if text.startswith(" - ") else text


def product_of(a: Sequence[int], b: Sequence[int]) -> list[int]:
    out = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            out[i + j] += x * y
    return out


def identities(rng: random.Random) -> Claim:
    x = rng.choice(NAMES)
    a, b = ([rng.randint(-4, 4) or 1 for _ in range(rng.randint(2, 3))] for _ in range(2))
    right = product_of(a, b)
    truth = rng.random() < 0.5
    if not truth:
        k = rng.randrange(len(right))
        right[k] += rng.choice((-2, -1, 1, 2))
    left = f"({polynomial(a, x)})({polynomial(b, x)})"
    exact = all(
        oracle.evaluate(a, p) * oracle.evaluate(b, p) == oracle.evaluate(right, p) for p in oracle.RATIONALS
    )
    return Claim("identity", f"{left} = {polynomial(right, x)}", (), exact)


def one_variable(rng: random.Random) -> Claim | None:
    x = rng.choice(NAMES)
    coefficients = [rng.randint(-6, 9), rng.randint(-5, 5), rng.randint(-2, 5), rng.randint(-2, 2)]
    if rng.random() < 0.5:
        coefficients.append(rng.randint(1, 3))
    if rng.random() < 0.3:  # a square, moved by a little or not at all
        root = [rng.randint(-3, 3), rng.randint(1, 2)]
        coefficients = product_of(root, root)
        coefficients[0] += rng.choice((0, 0, 1, -1))
    if not any(coefficients[1:]):
        return None
    low = high = None
    given: tuple[str, ...] = ()
    match rng.randrange(5):
        case 0:
            low = F(rng.randint(-2, 3))
            given = (f"{x} \\ge {low}",)
        case 1:
            low = F(rng.randint(-2, 1))
            high = low + rng.randint(1, 3)
            given = (f"{low} \\le {x} \\le {high}",)
        case 2:
            low, high = F(0), F(1)
            given = (f"{x} \\in [0,1]",)
    truth = oracle.nonnegative(coefficients, low, high)
    if truth is None:
        return None
    if rng.random() < 0.5:
        moved = [-c for c in coefficients[1:]]
        return Claim(
            "order in one variable",
            f"{coefficients[0]} \\ge {polynomial([0, *moved], x)}",
            given,
            truth,
        )
    return Claim("order in one variable", f"{polynomial(coefficients, x)} \\ge 0", given, truth)


def forms(rng: random.Random) -> Claim:
    count = rng.choice((2, 2, 3))
    names = NAMES[:count]
    matrix = [[F(0)] * count for _ in range(count)]
    parts = []
    for i in range(count):
        for j in range(i, count):
            c = rng.randint(1, 4) if i == j else rng.choice((0, 1, -1, 2, -2, 3, -3))
            matrix[i][j] += F(c, 2)
            matrix[j][i] += F(c, 2)
            if c:
                letters = f"{names[i]}^2" if i == j else names[i] + names[j]
                parts.append((" - " if c < 0 else " + ") + (str(abs(c)) if abs(c) > 1 else "") + letters)
    text = "".join(parts).removeprefix(" + ")
    return Claim("quadratic form", f"{text} \\ge 0", (), oracle.semidefinite(matrix))


def congruences(rng: random.Random) -> Claim:
    m = rng.choice((2, 3, 4, 5, 6, 7, 8, 12, 16))
    e, k, c = rng.randint(2, 5), rng.randint(1, 2), rng.choice((0, 1))
    match rng.randrange(3):
        case 0:
            given, where = ("n \\in \\mathbb{Z}",), lambda n: True
        case 1:
            given, where = ("n \\in \\mathbb{Z}", "n \\equiv 1 \\pmod 2"), lambda n: n % 2 == 1
        case _:
            given, where = ("n \\in \\mathbb{Z}", "n \\equiv 2 \\pmod 3"), lambda n: n % 3 == 2
    if c and rng.random() < 0.5:
        latex, f = f"n^{e} \\equiv 1 \\pmod{{{m}}}", lambda n: n**e - 1
    else:
        latex, f = f"n^{e} \\equiv n^{k} \\pmod{{{m}}}", lambda n: n**e - n**k
    truth = all(f(n) % m == 0 for n in range(6 * m) if where(n))
    return Claim("congruence", latex, given, truth)


def decimals(rng: random.Random) -> Claim:
    places = rng.randint(1, 2)
    a, b = (Decimal(rng.randint(1, 99)).scaleb(-places) for _ in range(2))
    op, value = rng.choice((("+", a + b), ("-", a - b), (r"\cdot", a * b)))
    off = rng.choice((0, 0, 3, -2, 10))
    shown = value + Decimal(off) * Decimal(1).scaleb(int(value.as_tuple().exponent))
    left = f"{a} {op} {b}"
    if rng.random() < 0.25:
        left = f"\\begin{{bmatrix}} {left} \\\\ 1 \\end{{bmatrix}}"
        return Claim("decimals", f"{left} = \\begin{{bmatrix}} {shown} \\\\ 1 \\end{{bmatrix}}", (), off == 0)
    return Claim("decimals", f"{left} = {shown}", (), off == 0)


def approximations(rng: random.Random) -> Claim:
    import mpmath

    latex, value = rng.choice(
        (
            (r"\pi", mpmath.pi),
            ("e", mpmath.e),
            (r"\sqrt 2", mpmath.sqrt(2)),
            (r"\frac{1}{7}", mpmath.mpf(1) / 7),
            (r"\ln 3", mpmath.log(3)),
            (r"\frac{3}{10}", mpmath.mpf("0.3")),
            (r"\frac{22}{7}", mpmath.mpf(22) / 7),
        )
    )
    digits = rng.randint(1, 4)
    rounded = int(mpmath.nint(value * 10**digits))
    off = rng.choice((0, 0, 2, -2, 5))
    shown = Decimal(rounded + off).scaleb(-digits)
    return Claim("approximation", f"{latex} \\approx {shown}", (), off == 0)


def growth(rng: random.Random) -> Claim:
    low, high = sorted(rng.sample(range(1, 6), 2))
    k = rng.randint(1, 6)
    p = [0] * (high + 1)
    p[low], p[high] = rng.randint(1, 3), rng.randint(1, 3)
    at_infinity = rng.random() < 0.6
    truth = k >= high if at_infinity else k <= low
    place = r"\infty" if at_infinity else "0"
    power = f"x^{k}" if k > 1 else "x"
    return Claim("growth", f"{polynomial(p, 'x')} = O({power})", (f"x \\to {place}",), truth)


def series(rng: random.Random) -> Claim:
    kind = rng.randrange(3)
    if kind == 0:
        r = F(rng.choice((1, 2, 3, -1, -2)), rng.randint(3, 5))
        if abs(r) >= 1:
            r = F(1, 2)
        value = 1 / (1 - r)
        truth = rng.random() < 0.5
        shown = value if truth else value + rng.choice((1, F(1, 2), -1))
        ratio = f"\\left({'-' if r < 0 else ''}\\frac{{{abs(r.numerator)}}}{{{r.denominator}}}\\right)"
        return Claim("series", f"\\sum_{{k=0}}^\\infty {ratio}^k = {fraction(shown)}", (), truth)
    if kind == 1:
        body = rng.choice((r"\frac{1}{k}", "1", r"\frac{1}{\sqrt{k}}", r"\frac{k}{k+1}", "2^k", "(-1)^k"))
        return Claim(
            "series", f"\\sum_{{k=1}}^\\infty {body} = {fraction(F(rng.randint(-2, 9), 2))}", (), False
        )
    a, b = rng.randint(1, 3), rng.randint(0, 4)
    truth = rng.random() < 0.5
    right = f"\\frac{{{a} n(n+1)}}{{2}} + {b} n" if truth else f"\\frac{{{a} n(n-1)}}{{2}} + {b} n"
    return Claim(
        "series", f"\\sum_{{k=1}}^n ({a} k + {b}) = {right}", (r"n \in \mathbb{N}", "n \\ge 1"), truth
    )


def fraction(value: F) -> str:
    sign = "-" if value < 0 else ""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{sign}\\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def numeric_matrices(rng: random.Random) -> Claim:
    rows, inner, columns = rng.randint(1, 3), rng.randint(2, 3), rng.randint(1, 3)
    a = [[rng.randint(-3, 4) for _ in range(inner)] for _ in range(rows)]
    b = [[rng.randint(-3, 4) for _ in range(columns)] for _ in range(inner)]
    right = oracle.times(a, b)
    truth = rng.random() < 0.5
    if not truth:
        right[rng.randrange(rows)][rng.randrange(columns)] += rng.choice((-1, 1, 2))
    return Claim("matrices", f"{matrix(a)} {matrix(b)} = {matrix(right)}", (), truth)


def matrix(rows: Sequence[Sequence[object]]) -> str:
    body = r" \\ ".join(" & ".join(str(x) for x in row) for row in rows)
    return f"\\begin{{pmatrix}} {body} \\end{{pmatrix}}"


def declared_matrices(rng: random.Random) -> Claim:
    """Of square matrices of a declared size: decided by products of small integer matrices."""
    square = rng.choice((r"\mathbb{R}^{n\times n}", r"\mathbb{R}^{2\times 2}", r"\mathbb{R}^{3\times 3}"))
    latex, f = rng.choice(_MATRIX_CLAIMS)
    a, b = [[1, 2], [3, 5]], [[0, 1], [-1, 4]]
    left, right = f(a, b)
    return Claim("declared matrices", latex, (f"A, B \\in {square}",), left == right)


def _square(a: list[list[F]]) -> list[list[F]]:
    return oracle.times(a, a)


_MATRIX_CLAIMS = (
    (
        r"(A+B)^2 = A^2 + 2AB + B^2",
        lambda a, b: (
            _square(oracle.plus(a, b)),
            oracle.plus(oracle.plus(_square(a), oracle.times(a, b), 2), _square(b)),
        ),
    ),
    (
        r"(A+B)^2 = A^2 + AB + BA + B^2",
        lambda a, b: (
            _square(oracle.plus(a, b)),
            oracle.plus(
                oracle.plus(_square(a), oracle.plus(oracle.times(a, b), oracle.times(b, a))), _square(b)
            ),
        ),
    ),
    (
        r"(AB)^\top = B^\top A^\top",
        lambda a, b: (
            oracle.transposed(oracle.times(a, b)),
            oracle.times(oracle.transposed(b), oracle.transposed(a)),
        ),
    ),
    (
        r"(AB)^\top = A^\top B^\top",
        lambda a, b: (
            oracle.transposed(oracle.times(a, b)),
            oracle.times(oracle.transposed(a), oracle.transposed(b)),
        ),
    ),
    (r"AB = BA", lambda a, b: (oracle.times(a, b), oracle.times(b, a))),
    (
        r"\operatorname{tr}(AB) = \operatorname{tr}(BA)",
        lambda a, b: (_trace(oracle.times(a, b)), _trace(oracle.times(b, a))),
    ),
    (
        r"\operatorname{tr}(AB) = \operatorname{tr}(A)\operatorname{tr}(B)",
        lambda a, b: (_trace(oracle.times(a, b)), _trace(a) * _trace(b)),
    ),
    (
        r"\det(AB) = \det(A)\det(B)",
        lambda a, b: (oracle.determinant(oracle.times(a, b)), oracle.determinant(a) * oracle.determinant(b)),
    ),
    (
        r"\det(A+B) = \det(A)+\det(B)",
        lambda a, b: (oracle.determinant(oracle.plus(a, b)), oracle.determinant(a) + oracle.determinant(b)),
    ),
    (r"ABA = A^2B", lambda a, b: (oracle.times(oracle.times(a, b), a), oracle.times(_square(a), b))),
)


def _trace(a: Sequence[Sequence[F]]) -> F:
    return sum((F(a[k][k]) for k in range(len(a))), F(0))


def tuples(rng: random.Random) -> Claim:
    signs = rng.choice("+-"), rng.choice("+-"), rng.choice("+-")
    latex = f"(a, b) {signs[0]} (c, d) = (a {signs[1]} c, b {signs[2]} d)"
    return Claim("tuples", latex, (), signs[0] == signs[1] == signs[2])


ALGEBRA = (
    identities, one_variable, forms, congruences, decimals, approximations, growth, series, numeric_matrices,
    declared_matrices, tuples,
)  # fmt: skip


def claims(seed: int, count: int) -> Iterator[Claim]:
    """`count` claims, the kinds in turn; the same for the same seed."""
    from conditions import CONDITIONS

    rng = random.Random(seed)
    kinds = (*ALGEBRA, *CONDITIONS)
    made = turn = 0
    while made < count:
        claim = kinds[turn % len(kinds)](rng)
        turn += 1
        if claim is not None:
            made += 1
            yield claim
