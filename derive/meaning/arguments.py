"""What stands in the parenthesis behind a function: its arguments, one by one."""

from __future__ import annotations

from typing import Any

from derive.meaning.reader import Reader, fail
from derive.notation import syntax as s
from derive.term.nodes import Term


def cover(a: Any, b: Any) -> Any:
    return a.span.cover(b.span)


def arguments(r: Reader, fence: s.Fence) -> tuple[Term, ...]:
    body = fence.body
    if body is None:
        raise fail(fence, "an application without arguments")
    body = unlisted(body)
    if isinstance(body, s.Sequence):
        flat: list[Term] = []
        for item in body.items:
            if isinstance(item, s.Sequence):
                flat.extend(r.term(x) for x in item.items)
            else:
                flat.append(r.term(item))
        return tuple(flat)
    return (r.term(body),)


def unlisted(body: Any) -> Any:
    """`y = 1, x` among arguments: the relation holds the first item only, the others are arguments."""
    if isinstance(body, s.Chain) and isinstance(body.links[-1].right, s.Sequence) and body.first is not None:
        last = body.links[-1]
        value, *others = last.right.items  # type: ignore[union-attr]
        link = s.Link(last.span, last.relation, last.relation_span, value, last.note)
        chain = s.Chain(body.first.span.cover(value.span), body.first, (*body.links[:-1], link))
        return s.Sequence(body.span, (chain, *others))
    return body
