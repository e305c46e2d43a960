"""SymPy as proof finder: closed forms of integrals, sums and limits, checked where we can check.

An antiderivative that SymPy proposes is accepted only if its derivative is the integrand in the
normal form and it is continuous on the range. Other answers (improper integrals without such an
antiderivative, infinite sums, limits) are SymPy's own, held against a numerical value. The claim
itself is then proved by the normal form. Run this in a worker: SymPy may take forever.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from derive.calculus.differentiate import NotDifferentiable, depends, differentiate
from derive.classes import replace
from derive.term.construct import add, apply, div, mul, number, power, sub
from derive.term.contents import among
from derive.term.lower import NotExpressible
from derive.term.lower import to_sympy as plain_sympy
from derive.term.nodes import (
    ONE,
    ZERO,
    Apply,
    BigOp,
    Constant,
    Integral,
    Limit,
    Neg,
    Symbol,
    Term,
    Type,
    integer,
)
from derive.term.raising import NotRaisable, from_sympy
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, map_children, substitute, walk
from derive.verify.normal.form import attempt, normal_form, prove_resolved
from derive.verify.normal.proof import Proof
from derive.verify.provers.domain import continuous, domains, typed


class _NoClosedForm(Exception):
    pass


def prove(left: Term, right: Term, scope: Scope) -> Proof | None:
    """A proof of `left = right` (resolved terms) by closed forms, or None. Imports SymPy."""
    types = domains((left, right), scope)
    left, right = typed(left, types), typed(right, types)
    finder = _Finder(scope)
    try:
        a, b = finder.closed(left), finder.closed(right)
    except (_NoClosedForm, NotExpressible, NotRaisable, NotDifferentiable, NotImplementedError):
        return None
    except (ValueError, TypeError, AttributeError, RecursionError, ZeroDivisionError, KeyError):
        # SymPy's own failures inside integrate, limit and summation
        return None
    if not finder.found:
        return _simplified(a, b)
    proof = Proof("identical") if a == b else prove_resolved(a, b, scope) or _simplified(a, b)
    if proof is None:
        return None
    methods = sorted({how for _, _, how in finder.found})
    witness = {
        **proof.witness,
        "closed forms": [{"of": t.to_latex(), "is": c.to_latex(), "by": how} for t, c, how in finder.found],
    }
    return replace(proof, method="; ".join(methods), witness=witness)


def _simplified(left: Term, right: Term) -> Proof | None:
    """SymPy's simplification of the difference to zero: a proof in the complex numbers that its
    rules claim; used last."""
    import sympy as sp

    if any(isinstance(n, Integral | BigOp | Limit) for t in (left, right) for n in walk(t)):
        return None
    try:
        difference = to_sympy(sub(left, right))
        if isinstance(difference, sp.Expr) and difference.count_ops() < 60 and sp.simplify(difference) == 0:
            return Proof("SymPy simplification")
    except (NotExpressible, ValueError, TypeError, AttributeError, NotImplementedError, RecursionError):
        return None
    return None


_ASSUMPTIONS: dict[str, dict[str, bool]] = {
    "positive": {"positive": True},
    "nonnegative": {"nonnegative": True},
    "unit": {"nonnegative": True},
    "integer": {"integer": True},
    "natural": {"integer": True, "nonnegative": True},
    "positive_integer": {"integer": True, "positive": True},
    "real": {"real": True},
}


def to_sympy(term: Term) -> Any:
    """The term in SymPy, its symbols with the assumptions that their types give."""
    import sympy as sp

    if any(n.head in ("gcd", "lcm") and free_symbols(n) for n in among(term, Apply)):
        # SymPy's is that of polynomials: 1 for any two letters, also where they stand for integers
        raise NotExpressible("a common divisor")
    names = {n.name: n.type.domain for n in among(term, Symbol) if n.type.shape == ()}
    told = {sp.Symbol(k): sp.Symbol(k, **_ASSUMPTIONS.get(d, {})) for k, d in names.items()}
    lowered = plain_sympy(term)
    return lowered.xreplace(told)


class _Finder:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.found: list[tuple[Term, Term, str]] = []

    def closed(self, term: Term) -> Term:
        """The term with its integrals, sums and limits in closed form, from the inside."""
        if isinstance(term, Limit | Integral | BigOp) and _shaped(term):
            return self._node(term)
        return map_children(term, self.closed)

    def _node(self, term: Limit | Integral | BigOp) -> Term:
        inner = map_children(term, lambda t: t if isinstance(t, Symbol) else self.closed(t))
        value, how = self._evaluate(inner)
        self.found.append((term, value, how))
        return value

    def _evaluate(self, term: Term) -> tuple[Term, str]:
        match term:
            case Integral(lower=lower, upper=upper) if lower is not None and upper is not None:
                return self._integral(term, lower, upper)
            case Integral(lower=None, upper=None, domain=None):
                return self._antiderivative(term.body, term.variable), "antiderivative, differentiated"
            case Limit(op="lim"):
                return self._limit(term), "limit by SymPy"
            case BigOp(op="sum" | "prod", binders=(binder,)) if binder.lower is not None:
                return self._series(term), "sum by SymPy"
            case _:
                raise _NoClosedForm

    # SymPy and back

    def _symbols(self, term: Term) -> dict[Any, Term]:
        symbols = dict(free_symbols(term))
        for node in walk(term):
            if isinstance(node, Symbol):
                symbols.setdefault(node.name, node)
        return {to_sympy(s): s for s in symbols.values() if s.type.shape == ()}

    def _back(self, answer: Any, symbols: dict[Any, Term]) -> Term:
        import sympy as sp

        if answer is sp.nan or answer is sp.zoo or answer.has(sp.Integral, sp.Sum, sp.Limit, sp.Product):
            answer = self._branch(answer, symbols)
        if answer.has(sp.Piecewise):
            answer = self._branch(answer, symbols)
        if answer.has(sp.nan, sp.zoo, sp.Integral, sp.Sum, sp.Limit, sp.Product, sp.AccumBounds):
            raise _NoClosedForm
        return from_sympy(answer, symbols)

    def _branch(self, answer: Any, symbols: dict[Any, Term]) -> Any:
        """Piecewise answers: the branch whose condition the scope gives."""
        import sympy as sp

        answer = sp.piecewise_fold(answer)
        if not isinstance(answer, sp.Piecewise):
            raise _NoClosedForm
        for value, condition in answer.args:
            if condition == sp.true:
                return value
            truth = self._holds(from_sympy(condition, symbols))
            if truth is True:
                return value
            if truth is None:
                raise _NoClosedForm
        raise _NoClosedForm

    def _holds(self, condition: Term) -> bool | None:
        return attempt(self.scope, lambda rd: rd.holds(condition))

    # integrals

    def _antiderivative(self, body: Term, variable: Symbol) -> Term:
        """SymPy's proposal, if its derivative is the body. Raises `_NoClosedForm`."""
        import sympy as sp

        symbols = self._symbols(body) | {to_sympy(variable): variable}
        answer = sp.integrate(to_sympy(body), to_sympy(variable))
        candidate = self._back(answer, symbols)
        if prove_resolved(differentiate(candidate, variable), body, self.scope) is None:
            raise _NoClosedForm
        return candidate

    def _integral(self, term: Integral, lower: Term, upper: Term) -> tuple[Term, str]:
        v = term.variable
        try:
            inside = replace(v, type=replace(v.type, domain="real"))
            primitive = self._antiderivative(substitute(term.body, {v: inside}), inside)
            ends = [self._end(primitive, v, end, side) for end, side in ((upper, "-"), (lower, "+"))]
            if continuous(primitive, v, lower, upper, self.scope):
                return sub(ends[0], ends[1]), "antiderivative, differentiated and continuous"
        except (_NoClosedForm, NotRaisable, NotExpressible, NotDifferentiable):
            pass
        known = self._bose(term) if lower == ZERO and upper == Constant("infinity") else None
        if known is not None:
            return known, "DLMF 25.5.1"
        return self._improper(term, lower, upper), "integral by SymPy, held against its numerical value"

    def _bose(self, term: Integral) -> Term | None:
        """∫_0^∞ v^p / (e^v ∓ 1) dv = p! ζ(p+1), and (1 - 2^{-p}) of it (DLMF 25.5.1, 25.5.3)."""
        v = term.variable
        for sign in (-1, 1):
            for p in range(1, 6):
                below = add(apply("exp", v), integer(sign))
                factor = div(mul(term.body, below), power(v, integer(p)))
                constant = normal_form(factor, self.scope)
                if constant is None or depends(constant, v):
                    continue
                value = mul(constant, apply("factorial", integer(p)), apply("zeta", integer(p + 1)))
                return value if sign < 0 else mul(number(1 - Fraction(1, 2**p)), value)
        return None

    def _end(self, primitive: Term, v: Symbol, end: Term, side: str) -> Term:
        if not _infinite(end):
            value = substitute(primitive, {v: end})
            if continuous(value, v, end, end, self.scope):
                return value
        return self._limit(Limit(primitive, v, end, side if not _infinite(end) else "+-"))

    def _improper(self, term: Integral, lower: Term, upper: Term) -> Term:
        import sympy as sp

        domain = "positive" if lower == ZERO and upper == Constant("infinity") else "real"
        variable = replace(term.variable, type=Type(domain=domain))
        inside = substitute(term.body, {term.variable: variable})
        symbols = self._symbols(inside) | self._symbols(lower) | self._symbols(upper)
        v = to_sympy(variable)
        body, a, b = to_sympy(inside), to_sympy(lower), to_sympy(upper)
        answer = sp.integrate(body, (v, a, b))
        value = self._back(answer, symbols)
        if not _agrees_integral(body, v, a, b, to_sympy(value)):
            raise _NoClosedForm
        return value

    # limits and series

    def _limit(self, term: Limit) -> Term:
        import sympy as sp

        symbols = self._symbols(term)
        v = term.variable
        point = to_sympy(term.point)
        # an integer that grows without bound may be taken as real: the limit is the same if it exists
        real = replace(v, type=replace(v.type, domain="positive" if _infinite(term.point) else "real"))
        if term.point == Neg(Constant("infinity")):
            real = replace(v, type=replace(v.type, domain="real"))
        body = to_sympy(substitute(term.body, {v: real}))
        if body.has(sp.floor, sp.ceiling, sp.sign, sp.Piecewise):
            raise _NoClosedForm
        w = to_sympy(real)
        if point.is_infinite or term.side != "+-":
            answer = sp.limit(body, w, point, term.side if term.side != "+-" else "+")
        else:
            answer = sp.limit(body, w, point, "+-")
        return self._back(answer, symbols)

    def _series(self, term: BigOp) -> Term:
        import sympy as sp

        (binder,) = term.binders
        index = replace(binder.variable, type=Type(domain="integer", role="index"))
        body_term = substitute(term.body, {binder.variable: index})
        binder = replace(binder, variable=index)
        if binder.upper is None or binder.condition is not None:
            raise _NoClosedForm
        symbols = self._symbols(term)
        k = to_sympy(binder.variable)
        body, a, b = to_sympy(body_term), to_sympy(binder.lower or ONE), to_sympy(binder.upper)
        answer = sp.summation(body, (k, a, b)) if term.op == "sum" else sp.product(body, (k, a, b))
        if answer.has(sp.Piecewise) and not b.is_infinite:
            # conditions for the convergence of the hypergeometric series do not concern a finite sum,
            # whose closed form is analytic in its parameters
            folded = sp.piecewise_fold(answer)
            if isinstance(folded, sp.Piecewise) and _of_convergence(*folded.args[0]):
                answer = folded.args[0][0]
        try:
            value = self._back(answer, symbols)
        except (_NoClosedForm, NotRaisable):
            if not answer.has(sp.Piecewise):
                raise
            value = self._back(sp.simplify(answer), symbols)  # which takes longer than the sum did
        if not _agrees_sum(term.op, body, k, a, b, to_sympy(value)):
            raise _NoClosedForm
        return value


def _of_convergence(value: Any, condition: Any) -> bool:
    """Whether the condition of a closed form only bounds an absolute value."""
    import sympy as sp

    relations = condition.atoms(sp.core.relational.Relational)
    bounded = all(isinstance(r, sp.LessThan | sp.StrictLessThan | sp.GreaterThan) for r in relations)
    return not value.has(sp.Sum) and bounded and all(r.has(sp.Abs) or r.has(sp.Symbol) for r in relations)


def _infinite(term: Term) -> bool:
    return term == Constant("infinity") or term == Neg(Constant("infinity"))


def _shaped(term: Term) -> bool:
    return all(n.type.shape in ((), None) for n in among(term, Symbol))


# numerical agreement: not a proof, a guard against an error of SymPy's

_DIGITS = 25


def _samples(expressions: list[Any], bound: Any) -> list[dict[Any, Any]] | None:
    """Two or three points for the free parameters, inside what their assumptions allow."""
    import sympy as sp

    free = sorted(set().union(*(e.free_symbols for e in expressions)) - {bound}, key=str)
    if not free:
        return [{}]
    points = []
    for shift in (0, 1, None):
        point = {}
        for k, s in enumerate(free):
            if shift is None:
                # the least whole numbers, where closed forms tend to break
                shift_, whole = 2, 1 if s.is_positive else 0
            else:
                shift_, whole = shift, 3 + k + shift
            if s.is_integer:
                point[s] = sp.Integer(whole)
            elif s.is_positive:
                point[s] = sp.Rational(7 + 2 * k + 3 * shift_, 5)
            else:
                point[s] = sp.Rational(1 + k + shift_, 5 + k)
        points.append(point)
    return points if any(s.is_integer for s in free) else points[:2]


def _agrees_integral(body: Any, v: Any, a: Any, b: Any, value: Any) -> bool:
    import mpmath
    import sympy as sp

    with mpmath.workdps(_DIGITS):
        for point in _samples([body, a, b, value], v) or []:
            f = _numeric(body.subs(point), v)
            low, high = (_mp(sp.sympify(end).subs(point)) for end in (a, b))
            inner = [low, high]
            if mpmath.isinf(low) and mpmath.isinf(high):
                inner = [low, -1, 0, 1, high]
            elif mpmath.isinf(high):
                inner = [low, low + 1, low + 4, high]
            numeric, error = mpmath.quad(f, inner, error=True)
            if error > 1e-8 * (1 + abs(numeric)) or not _close(numeric, _mp(value.subs(point))):
                return False
    return True


def _numeric(body: Any, variable: Any) -> Callable[[Any], Any]:
    """The body as a function of mpmath numbers; evaluated node by node, no code is generated."""
    import mpmath
    import sympy as sp

    def value(x: Any) -> Any:
        digits = mpmath.mp.dps  # extrapolation works with more digits than it is asked for
        whole = isinstance(x, int) or (isinstance(x, mpmath.mpf) and mpmath.isint(x))
        at = sp.Integer(int(x)) if whole else sp.Float(x, digits)
        return mpmath.mpmathify(sp.N(body.subs(variable, at), digits))

    return value


def _agrees_sum(op: str, body: Any, k: Any, a: Any, b: Any, value: Any) -> bool:
    import mpmath
    import sympy as sp

    with mpmath.workdps(_DIGITS):
        for point in _samples([body, a, b, value], k) or []:
            f = _numeric(body.subs(point), k)
            low, high = (sp.sympify(end).subs(point) for end in (a, b))
            if high.is_infinite or low.is_infinite:
                ends = [_mp(low), _mp(high)]
                numeric = mpmath.nsum(f, ends) if op == "sum" else mpmath.nprod(f, ends)
            else:
                if not (low.is_Integer and high.is_Integer) or high - low > 200:
                    return False
                terms = [f(j) for j in range(int(low), int(high) + 1)]
                numeric = mpmath.fsum(terms) if op == "sum" else mpmath.fprod(terms)
            if not _close(numeric, _mp(value.subs(point))):
                return False
    return True


def _mp(expression: Any) -> Any:
    import mpmath
    import sympy as sp

    if expression is sp.oo:
        return mpmath.inf
    if expression is -sp.oo:
        return -mpmath.inf
    return mpmath.mpmathify(sp.N(expression, _DIGITS))


def _close(a: Any, b: Any) -> bool:
    import mpmath

    return bool(abs(a - b) <= mpmath.mpf(10) ** -7 * (1 + abs(b)))
