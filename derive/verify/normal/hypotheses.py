"""What the scope assumes, put into the ring: signs, equations to substitute, equations to reduce by."""

from __future__ import annotations

from typing import Any

from derive.calculus.resolve import TooLarge, resolve
from derive.term.construct import div, neg, number, sub
from derive.term.nodes import (
    ONE,
    ZERO,
    Apply,
    Constant,
    Element,
    Interval,
    Number,
    Pow,
    Relation,
    Symbol,
    Term,
)
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, substitute, walk
from derive.verify.normal.reader import Reader
from derive.verify.normal.ring import Budget, Poly, Undefined, Unsupported

_ORDER = frozenset({"<", "<=", ">", ">="})


def assume(reader: Reader, scope: Scope) -> None:
    """Put the scope's hypotheses into the reader. What has no place in the ring is left out: fewer
    assumptions never make a proof wrong."""
    relations = [r for h in scope.hypotheses for r in parts(h)]
    equations: list[Relation] = []
    for relation in relations:
        if relation.op == "=":
            equations.append(relation)
    reader.equations = _solve(reader, equations, scope)
    for relation in relations:
        if relation.op == "=":
            continue
        try:
            _sign(reader, relation, scope)
        except (Unsupported, Undefined, Budget, TooLarge):
            continue


def parts(hypothesis: Term) -> list[Relation]:
    match hypothesis:
        case Relation():
            return [hypothesis]
        case Apply(head="and", args=args):
            return [r for a in args for r in parts(a)]
        case _:
            return []


def _resolved(term: Term, scope: Scope) -> Term:
    return resolve(term, scope)


def _sign(reader: Reader, relation: Relation, scope: Scope) -> None:
    left, right, op = _resolved(relation.left, scope), _resolved(relation.right, scope), relation.op
    if op == "in":
        _member(reader, left, right)
        return
    if op in (">", ">="):
        left, right, op = right, left, {">": "<", ">=": "<="}[op]
    if op in ("<", "<="):
        strict = op == "<"
        if isinstance(right, Element) and isinstance(right.base, Symbol) and left == ZERO:
            if all(isinstance(i, Symbol) for i in right.indices):
                # a free index stands for every index
                reader.element_signs[right.base.name] = "positive" if strict else "nonnegative"
                return
        match left:
            case Apply(head="abs", args=(u,)):
                for side in (u, neg(u)):
                    reader.signs.know(reader.read(sub(right, side)), strict)
            case Pow(base=u, exponent=Number(value=two)) if two == 2:
                bound = reader.read(right)
                if reader.ring.constant(bound) == 1:
                    for side in (u, neg(u)):
                        reader.signs.know(reader.read(sub(ONE, side)), strict)
        reader.signs.know(reader.read(sub(right, left)), strict)
    elif op == "!=":
        gap = reader.read(sub(left, right))
        reader.signs.nonzero_polys.append(gap.num)


def _member(reader: Reader, left: Term, right: Term) -> None:
    match right:
        case Interval(lower=lower, upper=upper, left_open=left_open, right_open=right_open):
            for small, great, open_ in ((lower, left, left_open), (left, upper, right_open)):
                if Constant("infinity") not in (small, great) and neg(Constant("infinity")) != small:
                    reader.signs.know(reader.read(sub(great, small)), open_)


def _solve(reader: Reader, equations: list[Relation], scope: Scope) -> list[Poly]:
    """Equations that give a symbol or an element are substituted; the others are kept to reduce by."""
    left_over: list[Relation] = []
    solved: dict[Term, Term] = {}
    for equation in equations:
        try:
            left, right = (_resolved(_put(t, solved), scope) for t in (equation.left, equation.right))
        except TooLarge:
            continue
        found = _solution(left, right)
        if found is None:
            left_over.append(Relation("=", left, right))
            continue
        target, value = found
        if isinstance(target, Element) and all(isinstance(i, Symbol) for i in target.indices):
            # a free index stands for every index
            reader.patterns.append((target, value))
            continue
        solved = {k: substitute(v, {target: value}) for k, v in solved.items()}
        solved[target] = value
    reader.solved = solved
    kept: list[Poly] = []
    for equation in left_over:
        try:
            gap = reader.read(sub(equation.left, equation.right))
        except (Unsupported, Undefined, Budget):
            continue
        if gap.num == 0:
            continue
        linear = _linear(reader, gap.num)
        if linear is not None:
            target, value = linear
            if not any(target in set(walk(v)) for v in reader.solved.values()):
                reader.solved[target] = value
                reader.memo.clear()
                continue
        kept.append(gap.num)
    reader.memo.clear()
    return kept


def _put(term: Term, solved: dict[Term, Term]) -> Term:
    return substitute(term, solved) if solved else term


def _solution(left: Term, right: Term) -> tuple[Term, Term] | None:
    for target, value in ((left, right), (right, left)):
        match target:
            case Symbol(name=name) if name not in free_symbols(value):
                return target, value
            case Element(indices=indices) if all(isinstance(i, Number) for i in indices):
                if target not in set(walk(value)):
                    return target, value
            case Element(base=Symbol(name=name)) if name not in free_symbols(value):
                return target, value
    return None


def _linear(reader: Reader, poly: Poly) -> tuple[Term, Term] | None:
    """c·x + rest = 0 with a rational c, for a symbol x that the rest does not hold."""
    ring = reader.ring
    for kernel in ring.used(poly):
        if not isinstance(kernel.term, Symbol | Element) or kernel.kind != "symbol":
            continue
        if poly.degrees()[kernel.index] != 1:
            continue
        g = ring.generator(kernel)
        c, rest = None, ring.zero
        for exponents, coefficient in ring.terms(poly):
            part = ring.monomial(exponents) * coefficient
            if not exponents[kernel.index]:
                rest += part
            elif part == coefficient * g:
                c = coefficient
            else:
                c = None
                break
        if c is None or any(set(k.names) & set(kernel.names) for k in ring.used(rest)):
            continue
        from fractions import Fraction

        value = div(neg(reader.powers.term(ring.poly(rest))), number(Fraction(int(c.p), int(c.q))))
        return kernel.term, value
    return None


def vanishes(reader: Reader, poly: Poly) -> bool:
    """Whether the polynomial is in the ideal of the assumed equations."""
    basis = _basis(reader)
    if not basis:
        return False
    for _ in range(50):
        before = poly
        for b in basis:
            poly = divmod(poly, b)[1]
            if poly == 0:
                return True
        if poly == before:
            return False
    return False


def _basis(reader: Reader) -> list[Any]:
    """A Gröbner basis of the assumed equations and the kernels' own relations, under limits."""
    equations = [e for e in reader.equations if e != 0]
    if not equations or len(equations) > 6:
        return []
    ring = reader.ring
    involved = {k.index for e in equations for k in ring.used(e)}
    for generator, (degree, n, m) in ring.relations.items():
        if generator in involved:
            equations.append(m * ring.context.gen(generator) ** degree - n)
    return groebner(equations)


def groebner(polys: list[Any]) -> list[Any]:
    """Buchberger's algorithm with the pairs and sizes bounded; what comes out generates part of the
    ideal in any case, so reducing to zero by it is a proof."""
    basis = [p / p.leading_coefficient() for p in polys]
    pairs = [(i, j) for i in range(len(basis)) for j in range(i)]
    for _ in range(60):
        if not pairs:
            break
        i, j = pairs.pop(0)
        s = _s_polynomial(basis[i], basis[j])
        for b in basis:
            s = divmod(s, b)[1]
        if s == 0:
            continue
        if len(s) > 60 or len(basis) > 20:
            break
        basis.append(s / s.leading_coefficient())
        pairs.extend((len(basis) - 1, k) for k in range(len(basis) - 1))
    return basis


def _s_polynomial(p: Any, q: Any) -> Any:
    a, b = next(iter(p.monoms())), next(iter(q.monoms()))
    top = tuple(max(x, y) for x, y in zip(a, b, strict=True))
    context = p.context()
    left = context.from_dict({tuple(t - x for t, x in zip(top, a, strict=True)): 1})
    right = context.from_dict({tuple(t - x for t, x in zip(top, b, strict=True)): 1})
    return left * p / p.leading_coefficient() - right * q / q.leading_coefficient()
