"""Finite probability spaces: joint tables with exact rational weights, in several structures.

Weights are positive throughout, so every conditional probability has a value; values are small. A `general`
table is neither uniform nor independent; the other structures are for hypotheses that ask for one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import permutations, product

from derive.classes import dataclass, field

Outcome = tuple[Fraction, ...]

GENERAL, INDEPENDENT, IDENTICAL, CHAIN, STAR, EXCLUSIVE = (
    "general",
    "independent",
    "identical",
    "chain",
    "star",
    "exclusive",
)
"""Structures of a table. `identical`: independent with one distribution for all. `chain`: each variable
depends on the one before, in some order. `star`: the others are independent given one. `exclusive`: of the
events at most one occurs."""

MOST = 256
"""Outcomes of one table."""


@dataclass(frozen=True, slots=True)
class Table:
    """A joint distribution: the weight of each outcome, values in the order of `variables`."""

    variables: tuple[str, ...]
    weights: Mapping[Outcome, Fraction]
    rows: list[tuple[Mapping[str, Fraction], Fraction]] = field(
        init=False, compare=False, repr=False, default_factory=list
    )
    """Each outcome by the names of the variables, with its weight; filled when it is first asked for."""

    def probability(self, event: Callable[[Mapping[str, Fraction]], bool]) -> Fraction:
        if not self.rows:
            self.rows.extend((dict(zip(self.variables, o, strict=True)), w) for o, w in self.weights.items())
        total = Fraction(0)
        for outcome, weight in self.rows:
            if event(outcome):
                total += weight
        return total

    def marginal(self, variables: Sequence[str], given: Mapping[str, Fraction]) -> dict[Outcome, Fraction]:
        """The distribution of some variables where others have these values."""
        places = [self.variables.index(v) for v in variables]
        fixed = [(self.variables.index(v), x) for v, x in given.items()]
        found: dict[Outcome, Fraction] = {}
        for outcome, weight in self.weights.items():
            if all(outcome[k] == x for k, x in fixed):
                part = tuple(outcome[k] for k in places)
                found[part] = found.get(part, Fraction(0)) + weight
        total = sum(found.values())
        return {o: w / total for o, w in found.items()} if total else {}


@dataclass(frozen=True, slots=True)
class World:
    """Tables by the name of their distribution, and the values that a variable takes."""

    tables: Mapping[str, Table]
    supports: Mapping[str, tuple[Fraction, ...]]
    structure: str = GENERAL


def support(
    k: int, numbers: Sequence[int], told: bool, low: int | None = None, high: int | None = None
) -> tuple[Fraction, ...]:
    """The values of a variable in the k-th world: few and small, those that the claim names among them, from
    `low` to `high`; with `told` only those that it names."""
    base: tuple[int, ...] = ((0, 1), (1, 3), (0, 1, 2), (-1, 2), (1, 2, 4), (-1, 0, 2))[k % 6]
    if told and numbers:
        base = tuple(sorted({*numbers, *((0, 1) if set(numbers) <= {0, 1} else ())}))
    elif numbers:
        first = min(numbers)
        base = tuple(sorted({*numbers, first + 1, *((first + 3,) if k % 2 else ())}))[:4]
    if low is not None:
        shift = min(base) - low
        base = tuple(x - shift for x in base) if not numbers else tuple(x for x in base if x >= low)
    if high is not None:
        base = tuple(x for x in base if x <= high)
    return tuple(Fraction(x) for x in base)


def world(
    tables: Mapping[str, Sequence[str]],
    supports: Mapping[str, tuple[Fraction, ...]],
    structure: str,
    seed: int,
    events: frozenset[str] = frozenset(),
    centred: bool = False,
) -> World | None:
    """A world with these tables; None where one would have too many outcomes."""
    made: dict[str, Table] = {}
    for letter, variables in tables.items():
        size = 1
        for v in variables:
            size *= len(supports[v])
        if size > MOST:
            return None
        rng = random.Random(f"{seed}|{letter}|{structure}")
        made[letter] = _table(tuple(variables), supports, structure, rng, events, seed)
    result = World(made, supports, structure)
    return _centred(result, events) if centred else result


def _centred(made: World, events: frozenset[str]) -> World | None:
    """The same with every variable shifted so that its mean is 0; only where there is one table."""
    if len(made.tables) != 1:
        return None
    ((letter, table),) = made.tables.items()
    shifts = {
        v: Fraction(0) if v in events else sum((o[k] * w for o, w in table.weights.items()), Fraction(0))
        for k, v in enumerate(table.variables)
    }
    weights = {
        tuple(x - shifts[v] for x, v in zip(o, table.variables, strict=True)): w
        for o, w in table.weights.items()
    }
    supports = {v: tuple(x - shifts.get(v, 0) for x in s) for v, s in made.supports.items()}
    return World({letter: Table(table.variables, weights)}, supports, made.structure)


def _table(
    variables: tuple[str, ...],
    supports: Mapping[str, tuple[Fraction, ...]],
    structure: str,
    rng: random.Random,
    events: frozenset[str],
    seed: int,
) -> Table:
    def draw() -> Fraction:
        return Fraction(rng.randint(1, 4))

    outcomes = list(product(*(supports[v] for v in variables)))
    weight: Callable[[Outcome], Fraction]
    if structure in (INDEPENDENT, IDENTICAL):
        shared: dict[Fraction, Fraction] = {}
        single: list[dict[Fraction, Fraction]] = []
        for v in variables:
            own = shared if structure == IDENTICAL and v not in events else {}
            for x in supports[v]:
                own.setdefault(x, draw())
            single.append(own)

        def weight(o: Outcome) -> Fraction:
            result = Fraction(1)
            for part, x in zip(single, o, strict=True):
                result *= part[x]
            return result

    elif structure in (CHAIN, STAR):
        order = list(range(len(variables)))
        if structure == CHAIN:
            orders = list(permutations(order)) if len(order) <= 4 else [tuple(order)]
            order = list(orders[seed % len(orders)])
        else:
            order.insert(0, order.pop(seed % len(order)) if order else 0)
        steps: dict[tuple[int, Fraction, Fraction], Fraction] = {}
        sums: dict[tuple[int, Fraction], Fraction] = {}
        for place, k in enumerate(order):
            before = order[place - 1] if structure == CHAIN else order[0]
            for y in supports[variables[before]] if place else (Fraction(0),):
                for x in supports[variables[k]]:
                    steps[k, y, x] = draw()
                    sums[k, y] = sums.get((k, y), Fraction(0)) + steps[k, y, x]

        def weight(o: Outcome) -> Fraction:
            result = Fraction(1)
            for place, k in enumerate(order):
                before = order[place - 1] if structure == CHAIN else order[0]
                y = o[before] if place else Fraction(0)
                result *= steps[k, y, o[k]] / sums[k, y]
            return result

    else:
        exclusive = structure == EXCLUSIVE

        def weight(o: Outcome) -> Fraction:
            happen = sum(1 for v, x in zip(variables, o, strict=True) if v in events and x == 1)
            return Fraction(0) if exclusive and happen > 1 else draw()

    weights = {o: weight(o) for o in outcomes}
    total = sum(weights.values())
    return Table(variables, {o: w / total for o, w in weights.items()})
