"""Index notation made simple: δ put in, properties of letters, inverses and reciprocals against what they
undo.

An inverse or a reciprocal knows the sum inside of it. One monomial of that sum is its pivot: where the
pivot stands beside it, `M^{-1} P` becomes δ less the rest, `P/D` becomes one less the rest over D.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from derive.classes import dataclass
from derive.verify.indices.expression import (
    Expression,
    Factor,
    Index,
    Monomial,
    TooMuch,
    _merged,
    atom,
    canonical,
    collected,
    number,
    renewed,
    replaced,
    scaled,
    times,
)
from derive.verify.indices.reading import DELTA, Inside

_ROUNDS = 400


@dataclass(slots=True)
class Simplifier:
    """properties: of letters, by hypotheses. inside: what atoms were made of."""

    properties: Mapping[str, frozenset[str]]
    inside: Mapping[str, Inside]

    def tidy(self, e: Expression) -> Expression:
        """Raises TooMuch where it comes to no end."""
        todo: list[Monomial] = list(e)
        done: list[Monomial] = []
        for _ in range(_ROUNDS):
            if not todo:
                return tuple(m for m in collected(done) if not self._turns_against_itself(m))
            m = todo.pop()
            changed = self._step(m)
            if changed is None:
                done.append(m)
            else:
                todo.extend(changed)
        raise TooMuch

    def _turns_against_itself(self, m: Monomial) -> bool:
        """Whether a monomial with a skew letter is its own negative: `x^\\top K x`."""
        for k, f in enumerate(m.factors):
            if "skew" in self.properties.get(f.atom, ()) and f.exponent == 1 and len(f.slots) == 2:
                turned = (*m.factors[:k], Factor(f.atom, f.slots[::-1]), *m.factors[k + 1 :])
                if canonical(Monomial(m.coefficient, turned, m.bound))[0] == canonical(m)[0]:
                    return True
        return False

    def _step(self, m: Monomial) -> Expression | None:
        """One simplification; None where there is none."""
        factors = _merged(m.factors)
        if len(factors) != len(m.factors):
            return (Monomial(m.coefficient, tuple(factors), m.bound),)
        counts = Counter(s for f in factors for s in f.slots)
        for k, f in enumerate(factors):
            rest = (*factors[:k], *factors[k + 1 :])
            found = self._of_factor(m, f, rest, counts)
            if found is not None:
                return found
        for b, d in m.bound.items():
            if not counts[b]:
                bound = {x: y for x, y in m.bound.items() if x != b}
                return _beside(Monomial(m.coefficient, m.factors, bound), _size(d))
        for b in m.bound:
            if counts[b] == 2 and (found := self._pair(m, factors, b)) is not None:
                return found
        for k, f in enumerate(factors):
            inside = self.inside.get(f.atom)
            if inside is not None:
                found = self._undone(m, f, factors[:k] + factors[k + 1 :], inside, counts)
                if found is not None:
                    return found
        return None

    # -- single factors -----------------------------------------------------------------------------

    def _of_factor(
        self, m: Monomial, f: Factor, rest: tuple[Factor, ...], counts: Counter[Index]
    ) -> Expression | None:
        if f.atom == DELTA:
            return _delta(m, f, rest)
        inside = self.inside.get(f.atom)
        if inside is not None and inside.kind == "sum" and f.exponent >= 1:
            names = dict(zip(inside.slots, f.slots, strict=True))
            body = replaced(_own(inside.body), names)
            less = (Factor(f.atom, f.slots, f.exponent - 1),) if f.exponent != 1 else ()
            return _beside(Monomial(m.coefficient, (*less, *rest), m.bound), body)
        said = self.properties.get(f.atom, frozenset())
        if said & {"symmetric", "skew"} and len(f.slots) == 2 and f.slots[0] > f.slots[1]:
            sign = -1 if "skew" in said and f.exponent % 2 else 1
            turned = Factor(f.atom, (f.slots[1], f.slots[0]), f.exponent)
            return (Monomial(m.coefficient * sign, (turned, *rest), m.bound),)
        if "skew" in said and len(f.slots) == 2 and f.slots[0] == f.slots[1]:
            return ()
        if "diagonal" in said and len(f.slots) == 2 and f.slots[0] != f.slots[1]:
            i, j = f.slots
            new = (Factor(f.atom, (i, i), f.exponent), Factor(DELTA, (i, j)), *rest)
            return (Monomial(m.coefficient, new, m.bound),)
        if "binary" in said and f.exponent > 1 and f.exponent.denominator == 1:
            return (Monomial(m.coefficient, (Factor(f.atom, f.slots), *rest), m.bound),)
        if "unit length" in said and f.exponent == 2 and len(f.slots) == 1:
            (s,) = f.slots
            if s in m.bound and counts[s] == 1:
                bound = {b: d for b, d in m.bound.items() if b != s}
                return (Monomial(m.coefficient, rest, bound),)
        if "total one" in said and f.exponent == 1 and len(f.slots) == 1:
            (s,) = f.slots
            if s in m.bound and counts[s] == 1:
                bound = {b: d for b, d in m.bound.items() if b != s}
                return (Monomial(m.coefficient, rest, bound),)
        return None

    def _pair(self, m: Monomial, factors: list[Factor], b: Index) -> Expression | None:
        """Two factors that a bound index joins, and nothing else."""
        joined = [f for f in factors if b in f.slots]
        if len(joined) != 2 or any(f.exponent != 1 or len(f.slots) != 2 for f in joined):
            return None
        f, g = joined
        if f.atom != g.atom:
            return None
        said = self.properties.get(f.atom, frozenset())
        i, j = (
            (f.slots[0] if f.slots[1] == b else f.slots[1]),
            (g.slots[0] if g.slots[1] == b else g.slots[1]),
        )
        places = (f.slots.index(b), g.slots.index(b))
        rest = tuple(x for x in factors if x is not f and x is not g)
        bound = {x: d for x, d in m.bound.items() if x != b}
        both = "square" in said
        if ("orthonormal" in said and (places == (0, 0) or (both and places == (1, 1)))) or (
            "orthonormal rows" in said and (places == (1, 1) or (both and places == (0, 0)))
        ):
            return (Monomial(m.coefficient, (Factor(DELTA, (i, j)), *rest), bound),)
        chained = places in ((1, 0), (0, 1)) or "symmetric" in said
        if chained and "idempotent" in said:
            first, last = (i, j) if places == (1, 0) else (j, i)
            return (Monomial(m.coefficient, (Factor(f.atom, (first, last)), *rest), bound),)
        if chained and "involution" in said:
            return (Monomial(m.coefficient, (Factor(DELTA, (i, j)), *rest), bound),)
        return None

    # -- inverses and reciprocals -------------------------------------------------------------------

    def _undone(
        self, m: Monomial, f: Factor, others: list[Factor], inside: Inside, counts: Counter[Index]
    ) -> Expression | None:
        if not inside.body:
            return None
        if inside.kind == "sum" and f.exponent < 0:
            pivot = _pivot(inside, letters=False)
            names = dict(zip(inside.slots, f.slots, strict=True))
            for matched, left in self._matches(pivot, names, others, m, counts, frozenset()):
                c = Fraction(1) / pivot.coefficient
                up = atom(f.atom, *f.slots, exponent=f.exponent + 1) if f.exponent != -1 else number(1)
                kept = replaced(_own(x for x in inside.body if x is not pivot), names)
                whole = times(atom(f.atom, *f.slots, exponent=f.exponent), kept)
                return self._put(m, left, matched, (*scaled(up, c), *scaled(whole, -c)))
        if inside.kind == "inverse" and f.exponent == 1:
            pivot = _pivot(inside, letters=True)
            turned = _is_symmetric(inside)
            for place in (1, 0):
                k, a = f.slots[place], f.slots[1 - place]
                if k not in m.bound:
                    continue
                for start in (1 - place, place) if turned else (1 - place,):
                    near, far = inside.slots[start], inside.slots[1 - start]
                    for matched, left in self._matches(pivot, {near: k}, others, m, counts, frozenset((k,))):
                        j = matched[far]
                        c = Fraction(1) / pivot.coefficient
                        kept = replaced(_own(x for x in inside.body if x is not pivot), {near: k, far: j})
                        whole = times(atom(f.atom, *f.slots), kept)
                        new = (*scaled(atom(DELTA, a, j), c), *scaled(whole, -c))
                        return self._put(m, left, {**matched, near: k}, new, k)
        return None

    def _put(
        self,
        m: Monomial,
        left: list[Factor],
        matched: dict[Index, Index],
        new: Expression,
        k: Index | None = None,
    ) -> Expression:
        """The rest of the monomial times what its inverse and pivot became. The bound index k between them
        goes on only where something still has it."""
        gone = {v for key, v in matched.items() if key.startswith("~")}
        bound = {b: d for b, d in m.bound.items() if b not in gone and b != k}
        whole = Monomial(m.coefficient, tuple(left), bound)
        found: list[Monomial] = []
        for part in new:
            own = {**part.bound}
            if k is not None and any(k in f.slots for f in part.factors):
                own[k] = m.bound[k]
            found += _beside(whole, (Monomial(part.coefficient, part.factors, own),))
        return tuple(found)

    def _matches(
        self,
        pivot: Monomial,
        names: dict[Index, Index],
        others: list[Factor],
        m: Monomial,
        counts: Counter[Index],
        shared: frozenset[Index],
    ) -> Iterator[tuple[dict[Index, Index], list[Factor]]]:
        """Ways to find the factors of the pivot among others: what its indices are, and the factors left."""
        if not pivot.factors:
            return

        def search(
            k: int, known: dict[Index, Index], left: list[Factor]
        ) -> Iterator[tuple[dict[Index, Index], list[Factor]]]:
            if k == len(pivot.factors):
                inner = [known[b] for b in pivot.bound]
                used = Counter(known.get(s, s) for f in pivot.factors for s in f.slots if f.slots)
                own = all(b in m.bound and counts[b] == used[b] for b in inner)
                joint = all(counts[s] == used[s] + 1 for s in shared)
                if own and joint and len(set(inner)) == len(inner):
                    yield known, left
                return
            wanted = pivot.factors[k]
            for place, f in enumerate(left):
                if f.atom != wanted.atom or len(f.slots) != len(wanted.slots):
                    continue
                if not (0 < wanted.exponent <= f.exponent or 0 > wanted.exponent >= f.exponent):
                    continue
                for slots in self._orders(f):
                    more = _unified(wanted.slots, slots, known, pivot)
                    if more is None:
                        continue
                    less = f.exponent - wanted.exponent
                    kept = [Factor(f.atom, f.slots, less)] if less else []
                    yield from search(k + 1, more, [*left[:place], *kept, *left[place + 1 :]])

        yield from search(0, dict(names), others)

    def _orders(self, f: Factor) -> Iterator[tuple[Index, ...]]:
        yield f.slots
        inside = self.inside.get(f.atom)
        symmetric = "symmetric" in self.properties.get(f.atom, ()) or (
            inside is not None and inside.kind == "inverse" and _is_symmetric(inside)
        )
        if symmetric and len(f.slots) == 2:
            yield f.slots[::-1]


def _own(body: Iterable[Monomial]) -> Expression:
    """With bound indices that nothing else has."""
    return tuple(renewed(x) for x in body)


def _beside(m: Monomial, e: Expression) -> Expression:
    """The product, where the indices of m that are bound mean the same in e."""
    return tuple(
        Monomial(m.coefficient * x.coefficient, m.factors + x.factors, {**m.bound, **x.bound}) for x in e
    )


def _unified(
    wanted: tuple[Index, ...], slots: tuple[Index, ...], known: dict[Index, Index], pivot: Monomial
) -> dict[Index, Index] | None:
    more = dict(known)
    for w, s in zip(wanted, slots, strict=True):
        if w in more:
            if more[w] != s:
                return None
        elif w.startswith("$") or w in pivot.bound:
            more[w] = s
        elif w != s:
            return None
    return more


def _pivot(inside: Inside, *, letters: bool) -> Monomial:
    """A letter by itself, of an inverse; else the monomial with the most factors."""
    if letters:
        for m in inside.body:
            if len(m.factors) == 1 and m.factors[0].atom != DELTA and not m.bound:
                return m
    return max(inside.body, key=lambda m: (len(m.factors), len(m.bound)))


def _is_symmetric(inside: Inside) -> bool:
    turned = replaced(inside.body, {"$0": "$1", "$1": "$0"})
    return collected(turned) == collected(inside.body)


def _delta(m: Monomial, f: Factor, rest: tuple[Factor, ...]) -> Expression | None:
    i, j = f.slots
    if i == j:
        return (Monomial(m.coefficient, rest, m.bound),)
    for gone, kept in ((j, i), (i, j)):
        if gone in m.bound:
            bound = {b: d for b, d in m.bound.items() if b != gone}
            return (Monomial(m.coefficient, tuple(x.at({gone: kept}) for x in rest), bound),)
    first, last = min(i, j), max(i, j)
    if f.exponent != 1 or i > j or any(last in x.slots for x in rest):
        # of two free ones the first stands for both
        factors = (Factor(DELTA, (first, last)), *(x.at({last: first}) for x in rest))
        return (Monomial(m.coefficient, factors, m.bound),)
    return None


def _size(d: str) -> Expression:
    return number(int(d)) if d.isdigit() else atom(d)
