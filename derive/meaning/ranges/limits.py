"""Limits: what goes where, and from which side."""

from __future__ import annotations

from typing import Any

from derive.facts.naming import symbol_name
from derive.meaning.ranges.bounds import bound_names, items_of
from derive.meaning.reader import Reader, fail
from derive.notation import syntax as s
from derive.term.nodes import Apply, Limit, Symbol, Term


def limit(r: Reader, node: s.Big) -> Term:
    sub = node.sub
    if isinstance(node.body, s.Missing):
        raise fail(node, "a limit without its body")
    if node.sup is not None:
        raise fail(node.sup, "a superscript on a limit")
    items = _shared(items_of(sub))
    if not items:
        return Apply(f"{node.op}_of", (r.term(node.body),), span=node.span)
    if not all(_moves(item) for item in items):
        with r.binding(bound_names(r, sub, node)):
            under = tuple(r.term(item) for item in items)
            body = r.term(node.body)
        where = under[0] if len(under) == 1 else Apply("and", under, span=node.span)
        return Apply(f"{node.op}_over", (body, where), span=node.span)
    limits: list[tuple[Symbol, Term, str]] = []
    for item in items:
        if isinstance(item, s.Chain) and isinstance(item.first, s.Sequence):
            limits.extend(_approach(r, s.Chain(item.span, v, item.links)) for v in item.first.items)
            continue
        limits.append(_approach(r, item))
    with r.binding([v.name for v, _, _ in limits]):
        body = r.term(node.body)
    for variable, point, side in reversed(limits):
        body = Limit(body, variable, point, side, node.op, span=node.span)
    return body


def _shared(items: list[Any]) -> list[Any]:
    """`x, y \\to \\infty`: letters before a relation go where the last of them goes, together."""
    found: list[Any] = []
    waiting: list[Any] = []
    for item in items:
        if isinstance(item, s.Name | s.Scripts):
            waiting.append(item)
            continue
        if isinstance(item, s.Chain) and waiting and isinstance(item.first, s.Name | s.Scripts):
            span = waiting[0].span.cover(item.first.span)
            together = s.Fence(span, "(", ")", s.Sequence(span, (*waiting, item.first)))
            item = s.Chain(waiting[0].span.cover(item.span), together, item.links)
            waiting = []
        found.extend(waiting)
        waiting = []
        found.append(item)
    return found + waiting


def _moves(item: Any) -> bool:
    """Whether a variable by itself approaches a point; `\\|h\\| \\to 0`, `(x, y) \\to a` are kept."""
    if not isinstance(item, s.Chain) or item.first is None or len(item.links) != 1:
        return False
    if item.links[0].relation not in APPROACHES:
        return False
    firsts = item.first.items if isinstance(item.first, s.Sequence) else (item.first,)
    return all(symbol_name(v) is not None or _increment(v) for v in firsts)


def _increment(node: Any) -> bool:
    """`\\Delta x`, `dx`: one symbol by custom."""
    return (
        isinstance(node, s.Juxtaposition)
        and len(node.factors) == 2
        and isinstance(node.factors[0], s.Name)
        and node.factors[0].name in ("Delta", "delta", "d")
    ) or isinstance(node, s.Prefix)


APPROACHES = frozenset("to implies downarrow uparrow searrow nearrow longrightarrow".split())


def _approach(r: Reader, item: Any) -> tuple[Symbol, Term, str]:
    if not isinstance(item, s.Chain) or item.first is None or len(item.links) != 1:
        raise fail(item, "this limit")
    link = item.links[0]
    if link.relation not in APPROACHES:
        raise fail(item, "this limit")
    name = symbol_name(item.first)
    if name is None:
        increment = r.term(item.first)
        if not isinstance(increment, Symbol):
            raise fail(item.first, "a limit in something that is no variable")
        name = increment.name
    side = {"downarrow": "+", "searrow": "+", "uparrow": "-", "nearrow": "-"}.get(link.relation, "+-")
    right = link.right
    if isinstance(right, s.Scripts) and isinstance(right.sup, s.Name) and right.sup.name in ("+", "-"):
        side = right.sup.name
        right = right.base if right.sub is None else s.Scripts(right.span, right.base, right.sub)
    elif isinstance(right, s.Juxtaposition) and len(right.factors) == 2 and _side_mark(right.factors[1]):
        side, right = right.factors[1].name, right.factors[0]  # type: ignore[union-attr]
    elif isinstance(right, s.Sum) and len(right.parts) == 1:
        sign, part = right.parts[0]
        if isinstance(part, s.Scripts) and isinstance(part.sup, s.Name) and part.sup.name in ("+", "-"):
            side = part.sup.name
            right = s.Sum(right.span, ((sign, part.base),))
    known = r.scope.symbols.get(name)
    symbol = (
        Symbol(name, span=item.first.span) if known is None else Symbol(name, known, span=item.first.span)
    )
    return symbol, r.term(right), side


def _side_mark(node: Any) -> bool:
    return isinstance(node, s.Name) and node.name in ("+", "-")
