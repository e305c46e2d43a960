"""What the scope says of the symbols' ranges, and where a term is sure to be continuous or smooth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from derive.classes import replace
from derive.functions import FUNCTIONS
from derive.term.nodes import (
    ZERO,
    Add,
    Apply,
    Constant,
    Div,
    Element,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Root,
    Symbol,
    Term,
)
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, map_children, walk
from derive.verify.normal.form import attempt
from derive.verify.normal.hypotheses import parts


def domains(terms: Sequence[Term], scope: Scope) -> dict[str, Symbol]:
    """The free symbols with the domains that declarations and hypotheses like `a > 0` give them."""
    symbols = {name: s for t in terms for name, s in free_symbols(t).items()}
    relations = [r for h in scope.hypotheses for r in parts(h)]
    found: dict[str, Symbol] = {}
    for name, symbol in symbols.items():
        type_ = scope.type_of(name) or symbol.type
        if type_.shape not in ((), None) or type_.role in ("function", "sequence"):
            found[name] = replace(symbol, type=type_)
            continue
        domain = type_.domain
        for relation in relations:
            domain = _narrowed(domain, relation, name)
        found[name] = replace(symbol, type=replace(type_, domain=domain))
    return found


def typed(term: Term, types: Mapping[str, Symbol]) -> Term:
    """The term with these symbols in the place of those of their names."""

    def visit(t: Term) -> Term:
        if isinstance(t, Symbol):
            return types.get(t.name, t)
        return map_children(t, visit)

    return visit(term)


def _narrowed(domain: str, relation: Relation, name: str) -> str:
    left, right, op = relation.left, relation.right, relation.op
    if op in (">", ">="):
        left, right, op = right, left, {">": "<", ">=": "<="}[op]
    if op not in ("<", "<=") or not isinstance(left, Number) or not isinstance(right, Symbol):
        return domain
    if right.name != name:
        return domain
    whole = domain in ("integer", "natural", "positive_integer")
    if left.value > 0 or (left.value == 0 and op == "<"):
        return "positive_integer" if whole else "positive" if domain in ("real", "nonnegative") else domain
    if left.value == 0:
        return "natural" if whole else "nonnegative" if domain == "real" else domain
    return domain


def within(v: Symbol, lower: Term | None, upper: Term | None, closed: bool = False) -> tuple[Term, ...]:
    """Hypotheses for lower < v < upper, without the infinite ends."""
    op = "<=" if closed else "<"
    found: list[Term] = []
    if lower is not None and lower != Neg(Constant("infinity")):
        found.append(Relation(op, lower, v))
    if upper is not None and upper != Constant("infinity"):
        found.append(Relation(op, v, upper))
    return tuple(found)


def continuous(term: Term, v: Symbol, lower: Term, upper: Term, scope: Scope) -> bool:
    """Whether the term is sure to be continuous in v on the open interval (or at its one point)."""
    inner = scope if lower == upper else scope.with_hypotheses(*within(v, lower, upper))
    return well_defined(term, inner)


def well_defined(term: Term, scope: Scope, smooth: bool = False) -> bool:
    """Whether every part is sure to be defined and continuous (or smooth) for all values in scope."""
    conditions: list[Relation] = []
    for node in walk(term):
        match node:
            case Number() | Constant() | Symbol() | Add() | Mul() | Neg():
                continue
            case Div(denominator=b):
                conditions.append(Relation("!=", b, ZERO))
            case Pow(base=base, exponent=exponent):
                match exponent:
                    case Number(value=n) if n.denominator == 1:
                        if n < 0:
                            conditions.append(Relation("!=", base, ZERO))
                    case Number(value=n) if n > 0 and not smooth:
                        conditions.append(Relation(">=", base, ZERO))
                    case _ if base == Constant("e"):
                        continue
                    case _:
                        conditions.append(Relation(">", base, ZERO))
            case Root(radicand=radicand):
                conditions.append(Relation(">" if smooth else ">=", radicand, ZERO))
            case Apply(head=head, args=args) if (function := FUNCTIONS.get(head)) is not None:
                if function.continuity == "smooth" or (function.continuity and not smooth):
                    continue
                if function.continuous_where is None or len(args) != 1:
                    return False
                conditions.append(function.continuous_where(args[0], smooth))
            case Element():
                continue
            case _:
                return False
    return all(attempt(scope, lambda rd, c=c: rd.holds(c)) is True for c in conditions)  # type: ignore[misc]
