"""Integrals: signs, differentials, bounds, measures."""

from __future__ import annotations

from typing import Any

from derive.classes import replace
from derive.facts.naming import symbol_name
from derive.facts.pieces import walk
from derive.meaning.calculus.fractions import flat, is_d, joined
from derive.meaning.reader import Reader, fail
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import ONE, Apply, Call, Element, Integral, Prime, Symbol, Term
from derive.term.traverse import free_symbols, map_children


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
        bounds = [r.term(bound_value(node.sub)), r.term(bound_value(node.sup))]
    variable = symbol_name(d[1])
    with r.binding([] if variable is None else [variable]):
        body = r.term(joined(tuple(rest))) if rest else ONE
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
    bounds = tuple(r.term(bound_value(x)) for x in (node.sub, node.sup) if x is not None)
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
        lower, upper = r.term(bound_value(sub)), r.term(bound_value(sup))
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


def bound_value(sub: Any) -> Any:
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
