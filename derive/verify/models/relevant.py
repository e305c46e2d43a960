"""Which hypotheses bear on a claim: those that its symbols reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from derive.term import nodes as t
from derive.term.traverse import free_symbols

EQUATIONS = frozenset(("=", ":=", "equiv", "defined"))


def relevant(hypotheses: Sequence[t.Term], names: Iterable[str]) -> tuple[list[t.Term], list[t.Term]]:
    """The single relations that share symbols with the claim, directly or through others.

    And the right sides of those left out that only give a meaning to a symbol used nowhere else: they
    must have a value still.
    """
    wanted = set(names)
    left = [(h, set(free_symbols(h))) for h in hypotheses]
    defined: list[t.Term] = []
    changed = True
    while changed:
        changed = False
        for k, (h, own) in enumerate(left):
            meaning = _meaning(h)
            if meaning is None or meaning[0] in wanted:
                continue
            if any(meaning[0] in other for j, (_, other) in enumerate(left) if j != k):
                continue
            if own & wanted:
                defined.append(meaning[1])
            del left[k]
            changed = True
            break
    reached = set(wanted)
    kept: list[t.Term] = []
    pending = left
    while True:
        near = [(h, own) for h, own in pending if own & reached or not own]
        if not near:
            break
        kept.extend(h for h, _ in near)
        for _, own in near:
            reached |= own
        pending = [p for p in pending if p not in near]
    order = {id(h): k for k, (h, _) in enumerate(left)}
    return sorted(kept, key=lambda h: order[id(h)]), defined


def _meaning(h: t.Term) -> tuple[str, t.Term] | None:
    """(name, what it stands for) of an equation that gives one: `y = …`, `y_i = …`, `f(x) = …`."""
    if not isinstance(h, t.Relation) or h.op not in EQUATIONS:
        return None
    for a, b in ((h.left, h.right), (h.right, h.left)):
        head = a
        if isinstance(head, t.Element):
            head = head.base
        elif isinstance(head, t.Call):
            head = head.function
        if isinstance(head, t.Symbol) and head.name not in free_symbols(b):
            return head.name, b
    return None
