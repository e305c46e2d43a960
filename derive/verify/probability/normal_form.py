"""A normal form for claims about chance: sums over values of products of joint probabilities.

Every expectation is a sum over the values of what is random, every conditional probability a quotient of
joint ones, every logarithm of a product a sum. Two rules bring sums to a normal form: what does not vary is
drawn out, and a variable that only a joint probability speaks of is summed out, `\\sum_z p(x, z) = p(x)`. Two
sides with one normal form are equal in every space where the conditional probabilities exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from derive.reasons.gaps import Gap
from derive.term import nodes as t
from derive.term.traverse import free_symbols, substitute
from derive.verify.evaluate.values import Unsupported
from derive.verify.probability.distribution_letters import Density, function_name, name_of, of_event, plain
from derive.verify.probability.names import Survey
from derive.verify.probability.varying import random_names, under_names

Atom: TypeAlias = tuple[Any, ...]
"""`("joint", letter, conditions)`, `("sum", names, monomial)`, `("log", poly)`, `("power", poly)`,
`("term", term)`, `("apply", head, polys)`; while events are read, `("is", condition)`. A condition is a
variable with what is said of it: the name of its value, or `<= t`."""
Monomial: TypeAlias = frozenset[tuple[Atom, int]]
Poly: TypeAlias = dict[Monomial, Fraction]

_ONE: Monomial = frozenset()
_MOST = 400


def number(x: Fraction | int) -> Poly:
    return {_ONE: Fraction(x)} if x else {}


def atom(a: Atom, exponent: int = 1) -> Poly:
    return {frozenset([(a, exponent)]): Fraction(1)}


def plus(*polys: Poly) -> Poly:
    result: Poly = {}
    for p in polys:
        for m, c in p.items():
            result[m] = result.get(m, Fraction(0)) + c
    return {m: c for m, c in result.items() if c}


def scaled(p: Poly, by: Fraction | int) -> Poly:
    return {m: c * by for m, c in p.items()} if by else {}


def joined(a: Monomial, b: Monomial) -> Monomial:
    powers = dict(a)
    for x, k in b:
        powers[x] = powers.get(x, 0) + k
    return frozenset((x, k) for x, k in powers.items() if k)


def times(*polys: Poly) -> Poly:
    result = number(1)
    for p in _cancelled(polys):
        step: Poly = {}
        for m, c in result.items():
            for n, d in p.items():
                key = joined(m, n)
                step[key] = step.get(key, Fraction(0)) + c * d
        result = {m: c for m, c in step.items() if c}
        if len(result) > _MOST:
            raise Unsupported(Gap.LONG_EXPRESSION)
    return result


def _cancelled(polys: Sequence[Poly]) -> list[Poly]:
    """The factors, without a sum that another is divided by: `P(B^c) P(A | B^c)` is `P(A, B^c)`."""
    left = list(polys)
    gone: set[int] = set()
    for j in range(len(left)):
        if len(left[j]) < 2:
            continue
        below = ("power", frozen(left[j]))
        for k, q in enumerate(left):
            if k not in gone and q and all(dict(m).get(below, 0) < 0 for m in q):
                left[k] = {joined(m, frozenset([(below, 1)])): c for m, c in q.items()}
                gone.add(j)
                break
    return [p for k, p in enumerate(left) if k not in gone]


def frozen(p: Poly) -> frozenset[tuple[Monomial, Fraction]]:
    return frozenset(p.items())


def power(p: Poly, k: int) -> Poly:
    if k >= 0:
        return times(*([p] * k))
    if len(p) == 1:
        ((m, c),) = p.items()
        return {frozenset((x, e * k) for x, e in m): c**k}
    if not p:
        raise Unsupported(Gap.DIVISION_BY_ZERO_IN_NORMAL_FORM)
    return atom(("power", frozen(p)), k)


def names_of(a: Atom) -> frozenset[str]:
    """The names that an atom depends on, without those that it binds."""
    match a:
        case ("joint", _, conditions):
            return frozenset(said for _, said in conditions)
        case ("sum", bound, monomial):
            return frozenset(n for x, _ in monomial for n in names_of(x)) - frozenset(bound)
        case ("log" | "power", poly):
            return frozenset(n for m, _ in poly for x, _ in m for n in names_of(x))
        case ("term", term):
            return frozenset(free_symbols(term))
        case ("apply", _, polys):
            return frozenset(n for p in polys for m, _ in p for x, _ in m for n in names_of(x))
    return frozenset()


def renamed(p: Poly, old: str, new: str) -> Poly:
    """The same with one free name in the place of another."""

    def of_atom(a: Atom) -> Atom:
        match a:
            case ("joint", letter, conditions):
                return ("joint", letter, frozenset((k, new if s == old else s) for k, s in conditions))
            case ("sum", bound, monomial):
                if old in bound:
                    return a
                return ("sum", bound, frozenset((of_atom(x), k) for x, k in monomial))
            case ("log" | "power" as kind, poly):
                return (kind, frozen(renamed(dict(poly), old, new)))
            case ("term", term):
                return ("term", substitute(term, {t.Symbol(old): t.Symbol(new)}))
            case ("apply", head, polys):
                return ("apply", head, tuple(frozen(renamed(dict(q), old, new)) for q in polys))
        return a

    return {frozenset((of_atom(a), k) for a, k in m): c for m, c in p.items()}


class Reader:
    """Reads terms into the normal form, names taken as a survey says."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey

    # sums ----------------------------------------------------------------------------------------

    def summed(self, p: Poly, names: Sequence[str]) -> Poly:
        """The sum over all values of the variables that the names stand for."""
        bound: list[str] = []
        for name in names:
            new = "#" + self.survey.variable(name)
            if any(new in names_of(a) for m in p for a, _ in m):
                raise Unsupported(Gap.SUMS_WITHIN_SUMS_OVER_ONE_VARIABLE)
            p = renamed(p, name, new)
            bound.append(new)
        return plus(*(scaled(self._summed(m, frozenset(bound)), c) for m, c in p.items()))

    def _summed(self, monomial: Monomial, bound: frozenset[str]) -> Poly:
        outside = frozenset((a, k) for a, k in monomial if not names_of(a) & bound)
        inside = dict(joined(monomial, frozenset((a, -k) for a, k in outside)))
        sums = [a for a, k in inside.items() if a[0] == "sum" and k == 1]
        if (
            len(sums) == 1
            and not sums[0][1] & bound
            and not any(names_of(a) & sums[0][1] for a in inside if a != sums[0])
        ):
            # a sum of sums is one sum
            inner = sums[0]
            del inside[inner]
            flat = joined(frozenset(inside.items()), inner[2])
            return times({outside: Fraction(1)}, self._summed(flat, bound | inner[1]))
        for name in sorted(bound):
            holders = [(a, k) for a, k in inside.items() if name in names_of(a)]
            if not holders:
                raise Unsupported(Gap.SUM_OF_WHAT_DOES_NOT_VARY)
            if len(holders) == 1 and holders[0][0][0] == "joint" and holders[0][1] == 1:
                joint = holders[0][0]
                del inside[joint]
                rest = frozenset(c for c in joint[2] if c[1] != name)
                left = joined(frozenset(inside.items()), self._joint(joint[1], rest))
                others = bound - {name}
                if not others:
                    return {joined(outside, left): Fraction(1)}
                return times({outside: Fraction(1)}, self._summed(left, others))
        return times({outside: Fraction(1)}, atom(("sum", bound, frozenset(inside.items()))))

    def _joint(self, letter: str, conditions: frozenset[tuple[str, str]]) -> Monomial:
        return frozenset([(("joint", letter, conditions), 1)]) if conditions else _ONE

    # probabilities -------------------------------------------------------------------------------

    def density(self, d: Density) -> Poly:
        both = self.probability(d.letter, self._events(d, (*d.args, *d.given), 0))
        below = self.probability(d.letter, self._events(d, d.given, len(d.args)))
        return times(both, power(below, -1))

    def probability(self, letter: str, event: Poly) -> Poly:
        """The probability of an event as a polynomial in indicators."""
        letter = self.survey.table(letter)
        result: Poly = {}
        for m, c in event.items():
            conditions = frozenset(a[1] for a, _ in m)
            result = plus(result, {self._joint(letter, conditions): c})
        return result

    def _events(self, d: Density, parts: Sequence[t.Term], start: int) -> Poly:
        if d.places:
            keys = [self.survey.places[p] for p in d.places[start:]]
            return self._all(self._is(k, self._said(p)) for k, p in zip(keys, parts, strict=False))
        return self._all(self.event(p) for p in parts)

    def _all(self, events: Iterable[Poly]) -> Poly:
        product = times(number(1), *events)
        # an indicator is its own square
        return plus(*({frozenset((a, 1) for a, _ in m): c} for m, c in product.items()))

    def _is(self, key: str, said: str) -> Poly:
        return atom(("is", (key, said)))

    def _said(self, term: t.Term) -> str:
        if (name := name_of(term)) is not None:
            return name
        if isinstance(term, t.Number):
            return f"= {term.value}"
        raise Unsupported(Gap.VALUE_THAT_IS_EXPRESSION)

    def event(self, term: t.Term) -> Poly:
        if (name := name_of(term)) is not None:
            return self._is(self.survey.variable(name), name)
        match term:
            case t.Relation(op=op, left=left, right=right):
                variable = name_of(left)
                if variable not in random_names(term):
                    raise Unsupported(Gap.EVENT_OF_THIS_FORM)
                key, said = self.survey.variable(str(variable)), self._said(right)
                positive = {"=": said, "<=": f"<= {said}", "<": f"< {said}"}.get(op)
                if positive is not None:
                    return self._is(key, positive)
                negative = {"!=": said, ">": f"<= {said}", ">=": f"< {said}"}[op]
                return plus(number(1), scaled(self._is(key, negative), -1))
            case t.Apply(head=head, args=args):
                parts = [self.event(a) for a in args]
                opposite = [plus(number(1), scaled(p, -1)) for p in parts]
                match head:
                    case "intersection" | "and":
                        return self._all(parts)
                    case "union" | "or":
                        return plus(number(1), scaled(self._all(opposite), -1))
                    case "set_difference":
                        return self._all([parts[0], opposite[1]])
                    case "complement" | "not":
                        return opposite[0]
        raise Unsupported(Gap.EVENT_OF_THIS_FORM)

    # terms ---------------------------------------------------------------------------------------

    def read(self, term: t.Term) -> Poly:
        match term:
            case t.Number(value=value):
                return number(value)
            case t.Expectation():
                return self._expectation(term)
            case t.Probability() | t.Call() if (d := self.survey.density(term)) is not None:
                return self.density(d)
            case t.Add(args=args):
                return plus(*(self.read(a) for a in args))
            case t.Neg(arg=arg):
                return scaled(self.read(arg), -1)
            case t.Mul(args=args):
                return times(*(self.read(a) for a in args))
            case t.Div(numerator=a, denominator=b):
                return times(self.read(a), power(self.read(b), -1))
            case t.Pow(base=base, exponent=t.Number(value=k)) if k.denominator == 1 and abs(k) <= 8:
                return power(self.read(base), int(k))
            case t.Apply(head="log", args=args):
                return self.log(self.read(args[0]))
            case t.Apply(head="transpose", args=(x,)):
                return self.read(x)
            case t.BigOp(op="sum", body=body, binders=binders) if all(_over_all(b) for b in binders):
                return self.summed(self.read(body), [b.variable.name for b in binders])
            case t.Integral(body=body, variable=v, lower=None, upper=None, domain=None):
                return self.summed(self.read(body), [v.name])
            case t.Symbol() | t.Element() | t.Call() | t.Constant():
                return atom(("term", term))
            case t.Root(radicand=x, index=index):
                return atom(("apply", f"root {index.to_latex()}", (frozen(self.read(x)),)))
            case t.Apply(head=head, args=args):
                return atom(("apply", head, tuple(frozen(self.read(a)) for a in args)))
        raise Unsupported(Gap.CONSTRUCT_WITHOUT_NORMAL_FORM)

    def log(self, p: Poly) -> Poly:
        """The logarithm of a product is the sum of the logarithms."""
        if len(p) != 1:
            return atom(("log", frozen(p)))
        ((m, c),) = p.items()
        if c <= 0:
            raise Unsupported(Gap.LOGARITHM_OF_NEGATIVE_NUMBER)
        parts = [scaled(atom(("log", frozen(atom(a)))), k) for a, k in m]
        for value, sign in ((c.numerator, 1), (c.denominator, -1)):
            if value != 1:
                parts.append(scaled(atom(("log", frozen(number(value)))), sign))
        return plus(*parts)

    # expectations --------------------------------------------------------------------------------

    def _expectation(self, node: t.Expectation) -> Poly:
        match node.op, node.args:
            case "E", (x,):
                return self.mean(node, x)
            case "Var", (x,):
                return self.covariance(node, x, x)
            case "Cov", (x, y):
                return self.covariance(node, x, y)
            case "H", args if node.under is None:
                return self.entropy(args, node.given)
            case "I", (x, y) if node.under is None and node.given is None:
                h = [self.entropy(a, None) for a in ((x,), (y,), (x, y))]
                return plus(h[0], h[1], scaled(h[2], -1))
            case "KL", (a, b) if node.under is None and node.given is None:
                return self.divergence(a, b)
        raise Unsupported(Gap.EXPECTATION_WITHOUT_NORMAL_FORM)

    def covariance(self, node: t.Expectation, x: t.Term, y: t.Term) -> Poly:
        means = times(self.mean(node, x), self.mean(node, y))
        return plus(self.mean(node, t.Mul((x, y))), scaled(means, -1))

    def mean(self, node: t.Expectation, x: t.Term) -> Poly:
        letter, names, given = self._over(node)
        bare = {n for c in given if (n := name_of(c)) is not None}
        names = [n for n in names if n not in bare]
        if any(of_event(s) for s in free_symbols(x)):
            raise Unsupported(Gap.INDICATOR)
        varying = self._all(self._is(self.survey.variable(n), n) for n in names)
        condition = self._all(self.event(c) for c in given)
        weight = times(
            self.probability(letter, self._all([varying, condition])),
            power(self.probability(letter, condition), -1),
        )
        return self.summed(times(weight, self.read(x)), names)

    def _over(self, node: t.Expectation) -> tuple[str, list[str], tuple[t.Term, ...]]:
        given = () if node.given is None else plain(node.given)
        under, names = node.under, list(under_names(node))
        if under is None:
            free = dict.fromkeys(n for a in node.args for n in random_names(a, self.survey.random))
            return self._main(), [n for n in free if n in self.survey.random], given
        right = under.right if isinstance(under, t.Relation) else under
        if (d := self.survey.density(right)) is not None and not d.places:
            return d.letter, names, (*given, *d.given)
        name = function_name(right) if isinstance(right, t.Symbol | t.Element) else None
        if isinstance(under, t.Relation) and name is not None:
            return name, names, given
        if names:
            return self._main(), names, given
        raise Unsupported(Gap.EXPECTATION_BY_LETTER)

    def _main(self) -> str:
        if self.survey.main is None:
            raise Unsupported(Gap.EXPECTATION_BY_ONE_OF_SEVERAL_DISTRIBUTIONS)
        return self.survey.main

    def entropy(self, args: Sequence[t.Term], given: t.Term | None) -> Poly:
        letter = self._main()
        names = [n for a in args if (n := name_of(a)) is not None]
        below = [n for c in (() if given is None else plain(given)) if (n := name_of(c)) is not None]
        if len(names) < len(args) or (given is not None and len(below) < len(plain(given))):
            raise Unsupported(Gap.ENTROPY_OF_EXPRESSION)
        every = list(dict.fromkeys([*names, *below]))
        joint = self.probability(letter, self._all(self._is(self.survey.variable(n), n) for n in every))
        apart = self.probability(letter, self._all(self._is(self.survey.variable(n), n) for n in below))
        ratio = times(joint, power(apart, -1))
        return scaled(self.summed(times(joint, self.log(ratio)), every), -1)

    def divergence(self, a: t.Term, b: t.Term) -> Poly:
        first, second = self.survey.density(a), self.survey.density(b)
        if first is None or second is None or first.places or second.places:
            if not (isinstance(a, t.Symbol) and isinstance(b, t.Symbol)):
                raise Unsupported(Gap.DIVERGENCE_WITHOUT_NORMAL_FORM)
            variables = self.survey.tables[self.survey.table(a.name)]
            names = [next(n for n, k in self.survey.variables.items() if k == v) for v in variables]
            first, second = (Density(x.name, tuple(t.Symbol(n) for n in names)) for x in (a, b))
        names = [n for x in first.args if (n := name_of(x)) is not None]
        if len(names) < len(first.args):
            raise Unsupported(Gap.DIVERGENCE_WITHOUT_NORMAL_FORM)
        p, q = self.density(first), self.density(second)
        return self.summed(times(p, self.log(times(p, power(q, -1)))), names)


def same(survey: Survey, left: t.Term, right: t.Term) -> bool:
    """Whether both sides have one normal form."""
    reader = Reader(survey)
    return not plus(reader.read(left), scaled(reader.read(right), -1))


def _over_all(binder: t.Binder) -> bool:
    """Whether a sum runs over all values of its letter."""
    open_ = binder.upper is None or binder.upper == t.Symbol(f"N_{{{binder.variable.name}}}")
    return open_ and binder.domain is None and binder.condition is None
