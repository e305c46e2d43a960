"""Operators of which nothing is known but that they are linear: sums inside them are sums of them.

`∫ λ(a - b)`, `⟨u + v, w⟩`, `∇·(u + 2v)`, `\\mathcal L\\{f + g\\}`, `E[X + Y]`: a term becomes a sum of
products, each factor a letter or an operator on a product; `D(fg)` is `f D(g) + D(f) g`. What stays of an
operator is a symbol.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from derive.calculus.fields import fields_of
from derive.classes import dataclass, field
from derive.term.nodes import (
    ONE,
    Add,
    Apply,
    Call,
    Derivative,
    Div,
    Element,
    Expectation,
    Integral,
    Mul,
    Neg,
    Number,
    Pow,
    Prime,
    Symbol,
    Term,
    Tuple,
    Type,
)
from derive.term.traverse import free_symbols, walk

Product = tuple[Term, ...]
Sum = Mapping[Product, Fraction]
_Wrap = Callable[[Term], Term]
_MANY = 48
_LINEAR = frozenset({"div", "grad", "curl", "laplacian", "trace"})
_TRANSFORMS = ("\\mathcal{L}", "\\mathcal{F}", "\\mathcal{Z}")


class NotLinear(Exception):
    """Something that is no sum of products, or too long a one."""


@dataclass
class Opaque:
    """Reads terms with their operators opaque; the same operator on the same thing is one symbol.

    scalars: letters that stand as factors outside of operators, and so may be taken out of them. brackets:
    whether a pair is an inner product.
    """

    scalars: frozenset[str] = frozenset()
    brackets: bool = False
    names: dict[Term, Symbol] = field(default_factory=dict)

    def written(self, term: Term) -> Term:
        """The term as a sum of products of letters and of symbols for operators. Raises NotLinear."""
        terms: list[Term] = []
        for product, count in self.sum_of(term).items():
            factors = [self.names.setdefault(f, self._named(f)) if _is_operator(f) else f for f in product]
            terms.append(Mul((Number(count), *factors)) if factors else Number(count))
        return Add(tuple(terms)) if len(terms) > 1 else (terms or [Number(Fraction(0))])[0]

    def _named(self, operator: Term) -> Symbol:
        return Symbol(f"\\Omega_{{{len(self.names) + 1}}}", Type())

    def sum_of(self, term: Term) -> Sum:
        match term:
            case Number(value=value):
                return {(): value} if value else {}
            case Neg(arg=arg):
                return {p: -c for p, c in self.sum_of(arg).items()}
            case Add(args=args):
                return _added(*(self.sum_of(a) for a in args))
            case Mul(args=args):
                found: Sum = {(): Fraction(1)}
                for a in args:
                    found = _times(found, self.sum_of(a))
                return found
            case Div(numerator=a, denominator=Number(value=value)) if value:
                return {p: c / value for p, c in self.sum_of(a).items()}
            case Pow(base=base, exponent=Number(value=n)) if n.denominator == 1 and 1 <= n <= 4:
                found = {(): Fraction(1)}
                for _ in range(int(n)):
                    found = _times(found, self.sum_of(base))
                return found
            case _:
                return self._operator(term)

    def _operator(self, term: Term) -> Sum:
        match term:
            case Integral(body=body):
                bound = frozenset({term.variable.name})
                return self._linear(
                    body,
                    lambda b: Integral(b, term.variable, term.lower, term.upper, term.domain, term.op),
                    bound,
                )
            case Expectation(op="E", args=(body,)):
                return self._linear(body, lambda b: _expected(b, term))
            case Apply(head="trace", args=(body,)):
                return self._linear(body, lambda b: Apply("trace", (b,)))
            case Apply(head=head, args=(body,)) if head in _LINEAR:
                found = self._linear(body, lambda b: Apply(head, (b,)))
                if any(isinstance(n, Apply) and isinstance(n.args[0], Mul) for p in found for n in p):
                    raise NotLinear  # a product rule, with terms of its own
                return found
            case Apply(head="applied", args=(Symbol(name=name) as operator, body)) if name in _TRANSFORMS:
                return self._linear(body, lambda b: Apply("applied", (operator, b)))
            case Apply(head="dot", args=(a, b)):
                return self._pairs(a, b)
            case Tuple(items=(a, b)) if self.brackets:
                return self._pairs(a, b)
            case Derivative(body=body, variables=((Symbol() as v, order),)) if order == ONE:
                if any(v.name in free_symbols(n) for n in walk(body) if not _is_leaf(n)) or body == v:
                    raise NotLinear
                return self._derivation(body, lambda b: Derivative(b, ((v, ONE),), term.partial))
            case Prime(function=body, order=order) if order == ONE and not isinstance(body, Symbol):
                return self._derivation(body, lambda b: Prime(b, ONE))
            case Symbol() | Element() | Call() | Derivative() | Prime():
                return {(term,): Fraction(1)}
            case _ if not any(_is_operator(n) for n in walk(term)):
                return {(term,): Fraction(1)}
            case _:
                raise NotLinear

    def _linear(self, body: Term, wrap: _Wrap, bound: frozenset[str] = frozenset()) -> Sum:
        found: list[Sum] = []
        for product, count in self.sum_of(body).items():
            out = tuple(f for f in product if isinstance(f, Symbol) and f.name in self.scalars - bound)
            rest = tuple(f for f in product if f not in out)
            wrapped = wrap(_product(rest))
            inside: Product = () if wrapped == ONE else (wrapped,)
            found.append(_times({out: count}, {inside: Fraction(1)}))
        return _added(*found)

    def _pairs(self, a: Term, b: Term) -> Sum:
        found: list[Sum] = []
        for first, c in self.sum_of(a).items():
            for second, d in self.sum_of(b).items():
                out = tuple(f for f in (*first, *second) if isinstance(f, Symbol) and f.name in self.scalars)
                left = _product(tuple(f for f in first if f not in out))
                right = _product(tuple(f for f in second if f not in out))
                pair = tuple(sorted((left, right), key=repr))
                found.append(_times({out: c * d}, {(Apply("dot", pair),): Fraction(1)}))
        return _added(*found)

    def _derivation(self, body: Term, wrap: _Wrap) -> Sum:
        found: list[Sum] = []
        for product, count in self.sum_of(body).items():
            for k, factor in enumerate(product):
                if isinstance(factor, Symbol) and factor.name in self.scalars and len(product) > 1:
                    continue
                rest = product[:k] + product[k + 1 :]
                found.append(_times({rest: count}, {(wrap(factor),): Fraction(1)}))
        return _added(*found)


def _expected(body: Term, term: Expectation) -> Term:
    return body if body == ONE else Expectation("E", (body,), term.under, term.given)


def _is_leaf(node: Term) -> bool:
    return isinstance(node, (Symbol, Add, Mul, Neg, Number))


def _is_operator(node: Term) -> bool:
    return isinstance(node, (Integral, Expectation, Derivative, Prime, Tuple)) or (
        isinstance(node, Apply) and (node.head in _LINEAR or node.head in ("applied", "dot"))
    )


def has_operator(*terms: Term) -> bool:
    return any(_is_operator(n) for t in terms for n in walk(t))


def outside(*terms: Term) -> frozenset[str]:
    """Letters that stand as factors beside an operator: numbers, as far as the operator goes."""
    found: set[str] = set()
    stack = list(terms)
    while stack:
        match stack.pop():
            case Add(args=args):
                stack += args
            case Neg(arg=arg) | Div(numerator=arg):
                stack.append(arg)
            case Mul(args=args) if any(_is_operator(a) for a in args):
                found |= {s.name for a in args if not _is_operator(a) for s in free_symbols(a).values()}
            case _:
                pass
    vectors, numbers = fields_of(terms)
    return frozenset(found - vectors - numbers)


def _product(factors: Product) -> Term:
    if not factors:
        return ONE
    return factors[0] if len(factors) == 1 else Mul(factors)


def _added(*sums: Sum) -> Sum:
    found: dict[Product, Fraction] = {}
    for s in sums:
        for product, count in s.items():
            found[product] = found.get(product, Fraction(0)) + count
    if len(found) > _MANY:
        raise NotLinear
    return {p: c for p, c in found.items() if c}


def _times(a: Sum, b: Sum) -> Sum:
    found: dict[Product, Fraction] = {}
    for p, c in a.items():
        for q, d in b.items():
            product = tuple(sorted((*p, *q), key=repr)) if _commute(p, q) else (*p, *q)
            found[product] = found.get(product, Fraction(0)) + c * d
    if len(found) > _MANY:
        raise NotLinear
    return found


def _commute(*products: Product) -> bool:
    return not any(
        s.type.shape is not None and len(s.type.shape) == 2
        for p in products
        for f in p
        if not _is_operator(f)
        for s in free_symbols(f).values()
    )
