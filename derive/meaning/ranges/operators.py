"""Sums, products, extremes: operators over a range."""

from __future__ import annotations

from typing import Any

from derive.classes import replace
from derive.facts.naming import spell
from derive.facts.pieces import walk as syntax_walk
from derive.meaning.ranges.bounds import bound_names, read_binders
from derive.meaning.ranges.limits import limit
from derive.meaning.reader import INDEX, Reader, fail
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.contents import among
from derive.term.nodes import Apply, BigOp, Binder, Element, Symbol, Term
from derive.term.traverse import free_symbols

EXTREMA = frozenset({"max", "min", "sup", "inf", "argmax", "argmin"})


LIMITS = frozenset({"lim", "limsup", "liminf"})


SUMS = frozenset({"sum", "prod", "coprod"})


def big(r: Reader, node: s.Big) -> Term:
    if node.op in LIMITS:
        return limit(r, node)
    if isinstance(node.body, s.Missing):
        raise fail(node, f"{node.op} without its body")
    if node.op in EXTREMA and node.sub is None and node.sup is None:
        return _extremum(r, node)
    return ranged(r, node)


def _extremum(r: Reader, node: s.Big) -> Term:
    """`\\max(a, b)`, `\\max\\{a, b\\}`, `\\max S`."""
    body = node.body
    if node.op in ("max", "min") and isinstance(body, s.Fence) and body.body is not None:
        if isinstance(body.body, s.Sequence) and body.open in ("(", "{", "["):
            return Apply(node.op, tuple(r.term(i) for i in body.body.items), span=node.span)
        if body.open == "{" and isinstance(body.body, s.Bar):
            return Apply(node.op, (r.term(body),), span=node.span)
        if body.open in ("(", "["):
            return Apply(node.op, (r.term(body.body),), span=node.span)
    if node.op in ("max", "min") and not isinstance(body, s.Fence):
        return Apply(node.op, (r.term(body),), span=node.span)
    return BigOp(node.op, r.term(body), (), span=node.span)


def ranged(r: Reader, node: s.Big) -> Term:
    behind = _behind_product(r, node)
    if behind is not None:
        return behind
    with r.binding(names := bound_names(r, node.sub, node)):
        body = r.term(node.body)
        binders = read_binders(r, node, names)
    if not binders and node.op in SUMS:
        binders = (Binder(_implied_index(body)),)
        body = _with_index_types(body, binders)
    return BigOp(node.op, body, binders, span=node.span)


def _behind_product(r: Reader, node: s.Big) -> Term | None:
    """`\\prod_i q_i \\ln p`: factors without the index are rather no part of a product over it; in a sum
    it makes no difference."""
    names = set(bound_names(r, node.sub, node))
    if node.op != "prod" or not names or not isinstance(node.body, s.Juxtaposition):
        return None
    factors = node.body.factors
    last = max((k for k, f in enumerate(factors) if names & _free_names(r, f)), default=len(factors))
    if last + 1 >= len(factors):
        return None
    behind = factors[last + 1]
    if isinstance(behind, s.Fence) and behind.open != "{":
        return None
    options = (
        ("narrow", Choice(Chosen.PRODUCT_OVER_FACTORS_THAT_HOLD_ITS_INDEX)),
        ("wide", Choice(Chosen.PRODUCT_OVER_ALL_FACTORS_THAT_FOLLOW_IT)),
    )
    if r.ask("reach:product", options) == "wide":
        return None
    held = factors[: last + 1]
    inside = s.Juxtaposition(held[0].span.cover(held[-1].span), held) if last else held[0]
    first = s.Big(node.span, node.op, node.sub, node.sup, inside)
    return r.term(s.Juxtaposition(node.span, (first, *factors[last + 1 :])))


def _free_names(r: Reader, node: Any) -> set[str]:
    """The letters in a piece that no big sign within it binds."""
    inner = {n for b in syntax_walk((node,)) if isinstance(b, s.Big) for n in bound_names(r, b.sub, b)}
    return {spell(n) for n in syntax_walk((node,)) if isinstance(n, s.Name)} - inner


def _with_index_types(body: Term, binders: tuple[Binder, ...]) -> Term:
    return body


def _implied_index(body: Term) -> Symbol:
    """`\\sum y^{(i)}` without bounds runs over the one index of its body, or over a letter that is free."""
    free = free_symbols(body)
    seen = [
        i.name for t in among(body, Element) for i in t.indices if isinstance(i, Symbol) and i.name in free
    ]
    single = list(dict.fromkeys(seen))
    if len(single) == 1:
        return replace(free[single[0]], type=INDEX)
    if "i" in single:
        return Symbol("i", INDEX)
    return Symbol(next(n for n in ("i", "j", "k", "l", "m", "n", "p", "q") if n not in free), INDEX)


# Families --------------------------------------------------------------------------------


def family(r: Reader, node: s.Scripts, base: s.Fence) -> Term | None:
    """`\\{x_i\\}_{i=1}^n`, `(a_n)_{n \\ge 0}`: a sequence with its range."""
    sub = node.sub
    if base.body is None or not (
        isinstance(sub, s.Chain) or (isinstance(sub, s.Name) and spell(sub) in r.evidence.subscripts)
    ):
        return None
    if isinstance(sub, s.Name) and base.open != "{" and spell(sub) not in _free_names(r, base.body):
        return None  # `(y_i)_j`: the j-th entry of y_i
    fake = s.Big(node.span, "family", sub, node.sup, base.body)
    names = bound_names(r, sub, fake)
    if not names:
        return None
    with r.binding(names):
        body = r.term(base.body)
        binders = read_binders(r, fake, names)
    return BigOp("family", body, binders, span=node.span)
