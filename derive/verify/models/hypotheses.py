"""Hypotheses as a plan for models: what is assigned, what is filtered, what bounds the sampling.

An equation is solved for one of its symbols where that can be done by equivalent steps: a symbol that
stands alone or linearly, one that occurs once under invertible functions, or in a quadratic. Every
solution is checked again in each model, so a branch that does not satisfy the equation is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from derive.calculus.array_properties import properties_of
from derive.classes import dataclass, field
from derive.functions import FUNCTIONS
from derive.term import nodes as t
from derive.term.congruence import assumed
from derive.term.contents import among
from derive.term.traverse import free_symbols
from derive.verify.evaluate.recurrences import Recurrence, recurrence
from derive.verify.models.special import makes
from derive.verify.models.structured import constructed, eigenpair, helper, normalized, system


class NoModel(Exception):
    """No sampled model satisfies the hypotheses."""


@dataclass(slots=True)
class Plan:
    """assigned: name → alternative terms, in the order of solving. families: name → (index symbols, term).
    fixed: name → index → term. checks: relations that must hold certainly. solved: equations that hold by
    construction, checked for overlap. members: symbol → set it lies in. bounds: symbol → (low, high)."""

    assigned: dict[str, tuple[t.Term, ...]] = field(default_factory=dict)
    families: dict[str, tuple[tuple[t.Symbol, ...], t.Term]] = field(default_factory=dict)
    fixed: dict[str, dict[tuple[int, ...], t.Term]] = field(default_factory=dict)
    recurrences: dict[str, Recurrence] = field(default_factory=dict)
    values: dict[str, dict[Fraction, t.Term]] = field(default_factory=dict)
    checks: list[t.Term] = field(default_factory=list)
    solved: list[t.Relation] = field(default_factory=list)
    members: dict[str, t.Term] = field(default_factory=dict)
    bounds: dict[str, tuple[Fraction | None, Fraction | None]] = field(default_factory=dict)
    strict: set[tuple[str, str]] = field(default_factory=set)  # bounds that may not be reached

    functions: dict[str, tuple[tuple[t.Symbol, ...], t.Term]] = field(
        default_factory=dict
    )  # f(x) = … for all x
    element_bounds: dict[str, tuple[Fraction | None, Fraction | None]] = field(default_factory=dict)
    helpers: dict[str, str] = field(default_factory=dict)  # helper → the symbol that it has the type of
    made: dict[str, frozenset[str]] = field(default_factory=dict)  # arrays with properties by construction

    def empty(self) -> bool:
        """Whether the bounds of some symbol contradict one another."""
        for name, (low, high) in self.bounds.items():
            if low is not None and high is not None:
                if low > high or (low == high and {(name, "low"), (name, "high")} & self.strict):
                    return True
        return False


def flatten(hypotheses: Iterable[t.Term]) -> list[t.Term]:
    """The single relations that the hypotheses consist of."""
    out: list[t.Term] = []
    for h in hypotheses:
        match h:
            case t.Apply(head="and", args=args) | t.Tuple(items=args):
                out.extend(flatten(args))
            case t.Relation(op=op, left=t.Tuple(items=items), right=right) if op in ("in", "notin"):
                out.extend(t.Relation(op, x, right) for x in items)
            case t.Relation(op=op, left=t.Relation() as inner, right=right) if op in _CHAINED:
                out.extend(flatten([inner, t.Relation(op, inner.right, right)]))
            case t.Relation(op=op, left=left, right=t.Relation() as inner) if op in _CHAINED:
                out.extend(flatten([t.Relation(op, left, inner.left), inner]))
            case t.Apply(head="forall", args=(_, body)):
                out.extend(flatten([body]))
            case _:
                out.append(h)
    return out


_CHAINED = frozenset(("=", "<", "<=", ">", ">=", "!="))
_EQUATIONS = frozenset(("=", ":=", "equiv", "defined"))


def plan(
    hypotheses: Sequence[t.Term],
    rigid: frozenset[str],
    anyway: Callable[[t.Relation], bool] = lambda _: False,
) -> Plan:
    """Of single relations. `rigid` names may not be solved for: functions, dimensions. `anyway` tells the
    equations that hold at every point: solving one would leave only some of its points, or none."""
    result = Plan()
    equations: list[t.Relation] = []
    taken = _made(result, hypotheses, rigid)
    for h in hypotheses:
        if h in taken:
            continue
        match h:
            case t.Relation(op="in", left=t.Symbol(name=name), right=right):
                result.members[name] = right
                if isinstance(right, t.Interval | t.SetOf):
                    result.checks.append(h)
                    if isinstance(right, t.Interval):
                        _bound(result, name, ">=", number(right.lower))
                        _bound(result, name, "<=", number(right.upper))
            case t.Relation(op="in") if assumed(h) is not None:
                result.checks.append(h)
            case t.Relation(op="in"):
                continue  # of an element or a function: its domain, which the types tell
            case t.Relation(op=op) if op in _EQUATIONS:
                equations.append(h)
            case t.Relation(op=op, left=a, right=b) if op in ("<", "<=", ">", ">=", "!="):
                result.checks.append(h)
                _bound_elements(result, a, b, op)
                _bound_elements(result, b, a, _FLIPPED[op])
                if isinstance(a, t.Symbol):
                    _bound(result, a.name, op, near(b))
                if isinstance(b, t.Symbol):
                    _bound(result, b.name, _FLIPPED[op], near(a))
            case t.Relation(op="perp", left=a, right=b) if not _vectors(a, b):
                continue  # of random variables
            case t.Relation(op="gg" | "ll" | "approx" | "sim" | "propto" | "to" | "simeq" | ":"):
                continue
            case _:
                result.checks.append(h)
    for equation in equations:
        if anyway(equation):
            result.solved.append(equation)
        elif not _solve(result, equation, rigid):
            result.checks.append(equation)
    for name, rule in result.recurrences.items():
        _from_the_first(result, name, rule)
    return result


def _vectors(a: t.Term, b: t.Term) -> bool:
    return any(s.type.shape for term in (a, b) for s in free_symbols(term).values())


def _made(plan_: Plan, hypotheses: Sequence[t.Term], rigid: frozenset[str]) -> set[t.Term]:
    """The hypotheses that are met by the way in which an array is made."""
    taken: set[t.Term] = set()
    for name, properties in properties_of(hypotheses).items():
        said = [h for hs in properties.values() for h in hs]
        symbol = next(s for h in said for n, s in free_symbols(h).items() if n == name)
        if name not in rigid and makes(properties, symbol.type.shape):
            plan_.made[name] = frozenset(properties)
            taken |= set(said)
    return taken


def _from_the_first(plan_: Plan, name: str, rule: Recurrence) -> None:
    """The values given at the first indices start the recurrence; a value given behind them is checked."""
    fixed = plan_.fixed.get(name, {})
    rule.first = min((i[0] for i in fixed), default=0)
    for index in [i for i in fixed if i[0] >= rule.first + rule.order]:
        element = t.Element(t.Symbol(name, t.Type(role="sequence")), (t.integer(index[0]),))
        plan_.checks.append(t.Relation("=", element, fixed.pop(index)))


_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "!=": "!="}


def number(term: t.Term) -> Fraction | None:
    match term:
        case t.Number(value=value):
            return value
        case t.Neg(arg=arg):
            value_ = number(arg)
            return None if value_ is None else -value_
        case t.Div(numerator=a, denominator=b):
            p, q = number(a), number(b)
            return None if p is None or not q else p / q
        case t.Pow(base=base, exponent=exponent):
            p, q = number(base), number(exponent)
            if p is None or q is None or q.denominator != 1 or abs(q) > 200 or (p == 0 and q < 0):
                return None
            return p ** int(q)
        case _:
            return None


def near(term: t.Term) -> Fraction | None:
    """A number near a bound, exact or with π as 22/7: it only guides the sampling."""
    match term:
        case t.Constant(name="pi"):
            return Fraction(22, 7)
        case t.Neg(arg=arg):
            value = near(arg)
            return None if value is None else -value
        case t.Mul(args=args):
            result = Fraction(1)
            for a in args:
                if (factor := near(a)) is None:
                    return None
                result *= factor
            return result
        case t.Div(numerator=a, denominator=b):
            p, q = near(a), near(b)
            return None if p is None or not q else p / q
        case _:
            return number(term)


def _bound(plan_: Plan, name: str, op: str, value: Fraction | None) -> None:
    if value is None or op == "!=":
        return
    low, high = plan_.bounds.get(name, (None, None))
    end, tighter = (
        ("low", low is None or value > low) if op in (">", ">=") else ("high", high is None or value < high)
    )
    if tighter:
        plan_.strict.discard((name, end))
        low, high = (value, high) if end == "low" else (low, value)
    if op in (">", "<") and value == (low if end == "low" else high):
        plan_.strict.add((name, end))
    plan_.bounds[name] = (low, high)


def _bound_elements(plan_: Plan, a: t.Term, b: t.Term, op: str) -> None:
    """`p_i > 0`: for the elements of p."""
    value = near(b)
    if not (isinstance(a, t.Element) and isinstance(a.base, t.Symbol)) or value is None or op == "!=":
        return
    low, high = plan_.element_bounds.get(a.base.name, (None, None))
    plan_.element_bounds[a.base.name] = (value, high) if op in (">", ">=") else (low, value)


def _depends(plan_: Plan, term: t.Term, name: str) -> bool:
    """Whether the term needs the symbol's value, through what is assigned already."""
    seen: set[str] = set()
    stack = list(free_symbols(term))
    while stack:
        n = stack.pop()
        if n == name:
            return True
        if n in seen:
            continue
        seen.add(n)
        for solution in plan_.assigned.get(n, ()):
            stack.extend(free_symbols(solution))
        if n in plan_.families:
            stack.extend(free_symbols(plan_.families[n][1]))
    return False


def _solve(plan_: Plan, equation: t.Relation, rigid: frozenset[str]) -> bool:
    left, right = equation.left, equation.right
    for a, b in ((left, right), (right, left)):
        if _solve_element(plan_, a, b) or _solve_value(plan_, a, b) or _construct(plan_, a, b, rigid):
            return True
    names = [
        n for n in free_symbols(left) | free_symbols(right) if n not in rigid and n not in plan_.assigned
    ]
    # a symbol that stands alone first
    for a, b in ((left, right), (right, left)):
        if isinstance(a, t.Symbol) and a.name in names and not _depends(plan_, b, a.name):
            plan_.assigned[a.name] = (b,)
            plan_.solved.append(equation)
            return True
    for name in reversed(names):
        solutions = [s for s in solve(left, right, name) if not _depends(plan_, s, name)]
        if solutions:
            plan_.assigned[name] = tuple(solutions)
            plan_.solved.append(equation)
            return True
    return False


def _construct(plan_: Plan, a: t.Term, b: t.Term, rigid: frozenset[str]) -> bool:
    low, _ = plan_.element_bounds.get(_summed(a), (None, None))
    if (weights := normalized(a, b, low is not None and low >= 0)) is not None:
        p, i, term = weights
        if p.name in plan_.families or p.name in plan_.assigned:
            return False
        plan_.families[p.name] = ((i,), term)
        plan_.helpers[helper(p).name] = p.name
        return True
    if (pair := _eigenpair(plan_, a, b)) is not None:
        symbol, term = pair
        if symbol.name in rigid:
            return False
        plan_.made.pop(symbol.name, None)
        plan_.assigned[symbol.name] = (term,)
        plan_.helpers[helper(symbol).name] = symbol.name
        return True
    if (found := constructed(a, b) or system(a, b)) is not None:
        symbol, term = found
        if symbol.name in plan_.assigned or symbol.name in rigid:
            return False
        plan_.assigned[symbol.name] = (term,)
        plan_.helpers[helper(symbol).name] = symbol.name
        return True
    return False


def _eigenpair(plan_: Plan, a: t.Term, b: t.Term) -> tuple[t.Symbol, t.Term] | None:
    for symmetric in (False, True):
        found = eigenpair(a, b, symmetric)
        if found is None or found[0].name in plan_.assigned:
            return None
        properties = plan_.made.get(found[0].name, frozenset())
        if properties == (frozenset(("symmetric",)) if symmetric else frozenset()):
            return found
    return None


def _summed(term: t.Term) -> str:
    match term:
        case t.BigOp(body=t.Element(base=t.Symbol(name=name))):
            return name
        case _:
            return ""


def _solve_element(plan_: Plan, a: t.Term, b: t.Term) -> bool:
    """`y^{(i)} = …` for every i, and `x_0 = 1`."""
    if not (isinstance(a, t.Element) and isinstance(a.base, t.Symbol)):
        return False
    name = a.base.name
    if any(n.base == a.base for n in among(b, t.Element)):
        rule = recurrence(a, b)
        if rule is None or name in plan_.recurrences or name in plan_.families:
            return False
        plan_.recurrences[name] = rule
        return True
    if all(isinstance(i, t.Symbol) for i in a.indices):
        if name in plan_.families or name in free_symbols(b):
            return False
        plan_.families[name] = (tuple(i for i in a.indices if isinstance(i, t.Symbol)), b)
        return True
    index = [number(i) for i in a.indices]
    if all(i is not None and i.denominator == 1 for i in index):
        plan_.fixed.setdefault(name, {})[tuple(int(i) for i in index if i is not None)] = b
        return True
    return False


def _solve_value(plan_: Plan, a: t.Term, b: t.Term) -> bool:
    """`f(0) = 1` for an unknown function of one variable: it is corrected. `f(x) = …`: taken for every x,
    which is a model of the equation at one x as well."""
    match a:
        case t.Call(function=t.Symbol(name=name), args=args) if all(isinstance(x, t.Symbol) for x in args):
            parameters = tuple(x for x in args if isinstance(x, t.Symbol))
            if name in plan_.functions or name in plan_.values or name in free_symbols(b):
                return False
            if len({x.name for x in parameters}) < len(parameters) or isinstance(
                b, t.SetOf | t.Tuple | t.Interval
            ):
                return False
            plan_.functions[name] = (parameters, b)
            return True
        case t.Call(function=t.Symbol(name=name), args=(point,)):
            x = number(point)
            if x is not None and name not in free_symbols(b) and not isinstance(b, t.SetOf | t.Tuple):
                plan_.values.setdefault(name, {})[x] = b
                return True
    return False


def solve(left: t.Term, right: t.Term, name: str) -> list[t.Term]:
    """Terms for the symbol that make the sides equal, where steps that can be reversed lead there."""
    symbol = free_symbols(left).get(name) or free_symbols(right).get(name)
    if symbol is None:
        return []
    difference = t.Add((left, t.Neg(right)))
    coefficients = polynomial(difference, name)
    if coefficients is not None and len(coefficients) == 2:
        return [t.Div(t.Neg(coefficients[0]), coefficients[1])]
    if name not in free_symbols(right) and (found := isolate(left, right, name)):
        return found
    if name not in free_symbols(left) and (found := isolate(right, left, name)):
        return found
    if coefficients is not None and len(coefficients) == 3:
        c, b, a = coefficients
        discriminant = t.Add((t.Pow(b, t.TWO), t.Neg(t.Mul((t.integer(4), a, c)))))
        top = t.Root(discriminant, t.TWO)
        bottom = t.Mul((t.TWO, a))
        return [t.Div(t.Add((t.Neg(b), top)), bottom), t.Div(t.Add((t.Neg(b), t.Neg(top))), bottom)]
    return []


def isolate(side: t.Term, other: t.Term, name: str) -> list[t.Term]:
    """Undo, from the outside in, what surrounds the only occurrence of the symbol in `side`."""
    current, values = side, [other]
    for _ in range(40):
        match current:
            case t.Symbol(name=n) if n == name:
                return values
            case t.Neg(arg=arg):
                current, values = arg, [t.Neg(v) for v in values]
            case t.Add(args=args):
                inner = [a for a in args if name in free_symbols(a)]
                rest = tuple(t.Neg(a) for a in args if name not in free_symbols(a))
                if len(inner) != 1:
                    return []
                current, values = inner[0], [t.Add((v, *rest)) for v in values]
            case t.Mul(args=args):
                inner = [a for a in args if name in free_symbols(a)]
                factors = tuple(a for a in args if name not in free_symbols(a))
                if len(inner) != 1:
                    return []
                current, values = inner[0], [t.Div(v, t.Mul(factors)) for v in values]
            case t.Div(numerator=a, denominator=b):
                in_a, in_b = name in free_symbols(a), name in free_symbols(b)
                if in_a and in_b:
                    return []
                if in_a:
                    current, values = a, [t.Mul((v, b)) for v in values]
                else:
                    current, values = b, [t.Div(a, v) for v in values]
            case t.Pow(base=base, exponent=exponent) if name not in free_symbols(exponent):
                if exponent == t.TWO:
                    roots: list[t.Term] = [t.Root(v, t.TWO) for v in values]
                    current, values = base, [*roots, *(t.Neg(r) for r in roots)]
                else:
                    current, values = base, [t.Pow(v, t.Div(t.ONE, exponent)) for v in values]
            case t.Pow(base=base, exponent=exponent) if name not in free_symbols(base):
                current = exponent
                values = [t.Div(t.Apply("log", (v,)), t.Apply("log", (base,))) for v in values]
            case t.Root(radicand=radicand, index=index) if name not in free_symbols(index):
                current, values = radicand, [t.Pow(v, index) for v in values]
            case t.Apply(head=head, args=(arg,)) if head in _INVERSES:
                current, values = arg, [t.Apply(_INVERSES[head], (v,)) for v in values]
            case _:
                return []
    return []


_INVERSES = {f.name: f.inverse for f in FUNCTIONS.values() if f.inverse}


def polynomial(term: t.Term, name: str, degree: int = 2) -> list[t.Term] | None:
    """Coefficients, constant first, of the term as a polynomial in the symbol, None where it is none
    (of at most that degree)."""
    if name not in free_symbols(term):
        return [term]
    match term:
        case t.Symbol():
            return [t.ZERO, t.ONE]
        case t.Neg(arg=arg):
            inner = polynomial(arg, name, degree)
            return None if inner is None else [t.Neg(c) for c in inner]
        case t.Add(args=args):
            parts = [polynomial(a, name, degree) for a in args]
            if any(p is None for p in parts):
                return None
            size = max(len(p) for p in parts if p is not None)
            return [_sum([p[k] for p in parts if p is not None and k < len(p)]) for k in range(size)]
        case t.Mul(args=args):
            result: list[t.Term] = [t.ONE]
            for a in args:
                factor = polynomial(a, name, degree)
                if factor is None or len(result) + len(factor) - 1 > degree + 1:
                    return None
                result = _product(result, factor)
            return result
        case t.Div(numerator=a, denominator=b) if name not in free_symbols(b):
            top = polynomial(a, name, degree)
            return None if top is None else [t.Div(c, b) for c in top]
        case t.Pow(base=base, exponent=t.Number(value=n)) if n == 2:
            return polynomial(t.Mul((base, base)), name, degree)
        case t.BigOp(op="sum", body=body, binders=binders):
            ranges = [x for b in binders for x in (b.lower, b.upper, b.domain, b.condition) if x is not None]
            if any(name in free_symbols(x) for x in ranges):
                return None
            inside = polynomial(body, name, degree)
            return None if inside is None else [t.BigOp("sum", c, binders) for c in inside]
        case _:
            return None


def _sum(terms: list[t.Term]) -> t.Term:
    kept = [x for x in terms if x != t.ZERO]
    return kept[0] if len(kept) == 1 else t.Add(tuple(kept)) if kept else t.ZERO


def _product(a: list[t.Term], b: list[t.Term]) -> list[t.Term]:
    out: list[list[t.Term]] = [[] for _ in range(len(a) + len(b) - 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            if x != t.ZERO and y != t.ZERO:
                out[i + j].append(y if x == t.ONE else x if y == t.ONE else t.Mul((x, y)))
    return [_sum(parts) for parts in out]
