"""Claims about chance in one finite space, as plain terms: expectations become sums over outcomes.

`E[aX + b]` where X is 0 or 1 becomes `1/3 (a·0 + b) + 2/3 (a·1 + b)`: what is left has no chance in it and is
evaluated as any other term. Numbers are folded on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from derive.classes import dataclass, field, replace
from derive.reasons.gaps import Gap
from derive.term.construct import add, div, mul, sub, transpose
from derive.term.nodes import (
    ONE,
    TWO,
    Apply,
    At,
    BigOp,
    Call,
    Constant,
    Derivative,
    Element,
    Expectation,
    Integral,
    Interval,
    Limit,
    Neg,
    Number,
    Prime,
    Probability,
    Relation,
    Root,
    SetOf,
    Symbol,
    Term,
)
from derive.term.traverse import map_children, walk
from derive.verify.evaluate.values import Undefined, Unsupported
from derive.verify.probability.distribution_letters import Density, function_name, name_of, of_event, plain
from derive.verify.probability.folding import compared, folded
from derive.verify.probability.information import divergence, entropy, information
from derive.verify.probability.names import Survey
from derive.verify.probability.space import Table, World
from derive.verify.probability.varying import random_names, under_names

Values = Mapping[str, Fraction]
Event = Callable[[Values], bool]


@dataclass(slots=True)
class Lowering:
    """One world, with a value for every name that stands for one.

    free: those values. base: of the logarithm in an entropy, None the natural one. part: the values that a
    sum over some other set than all values runs over.
    """

    survey: Survey
    world: World
    free: Values
    base: Term | None = None
    used: dict[str, Fraction] = field(default_factory=dict)

    def term(self, term: Term) -> Term:
        """The term without chance. Raises Unsupported, or Undefined where a condition has probability 0."""
        return self._term(term, {})

    def _term(self, term: Term, env: Values) -> Term:
        match term:
            case Number() | Constant():
                return term
            case Expectation():
                return self._expectation(term, env)
            case Probability() | Call() if (density := self.survey.density(term)) is not None:
                return Number(self.density(density, env))
            case Symbol() | Element() if (name := name_of(term)) is not None:
                return self._name(name, term, env)
            case Derivative() | At() | Limit() | Prime() if self._of_chance(term):
                raise Unsupported(Gap.DERIVATIVE_OR_LIMIT_OF_DISTRIBUTION)
            case BigOp():
                return self._sum(term, env)
            case Integral():
                return self._integral(term, env)
            case _:
                return folded(map_children(term, lambda t: self._term(t, env)))

    def _of_chance(self, term: Term) -> bool:
        return any(
            isinstance(n, Expectation | Probability)
            or (isinstance(n, Call) and self.survey.density(n) is not None)
            or (isinstance(n, Symbol) and n.name in self.survey.variables)
            for n in walk(term)
        )

    def _name(self, name: str, term: Term, env: Values) -> Term:
        if name in env:
            return Number(env[name])
        if (event := of_event(name)) is not None and event in env:
            return Number(env[event])
        if name in self.free:
            self.used[name] = self.free[name]
            return Number(self.free[name])
        if name in self.survey.variables and name in self.survey.random:
            raise Unsupported(Gap.RANDOM_VARIABLE_OUTSIDE_OF_EXPECTATION)
        return term

    # sums over values ----------------------------------------------------------------------------

    def _sum(self, term: BigOp, env: Values) -> Term:
        first, *rest = term.binders
        name = first.variable.name
        if name not in self.survey.variables:
            if self._of_chance(term):
                raise Unsupported(Gap.SUM_OVER_OTHER_VALUES)
            return folded(map_children(term, lambda t: self._term(t, env)))
        if term.op not in ("sum", "prod"):
            raise Unsupported(Gap.OPERATOR_IN_CLAIM_ABOUT_CHANCE, term.op)
        body: Term = replace(term, binders=tuple(rest)) if rest else term.body
        parts = []
        for x in self._range(first.lower, first.upper, first.domain, name):
            inner = {**env, name: x}
            if first.condition is not None:
                holds = self._term(first.condition, inner)
                if holds == Constant("false"):
                    continue
                if holds != Constant("true"):
                    raise Unsupported(Gap.CONDITION_ON_VALUES)
            parts.append(self._term(body, inner))
        if term.op == "sum":
            return add(*parts) if parts else Number(Fraction(0))
        return mul(*parts) if parts else ONE

    def _range(
        self, lower: Term | None, upper: Term | None, domain: Term | None, name: str
    ) -> tuple[Fraction, ...]:
        values = self.world.supports[self.survey.variable(name)]
        if domain is not None:
            if isinstance(domain, SetOf | Interval):
                raise Unsupported(Gap.SUM_OVER_GIVEN_VALUES)
            letter = domain.to_latex().lstrip("\\")
            whole = letter.startswith(("mathcal{X", "mathcal{Y", "mathcal{Z", "Omega", "mathbb")) or (
                len(letter) == 1 and letter.lower() == name.lower()
            )
            return values if whole else values[:-1]  # a sample, a neighbourhood: not all there is
        if isinstance(lower, Number) and isinstance(upper, Number):
            if lower.value > min(values) or upper.value < max(values):
                raise Unsupported(Gap.SUM_OVER_SOME_VALUES)
        elif isinstance(lower, Number) and not _open(upper, name):
            if lower.value > min(values):
                raise Unsupported(Gap.SUM_OVER_SOME_VALUES)
        return values

    def _integral(self, term: Integral, env: Values) -> Term:
        name = term.variable.name
        if name not in self.survey.variables:
            if self._of_chance(term):
                raise Unsupported(Gap.INTEGRAL_OVER_OTHER_VALUES)
            return map_children(term, lambda t: self._term(t, env))
        infinite = [None, Constant("infinity"), Neg(Constant("infinity"))]
        if term.lower not in infinite or term.upper not in infinite or isinstance(term.domain, Interval):
            raise Unsupported(Gap.INTEGRAL_OVER_SOME_VALUES)
        values = self.world.supports[self.survey.variable(name)]
        return add(*(self._term(term.body, {**env, name: x}) for x in values))

    # probabilities -------------------------------------------------------------------------------

    def table(self, letter: str) -> Table:
        table = self.world.tables.get(self.survey.table(letter))
        if table is None:
            raise Unsupported(Gap.DISTRIBUTION, letter)
        return table

    def density(self, density: Density, env: Values) -> Fraction:
        table = self.table(density.letter)
        args = self._events(density, density.args, env, 0)
        given = self._events(density, density.given, env, len(density.args))
        below = table.probability(lambda o: all(e(o) for e in given)) if given else Fraction(1)
        if below == 0:
            raise Undefined(Gap.CONDITION_OF_PROBABILITY_0)
        return table.probability(lambda o: all(e(o) for e in (*args, *given))) / below

    def _events(self, density: Density, parts: Sequence[Term], env: Values, start: int) -> list[Event]:
        if density.places:
            keys = [self.survey.places[p] for p in density.places[start:]]
            return [self._equal(key, self.value(part, env)) for key, part in zip(keys, parts, strict=False)]
        return [self.event(p, env) for p in parts]

    def _equal(self, key: str, value: Fraction) -> Event:
        return lambda o: o[key] == value

    def value(self, term: Term, env: Values) -> Fraction:
        value = self._term(term, env)
        if not isinstance(value, Number):
            raise Unsupported(Gap.PROBABILITY_AT_VALUE_THAT_IS_NOT_TOLD)
        return value.value

    def event(self, term: Term, env: Values) -> Event:
        if (name := name_of(term)) is not None:
            key = self.survey.variable(name)
            if key in self.survey.events and name not in env:
                return self._equal(key, Fraction(1))
            return self._equal(key, self.value(term, env))
        match term:
            case Relation(op=op, left=left, right=right):
                return self._relation(op, left, right, env)
            case Apply(head=head, args=args):
                parts = [self.event(a, env) for a in args]
                match head:
                    case "union" | "or":
                        return lambda o: any(p(o) for p in parts)
                    case "intersection" | "and":
                        return lambda o: all(p(o) for p in parts)
                    case "set_difference":
                        return lambda o: parts[0](o) and not parts[1](o)
                    case "complement" | "not":
                        return lambda o: not parts[0](o)
        raise Unsupported(Gap.PROBABILITY_OF_OTHER_THAN_EVENTS_AND_VALUES)

    def _relation(self, op: str, left: Term, right: Term, env: Values) -> Event:
        """Capitals, and the left letter of `p(y = 1)`, are what varies; the other letters are values."""
        varying = set(random_names(Relation(op, left, right)))
        keys = {n: self.survey.variable(n) for n in varying}
        a, b = self._side(left, env, keys), self._side(right, env, keys)
        return lambda o: compared(op, a(o), b(o))

    def _side(self, term: Term, env: Values, keys: Mapping[str, str]) -> Callable[[Values], Fraction]:
        """The value of a side of an event in an outcome: mostly a number, or what varies by itself."""
        match term:
            case Number(value=value):
                return lambda o: value
            case Symbol() | Element() if (name := name_of(term)) is not None and name in keys:
                key = keys[name]
                return lambda o: o[key]
            case _:
                return lambda o: self.value(term, {**env, **{n: o[k] for n, k in keys.items()}})

    # expectations --------------------------------------------------------------------------------

    def _expectation(self, node: Expectation, env: Values) -> Term:
        match node.op:
            case "H":
                return entropy(self, node, env)
            case "KL":
                return divergence(self, node, env)
            case "I":
                return information(self, node, env)
            case _:
                return self._moment(node, env)

    def _moment(self, node: Expectation, env: Values) -> Term:
        runs = list(self._runs(node, env))

        def mean(*factors: Term) -> Term:
            return add(
                *(mul(Number(w), folded(mul(*(self._term(f, inner) for f in factors)))) for w, inner in runs)
            )

        def covariance(a: Term, b: Term) -> Term:
            return sub(mean(a, b), mul(mean(a), mean(b)))

        match node.op, node.args:
            case "E", (x,):
                return mean(x)
            case "Var", (x,):
                return covariance(x, x)
            case "Std", (x,):
                return folded(Root(covariance(x, x), TWO))
            case "Cov", (x, y):
                return covariance(x, y)
            case "Cov", (x,):  # the covariance matrix of a column; of a number its variance
                return sub(mean(x, transpose(x)), mul(mean(x), transpose(mean(x))))
            case "Corr", (x, y):
                return div(
                    covariance(x, y),
                    mul(folded(Root(covariance(x, x), TWO)), folded(Root(covariance(y, y), TWO))),
                )
            case _:
                raise Unsupported(Gap.EXPECTATION, node.op)

    def _runs(self, node: Expectation, env: Values) -> Iterator[tuple[Fraction, Values]]:
        """The weights of an expectation with the values that its names have there."""
        letter, names, given = self._over(node)
        table = self.table(letter)
        bare = [n for c in given if (n := name_of(c)) is not None]
        names = [n for n in names if n not in bare]
        conditions = [self.event(c, env) for c in given]
        keys = [self.survey.variable(n) for n in names]
        told = [self.survey.variable(n) for c in given if name_of(c) is None for n in random_names(c)]
        if not set(told) <= set(table.variables):
            raise Unsupported(Gap.EXPECTATION_OF_ANOTHER_DISTRIBUTION)
        places = [table.variables.index(k) if k in table.variables else -1 for k in keys]
        if -1 in places:
            raise Unsupported(Gap.EXPECTATION_OF_ANOTHER_DISTRIBUTION)
        fixed = {n: self.value(c, env) for c in given if (n := name_of(c)) is not None}
        weights: dict[tuple[Fraction, ...], Fraction] = {}
        for outcome, weight in table.weights.items():
            o = dict(zip(table.variables, outcome, strict=True))
            if all(c(o) for c in conditions):
                part = tuple(outcome[k] for k in places)
                weights[part] = weights.get(part, Fraction(0)) + weight
        total = sum(weights.values())
        if not total:
            raise Undefined(Gap.CONDITION_OF_PROBABILITY_0)
        for values, weight in weights.items():
            if weight:
                yield weight / total, {**env, **fixed, **dict(zip(names, values, strict=True))}

    def _over(self, node: Expectation) -> tuple[str, list[str], tuple[Term, ...]]:
        """What an expectation is taken by, over which names, under which conditions."""
        given = () if node.given is None else plain(node.given)
        under = node.under
        names = list(under_names(node))
        match under:
            case None:
                free = [n for a in node.args for n in random_names(a, self.survey.random)]
                names = [n for n in dict.fromkeys(free) if n in self.survey.random]
                return self.main(), names, given
            case Relation(op="sim", right=right):
                letter, more = self.distribution(right)
                return letter, names, (*given, *more)
            case Probability() | Call():
                letter, more = self.distribution(under)
                return letter, names, (*given, *more)
            case _ if names and all(n in self.survey.variables for n in names):
                return self.main(), names, given
            case _:
                letter, more = self.distribution(under)
                table = self.table(letter)
                inside = [n for a in node.args for n in self._mentioned(a)]
                names = [n for n in dict.fromkeys(inside) if self.survey.variables.get(n) in table.variables]
                if len(names) != len(table.variables):
                    raise Unsupported(Gap.EXPECTATION_OF_NOTHING_RANDOM)
                return letter, names, (*given, *more)

    def _mentioned(self, term: Term) -> Iterator[str]:
        for node in walk(term):
            if (name := name_of(node)) is not None and name in self.survey.variables:
                yield name

    def main(self) -> str:
        if self.survey.main is None:
            raise Unsupported(Gap.EXPECTATION_BY_ONE_OF_SEVERAL_DISTRIBUTIONS)
        return self.survey.main

    def distribution(self, term: Term) -> tuple[str, tuple[Term, ...]]:
        """The letter of a distribution as it stands under an expectation, and what it is conditioned on."""
        if (density := self.survey.density(term)) is not None:
            if density.places:
                raise Unsupported(Gap.EXPECTATION_BY_NAMED_DENSITY)
            return density.letter, density.given
        name = function_name(term) if isinstance(term, Symbol | Element) else None
        if name is None or self.survey.table(name) not in self.world.tables:
            raise Unsupported(Gap.DISTRIBUTION, term.to_latex())
        return name, ()


def _open(upper: Term | None, name: str) -> bool:
    return upper is None or (isinstance(upper, Symbol) and upper.name == f"N_{{{name}}}")
