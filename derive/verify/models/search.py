"""Models of a scope: an exact value for every free symbol, so that the hypotheses hold.

Deterministic: a function of the terms, the scope and the seed. Small heights first, so that a counterexample
reads well, then far, tiny and negative points.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

from flint import acb, arb, fmpq

from derive.classes import replace
from derive.term import nodes as t
from derive.term.contents import has
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, substitute
from derive.verify.budget import spend
from derive.verify.evaluate.arrays import ShapeError
from derive.verify.evaluate.balls import MISFITS, compare, environment, evaluate
from derive.verify.evaluate.code import Code, compiled
from derive.verify.evaluate.display import value_text
from derive.verify.evaluate.functions import DefinedFunction, Dependent, Derived, SmoothFunction, draw
from derive.verify.evaluate.functions import Sequence as Elements
from derive.verify.evaluate.values import (
    Array,
    Env,
    Gaussian,
    NoValue,
    Steps,
    Uncertain,
    Undefined,
    Unsupported,
    fraction,
    precision,
)
from derive.verify.models.domains import INTEGERS, fits_domain, pool, refined
from derive.verify.models.hypotheses import NoModel, Plan, flatten, plan
from derive.verify.models.point import Model
from derive.verify.models.relevant import relevant
from derive.verify.models.shapes import fitted
from derive.verify.models.special import special
from derive.verify.models.uses import INTEGER_NAMES, Usage, usage

__all__ = ["Model", "NoModel", "models", "size"]

LENGTH = 3
_COUNTING = frozenset(("n", "m", "N", "M", "K", "T", "d", "D"))
FRUITLESS = 160
"""After so many candidates of which none satisfies the hypotheses, there is taken to be no model."""
PLAIN = 8
"""The first candidates are drawn one number at a time, small heights first; then every third is made."""
REPEATS = 400
"""After so many candidates in a row that were there before, there are taken to be no others."""
_CANDIDATE = 60
"""What a candidate is counted for, in steps of a claim's budget."""
UNSUPPORTED = 12
"""After so many at which a hypothesis could not even be evaluated, for want of an evaluator."""


def models(
    terms: Sequence[t.Term],
    scope: Scope,
    *,
    count: int,
    seed: int = 0,
    trials: int | None = None,
    start: int = 0,
) -> Iterator[Model]:
    """Up to `count` models for the free symbols of the terms and the hypotheses of the scope. `start`: the
    number of the first candidate, for one who comes back for more.

    Raises NoModel (on the first `next`) when no candidate satisfies the hypotheses. Points at which every
    logarithm, root and denominator has a value for certain come first; a quarter as many of the others, where
    0^y and (-1)^y may have one, come on top.
    """
    build = _builder(terms, scope, seed)
    if build.plan.empty():
        raise NoModel
    build.tried, build.repeats = set(), 0
    later: list[Model] = []
    given = 0
    seen: set[tuple[object, ...]] = set()
    stale = 0
    for k in range(start, start + (trials or 40 * count + 200)):
        model = build.candidate(k)
        if build.all_tried():
            break
        if model is None:
            if not seen and (k - start > FRUITLESS or build.unsupported >= UNSUPPORTED):
                break
            continue
        key = _key(model)
        if key in seen:
            stale += 1
            if stale > 60 and not build.many:
                break
            continue
        seen.add(key)
        if not build.inside(model):
            if len(later) < count:
                later.append(model)
            continue
        given += 1
        yield model
        if given >= count:
            break
        if not build.many:
            break
    for model in later[: max(count - given, count // 4)]:
        given += 1
        yield model
    if not given:
        raise NoModel


def _key(model: Model) -> tuple[object, ...]:
    """What tells a model from others: its point, and which random functions it has."""
    functions = [v.function if isinstance(v, Dependent) else v for v in model.values.values()]
    return (*model.point(), *(f.seed for f in functions if isinstance(f, SmoothFunction)))


def size(terms: Sequence[t.Term], scope: Scope) -> int | None:
    """How many models there are in all, where the hypotheses leave finitely many; None for no end."""
    build = _Builder(terms, scope, 0)
    total = 1
    for name in build.free:
        member = build.plan.members.get(name)
        if name in build.functions or build.types[name].shape:
            return None
        if build.types[name].domain in ("binary", "boolean"):
            total *= 2
        elif isinstance(member, t.SetOf):
            total *= len(member.items)
        else:
            return None
    for solutions in build.plan.assigned.values():
        total *= len(solutions)
    return total


def _builder(terms: Sequence[t.Term], scope: Scope, seed: int) -> _Builder:
    """The same with another seed for one who comes back with the terms and the scope of the last call."""
    if _last and _last[0].is_for(terms, scope):
        build = copy(_last[0])
        build.seed, build.unsupported = seed, 0
    else:
        build = _Builder(terms, scope, seed)
    _last[:] = [build]
    return build


_last: list[_Builder] = []


class _Builder:
    """What stays the same over the candidates of one call of `models`."""

    def __init__(self, terms: Sequence[t.Term], scope: Scope, seed: int) -> None:
        self.seed = seed
        self.scope = scope
        own = usage(terms)
        reached = list(own.symbols)
        for name in reached:
            reached += [n for n in scope.dependencies.get(name, ()) if n not in reached]
        hypotheses, self.meanings = relevant(flatten(scope.hypotheses), reached)
        if not any(has(term, t.Expectation, t.Probability) for term in terms):
            # that x is drawn with the mean λ narrows no value of x
            hypotheses = [h for h in hypotheses if not has(h, t.Expectation, t.Probability)]
        self.needed = usage([*terms, *hypotheses]) if hypotheses else own
        self.functions = {
            n for n in self.needed.functions if n not in self.needed.alone or self._type(n).role == "function"
        }
        self.functions |= {n for n in self.needed.functions if n not in self.functions}
        self.plan: Plan = plan(hypotheses, frozenset(self.functions), self._anyway)
        self.indices = {s.name for params, _ in self.plan.families.values() for s in params}
        self.indices |= {n for n in self.needed.index_of if n not in own.symbols}
        self.names = [n for n in self.needed.symbols if n not in self.indices or n in own.symbols]
        self.names += [n for n in self.plan.helpers if n not in self.names]
        self._for_every_index()
        for name in list(self.names):
            for other in scope.dependencies.get(name, ()):
                if other not in self.names:
                    self.names.append(other)
        own_types = {n: self._type(n) for n in self.names}
        self.types = fitted(own_types, _statements(terms, hypotheses))
        self.renamed = {
            d: e
            for n, kind in own_types.items()
            for d, e in zip(kind.shape or (), self.types[n].shape or (), strict=False)
            if d != e
        }
        self._keep_indices_in_range()
        self.complex = self.needed.complex or any(v.domain == "complex" for v in self.types.values())
        self.dimensions = self._dimensions()
        self.free = [n for n in self.names if n not in self.plan.assigned and n not in self.plan.families]
        self.many = bool(self.free) or any(len(s) > 1 for s in self.plan.assigned.values())
        self.guessed: tuple[str, ...] = ()
        self.checks: list[Code] | None = None
        self.unsupported = 0  # candidates at which a check had no evaluator
        self.guards: list[tuple[str, Code]] | None = None
        self.bases = {n: 0 for n in self.needed.from_zero - self.needed.from_one}
        self.pools: dict[str, tuple[Fraction, ...]] = {}
        self.ordered: dict[str, tuple[list[Fraction], list[Fraction], list[Fraction]]] = {}
        self.terms = tuple(terms)
        self.tried: set[tuple[object, ...]] = set()
        self.repeats = 0  # how many candidates of numbers alone, one after another, had been tried
        self._guess_shapes()

    def is_for(self, terms: Sequence[t.Term], scope: Scope) -> bool:
        same = all(a is b for a, b in zip(self.terms, terms, strict=False))
        return same and len(self.terms) == len(terms) and self.scope is scope

    def _anyway(self, equation: t.Relation) -> bool:
        """Whether an equation between two expressions holds at points chosen without it: an identity that
        the document states narrows nothing."""
        named = t.Symbol | t.Element | t.Call | t.Matrix | t.Tuple
        if isinstance(equation.left, named) or isinstance(equation.right, named):
            return False
        types = {n: self.scope.symbols[n] for n in free_symbols(equation) if n in self.scope.symbols}
        return _holds_anyway(equation.left, equation.right, tuple(types.items()))

    # types --------------------------------------------------------------------------------

    def _type(self, name: str) -> t.Type:
        if hasattr(self, "plan") and name in self.plan.helpers:
            like = self._type(self.plan.helpers[name])
            low, _ = self.plan.element_bounds.get(self.plan.helpers[name], (None, None))
            return replace(like, domain="positive") if low is not None and low >= 0 else like
        symbol = self.needed.symbols.get(name)
        declared = self.scope.symbols.get(name)
        type_ = declared or (symbol.type if symbol is not None else t.REAL)
        if declared == t.REAL and symbol is not None:
            type_ = symbol.type
        member = self.plan.members.get(name) if hasattr(self, "plan") else None
        if member is not None:
            type_ = refined(type_, member)
        if type_.domain in ("real", "any"):
            u: Usage = self.needed
            real = isinstance(member, t.Constant) and member.name == "R"
            if name in u.limits or name in u.orders or type_.role == "index" or name in u.integers:
                type_ = replace(type_, domain="positive_integer")
            elif name in INTEGER_NAMES and not real and not type_.shape and type_.role != "function":
                if not (hasattr(self, "plan") and name in self.plan.bounds):
                    type_ = replace(type_, domain="positive_integer")
        return type_

    def _for_every_index(self) -> None:
        """A condition with an index that only hypotheses use holds for every index: checked for a few."""
        checks: list[t.Term] = []
        for check in self.plan.checks:
            free = [n for n in free_symbols(check) if n in self.indices and n not in self.names]
            if not free:
                checks.append(check)
            for k in range(1, 4) if free else ():
                checks.append(substitute(check, {t.Symbol(n): t.integer(k) for n in free}))
        self.plan.checks = checks

    def _keep_indices_in_range(self) -> None:
        """A free index of what is summed from 1 to K runs from 1 to K as well."""
        for index, bases in self.needed.index_of.items():
            if index not in self.names:
                continue
            if self.needed.open_ranges:
                self.plan.bounds.setdefault(index, (Fraction(1), Fraction(LENGTH)))
            for lower, upper in (r for b in sorted(bases) for r in self.needed.ranges.get(b, ())):
                known = free_symbols(lower).keys() | free_symbols(upper).keys()
                if known <= self.needed.symbols.keys() and index not in known:
                    symbol = t.Symbol(index)
                    self.plan.checks.append(t.Relation("<=", lower, symbol))
                    if upper != t.Constant("infinity"):
                        self.plan.checks.append(t.Relation("<=", symbol, upper))

    def _length(self, values: Mapping[str, Any]) -> int | None:
        """How far sums without a range run: to the one number in sight that counts, if there is just one."""
        if not self.needed.open_ranges:
            return None
        counts = [n for n in self.names if n in _COUNTING and isinstance(values.get(n), Fraction)]
        if not counts:
            return LENGTH
        return int(values[counts[0]]) if len(counts) == 1 else None

    def _dimensions(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for type_ in self.types.values():
            for d in type_.shape or ():
                if isinstance(d, str) and d not in found:
                    found[d] = (2, 3, 4, 3, 2)[len(found) % 5]
        return found

    def _shape(self, name: str, dimensions: Mapping[str, int]) -> tuple[int, ...]:
        return tuple(d if isinstance(d, int) else dimensions[d] for d in self.types[name].shape or ())

    # shapes that nobody stated --------------------------------------------------------------

    def _guess_shapes(self) -> None:
        sizes = {d for kind in self.types.values() for d in kind.shape or ()}
        letters = [n for n in self.names if n not in self.functions and n not in sizes]
        unknown = [n for n in letters if self.types[n].shape is None]
        arrays = (self.needed.vectors | self.needed.squares) & set(self.names) - sizes
        open_ = [n for n in letters if n not in self.scope.symbols and not self.types[n].shape]
        if unknown:
            unknown += [n for n in open_ if n in arrays and n not in unknown]
        elif not arrays or self._fits():
            return
        else:
            unknown = open_
        options: list[list[tuple[int, ...]]] = []
        for n in unknown:
            choices: list[tuple[int, ...]] = [(), (2,), (2, 2), (2, 3), (3, 2), (3,)]
            if n in self.needed.vectors:
                choices = [(2,), (), (3,), (2, 2), (2, 3), (3, 2)]
            elif n in self.needed.squares:
                choices = [(2, 2), (), (2,)]
            options.append(choices)
        ranked = sorted(
            (c for c in product(*(range(len(o)) for o in options[:4]))), key=lambda c: (sum(c), c)
        )
        original = dict(self.types)
        for ranks in ranked[:150]:
            for n, o, r in zip(unknown, options, ranks, strict=False):
                self.types[n] = replace(original[n], shape=o[r])
            for n in unknown[4:]:
                self.types[n] = replace(original[n], shape=())
            if self._fits():
                self.guessed = tuple(n for n in unknown if self.types[n].shape)
                return
        self.types = original
        for n in unknown:
            self.types[n] = replace(original[n], shape=())

    def _fits(self) -> bool:
        """Whether the terms can be evaluated with these shapes, dimensions that have nothing to do with each
        other being different."""
        found = (self.candidate(k, check=False) for k in (2, 1, 4, 5, 3))
        model = next((m for m in found if m is not None), None)
        if model is None:
            return True
        for term in self.terms:
            try:
                evaluate(term, model, 64, Steps(5000))
            except ShapeError:
                return False
            except NoValue:
                continue
        return True

    # values ---------------------------------------------------------------------------------

    def candidate(self, k: int, *, check: bool = True) -> Model | None:
        spend(_CANDIDATE)
        values: dict[str, Any] = {}
        sizes = list(self.dimensions.values())
        if k % 2:  # the other way round: more rows than columns, and fewer
            sizes.reverse()
        if k % 5 == 3:  # letters of their own may be equal
            sizes = sizes[:1] * len(sizes)
        dimensions = {d: self._dimension(d, n, k) for d, n in zip(self.dimensions, sizes, strict=True)}
        place = 0
        for name in self.names:
            if name in self.plan.assigned:
                continue
            values[name] = self._value(name, k, place, dimensions)
            if values[name] is None and name in self.plan.made:
                return None
            place += isinstance(values[name], Fraction | Gaussian)
        if check and self._repeated(values, k):
            return None
        for name, axes in self.needed.axes.items():
            if isinstance(place_ := values.get(name), Fraction):
                ends = [self._end(d, dimensions) for d in axes]
                values[name] = Fraction(1 + (int(place_) - 1) % min(ends, default=1))
        for d, n in dimensions.items():
            if d in self.names or d in self.needed.symbols:
                values[d] = Fraction(n)
        for own, e in self.renamed.items():  # an identity of a size that turned out to be another's
            if isinstance(own, str) and own in self.needed.symbols:
                values[own] = Fraction(e if isinstance(e, int) else dimensions[e])
        model = Model(values, self.complex, self.bases, self.guessed, 1, self._length(values))
        if self.plan.assigned:
            if not self._settle(model, values, k):
                return None
            ordered = {n: values[n] for n in [*self.names, *values] if n in values}
            model = Model(ordered, self.complex, self.bases, self.guessed, 1, model.length)
        if check and not self._holds(model):
            return None
        return model

    def _repeated(self, values: Mapping[str, Any], k: int) -> bool:
        """Whether these numbers were tried before: one or two letters have few different ones."""
        if self.dimensions or not all(isinstance(v, Fraction | Gaussian | bool) for v in values.values()):
            return False
        key = (*values.values(), *(k % len(s) for s in self.plan.assigned.values()))
        if key in self.tried:
            self.repeats += 1
            return True
        self.tried.add(key)
        self.repeats = 0
        return False

    def all_tried(self) -> bool:
        """Whether candidates only come back."""
        return self.repeats > REPEATS or (self.repeats > 0 and not self.many)

    def _end(self, d: t.Dimension, dimensions: Mapping[str, int]) -> int:
        """How far an index into this dimension runs."""
        same = self.renamed.get(d, d)
        return same if isinstance(same, int) else dimensions.get(same, LENGTH)

    def _dimension(self, name: str, first: int, k: int) -> int:
        low, high = self.plan.bounds.get(name, (None, None))
        n = first + (k // 7) % 2
        if low is not None:
            n = max(n, int(low) + 1)
        return n if high is None else min(n, int(high))

    def _value(self, name: str, k: int, place: int, dimensions: Mapping[str, int]) -> Any:
        type_ = self.types[name]
        shape = self._shape(name, dimensions)
        if name in self.functions:
            if name in self.plan.functions:
                return DefinedFunction(name, *self.plan.functions[name])
            anchors = tuple(self.plan.values.get(name, {}).items())
            return SmoothFunction(name, self.seed + 1000 * (k // 3), type_.domain, (), shape, anchors)
        if name in self.scope.dependencies and name not in self.plan.assigned:
            f = SmoothFunction(name, self.seed + 1000 * (k // 3), type_.domain, (), shape)
            return Dependent(f, self.scope.dependencies[name])
        listed = name in self.needed.listed
        if name in self.plan.families and shape and not listed:
            return self._array_of_family(name, shape)
        weights = name in self.plan.helpers and self.plan.helpers[name] in self.plan.families
        if listed or type_.role == "sequence" or ((name in self.needed.indexed or weights) and not shape):
            return Elements(
                name,
                self.seed + k,
                self._element_domain(name, type_),
                shape,
                self.plan.fixed.get(name, {}),
                self.plan.families.get(name),
                self._alone(name, type_, shape, k, place),
                rule=self.plan.recurrences.get(name),
            )
        if shape:
            return self._array(name, type_, shape, k)
        if type_.role in ("distribution", "event", "random", "set", "operator"):
            return None
        return self._number(name, type_, k, place)

    def _alone(self, name: str, type_: t.Type, shape: tuple[int, ...], k: int, place: int) -> Any:
        """What the bare letter of a sequence stands for where it is used: one more of the same kind."""
        if name not in self.needed.alone or (shape and name not in self.needed.listed):
            return None
        if not shape and name in self.needed.vectors:
            return None  # `\\|x - y\\|` beside x_i is of the whole vectors, whose length nothing says
        return self._array(name, type_, shape, k) if shape else self._number(name, type_, k, place)

    def _element_domain(self, name: str, type_: t.Type) -> str:
        low, high = self.plan.element_bounds.get(name, (None, None))
        if low is not None and low >= 0 and type_.domain in ("real", "any"):
            return "unit" if high is not None and high <= 1 else "positive"
        return "real" if type_.domain == "any" else type_.domain

    def _array_of_family(self, name: str, shape: tuple[int, ...]) -> Any:
        """A vector whose elements a hypothesis settles."""
        parameters, body = self.plan.families[name]
        if len(shape) != 1 or len(parameters) != 1:
            return None
        rows = tuple((substitute(body, {parameters[0]: t.integer(k)}),) for k in range(1, shape[0] + 1))
        return Derived(t.Matrix(rows), "as assumed")

    def _array(self, name: str, type_: t.Type, shape: tuple[int, ...], k: int) -> Any:
        rng = random.Random(f"{self.seed}|{name}|{k}")
        if name in self.plan.made:
            return special(self.plan.made[name], shape, rng)
        if len(shape) == 1:
            return tuple(draw(rng, type_.domain) for _ in range(shape[0]))
        if len(shape) == 2:
            return tuple(tuple(draw(rng, type_.domain) for _ in range(shape[1])) for _ in range(shape[0]))
        return None

    def _number(self, name: str, type_: t.Type, k: int, place: int) -> Any:
        if type_.domain == "complex":
            return self._complex_number(name, k, place)
        if type_.domain == "boolean":
            return (k + place) % 2 == 0
        numbers = self._pool(name, type_.domain)
        if k >= PLAIN and k % 3 == 2:
            return self._spread(name, type_.domain, numbers, k, place)
        if place == 0:
            return numbers[k % len(numbers)]
        if k < 4 * len(numbers):
            step = (1, 3, 5, 7, 2, 9)[place % 6]
            return numbers[(step * k + place + k // len(numbers)) % len(numbers)]
        return random.Random(f"{self.seed}|{name}|{k}").choice(numbers)

    def _spread(self, name: str, domain: str, numbers: Sequence[Fraction], k: int, place: int) -> Fraction:
        """Points that numbers drawn one by one seldom make: all close together, all tiny, all far, all on the
        negative side, one on the edge of its range."""
        way, turn = k // 3 % 5, k // 15 + self.seed
        bounds = self.plan.bounds.get(name, (None, None))
        if name not in self.ordered:
            by_size = sorted((v for v in numbers if v), key=abs)
            at_ends = [v for v in numbers if v in bounds] or [numbers[0]]
            self.ordered[name] = by_size, [v for v in by_size if v < 0] or by_size, at_ends
        nonzero, below, edges = self.ordered[name]
        if not nonzero:
            return numbers[0]
        value: Fraction
        match way:
            case 0:
                start = nonzero[(3 * turn + len(nonzero) // 4) % len(nonzero)]
                value = start + place * (1 if domain in INTEGERS else abs(start) / 12)
            case 1:
                value = nonzero[(turn + place) % min(4, len(nonzero))]
            case 2:
                value = nonzero[-1 - (turn + place) % min(4, len(nonzero))]
            case 3:
                value = below[(turn + 2 * place) % len(below)]
            case _:
                other = numbers[(k + 3 * place) % len(numbers)]
                value = edges[turn % len(edges)] if place == turn % 3 else other
        low, high = bounds
        inside = (low is None or value >= low) and (high is None or value <= high)
        return value if inside and fits_domain(value, domain) else numbers[(k + place) % len(numbers)]

    def _complex_number(self, name: str, k: int, place: int) -> Gaussian:
        grid = ((1, 1), (0, 1), (1, 0), (2, -1), (-1, 1), (-1, 0), (1, 2), (0, -2), (-2, -1), (3, 1))
        re, im = grid[(k * (2 * place + 1) + place) % len(grid)]
        scale = (Fraction(1), Fraction(1, 2), Fraction(2))[k // len(grid) % 3]
        return Gaussian(re * scale, im * scale)

    def _pool(self, name: str, domain: str) -> tuple[Fraction, ...]:
        if (found := self.pools.get(name)) is None:
            found = self.pools[name] = pool(domain, self.plan.bounds.get(name))
        return found

    # hypotheses -------------------------------------------------------------------------------

    def _settle(self, model: Model, values: dict[str, Any], k: int) -> bool:
        """Follow the solved equations; False where a solution has no value or does not fit."""

        order = list(self.plan.assigned)
        pending = set(order)
        for _ in range(len(order)):
            for name in order:
                if name not in pending:
                    continue
                solutions = self.plan.assigned[name]
                term = solutions[k % len(solutions)]
                if any(s in pending for s in free_symbols(term)):
                    continue
                try:
                    value = evaluate(term, replace(model, values=values), 128, Steps(20_000))
                except NoValue:
                    return False
                kept = self._kept(name, value, term)
                if kept is None:
                    return False
                values[name] = kept
                pending.discard(name)
        return not pending

    def _kept(self, name: str, value: Any, term: t.Term) -> Any:
        type_ = self.types.get(name, t.REAL)
        if isinstance(value, arb | acb) and value.is_exact():
            if isinstance(value, arb) and value.is_integer():
                value = fmpq(value.unique_fmpz())
        if isinstance(value, fmpq):
            exact = fraction(value)
            return exact if fits_domain(exact, type_.domain) else None
        if isinstance(value, Array) and all(isinstance(x, fmpq) for x in value.items):
            items = [fraction(x) for x in value.items]
            if len(value.shape) == 1:
                return tuple(items)
            n = value.columns
            return tuple(tuple(items[i * n : (i + 1) * n]) for i in range(value.rows))
        if isinstance(value, arb):
            if type_.domain in INTEGERS:
                return None
            if type_.domain in ("positive", "nonnegative", "unit") and not value > 0:
                return None
            if type_.domain == "unit" and not value < 1:
                return None
        return Derived(term, "≈ " + value_text(value))

    def _holds(self, model: Model) -> bool:
        for relation in self.plan.solved:
            if compare(relation.left, relation.right, model, 128).status not in ("equal", "equal?"):
                return False
        for meaning in self.meanings:
            try:
                evaluate(meaning, model, 64, Steps(5000))
            except Undefined:
                return False
            except NoValue:
                continue
        if not self.plan.checks:
            return True
        if self.checks is None:
            try:
                self.checks = [compiled(check) for check in self.plan.checks]
            except NoValue:
                self.checks = [_never]
        for bits in (64, 256):
            state = self._checked(model, bits)
            if state is not None:
                return state
        return False

    def _checked(self, model: Model, bits: int) -> bool | None:
        """Whether all checks hold; None where the precision does not tell."""
        doubt = False
        with precision(bits):
            env = environment(model, Steps(20_000))
            for check in self.checks or ():
                try:
                    if check(env) is not True:
                        return False
                except Uncertain:
                    doubt = True
                except (NoValue, *MISFITS) as why:
                    self.unsupported += isinstance(why, Unsupported)
                    return False
        return None if doubt else True

    def inside(self, model: Model) -> bool:
        """Whether every logarithm, root and denominator of the terms has a value here."""
        if self.complex:
            return True
        if self.guards is None:
            self.guards = []
            for kind, term in self.needed.guards:
                with suppress(NoValue):
                    self.guards.append((kind, compiled(term)))
        if not self.guards:
            return True
        with precision(64):
            env = environment(model, Steps(10_000))
            for kind, guard in self.guards:
                try:
                    value = guard(env)
                except (Undefined, Uncertain):
                    return False
                except (NoValue, *MISFITS):
                    continue
                if not isinstance(value, fmpq | arb):
                    continue
                if kind == "nonzero" and value == 0:
                    return False
                if (kind == "positive" and value <= 0) or (kind == "nonnegative" and value < 0):
                    return False
        return True


def _never(env: Env) -> bool:
    return False


def _statements(terms: Sequence[t.Term], hypotheses: Sequence[t.Term]) -> list[t.Term]:
    """What shapes are told from: the two sides of a claim as equal, else each term by itself."""
    sides = [t.Relation("=", terms[0], terms[1])] if len(terms) == 2 else list(terms)
    return [*sides, *hypotheses]


@lru_cache(maxsize=512)
def _holds_anyway(left: t.Term, right: t.Term, types: tuple[tuple[str, t.Type], ...]) -> bool:
    count = 4
    try:
        points = list(models((left, right), Scope(symbols=dict(types)), count=count, seed=7))
        return len(points) == count and all(
            compare(left, right, point, 128).status in ("equal", "equal?") for point in points
        )
    except (NoModel, NoValue, *MISFITS):
        return False
