"""Walking and rebuilding terms: children, substitution without capture, free symbols."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from operator import attrgetter, is_
from typing import Any, cast, get_args

from derive.classes import fields, replace
from derive.term.nodes import (
    At,
    BigOp,
    Binder,
    Call,
    Constant,
    Element,
    Integral,
    Limit,
    Number,
    Symbol,
    Term,
    _Term,
)

# what holds no term, by its annotation
_PLAIN = frozenset({"str", "str | None", "bool", "Fraction", "Type", "Span | None", "tuple[int, ...]"})


@cache
def _slots(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.type not in _PLAIN)


def _gather(value: Any, found: list[Term]) -> None:
    if isinstance(value, _Term):
        found.append(cast(Term, value))
    elif isinstance(value, tuple):
        for item in value:
            if isinstance(item, _Term):
                found.append(cast(Term, item))
            elif item is not None:
                _gather(item, found)
    elif isinstance(value, Binder):
        for name in _slots(Binder):
            _gather(getattr(value, name), found)


def _reader(kind: type) -> Callable[[Any], tuple[Term, ...]]:
    """What gives the subterms of a node of this kind, by the annotations of its fields."""
    names = _slots(kind)
    held = [f.type for f in fields(kind) if f.name in names]
    if not names:
        return lambda term: ()
    get: Callable[[Any], Any] = attrgetter(*names)
    if held == ["tuple[Term, ...]"]:
        return get
    if set(held) == {"Term"}:
        return get if len(names) > 1 else lambda term: (get(term),)

    def mixed(term: Any) -> tuple[Term, ...]:
        known: tuple[Term, ...] | None = getattr(term, "_parts", None)
        if known is not None:
            return known
        found: list[Term] = []
        for name in names:
            _gather(getattr(term, name), found)
        known = tuple(found)
        object.__setattr__(term, "_parts", known)
        return known

    return mixed


_READERS: dict[type, Callable[[Any], tuple[Term, ...]]] = {kind: _reader(kind) for kind in get_args(Term)}


def children(term: Term) -> tuple[Term, ...]:
    """The direct subterms in source order, bound variables and ranges included."""
    return _READERS[type(term)](term)


_LEAVES = frozenset((Symbol, Number, Constant))


def walk(term: Term) -> Iterator[Term]:
    """Every subterm, the term itself first. Iterative: depth is no limit."""
    stack = [term]
    while stack:
        node = stack.pop()
        yield node
        kind = type(node)
        if kind not in _LEAVES:
            stack.extend(_READERS[kind](node)[::-1])


def _mapped(value: Any, change: Callable[[Term], Term]) -> Any:
    """A field's value with `change` applied to the terms in it; the value itself if none changed."""
    if isinstance(value, _Term):
        return change(value)  # type: ignore[arg-type]
    if isinstance(value, tuple):
        items = tuple(_mapped(item, change) for item in value)
        return value if all(map(is_, items, value)) else items
    if isinstance(value, Binder):
        changed = {
            name: new
            for name in _slots(Binder)
            if (new := _mapped(old := getattr(value, name), change)) is not old
        }
        return replace(value, **changed) if changed else value
    return value


def _terms_mapped(terms: tuple[Term, ...], change: Callable[[Term], Term]) -> tuple[Term, ...]:
    items = tuple(map(change, terms))
    return terms if all(map(is_, items, terms)) else items


def _term_mapped(term: Term, change: Callable[[Term], Term]) -> Term:
    return change(term)


_BY_ANNOTATION: dict[Any, Callable[[Any, Callable[[Term], Term]], Any]] = {
    "Term": _term_mapped,
    "tuple[Term, ...]": _terms_mapped,
}
_FIELDS = {
    kind: (
        [(f.name, _BY_ANNOTATION.get(f.type, _mapped)) for f in fields(kind) if f.name in _slots(kind)],
        tuple(f.name for f in fields(kind)),
    )
    for kind in get_args(Term)
}
"""Of each kind of node the fields that hold terms, with what changes such a field, and all fields."""


def map_children(term: Term, change: Callable[[Term], Term]) -> Term:
    """The same node with `change` applied to each direct subterm; the term itself if none changed."""
    kind: Any = type(term)
    held, every = _FIELDS[kind]
    changed: dict[str, Any] = {}
    for name, mapped in held:
        old = getattr(term, name)
        new = mapped(old, change)
        if new is not old:
            changed[name] = new
    if not changed:
        return term
    for name in every:  # as `dataclasses.replace` does, without its questions
        if name not in changed:
            changed[name] = getattr(term, name)
    made: Term = kind(**changed)
    return made


def bound_here(term: Term) -> tuple[Symbol, ...]:
    """The symbols that this node itself binds."""
    match term:
        case BigOp(binders=binders):
            return tuple(b.variable for b in binders)
        case Integral(variable=variable, lower=lower, upper=upper, domain=domain):
            definite = lower is not None or upper is not None or domain is not None
            return (variable,) if definite else ()
        case Limit(variable=variable):
            return (variable,)
        case At(variable=Symbol() as variable):
            return (variable,)
        case _:
            return ()


_BINDING = frozenset((BigOp, Integral, Limit, At))


def free_symbols(term: Term) -> dict[str, Symbol]:
    """Free symbols by name, in order of first appearance, functions and sequences included.

    The bounds of a sum, integral or limit and the value of `At` are outside its binding.
    """
    known: dict[str, Symbol] | None = getattr(term, "_free", None)
    if known is not None:
        return known.copy()
    found: dict[str, Symbol] = {}
    _find_free(term, frozenset(), found)
    object.__setattr__(term, "_free", found)
    return found.copy()


def free_names(term: Term) -> frozenset[str]:
    """The names of the free symbols."""
    found: frozenset[str] | None = getattr(term, "_names", None)
    if found is None:
        found = frozenset(free_symbols(term))
        object.__setattr__(term, "_names", found)
    return found


def _find_free(term: Term, bound: frozenset[str], found: dict[str, Symbol]) -> None:
    stack = [term]
    while stack:
        node = stack.pop()
        kind = type(node)
        if kind is Symbol:
            if node.name not in bound:  # type: ignore[union-attr]
                found.setdefault(node.name, node)  # type: ignore[union-attr, arg-type]
        elif kind in _BINDING and (here := bound_here(node)):
            _below_binder(node, bound, bound | {s.name for s in here}, found)  # type: ignore[arg-type]
        elif kind not in _LEAVES:
            stack.extend(_READERS[kind](node)[::-1])


def _below_binder(
    node: BigOp | Integral | Limit | At,
    bound: frozenset[str],
    inner: frozenset[str],
    found: dict[str, Symbol],
) -> None:
    match node:
        case BigOp(body=body, binders=binders):
            seen = bound
            for b in binders:
                for part in (b.lower, b.upper, b.domain):
                    if part is not None:
                        _find_free(part, seen, found)
                seen = seen | {b.variable.name}
                if b.condition is not None:
                    _find_free(b.condition, inner, found)
            _find_free(body, inner, found)
        case Integral(body=body, lower=lower, upper=upper, domain=domain):
            for part in (lower, upper, domain):
                if part is not None:
                    _find_free(part, bound, found)
            _find_free(body, inner, found)
        case Limit(body=body, point=point):
            _find_free(point, bound, found)
            _find_free(body, inner, found)
        case At(body=body, value=value):
            _find_free(value, bound, found)
            _find_free(body, inner, found)


def fresh(symbol: Symbol, taken: set[str]) -> Symbol:
    """A symbol of the same type whose name is not taken."""
    k = 1
    while (name := f"{symbol.name}_{{\\#{k}}}") in taken:
        k += 1
    return replace(symbol, name=name)


def substitute(term: Term, mapping: Mapping[Term, Term]) -> Term:
    """Replace subterms (symbols, or whole terms) simultaneously, renaming bound variables that
    would capture a free one. A replaced subterm is not entered again."""
    if not mapping:
        return term
    incoming: set[str] = set()
    for value in mapping.values():
        incoming |= free_symbols(value).keys()

    def visit(node: Term, active: Mapping[Term, Term]) -> Term:
        if (new := active.get(node)) is not None:
            return new
        here = bound_here(node)
        if here:
            names = {s.name for s in here}
            if isinstance(node, At):
                # the variable of At is bound in its body only
                body_map = {k: v for k, v in active.items() if not (free_symbols(k).keys() & names)}
                return replace(node, body=visit(node.body, body_map), value=visit(node.value, active))
            kept = {k: v for k, v in active.items() if not (free_symbols(k).keys() & names)}
            if names & incoming and kept:
                taken = incoming | free_symbols(node).keys() | names
                renaming: dict[Term, Term] = {}
                for s in here:
                    if s.name in incoming:
                        renaming[s] = fresh(s, taken)
                        taken.add(cast(Symbol, renaming[s]).name)
                node = _renamed(node, renaming)
            return _under(node, lambda t: visit(t, kept), lambda t: visit(t, active))
        if isinstance(node, Symbol):
            return node
        if isinstance(node, Integral) and node.variable in active:
            return _antiderivative_at(node, active, visit)
        return map_children(node, lambda t: visit(t, active))

    return visit(term, mapping)


def _antiderivative_at(
    node: Integral, active: Mapping[Term, Term], visit: Callable[[Term, Mapping[Term, Term]], Term]
) -> Term:
    """An indefinite integral is a function of its variable: at another value it is taken there."""
    value = active[node.variable]
    rest = {k: v for k, v in active.items() if k != node.variable}
    if isinstance(value, Symbol):
        return replace(node, body=visit(node.body, active), variable=value)
    return At(replace(node, body=visit(node.body, rest)), node.variable, value)


def _under(node: Term, inside: Callable[[Term], Term], outside: Callable[[Term], Term]) -> Term:
    """Rebuild a binding node: `inside` on what its variables reach, `outside` on the rest."""

    def opt(part: Term | None, change: Callable[[Term], Term]) -> Term | None:
        return None if part is None else change(part)

    match node:
        case BigOp(body=body, binders=binders):
            new = tuple(
                replace(
                    b,
                    lower=opt(b.lower, inside if k else outside),
                    upper=opt(b.upper, inside if k else outside),
                    domain=opt(b.domain, inside if k else outside),
                    condition=opt(b.condition, inside),
                )
                for k, b in enumerate(binders)
            )
            return replace(node, body=inside(body), binders=new)
        case Integral(body=body, lower=lower, upper=upper, domain=domain):
            return replace(
                node,
                body=inside(body),
                lower=opt(lower, outside),
                upper=opt(upper, outside),
                domain=opt(domain, outside),
            )
        case Limit(body=body, point=point):
            return replace(node, body=inside(body), point=outside(point))
        case _:
            return map_children(node, outside)


def _renamed(node: Term, renaming: Mapping[Term, Term]) -> Term:
    def everywhere(t: Term) -> Term:
        return substitute(t, renaming)

    match node:
        case BigOp(binders=binders):
            binders = tuple(
                replace(b, variable=cast(Symbol, renaming.get(b.variable, b.variable))) for b in binders
            )
            return _under(replace(node, binders=binders), everywhere, lambda t: t)
        case Integral(variable=variable) | Limit(variable=variable):
            node = replace(node, variable=cast(Symbol, renaming.get(variable, variable)))
            return _under(node, everywhere, lambda t: t)
        case _:
            return node


def applied_names(term: Term) -> set[str]:
    """Names of symbols that are called or indexed somewhere in the term."""
    return {
        head.name
        for node in walk(term)
        if isinstance(node, Call | Element)
        for head in (node.function if isinstance(node, Call) else node.base,)
        if isinstance(head, Symbol)
    }
