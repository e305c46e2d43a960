"""What a document says of chance in words: what a random space must then be like, or cannot be."""

from __future__ import annotations

from derive.term.nodes import Expectation, Probability, Term
from derive.term.scope import Scope
from derive.term.traverse import walk
from derive.verify.probability import space as space

_INDEPENDENT = frozenset(
    "independent independence independently iid i.i.d i.i.d. uncorrelated orthogonal unrelated".split()
)
_IDENTICAL = frozenset("identically iid i.i.d i.i.d. exchangeable copies".split())
_CONDITIONAL = frozenset(
    "markov markovian conditionally graphical bayesian naive factorizes factorises factorize factorise "
    "factorization factorisation d-separated separated".split()
)
_EXCLUSIVE = frozenset("disjoint exclusive partition partitions".split())
_CENTRED = frozenset("zero-mean centered centred mean-zero noise".split())
SPOKEN = _INDEPENDENT | _IDENTICAL | _CONDITIONAL | _EXCLUSIVE | _CENTRED | {"zero", "mean"}
"""All that is looked for among the words of a document."""


def _words(scope: Scope) -> frozenset[str]:
    return SPOKEN.intersection((scope.options.get("words") or "").lower().split())


def structures_of(scope: Scope) -> tuple[tuple[str, bool], ...]:
    """The structures in which a refutation must stand as well, and whether means are 0 there."""
    words = _words(scope)
    centred = bool(words & _CENTRED) or {"zero", "mean"} <= words
    found: list[tuple[str, bool]] = []
    if words & _INDEPENDENT:
        found.append((space.INDEPENDENT, False))
    if words & _IDENTICAL:
        found.append((space.IDENTICAL, False))
    if words & _CONDITIONAL:
        found += [(space.CHAIN, False), (space.STAR, False)]
    if words & _EXCLUSIVE:
        found.append((space.EXCLUSIVE, False))
    if centred:
        found.append((space.GENERAL, True))
        found += [(s, True) for s, _ in found if s in (space.INDEPENDENT, space.IDENTICAL)]
    return tuple(found)


def unhonoured(scope: Scope, left: Term, right: Term) -> str | None:
    """What the text says of the distribution that no finite table can follow: a normal distribution, …"""
    named = scope.options.get("distributions")
    if not named:
        return None
    for side in (left, right):
        for node in walk(side):
            if isinstance(node, Expectation) and node.under is None and node.op not in ("KL",):
                return named
            if isinstance(node, Probability) and node.function is None:
                return named
    return None
