"""Values between bounds, and at a point."""

from __future__ import annotations

from typing import Any

from derive.meaning.calculus.integrals import bound_value
from derive.meaning.reader import Reader, fail
from derive.notation import syntax as s
from derive.term.contents import among
from derive.term.nodes import Add, Apply, At, Call, Derivative, Neg, Symbol, Term
from derive.term.traverse import free_symbols


def evaluated(r: Reader, node: s.Evaluated) -> Term:
    body = r.term(node.body)
    if node.sub is None:
        raise fail(node, "a value at a point that is not given")
    if node.sup is None:
        return at_values(r, node, body, node.sub)
    variable_: Term
    if isinstance(node.sub, s.Chain) and node.sub.first is not None and len(node.sub.links) == 1:
        variable_, low = r.term(node.sub.first), r.term(node.sub.links[0].right)
        high = r.term(bound_value(node.sup))
    else:
        low, high = r.term(node.sub), r.term(bound_value(node.sup))
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

    return [t for t in among(body, Call)]
