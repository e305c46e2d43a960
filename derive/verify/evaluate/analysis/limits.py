"""Limits that can be certified: by continuity, expansions, growth bounds, and parts."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq

from derive.functions import FUNCTIONS
from derive.reasons.gaps import Gap
from derive.term import nodes as t
from derive.term.traverse import free_symbols, substitute, walk
from derive.verify.evaluate import scalars as sc
from derive.verify.evaluate.analysis.expansions import Place, expand, normal
from derive.verify.evaluate.analysis.growth import above, below
from derive.verify.evaluate.arrays import divide
from derive.verify.evaluate.code import Code, code, compiled
from derive.verify.evaluate.heads import operator
from derive.verify.evaluate.jets import Jet
from derive.verify.evaluate.values import (
    Array,
    Env,
    NoValue,
    Scalar,
    Uncertain,
    Undefined,
    Unsupported,
    Value,
    contains_zero,
    is_exact_zero,
)

_JUMPS = frozenset(f.name for f in FUNCTIONS.values() if f.jumps) | {"plusminus"}
_AT_INFINITY = {f.name: f.limits for f in FUNCTIONS.values() if f.limits is not None}


def _end(term: t.Term, env: Env) -> Scalar:
    """The value of a limit of a record: a closed term, or an infinity."""
    if term == t.Constant("infinity"):
        return arb.pos_inf()
    if term == t.Neg(t.Constant("infinity")):
        return arb.neg_inf()
    return compiled(term)(env)


_START = 2**16


def limit(term: t.Limit) -> Code:
    """±∞ where the term certainly grows without bound; raises Undefined where the two sides differ."""
    if term.op != "lim":
        raise Unsupported(Gap.CONSTRUCT, term.op)
    name, body = term.variable.name, term.body
    infinite = 0
    if term.point == t.Constant("infinity"):
        infinite = 1
    elif isinstance(term.point, t.Neg) and term.point.arg == t.Constant("infinity"):
        infinite = -1
    if infinite < 0:
        body = substitute(body, {term.variable: t.Neg(term.variable)})
    point = None if infinite else code(term.point)

    def run(env: Env) -> Value:
        if env.analytic is not None or any(isinstance(v, Jet) for v in env.values.values()):
            raise Unsupported(Gap.LIMIT_INSIDE_INTEGRAL_OR_DERIVATIVE)
        if point is None:
            return _Approach(name, None, 1, env).of(body)
        at = point(env)
        if isinstance(at, Array | bool | tuple):
            raise Unsupported(Gap.LIMIT_AT_NO_NUMBER)
        if term.side in ("+", "-"):
            return _Approach(name, at, 1 if term.side == "+" else -1, env).of(body)
        return _both(_Approach(name, at, 1, env), _Approach(name, at, -1, env), body)

    return run


def _both(right: _Approach, left: _Approach, body: t.Term) -> Scalar:
    if (value := right.by_continuity(body)) is not None:
        return value
    a = right.of(body)
    try:
        b = left.of(body)
    except Undefined:  # the function lives on one side only
        return a
    x, y = arb(a), arb(b)
    if not x.overlaps(y):
        raise Undefined(Gap.LIMITS_FROM_TWO_SIDES_DIFFER)
    if is_exact_zero(a) and is_exact_zero(b):
        return a
    return x if x.rel_accuracy_bits() >= y.rel_accuracy_bits() else y


class _Approach:
    """One variable on its way to a point from one side, or to +∞ (`point` None)."""

    def __init__(self, name: str, point: Scalar | None, side: int, env: Env) -> None:
        self.name, self.point, self.side, self.env = name, point, side, env

    def of(self, body: t.Term, depth: int = 0) -> Scalar:
        if self.name not in free_symbols(body):
            return self._number(compiled(body)(self.env))
        if depth > 12:
            raise Unsupported(Gap.LIMIT_NESTED_TOO_DEEP)
        self.env.steps.take(20)
        if self.point is not None and (value := self.by_continuity(body)) is not None:
            return value
        for way in (self._by_expansion, self._by_growth):
            try:
                return way(body)
            except (Unsupported, Uncertain, Undefined):
                continue
        try:
            return self._by_parts(body, depth)
        except Undefined as e:  # of a part: says nothing about the whole
            raise Unsupported(Gap.IN_LIMIT, inner=e.why) from None

    def _number(self, value: Value) -> Scalar:
        if not isinstance(value, fmpq | arb):
            raise Unsupported(Gap.LIMIT_OF_NO_REAL_NUMBER)
        return value

    def by_continuity(self, body: t.Term) -> Scalar | None:
        """The value at the point, where the term is continuous wherever it is defined."""
        if self.point is None:
            return None
        for node in walk(body):
            match node:
                case t.Piecewise() | t.Relation() | t.BigOp() | t.Integral() | t.Limit() | t.Element():
                    if self.name in free_symbols(node):
                        return None
                case t.Apply(head=head) if head in _JUMPS:
                    return None
                case t.Pow(base=base, exponent=exponent) if self.name in free_symbols(exponent):
                    if base != t.Constant("e") and not self._nonzero(base):
                        return None
        if self.env.complex:
            return None
        try:
            with self.env.bound(self.name, self.point):
                value = compiled(body)(self.env)
        except NoValue:
            return None
        return value if isinstance(value, fmpq | arb) else None

    def _nonzero(self, base: t.Term) -> bool:
        try:
            with self.env.bound(self.name, self.point):
                return not contains_zero(compiled(base)(self.env))
        except NoValue:
            return False

    def _by_expansion(self, body: t.Term) -> Scalar:
        e = normal(expand(body, Place(self.name, self.point, self.side, 8, fmpq(1, _START)), self.env))
        if e.v > 0:
            return fmpq(0)
        if e.v == 0 and e.order > 0:
            return e.c[0]
        if e.v < 0 and not contains_zero(e.c[0]):
            return arb.pos_inf() if e.c[0] > 0 else arb.neg_inf()
        raise Uncertain(Gap.LIMIT_WHOSE_LEADING_COEFFICIENT_MAY_VANISH)

    def _moved(self, body: t.Term) -> t.Term:
        """The body with the point at +∞."""
        if self.point is None:
            return body
        if not isinstance(self.point, fmpq):
            raise Unsupported(Gap.LIMIT_AT_POINT_THAT_IS_NOT_RATIONAL)
        s = t.Symbol(self.name)
        step = t.Div(t.ONE, s) if self.side > 0 else t.Neg(t.Div(t.ONE, s))
        number = t.Number(Fraction(int(self.point.p), int(self.point.q)))
        return substitute(body, {s: step if self.point == 0 else t.Add((number, step))})

    def _by_growth(self, body: t.Term) -> Scalar:
        moved = self._moved(body)
        try:
            g = above(moved, self.name, _START, self.env)
            if next((x for x in g.order() if x != 0), fmpq(0)) < 0 and g.c.is_finite():
                return fmpq(0)
        except NoValue:
            pass
        g = below(moved, self.name, _START, self.env)
        if next((x for x in g.order() if x != 0), fmpq(0)) > 0 and g.c > 0:
            with self.env.bound(self.name, fmpq(_START)):
                value = compiled(moved)(self.env)
            if value > 0:
                return arb.pos_inf()
            if value < 0:
                return arb.neg_inf()
        raise Unsupported(Gap.LIMIT_THAT_NO_GROWTH_BOUND_DECIDES)

    def _by_parts(self, body: t.Term, depth: int) -> Scalar:
        env = self.env
        match body:
            case t.Neg(arg=arg):
                return -self.of(arg, depth + 1)
            case t.Add(args=args):
                return self._sum([self.of(a, depth + 1) for a in args])
            case t.Mul(args=args):
                return self._product([self.of(a, depth + 1) for a in args])
            case t.Div(numerator=t.Add(args=args), denominator=b) if depth < 3:
                return self._sum([self.of(t.Div(a, b), depth + 1) for a in args])
            case t.Div(numerator=a, denominator=b):
                top, low = self.of(a, depth + 1), self.of(b, depth + 1)
                if _infinite(low) and not _infinite(top):
                    return fmpq(0)
                if _infinite(low) or _infinite(top) or contains_zero(low):
                    raise Unsupported(Gap.INDETERMINATE_QUOTIENT)
                return divide(env, top, low)
            case t.Pow(base=t.Constant(name="e"), exponent=exponent):
                return self._apply("exp", self.of(exponent, depth + 1))
            case t.Pow(base=base, exponent=exponent) if self.name not in free_symbols(exponent):
                inner, n = self.of(base, depth + 1), compiled(exponent)(env)
                if _infinite(inner) or (contains_zero(inner) and not n > 0):
                    raise Unsupported(Gap.POWER_AT_INFINITY)
                return sc.power(env, inner, n)
            case t.Pow(base=base, exponent=exponent):
                return self._apply("exp", self.of(t.Mul((exponent, t.Apply("log", (base,)))), depth + 1))
            case t.Root(radicand=radicand, index=index):
                return self.of(t.Pow(radicand, t.Div(t.ONE, index)), depth + 1)
            case t.Apply(head="log", args=(arg,)):
                inner = self.of(arg, depth + 1)
                if _infinite(inner):
                    return inner
                return sc.log(env, inner)
            case t.Apply(head=head, args=(arg,)) if head not in _JUMPS:
                return self._apply(head, self.of(arg, depth + 1))
            case t.BigOp(op="sum", body=inner_body, binders=(b,)) if self._partial(b, inner_body):
                whole = t.BigOp("sum", inner_body, (_to_infinity(b),))
                return self._number(compiled(whole)(env))
            case t.Integral(body=inner_body, variable=v, lower=lower, upper=t.Symbol(name=n)) if (
                n == self.name
                and self.point is None
                and self.name not in free_symbols(inner_body)
                and lower is not None
            ):
                return self._number(compiled(t.Integral(inner_body, v, lower, t.Constant("infinity")))(env))
            case _:
                raise Unsupported(Gap.LIMIT_THAT_IS_NOT_CERTIFIED_HERE)

    def _partial(self, b: t.Binder, body: t.Term) -> bool:
        return (
            self.point is None
            and isinstance(b.upper, t.Symbol)
            and b.upper.name == self.name
            and b.condition is None
            and self.name not in free_symbols(body)
            and (b.lower is None or self.name not in free_symbols(b.lower))
        )

    def _apply(self, head: str, inner: Scalar) -> Scalar:
        if _infinite(inner):
            if head not in _AT_INFINITY:
                raise Unsupported(Gap.CONSTRUCT_AT_INFINITY, head)
            return self._number(_end(_AT_INFINITY[head][0 if inner > 0 else 1], self.env))
        run = operator(head)
        if run is None:
            raise Unsupported(Gap.CONSTRUCT, head)
        return self._number(run(self.env, inner))

    def _sum(self, parts: list[Scalar]) -> Scalar:
        if any(_infinite(p) for p in parts):
            signs = {p > 0 for p in parts if _infinite(p)}
            if len(signs) > 1:
                raise Unsupported(Gap.INDETERMINATE_DIFFERENCE)
            return arb.pos_inf() if signs.pop() else arb.neg_inf()
        total = parts[0]
        for p in parts[1:]:
            total = total + p
        return total

    def _product(self, parts: list[Scalar]) -> Scalar:
        if any(_infinite(p) for p in parts):
            if any(contains_zero(p) for p in parts if not _infinite(p)):
                raise Unsupported(Gap.INDETERMINATE_PRODUCT)
            negative = sum(1 for p in parts if p < 0) % 2
            return arb.neg_inf() if negative else arb.pos_inf()
        total = parts[0]
        for p in parts[1:]:
            total = total * p
        return total


def _infinite(x: Scalar) -> bool:
    return isinstance(x, arb) and not x.is_finite() and not x.is_nan()


def _to_infinity(b: t.Binder) -> t.Binder:
    return t.Binder(b.variable, b.lower, t.Constant("infinity"))
