"""Sums of products of entries: `Σ_{jk} A_{ij} B_{jk} v_k`, with their bound indices renamed into one order.

A factor is an atom with its slots (indices) and an exponent. A bound index is summed over its dimension,
however often it stands. Source: Laue, Mitterreiter, Giesen, Computing Higher Order Derivatives of Matrix
and Tensor Expressions, NeurIPS 2018.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import count, permutations, product

from derive.classes import dataclass, field

Index = str
"""A name; which are bound a monomial says. Those made here begin with `#`, those put in order with `~`."""
_numbers = count()
_ORDERS = 750


class TooMuch(Exception):
    """More bound indices, products or terms than are put in order here, or a construct that has no place."""


@dataclass(frozen=True, slots=True)
class Factor:
    """atom: a name, or the canonical text of what is inside of a function, an inverse or a sum."""

    atom: str
    slots: tuple[Index, ...] = ()
    exponent: Fraction = Fraction(1)

    def at(self, names: Mapping[Index, Index]) -> Factor:
        return Factor(self.atom, tuple(names.get(s, s) for s in self.slots), self.exponent)

    def text(self) -> str:
        power = "" if self.exponent == 1 else f"^{self.exponent}"
        return f"{self.atom}({','.join(self.slots)}){power}"


@dataclass(frozen=True, slots=True)
class Monomial:
    """coefficient · Σ over `bound` of the factors. bound: index → its dimension."""

    coefficient: Fraction
    factors: tuple[Factor, ...]
    bound: Mapping[Index, str] = field(default_factory=dict)

    def at(self, names: Mapping[Index, Index]) -> Monomial:
        bound = {names.get(b, b): d for b, d in self.bound.items()}
        return Monomial(self.coefficient, tuple(f.at(names) for f in self.factors), bound)

    def times(self, c: Fraction) -> Monomial:
        return Monomial(self.coefficient * c, self.factors, self.bound)


Expression = tuple[Monomial, ...]
ZERO: Expression = ()


def number(c: Fraction | int) -> Expression:
    return (Monomial(Fraction(c), ()),) if c else ()


def atom(name: str, *slots: Index, exponent: Fraction = Fraction(1)) -> Expression:
    return (Monomial(Fraction(1), (Factor(name, slots, exponent),)),)


def fresh() -> Index:
    return f"#{next(_numbers)}"


def renewed(m: Monomial) -> Monomial:
    """With bound indices of its own."""
    return m.at({b: fresh() for b in m.bound}) if m.bound else m


def plus(*parts: Expression) -> Expression:
    return tuple(m for p in parts for m in p)


def scaled(e: Expression, c: Fraction | int) -> Expression:
    return tuple(m.times(Fraction(c)) for m in e) if c else ()


def times(*parts: Expression) -> Expression:
    total: list[Monomial] = [Monomial(Fraction(1), ())]
    for part in parts:
        if len(total) * len(part) > 400:
            raise TooMuch
        total = [_joined(a, renewed(b)) for a, b in product(total, part)]
    return tuple(total)


def _joined(a: Monomial, b: Monomial) -> Monomial:
    return Monomial(a.coefficient * b.coefficient, a.factors + b.factors, {**a.bound, **b.bound})


def summed(e: Expression, index: Index, dimension: str) -> Expression:
    """Over an index that is free in e."""
    new = fresh()
    return tuple(
        Monomial(n.coefficient, n.factors, {**n.bound, new: dimension})
        for n in (m.at({index: new}) for m in e)
    )


def replaced(e: Expression, names: Mapping[Index, Index]) -> Expression:
    return tuple(m.at(names) for m in e)


def collected(monomials: Iterable[Monomial]) -> Expression:
    """Like terms added up, in one order."""
    found: dict[str, Monomial] = {}
    for m in monomials:
        key, ordered = canonical(m)
        known = found.get(key)
        total = ordered.coefficient + (known.coefficient if known is not None else 0)
        found[key] = Monomial(total, ordered.factors, ordered.bound)
    return tuple(m for _, m in sorted(found.items()) if m.coefficient)


def canonical(m: Monomial) -> tuple[str, Monomial]:
    """The monomial with its bound indices named by their places, and its text without the coefficient.

    Indices are told apart by where they stand as far as that goes; the orders of those alike are tried.
    """
    factors = _merged(m.factors)
    marks = {b: m.bound[b] for b in m.bound}
    for _ in range(3):
        seen = {b: [marks[b]] for b in m.bound}
        for f in factors:
            shape = f"{f.atom}^{f.exponent}[{','.join(marks.get(s, s) for s in f.slots)}]"
            for place, s in enumerate(f.slots):
                if s in seen:
                    seen[s].append(f"{place}:{shape}")
        texts = {b: "|".join([where[0], *sorted(where[1:])]) for b, where in seen.items()}
        ranks = {text: str(k) for k, text in enumerate(sorted(set(texts.values())))}
        marks = {b: ranks[texts[b]] for b in m.bound}
    groups: dict[str, list[Index]] = {}
    for b in m.bound:
        groups.setdefault(marks[b], []).append(b)
    ordered = [groups[k] for k in sorted(groups, key=lambda k: int(k) if k.isdigit() else 0)]
    best: tuple[str, Monomial] | None = None
    for tried, choice in enumerate(product(*(permutations(g) for g in ordered))):
        if tried > _ORDERS:
            raise TooMuch
        names = {b: f"~{k}" for k, b in enumerate(b for group in choice for b in group)}
        turned = sorted((f.at(names) for f in factors), key=Factor.text)
        dims = {names[b]: d for b, d in m.bound.items()}
        text = "*".join(f.text() for f in turned) + ";" + ",".join(f"{b}:{dims[b]}" for b in sorted(dims))
        if best is None or text < best[0]:
            best = text, Monomial(m.coefficient, tuple(turned), dims)
    assert best is not None
    return best


def _merged(factors: Iterable[Factor]) -> list[Factor]:
    """Equal factors as one with the sum of the exponents."""
    found: dict[tuple[str, tuple[Index, ...]], Fraction] = {}
    for f in factors:
        key = (f.atom, f.slots)
        found[key] = found.get(key, Fraction(0)) + f.exponent
    return [Factor(a, slots, e) for (a, slots), e in found.items() if e]


def text(e: Expression) -> str:
    """Canonical: equal for equal sums."""
    return " + ".join(f"{m.coefficient}*{canonical(m)[0]}" for m in collected(e)) or "0"


def indices_of(m: Monomial) -> set[Index]:
    return {s for f in m.factors for s in f.slots}
