"""Operators before what they act on: ∇, ∂, d, Δ, ¬, Re, Im."""

from __future__ import annotations

from typing import Any

from derive.facts.naming import spell, symbol_name
from derive.facts.pieces import walk
from derive.meaning.calculus.derivatives import variable
from derive.meaning.calculus.fractions import joined
from derive.meaning.calculus.quantifiers import quantified
from derive.meaning.reader import Reader, fail
from derive.meaning.slots import at_point
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import ONE, Apply, Mul, Symbol, Term, Tuple


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
            return quantified(r, node, base.name.replace("!", "_unique"))
        case "Re" | "Im":
            return Apply(base.name, (r.term(operand_),), span=node.span)
        case _:
            raise fail(operator_, f"the operator {base.name}")


def _narrow_operand(r: Reader, node: s.Prefix, operand_: s.Juxtaposition) -> Term | None:
    """`\\nabla \\log p(x) Q(x)`: how far the operator reaches is open; None for the whole product."""
    factors = operand_.factors
    if (turned := _turned_value(factors)) is not None:
        # the transpose is the gradient's: a value of a function has none
        row = Apply("transpose", (r.term(s.Prefix(node.span, node.operator, turned)),), span=node.span)
        if len(factors) == 2:
            return row
        behind = r.term(joined(factors[2:]))
        return Mul((row, *(behind.args if isinstance(behind, Mul) else (behind,))), span=node.span)
    first = (
        2
        if len(factors) > 1 and isinstance(factors[1], s.Fence) and isinstance(factors[0], s.Name | s.Scripts)
        else 1
    )
    if len(factors) <= first or _row(factors[0]) or _numeral(factors[0]):
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
    inner = joined(factors[:first])
    value = r.term(s.Prefix(node.span, node.operator, inner))
    rest = r.term(joined(factors[first:]))
    more = rest.args if isinstance(rest, Mul) and len(factors) - first > 1 else (rest,)
    return Mul((value, *more), span=node.span)


def _turned_value(factors: tuple[Any, ...]) -> Any:
    """The `f(x)` of `f(x)^\\top v`; None where the factors begin with something else."""
    match factors:
        case (s.Name() | s.Scripts() as function, s.Scripts(base=s.Fence(open="(")) as arguments, *_) if _row(
            arguments
        ):
            return joined((function, arguments.base))
        case _:
            return None


def _numeral(node: Any) -> bool:
    """`\\frac12` in front of what is differentiated."""
    if isinstance(node, s.Fraction):
        return isinstance(node.numerator, s.Number) and isinstance(node.denominator, s.Number)
    return isinstance(node, s.Number)


def _row(node: Any) -> bool:
    """`(x - \\mu)^\\top`: the first factor of a number that is written as a product, no operand by itself."""
    return (
        isinstance(node, s.Scripts)
        and isinstance(node.sup, s.Name)
        and node.sup.name in ("top", "T", "intercal", "transpose")
    )


def _nabla(r: Reader, node: s.Prefix, sub: Any, sup: Any, operand_: Any) -> Term:
    body = r.term(operand_)
    squared = isinstance(sup, s.Number) and sup.text == "2"
    if sup is not None and not squared:
        name = symbol_name(node.operator)
        if name is None:
            raise fail(sup, "this power of nabla")
        return Apply("operated", (Symbol(name, span=node.operator.span), body), span=node.span)
    if sub is None:
        if squared and fields(r):
            return Apply("laplacian", (body,), span=node.span)
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


def fields(r: Reader) -> tuple[Any, ...]:
    """What the formula takes the divergence or the curl of: fields in space."""

    def found() -> tuple[Any, ...]:
        out = []
        for n in walk(r.nodes):
            match n:
                case s.Prefix(operator=s.Name(name="nabla cdot" | "nabla times"), operand=field):
                    out.append(field)
                case s.Infix(op="cdot" | "times", left=s.Name(name="nabla"), right=field):
                    out.append(field)
        return tuple(out)

    return r.fact(("fields",), found)


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
