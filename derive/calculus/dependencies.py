"""Which undefined symbols depend on which, read off the derivatives that a claim contains.

`∂L/∂ŷ` says that L is a function of ŷ. Where L is also differentiated by θ, and ŷ depends on θ,
then L depends on θ through ŷ: what is reached through another variable is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence

from derive.classes import replace
from derive.term.contents import among
from derive.term.nodes import (
    Add,
    Apply,
    Call,
    Constant,
    Derivative,
    Div,
    Element,
    Mul,
    Neg,
    Number,
    Partial,
    Pow,
    Prime,
    Symbol,
    Term,
)
from derive.term.scope import Scope
from derive.term.traverse import applied_names, bound_here, free_symbols, map_children, walk

_FIXED_ROLES = frozenset({"constant", "function", "index", "operator", "set", "distribution", "event"})


def _defined(scope: Scope) -> set[str]:
    return {*scope.definitions, *(old.name for old, _ in scope.substitutions if isinstance(old, Symbol))}


def infer(terms: Sequence[Term], scope: Scope) -> Scope:
    """The scope with the dependencies that the derivatives in `terms` show of undefined symbols."""
    known = _defined(scope) | set(scope.dependencies)
    shown: dict[str, list[str]] = {}
    arrays: set[str] = set()
    totals: set[tuple[str, str]] = set()
    partials: set[tuple[str, str]] = set()
    for term in terms:
        for node in among(term, Derivative):
            if isinstance(node.body, Symbol) and node.body.name not in known:
                name = node.body.name
                for variable, _ in node.variables:
                    if isinstance(variable, Symbol) and variable.name != name:
                        names = shown.setdefault(name, [])
                        if variable.name not in names:
                            names.append(variable.name)
                        if variable.type.shape != ():
                            arrays.add(variable.name)
                        (partials if node.partial else totals).add((name, variable.name))
                    else:
                        arrays.add(name)
    if not shown:
        return scope
    edges: dict[str, set[str]] = {name: set(names) for name, names in shown.items()}
    for name, definition in scope.definitions.items():
        own = {p.name for p in definition.parameters}
        edges.setdefault(name, set()).update(free_symbols(definition.body).keys() - own)
    for old, new in scope.substitutions:
        if isinstance(old, Symbol):
            edges.setdefault(old.name, set()).update(free_symbols(new))
    for name, told in scope.dependencies.items():
        edges.setdefault(name, set()).update(told)
    reach = {name: reachable(name, edges) for name in edges}
    found = dict(scope.dependencies)
    for name, names in shown.items():
        if any(name in reach.get(v, ()) for v in names):
            continue  # each a function of the other: nothing is known
        kept = tuple(
            v
            for v in names
            if not any(v in reach.get(u, ()) for u in names if u != v)
            or ((name, v) in totals and (name, v) in partials)
        )
        # in alphabetical order, so that both orders of mention give the same function
        if not any(v in arrays for v in kept):
            found[name] = tuple(sorted(kept))
    return replace(scope, dependencies=found)


def reachable(name: str, edges: dict[str, set[str]]) -> set[str]:
    """The names that `name` leads to, itself only if it lies on a cycle."""
    seen: set[str] = set()
    stack = list(edges.get(name, ()))
    while stack:
        other = stack.pop()
        if other not in seen:
            seen.add(other)
            stack.extend(edges.get(other, ()))
    return seen


def unknown_functions(terms: tuple[Term, Term], scope: Scope) -> tuple[Term, Term]:
    """`(fg)' = f'g + fg'` and explicit partial derivatives beside total ones, with their arguments put in.

    Symbols that are primed without an argument become functions of one variable, the same
    everywhere: that of a function among them that is defined, else the variable of the derivatives around,
    else x or t, else a nameless one. Defined functions that stand beside them bare are taken there too.
    """
    terms = _explicit(terms, scope)
    known = _defined(scope)
    defined = {
        name: d.parameters[0]
        for name, d in scope.definitions.items()
        if d.kind == "function" and len(d.parameters) == 1
    }
    primed: set[str] = set()
    marked = False
    for term in terms:
        for node, bare in _functions_of(term):
            if isinstance(node, Prime) and bare:
                inner = {n.name for n in among(node.function, Symbol)}
                marked = marked or bool(inner - known) or not isinstance(node.function, Symbol)
                if isinstance(node.function, Symbol) and node.function.name not in known:
                    primed.add(node.function.name)
    beside = _bare(terms) & defined.keys() if marked else set()
    if not primed and not beside:
        return terms
    primed |= beside
    t = defined[min(beside)] if beside else _common_variable(terms, primed)

    def put(term: Term) -> Term:
        match term:
            case Symbol(name=name) if name in primed:
                return Call(term, (t,))
            case Prime(function=Symbol(name=name)) if name in primed:
                return Call(term, (t,))
            case Prime(function=function, order=order) if not isinstance(function, Symbol):
                return Derivative(put(function), ((t, order),), partial=False)
            case Call(args=args, function=function):
                if isinstance(function, Symbol | Prime | Partial):
                    return replace(term, args=tuple(put(a) for a in args))
            case Derivative(body=body):
                return replace(term, body=put(body))
            case _ if bound_here(term) and any(s.name in primed for s in bound_here(term)):
                return term
        return map_children(term, put)

    return put(terms[0]), put(terms[1])


def _bare(terms: Sequence[Term]) -> set[str]:
    """The names that stand somewhere without arguments, primed or not."""
    called = {id(n.function) for term in terms for n in among(term, Call)}
    called |= {
        id(n.function) for term in terms for n in walk(term) if id(n) in called and isinstance(n, Prime)
    }
    return {n.name for term in terms for n in among(term, Symbol) if id(n) not in called}


def _functions_of(term: Term) -> list[tuple[Term, bool]]:
    """Every Prime, with whether it stands alone, not as the function of a call."""
    called = {id(node.function) for node in among(term, Call)}
    return [(node, id(node) not in called) for node in among(term, Prime)]


def _common_variable(terms: Sequence[Term], primed: set[str]) -> Symbol:
    variables = {
        v.name: v
        for term in terms
        for node in among(term, Derivative)
        for v, _ in node.variables
        if isinstance(v, Symbol)
    }
    if len(variables) == 1:
        return next(iter(variables.values()))
    free = {name: s for term in terms for name, s in free_symbols(term).items() if name not in primed}
    return free.get("x") or free.get("t") or Symbol("t_{\\#0}")


def _explicit(terms: tuple[Term, Term], scope: Scope) -> tuple[Term, Term]:
    """∂f/∂t beside df/dt: the partial one is by the argument t alone."""
    forms: dict[tuple[str, str], set[bool]] = {}
    for term in terms:
        for node in among(term, Derivative):
            match node:
                case Derivative(body=Symbol(name=f), variables=((Symbol(name=v), _),), partial=partial):
                    forms.setdefault((f, v), set()).add(partial)
    both = {key for key, kinds in forms.items() if len(kinds) == 2}
    if not both:
        return terms

    def put(term: Term) -> Term:
        match term:
            case Derivative(
                body=Symbol(name=f) as function,
                variables=((Symbol(name=v), Number(value=order)),),
                partial=True,
            ) if (f, v) in both and len(names := scope.dependencies.get(f, ())) > 1 and v in names:
                orders = tuple(int(order) if name == v else 0 for name in names)
                return Call(Partial(function, orders), tuple(_named(name, scope) for name in names))
        return map_children(term, put)

    return put(terms[0]), put(terms[1])


def _named(name: str, scope: Scope) -> Symbol:
    known = scope.type_of(name)
    return Symbol(name, known) if known is not None else Symbol(name)


def pointwise(function: Term, t: Symbol) -> Term | None:
    """The value at t of a function made of functions: `fg`, `f + g`, `f/g`, `f ∘ g`, `c f`."""
    symbols = [node for node in among(function, Symbol)]
    told = any(s.type.role == "function" for s in symbols)

    def at(term: Term) -> Term | None:
        match term:
            case Number() | Constant():
                return term
            case Symbol(type=type_):
                return term if told and type_.role != "function" else Call(term, (t,))
            case Prime() | Partial() | Element():
                return Call(term, (t,))
            case Apply(head="compose", args=args):
                value: Term = t
                for f in reversed(args):
                    value = Call(f, (value,))
                return value
            case Apply(head="inverse"):
                return None
            case Add() | Mul() | Neg() | Div() | Pow():
                parts: list[Term] = []

                def keep(part: Term) -> Term:
                    new = at(part)
                    parts.append(part if new is not None else function)
                    return new if new is not None else part

                new_term = map_children(term, keep)
                return None if any(p is function for p in parts) else new_term
            case _:
                return None

    return at(function)


def implicit_variable(body: Term) -> Symbol | None:
    """The variable that a prime without argument differentiates by: the only one, else x, else t."""
    applied = applied_names(body)
    free = {
        name: s
        for name, s in free_symbols(body).items()
        if name not in applied and s.type.role not in _FIXED_ROLES and s.type.shape == ()
    }
    if len(free) == 1:
        return next(iter(free.values()))
    return free.get("x") or free.get("t")
