"""`q - t` where only the entries `q_k` are defined and nothing tells how many: q is no number to put in."""

from __future__ import annotations

from collections.abc import Iterator

from derive.calculus.lengths import length_of
from derive.judge.doubts.doubt import Open
from derive.model import Claim, Verdict
from derive.reasons import Reason, no_definition
from derive.term.nodes import Element, Symbol, Term
from derive.term.traverse import children


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    families = {name: d for name, d in claim.scope.definitions.items() if d.kind == "element"}
    bare = {n for side in (claim.left, claim.right) for n in _bare(side)} if families else set()
    names = [n for n in sorted(bare & families.keys()) if length_of(families[n], claim.scope) is None]
    return no_definition(*names) if names else None


def _bare(term: Term) -> Iterator[str]:
    """The letters that stand by themselves, with no index."""
    match term:
        case Symbol(name=name):
            yield name
        case Element(base=Symbol(), indices=indices):
            for index in indices:
                yield from _bare(index)
        case _:
            for child in children(term):
                yield from _bare(child)


DOUBT = Open(
    "doubt/whole-family",
    "only the entries of a letter are defined, and nothing tells how many there are",
    reason,
    lifts=("Let $q_k = a_k^2$. Therefore $$s = 2 (q + a) = 2 q + a.$$",),
    stands=("Let $q_k = a_k^2$. Therefore $$s = 2 (q_k + a_k) = 2 q_k + a_k.$$",),
)
