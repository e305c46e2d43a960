"""Reading a term into the ring of normal forms: what each node and head becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from flint import fmpq

from derive.calculus.gradient import shape_of
from derive.calculus.resolve import resolve
from derive.classes import dataclass, replace
from derive.functions import FUNCTIONS
from derive.term.nodes import (
    ONE,
    Add,
    Apply,
    BigOp,
    Call,
    Constant,
    Div,
    Element,
    Expectation,
    Integral,
    Limit,
    Mul,
    Neg,
    Number,
    Piecewise,
    Pow,
    Relation,
    Root,
    Symbol,
    Term,
    Type,
)
from derive.term.scope import Scope
from derive.term.traverse import bound_here, children, free_symbols, substitute
from derive.verify.budget import spend
from derive.verify.normal.binders import canonical
from derive.verify.normal.powers import Powers
from derive.verify.normal.ring import Budget, Ratio, Ring, Settings, Undefined, Unsupported
from derive.verify.normal.signs import Signs

_POSITIVE = frozenset({"positive", "positive_integer"})
_NONNEGATIVE = frozenset({"nonnegative", "natural", "unit", "binary"})
_INTEGER = frozenset({"integer", "natural", "positive_integer", "binary"})
_DEPTH = 200
_NODE = 8
"""What a node is counted for, in steps of a claim's budget."""


@dataclass(frozen=True, slots=True)
class Constructs:
    """How the constructs with a module of their own are read: the reader is handed them and knows none."""

    heads: Mapping[str, Callable[[Reader, tuple[Term, ...]], Ratio | None]]
    big: Callable[[Reader, BigOp], Ratio]
    integral: Callable[[Reader, Integral], Ratio]
    expectation: Callable[[Reader, Expectation], Ratio]
    arrays: Callable[[Reader, Term], Ratio]
    """A number made of arrays."""


def _leaves(term: Term) -> list[Term]:
    found: list[Term] = []
    stack = [term]
    while stack:
        node = stack.pop()
        below = children(node)
        if below:
            stack.extend(below)
        else:
            found.append(node)
    return found


class Reader:
    """One attempt at reading terms into one ring; `Restart` asks for another with the new settings."""

    def __init__(self, scope: Scope, settings: Settings, constructs: Constructs) -> None:
        self.constructs = constructs
        self.ring = Ring(settings)
        self.signs = Signs(self.ring)
        self.powers = Powers(self.ring, self.signs)
        self.scope = scope
        self.solved: dict[Term, Term] = {}
        self.equations: list[Any] = []
        self.element_signs: dict[str, str] = {}
        self.powers.read = self.read
        self.patterns: list[tuple[Element, Term]] = []
        self.depth = 0
        self.memo: dict[Term, Ratio] = {}
        self.denominators: dict[str, Any] = {}

    # dispatch

    def read(self, term: Term) -> Ratio:
        """The normal form of a number-valued term. Raises Unsupported, Undefined, Budget, Restart."""
        known = self.memo.get(term)
        if known is not None:
            return known
        if self.depth > _DEPTH:
            raise Budget
        self.depth += 1
        try:
            value = self._read(term)
        finally:
            self.depth -= 1
        self.memo[term] = value
        return value

    def _read(self, term: Term) -> Ratio:
        spend(_NODE)
        r = self.ring
        if term in self.solved:
            return self.read(self.solved[term])
        match term:
            case Number(value=value):
                return r.number(value)
            case Constant():
                return self._constant(term)
            case Symbol(type=type_):
                if type_.shape not in ((), None) and type_.role != "sequence":
                    raise Unsupported("an array")
                return r.of(self._atom(term, term.name, self._type(term)))
            case Element():
                return self._element(term)
            case Add(args=args):
                return r.sum(self.read(a) for a in args)
            case Neg(arg=arg):
                return r.neg(self.read(arg))
            case Mul(args=args):
                return self._product(args)
            case Div(numerator=a, denominator=b):
                below = self.read(b)
                self.denominators.setdefault(r.poly_key(below.num), below.num)
                return r.div(self.read(a), below)
            case Pow(base=base, exponent=exponent):
                return self._power(base, exponent)
            case Root(radicand=radicand, index=index):
                n = r.integer(self.read(index))
                if n is None:
                    return self.powers.power(self.read(radicand), r.inverse(self.read(index)))
                if n == 0:
                    raise Undefined
                return self.powers.power(self.read(radicand), r.number(Fraction(1, n)), real_root=True)
            case Apply():
                return self._apply(term)
            case BigOp():
                return self.constructs.big(self, term)
            case Piecewise(cases=cases):
                return self._piecewise(term, cases)
            case Expectation():
                return self.constructs.expectation(self, term)
            case Integral():
                return self.constructs.integral(self, term)
            case _:
                return self.opaque(term)

    def _type(self, symbol: Symbol) -> Type:
        return self.scope.type_of(symbol.name) or symbol.type

    def _constant(self, term: Constant) -> Ratio:
        r = self.ring
        match term.name:
            case "pi":
                return self.powers.pi()
            case "e":
                return self.powers.exp(r.one)
            case "i":
                return self.powers.i()
            case "golden_ratio":
                five = self.powers.radical(r.number(Fraction(5)), fmpq(1, 2))
                return r.div(r.add(r.one, five), r.number(Fraction(2)))
            case "euler_gamma" | "catalan":
                return r.of(r.kernel(f"#{term.name}", sign="+", kind="constant", term=term))
            case name:
                raise Unsupported(name)

    def _atom(self, term: Term, key: str, type_: Type) -> Any:
        sign = "+" if type_.domain in _POSITIVE else "0+" if type_.domain in _NONNEGATIVE else ""
        kernel = self.ring.kernel(
            key,
            real=type_.domain not in ("complex", "any", "set", "boolean"),
            sign=sign,
            integer=type_.domain in _INTEGER or type_.role == "index",
            names=frozenset(free_symbols(term)),
            term=term,
        )
        if type_.domain == "binary":
            self.ring.relate(kernel, 2, self.ring.of(kernel))
        return kernel

    def _element(self, term: Element) -> Ratio:
        for pattern, value in self.patterns:
            if pattern.base == term.base and len(pattern.indices) == len(term.indices):
                return self.read(substitute(value, dict(zip(pattern.indices, term.indices, strict=True))))
        keys = ",".join(self.key(i) for i in term.indices)
        if isinstance(term.base, Symbol) and all(isinstance(i, Number) for i in term.indices):
            # x_1 may be defined under its own name
            definition = self.scope.definitions.get(f"{term.base.name}_{{{keys}}}")
            if definition is not None and definition.kind == "symbol":
                return self.read(resolve(definition.body, self.scope))
        if isinstance(term.base, Symbol):
            type_ = self._type(term.base)
            if type_.shape and len(type_.shape) > len(term.indices) and type_.role != "sequence":
                raise Unsupported("an array")
            sign = self.element_signs.get(term.base.name)
            if sign and type_.domain in ("real", "nonnegative"):
                type_ = replace(type_, domain=sign)
            return self.ring.of(self._atom(term, f"{term.base.name}[{keys}]", type_))
        return self.ring.of(self._atom(term, f"({self.key(term.base)})[{keys}]", Type()))

    def _product(self, args: tuple[Term, ...]) -> Ratio:
        r = self.ring
        try:
            total = r.one
            for arg in args:
                total = r.mul(total, self.read(arg))
            return total
        except Unsupported:
            return self.constructs.arrays(self, Mul(args))

    def _power(self, base: Term, exponent: Term) -> Ratio:
        r = self.ring
        if base == Constant("e"):
            return self.powers.exp(self.read(exponent))
        value, e = self.read(base), self.read(exponent)
        c = r.constant(e)
        if c is not None and c < 0:
            self.denominators.setdefault(r.poly_key(value.num), value.num)
        return self.powers.power(value, e)

    # heads

    def _apply(self, term: Apply) -> Ratio:
        rule = self.constructs.heads.get(term.head)
        if rule is not None:
            value = rule(self, term.args)
            if value is not None:
                return value
        function = FUNCTIONS.get(term.head)
        if function is not None and function.normal is not None and function.takes(len(term.args)):
            same = function.normal(*term.args)
            if same is not None and same != term:
                return self.read(same)
        if term.head in ("norm", "dot", "trace", "det", "transpose"):
            return self.constructs.arrays(self, term)
        return self.opaque(term)

    def exponential(self, a: Ratio, sign: int = 1) -> Ratio:
        return self.powers.exp(a if sign > 0 else self.ring.neg(a))

    # what is not looked into

    def opaque(self, term: Term, real: bool = True) -> Ratio:
        """A kernel for the term as a whole, known by its normalised parts. Raises Unsupported for an array:
        kernels are numbers, whose products commute and which no transpose changes."""
        if shape_of(term):
            raise Unsupported("an array")
        complex_ = any(s.type.domain == "complex" for s in free_symbols(term).values()) or any(
            isinstance(t, Constant) and t.name == "i" for t in _leaves(term)
        )
        kernel = self.ring.kernel(
            self.structure(term),
            real=real and not complex_,
            names=frozenset(free_symbols(term)),
            kind="opaque",
            term=term,
        )
        return self.ring.of(kernel)

    def key(self, term: Term) -> str:
        """Canonical text of a term: of its normal form where it is a number, of its build otherwise."""
        try:
            return self.ring.key(self.read(term))
        except (Unsupported, Undefined):
            return self.structure(term)

    def structure(self, term: Term) -> str:
        match term:
            case Symbol(name=name):
                return name
            case Constant(name=name):
                return f"'{name}'"
            case Number(value=value):
                return str(value)
            case Relation(op=op, left=left, right=right):
                return self._relation_key(op, left, right)
        here = bound_here(term)
        if here:
            term = canonical(term)
        label = type(term).__name__
        match term:
            case Apply(head=head):
                label = head
            case BigOp(op=op) | Integral(op=op) | Expectation(op=op):
                label = f"{label}:{op}"
            case Limit(op=op, side=side):
                label = f"{label}:{op}{side}"
            case Call(function=function, args=args):
                return f"{self.structure(function)}({','.join(self.key(a) for a in args)})"
        extra = getattr(term, "orders", "")
        parts = ("lower", "upper", "domain", "under", "given")
        holes = [name for name in parts if getattr(term, name, ONE) is None]
        inner = ";".join(self.key(child) for child in children(term))
        return f"{label}{extra}{''.join(holes)}<{inner}>"

    def _relation_key(self, op: str, left: Term, right: Term) -> str:
        if op in (">", ">="):
            left, right, op = right, left, {">": "<", ">=": "<="}[op]
        a, b = self.key(left), self.key(right)
        if op in ("=", "!=") and b < a:
            a, b = b, a
        return f"[{a} {op} {b}]"

    # functions by cases

    def holds(self, condition: Term) -> bool | None:
        """Whether a condition is sure to hold (or to fail), by the signs that are known."""
        match condition:
            case Relation(op=op, left=left, right=right) if op in ("<", "<=", ">", ">=", "=", "!="):
                try:
                    gap = self.ring.sub(self.read(left), self.read(right))
                except (Unsupported, Undefined):
                    return None
                if not self.signs.real(gap):
                    return None
                return self._compare(gap, op)
            case Apply(head="and", args=args):
                parts = [self.holds(a) for a in args]
                return False if False in parts else None if None in parts else True
            case Apply(head="or", args=args):
                parts = [self.holds(a) for a in args]
                return True if True in parts else None if None in parts else False
            case Apply(head="not", args=(arg,)):
                inner = self.holds(arg)
                return None if inner is None else not inner
            case _:
                return None

    def _compare(self, gap: Ratio, op: str) -> bool | None:
        s = self.signs
        if op in ("<", "<="):
            return self._compare(self.ring.neg(gap), {"<": ">", "<=": ">="}[op])
        if not s.positive(gap.den):
            if not s.positive(-gap.den):
                return None
            gap = Ratio(-gap.num, -gap.den)
        p = gap.num
        if op in ("=", "!="):
            if p == 0:
                return op == "="
            return op == "!=" if s.nonzero(p) else None
        if op == ">":
            return True if s.positive(p) else False if s.nonnegative(-p) else None
        return True if s.nonnegative(p) else False if s.positive(-p) else None

    def _piecewise(self, term: Term, cases: tuple[tuple[Term, Term | None], ...]) -> Ratio:
        open_: list[tuple[Term, Term | None]] = []
        for value, condition in cases:
            truth = True if condition is None else self.holds(condition)
            if truth is False:
                continue
            if truth is True and not open_:
                return self.read(value)
            open_.append((value, condition))
            if truth is True:
                break
        if not open_:
            raise Undefined
        values = [self.read(v) for v, _ in open_]
        if all(self.ring.sub(values[0], v).num == 0 for v in values[1:]) and open_[-1][1] is None:
            return values[0]
        conditions = ["1" if c is None else self.structure(c) for _, c in open_]
        parts = [f"{self.ring.key(v)} if {c}" for v, c in zip(values, conditions, strict=True)]
        kernel = self.ring.kernel(
            f"cases[{'; '.join(parts)}]",
            names=frozenset(free_symbols(term)),
            real=all(self.signs.real(v) for v in values),
            kind="opaque",
            term=term,
        )
        return self.ring.of(kernel)
