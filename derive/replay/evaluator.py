"""A term at a point in complex balls, by the shortest way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from flint import acb, arb

from derive.interrupts import calling_back
from derive.replay.functions import FUNCTIONS
from derive.replay.stored import NotReplayed, ball, stored
from derive.term.nodes import (
    Add,
    Apply,
    BigOp,
    Call,
    Constant,
    Div,
    Element,
    Integral,
    Mul,
    Neg,
    Number,
    Piecewise,
    Pow,
    Relation,
    Root,
    Symbol,
    Term,
)
from derive.term.traverse import walk

TERMS = 100_000


def certainly_fails(relation: str, a: acb, b: acb) -> bool:
    """Whether the relation is certainly false of every pair of points in the balls."""
    if relation in ("=", "equiv"):
        return not a.overlaps(b)
    if relation == "!=":
        return bool(a.is_exact() and b.is_exact() and a == b)
    if not (a.imag.contains(0) and b.imag.contains(0)):
        raise NotReplayed("an inequality between complex numbers")
    x, y = a.real, b.real
    match relation:
        case "<":
            return bool(x >= y)
        case "<=":
            return bool(x > y)
        case ">":
            return bool(x <= y)
        case ">=":
            return bool(x < y)
        case _:
            raise NotReplayed(f"the relation {relation}")


def certain(relation: str, a: acb, b: acb) -> bool:
    return bool(a.is_exact() and b.is_exact())


_NAN = acb(arb.nan())


class Evaluator:
    def __init__(self, point: Mapping[str, Any], evidence: Mapping[str, Any]) -> None:
        self.values: dict[str, Any] = dict(point)
        self.real = evidence.get("domain", "real") == "real"
        self.taken = 0
        self.inside = 0  # integrands around: there a ball without bound is an answer

    def both(self, left: Term, right: Term) -> tuple[acb, acb]:
        return self.number(left), self.number(right)

    def number(self, term: Term) -> acb:
        self.taken += 1
        if self.taken > TERMS:
            raise NotReplayed("too long")
        match term:
            case Number(value=value):
                return ball(value)
            case Constant(name=name):
                return self._constant(name)
            case Symbol(name=name):
                return self._symbol(name)
            case Add(args=args):
                return sum((self.number(a) for a in args), acb(0))
            case Mul(args=args):
                product = acb(1)
                for a in args:
                    product *= self.number(a)
                return product
            case Neg(arg=arg):
                return -self.number(arg)
            case Div(numerator=a, denominator=b):
                below = self.number(b)
                if below.contains(0) and not self.inside:
                    raise NotReplayed("a denominator that may be zero")
                return self.number(a) / below
            case Pow(base=base, exponent=exponent):
                return self._power(base, exponent)
            case Root(radicand=radicand, index=index):
                return self._root(self.number(radicand), self._integer(index))
            case Apply(head=head, args=args):
                return self._apply(head, args)
            case BigOp():
                return self._big(term)
            case Integral():
                return self._integral(term)
            case Piecewise(cases=cases):
                for case, condition in cases:
                    if condition is None or self.holds(condition):
                        return self.number(case)
                raise NotReplayed("no case applies")
            case Element(base=Symbol(name=name), indices=indices):
                return self._element(name, [self._integer(i) for i in indices])
            case Call(function=Symbol(name=name), args=args):
                return self._call(name, args)
            case _:
                raise NotReplayed(f"the construct {type(term).__name__}")

    def _constant(self, name: str) -> acb:
        match name:
            case "pi":
                return acb.pi()
            case "e":
                return acb(1).exp()
            case "i":
                return acb(0, 1)
            case "euler_gamma":
                return acb(arb.const_euler())
            case "catalan":
                return acb(arb.const_catalan())
            case "golden_ratio":
                return (1 + acb(5).sqrt()) / 2
            case _:
                raise NotReplayed(f"the constant {name}")

    def _symbol(self, name: str) -> acb:
        if name not in self.values:
            raise NotReplayed(f"no value for {name}")
        value = self.values[name]
        if isinstance(value, Mapping) and "stored" in value:
            value = self.number(stored(value["stored"]))
        return value if isinstance(value, acb) else ball(value)

    def _integer(self, term: Term) -> int:
        value = self.number(term)
        whole = value.real.unique_fmpz() if value.imag.contains(0) else None
        if whole is None:
            raise NotReplayed("a number that should be an integer")
        return int(whole)

    def _power(self, base: Term, exponent: Term) -> acb:
        x, y = self.number(base), self.number(exponent)
        whole = y.real.unique_fmpz() if y.is_exact() and y.imag.is_zero() else None
        if whole is not None and abs(int(whole)) < 1 << 40:
            if int(whole) < 0 and x.contains(0) and not self.inside:
                raise NotReplayed("a denominator that may be zero")
            return x ** int(whole)
        if self.real and not (x.imag.contains(0) and x.real > 0):
            raise NotReplayed("a power of a number that is not known to be positive")
        return (y * x.log()).exp()

    def _root(self, x: acb, index: int) -> acb:
        if self.real and x.imag.contains(0):
            if x.real.is_zero():
                return acb(0)
            if x.real < 0 and index % 2:
                return -acb(arb(-x.real).root(index))
            if not x.real >= 0:
                raise NotReplayed("a root of a number that is not known to be positive")
            return acb(x.real.root(index))
        return x.sqrt() if index == 2 else (x.log() / index).exp()

    def _apply(self, head: str, args: tuple[Term, ...]) -> acb:
        if head in ("max", "min"):
            values = [self._real(a) for a in args]
            best = values[0]
            for v in values[1:]:
                best = best.max(v) if head == "max" else best.min(v)
            return acb(best)
        if head in ("log", "arcsin", "arccos", "arcosh", "artanh") and len(args) == 1 and self.real:
            self._within(head, self._real(args[0]))
        if head == "log" and len(args) == 2:
            return self._apply("log", args[:1]) / self._apply("log", args[1:])
        function = FUNCTIONS.get(head)
        if function is None:
            raise NotReplayed(f"the function {head}")
        return function(*(self.number(a) for a in args))

    def _within(self, head: str, x: arb) -> None:
        inside = {
            "log": lambda: x > 0,
            "arcsin": lambda: abs(x) <= 1,
            "arccos": lambda: abs(x) <= 1,
            "arcosh": lambda: x >= 1,
            "artanh": lambda: abs(x) < 1,
        }[head]()
        if not inside:
            raise NotReplayed(f"{head} outside of its real domain")

    def _real(self, term: Term) -> arb:
        value = self.number(term)
        if not value.imag.contains(0):
            raise NotReplayed("a complex number where a real one is expected")
        return value.real

    def holds(self, condition: Term) -> bool:
        match condition:
            case Apply(head="and", args=args):
                return all(self.holds(a) for a in args)
            case Apply(head="or", args=args):
                return any(self.holds(a) for a in args)
            case Relation(op=op, left=left, right=right):
                a, b = self.number(left), self.number(right)
                opposite = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}.get(op)
                if opposite is None:
                    raise NotReplayed(f"a condition with {op}")
                if certainly_fails(op, a, b):
                    return False
                if certainly_fails(opposite, a, b):
                    return True
        raise NotReplayed("a condition that is not certain")

    def _range(self, term: BigOp) -> Iterator[dict[str, Any]]:
        def visit(k: int) -> Iterator[None]:
            if k == len(term.binders):
                yield
                return
            b = term.binders[k]
            if b.lower is None or b.upper is None:
                raise NotReplayed("a range that is not given by its ends")
            if isinstance(b.upper, Constant):
                raise NotReplayed("an infinite sum")
            for i in range(self._integer(b.lower), self._integer(b.upper) + 1):
                self.values[b.variable.name] = Fraction(i)
                if b.condition is None or self.holds(b.condition):
                    yield from visit(k + 1)

        before = dict(self.values)
        for _ in visit(0):
            yield self.values
        self.values = before

    def _big(self, term: BigOp) -> acb:
        if term.op not in ("sum", "prod"):
            raise NotReplayed(f"the operator {term.op}")
        total = acb(0 if term.op == "sum" else 1)
        for _ in self._range(term):
            value = self.number(term.body)
            total = total + value if term.op == "sum" else total * value
        return total

    def _integral(self, term: Integral) -> acb:
        if term.lower is None or term.upper is None or term.domain is not None:
            raise NotReplayed("an indefinite integral")
        if any(isinstance(t, Constant) and t.name == "infinity" for t in (term.lower, term.upper)):
            raise NotReplayed("an improper integral")
        name, inner = term.variable.name, term.body
        before = self.values.get(name)
        if any(_branches(n) for n in walk(inner)):
            raise NotReplayed("an integrand that is not known to be analytic")

        failed: list[BaseException] = []

        def integrand(x: acb, analytic: bool) -> acb:
            if failed:
                return _NAN
            try:
                self.values[name] = x
                return self.number(inner)
            except BaseException as e:  # none may leave a callback of Arb's: it would be lost
                failed.append(e)
                return _NAN

        real, self.real = self.real, False
        self.inside += 1
        try:
            with calling_back():
                value = acb.integral(integrand, self.number(term.lower), self.number(term.upper))
            if failed:
                raise failed[0]
            return value
        finally:
            self.real = real
            self.inside -= 1
            if before is None:
                self.values.pop(name, None)
            else:
                self.values[name] = before

    def _element(self, name: str, indices: list[int]) -> acb:
        value = self.values.get(name)
        if not (isinstance(value, tuple) and isinstance(value[1], list)):
            raise NotReplayed(f"no entries for {name}")
        shape, items = value
        if (
            len(shape) == 1 and len(indices) == 1 and len(items) != shape[0]
        ):  # a sequence, from its first index
            place = indices[0] - shape[0]
            if not 0 <= place < len(items):
                raise NotReplayed(f"no element of {name} at this index")
            return ball(items[place])
        at = 0
        for n, i in zip(shape, indices, strict=True):
            if not 1 <= i <= n:
                raise NotReplayed("an index out of range")
            at = at * n + i - 1
        return ball(items[at])

    def _call(self, name: str, args: tuple[Term, ...]) -> acb:
        value = self.values.get(name)
        if not isinstance(value, Mapping):
            raise NotReplayed(f"no function {name}")
        from derive.meaning.formula import read

        parameters = [str(p) for p in value["parameters"]]
        if len(parameters) != len(args):
            raise NotReplayed(f"{name}: another number of arguments")
        given = [self.number(a) for a in args]
        before = dict(self.values)
        self.values.update(zip(parameters, given, strict=True))
        result = self.number(read(value["body"]))
        self.values = before
        return result


def _branches(node: Term) -> bool:
    match node:
        case Root() | Piecewise() | Call():
            return True
        case Pow(exponent=exponent):
            return not (isinstance(exponent, Number) and exponent.value.denominator == 1)
        case Apply(head=head):
            return head not in _ENTIRE
        case _:
            return False


_ENTIRE = frozenset("sin cos tan cot sec csc sinh cosh tanh coth exp erf erfc erfi gamma sigmoid".split())
"""Meromorphic in the whole plane: a ball that meets a pole is unbounded, as `acb.integral` wants it."""
