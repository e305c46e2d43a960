"""How far `\\bmod` reaches: it binds as a product does, or more loosely than products, or than sums."""

from __future__ import annotations

from typing import Any

from derive.meaning.reader import Reader
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import Apply, Term

_PRODUCTS = frozenset({"cdot", "times", "*", "mod"})
_IN_TURN = ("in turn", Choice(Chosen.MOD_IN_TURN))
_WHOLE = ("whole", Choice(Chosen.MOD_OF_WHOLE_PRODUCT))
_NEAR = ("near", Choice(Chosen.MOD_OF_FACTOR_ALONE))
_OF_SUM = (
    ("term", Choice(Chosen.MOD_OF_LAST_TERM)),
    ("sum", Choice(Chosen.MOD_OF_WHOLE_SUM)),
)


def of_product(r: Reader, node: s.Infix) -> Term | None:
    """`7 \\bmod 2 \\cdot 3` read as 7 mod (2·3); None where mod takes its turn among the factors."""
    operands: list[Any] = []
    ops: list[str] = []
    left: Any = node
    while isinstance(left, s.Infix) and left.op in _PRODUCTS:
        operands.append(left.right)
        ops.append(left.op)
        left = left.left
    operands.append(left)
    operands.reverse()
    ops.reverse()
    if ops.count("mod") != 1 or len(ops) == 1:
        return None
    at = ops.index("mod")
    last = len(operands) - 1
    # with factors behind it, it may take them all; with factors before it, the last of them alone
    answers = (_IN_TURN, *((_WHOLE,) if at + 1 < last else ()), *((_NEAR,) if at else ()))
    match r.ask(f"mod:{node.span.start}", answers):
        case "whole":
            left, right = _product(operands[: at + 1], ops), _product(operands[at + 1 :], ops[at + 1 :])
            return Apply("mod", (r.term(left), r.term(right)), span=node.span)
        case "near":
            remainder = _product(operands[at : at + 2], ["mod"])
            near = s.Fence(remainder.span, "(", ")", remainder)
            return r.term(_product([*operands[:at], near, *operands[at + 2 :]], [*ops[:at], *ops[at + 1 :]]))
        case _:
            return None


def of_sum(r: Reader, node: s.Sum) -> Term | None:
    """`a + b \\bmod n` read as (a + b) mod n; None where mod is of the last term alone."""
    *before, (sign, last) = node.parts
    if not before or not isinstance(last, s.Infix) or last.op != "mod":
        return None
    if r.ask(f"mod:{last.span.start}", _OF_SUM) == "term":
        return None
    whole = s.Sum(node.span.cover(last.left.span), (*before, (sign, last.left)))
    return Apply("mod", (r.term(whole), r.term(last.right)), span=node.span)


def _product(operands: list[Any], ops: list[str]) -> Any:
    product = operands[0]
    for op, operand in zip(ops, operands[1:], strict=False):
        product = s.Infix(product.span.cover(operand.span), op, product, operand)
    return product
