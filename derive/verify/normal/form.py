"""The normal form of terms, and equality by it: a difference that is zero in the ring is a proof.

`prove_equal` reads both sides into one ring of rational functions over kernels (`normal_ring`), with
hypotheses that are equations substituted or reduced by, and compares numerators. A proof names the
conditions it used; see `Proof`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from derive.calculus.resolve import TooLarge, measure, resolve_pair
from derive.term.nodes import ZERO, Constant, Mul, Relation, Term, integer
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, substitute
from derive.verify.normal.hypotheses import assume
from derive.verify.normal.ring import Budget, Ratio, Restart, Settings, Undefined, Unsupported
from derive.verify.normal.terms import Reader

T = TypeVar("T")
_RESTARTS = 24


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a claim.

    conditions: LaTeX relations that the steps used and the scope does not give; `assumed` the same as
    terms. generic: they exclude no more than points where a side is undefined, or a thin set; a
    proof that is not generic is a proof under its conditions only, never a plain one.
    witness: plain data that tells how (kernels of the normal form, the law, the derivative taken).
    """

    method: str
    conditions: tuple[str, ...] = ()
    generic: bool = True
    witness: dict[str, Any] = field(default_factory=dict)
    assumed: tuple[Term, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether the claim is proved as it stands."""
        return self.generic


def attempt(scope: Scope, work: Callable[[Reader], T], assumptions: bool = False) -> T | None:
    """`work` on a reader over the scope, started over as the ring demands; None where the terms have
    no place in the ring or cost too much."""
    settings = Settings(assume=assumptions)
    for _ in range(_RESTARTS):
        reader = Reader(scope, settings)
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

    proof = attempt(scope, work) or _arrays(left, right, scope)
    if proof is None and right == ZERO:  # the zero of an array's own shape
        proof = _arrays(left, Mul((ZERO, left)), scope)
    if proof is None:
        proof = attempt(scope, work, assumptions=True)
    return proof


def _arrays(left: Term, right: Term, scope: Scope) -> Proof | None:
    from derive.verify.normal.arrays import prove_arrays

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


def in_ideal(reader: Reader, value: Ratio) -> bool:
    from derive.verify.normal.hypotheses import vanishes

    return vanishes(reader, value.num)


def proved(reader: Reader, method: str, denominators: dict[str, Any], one_sided: set[str]) -> Proof:
    """The proof with the conditions used; a denominator on one side alone is named, it excludes only
    points where that side is undefined."""
    powers, signs = reader.powers, reader.signs
    conditions = dict(powers.conditions)
    for key in sorted(one_sided):
        poly = denominators[key]
        if signs.real_poly(poly) and not poly.is_constant() and not signs.nonzero(poly):
            for vanishing in signs.zeros_of(poly):
                conditions.setdefault(Relation("!=", powers.term(vanishing), integer(0)), True)
    kept = {_readable(c): generic for c, generic in conditions.items() if reader.holds(c) is not True}
    return Proof(
        method,
        tuple(_latex(c) for c in kept),
        all(kept.values()),
        {"kernels": [k.key for k in reader.ring.kernels][:40]},
        tuple(kept),
    )


def _readable(condition: Term) -> Term:
    """With letters for the nameless indices of sums."""
    free = free_symbols(condition)
    nameless = [s for name, s in free.items() if name.startswith("\\#")]
    letters = (letter for letter in "ijklrstuv" if letter not in free)
    named: dict[Term, Term] = {s: replace(s, name=x) for s, x in zip(nameless, letters, strict=False)}
    return substitute(condition, named)


def _latex(term: Term) -> str:
    return tidy(term).to_latex()


def tidy(condition: Term) -> Term:
    """`x - 1 > 0` as `x > 1` where the constant stands alone."""
    from derive.term.construct import add, neg
    from derive.term.nodes import Add, Number

    match condition:
        case Relation(op=op, left=Add(args=args), right=Number(value=zero)) if zero == 0:
            constants = [a for a in args if isinstance(a, Number)]
            rest = [a for a in args if not isinstance(a, Number)]
            if constants and rest:
                return Relation(op, add(*rest), neg(constants[0]))
    return condition
