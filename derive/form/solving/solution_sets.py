"""What solves an equation or an inequality in one letter, exactly, where both sides are rational in it."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq, fmpq_poly

from derive.classes import dataclass
from derive.term.nodes import Add, Div, Mul, Neg, Number, Pow, Symbol, Term

_DEGREE = 8
_TURNED = {">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Zeros:
    """The points at which a rational function is zero, as the roots of a polynomial without double ones."""

    of: fmpq_poly

    def follows_from(self, other: Zeros) -> bool:
        """Whether one has all the zeros of the other: a step may gain some, or choose among them."""
        return _divides(other.of, self.of) or _divides(self.of, other.of)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Where an inequality holds: its corners in order, and whether it holds before, at and behind each."""

    corners: tuple[Fraction, ...]
    holds: tuple[bool, ...]


Solutions = Zeros | Stretches


def solutions(relation: str, left: Term, right: Term, letter: str) -> Solutions | None:
    """What solves `left relation right`; None where that is not told, or where nothing or all does."""
    ratio = _ratio(Add((left, Neg(right))), letter)
    if ratio is None:
        return None
    top, bottom = ratio
    if max(top.degree(), bottom.degree()) > _DEGREE or top.degree() + bottom.degree() < 1:
        return None
    if relation == "=":
        while (common := top.gcd(bottom)).degree() > 0:
            top = top // common  # it has no value there
        own = top // top.gcd(top.derivative()) if top.degree() > 0 else top
        return Zeros(own * (1 / own.leading_coefficient())) if own.degree() > 0 else None
    return _stretches(relation, top, bottom)


def _stretches(relation: str, top: fmpq_poly, bottom: fmpq_poly) -> Stretches | None:
    above, below = _rational_roots(top), _rational_roots(bottom)
    if above is None or below is None:
        return None
    corners = sorted({*above, *below})
    if not corners:
        return None
    if relation in _TURNED:
        relation, top = _TURNED[relation], -top
    tried = [corners[0] - 1]
    for k, corner in enumerate(corners):
        after = corners[k + 1] if k + 1 < len(corners) else corner + 2
        tried += [corner, (corner + after) / 2]
    holds = [_holds(relation, top, bottom, x) for x in tried]
    kept: list[Fraction] = []
    pattern = [holds[0]]
    for k, corner in enumerate(corners):
        before, at, behind = holds[2 * k : 2 * k + 3]
        if not before == at == behind:
            kept.append(corner)
            pattern += [at, behind]
    return Stretches(tuple(kept), tuple(pattern)) if kept else None


def _holds(relation: str, top: fmpq_poly, bottom: fmpq_poly, point: Fraction) -> bool:
    x = fmpq(point.numerator, point.denominator)
    if bottom(x) == 0:
        return False
    value = top(x) / bottom(x)
    return bool(value < 0 or (relation == "<=" and value == 0))


def _rational_roots(polynomial: fmpq_poly) -> list[Fraction] | None:
    """The roots, if all of them are rational."""
    _, factors = polynomial.factor()
    if any(factor.degree() > 1 for factor, _ in factors):
        return None
    roots = (-f[0] / f[1] for f, _ in factors if f.degree() == 1)
    return [Fraction(int(r.p), int(r.q)) for r in roots]


def _divides(a: fmpq_poly, b: fmpq_poly) -> bool:
    return bool((b % a).degree() < 0)


def _ratio(term: Term, letter: str) -> tuple[fmpq_poly, fmpq_poly] | None:
    """Numerator and denominator of a rational function of the letter."""
    match term:
        case Number(value=value):
            return fmpq_poly([fmpq(value.numerator, value.denominator)]), fmpq_poly([1])
        case Symbol(name=name) if name == letter:
            return fmpq_poly([0, 1]), fmpq_poly([1])
        case Neg(arg=arg):
            inner = _ratio(arg, letter)
            return None if inner is None else (-inner[0], inner[1])
        case Add(args=args) | Mul(args=args):
            return _together(args, letter, added=isinstance(term, Add))
        case Div(numerator=above, denominator=below):
            a, b = _ratio(above, letter), _ratio(below, letter)
            if a is None or b is None or b[0].degree() < 0:
                return None
            return a[0] * b[1], a[1] * b[0]
        case Pow(base=base, exponent=Number(value=value)) if value.denominator == 1 and 0 < value <= _DEGREE:
            inner = _ratio(base, letter)
            return None if inner is None else (inner[0] ** int(value), inner[1] ** int(value))
        case _:
            return None


def _together(args: tuple[Term, ...], letter: str, *, added: bool) -> tuple[fmpq_poly, fmpq_poly] | None:
    top, bottom = fmpq_poly([0 if added else 1]), fmpq_poly([1])
    for arg in args:
        inner = _ratio(arg, letter)
        if inner is None:
            return None
        if not added:
            top, bottom = top * inner[0], bottom * inner[1]
        elif bottom == inner[1]:
            top = top + inner[0]
        else:
            top, bottom = top * inner[1] + inner[0] * bottom, bottom * inner[1]
    return top, bottom
