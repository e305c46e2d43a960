"""Inequalities in one variable: a function that starts at zero and does not fall stays nonnegative.

Splits the line at points where the function or its slope vanishes, goes from each along the sign of
the slope, and covers what is compact and strictly positive by balls. On a piece the function
must be defined and differentiable throughout; that is checked by bounds of its restrictions.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import arb

from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.classes import dataclass, field, replace
from derive.functions.ranges import ALL, Range
from derive.term.construct import neg
from derive.term.nodes import ZERO, Number, Relation, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, substitute
from derive.verify.ladder.domain import restrictions
from derive.verify.models.hypotheses import flatten, number
from derive.verify.normal.form import prove_resolved
from derive.verify.normal.proof import Proof
from derive.verify.provers.bounds import bounds
from derive.verify.provers.signs import by_signs

DEPTH = 4
PIECES = 256
_POINTS = tuple(
    Fraction(p, q) for p, q in ((0, 1), (1, 1), (-1, 1), (2, 1), (1, 2), (-2, 1), (-1, 2), (3, 1))
)
_DOMAINS = {
    "positive": Range(Fraction(0), None, True),
    "nonnegative": Range(Fraction(0)),
    "unit": Range(Fraction(0), Fraction(1)),
    "natural": Range(Fraction(0)),
    "positive_integer": Range(Fraction(1)),
    "binary": Range(Fraction(0), Fraction(1)),
}


def box_of(term: Term, scope: Scope) -> dict[str, Range]:
    """The range of each symbol by its type and the hypotheses that compare it with a number."""
    box: dict[str, Range] = {}
    for name, symbol in free_symbols(term).items():
        domain = (scope.symbols.get(name) or symbol.type).domain
        box[name] = _DOMAINS.get(domain, ALL)
    for h in flatten(scope.hypotheses):
        match h:
            case Relation(op=op, left=Symbol(name=name), right=right) if name in box:
                value = number(right)
            case Relation(op=op, left=left, right=Symbol(name=name)) if name in box:
                value, op = number(left), _FLIPPED.get(op, op)
            case _:
                continue
        if value is not None and op in _FLIPPED:
            box[name] = box[name].meet(_half_line(op, value))
    return box


_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _half_line(op: str, value: Fraction) -> Range:
    if op in (">", ">="):
        return Range(value, None, op == ">")
    return Range(None, value, False, op == "<")


def nonnegative_on_line(term: Term, strict: bool, scope: Scope, box: Mapping[str, Range]) -> Proof | None:
    names = free_symbols(term)
    if len(names) != 1:
        return None
    (symbol,) = names.values()
    if symbol.type.role == "function" or symbol.type.shape:
        return None
    work = _Line(symbol, replace(scope, hypotheses=()))
    if work.prove(term, box[symbol.name], strict, DEPTH):
        return Proof("monotonicity", witness={"splits": [str(p) for p in work.splits]})
    return None


@dataclass(slots=True)
class _Line:
    symbol: Symbol
    scope: Scope
    steps: int = 60
    splits: list[Fraction] = field(default_factory=list)

    def prove(self, f: Term, where: Range, strict: bool, depth: int) -> bool:
        """f ≥ 0 (f > 0) on the range. Gives up when the steps are spent."""
        self.steps -= 1
        if self.steps < 0:
            return False
        range_ = bounds(f, {self.symbol.name: where})
        if range_.positive or (range_.nonnegative and not strict):
            return True
        if self._by_signs(f, where, strict):
            return True
        if depth == 0 or not self._smooth(f, where):
            return False
        try:
            slope = differentiate(f, self.symbol)
        except NotDifferentiable:
            return False
        # up from the left end, or down to the right end
        if where.low is not None and self._at(f, where.low, strict and not where.low_open):
            if self._smooth(f, replace(where, low_open=False)) and self.prove(slope, where, False, depth - 1):
                return (
                    not strict
                    or not where.low_open
                    or self._at(f, where.low, True)
                    or self._rises(slope, where)
                )
        if where.high is not None and self._at(f, where.high, strict and not where.high_open):
            if self._smooth(f, replace(where, high_open=False)) and self.prove(
                neg(slope), where, False, depth - 1
            ):
                return (
                    not strict
                    or not where.high_open
                    or self._at(f, where.high, True)
                    or self._rises(neg(slope), where)
                )
        for point in _POINTS:
            if self._inside(point, where) and (self._zero(f, point) or self._zero(slope, point)):
                self.splits.append(point)
                lower = Range(where.low, point, where.low_open, False)
                upper = Range(point, where.high, False, where.high_open)
                return self.prove(f, upper, strict, depth) and self.prove(f, lower, strict, depth)
        return self._by_pieces(f, where, strict, depth)

    def _by_pieces(self, f: Term, where: Range, strict: bool, depth: int) -> bool:
        """Balls on a compact middle, monotonicity on the tails."""
        low, high = where.low, where.high
        if low is not None and high is not None:
            return self._compact(f, low, high)
        near = Fraction(4)
        start = low if low is not None else (-near if high is None else high - near)
        end = high if high is not None else (near if low is None else low + near)
        if not self._compact(f, start, end):
            return False
        right = high is not None or self.prove(f, Range(end, None), strict, depth - 1)
        return right and (low is not None or self.prove(f, Range(None, start), strict, depth - 1))

    def _compact(self, f: Term, low: Fraction, high: Fraction) -> bool:
        """f > 0 on [low, high] by subdivision in balls."""
        pending = [(low, high)]
        taken = 0
        while pending:
            a, b = pending.pop()
            taken += 1
            if taken > PIECES:
                return False
            value = self._ball(f, a, b)
            if value is not None and value > 0:
                continue
            if value is not None and value < 0:
                return False
            middle = (a + b) / 2
            pending += [(a, middle), (middle, b)]
        return True

    def _ball(self, f: Term, a: Fraction, b: Fraction) -> arb | None:
        from derive.verify.evaluate.code import compiled
        from derive.verify.evaluate.values import Env, NoValue, Steps, exact, precision

        with precision(64):
            middle, radius = arb(exact((a + b) / 2)), arb(exact((b - a) / 2))
            x = arb(middle, radius.abs_upper())
            env = Env({self.symbol.name: x}, steps=Steps(20_000))
            env.cache["base"] = dict(env.values)
            try:
                value = compiled(f)(env)
            except NoValue:
                return None
        if not isinstance(value, arb):
            value = arb(value) if not hasattr(value, "imag") else None
        return value

    def _by_signs(self, f: Term, where: Range, strict: bool) -> bool:
        hypotheses: list[Term] = []
        if where.low is not None:
            hypotheses.append(Relation(">" if where.low_open else ">=", self.symbol, Number(where.low)))
        if where.high is not None:
            hypotheses.append(Relation("<" if where.high_open else "<=", self.symbol, Number(where.high)))
        return by_signs(f, strict, replace(self.scope, hypotheses=tuple(hypotheses))) is not None

    def _smooth(self, f: Term, where: Range) -> bool:
        """Whether f is defined and differentiable on all of the range, as far as bounds tell."""
        from derive.term.nodes import Apply, BigOp, Integral, Limit, Piecewise
        from derive.term.traverse import walk

        rough = {
            "abs",
            "sign",
            "floor",
            "ceil",
            "round",
            "max",
            "min",
            "relu",
            "indicator",
            "heaviside",
            "mod",
        }
        for node in walk(f):
            if isinstance(node, Apply) and node.head in rough:
                return False
            if isinstance(node, BigOp | Integral | Limit | Piecewise):
                return False
            if isinstance(node, Apply) and node.head in (
                "gamma",
                "digamma",
                "zeta",
                "factorial",
                "log",
                "arcsin",
            ):
                if not bounds(node.args[0], {self.symbol.name: where}).positive and node.head != "arcsin":
                    return False
        box = {self.symbol.name: where}
        for r in restrictions(f):
            difference = bounds(r.left, box) + -bounds(r.right, box)
            good = {
                "!=": difference.nonzero,
                ">": difference.positive,
                ">=": difference.positive,
                "<": (-difference).positive,
                "<=": (-difference).positive,
            }[r.op]
            if not good:
                return False
        return True

    def _inside(self, point: Fraction, where: Range) -> bool:
        return (where.low is None or where.low < point) and (where.high is None or point < where.high)

    def _here(self, f: Term, point: Fraction) -> Term:
        return substitute(f, {self.symbol: Number(point)})

    def _zero(self, f: Term, point: Fraction) -> bool:
        value = self._ball(f, point, point)
        if value is None or not value.contains(0):
            return False
        proof = prove_resolved(self._here(f, point), ZERO, self.scope)
        return proof is not None and proof.plain

    def _at(self, f: Term, point: Fraction, strict: bool) -> bool:
        value = self._ball(f, point, point)
        if value is not None and (value > 0 or (value >= 0 and not strict)):
            return True
        return not strict and self._zero(f, point)

    def _rises(self, slope: Term, where: Range) -> bool:
        """Strictly, so that an open end at zero is left at once."""
        range_ = bounds(slope, {self.symbol.name: where})
        return range_.positive or self._by_signs(slope, where, True)


__all__ = ["box_of", "nonnegative_on_line"]
