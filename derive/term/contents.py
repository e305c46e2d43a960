"""What a term has in it: which kinds of nodes, which operators. A node is gone through once and then knows.

"Is there any …?" is a bit test, and going through the nodes of one kind leaves out all parts without any.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar, get_args

from derive.term.nodes import Apply, Term, _Term
from derive.term.traverse import children

K = TypeVar("K")
_BITS: dict[type, int] = {kind: 1 << k for k, kind in enumerate(get_args(Term))}
_NONE: frozenset[str] = frozenset()
_SETS: dict[frozenset[str], frozenset[str]] = {}
"""One object for each set of operators: many terms have the same."""
_MOST_SETS = 10_000


def has(term: Term, *kinds: type) -> bool:
    """Whether a node of one of these kinds is in the term, itself included."""
    wanted = 0
    for kind in kinds:
        wanted |= _BITS[kind]
    return bool(_held(term)[0] & wanted)


def heads(term: Term) -> frozenset[str]:
    """The heads of all `Apply` in the term."""
    return _held(term)[1]


def among(term: Term, kind: type[K]) -> Iterator[K]:
    """The nodes of one kind, in the order of `walk`."""
    bit = _BITS[kind]
    return (
        _among(term, kind, bit) if _held(term)[0] & bit else iter(())
    )  # there is none in most that are asked


def _among(term: Term, kind: type[K], bit: int) -> Iterator[K]:
    stack = [term]
    while stack:
        node = stack.pop()
        if _held(node)[0] & bit:
            if type(node) is kind:
                yield node
            stack.extend(children(node)[::-1])


def _held(term: Term) -> tuple[int, frozenset[str]]:
    return getattr(term, "_held", None) or _found(term)


_KEEP = _Term.__dict__["_held"].__set__


def _found(term: Term) -> tuple[int, frozenset[str]]:
    """Bottom up, without recursion: depth is no limit."""
    stack = [term]
    found = (0, _NONE)
    while stack:
        node = stack[-1]
        bits, names = _BITS[type(node)], _NONE
        missing = False
        for part in children(node):
            known = getattr(part, "_held", None)
            if known is None:
                stack.append(part)
                missing = True
            elif not missing:
                bits |= known[0]
                names = names | known[1] if names and known[1] else names or known[1]
        if missing:
            continue
        stack.pop()
        if type(node) is Apply:
            names = names | {node.head}
        found = (bits, _SETS.setdefault(names, names) if names else _NONE)
        _KEEP(node, found)
    if len(_SETS) > _MOST_SETS:
        _SETS.clear()
    return found
