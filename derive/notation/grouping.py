"""Which items between commas are statements of their own."""

from __future__ import annotations

from derive.notation.syntax import (
    Apply,
    Chain,
    Ellipsis,
    Fence,
    Infix,
    Juxtaposition,
    Link,
    Name,
    Prefix,
    Scripts,
    Sequence,
    Syntax,
    Text,
)

_MEMBERSHIP = frozenset(["in", "<", "<=", ">", ">=", "sim", "subset", "subseteq", "!=", "notin", "ni"])


def grouped(items: list[Syntax]) -> tuple[Syntax, ...]:
    """`i = 1, \\dots, n` and `x, y \\in S` are one statement each; `a = 1, b = 2` are two."""
    found: list[Syntax] = []
    waiting: list[Syntax] = []
    more: list[Syntax] = []  # what belongs to the last side of the last chain
    following: Chain | Text | None = None
    ahead: list[tuple[Chain | Text | None, bool]] = []  # the next statement or words, and whether it is next
    adjacent = False
    for item in reversed(items):
        ahead.append((following, adjacent))
        adjacent = isinstance(item, Chain | Text)
        following = item if isinstance(item, Chain | Text) else following
    dotted = False
    for item, (after, adjacent) in zip(items, reversed(ahead), strict=True):
        chain = isinstance(item, Chain) and item.first is not None
        if (chain or isinstance(item, Text | Prefix)) and more:
            found[-1] = _extended(found[-1], more)
            more = []
        if isinstance(item, Chain) and item.first is not None:
            if waiting and _names(waiting) and item.links[0].relation in _MEMBERSHIP | {"="}:
                first = _listed(waiting, item.first)
                item = Chain(waiting[0].span.cover(item.span), first, item.links)
            else:
                found.extend(waiting)
            waiting = []
            found.append(item)
            dotted = any(isinstance(x, Ellipsis) for x in _side(item))
        elif isinstance(item, Text | Prefix) or not found or not isinstance(found[-1], Chain):
            waiting.append(item)
        elif (
            isinstance(after, Chain) and isinstance(item, Ellipsis) and adjacent and not more and not waiting
        ):
            found.append(item)  # `x_1 = a, \\dots, x_n = b`
        elif (
            waiting
            or (not dotted and not more and _applies(item))
            or (
                isinstance(after, Chain)
                and _names([item])
                and not dotted
                and after.links[0].relation in _MEMBERSHIP
                and not isinstance(item, Ellipsis)
            )
        ):
            waiting.append(item)
        else:
            more.append(item)
            dotted = dotted or isinstance(item, Ellipsis)
    if more:
        found[-1] = _extended(found[-1], more)
    found.extend(waiting)
    return tuple(found)


def _listed(names: list[Syntax], last: Syntax) -> Syntax:
    """The names as one side; `X, Y | Z` is the pair under the condition."""
    span = names[0].span.cover(last.span)
    if isinstance(last, Infix) and last.op == "given":
        return Infix(
            span, "given", Sequence(names[0].span.cover(last.left.span), (*names, last.left)), last.right
        )
    return Sequence(span, (*names, last))


def _names(items: list[Syntax]) -> bool:
    """Names, with or without scripts: what may be declared together."""
    return all(isinstance(item, Name | Scripts | Ellipsis) for item in items)


def _applies(item: Syntax) -> bool:
    """`a = b, f(x)`: an application is no further value of a."""
    if isinstance(item, Juxtaposition):
        return any(isinstance(factor, Fence) for factor in item.factors)
    return isinstance(item, Apply)


def _side(chain: Syntax) -> tuple[Syntax, ...]:
    right = chain.links[-1].right if isinstance(chain, Chain) else chain
    return right.items if isinstance(right, Sequence) else (right,)


def _extended(chain: Syntax, items: list[Syntax]) -> Syntax:
    """The chain with more items on its last side."""
    assert isinstance(chain, Chain)
    last = chain.links[-1]
    span = last.right.span.cover(items[-1].span)
    if isinstance(last.right, Chain):
        right: Syntax = _extended(last.right, items)
    elif isinstance(last.right, Sequence):
        right = Sequence(span, (*last.right.items, *items), last.right.separator)
    else:
        right = Sequence(span, (last.right, *items))
    link = Link(last.span.cover(span), last.relation, last.relation_span, right, last.note)
    return Chain(chain.span.cover(span), chain.first, (*chain.links[:-1], link))
