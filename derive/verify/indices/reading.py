"""Terms read into index notation: an entry of each array, at indices that are handed in.

A column has a row index, a row a column index, a matrix both, a number none. Functions of numbers,
inverses, determinants and powers of sums are atoms that know what is inside of them by its canonical text,
with the free indices inside as their slots.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from derive.calculus.gradient import _ELEMENTWISE, _times, shape_of
from derive.classes import dataclass, field
from derive.term import nodes as t
from derive.verify.indices.expression import (
    Expression,
    Factor,
    Index,
    Monomial,
    TooMuch,
    atom,
    collected,
    fresh,
    number,
    plus,
    replaced,
    scaled,
    summed,
    text,
    times,
)

Shape = tuple[t.Dimension, ...]
_POWER = 6
DELTA = "δ"


@dataclass(slots=True)
class Inside:
    """What an atom stands for, at its slots. kind: `inverse` of a matrix (two slots), `sum` of numbers."""

    kind: str
    slots: tuple[Index, ...]
    body: Expression


@dataclass(slots=True)
class Reader:
    """properties: what hypotheses say of letters. inside: what atoms were made of. tidy: simplifies what goes
    into an atom. slope: the derivative by an entry of a letter."""

    properties: Mapping[str, frozenset[str]]
    tidy: Callable[[Expression], Expression]
    slope: Callable[[Reader, Expression, str, tuple[Index, ...]], Expression]
    inside: dict[str, Inside] = field(default_factory=dict)
    dimensions: dict[Index, str] = field(default_factory=dict)

    def entry(self, term: t.Term, row: Index | None, column: Index | None) -> Expression:
        """The entry of a term; row and column are None where it has no such index. Raises TooMuch."""
        match term:
            case t.Number(value=value):
                return number(value)
            case t.Constant(name=name) if name not in ("i", "infinity"):
                return atom(name)
            case t.Symbol(name=name):
                return self._letter(name, shape_of(term), row, column)
            case t.Element(base=base, indices=indices):
                return self._element(base, indices, row)
            case t.Neg(arg=arg):
                return scaled(self.entry(arg, row, column), -1)
            case t.Add(args=args):
                return plus(*(self.entry(a, row, column) for a in args))
            case t.Mul(args=args):
                return self._product(args, row, column)
            case t.Div(numerator=a, denominator=b):
                return times(self.entry(a, row, column), self._reciprocal(b))
            case t.Pow(base=t.Apply(head="norm", args=(u,)), exponent=two) if two == t.TWO:
                return self._squares(u)
            case t.Pow(base=t.Constant(name="e"), exponent=exponent) if shape_of(exponent) == ():
                return self._exponential(self._number(exponent))
            case t.Pow(base=t.Apply(head="cosh", args=(u,)), exponent=t.Number(value=k)) if k < 0:
                return self._cosh_to(self._number(u), k)
            case t.Pow(base=base, exponent=exponent) if shape_of(base) == ():
                if not isinstance(exponent, t.Number):
                    raise TooMuch
                return self.power(self._number(base), exponent.value)
            case t.Pow(base=base, exponent=t.Number(value=k)) if k.denominator == 1 and 1 <= k <= _POWER:
                return self._product((base,) * int(k), row, column)
            case t.Root(radicand=radicand, index=t.Number(value=k)) if shape_of(radicand) == ():
                return self.power(self._number(radicand), 1 / k)
            case t.Apply(head=head, args=args):
                return self._applied(head, args, term, row, column)
            case t.BigOp(op="sum", body=body, binders=binders):
                return self._sum(body, binders, row, column)
            case t.Derivative(body=body, variables=((variable, order),)) if order == t.ONE:
                return self._derivative(body, variable, row, column)
            case t.Call(function=function, args=(u,)) if isinstance(function, t.Symbol | t.Prime):
                return self._function(function.to_latex(), self.entry(u, row, column))
            case _:
                raise TooMuch

    def _derivative(
        self, body: t.Term, variable: t.Term, row: Index | None, column: Index | None
    ) -> Expression:
        """By an entry, or by an array: a number in the array's shape, a column with a row for each entry."""
        slope = self.slope
        match variable:
            case t.Element(base=t.Symbol(name=name), indices=indices) if all(
                isinstance(i, t.Symbol) for i in indices
            ):
                at = tuple(i.name for i in indices if isinstance(i, t.Symbol))
                return slope(self, self.tidy(self.entry(body, row, column)), name, at)
            case t.Symbol(name=name, type=kind) if kind.shape is not None:
                shape = shape_of(body)
                if shape == ():
                    at = tuple(i for i in (row, column) if i is not None)
                    return slope(self, self.tidy(self.entry(body, None, None)), name, at)
                if len(shape or ()) == 1 and len(kind.shape) == 1 and column is not None:
                    return slope(self, self.tidy(self.entry(body, row, None)), name, (column,))
        raise TooMuch

    def _cosh_to(self, u: Expression, k: Fraction) -> Expression:
        """cosh(u)^k = 2^{-k} e^{-ku} (e^{2u} + 1)^k for a negative whole k."""
        if k.denominator != 1:
            raise TooMuch
        base = self.power(plus(self._exponential(scaled(u, 2)), number(1)), k)
        return scaled(times(self._exponential(scaled(u, -k)), base), Fraction(2) ** int(-k))

    def _reciprocal(self, term: t.Term) -> Expression:
        """1 over a number, a power of it as the power of its reciprocal."""
        match term:
            case t.Apply(head="cosh", args=(u,)):
                return self._cosh_to(self._number(u), Fraction(-1))
            case t.Pow(base=t.Apply(head="cosh", args=(u,)), exponent=t.Number(value=k)) if k > 0:
                return self._cosh_to(self._number(u), -k)
            case t.Pow(base=base, exponent=t.Number(value=k)) if shape_of(base) == ():
                return self.power(self._number(base), -k)
            case t.Pow(base=t.Apply(head="norm", args=(u,)), exponent=t.Number(value=k)):
                return self.power(self._squares(u), -k / 2)
            case t.Mul(args=args) if all(shape_of(a) == () for a in args):
                return times(*(self._reciprocal(a) for a in args))
            case t.Apply(head="norm", args=(u,)):
                return self.power(self._squares(u), Fraction(-1, 2))
            case _:
                return self.power(self._number(term), Fraction(-1))

    def _number(self, term: t.Term) -> Expression:
        if shape_of(term) != ():
            raise TooMuch
        return self.entry(term, None, None)

    def _letter(self, name: str, shape: Shape | None, row: Index | None, column: Index | None) -> Expression:
        if shape is None:
            raise TooMuch
        slots = tuple(i for i in (row, column) if i is not None)
        if len(slots) != sum(d != 1 for d in shape):
            raise TooMuch
        for slot, d in zip(slots, (d for d in shape if d != 1), strict=True):
            self.dimensions.setdefault(slot, str(d))
        return atom(name, *slots)

    def _element(self, base: t.Term, indices: tuple[t.Term, ...], row: Index | None) -> Expression:
        names: list[Index] = []
        for i in indices:
            if not isinstance(i, t.Symbol):
                raise TooMuch
            names.append(i.name)
        if isinstance(base, t.Symbol):
            shape = base.type.shape
            if base.type.role == "sequence" or shape == ():
                return atom(base.name, *names, *(() if not shape or row is None else (row,)))
            if shape is None or len(shape) != len(names):
                raise TooMuch
            return atom(base.name, *names)
        shape = shape_of(base)
        if shape is None or len(shape) != len(names):
            raise TooMuch
        return self.entry(base, names[0], names[1] if len(names) > 1 else None)

    def _product(self, args: tuple[t.Term, ...], row: Index | None, column: Index | None) -> Expression:
        """Numbers, and runs of arrays that come to numbers, around the one run that does not."""
        numbers: list[Expression] = []
        runs: list[list[t.Term]] = [[]]
        shape: Shape | None = ()
        for a in args:
            part = shape_of(a)
            if part is None:
                raise TooMuch
            if part == ():
                numbers.append(self._number(a))
                continue
            shape = _times(shape or (), part)
            if shape is None:
                raise TooMuch
            runs[-1].append(a)
            if shape == ():
                runs.append([])
        full = [r for r in runs if r]
        for k, run in enumerate(full):
            last = k == len(full) - 1 and shape != ()
            numbers.append(self._run(run, row if last else None, column if last else None))
        return times(*numbers)

    def _run(self, run: list[t.Term], row: Index | None, column: Index | None) -> Expression:
        at = row
        parts: list[Expression] = []
        inner: list[tuple[Index, str]] = []
        for k, a in enumerate(run):
            shape = shape_of(a) or ()
            rows, columns = (shape[0], 1) if len(shape) == 1 else (shape[0], shape[1])
            following: Index | None = None
            if columns != 1:
                following = column if k == len(run) - 1 else fresh()
                if k < len(run) - 1:
                    assert following is not None
                    inner.append((following, str(columns)))
            parts.append(self.entry(a, at if rows != 1 else None, following))
            at = following
        whole = times(*parts)
        for index, d in inner:
            whole = summed(whole, index, d)
        return whole

    def _sum(
        self, body: t.Term, binders: tuple[t.Binder, ...], row: Index | None, column: Index | None
    ) -> Expression:
        if len(binders) != 1:
            (first, *rest) = binders
            body, binders = t.BigOp("sum", body, tuple(rest)), (first,)
        (b,) = binders
        if b.lower != t.ONE or b.condition is not None or not isinstance(b.upper, t.Symbol | t.Number):
            raise TooMuch
        inside = self.entry(body, row, column)
        return summed(inside, b.variable.name, b.upper.to_latex())

    def _squares(self, u: t.Term) -> Expression:
        shape = shape_of(u)
        if not shape:
            raise TooMuch
        i = fresh()
        j = fresh() if len(shape) == 2 else None
        entry = self.entry(u, i, j)
        whole = times(entry, entry)
        whole = summed(whole, i, str(shape[0]))
        return whole if j is None else summed(whole, j, str(shape[1]))

    def _applied(
        self, head: str, args: tuple[t.Term, ...], term: t.Apply, row: Index | None, column: Index | None
    ) -> Expression:
        match head, args:
            case "transpose", (u,):
                return self.entry(u, column, row)
            case "identity", _ if row is not None and column is not None:
                return atom(DELTA, row, column)
            case "ones", _:
                return number(1)
            case "unit", (t.Symbol(name=k), *_) if row is not None:
                return atom(DELTA, *sorted((k, row)))
            case "kronecker", (t.Symbol(name=a), t.Symbol(name=b)):
                return atom(DELTA, *sorted((a, b)))
            case "trace", (u,):
                shape = shape_of(u)
                if not shape or len(shape) != 2:
                    raise TooMuch
                i, j = fresh(), fresh()
                square = times(self.entry(u, i, j), atom(DELTA, i, j))
                return summed(summed(square, i, str(shape[0])), j, str(shape[0]))
            case "dot", (u, v):
                return self._number(t.Mul((t.Apply("transpose", (u,)), v)))
            case "hadamard", _:
                return times(*(self.entry(a, row, column) for a in args))
            case "norm", (u, *kind) if not kind or kind[0] in (t.TWO, t.Symbol("F")):
                return self.power(self._squares(u), Fraction(1, 2))
            case "inverse", (u,):
                if shape_of(u) == ():
                    return self.power(self._number(u), Fraction(-1))
                return self._inverse(u, row, column)
            case "det", (u,):
                return self._determinant(u)
            case "diag", (u,) if len(shape_of(u) or ()) == 1 and row is not None and column is not None:
                return times(self.entry(u, row, None), atom(DELTA, row, column))
            case "diag", (u,) if len(shape_of(u) or ()) == 2 and row is not None:
                return self.entry(u, row, row)
            case "each_exp" | "exp", (u,):
                return self._exponential(self.entry(u, row, column))
            case "each_power", (t.Apply(head="cosh", args=(u,)), t.Number(value=k)) if k < 0:
                return self._cosh_to(self.entry(u, row, column), k)
            case "each_power", (
                t.Apply(head="each_power", args=(u, t.Number(value=j))),
                t.Number(value=k),
            ) if j.denominator == k.denominator == 1:
                return self.entry(t.Apply("each_power", (u, t.Number(j * k))), row, column)
            case "tanh", (u,):
                double = self._exponential(scaled(self.entry(u, row, column), 2))
                return plus(number(1), scaled(self.power(plus(double, number(1)), Fraction(-1)), -2))
            case "cosh" | "sinh", (u,):
                inner = self.entry(u, row, column)
                other = scaled(self._exponential(scaled(inner, -1)), 1 if head == "cosh" else -1)
                return scaled(plus(self._exponential(inner), other), Fraction(1, 2))
            case "each_power", (u, t.Number(value=k)):
                return self.power(self.entry(u, row, column), k)
            case "softmax", (u,) if row is not None:
                shape = shape_of(u) or ()
                k_ = fresh()
                whole = summed(self._exponential(self.entry(u, k_, None)), k_, str(shape[0]))
                return times(self._exponential(self.entry(u, row, None)), self.power(whole, Fraction(-1)))
            case "sigmoid", (u,):
                below = plus(number(1), self._exponential(scaled(self.entry(u, row, column), -1)))
                return self.power(below, Fraction(-1))
            case "log", (u,):
                return self._logarithm(self.entry(u, row, column))
            case _, (u,) if head in _ELEMENTWISE:
                return self._function(head, self.entry(u, row, column))
            case _:
                raise TooMuch

    # -- atoms with something inside ----------------------------------------------------------------

    def _made(self, kind: str, body: Expression, slots: tuple[Index, ...]) -> str:
        """The atom for what is inside, its slots named by their order."""
        names = {s: f"${k}" for k, s in enumerate(slots)}
        inner = collected(replaced(body, names))
        name = f"{kind}[{text(inner)}]"
        self.inside.setdefault(name, Inside(kind, tuple(names.values()), inner))
        return name

    def _function(self, head: str, body: Expression) -> Expression:
        body = self.tidy(body)
        slots = _free(body)
        return atom(self._made(head, body, slots), *slots)

    def _exponential(self, body: Expression) -> Expression:
        """exp of c u as the power c of exp(u), so that e^{-u} e^u = 1 and e^{2u} is a square."""
        body = self.tidy(body)
        if not body:
            return number(1)
        slots = _free(body)
        ordered = collected(replaced(body, {s: f"${k}" for k, s in enumerate(slots)}))
        exponent = ordered[0].coefficient
        name = self._made("exp", scaled(body, 1 / exponent), slots)
        return atom(name, *slots, exponent=exponent)

    def _logarithm(self, body: Expression) -> Expression:
        """log of a product of powers of exponentials and sums is a sum; what is positive is known by its
        kind."""
        body = self.tidy(body)
        if len(body) == 1 and not body[0].bound and body[0].coefficient == 1:
            parts: list[Expression] = []
            for f in body[0].factors:
                inside = self.inside.get(f.atom)
                if inside is not None and inside.kind == "exp":
                    at = dict(zip(inside.slots, f.slots, strict=True))
                    parts.append(scaled(replaced(inside.body, at), f.exponent))
                elif inside is not None and inside.kind == "sum" and self._is_positive(inside.body):
                    slots = f.slots
                    parts.append(
                        scaled(atom(self._made("log", atom(f.atom, *slots), slots), *slots), f.exponent)
                    )
                else:
                    break
            else:
                return plus(*parts)
        return self._function("log", body)

    def _is_positive(self, body: Expression) -> bool:
        return all(
            m.coefficient > 0
            and all((i := self.inside.get(f.atom)) is not None and i.kind == "exp" for f in m.factors)
            for m in body
        )

    def power(self, body: Expression, exponent: Fraction) -> Expression:
        """A power of a number: of each factor of a product, multiplied out where it is a whole one."""
        body = self.tidy(body)
        if exponent.denominator == 1 and 0 <= exponent <= _POWER:
            return times(*([body] * int(exponent)))
        if not body:
            raise TooMuch
        if len(body) == 1 and not body[0].bound:
            m = body[0]
            if m.coefficient == 1 or exponent.denominator == 1:
                c = m.coefficient ** int(exponent) if exponent.denominator == 1 else Fraction(1)
                if exponent.denominator == 1 or all(self._root(f) for f in m.factors):
                    factors = tuple(Factor(f.atom, f.slots, f.exponent * exponent) for f in m.factors)
                    return (Monomial(c, factors),)
        slots = _free(body)
        return atom(self._made("sum", body, slots), *slots, exponent=exponent)

    def _root(self, factor: Factor) -> bool:
        """Whether (f^a)^b = f^{ab} for any b: of what is positive."""
        inside = self.inside.get(factor.atom)
        return inside is not None and inside.kind == "exp"

    def _inverse(self, u: t.Term, row: Index | None, column: Index | None) -> Expression:
        if row is None or column is None:
            raise TooMuch
        match u:
            case t.Apply(head="transpose", args=(v,)):
                return self._inverse(v, column, row)
            case t.Apply(head="inverse", args=(v,)):
                return self.entry(v, row, column)
            case t.Apply(head="identity"):
                return atom(DELTA, row, column)
            case t.Neg(arg=arg):
                return scaled(self._inverse(arg, row, column), -1)
            case t.Mul(args=args) if all(_square(shape_of(a)) for a in args):
                turned = [a if shape_of(a) == () else t.Apply("inverse", (a,)) for a in reversed(args)]
                below = [t.Div(t.ONE, a) for a in args if shape_of(a) == ()]
                return self._product((*below, *(a for a in turned if shape_of(a) != ())), row, column)
        i, j = "$r", "$c"
        body = self.tidy(self.entry(u, i, j))
        names = {i: "$0", j: "$1"}
        if any(s not in (i, j) for s in _free(body)):
            raise TooMuch  # one of a family of matrices
        inner = collected(replaced(body, names))
        name = f"inverse[{text(inner)}]"
        flipped = collected(self.tidy(replaced(inner, {"$0": "$1", "$1": "$0"})))
        turned_text = text(flipped)
        other = f"inverse[{turned_text}]"
        if other < name:  # (Aᵀ)^{-1} is (A^{-1})ᵀ
            name, row, column = other, column, row
            inner = flipped
        self.inside.setdefault(name, Inside("inverse", ("$0", "$1"), inner))
        slots = (
            tuple(sorted((row, column))) if other == name and turned_text == text(inner) else (row, column)
        )
        return atom(name, *slots)

    def _determinant(self, u: t.Term) -> Expression:
        match u:
            case t.Apply(head="transpose", args=(v,)):
                return self._determinant(v)
            case t.Apply(head="inverse", args=(v,)):
                return self.power(self._determinant(v), Fraction(-1))
            case t.Apply(head="identity"):
                return number(1)
            case t.Mul(args=args) if all(_square(s := shape_of(a)) and s != () for a in args):
                return times(*(self._determinant(a) for a in args))
            case _:
                body = collected(self.tidy(self.entry(u, "$0", "$1")))
                turned = replaced(body, {"$0": "$1", "$1": "$0"})
                return atom(f"det[{min(text(body), text(turned))}]")


def _square(shape: Shape | None) -> bool:
    return shape == () or (shape is not None and len(shape) == 2 and shape[0] == shape[1])


def _free(e: Expression) -> tuple[Index, ...]:
    """The free indices in the order in which they first stand."""
    found: dict[Index, None] = {}
    for m in collected(e):
        for f in m.factors:
            for s in f.slots:
                if s not in m.bound:
                    found[s] = None
    return tuple(found)
