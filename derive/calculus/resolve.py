"""Following definitions and carrying out derivatives: from what is written to what is meant.

A symbol that is defined gives way to its definition, except the variables that a derivative is
taken by: those stay atoms until the derivative is carried out, and are followed in the result.
A symbol that is known to depend on others but is not defined becomes an unknown function of
them, so the chain rule through it is exact. A derivative of which nothing is known stays as it
is; it is never taken to be zero.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.calculus.dependencies import implicit_variable, infer, pointwise, reachable, unknown_functions
from derive.calculus.differentiable import invertible
from derive.calculus.differentiate import NotDifferentiable, depends, differentiate
from derive.calculus.entrywise import applied, spread
from derive.calculus.gradient import shape_of
from derive.calculus.lengths import length_of
from derive.calculus.namesakes import of_another, without_numbers
from derive.calculus.undefined import spelled
from derive.calculus.vectors import expanded_operator, inverse_hessian, of_one_vector
from derive.classes import dataclass, field, replace
from derive.reasons.gaps import Gap
from derive.term.construct import apply, is_zero
from derive.term.contents import has, heads
from derive.term.nodes import (
    ONE,
    Add,
    Apply,
    At,
    BigOp,
    Binder,
    Call,
    Constant,
    Derivative,
    Div,
    Element,
    Integral,
    Matrix,
    Mul,
    Neg,
    Number,
    Partial,
    Pow,
    Prime,
    Symbol,
    Term,
    Tuple,
    Type,
    integer,
)
from derive.term.scope import Definition, Scope
from derive.term.traverse import bound_here, children, free_names, free_symbols, map_children, substitute

_OPERATORS = frozenset(("grad", "laplacian", "hessian", "div", "curl"))
_LIVE = (At, Call, Derivative, Element, Partial, Prime)
DEPTH, SIZE, ORDER = 120, 20_000, 12


class TooLarge(Exception):
    """Following the definitions gives a term beyond the budget."""


def measure(term: Term) -> tuple[int, int]:
    """Depth and number of nodes; stops counting once either is out of bounds."""
    known: tuple[int, int] | None = getattr(term, "_measure", None)
    if known is None:
        known = _measured(term)
        object.__setattr__(term, "_measure", known)
    return known


def _measured(term: Term) -> tuple[int, int]:
    deepest = count = 0
    stack = [(term, 1)]
    while stack:
        node, depth = stack.pop()
        below, size = getattr(node, "_measure", None) or (1, 1)
        count += size
        deepest = max(deepest, depth + below - 1)
        if deepest > DEPTH or count > SIZE:
            break
        if size == 1:
            stack.extend([(child, depth + 1) for child in children(node)])
    return deepest, count


def _guard(term: Term) -> Term:
    depth, size = measure(term)
    if depth > DEPTH or size > SIZE:
        raise TooLarge
    return term


def resolve(term: Term, scope: Scope) -> Term:
    """The term with definitions and substitutions followed and derivatives carried out.

    Raises `TooLarge`. Definitions that lead back to themselves stay atoms.
    """
    return resolver(scope)(term)


def resolver(scope: Scope) -> Callable[[Term], Term]:
    """`resolve` for one term of a scope after another. What they have in common, node for node, is followed
    once: so it is with the edits of a claim."""
    one = _Resolver(scope)

    def followed(term: Term) -> Term:
        one.steps = 0
        return one.follow(_guard(term), _START)

    return followed


def resolve_pair(left: Term, right: Term, scope: Scope) -> tuple[Term, Term]:
    """Both sides of one claim, resolved with the dependencies that either of them shows.

    Where an undefined `L` is differentiated by ŷ on one side and by θ on the other, and ŷ depends
    on θ, L is taken as a function of ŷ.
    """
    _guard(left)
    _guard(right)
    left, right = spelled((left, right), scope)
    scope = infer((left, right), scope)
    left, right = unknown_functions((left, right), scope)
    resolver = _Resolver(scope)
    return resolver.follow(left, _START), resolver.follow(right, _START)


@dataclass(frozen=True, slots=True)
class _State:
    """protected: variables of a derivative under way; bound: binders passed; active: being followed."""

    protected: frozenset[Term] = frozenset()
    bound: frozenset[str] = frozenset()
    active: frozenset[object] = frozenset()  # names of definitions, or whole terms
    depth: int = 0


_START = _State()


@dataclass(slots=True)
class _Resolver:
    scope: Scope
    steps: int = 0
    symbols: dict[str, Definition] = field(init=False)
    functions: dict[str, Definition] = field(init=False)
    elements: dict[str, Definition] = field(init=False)
    terms: dict[Term, Term] = field(init=False)
    known: frozenset[str] = field(init=False)
    done: dict[tuple[object, ...], tuple[Term, Term]] = field(default_factory=dict)
    """What was followed before: by node and state, the node beside it so that it stays what it is."""

    def __post_init__(self) -> None:
        by_kind: dict[str, dict[str, Definition]] = {"symbol": {}, "function": {}, "element": {}}
        for name, definition in self.scope.definitions.items():
            by_kind[definition.kind][name] = definition
        self.terms = {}
        for old, new in self.scope.substitutions:
            if isinstance(old, Symbol):
                by_kind["symbol"][old.name] = Definition(old.name, new)
            else:
                self.terms[old] = new
        for name in _cyclic(by_kind):
            for definitions in by_kind.values():
                definitions.pop(name, None)
        self.symbols, self.functions, self.elements = by_kind.values()
        self.known = frozenset((*self.symbols, *self.functions, *self.elements, *self.scope.dependencies))

    def follow(self, term: Term, state: _State) -> Term:
        self.steps += 1
        if self.steps > 4 * SIZE or state.depth > 3 * DEPTH:
            raise TooLarge
        if term in state.protected:
            return term
        if self.terms and (new := self._substituted(term, state)) is not None:
            return new
        if isinstance(term, Number | Constant) or self._settled(term):
            return term
        key = (id(term), state.protected, state.bound, state.active)
        before = self.done.get(key)
        if before is not None:
            return before[1]
        found = self._followed(term, state)
        self.done[key] = term, found
        return found

    def _followed(self, term: Term, state: _State) -> Term:
        state = _State(state.protected, state.bound, state.active, state.depth + 1)
        match term:
            case Symbol():
                return self._symbol(term, state)
            case Element():
                return self._element(term, state)
            case Call():
                return self._call(term, state)
            case Derivative():
                return self._derivative(term, state)
            case At():
                return self._at(term, state)
            case Prime():
                return self._prime(term, state)
            case Pow(base=base) | Apply(head="inverse", args=(base,)) if (
                turned := inverse_hessian(term, base)
            ) is not None:
                return self.follow(turned, state)
            case Apply(head=head, args=args) if head in _OPERATORS:
                found = expanded_operator(head, args[0], self.functions)
                if found is not None:
                    expanded, coordinates = found
                    held = state.protected | frozenset(coordinates)
                    return self.follow(expanded, replace(state, protected=held))
                if (by_vector := of_one_vector(head, self.follow(args[0], state))) is not None:
                    return self.follow(by_vector, state)
        return self._inside(term, state)

    def _settled(self, term: Term) -> bool:
        """Whether there is nothing in the term to follow: no name that is known, nothing to carry out."""
        return (
            not self.terms
            and not has(term, *_LIVE)
            and _OPERATORS.isdisjoint(heads(term))
            and self.known.isdisjoint(free_names(term))
        )

    def _inside(self, term: Term, state: _State) -> Term:
        """Rebuild the node. Its bound variables shield what is defined under the same name, and
        definitions never bring a symbol under a binder of that name."""
        here = bound_here(term)
        if isinstance(term, Integral) and not here:
            here = (term.variable,)  # an antiderivative is a function of its variable
        if not here:
            return map_children(term, lambda t: self.follow(t, state))
        names = frozenset(s.name for s in here)
        inner = replace(state, bound=state.bound | names)
        return map_children(term, lambda t: t if t in here else self.follow(t, inner))

    def _body(self, definition: Definition, state: _State) -> Term | None:
        """The definition's body, unless following it would loop or capture."""
        if definition.name in state.active:
            return None
        if state.bound:
            own = {p.name for p in definition.parameters}
            if (free_symbols(definition.body).keys() - own) & state.bound:
                return None
        return definition.body

    def _further(self, name: object, state: _State) -> _State:
        return replace(state, active=state.active | {name})

    def _substituted(self, term: Term, state: _State) -> Term | None:
        new = self.terms.get(term)
        if new is None or term in state.active:
            return None
        return self.follow(new, self._further(term, state))

    def _symbol(self, term: Symbol, state: _State) -> Term:
        if term.name in state.bound:
            return term
        if (definition := self.symbols.get(term.name)) is not None:
            body = self._body(definition, state)
            return term if body is None else self.follow(body, self._further(term.name, state))
        if (entries := self._entries(term, state)) is not None:
            return entries
        definition = self.functions.get(term.name)
        if definition is not None and term.name not in state.active:
            # a function's name where a number is meant is its value at its own parameters
            return self.follow(Call(term, definition.parameters), state)
        names = self.scope.dependencies.get(term.name)
        if names and term.name not in self.functions and term.name not in state.active:
            further = self._further(term.name, state)
            args = tuple(self.follow(self._named(name), further) for name in names)
            return Call(term, args)
        return term

    def _entries(self, term: Symbol, state: _State) -> Term | None:
        """A vector of which every entry is defined, `p_i = \\sigma(z_i)`: p = \\sum_i p_i e_i."""
        definition = self.elements.get(term.name)
        if definition is None or term in state.protected:
            return None
        length = length_of(definition, self.scope)
        if length is None:
            return None
        (index,) = definition.parameters
        entry = self._instance(Element(term, (index,)), definition, (index,), state)
        if entry == Element(term, (index,)):
            return None
        upper: Term = Symbol(length, Type("positive_integer")) if isinstance(length, str) else integer(length)
        return BigOp("sum", Mul((entry, Apply("unit", (index, upper)))), (Binder(index, ONE, upper),))

    def _named(self, name: str) -> Symbol:
        known = self.scope.type_of(name)
        return Symbol(name, known) if known is not None else Symbol(name)

    def _element(self, term: Element, state: _State) -> Term:
        indices = tuple(self.follow(i, state) for i in term.indices)
        if isinstance(term.base, Symbol) and term.base.name not in state.bound:
            name = term.base.name
            definition = self.elements.get(name) if term.base not in state.protected else None
            if definition is not None and len(definition.parameters) == len(indices):
                return self._instance(term, definition, indices, state)
            apart = name not in self.symbols or of_another(term, {**self.functions, **self.symbols})
            if apart or term.base in state.protected:
                return _indexed(term, indices)
        base = self.follow(term.base, state)
        return entry(base, indices) or replace(term, base=base, indices=indices)

    def _instance(
        self, term: Element, definition: Definition, indices: tuple[Term, ...], state: _State
    ) -> Term:
        if definition.name in state.active:
            return _indexed(term, indices)
        parameters = definition.parameters
        values: dict[Term, Term] = dict(zip(parameters, indices, strict=True))
        if state.bound & (free_symbols(definition.body).keys() - {p.name for p in parameters}):
            return _indexed(term, indices)
        return self.follow(substitute(definition.body, values), self._further(definition.name, state))

    def _call(self, term: Call, state: _State) -> Term:
        args = tuple(self.follow(a, state) for a in term.args)
        function, orders = _root(term.function, len(args))
        if isinstance(function, Symbol) and function not in state.protected and orders is not None:
            definition = self.functions.get(function.name)
            if (
                definition is not None
                and len(definition.parameters) == len(args)
                and (body := self._body(definition, state)) is not None
            ):
                further = self._further(function.name, state)
                done = self._applied(definition, body, args, orders, further)
                if done is not None:
                    return done
            elif (alias := self.symbols.get(function.name)) is not None:
                if isinstance(alias.body, Symbol) and alias.body.name not in state.active:
                    renamed = replace(term, function=_rooted(term.function, alias.body), args=args)
                    return self.follow(renamed, self._further(function.name, state))
                if not any(orders) and _slope_by(alias.body, args) and function.name not in state.active:
                    return self.follow(alias.body, self._further(function.name, state))
        elif isinstance(function, Add | Mul | Div | Neg | Pow | Apply):
            return self._compound(term, function, args, orders, state)
        return term if _same(args, term.args) else replace(term, args=args)

    def _applied(
        self,
        definition: Definition,
        body: Term,
        args: tuple[Term, ...],
        orders: tuple[int, ...],
        state: _State,
    ) -> Term | None:
        parameters = definition.parameters
        if any(orders):
            body = self.follow(body, replace(state, protected=state.protected | frozenset(parameters)))
            try:
                for parameter, order in zip(parameters, orders, strict=True):
                    body = _repeated(body, parameter, order)
            except NotDifferentiable:
                return None
        values: dict[Term, Term] = dict(zip(parameters, args, strict=True))
        # the arguments are followed already: only what the body brings in is followed now
        marks: dict[Term, Term] = {p: Symbol(f"{p.name}_{{\\#arg}}", p.type) for p in parameters}
        inner = replace(state, protected=state.protected | frozenset(marks.values()))
        followed = self.follow(substitute(body, marks), inner)
        done = _guard(applied(followed, {marks[p]: v for p, v in values.items()}))
        if any(isinstance(v, Symbol) and v.name in self.elements for v in values.values()):
            return self.follow(done, state)  # H(p) of a p whose entries are defined
        return done

    def _compound(
        self,
        term: Call,
        function: Term,
        args: tuple[Term, ...],
        orders: tuple[int, ...] | None,
        state: _State,
    ) -> Term:
        """(f g)'(x), (f \\circ g)(x), (f + g)(x): pointwise."""
        if len(args) == 1 and orders is not None:
            t = Symbol("t_{\\#0}")
            body = pointwise(function, t)
            if body is not None:
                try:
                    inner = replace(state, protected=state.protected | {t})
                    slope = _repeated(self.follow(body, inner), t, orders[0])
                except NotDifferentiable:
                    return replace(term, args=args)
                return self.follow(substitute(slope, {t: args[0]}), state)
        return replace(term, function=self.follow(term.function, state), args=args)

    def _derivative(self, term: Derivative, state: _State) -> Term:
        (by, order), *others = term.variables
        if not others and order == ONE and invertible(by):
            return self._by_expression(term, by, state)
        variables = tuple(v for v, _ in term.variables)
        families = {v.base for v in variables if isinstance(v, Element) and self._family(v) is not None}
        inner = replace(
            state,
            protected=state.protected | frozenset(variables) | frozenset(families),
            bound=state.bound - {v.name for v in variables if isinstance(v, Symbol)},
        )
        body = spread(self.follow(self._first_step(term.body, variables), inner))
        if not self._opened(body, variables, state):
            return replace(term, body=body)
        try:
            for variable, order in term.variables:
                if not isinstance(order, Number) or order.value.denominator != 1:
                    return self._left(replace(term, body=body), state)
                body = _repeated(body, variable, int(order.value))
        except NotDifferentiable:
            return self._left(replace(term, body=body), state)
        if isinstance(body, Derivative):
            return self._left(body, state)
        return self.follow(_guard(body), state)

    def _family(self, member: Element) -> Definition | None:
        """What defines the members of a family, the x_i that one of them is."""
        definition = self.elements.get(member.base.name) if isinstance(member.base, Symbol) else None
        known = definition is not None and len(definition.parameters) == len(member.indices)
        return definition if known else None

    def _first_step(self, body: Term, variables: tuple[Term, ...]) -> Term:
        """`h_t` by `h_{t-1}`: what the one is made of, with the other in it."""
        if not isinstance(body, Element) or body in variables or (definition := self._family(body)) is None:
            return body
        if not any(isinstance(v, Element) and v.base == body.base for v in variables):
            return body
        return substitute(definition.body, dict(zip(definition.parameters, body.indices, strict=True)))

    def _by_expression(self, term: Derivative, by: Term, state: _State) -> Term:
        """`\\partial f / \\partial \\sigma^2`: the slope by σ over that of the square. By
        `\\Sigma^{-1}`: with Σ put as the inverse of the variable."""
        letter = next(n for n in children(by) if isinstance(n, Symbol | Element))
        if isinstance(by, Pow) and not shape_of(letter):
            slope = Derivative(by, ((letter, ONE),), term.partial)
            return self.follow(Div(replace(term, variables=((letter, ONE),)), slope), state)
        assert isinstance(letter, Symbol)
        inner = replace(state, protected=state.protected | {letter})
        inverse = Symbol(f"{letter.name}_{{-1}}", letter.type)
        body = _without_double(substitute(self.follow(term.body, inner), {letter: apply("inverse", inverse)}))
        try:
            found = _repeated(spread(body), inverse, 1)
        except NotDifferentiable:
            return replace(term, body=self.follow(term.body, inner))
        return self.follow(_without_double(substitute(found, {inverse: apply("inverse", letter)})), state)

    def _left(self, term: Derivative, state: _State) -> Term:
        """A derivative that is not carried out, by a letter that is defined: at its value."""
        (variable, *others) = (v for v, _ in term.variables)
        known = (
            isinstance(variable, Symbol) and variable.name in self.symbols and variable not in state.protected
        )
        if others or not known:
            return term
        value = self.follow(variable, state)
        return term if value == variable else At(term, variable, value)

    def _opened(self, body: Term, variables: tuple[Term, ...], state: _State) -> bool:
        """Whether the derivative may be carried out, with what the body does not mention held fixed.

        A body that shows no trace of the variables may depend on them in a way nobody told us:
        its derivative is unknown, not zero, unless nothing in it can vary.
        """
        if isinstance(body, Prime | Partial):
            return False
        if any(depends(body, v) for v in variables):
            return True
        free = free_symbols(body).values()
        return all(s.type.role in ("constant", "index") or s in state.protected for s in free)

    def _prime(self, term: Prime, state: _State) -> Term:
        """A derivative without its argument: y' for y = x², (x²)', (f(x) g(x))'."""
        function = term.function
        if isinstance(term.order, Number):
            if isinstance(function, Symbol):
                definition = self.functions.get(function.name)
                if definition is not None and len(definition.parameters) == 1:
                    call = Call(term, (definition.parameters[0],))
                    return self.follow(call, state)
                if function.name not in self.symbols or function.name in state.active:
                    return term
            body = self.symbols[function.name].body if isinstance(function, Symbol) else function
            variable = implicit_variable(body)
            if variable is not None:
                return self.follow(Derivative(function, ((variable, term.order),), partial=False), state)
        return term

    def _at(self, term: At, state: _State) -> Term:
        value = self.follow(term.value, state)
        inner = replace(state, protected=state.protected | {term.variable})
        body = self.follow(term.body, inner)
        if has(body, Derivative):
            return replace(term, body=body, value=value)
        return self.follow(_guard(substitute(body, {term.variable: value})), state)


def _cyclic(by_kind: dict[str, dict[str, Definition]]) -> set[str]:
    """Names whose definitions lead back to themselves (an update rule `θ := θ - η g`, a recursion)."""
    edges: dict[str, set[str]] = {}
    for definitions in by_kind.values():
        for name, definition in definitions.items():
            own = {p.name for p in definition.parameters}
            others = without_numbers(definition.body, {**by_kind["function"], **by_kind["symbol"]})
            edges.setdefault(name, set()).update(free_symbols(others).keys() - own)
    return {name for name in edges if name in reachable(name, edges)}


def _root(function: Term, arity: int) -> tuple[Term, tuple[int, ...] | None]:
    """A function without its primes, and the orders of derivative by each argument (None: not numbers)."""
    match function:
        case Prime(function=inner, order=Number(value=order)) if arity == 1 and 0 <= order <= ORDER:
            return inner, (int(order),)
        case Partial(function=inner, orders=orders) if len(orders) == arity and sum(orders) <= ORDER:
            return inner, orders
        case Prime(function=inner) | Partial(function=inner):
            return inner, None
        case _:
            return function, (0,) * arity


def _without_double(term: Term) -> Term:
    """Without inverses of inverses."""
    term = map_children(term, _without_double)
    match term:
        case Apply(head="inverse", args=(Apply(head="inverse", args=(inner,)),)):
            return inner
        case Pow(base=Apply(head="inverse", args=(inner,)), exponent=Number(value=n)) if n == -1:
            return inner
        case _:
            return term


def _same(new: tuple[Term, ...], old: tuple[Term, ...]) -> bool:
    """Whether nothing was found in them to follow. The term that they stand in is then left as it is: what
    is known of it need not be found out again."""
    return all(a is b for a, b in zip(new, old, strict=True))


def _indexed(term: Element, indices: tuple[Term, ...]) -> Term:
    return term if _same(indices, term.indices) else replace(term, indices=indices)


def _rooted(function: Term, new: Term) -> Term:
    match function:
        case Prime() | Partial():
            return replace(function, function=new)
        case _:
            return new


def _slope_by(body: Term, args: tuple[Term, ...]) -> bool:
    """Whether a name stands for a derivative by the letter that it is applied to: `v = dx/dt`, and `v(t)`."""
    return isinstance(body, Derivative) and [v for v, _ in body.variables] == list(args)


def _repeated(body: Term, variable: Term, order: int) -> Term:
    if not 0 <= order <= ORDER:
        raise NotDifferentiable(Gap.DERIVATIVE_OF_HIGH_ORDER)
    for _ in range(order):
        body = _guard(differentiate(body, variable))
        if is_zero(body):
            break
    return body


def entry(base: Term, indices: tuple[Term, ...]) -> Term | None:
    """The entry of an array written out, at indices that count from 1; None where not a definite one."""
    numbers = [int(i.value) for i in indices if isinstance(i, Number) and i.value.denominator == 1]
    if len(numbers) != len(indices):
        return None
    match base, numbers:
        case Tuple(items=items), [k] if 1 <= k <= len(items):
            return items[k - 1]
        case Matrix(rows=rows), [k] if 1 <= k <= len(rows) and len(rows[0]) == 1:
            return rows[k - 1][0]
        case Matrix(rows=rows), [j, k] if 1 <= j <= len(rows) and 1 <= k <= len(rows[j - 1]):
            return rows[j - 1][k - 1]
        case _:
            return None
