"""The normal form of terms, and equality by it: a difference that is zero in the ring is a proof.

`prove_equal` reads both sides into one ring of rational functions over kernels (`normal_ring`), with
hypotheses that are equations substituted or reduced by, and compares numerators. A proof names the
conditions it used; see `Proof`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from derive.calculus.resolve import TooLarge, measure, resolve_pair
from derive.term.nodes import ZERO, Constant, Mul, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols
from derive.verify.normal.arrays import of_arrays, prove_arrays, read_number
from derive.verify.normal.expectations import read_expectation
from derive.verify.normal.heads import READERS
from derive.verify.normal.hypotheses import assume
from derive.verify.normal.proof import Proof, in_ideal, proved
from derive.verify.normal.reader import Constructs, Reader
from derive.verify.normal.ring import Budget, Ratio, Restart, Settings, Undefined, Unsupported
from derive.verify.normal.sums import read_big, read_integral

T = TypeVar("T")
_RESTARTS = 24
_CONSTRUCTS = Constructs(READERS, read_big, read_integral, read_expectation, read_number)


def attempt(scope: Scope, work: Callable[[Reader], T], settings: Settings | None = None) -> T | None:
    """`work` on a reader over the scope, started over as the ring demands; None where the terms have
    no place in the ring or cost too much."""
    settings = settings or Settings()
    for _ in range(_RESTARTS):
        reader = Reader(scope, settings, _CONSTRUCTS)
        try:
            assume(reader, scope)
            return work(reader)
        except Restart:
            continue
        except (Budget, Unsupported, Undefined, TooLarge, RecursionError, OverflowError):
            return None
    return None


def normal_form(term: Term, scope: Scope) -> Term | None:
    """The term as a reduced fraction over kernels, written out again; None where it has none.

    Definitions are not followed: resolve the term first.
    """

    def work(reader: Reader) -> Term:
        return reader.powers.term(reader.read(term))

    return attempt(scope, work)


def prove_equal(left: Term, right: Term, scope: Scope) -> Proof | None:
    """A proof that both sides agree wherever both are defined, or None.

    Definitions are followed and derivatives taken first. Tried without assumptions, then with those
    that products under logarithms and roots need.
    """
    try:
        left, right = resolve_pair(left, right, scope)
    except TooLarge:
        return None
    return prove_resolved(left, right, scope)


def prove_resolved(left: Term, right: Term, scope: Scope) -> Proof | None:
    """The same for terms that are resolved already."""
    if any(depth > 150 or size > 6000 for depth, size in (measure(left), measure(right))):
        return None
    if left == right:
        return Proof("identical")
    if Constant("infinity") in (left, right):
        return None

    def work(reader: Reader) -> Proof | None:
        return _compare(reader, left, right)

    settings = Settings()
    proof = attempt(scope, work, settings) or _arrays(left, right, scope)
    if proof is None and _has_arrays(left, right):
        from derive.verify.indices.prove import prove_by_indices

        proof = prove_by_indices(left, right, scope)
    if proof is None and right == ZERO:  # the zero of an array's own shape
        proof = _arrays(left, Mul((ZERO, left)), scope)
    if proof is None and settings.asked:  # where no step hung on an assumption, none will
        proof = attempt(scope, work, Settings(assume=True))
    return proof


def _has_arrays(left: Term, right: Term) -> bool:
    return any(s.type.shape != () for side in (left, right) for s in free_symbols(side).values())


def _arrays(left: Term, right: Term, scope: Scope) -> Proof | None:
    if not of_arrays(left, right):
        return None
    return attempt(scope, lambda reader: prove_arrays(reader, left, right))


def _compare(reader: Reader, left: Term, right: Term) -> Proof | None:
    ring = reader.ring
    a = reader.read(left)
    first, reader.denominators = reader.denominators, {}
    b = reader.read(right)
    second, reader.denominators = reader.denominators, {}
    difference = ring.sub(a, b)
    if difference.num != 0 and not in_ideal(reader, difference):
        return None
    left_factors, right_factors = _factors(reader, first), _factors(reader, second)
    both = {**left_factors, **right_factors}
    return proved(reader, "normal form", both, set(left_factors) ^ set(right_factors))


def _factors(reader: Reader, denominators: dict[str, Any]) -> dict[str, Any]:
    """The irreducible factors of the denominators that may be zero, by key."""
    ring, found = reader.ring, {}
    for poly in denominators.values():
        if poly == 0:
            continue
        for f, _ in ring.factors(Ratio(poly, ring.unit))[1]:
            found[ring.poly_key(f)] = f
    return found
