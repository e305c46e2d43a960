"""Which letters stand for events, and which products look like the chain rule: facts of two factors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from derive.facts.naming import spell
from derive.notation import syntax as s

_JOINED = ("cap", "cup", "setminus", "mid", "wedge", "vee")


def events(head: Any, fence: Any) -> Iterator[str]:
    """The capital letters that `P(…)` takes the probability of, without their bars and primes."""
    base = head.base if isinstance(head, s.Scripts) else head
    if not isinstance(base, s.Name) or base.name not in ("P", "Pr", "Prob") or base.accents:
        return
    if isinstance(fence, s.Fence) and fence.open in "([{":
        yield from _within(fence.body)
    elif base.name == "Pr":
        yield from _within(fence)


def _within(node: Any) -> Iterator[str]:
    match node:
        case s.Bar(left=left, right=right):
            yield from _within(left)
            yield from _within(right)
        case s.Infix(op=op, left=left, right=right) if op in _JOINED:
            yield from _within(left)
            yield from _within(right)
        case s.Sequence(items=items):
            for item in items:
                yield from _within(item)
        case s.Fence(open="(", body=body):
            yield from _within(body)
        case s.Accent(kind="bar" | "overline", body=body):
            yield from _within(body)
        case s.Scripts(base=base, sup=None | s.Name()):
            yield from _within(base)
        case s.Name(name=name) if len(name) == 1 and (name.isupper() or name in "+-") and not node.font:
            yield spell(s.Name(node.span, name))
        case _:
            return


def chained(left: Any, right: Any) -> bool:
    """`u_a a_x`: what stands below the first letter is the second one, with a letter of its own below."""
    one, other = _below(left), _below(right)
    return one is not None and other is not None and one[1] == other[0] and one[0] != other[1]


def _below(node: Any) -> tuple[str, str] | None:
    if not isinstance(node, s.Scripts) or node.sup is not None or node.primes:
        return None
    if not isinstance(node.base, s.Name) or not isinstance(node.sub, s.Name):
        return None
    if node.base.word or node.sub.word or node.sub.font or node.sub.accents:
        return None
    return spell(node.base), spell(node.sub)
