"""Entropies, divergences and informations in one finite space, as sums of logarithms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from derive.classes import replace
from derive.reasons.gaps import Gap
from derive.term.construct import add, mul, neg, sub
from derive.term.nodes import Apply, Expectation, Number, Symbol, Term
from derive.verify.evaluate.values import Undefined, Unsupported
from derive.verify.probability.distribution_letters import Density, function_name, name_of, plain
from derive.verify.probability.names import Survey
from derive.verify.probability.space import Table, World

Values = Mapping[str, Fraction]
Event = Callable[[Values], bool]


class Outcomes(Protocol):
    """What an entropy asks of one world: the tables of its distributions, and what terms are worth in it."""

    survey: Survey
    world: World
    base: Term | None

    def table(self, letter: str) -> Table: ...

    def density(self, density: Density, env: Values) -> Fraction: ...

    def value(self, term: Term, env: Values) -> Fraction: ...

    def event(self, term: Term, env: Values) -> Event: ...

    def main(self) -> str: ...

    def distribution(self, term: Term) -> tuple[str, tuple[Term, ...]]: ...


def _log(low: Outcomes, x: Fraction) -> Term:
    if x == 1:
        return Number(Fraction(0))
    return Apply("log", (Number(x),) if low.base is None else (Number(x), low.base))


def entropy(low: Outcomes, node: Expectation, env: Values) -> Term:
    if node.under is not None:
        raise Unsupported(Gap.ENTROPY_BY_DISTRIBUTION)
    letters = [function_name(a) for a in node.args if isinstance(a, Symbol)]
    if letters and all(x is not None and low.survey.table(x) in low.world.tables for x in letters):
        if all(n.name not in low.survey.random for n in node.args if isinstance(n, Symbol)):
            return _of_letters(low, [str(x) for x in letters])
    names = [name_of(a) for a in node.args]
    if any(n is None for n in names):
        raise Unsupported(Gap.ENTROPY_OF_EXPRESSION)
    keys = list(dict.fromkeys(low.survey.variable(str(n)) for n in names))
    given = () if node.given is None else plain(node.given)
    table = low.table(low.main())
    bare = [low.survey.variable(n) for c in given if (n := name_of(c)) is not None]
    conditions = [low.event(c, env) for c in given if name_of(c) is None]
    weights = {
        o: w
        for o, w in table.weights.items()
        if all(c(dict(zip(table.variables, o, strict=True))) for c in conditions)
    }
    total = sum(weights.values())
    if not total:
        raise Undefined(Gap.CONDITION_OF_PROBABILITY_0)
    inside = Table(table.variables, {o: w / total for o, w in weights.items()})
    both = _bits(low, inside, [*keys, *(b for b in bare if b not in keys)])
    return sub(both, _bits(low, inside, bare)) if bare else both


def _bits(low: Outcomes, table: Table, keys: Sequence[str]) -> Term:
    """The entropy of some variables of a table."""
    if any(k not in table.variables for k in keys):
        raise Unsupported(Gap.ENTROPY_OF_ANOTHER_DISTRIBUTION)
    return neg(add(*(mul(Number(w), _log(low, w)) for w in table.marginal(keys, {}).values() if w)))


def _of_letters(low: Outcomes, letters: Sequence[str]) -> Term:
    """`H(p)`, and the cross-entropy `H(p, q)`."""
    first, last = low.table(letters[0]), low.table(letters[-1])
    if len(letters) > 2 or first.variables != last.variables:
        raise Unsupported(Gap.ENTROPY_OF_SEVERAL_DISTRIBUTIONS)
    return neg(add(*(mul(Number(w), _log(low, last.weights[o])) for o, w in first.weights.items())))


def information(low: Outcomes, node: Expectation, env: Values) -> Term:
    if len(node.args) != 2 or node.under is not None:
        raise Unsupported(Gap.INFORMATION_OF_SEVERAL_VARIABLES)
    x, y = node.args
    entropies = [replace(node, op="H", args=a) for a in ((x,), (y,), (x, y))]
    h = [entropy(low, e, env) for e in entropies]
    return sub(add(h[0], h[1]), h[2])


def divergence(low: Outcomes, node: Expectation, env: Values) -> Term:
    if len(node.args) != 2 or node.under is not None or node.given is not None:
        raise Unsupported(Gap.DIVERGENCE_OF_THIS_FORM)
    first, second = (low.survey.density(a) for a in node.args)
    if first is None or second is None:
        if first is not None or second is not None:
            first, second = _completed(low, node.args, first, second)
        else:
            return _between(low, *(low.distribution(a)[0] for a in node.args))
    if first.places or second.places:
        raise Unsupported(Gap.DIVERGENCE_OF_NAMED_DENSITIES)
    names = [name_of(a) for a in first.args]
    if any(n is None for n in names) or {name_of(a) for a in second.args} != set(names):
        raise Unsupported(Gap.DIVERGENCE_OF_DISTRIBUTIONS_OF_DIFFERENT_THINGS)
    table = low.table(first.letter)
    given = [name_of(a) for a in first.given]
    if low.survey.naming.averaged and all(n is not None for n in given):
        outer = [str(n) for n in given if n not in env]
    else:
        outer = []
    keys = [low.survey.variable(str(n)) for n in (*names, *outer)]
    fixed = {
        low.survey.variable(str(n)): low.value(a, env)
        for n, a in zip(given, first.given, strict=True)
        if n is not None and n not in outer
    }
    if any(n is None for n in given):
        raise Unsupported(Gap.DIVERGENCE_UNDER_CONDITION)
    parts: list[Term] = []
    for values, weight in table.marginal(keys, fixed).items():
        inner = {**env, **dict(zip((str(n) for n in (*names, *outer)), values, strict=True))}
        ratio = low.density(first, inner) / _positive(low.density(second, inner))
        parts.append(mul(Number(weight), _log(low, ratio)))
    return add(*parts)


def _completed(
    low: Outcomes, args: tuple[Term, ...], first: Density | None, second: Density | None
) -> tuple[Density, Density]:
    """`KL(q(z) ‖ p)`: the letter is taken of the same variables."""
    known = first or second
    assert known is not None
    letters = [
        d.letter if d is not None else low.distribution(a)[0]
        for d, a in zip((first, second), args, strict=True)
    ]
    return (
        first or Density(letters[0], known.args),
        second or Density(letters[1], known.args),
    )


def _between(low: Outcomes, first: str, second: str) -> Term:
    p, q = low.table(first), low.table(second)
    if p.variables != q.variables:
        raise Unsupported(Gap.DIVERGENCE_OF_DISTRIBUTIONS_OF_DIFFERENT_THINGS)
    return add(*(mul(Number(w), _log(low, w / _positive(q.weights[o]))) for o, w in p.weights.items() if w))


def _positive(x: Fraction) -> Fraction:
    if x == 0:
        raise Undefined(Gap.LOGARITHM_OF_0)
    return x
