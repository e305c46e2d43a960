"""Derivatives written as fractions: what they are taken of, by what, how often."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.calculus.differentiable import invertible
from derive.classes import replace
from derive.facts.naming import symbol_name
from derive.facts.pieces import walk
from derive.meaning.calculus.fractions import Operator, derivative_fraction, joined, operator, read_fraction
from derive.meaning.reader import Reader, fail
from derive.meaning.slots import at_point
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import ONE, Apply, Call, Element, Number, Symbol, Term, Tuple
from derive.term.traverse import free_symbols

MOST_OPERATORS = 40
"""Side by side; each is the operand of the one before."""


def fraction(r: Reader, node: s.Fraction) -> Term | None:
    """`\\frac{dy}{dx}` and its like as a derivative; None for any other fraction."""
    found = read_fraction(node.numerator, node.denominator, node.span)
    if found is None:
        return None
    if "d" in r.scope.symbols and not found.partial:
        return None
    if not found.body:
        return alone(r, node, found)
    return derivative(r, found, joined(found.body), node.span)


def alone(r: Reader, node: Any, found: Operator) -> Term:
    """`\\frac{d}{dx}` that nothing follows, in `\\frac{d}{dx} = x \\frac{d}{dy}`: the operator itself."""
    if len(r.nodes) == 1:
        raise fail(node, "a derivative without its operand")
    node_, times = found.variables[0]
    alone_ = found.order is None and len(found.variables) == 1
    if alone_ and times is not None and _upper_index(r, node_, times):
        by = s.Scripts(node_.span.cover(times.span), node_, None, times)
        return Apply("derivative_operator", (r.term(by), ONE), span=node.span)
    orders = _orders(r, found)
    flat_ = tuple(x for pair in orders for x in pair)
    return Apply("derivative_operator", flat_, span=node.span)


def derivative(r: Reader, found: Operator, body: Any, span: Any) -> Term:
    return differentiated(r, found, r.term(body), span)


def differentiated(r: Reader, found: Operator, body: Term, span: Any) -> Term:
    if found.order is None and len(found.variables) == 1:
        node, times = found.variables[0]
        if times is not None and _upper_index(r, node, times):
            # `\\partial g / \\partial\\theta^i`: the i-th of coordinates numbered above, no order
            by = r.term(s.Scripts(node.span.cover(times.span), node, None, times))
            if invertible(by) and not isinstance(times, s.Number):
                return at_point(body, ((by, ONE),), found.partial, span)
            return Apply("derivative_by", (body, by), span=span)
        if isinstance(times, s.Number) and times.text == "2" and found.partial:
            # `\\partial \\ell / \\partial \\sigma^2` with no order above: by the square itself
            node = s.Scripts(node.span.cover(times.span), node, None, times)
            found = replace(found, variables=((node, None),))
    lettered = [(v, n) for v, n in found.variables if n is not None and not isinstance(n, s.Number)]
    if len(found.variables) > 1 and lettered and isinstance(found.order, s.Number):
        # `\\partial^2 g / \\partial x^i \\partial x^j`
        places = [v if n is None else s.Scripts(v.span.cover(n.span), v, None, n) for v, n in found.variables]
        return Apply("derivative_by", (body, Tuple(tuple(r.term(p) for p in places))), span=span)
    variables = _orders(r, found)
    if any(_compound(v) for v, _ in variables):
        by = variables[0][0] if len(variables) == 1 else Tuple(tuple(v for v, _ in variables))
        if any(n != ONE for _, n in variables):
            raise fail(found.variables[0][0], "a derivative by something that is no variable")
        if not invertible(by):
            return Apply("derivative_by", (body, by), span=span)
    return at_point(body, variables, found.partial, span)


def _compound(variable_: Term) -> bool:
    return not isinstance(variable_, Symbol | Element | Call)


def _upper_index(r: Reader, node: Any, times: Any) -> bool:
    """A superscript below where no order stands above: an index, if it is a letter or 1, or others are so."""
    if not isinstance(times, s.Number):
        return True
    if times.text == "1":
        return True
    name = symbol_name(node)
    return r.fact(("upper index", name or ""), lambda: _others_above(r, name))


def _others_above(r: Reader, name: str | None) -> bool:
    """The name has an index above it elsewhere, or tensors are about."""
    for piece in walk(r.nodes):
        match piece:
            case s.Scripts(base=base, sub=None, sup=s.Name(name=letter)) if symbol_name(base) == name:
                if letter in ("i", "j", "k", "l", "m", "n", "mu", "nu"):
                    return True
            case s.Fraction():
                found = read_fraction(piece.numerator, piece.denominator, piece.span)
                if found is not None and found.order is None:
                    ones = [v for v, n in found.variables if isinstance(n, s.Number) and n.text == "1"]
                    if any(symbol_name(v) == name for v in ones):
                        return True
            case s.Scripts(sub=sub, sup=s.Number() | s.Name()) if _two_below(sub):
                return True  # `\\Gamma^2_{11}`: tensors are about
            case _:
                pass
    return False


def _two_below(sub: Any) -> bool:
    if isinstance(sub, s.Number):
        return len(sub.text) == 2
    return isinstance(sub, s.Juxtaposition) and all(isinstance(f, s.Name) for f in sub.factors)


def _orders(r: Reader, found: Operator) -> tuple[tuple[Term, Term], ...]:
    """The variables with their orders, where what stands above and below agree."""
    variables: list[tuple[Term, Term]] = []
    for node, times in found.variables:
        variables.append((variable(r, node, compound=True), ONE if times is None else r.term(times)))
    if found.order is not None:
        declared_order = r.term(found.order)
        total = _total([t for _, t in variables])
        if len(variables) == 1 and variables[0][1] == ONE and declared_order != ONE:
            raise fail(found.order, "a derivative whose orders differ above and below")
        if isinstance(total, Number) and isinstance(declared_order, Number) and total != declared_order:
            raise fail(found.order, "a derivative whose orders differ above and below")
    elif _total([t for _, t in variables]) != ONE:
        raise fail(found.variables[0][0], "a derivative whose orders differ above and below")
    return tuple(variables)


def _total(orders: list[Term]) -> Term | None:
    if all(isinstance(o, Number) for o in orders):
        return Number(sum((o.value for o in orders if isinstance(o, Number)), Fraction(0)))
    return orders[0] if len(orders) == 1 else None


def variable(r: Reader, node: Any, *, compound: bool = False) -> Term:
    """What a derivative is taken by; with `compound` also a list or an expression of variables."""
    if isinstance(node, s.Fence) and node.open == "(" and not isinstance(node.body, s.Sequence | None):
        node = node.body
    term = r.term(node)
    if isinstance(term, Symbol | Element | Call):
        return term
    if isinstance(term, Apply) and term.head == "transpose" and isinstance(term.args[0], Symbol):
        return term.args[0]
    if compound and free_symbols(term):
        return term
    raise fail(node, "a derivative by something that is no variable")


def operand(r: Reader, found: Operator, factors: tuple[Any, ...], k: int) -> tuple[int, Term]:
    """A derivative operator at factor k takes the product that follows, or only a parenthesis."""
    rest = factors[k + 1 :]
    first = rest[0]
    taken = len(rest)
    if len(rest) > MOST_OPERATORS and all(operator(f) is not None for f in rest[:MOST_OPERATORS]):
        raise fail(factors[k], f"more than {MOST_OPERATORS} derivatives in a row")
    if len(rest) > 1 and isinstance(first, s.Fence) and first.open in ("(", "[", "{"):
        key = f"extent:{found.span.start}"
        options = (
            ("parenthesis", Choice(Chosen.DERIVATIVE_IS_OF_PARENTHESIS)),
            ("product", Choice(Chosen.DERIVATIVE_IS_OF_WHOLE_PRODUCT)),
        )
        if r.ask(key, options) == "parenthesis":
            taken = 1
    elif len(rest) > 1 and any(derivative_fraction(f) for f in rest[1:]) and operator(first) is None:
        taken = next(i for i, f in enumerate(rest) if i and derivative_fraction(f))
    body = joined(rest[:taken])
    return 1 + taken, derivative(r, found, body, found.span.cover(body.span))
