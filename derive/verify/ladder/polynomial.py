"""Orders between polynomials, decided exactly: in one variable by isolated roots, else of degree two.

Counterexamples are rational points; a polynomial that keeps its sign between all of its roots is proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from flint import ctx, fmpq, fmpq_poly

from derive.classes import dataclass, field, replace
from derive.model import Verdict
from derive.reasons import Why
from derive.term.nodes import (
    Add,
    Constant,
    Div,
    Interval,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Root,
    Symbol,
    Term,
)
from derive.term.traverse import free_symbols
from derive.verify.evaluate.balls import compare, evaluate
from derive.verify.evaluate.display import value_text
from derive.verify.evaluate.functions import Derived
from derive.verify.ladder.certifying import refuted
from derive.verify.ladder.question import Question, proved, undecided
from derive.verify.models.hypotheses import flatten, number
from derive.verify.models.point import Model

DEGREE = 40

Monomials = dict[tuple[tuple[str, int], ...], Fraction]


@dataclass(slots=True)
class Domain:
    """Where a variable lies. others: whether hypotheses that are no bounds speak of it."""

    low: Fraction | None = None
    low_open: bool = True
    high: Fraction | None = None
    high_open: bool = True
    whole: bool = False
    excluded: set[Fraction] = field(default_factory=set)
    others: bool = False

    def above(self, value: Fraction, open_: bool) -> None:
        if self.low is None or value > self.low or (value == self.low and open_):
            self.low, self.low_open = value, open_

    def below(self, value: Fraction, open_: bool) -> None:
        if self.high is None or value < self.high or (value == self.high and open_):
            self.high, self.high_open = value, open_

    def has(self, x: Fraction) -> bool:
        if x in self.excluded or (self.whole and x.denominator != 1):
            return False
        if self.low is not None and (x < self.low or (x == self.low and self.low_open)):
            return False
        return not (self.high is not None and (x > self.high or (x == self.high and self.high_open)))


def decide_polynomial(q: Question) -> Verdict | None:
    """The verdict on `<`, `≤`, `>`, `≥`, `≠` between real polynomials; None where this does not tell."""
    terms = monomials(Add((q.left, Neg(q.right))))
    if terms is None:
        return None
    names = sorted({name for m in terms for name, _ in m} | q.symbols.keys())
    if len(names) == 1:
        return _of_one(q, names[0], terms)
    return _of_degree_two(q, names, terms) if names else None


def monomials(term: Term) -> Monomials | None:
    """The term as a polynomial with rational coefficients in its symbols, None where it is none."""
    match term:
        case Number(value=value):
            return {(): value} if value else {}
        case Symbol(name=name, type=type_):
            return {((name, 1),): Fraction(1)} if type_.shape == () else None
        case Neg(arg=arg):
            inner = monomials(arg)
            return None if inner is None else {m: -c for m, c in inner.items()}
        case Add(args=args):
            total: Monomials = {}
            for a in args:
                part = monomials(a)
                if part is None:
                    return None
                for m, c in part.items():
                    total[m] = total.get(m, Fraction(0)) + c
            return {m: c for m, c in total.items() if c}
        case Mul(args=args):
            return _product([monomials(a) for a in args])
        case Div(numerator=a, denominator=b):
            below, top = number(b), monomials(a)
            return None if not below or top is None else {m: c / below for m, c in top.items()}
        case Pow(base=base, exponent=Number(value=n)) if n.denominator == 1 and 0 <= n <= DEGREE:
            return _product([monomials(base)] * int(n))
        case _:
            return None


def _product(parts: Sequence[Monomials | None]) -> Monomials | None:
    result: Monomials = {(): Fraction(1)}
    for part in parts:
        if part is None or len(result) * len(part) > 4000:
            return None
        made: Monomials = {}
        for m, c in result.items():
            for n, d in part.items():
                powers = dict(m)
                for name, e in n:
                    powers[name] = powers.get(name, 0) + e
                key = tuple(sorted(powers.items()))
                made[key] = made.get(key, Fraction(0)) + c * d
        result = {m: c for m, c in made.items() if c}
    return result


def domain_of(q: Question, name: str) -> Domain | None:
    """Where the hypotheses and the declaration put a real variable; None for one that is not real."""
    found = Domain()
    type_ = q.scope.symbols.get(name) or q.symbols[name].type
    match type_.domain:
        case "real" | "any":
            pass
        case "positive":
            found.above(Fraction(0), True)
        case "nonnegative":
            found.above(Fraction(0), False)
        case "integer":
            found.whole = True
        case "natural" | "positive_integer":
            found.whole = True
            found.above(Fraction(type_.domain == "positive_integer"), False)
        case _:
            return None
    if type_.shape != () or type_.role in ("function", "index", "sequence", "random"):
        return None
    for h in flatten(q.scope.hypotheses):
        if name in free_symbols(h):
            _narrow(found, name, h)
    return found


_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "!=": "!="}


def _narrow(found: Domain, name: str, hypothesis: Term) -> None:
    match hypothesis:
        case Relation(op=op, left=Symbol(name=x), right=b) if x == name and op in _FLIPPED:
            _bound(found, op, number(b))
        case Relation(op=op, left=a, right=Symbol(name=x)) if x == name and op in _FLIPPED:
            _bound(found, _FLIPPED[op], number(a))
        case Relation(op="in", left=Symbol(name=x), right=Interval() as i) if x == name:
            above, below = ">" if i.left_open else ">=", "<" if i.right_open else "<="
            for end, op in ((i.lower, above), (i.upper, below)):
                if end not in (Constant("infinity"), Neg(Constant("infinity"))):
                    _bound(found, op, number(end))
        case Relation(op="in", left=Symbol(name=x), right=Constant(name="R")) if x == name:
            pass
        case Relation(op="in", left=Symbol(name=x), right=Constant(name="Z" | "N" as set_)) if x == name:
            found.whole = True
            if set_ == "N":
                found.above(Fraction(0), False)
        case _:
            found.others = True


def _bound(found: Domain, op: str, value: Fraction | None) -> None:
    match op:
        case _ if value is None:
            found.others = True
        case ">" | ">=":
            found.above(value, op == ">")
        case "<" | "<=":
            found.below(value, op == "<")
        case _:
            found.excluded.add(value)


def _fails(op: str, value: Fraction) -> bool:
    """Whether `value op 0` is false."""
    match op:
        case "<":
            return value >= 0
        case "<=":
            return value > 0
        case ">":
            return value <= 0
        case ">=":
            return value < 0
        case _:
            return value == 0


def _of_one(q: Question, name: str, terms: Monomials) -> Verdict | None:
    domain = domain_of(q, name)
    degree = max((e for m in terms for _, e in m), default=0)
    if domain is None or degree > 4 * DEGREE:
        return None
    coefficients = [terms.get(((name, e),) if e else (), Fraction(0)) for e in range(degree + 1)]
    poly = fmpq_poly([fmpq(c.numerator, c.denominator) for c in coefficients])
    roots = _real_roots(poly)
    samples = [x for x in _samples(roots, domain) if domain.has(x)]
    if not samples:
        return None
    for x in sorted(samples, key=lambda v: (abs(v.numerator) + v.denominator, v < 0)):
        if _fails(q.relation, _at(poly, x)):
            return None if domain.others else _refuted_at(q, {name: x})
    if domain.whole:
        return proved("integers on both sides of every real root", roots=len(roots))
    if q.relation in ("<", ">", "!=") and any(_may_be_in(domain, root) for root in roots):
        # false at a root that is no rational number
        verdict = None if domain.others else _at_a_root(q, name, poly, domain)
        return verdict or undecided(Why.NO_PROOF)
    return proved("isolated real roots", roots=len(roots))


def _at(poly: fmpq_poly, x: Fraction) -> Fraction:
    value = poly(fmpq(x.numerator, x.denominator))
    return Fraction(int(value.p), int(value.q))


def _real_roots(poly: fmpq_poly) -> list[tuple[Fraction, Fraction]]:
    """Disjoint intervals around the real roots, in order; a rational root is both of its ends."""
    if poly.degree() < 1:
        return []
    before = ctx.prec
    try:
        ctx.prec = 128
        balls = [x for x, _ in poly.numer().complex_roots() if x.imag.is_zero()]
        found = []
        for ball in balls:
            low, high = (_dyadic(end) for end in (ball.real.lower(), ball.real.upper()))
            near = ((low + high) / 2).limit_denominator(10**6)
            found.append((near, near) if low <= near <= high and _at(poly, near) == 0 else (low, high))
    finally:
        ctx.prec = before
    return sorted(found)


def _dyadic(end: object) -> Fraction:
    mantissa, exponent = end.mid().man_exp()  # type: ignore[attr-defined]
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _samples(roots: Sequence[tuple[Fraction, Fraction]], domain: Domain) -> Iterable[Fraction]:
    """Rational points on every side of every root and end, and the rational ones among these themselves."""
    marks = sorted([*roots, *((e, e) for e in (domain.low, domain.high) if e is not None)])
    yield from (low for low, high in marks if low == high)
    if not marks:
        yield Fraction(0)
        return
    for (_, first), (second, _) in pairwise(marks):
        if first < second:
            yield _simplest(first, second)
            if domain.excluded:
                yield from (first + (second - first) * Fraction(k, 7) for k in range(1, 7))
    first, last = marks[0][0], marks[-1][1]
    yield from (Fraction(floor(first) - 1), Fraction(ceil(last) + 1))
    yield from (first - Fraction(k, 3) for k in (1, 2))
    yield from (last + Fraction(k, 3) for k in (1, 2))
    # between two roots the sign is that at any integer there: the one nearest to a root will do
    skipped = range(len(domain.excluded) + 2) if domain.whole else range(0)
    for low, high in marks:
        for k in skipped:
            yield from (Fraction(floor(low) - k), Fraction(ceil(high) + k))


def _simplest(low: Fraction, high: Fraction) -> Fraction:
    """A rational number of small height strictly between."""
    for denominator in (1, 2, 3, 5, 10, 100, 1000):
        x = Fraction(floor(low * denominator) + 1, denominator)
        if low < x < high:
            return x
    return (low + high) / 2


def _may_be_in(domain: Domain, root: tuple[Fraction, Fraction]) -> bool:
    low, high = root
    if low == high:
        return False  # among the samples
    under = domain.high is not None and low >= domain.high
    over = domain.low is not None and high <= domain.low
    return not (under or over)


def _at_a_root(q: Question, name: str, poly: fmpq_poly, domain: Domain) -> Verdict | None:
    """The refutation of a strict order at a root of a quadratic factor."""
    for factor, _ in poly.numer().factor()[1]:
        if factor.degree() != 2:
            continue
        c, b, a = (int(x) for x in factor.coeffs())
        for sign in (1, -1):
            root = Root(Number(Fraction(b * b - 4 * a * c)), Number(Fraction(2)))
            value = Div(Add((Number(Fraction(-b)), root if sign > 0 else Neg(root))), Number(Fraction(2 * a)))
            near = (-b + sign * (b * b - 4 * a * c) ** 0.5) / (2 * a) if b * b >= 4 * a * c else None
            if near is None or not domain.has(Fraction(near)):
                continue
            model = Model({name: Derived(value, "≈ " + value_text(evaluate(value, Model({}))))})
            found = compare(q.left, q.right, model, 256)
            if found.status in ("equal", "equal?"):
                verdict = refuted(q.left, q.relation, q.right, model, found)
                return replace(verdict, evidence={**verdict.evidence, "equal_by": "a root of the difference"})
    return None


def _refuted_at(q: Question, point: dict[str, Fraction]) -> Verdict | None:
    model = Model(dict(point))
    found = compare(q.left, q.right, model)
    return refuted(q.left, q.relation, q.right, model, found)


def _of_degree_two(q: Question, names: Sequence[str], terms: Monomials) -> Verdict | None:
    """xᵀAx + bᵀx + c of either sign: refuted at a point where elimination meets a negative pivot."""
    if q.relation == "!=" or any(sum(e for _, e in m) > 2 for m in terms) or len(names) > 8:
        return None
    for name in names:
        domain = domain_of(q, name)
        if domain is None or domain != Domain():
            return None
    sign = 1 if q.relation in (">", ">=") else -1
    place = {name: k + 1 for k, name in enumerate(names)}
    gram = [[Fraction(0)] * (len(names) + 1) for _ in range(len(names) + 1)]
    for m, c in terms.items():
        spots = [place[name] for name, e in m for _ in range(e)]
        i, k = [*spots, 0, 0][:2]
        gram[i][k] += sign * c / 2
        gram[k][i] += sign * c / 2
    direction = negative_direction(gram)
    if direction is None:
        return None  # a sum of squares: the normal form proves it
    direction[0] = direction[0] or Fraction(1, 1)
    for _ in range(60):
        if _form(gram, direction) < 0:
            return _refuted_at(q, {name: direction[place[name]] / direction[0] for name in names})
        direction[0] /= 2
    return None


def _form(gram: Sequence[Sequence[Fraction]], v: Sequence[Fraction]) -> Fraction:
    return sum((gram[i][k] * v[i] * v[k] for i in range(len(v)) for k in range(len(v))), Fraction(0))


def negative_direction(gram: Sequence[Sequence[Fraction]]) -> list[Fraction] | None:
    """v with vᵀGv < 0 for a symmetric G, None where G is positive semidefinite. By elimination from the last
    row on: what is left over by a positive pivot is its Schur complement."""
    size = len(gram)
    if size == 0:
        return None
    last = size - 1
    pivot = gram[last][last]
    if pivot < 0:
        return [Fraction(0)] * last + [Fraction(1)]
    if pivot == 0:
        for j in range(last):
            if gram[last][j]:
                step = -(gram[j][j] + 1) / (2 * gram[last][j])
                return [Fraction(k == j) for k in range(last)] + [step]
        inner = negative_direction([row[:last] for row in gram[:last]])
        return None if inner is None else [*inner, Fraction(0)]
    rest = [[gram[i][k] - gram[i][last] * gram[last][k] / pivot for k in range(last)] for i in range(last)]
    inner = negative_direction(rest)
    if inner is None:
        return None
    return [*inner, -sum((gram[last][k] * inner[k] for k in range(last)), Fraction(0)) / pivot]
