"""Derivatives in all their spellings, integrals, and values between bounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from derive.facts.naming import spell, symbol_name
from derive.facts.pieces import walk
from derive.meaning.reader import Reader, fail
from derive.meaning.slots import at_point
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import (
    ONE,
    Add,
    Apply,
    At,
    Call,
    Constant,
    Derivative,
    Element,
    Integral,
    Mul,
    Neg,
    Number,
    Prime,
    Symbol,
    Term,
    Tuple,
)
from derive.term.traverse import free_symbols, map_children

MOST_OPERATORS = 40
"""Side by side; each is the operand of the one before."""


# Fractions of differentials -----------------------------------------------------------------------


def is_d(node: Any, *, capital: bool = False) -> bool:
    """An italic or upright d, or ∂."""
    return (
        isinstance(node, s.Name)
        and not node.accents
        and (node.name in ("d", "partial") or (capital and node.name == "D"))
        and node.font in ("", "roman", "italic")
    )


def flat(node: Any) -> list[Any]:
    """A product's factors with prefix operators taken apart: `\\partial^2 f` is ∂², f."""
    match node:
        case s.Prefix(operator=operator, operand=operand) if _d_like(operator):
            return [operator, *flat(operand)]
        case s.Juxtaposition(factors=factors):
            return [x for f in factors for x in flat(f)]
        case _:
            return [node]


def _d_like(node: Any) -> bool:
    base = node.base if isinstance(node, s.Scripts) else node
    return is_d(base, capital=True)


def _order(node: Any) -> Any | None:
    """The superscript of d² or ∂^n (None for a plain d); raises KeyError if it is no d."""
    if is_d(node, capital=True):
        return None
    if isinstance(node, s.Scripts) and is_d(node.base, capital=True) and node.sub is None and not node.primes:
        return node.sup
    raise KeyError


@dataclass(frozen=True, slots=True)
class Operator:
    """`d^n/dx^n` before its body is known: `body` stood in the numerator, `rest` after the denominator."""

    span: Any
    body: tuple[Any, ...]
    variables: tuple[tuple[Any, Any | None], ...]
    partial: bool
    rest: tuple[Any, ...] = ()
    order: Any = None


def read_fraction(numerator: Any, denominator: Any, span: Any, *, slash: bool = False) -> Operator | None:
    """The derivative that a fraction spells, if it spells one."""
    above, below = flat(numerator), flat(denominator)
    try:
        order = _order(above[0])
    except KeyError:
        return None
    kind = _kind(above[0])
    variables: list[tuple[Any, Any | None]] = []
    k = 0
    while k + 1 < len(below):
        try:
            mark = _order(below[k])
        except KeyError:
            break
        if mark is not None or _kind(below[k]) != kind:
            break
        argument = below[k + 2] if k + 2 < len(below) else None
        if isinstance(argument, s.Fence) and argument.open in ("(", "[") and not slash:
            head = below[k + 1]
            variables.append((s.Juxtaposition(head.span.cover(argument.span), (head, argument)), None))
            k += 3
            continue
        variables.append(_variable(below[k + 1]))
        k += 2
    rest = tuple(below[k:])
    if not variables or (rest and not slash):
        return None
    return Operator(span, tuple(above[1:]), tuple(variables), kind == "partial", rest, order)


def _kind(node: Any) -> str:
    base: Any = node
    if isinstance(node, s.Scripts):
        base = node.base
    return str(base.name)


def _variable(node: Any) -> tuple[Any, Any | None]:
    """A denominator's `x^2` is x twice; `\\mathbf x^\\top` is x."""
    if isinstance(node, s.Scripts) and node.sup is not None:
        sup = node.sup
        bare: Any = node.base
        if node.sub is not None or node.primes:
            bare = s.Scripts(node.span, node.base, node.sub, None, node.primes)
        if isinstance(sup, s.Name) and sup.name in ("T", "top", "intercal"):
            return bare, None
        if isinstance(sup, s.Number | s.Name | s.Sum) and not (
            isinstance(sup, s.Name) and (sup.name in ("*", "+", "-", "prime") or sup.word)
        ):
            return bare, sup
    return node, None


def operator(node: Any) -> Operator | None:
    """A fraction that differentiates what follows it: `\\frac{d}{dx}`."""
    if isinstance(node, s.Fraction) and node.kind == "frac":
        found = read_fraction(node.numerator, node.denominator, node.span)
        if found is not None and not found.body:
            return found
    return None


def fraction(r: Reader, node: s.Fraction) -> Term | None:
    """`\\frac{dy}{dx}` and its like as a derivative; None for any other fraction."""
    found = read_fraction(node.numerator, node.denominator, node.span)
    if found is None:
        return None
    if "d" in r.scope.symbols and not found.partial:
        return None
    if not found.body:
        return alone(r, node, found)
    return derivative(r, found, _joined(found.body), node.span)


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


def _joined(factors: tuple[Any, ...]) -> Any:
    if len(factors) == 1:
        return factors[0]
    return s.Juxtaposition(factors[0].span.cover(factors[-1].span), factors)


def derivative(r: Reader, found: Operator, body: Any, span: Any) -> Term:
    return differentiated(r, found, r.term(body), span)


def differentiated(r: Reader, found: Operator, body: Term, span: Any) -> Term:
    if found.order is None and len(found.variables) == 1:
        node, times = found.variables[0]
        if times is not None and _upper_index(r, node, times):
            # `\\partial g / \\partial\\theta^i`: the i-th of coordinates numbered above, no order
            by = r.term(s.Scripts(node.span.cover(times.span), node, None, times))
            return Apply("derivative_by", (body, by), span=span)
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
    elif len(rest) > 1 and any(_derivative_fraction(f) for f in rest[1:]) and operator(first) is None:
        taken = next(i for i, f in enumerate(rest) if i and _derivative_fraction(f))
    body = _joined(rest[:taken])
    return 1 + taken, derivative(r, found, body, found.span.cover(body.span))


def _derivative_fraction(node: Any) -> bool:
    return (
        isinstance(node, s.Fraction)
        and (found := read_fraction(node.numerator, node.denominator, node.span)) is not None
        and bool(found.body)
    )


def differential(r: Reader, d: s.Name, following: Any) -> Term | None:
    """`dx` outside an integral and a fraction: the differential of x; None where d is a factor."""
    if r.declared("d") or d.font not in ("", "roman", "italic"):
        return None
    name = symbol_name(following)
    if name is None:
        return None
    span = d.span.cover(following.span)
    if d.font == "roman":
        return Apply("differential", (r.term(following),), span=span)
    base = following.base if isinstance(following, s.Scripts) else following
    letter = spell(base) if isinstance(base, s.Name) else ""
    if (
        letter not in _DIFFERENTIATED
        and not r.evidence.differentials
        and not r.fact(("differential",), lambda: _another(r))
    ):
        return None
    if _d_elsewhere(r):
        return None
    options = (
        ("differential", Choice(Chosen.D_BEFORE_LETTER_DIFFERENTIAL)),
        ("factor", Choice(Chosen.D_FACTOR)),
    )
    if r.ask("d", options) == "differential":
        return Apply("differential", (r.term(following),), span=span)
    return None


_DIFFERENTIATED = frozenset(
    [
        *"xyztuvwrsfgFGHSEQWVpqTPUAN",
        "\\theta",
        "\\phi",
        "\\varphi",
        "\\omega",
        "\\mu",
        "\\mathbf{x}",
        "\\mathbf{r}",
    ]
)


def _another(r: Reader) -> bool:
    """Whether a differential of a customary letter stands in the same formula: `dV = r^2\\,dh`."""
    return any(
        isinstance(a, s.Name) and a.name == "d" and isinstance(b, s.Name) and spell(b) in _DIFFERENTIATED
        for n in walk(r.nodes)
        if isinstance(n, s.Juxtaposition)
        for a, b in pairwise(n.factors)
    )


def _d_elsewhere(r: Reader) -> bool:
    names = r.evidence.names
    return ("a" in names and "b" in names and "c" in names) or bool(r.evidence.indexed.get("d"))


# Prefix operators -----------------------------------------------------------------------------------


def prefix(r: Reader, node: s.Prefix) -> Term:
    operator_, operand_ = node.operator, node.operand
    base = operator_.base if isinstance(operator_, s.Scripts) else operator_
    sub = operator_.sub if isinstance(operator_, s.Scripts) else None
    sup = operator_.sup if isinstance(operator_, s.Scripts) else None
    if not isinstance(base, s.Name):
        raise fail(operator_, "this operator")
    if isinstance(operator_, s.Scripts) and operator_.primes:
        raise fail(operator_, "a prime on an operator")
    if base.name in ("nabla", "partial", "D") and isinstance(operand_, s.Juxtaposition):
        narrow = _narrow_operand(r, node, operand_)
        if narrow is not None:
            return narrow
    match base.name:
        case "nabla cdot" | "nabla times" if sub is None and sup is None:
            return Apply("div" if base.name.endswith("cdot") else "curl", (r.term(operand_),), span=node.span)
        case "nabla":
            return _nabla(r, node, sub, sup, operand_)
        case "partial":
            return _partial(r, node, sub, sup, operand_)
        case "d" | "D":
            if sub is None and sup is None and base.name == "d":
                return Apply("differential", (r.term(operand_),), span=node.span)
            if sub is None and isinstance(sup, s.Number):
                raise fail(node, "a higher differential")
            if sub is not None:
                return _partial(r, node, sub, sup, operand_)
            raise fail(node, "this differential operator")
        case "Delta" if sub is None and sup is None:
            return Apply("laplacian", (r.term(operand_),), span=node.span)
        case "neg" | "lnot" | "not":
            return Apply("not", (r.term(operand_),), span=node.span)
        case "forall" | "exists" | "exists!":
            return _quantified(r, node, base.name.replace("!", "_unique"))
        case "Re" | "Im":
            return Apply(base.name, (r.term(operand_),), span=node.span)
        case _:
            raise fail(operator_, f"the operator {base.name}")


def _narrow_operand(r: Reader, node: s.Prefix, operand_: s.Juxtaposition) -> Term | None:
    """`\\nabla \\log p(x) Q(x)`: how far the operator reaches is open; None for the whole product."""
    factors = operand_.factors
    first = (
        2
        if len(factors) > 1 and isinstance(factors[1], s.Fence) and isinstance(factors[0], s.Name | s.Scripts)
        else 1
    )
    if len(factors) <= first:
        return None
    options = (
        ("product", Choice(Chosen.OPERATOR_ACTS_ON_WHOLE_PRODUCT)),
        ("first", Choice(Chosen.OPERATOR_ACTS_ON_FIRST_FACTOR)),
    )
    value_first = first == 2 and isinstance(factors[2], s.Fence)  # \nabla R(s)(t - s)
    if isinstance(factors[0], s.Apply) or value_first:
        options = (options[1], options[0])
    if r.ask(f"extent:{node.span.start}", options) == "product":
        return None
    inner = _joined(factors[:first])
    value = r.term(s.Prefix(node.span, node.operator, inner))
    rest = r.term(_joined(factors[first:]))
    more = rest.args if isinstance(rest, Mul) and len(factors) - first > 1 else (rest,)
    return Mul((value, *more), span=node.span)


def _mentions(node: Any, names: set[str]) -> bool:
    return any(isinstance(n, s.Name) and spell(n) in names for n in walk((node,)))


def _quantified(r: Reader, node: s.Prefix, head: str) -> Term:
    operand_ = node.operand
    if isinstance(operand_, s.Chain) and isinstance(operand_.first, s.Sequence):
        *bound, last = operand_.first.items
        letters_ = {n for i in bound if (n := symbol_name(i)) is not None}
        if len(bound) == 1 and letters_ and not isinstance(last, s.Name) and _mentions(last, letters_):
            # `\forall i, F_i \ge 0`: what is stated of every i
            stated = s.Chain(last.span.cover(operand_.span), last, operand_.links)
            return Apply(head, (r.term(bound[0]), r.term(stated)), span=node.span)
    if isinstance(operand_, s.Sequence) and len(operand_.items) == 2:
        return Apply(head, (r.term(operand_.items[0]), r.term(operand_.items[1])), span=node.span)
    if isinstance(operand_, s.Bar):
        return Apply(head, (r.term(operand_.left), r.term(operand_.right)), span=node.span)
    if any(_is_quantifier(p) or (isinstance(p, s.Fence) and _is_quantifier(p.body)) for p in r.nodes):
        # a side condition that stands alone
        return Apply(head, (r.term(operand_), Constant("true")), span=node.span)
    raise fail(node, "a quantifier without what it states")


def _is_quantifier(node: Any) -> bool:
    if not isinstance(node, s.Prefix):
        return isinstance(node, s.Sequence) and any(_is_quantifier(i) for i in node.items)
    base = node.operator.base if isinstance(node.operator, s.Scripts) else node.operator
    return isinstance(base, s.Name) and base.name in ("forall", "exists")


def _nabla(r: Reader, node: s.Prefix, sub: Any, sup: Any, operand_: Any) -> Term:
    body = r.term(operand_)
    squared = isinstance(sup, s.Number) and sup.text == "2"
    if sup is not None and not squared:
        name = symbol_name(node.operator)
        if name is None:
            raise fail(sup, "this power of nabla")
        return Apply("operated", (Symbol(name, span=node.operator.span), body), span=node.span)
    if sub is None:
        if squared:
            options = (
                ("laplacian", Choice(Chosen.NABLA2_LAPLACIAN)),
                ("hessian", Choice(Chosen.NABLA2_HESSIAN_MATRIX)),
            )
            return Apply(r.ask("nabla2", options), (body,), span=node.span)
        return Apply("grad", (body,), span=node.span)
    items = sub.items if isinstance(sub, s.Sequence) else (sub,)
    variables = tuple((variable(r, i), ONE) for i in items)
    if squared:
        if len(variables) == 1:
            variables = (variables[0], variables[0])
        if len(variables) != 2:
            raise fail(sub, "this second derivative")
        return at_point(body, variables, True, node.span)
    if len(variables) != 1:
        by = Tuple(tuple(v for v, _ in variables), span=sub.span)
        return Apply("derivative_by", (body, by), span=node.span)
    return at_point(body, variables, True, node.span)


def _is_region(node: Any) -> bool:
    """A capital letter: `\\partial\\Omega` is its boundary."""
    base = node.base if isinstance(node, s.Scripts) else node
    return isinstance(base, s.Name) and base.name[:1].isupper() and not base.accents


def _partial(r: Reader, node: s.Prefix, sub: Any, sup: Any, operand_: Any) -> Term:
    if sub is None and sup is None and _is_region(operand_):
        return Apply("boundary", (r.term(operand_),), span=node.span)
    if sub is None:
        raise fail(node, "∂ without a variable")
    items: tuple[Any, ...] = (sub,)
    if isinstance(sub, s.Sequence):
        items = sub.items
    elif isinstance(sub, s.Juxtaposition):
        items = sub.factors
    body = r.term(operand_)
    if any(_component(r, i) for i in items):
        for i in reversed(items):
            body = Apply("partial_by_index", (r.term(i), body), span=node.span)
        if sup is not None:
            raise fail(sup, "a power of a derivative by components")
        return body
    order: Term = ONE if sup is None else r.term(sup)
    if sup is not None and len(items) != 1:
        raise fail(sup, "this order of a mixed derivative")
    variables = tuple((variable(r, i), order) for i in items)
    return at_point(body, variables, True, node.span)


def _component(r: Reader, node: Any) -> bool:
    """`\\partial_i`, `\\partial_\\mu`: a component's number, not a variable of the body."""
    if isinstance(node, s.Number):
        return True
    if not isinstance(node, s.Name) or node.accents:
        return False
    name = spell(node)
    if r.role(name) not in (None, "index"):
        return False
    return node.name in ("i", "j", "k", "l", "mu", "nu", "alpha", "beta", "rho") or r.role(name) == "index"


# Integrals --------------------------------------------------------------------------------------------


def integral(r: Reader, node: s.Integral) -> Term:
    """Nested signs share the differentials that stand at the end: the inner sign takes the first."""
    signs: list[s.Integral] = [node]
    while isinstance(signs[-1].body, s.Integral):
        signs.append(signs[-1].body)
    variables = [v for sign in reversed(signs) for v in sign.variables]
    wanted = [_multiplicity(sign) for sign in signs]
    if (measured := _by_measure(r, node)) is not None:
        return measured
    if not variables:
        return _bare_integral(r, node)
    if len(variables) < sum(wanted) and not all(w > 1 for w in wanted):
        raise fail(node, "an integral with too few differentials")
    if len(signs) == 1 and len(variables) > wanted[0] and node.op == "int":
        return _over(r, node, node.body, variables, node.sub, node.sup)
    if len(variables) < sum(wanted):  # \iint_D f\,dA
        return _over(r, node, signs[-1].body, variables, node.sub, node.sup)
    if len(variables) != sum(wanted) or all(
        len(sg.variables) == w for sg, w in zip(signs, wanted, strict=True)
    ):
        if len(signs) == 1:
            return _over(r, node, node.body, variables, node.sub, node.sup)
        if any(len(sg.variables) != w for sg, w in zip(signs, wanted, strict=True)):
            raise fail(node, "an integral with too many differentials")
    body: Any = signs[-1].body
    names = [n for v in variables if (n := symbol_name(v)) is not None]
    with r.binding(names):
        term = _body(r, body)
    if len(signs) == len(variables) == 2 and _either_order(r, signs, variables):
        signs = [replace(signs[0], variables=(variables[0],)), replace(signs[1], variables=(variables[1],))]
    for sign, times in zip(reversed(signs), reversed(wanted), strict=True):
        own = sign.variables if len(sign.variables) == times else ()
        taken = [*own] if own else variables[:times]
        if not own:
            variables = variables[times:]
        term = _wrap(r, sign, term, taken, sign.sub, sign.sup)
    return term


def _by_measure(r: Reader, node: s.Integral) -> Term | None:
    """`\\int f(x) \\, \\nu(dx)`, `\\int f(y) P(x, dy)`: the last factor is a measure of what stands behind
    the d."""
    factors = node.body.factors if isinstance(node.body, s.Juxtaposition) else (node.body,)
    if node.variables or len(factors) < 2 or not isinstance(factors[-1], s.Fence):
        return None
    *rest, measure, last = factors
    fence: Any = last
    inside = fence.body.items[-1] if isinstance(fence.body, s.Sequence) else fence.body
    d = flat(inside) if inside is not None else []
    name = symbol_name(measure)
    if len(d) != 2 or not is_d(d[0]) or symbol_name(d[1]) is None or name is None:
        return None
    bounds = [_domain(r, node.sub)] if node.sub is not None and node.sup is None else []
    if node.sub is not None and node.sup is not None:
        bounds = [r.term(_value(node.sub)), r.term(node.sup)]
    variable = symbol_name(d[1])
    with r.binding([] if variable is None else [variable]):
        body = r.term(_joined(tuple(rest))) if rest else ONE
    by = r.symbol(name, fence.span)
    return Apply("measured_int", (body, by, *bounds), span=node.span)


_ORDERS = (
    ("inner first", Choice(Chosen.DIFFERENTIALS_TO_INNER)),
    ("outer first", Choice(Chosen.DIFFERENTIALS_TO_OUTER)),
)


def _either_order(r: Reader, signs: list[s.Integral], variables: list[Any]) -> bool:
    """`\\int_0^R \\int_0^{2\\pi} r \\, dr \\, d\\theta`: whether the first differential goes with the outer
    sign. Bounds that hold one of the variables, or are alike, leave no choice."""
    bounds = [tuple(x for x in (sign.sub, sign.sup) if x is not None) for sign in signs]
    if any(len(b) != 2 for b in bounds):
        return False
    if not r.bound and tuple(map(r.term, bounds[0])) == tuple(map(r.term, bounds[1])):
        return False
    held = {n for pair in bounds for x in pair for node in walk((x,)) if (n := symbol_name(node)) is not None}
    inner, outer = (symbol_name(v) for v in variables)
    if inner in held or outer in held:
        return inner in held and outer not in held and _within(signs[1], inner)
    return r.ask(f"differentials:{signs[0].span.start}", _ORDERS) == "outer first"


def _within(sign: s.Integral, name: str | None) -> bool:
    """Whether the bounds of a sign hold the letter."""
    ends = tuple(x for x in (sign.sub, sign.sup) if x is not None)
    return any(symbol_name(node) == name for node in walk(ends))


def _bare_integral(r: Reader, node: s.Integral) -> Term:
    """Over what is integrated is not said, or said by a form (`P\\,dx + Q\\,dy`): kept as it stands."""
    if node.body is None or _holds_d(node.body):
        raise fail(node, "an integral without its differential")
    bounds = tuple(r.term(_value(x)) for x in (node.sub, node.sup) if x is not None)
    if node.sub is None and bounds:
        raise fail(node, "an integral with an upper bound only")
    return Apply(f"bare_{node.op}", (r.term(node.body), *bounds), span=node.span)


def _holds_d(body: Any) -> bool:
    """A factor d before another, or a differential before what is no other: one that was not made out."""
    for n in walk((body,)):
        if isinstance(n, s.Juxtaposition):
            d = [is_d(f) or (isinstance(f, s.Prefix) and is_d(f.operator)) for f in n.factors]
            if any(is_d(f) for f in n.factors[:-1]) or (any(d) and not all(d[d.index(True) :])):
                return True
    return False


def _multiplicity(node: s.Integral) -> int:
    return {"iint": 2, "iiint": 3, "oiint": 2, "iiiint": 4}.get(node.op, 1)


def _body(r: Reader, body: Any) -> Term:
    if (
        isinstance(body, s.Fence)
        and (body.open, body.close) == ("{", "}")
        and not isinstance(body.body, s.Sequence | s.Bar)
    ):
        body = body.body  # braces that only group
    return ONE if body is None else r.term(body)


def _over(r: Reader, node: s.Integral, body: Any, variables: list[Any], sub: Any, sup: Any) -> Term:
    names = [n for v in variables if (n := symbol_name(v)) is not None]
    with r.binding(names):
        term = _body(r, body)
    return _wrap(r, node, term, variables, sub, sup)


def _wrap(r: Reader, node: s.Integral, term: Term, variables: list[Any], sub: Any, sup: Any) -> Term:
    op = "oint" if node.op.startswith("o") else "int"
    lower = upper = domain = None
    if sub is not None and sup is not None:
        lower, upper = r.term(_value(sub)), r.term(sup)
    elif sub is not None:
        domain = _domain(r, sub)
    elif sup is not None:
        raise fail(sup, "an integral with an upper bound only")
    for v in variables:
        symbol = _integration_variable(r, v)
        if _is_measured(r, node, term, v, symbol):
            bounds = tuple(b for b in (lower if domain is None else domain, upper) if b is not None)
            return Apply(f"measured_{op}", (term, symbol, *bounds), span=node.span)
        if (
            lower is None
            or not {"f", "g", "h"} & {**free_symbols(lower), **free_symbols(upper or lower)}.keys()
        ):
            term = _with_values(r, term, symbol)
        term = Integral(term, symbol, lower, upper, domain, op, span=node.span)
    return term


_SHORT = frozenset("fgh")


def _with_values(r: Reader, body: Term, variable: Symbol) -> Term:
    """`\\int f\\,dx`, with no x in sight: a function without its argument, f(x), rather than a constant f."""
    free = free_symbols(body)
    short = [n for n in sorted(_SHORT) if n in free and r.role(n) in (None, "function")]
    if not short or variable.name in free or r.is_array(variable.name):
        return body
    options = (
        (
            "value",
            Choice(
                Chosen.UNDER_INTEGRAL_VALUE,
                (
                    short[0],
                    variable.name,
                ),
            ),
        ),
        ("constant", Choice(Chosen.UNDER_INTEGRAL_CONSTANT, (short[0],))),
    )
    if r.ask(f"integrand:{variable.name}", options) == "constant":
        return body

    def valued(term: Term) -> Term:
        match term:
            case Symbol(name=name) if name in short:
                return Call(term, (variable,), span=term.span)
            case Prime(function=Symbol(name=name)) if name in short:
                return Call(term, (variable,), span=term.span)
            case Call():
                return replace(term, args=tuple(map(valued, term.args)))
            case _:
                return map_children(term, valued)

    return valued(body)


_MEASURES = frozenset(["\\mu", "\\nu", "\\Pi", *"PQWBNFG"])
_PARTS = frozenset("uvwfgh")


def _is_measured(r: Reader, node: s.Integral, body: Term, variable: Any, symbol: Symbol) -> bool:
    """`\\int f\\,d\\mu`, `\\int X\\,dW`, `\\int u\\,dv`, `\\oint F\\cdot d\\mathbf r`: by a measure, a
    process, a function, along a path. What stands behind the d is no variable of the integrand."""
    letter = symbol_name(variable.base if isinstance(variable, s.Scripts) else variable)
    if r.is_array(symbol.name):
        along = node.op.startswith("o") or _upper(node.body) or _is_vector(r, body)
        return along and node.body is not None
    free = free_symbols(body)
    if not free or symbol.name in free or letter is None:
        return False
    parts = letter in _PARTS and isinstance(body, Symbol) and body.name in _PARTS and node.sub is None
    # `\\int u\\,dv` is one by x where both are told; with one of them told it is not
    told = {symbol.name, body.name} if parts and isinstance(body, Symbol) else {symbol.name}
    if all(n in r.scope.definitions or n in r.scope.dependencies for n in told):
        return False
    return letter in _MEASURES or parts


def _upper(node: Any) -> bool:
    """A capital by itself: rather a field than a number, where it is integrated by a vector."""
    return isinstance(node, s.Name) and len(node.name) == 1 and node.name.isupper()


def _is_vector(r: Reader, term: Term) -> bool:
    """A vector or the value of a field, `\\mathbf F(\\mathbf r)`; no power or product of them."""
    function = term.function if isinstance(term, Call) else term
    if isinstance(function, Element):
        function = function.base
    return isinstance(function, Symbol) and r.is_array(function.name)


def _value(sub: Any) -> Any:
    """`\\int_{x=0}^{1}`: the bound is 0."""
    if isinstance(sub, s.Chain) and len(sub.links) == 1 and sub.links[0].relation == "=":
        return sub.links[0].right
    return sub


def _domain(r: Reader, sub: Any) -> Term:
    if isinstance(sub, s.Chain) and len(sub.links) == 1 and sub.links[0].relation == "in":
        return r.term(sub.links[0].right)
    return r.term(sub)


def _integration_variable(r: Reader, node: Any) -> Symbol:
    with r.binding([n] if (n := symbol_name(node)) is not None else []):
        term = r.term(node)
    if isinstance(term, Symbol):
        known = r.scope.symbols.get(term.name)
        return (
            Symbol(term.name, span=term.span) if known is None else Symbol(term.name, known, span=term.span)
        )
    if isinstance(term, Element) and isinstance(term.base, Symbol):
        name = symbol_name(node)
        raise fail(node, f"integration over the component {name}")
    raise fail(node, "an integral by something that is no variable")


# Values between bounds -----------------------------------------------------------------------------------


def evaluated(r: Reader, node: s.Evaluated) -> Term:
    body = r.term(node.body)
    if node.sub is None:
        raise fail(node, "a value at a point that is not given")
    if node.sup is None:
        return at_values(r, node, body, node.sub)
    variable_: Term
    if isinstance(node.sub, s.Chain) and node.sub.first is not None and len(node.sub.links) == 1:
        variable_, low = r.term(node.sub.first), r.term(node.sub.links[0].right)
        high = r.term(_value(node.sup))
    else:
        low, high = r.term(node.sub), r.term(_value(node.sup))
        found = _variable_of(r, body, (low, high))
        if found is None:
            return Apply("between", (body, low, high), span=node.span)
        variable_ = found
    upper = At(body, variable_, high, span=node.span)
    return Add((upper, Neg(At(body, variable_, low, span=node.span), span=node.span)), span=node.span)


def at_values(r: Reader, node: Any, body: Term, sub: Any) -> Term:
    """The term with the values below its bar (or bracket) put in."""
    items = sub.items if isinstance(sub, s.Sequence) else (sub,)
    for item in items:
        if isinstance(item, s.Chain) and item.first is not None and len(item.links) == 1:
            link = item.links[0]
            if link.relation not in ("=", "to"):
                raise fail(item, "this condition on a value")
            body = At(body, r.term(item.first), r.term(link.right), span=node.span)
        else:
            value = r.term(item)
            found = _variable_of(r, body, (value,))
            if found is None:
                raise fail(node, "bounds without the name of their variable")
            body = At(body, found, value, span=node.span)
    return body


def _variable_of(r: Reader, body: Term, values: tuple[Term, ...]) -> Symbol | None:
    """The variable for bounds without a name: that of the integral or derivative, or the only one."""
    if isinstance(body, Derivative) and len(body.variables) == 1 and isinstance(body.variables[0][0], Symbol):
        return body.variables[0][0]
    names = free_symbols(body)
    candidates = [n for n in dict.fromkeys(r.evidence.integrated) if n in names]
    if len(names) > 1 and candidates and all(n in ("u", "v") for n in candidates):
        return None  # uv - \int v\,du: what the bounds are of is not said
    if not candidates:
        outside = {n for v in values for n in free_symbols(v)}
        candidates = [
            n for n in names if n not in outside and r.role(n) not in ("function", "constant", "index")
        ]
        called = {t.function.name for t in _calls(body) if isinstance(t.function, Symbol)}
        candidates = [n for n in candidates if n not in called]
        if len(candidates) != 1:  # from t_0 to t: the letter that both bounds share
            values_ = [v.name for v in values if isinstance(v, Symbol)]
            candidates = [
                n for n in values_ if n in names and all(v == n or v.startswith(n + "_") for v in values_)
            ]
    if set(candidates) < {"u", "v"} and {"u", "v"} - set(candidates) <= set(r.evidence.integrated):
        return None  # the same, of v alone
    return names[candidates[0]] if len(candidates) == 1 else None


def _calls(body: Term) -> list[Call]:
    from derive.term.traverse import walk

    return [t for t in walk(body) if isinstance(t, Call)]
