"""Expectations, variances and covariances written out in what is known of the random variables in them.

Linearity, independence, `\\operatorname{Cov}(AX) = A \\operatorname{Cov}(X) A^\\top`, the moments of named
distributions, tails and masses. What is left has no chance in it and is decided like any other claim; `Stuck`
where something is not known.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from derive.calculus.gradient import shape_of
from derive.classes import replace
from derive.term.construct import add, apply, div, mul, neg, power, sub, transpose
from derive.term.contents import among
from derive.term.nodes import (
    ONE,
    TWO,
    ZERO,
    Add,
    Apply,
    BigOp,
    Constant,
    Div,
    Element,
    Expectation,
    Mul,
    Neg,
    Number,
    Pow,
    Probability,
    Relation,
    Root,
    Symbol,
    Term,
)
from derive.term.traverse import free_symbols, fresh, map_children, substitute
from derive.verify.probability.compound import extreme, posterior, sample_of
from derive.verify.probability.divergences import divergence
from derive.verify.probability.known_moments import Facts, Known, at
from derive.verify.probability.laws import Law, laws_of
from derive.verify.probability.varying import could_be_random

_POWER = 6
"""The highest power of a sum that is multiplied out."""


class Stuck(Exception):
    """An expectation that what is known does not settle."""


class Moments:
    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.names = facts.names

    # -- terms ------------------------------------------------------------------------------------

    def written_out(self, term: Term) -> Term:
        """The term without expectations. Raises Stuck."""
        match term:
            case Expectation(op="KL", args=(p, q), under=None, given=None):
                found = divergence(self._law(p), self._law(q))
                if found is None:
                    raise Stuck
                return found
            case Expectation(under=Relation(op="sim", left=Symbol(name=name), right=law)):
                laws = laws_of(law)
                if not laws or name in self.names:
                    raise Stuck
                known = Known(laws[0], laws[0].mean, laws[0].variance)
                facts = replace(self.facts, known={**self.facts.known, name: known})
                return Moments(facts).written_out(replace(term, under=None))
            case Expectation(op=op, args=args, under=under, given=given):
                if under is not None:
                    raise Stuck
                if given is not None and not self._free_of(given, args):
                    if (found := self._given(op, args, given)) is not None:
                        return found
                    return self._of_normals(op, args, given)
                return self._expectation(op, tuple(self.inside(a) for a in args))
            case Probability(args=(event,), given=(), function=None):
                return self.chance_of(event)
            case Probability(args=(event,), given=(known_,), function=None):
                return self._beyond(event, known_)
            case Probability():
                raise Stuck
            case _:
                return map_children(term, self.written_out)

    def _law(self, term: Term) -> Law:
        """The law that a letter is called by or that is written out. Raises Stuck."""
        if isinstance(term, Symbol) and term.name in self.names:
            law = self.facts.known[term.name].law
            if law is not None:
                return law
        elif laws := laws_of(term):
            return laws[0]
        raise Stuck

    def inside(self, term: Term) -> Term:
        """Expectations inside of one are numbers."""
        return self.written_out(term)

    def _given(self, op: str, args: tuple[Term, ...], given: Term) -> Term | None:
        """`E[S \\mid N]` where the law of S has N for a parameter, `E[\\theta \\mid X = k]` where that of X
        has θ. None where the laws tell neither."""
        match given:
            case Symbol(name=name) as letter:
                value: Term = letter
            case Relation(op="=", left=Symbol(name=name) as letter, right=value) if not self.random(value):
                pass
            case _:
                return None
        if name not in self.names:
            return None
        own = {n for a in args for n in free_symbols(a) if n in self.names} - {name}
        known = {n: k for n, k in self.facts.known.items() if n != name}
        inside = Moments(replace(self.facts, known=known))
        if own and all(self._hangs_on(n, name) for n in own):
            return substitute(inside._expectation(op, args), {letter: value})
        law = self.facts.known[name].law
        for parameter in own:
            prior = self.facts.known[parameter].law
            if len(own) > 1 or law is None or prior is None or not self._hangs_on(name, parameter):
                return None
            if (after := posterior(prior, law, Symbol(parameter), value)) is not None:
                known[parameter] = Known(after, after.mean, after.variance)
                return Moments(replace(self.facts, known=known))._expectation(op, args)
        return None

    def _hangs_on(self, name: str, other: str) -> bool:
        """Whether one letter is random in the law of another, and no other letter is."""
        known = self.facts.known.get(name)
        if known is None or known.law is None or known.index is not None:
            return False
        return {n for a in known.law.args for n in free_symbols(a) if n in self.names} == {other}

    def _of_normals(self, op: str, args: tuple[Term, ...], given: Term) -> Term:
        """Means and covariances of jointly normal letters that another of them conditions. Raises Stuck.

        Source: Bishop, Pattern Recognition and Machine Learning, section 2.3.1.
        """
        match given:
            case Relation(op="=", left=Symbol() as y, right=value) if not self.random(value):
                pass
            case Symbol() as y:
                value = y
            case _:
                raise Stuck
        names = {n for a in args for n in free_symbols(a) if n in self.names}
        if not any(names | {y.name} <= together for together in self.facts.jointly):
            raise Stuck
        spread = self.covariance(y, y)
        inverse = apply("inverse", spread) if shape_of(spread) else div(ONE, spread)
        match op, args:
            case "E", (x,):
                return add(self.mean(x), mul(self.covariance(x, y), inverse, sub(value, self.mean(y))))
            case (("Var" | "Cov"), (x,)):
                return sub(self.covariance(x, x), mul(self.covariance(x, y), inverse, self.covariance(y, x)))
            case _:
                raise Stuck

    def _free_of(self, given: Term, args: tuple[Term, ...]) -> bool:
        """Whether what is asked for is independent of what it is conditioned on."""
        own = {n for a in args for n in free_symbols(a) if n in self.names}
        other = {n for n in free_symbols(given) if n in self.names}
        return all(frozenset((a, b)) in self.facts.independent for a in own for b in other) and bool(other)

    def _expectation(self, op: str, args: tuple[Term, ...]) -> Term:
        if not any(map(self.random, args)) and any(could_be_random(n) for a in args for n in free_symbols(a)):
            raise Stuck  # of Z nothing is told: not that it is constant either
        match op, args:
            case "E", (x,):
                return self.mean(x)
            case (("Var" | "Cov"), (x,)):
                return self.covariance(x, x)
            case "Cov", (x, y):
                return self.covariance(x, y)
            case "Std", (x,):
                return Root(self.covariance(x, x), TWO)
            case _:
                raise Stuck

    def random(self, term: Term) -> bool:
        return any(n in self.names for n in free_symbols(term))

    def _atom(self, term: Term) -> tuple[Known, Term | None] | None:
        """What is known of `X` or `X_i`, with its index."""
        match term:
            case Symbol(name=name) if name in self.names:
                return self.facts.known[name], None
            case Apply(head="max" | "min"):
                found = self._extreme(term)
                return None if found is None else (found, None)
            case Element(base=Symbol(name=name), indices=(index,)) if name in self.names:
                known = self.facts.known[name]
                if known.index is None and not self.facts.shapes.get(name):
                    raise Stuck
                return known, index
            case _:
                return None

    def _extreme(self, term: Term) -> Known | None:
        """The largest or the least of an independent family."""
        sample = sample_of(term)
        known = self.facts.known.get(sample[1].name) if sample is not None else None
        if sample is None or known is None or known.law is None or known.index is None:
            return None
        if frozenset((sample[1].name,)) not in self.facts.independent:
            return None
        law = extreme(known.law, sample[0], sample[2])
        return None if law is None else Known(law, law.mean, law.variance)

    def _entry(self, known: Known, index: Term | None) -> bool:
        """Whether an atom is an entry of a random vector, not a member of a family."""
        return index is not None and known.index is None

    # -- means ------------------------------------------------------------------------------------

    def mean(self, term: Term) -> Term:
        if not self.random(term):
            return term
        if (atom := self._atom(term)) is not None:
            known, index = atom
            if known.mean is None:
                return Expectation("E", (term,))
            if self._entry(known, index):
                assert index is not None
                return Element(known.mean, (index,)) if not _numbers(known.mean) else known.mean
            told = at(known, known.mean, index)
            assert told is not None
            return self._averaged(told, _name(term))
        match term:
            case Add(args=args):
                return add(*(self.mean(a) for a in args))
            case Neg(arg=arg):
                return neg(self.mean(arg))
            case Div(numerator=a, denominator=b) if not self.random(b):
                return div(self.mean(a), b)
            case Mul(args=args):
                return self._product(args)
            case Pow(base=Apply(head="norm", args=(u,)), exponent=two) if two == TWO:
                return self._product((transpose(u), u))
            case Pow(base=Root(radicand=inner, index=index), exponent=two) if index == two == TWO:
                return self.mean(inner)  # `s^2`, of an s that is defined by its square
            case Pow(base=base, exponent=two) if (
                two == TWO and shape_of(base) == () and (self._of_vectors(base) or self._of_families(base))
            ):
                return add(self.covariance(base, base), power(self.mean(base), TWO))
            case Pow(base=base, exponent=Number(value=k)) if k.denominator == 1 and 2 <= k <= _POWER:
                return self._product((base,) * int(k))
            case Pow(base=Constant(name="e"), exponent=u) | Apply(head="exp", args=(u,)):
                return self._generating(u)
            case Apply(head="transpose" | "trace" as head, args=(u,)):
                return apply(head, self.mean(u))
            case Apply(head="dot", args=(u, v)):
                return self._product((transpose(u), v))
            case Apply(head="indicator", args=(event,)):
                return self.chance_of(event)
            case BigOp(op="sum", body=body) if not any(self.random_range(b) for b in term.binders):
                return replace(term, body=self.mean(body))
            case _:
                raise Stuck

    def _averaged(self, told: Term, name: str) -> Term:
        """What is told of a variable, over the variables that its law has for parameters: the mean of N p."""
        names = {n for n in free_symbols(told) if n in self.names}
        if not names:
            return told
        if not all(self._hangs_on(name, n) and self.facts.known[n].mean is not None for n in names):
            raise Stuck
        return self.mean(told)

    def _of_vectors(self, term: Term) -> bool:
        """Whether a number is made of random vectors, `a^\\top X`."""
        return any(n in self.facts.shapes for n in free_symbols(term))

    def _of_families(self, term: Term) -> bool:
        """Whether there is a sum over random members in it, `X_i - \\bar X`."""
        return any(n.op == "sum" and self.random(n.body) for n in among(term, BigOp))

    def random_range(self, binder: object) -> bool:
        parts = (getattr(binder, p) for p in ("lower", "upper", "domain", "condition"))
        return any(p is not None and self.random(p) for p in parts)

    def _product(self, args: tuple[Term, ...]) -> Term:
        """The mean of a product: multiplied out, then by the number of random factors."""
        flat = [f for a in args for f in (a.args if isinstance(a, Mul) else (a,))]
        if len(flat) > 12:
            raise Stuck
        random = [k for k, f in enumerate(flat) if self.random(f)]
        if len(random) == 1 and len(flat) > 1 and self._of_families(flat[random[0]]):
            (k,) = random
            return mul(*flat[:k], self.mean(flat[k]), *flat[k + 1 :])
        for k, factor in enumerate(flat):
            if not self.random(factor) or self._atom(factor) is not None:
                continue
            parts = self._parts(factor)
            if parts is not None:
                return add(*(self._product((*flat[:k], p, *flat[k + 1 :])) for p in parts))
            if isinstance(factor, Neg):
                return neg(self._product((*flat[:k], factor.arg, *flat[k + 1 :])))
            if isinstance(factor, Div) and not self.random(factor.denominator):
                return div(self._product((*flat[:k], factor.numerator, *flat[k + 1 :])), factor.denominator)
            if (
                isinstance(factor, Pow)
                and isinstance(factor.exponent, Number)
                and shape_of(factor.base) == ()
            ):
                n = factor.exponent.value
                if n.denominator == 1 and 2 <= n <= _POWER:
                    return self._product((*flat[:k], *((factor.base,) * int(n)), *flat[k + 1 :]))
            if isinstance(factor, BigOp) and factor.op == "sum":
                return self._sum(factor, tuple(flat[:k]), tuple(flat[k + 1 :]))
            turned = self._turned(factor)
            if turned is not None:
                return self._product((*flat[:k], *turned, *flat[k + 1 :]))
        return self._monomial(flat)

    def _parts(self, factor: Term) -> tuple[Term, ...] | None:
        match factor:
            case Add(args=args):
                return args
            case Apply(head="transpose", args=(Add(args=args),)):
                return tuple(transpose(a) for a in args)
            case _:
                return None

    def _turned(self, factor: Term) -> tuple[Term, ...] | None:
        """A transposed product as a product of transposes."""
        match factor:
            case Apply(head="transpose", args=(Mul(args=args),)):
                numbers = [a for a in args if shape_of(a) == ()]
                return (*numbers, *(transpose(a) for a in reversed(args) if shape_of(a) != ()))
            case Apply(head="transpose", args=(Neg(arg=arg),)):
                return (Number(Fraction(-1)), transpose(arg))
            case _:
                return None

    def _sum(self, factor: BigOp, left: tuple[Term, ...], right: tuple[Term, ...]) -> Term:
        """A sum among the factors, its letters told apart from those outside."""
        if len(factor.binders) != 1:
            raise Stuck
        taken = {n for t in (*left, *right) for n in free_symbols(t)}
        binder = factor.binders[0]
        body: Term = factor.body
        for other in (*left, *right):
            if isinstance(other, BigOp) and self.random(other):
                raise Stuck  # two sums: their covariance tells which members meet
        if binder.variable.name in taken:
            new = fresh(binder.variable, taken | set(free_symbols(body)))
            body = substitute(body, {binder.variable: new})
            binder = replace(binder, variable=new)
        return replace(factor, body=self._product((*left, body, *right)), binders=(binder,))

    def _monomial(self, factors: list[Term]) -> Term:
        """Atoms, transposed or not, among constants, in order."""
        places = [k for k, f in enumerate(factors) if self.random(f)]
        if len(places) == 1:
            (k,) = places
            return mul(*factors[:k], self.mean(factors[k]), *factors[k + 1 :])
        if all(shape_of(factors[k]) == () for k in places):
            constants = [f for k, f in enumerate(factors) if k not in places]
            return mul(*constants, self._joint([factors[k] for k in places]))
        if len(places) != 2:
            raise Stuck
        i, j = places
        u, v, between = factors[i], factors[j], factors[i + 1 : j]
        before, after = factors[:i], factors[j + 1 :]
        scalars = [f for f in between if shape_of(f) == ()]
        between = [f for f in between if shape_of(f) != ()]
        left, right = _column(u), _column(v)
        if left is not None and right is not None and left[1] is False and right[1] is True and not between:
            x, y = left[0], right[0]
            second = add(self.covariance(x, y), Mul((self.mean(x), transpose(self.mean(y)))))
            return mul(*scalars, *before, second, *after)
        if left is not None and right is not None and left[1] is True and right[1] is False:
            x, y = left[0], right[0]
            matrix = mul(*between) if between else ONE
            swapped = self.covariance(y, x)
            trace = apply("trace", swapped if matrix == ONE else Mul((matrix, swapped)))
            means = mul(transpose(self.mean(x)), *between, self.mean(y))
            return mul(*scalars, *before, *after, add(trace, means))
        raise Stuck

    def _joint(self, atoms: list[Term]) -> Term:
        """The mean of a product of numbers: moments of independent ones, or a covariance."""
        counts = Counter(atoms)
        groups = list(counts.items())
        if all(self._apart(a, b) for k, (a, _) in enumerate(groups) for b, _ in groups[:k]):
            return mul(*(self._moment(a, k) for a, k in groups))
        if len(atoms) == 2:
            a, b = atoms
            return add(self.covariance(a, b), mul(self.mean(a), self.mean(b)))
        raise Stuck

    def _moment(self, term: Term, k: int) -> Term:
        if k == 1:
            return self.mean(term)
        atom = self._atom(term)
        if atom is None:
            raise Stuck
        known, index = atom
        if known.law is not None and not self.facts.shapes.get(_name(term)):
            found = known.law.moment(k)
            if found is not None:
                told = at(known, found, index)
                assert told is not None
                return self._averaged(told, _name(term))
        if k == 2:
            return add(self.covariance(term, term), power(self.mean(term), TWO))
        raise Stuck

    def _apart(self, a: Term, b: Term) -> bool:
        """Whether two atoms are independent."""
        return frozenset((_name(a), _name(b))) in self.facts.independent and (
            _name(a) != _name(b) or (self._index(a) != self._index(b) and _distinct(a, b))
        )

    def _index(self, term: Term) -> Term | None:
        atom = self._atom(term)
        return None if atom is None else atom[1]

    def _generating(self, u: Term) -> Term:
        """E[e^{tX}] of one variable with a law."""
        names = [n for n in free_symbols(u) if n in self.names]
        if len(names) != 1:
            raise Stuck
        law = self.facts.known[names[0]].law
        x = free_symbols(u)[names[0]]
        if law is None or law.generating is None:
            raise Stuck
        rate = _rate(u, x)
        if rate is None:
            raise Stuck
        return law.generating(rate)

    # -- covariances ------------------------------------------------------------------------------

    def covariance(self, u: Term, v: Term) -> Term:
        if not self.random(u) or not self.random(v):
            return ZERO
        if (found := self._split(u, lambda part: self.covariance(part, v))) is not None:
            return found
        if (found := self._split(v, lambda part: self.covariance(u, part))) is not None:
            return found
        match self._scaled(u), self._scaled(v):
            case (left, x), _ if left:
                return mul(*left, self.covariance(x, v))
            case _, (left, y) if left:
                if shape_of(v) == ():
                    numbers = [f for f in left if shape_of(f) == ()]
                    rows = [f for f in left if shape_of(f) != ()]
                    return mul(*numbers, self.covariance(u, y), *(transpose(f) for f in reversed(rows)))
                return mul(self.covariance(u, y), *(transpose(f) for f in reversed(left)))
        if isinstance(u, BigOp) or isinstance(v, BigOp):
            return self._of_sums(u, v)
        a, b = self._atom(u), self._atom(v)
        if a is None or b is None:
            if shape_of(u) == () and shape_of(v) == ():
                return sub(self._product((u, v)), mul(self.mean(u), self.mean(v)))
            raise Stuck
        return self._of_atoms(u, v, a, b)

    def _split(self, term: Term, each: object) -> Term | None:
        assert callable(each)
        match term:
            case Add(args=args):
                return add(*(each(a) for a in args))
            case Neg(arg=arg):
                return neg(each(arg))
            case Div(numerator=a, denominator=b) if not self.random(b):
                return div(each(a), b)
            case Apply(head="dot", args=(a, b)):
                first = (transpose(a), b) if self.random(b) else (transpose(b), a)
                found = each(Mul(first))
                assert not callable(found)
                return found  # type: ignore[no-any-return]
            case Mul(args=args) if shape_of(term) == () and self._row(args):
                return each(Mul(tuple(_flipped(args))))  # type: ignore[no-any-return]
            case _:
                return None

    def _row(self, args: tuple[Term, ...]) -> bool:
        """Whether what is random stands transposed in front, `X^\\top a`."""
        random = [f for f in args if self.random(f)]
        if len(random) != 1:
            return False
        (x,) = random
        return isinstance(x, Apply) and x.head == "transpose"

    def _scaled(self, term: Term) -> tuple[list[Term], Term]:
        """Constants in front of what is random: numbers and matrices; ([], term) where there are none."""
        if not isinstance(term, Mul):
            return [], term
        random = [k for k, f in enumerate(term.args) if self.random(f)]
        if len(random) != 1:
            return [], term
        k = random[0]
        before, after = list(term.args[:k]), list(term.args[k + 1 :])
        if any(shape_of(f) != () for f in after):
            raise Stuck
        return [*after, *before], term.args[k]

    def _of_sums(self, u: Term, v: Term) -> Term:
        """Σᵢ and Σⱼ of one independent family meet where the indices do."""
        if isinstance(u, BigOp) and isinstance(v, BigOp) and u.op == v.op == "sum":
            if len(u.binders) == len(v.binders) == 1:
                a, b = u.binders[0], v.binders[0]
                names = {n for n in self.names if n in free_symbols(u) or n in free_symbols(v)}
                alike = (a.lower, a.upper) == (b.lower, b.upper) and a.condition is b.condition is None
                if alike and all(self._family(n) for n in names) and self._all_apart(names):
                    return replace(
                        u, body=self.covariance(u.body, substitute(v.body, {b.variable: a.variable}))
                    )
        for sum_, other, first in ((u, v, True), (v, u, False)):
            if isinstance(sum_, BigOp) and sum_.op == "sum" and not isinstance(other, BigOp):
                inner = [n for n in free_symbols(sum_) if n in self.names]
                if any(self._family(n) for n in inner):
                    (binder,) = sum_.binders
                    index = self._index(other) if self._atom(other) is not None else None
                    if index is None or not self._all_apart(set(inner)) or {_name(other)} != set(inner):
                        raise Stuck
                    body = substitute(sum_.body, {binder.variable: index})
                    return self.covariance(body, other) if first else self.covariance(other, body)
                body = self.covariance(sum_.body, other) if first else self.covariance(other, sum_.body)
                return replace(sum_, body=body)
        raise Stuck

    def _family(self, name: str) -> bool:
        return self.facts.known[name].index is not None

    def _all_apart(self, names: set[str]) -> bool:
        return all(frozenset((a, b)) in self.facts.independent for a in names for b in names)

    def _of_atoms(self, u: Term, v: Term, a: tuple[Known, Term | None], b: tuple[Known, Term | None]) -> Term:
        same = _name(u) == _name(v)
        if not same:
            if frozenset((_name(u), _name(v))) in self.facts.independent:
                return ZERO
            if (told := self.facts.covariances.get((_name(u), _name(v)))) is not None:
                return told
            if (told := self.facts.covariances.get((_name(v), _name(u)))) is not None:
                return told if shape_of(u) == () else transpose(told)
            raise Stuck
        known, index = a
        if self._entry(known, index):
            other = b[1]
            if known.variance is None or index is None or other is None:
                raise Stuck
            return _entry_of(known.variance, index, other)
        if index != b[1]:
            if frozenset((_name(u),)) in self.facts.independent:
                if not _distinct(u, v):
                    raise Stuck
                return ZERO
            raise Stuck
        if known.variance is None:
            return Expectation("Var", (u,))
        told = at(known, known.variance, index)
        assert told is not None
        if self.random(told) and known.mean is not None:
            return add(self._averaged(told, _name(u)), self.covariance(known.mean, known.mean))
        return told

    # -- chances ----------------------------------------------------------------------------------

    def chance_of(self, event: Term) -> Term:
        """P(X > t) and P(X = k) of a variable with a law."""
        match event:
            case Relation(op=op, left=left, right=right) if op in _FLIPPED:
                if not self.random(left) and self.random(right):
                    op, left, right = _FLIPPED[op], right, left
                atom = self._atom(left)
                if atom is None or self.random(right) or atom[0].law is None or self._entry(*atom):
                    raise Stuck
                law = atom[0].law
                if op == "=":
                    if law.mass is None:
                        return ZERO if law.tail is not None else self._stuck()
                    return law.mass(right)
                if law.tail is None and law.mass is not None and law.support[0] == ZERO:
                    # at least one, or none
                    if (op, right) in (((">="), ONE), (">", ZERO)):
                        return sub(ONE, law.mass(ZERO))
                    if (op, right) in (("<", ONE), ("<=", ZERO)):
                        return law.mass(ZERO)
                if law.tail is None:
                    raise Stuck
                strict = op in (">", "<=")
                bound = right if strict or not law.discrete else sub(right, ONE)
                above = law.tail(bound)
                return above if op in (">", ">=") else sub(ONE, above)
            case _:
                raise Stuck

    def _beyond(self, event: Term, known: Term) -> Term:
        """`P(X > s + t \\mid X > s)`: what is known lies on the way."""
        match event, known:
            case (
                Relation(op=">" | ">=" as op, left=Symbol() as x, right=Add(args=parts)),
                Relation(op=other, left=same, right=bound),
            ) if same == x and op == other and bound in parts:
                return div(self.chance_of(event), self.chance_of(known))
            case _:
                raise Stuck

    def _stuck(self) -> Term:
        raise Stuck


_FLIPPED = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "=": "="}


def _numbers(term: Term) -> bool:
    return shape_of(term) == ()


def _name(term: Term) -> str:
    match term:
        case Symbol(name=name) | Element(base=Symbol(name=name)):
            return name
        case _:
            return ""


def _column(term: Term) -> tuple[Term, bool] | None:
    """An atom, and whether it is transposed."""
    match term:
        case Apply(head="transpose", args=(Symbol() | Element() as x,)):
            return x, True
        case Symbol() | Element():
            return term, False
        case _:
            return None


def _distinct(a: Term, b: Term) -> bool:
    """Whether the indices of two members of a family are numbers that differ."""
    match a, b:
        case Element(indices=(Number(value=i),)), Element(indices=(Number(value=j),)):
            return i != j
        case _:
            return _name(a) != _name(b)


def _flipped(args: tuple[Term, ...]) -> list[Term]:
    """A number as the transpose of itself, factor by factor."""
    return [transpose(f) if shape_of(f) != () else f for f in reversed(args)]


def _rate(u: Term, x: Symbol) -> Term | None:
    """t where u = t x."""
    match u:
        case Symbol() if u == x:
            return ONE
        case Neg(arg=arg):
            inner = _rate(arg, x)
            return None if inner is None else neg(inner)
        case Div(numerator=a, denominator=b) if x.name not in free_symbols(b):
            inner = _rate(a, x)
            return None if inner is None else div(inner, b)
        case Mul(args=args):
            if args.count(x) == 1 and sum(x.name in free_symbols(a) for a in args) == 1:
                return mul(*(a for a in args if a != x))
            return None
        case _:
            return None


def _entry_of(matrix: Term, i: Term, j: Term) -> Term:
    """An entry of a covariance matrix, carried to what it is made of."""
    match matrix:
        case Add(args=args):
            return add(*(_entry_of(a, i, j) for a in args))
        case Neg(arg=arg):
            return neg(_entry_of(arg, i, j))
        case Mul(args=(Symbol() as u, Apply(head="transpose", args=(v,)))) if u == v:
            return mul(Element(u, (i,)), Element(u, (j,)))
        case Mul(args=args) if sum(shape_of(a) != () for a in args) == 1 or _outer(args):
            numbers = [a for a in args if shape_of(a) == ()]
            arrays = [a for a in args if shape_of(a) != ()]
            inner = arrays[0] if len(arrays) == 1 else Mul(tuple(arrays))
            return mul(*numbers, _entry_of(inner, i, j))
        case Apply(head="diag", args=(p,)):
            return mul(apply("kronecker", i, j), Element(p, (i,)))
        case _:
            return Element(matrix, (i, j))


def _outer(args: tuple[Term, ...]) -> bool:
    arrays = [a for a in args if shape_of(a) != ()]
    return len(arrays) == 2 and len(args) > 2
