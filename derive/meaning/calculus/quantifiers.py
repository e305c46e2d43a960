"""`\\forall` and `\\exists` with what they state."""

from __future__ import annotations

from typing import Any

from derive.facts.naming import spell, symbol_name
from derive.facts.pieces import walk
from derive.meaning.reader import Reader, fail
from derive.notation import syntax as s
from derive.term.nodes import Apply, Constant, Term


def _mentions(node: Any, names: set[str]) -> bool:
    return any(isinstance(n, s.Name) and spell(n) in names for n in walk((node,)))


def quantified(r: Reader, node: s.Prefix, head: str) -> Term:
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
