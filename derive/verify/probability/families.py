"""Families of random variables counted out: `\\sum_{i=1}^n X_i` with n = 3 is `X_1 + X_2 + X_3`.

Sums over an index of a family become sums of terms, so that what is left speaks of single variables. Sums
over the values of a variable, `\\sum_x p(x)`, stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from derive.classes import replace
from derive.reasons.gaps import Gap
from derive.term.construct import add, mul
from derive.term.contents import among
from derive.term.nodes import (
    Add,
    Apply,
    BigOp,
    Element,
    Ellipsis,
    Expectation,
    Mul,
    Neg,
    Number,
    Relation,
    Symbol,
    Term,
    integer,
)
from derive.term.traverse import bound_here, free_symbols, map_children, substitute, walk
from derive.verify.evaluate.values import Unsupported
from derive.verify.probability.distribution_letters import density_of, letters_in, name_of, plain

_TERMS = 64


class Families:
    """What the indices of some terms are counted out to.

    size: how far an index runs whose end is a symbol. bases: the family of each element that became a symbol.
    """

    def __init__(self, terms: Sequence[Term], size: int) -> None:
        self.size = size
        self.bases: dict[str, str] = {}
        self.letters = letters_in(terms)
        self.values = _values(terms, self.letters)
        self.random = _random_bases(terms, self.letters)
        self.ends: dict[Term, Term] = {}
        self.indices: dict[Term, Term] = {}
        bound = {s.name for t in terms for n in walk(t) for s in bound_here(n)}
        for term in terms:
            for node in walk(term):
                if isinstance(node, BigOp) and not self._over_values(node):
                    for b in node.binders:
                        for end in (b.lower, b.upper):
                            for symbol in () if end is None else free_symbols(end).values():
                                if symbol.name not in bound:
                                    self.ends[symbol] = integer(size)
        for term in terms:
            for node in walk(term):
                if (
                    isinstance(node, Element)
                    and isinstance(node.base, Symbol)
                    and node.base.name in self.random
                ):
                    for index in node.indices:
                        for symbol in free_symbols(index).values():
                            if symbol.name not in bound and symbol not in self.ends:
                                self.indices.setdefault(symbol, integer(3 + len(self.indices)))

    def _over_values(self, node: BigOp) -> bool:
        return all(b.variable.name in self.values for b in node.binders)

    def counted(self, term: Term) -> Term:
        """The term with its families counted out. Raises Unsupported where a range has no end."""
        return self._named(self._expanded(substitute(term, {**self.ends, **self.indices})))

    def _expanded(self, term: Term) -> Term:
        if isinstance(term, Ellipsis):
            raise Unsupported(Gap.DOTS)
        if not isinstance(term, BigOp) or self._over_values(term):
            return map_children(term, self._expanded)
        if term.op not in ("sum", "prod"):
            raise Unsupported(Gap.OPERATOR_IN_CLAIM_ABOUT_CHANCE, term.op)
        first, *rest = term.binders
        body: Term = replace(term, binders=tuple(rest)) if rest else term.body
        if first.variable.name in self.values:
            raise Unsupported(Gap.SUM_OVER_VALUES_AND_INDICES)
        low, high = _number(first.lower), _number(first.upper)
        if first.lower is first.upper is first.domain is None:
            low, high = 1, self.size  # over the whole family, however far it goes
        if low is None or high is None:
            raise Unsupported(Gap.SUM_OVER_FAMILY_WITHOUT_RANGE)
        parts: list[Term] = []
        for k in range(low, high + 1):
            at: dict[Term, Term] = {first.variable: integer(k)}
            if first.condition is not None and not _true(substitute(first.condition, at)):
                continue
            parts.append(self._expanded(substitute(body, at)))
            if len(parts) > _TERMS:
                raise Unsupported(Gap.LONG_SUM_OVER_FAMILY)
        if term.op == "sum":
            return add(*parts) if parts else integer(0)
        return mul(*parts) if parts else integer(1)

    def _named(self, term: Term) -> Term:
        """Elements of a random family as symbols of their own."""
        if isinstance(term, Element) and isinstance(term.base, Symbol) and term.base.name in self.random:
            indices = tuple(_number(i) for i in term.indices)
            if len(indices) != 1 or indices[0] is None:
                raise Unsupported(Gap.ELEMENT_OF_RANDOM_FAMILY)
            name = f"{term.base.name}_{{{indices[0]}}}"
            self.bases[name] = term.base.name
            return Symbol(name, replace(term.base.type, shape=(), role="variable"))
        if isinstance(term, Symbol) and (found := re.fullmatch(r"(.+)_\{?\d+\}?", term.name)):
            self.bases.setdefault(term.name, found[1])
            return term
        return map_children(term, self._named)


def _values(terms: Sequence[Term], letters: frozenset[str]) -> set[str]:
    """Names that stand in a probability by themselves: a sum over one of them runs over its values."""
    found: set[str] = set()
    for term in terms:
        for node in walk(term):
            density = density_of(node, letters)
            for arg in () if density is None else (*density.args, *density.given):
                sides = (arg.left, arg.right) if isinstance(arg, Relation) else (arg,)
                found |= {s.name for s in sides if isinstance(s, Symbol)}
            if isinstance(node, Expectation) and node.given is not None:
                for condition in plain(node.given):
                    if isinstance(condition, Relation):
                        found |= {s.name for s in (condition.left, condition.right) if isinstance(s, Symbol)}
    return found


def _random_bases(terms: Sequence[Term], letters: frozenset[str]) -> set[str]:
    """Families that are random: an element stands in a probability, or is a capital in an expectation."""
    found: set[str] = set()
    for term in terms:
        for node in walk(term):
            density = density_of(node, letters)
            for arg in () if density is None else (*density.args, *density.given):
                found |= _bases(arg)
            if isinstance(node, Expectation):
                for part in (*node.args, node.given, node.under):
                    for base in () if part is None else _bases(part):
                        alone = any(isinstance(a, Element) and name_of(a.base) == base for a in node.args)
                        if alone or base.lstrip("\\")[:1].isupper() or node.under is not None:
                            found.add(base)
    return found


def _bases(term: Term) -> set[str]:
    return {n.base.name for n in among(term, Element) if isinstance(n.base, Symbol)}


def _number(term: Term | None) -> int | None:
    """The integer that a term without symbols is."""
    value = _value(term)
    return int(value) if value is not None and value.denominator == 1 else None


def _value(term: Term | None) -> Fraction | None:
    match term:
        case Number(value=value):
            return value
        case Neg(arg=arg):
            inner = _value(arg)
            return None if inner is None else -inner
        case Add(args=args) | Mul(args=args):
            values = [_value(a) for a in args]
            total = Fraction(0 if isinstance(term, Add) else 1)
            for v in values:
                if v is None:
                    return None
                total = total + v if isinstance(term, Add) else total * v
            return total
        case _:
            return None


def _true(condition: Term) -> bool:
    """A condition between indices; one that is still open counts as true only where it can be told later."""
    match condition:
        case Apply(head="and", args=args):
            return all(_true(a) for a in args)
        case Relation(op=op, left=left, right=right):
            a, b = _value(left), _value(right)
            if a is not None and b is not None:
                match op:
                    case "<":
                        return a < b
                    case "<=":
                        return a <= b
                    case ">":
                        return a > b
                    case ">=":
                        return a >= b
                    case "!=":
                        return a != b
                    case "=":
                        return a == b
    raise Unsupported(Gap.CONDITION_ON_INDEX_OF_FAMILY)


__all__ = ["Families"]
