"""The letters of a relation: which are bound, and which stand in a slot.

A slot is the place of an index (`x_i`) or of an argument (`f(x)`). A letter of a slot that no binder around
it binds is free there; what the text says of it is asked in `told`.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import dataclass
from derive.expressions import regex
from derive.facts.pieces import INDEX_LETTERS
from derive.form.binding import letters_of, mentioned
from derive.term.contents import among
from derive.term.nodes import (
    Add,
    Apply,
    Call,
    Element,
    Ellipsis,
    Expectation,
    Integral,
    Mul,
    Neg,
    Piecewise,
    Probability,
    Symbol,
    Term,
)
from derive.term.traverse import bound_here, children, free_symbols, walk

_VARIABLES = frozenset("rstuvwxyz") | frozenset(
    r"\theta \vartheta \phi \varphi \psi \tau \xi \eta \zeta".split()
)
_NAMED = regex(r"(.+)_\{([a-z])\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A free letter and the element, the call or the probability that has it as an index or an argument."""

    symbol: Symbol
    holder: Element | Call | Probability

    @property
    def index(self) -> bool:
        return isinstance(self.holder, Element)


def binds_here(node: Term) -> frozenset[str]:
    """The names that a node binds, also where it is no binder by its sign: a mean, a set by its condition."""
    names = frozenset(s.name for s in bound_here(node))
    match node:
        case Expectation(under=under) if under is not None:
            return names | free_symbols(under).keys()
        case Apply(head="set_builder", args=(element, *_)):
            return names | free_symbols(element).keys()
        case _:
            return names


def scoped(term: Term) -> Iterator[tuple[Term, frozenset[str]]]:
    """Every subterm with the names that are bound around it."""
    stack: list[tuple[Term, frozenset[str]]] = [(term, frozenset())]
    while stack:
        node, bound = stack.pop()
        yield node, bound
        inside = bound | binds_here(node)
        stack.extend((child, inside) for child in reversed(children(node)))


def bound_letters(*terms: Term) -> frozenset[str]:
    """The letters that are bound somewhere in the terms."""
    names = {name for t in terms for n in walk(t) for name in (*binds_here(n), *_measured(n))}
    return frozenset(letter for name in names for letter in letters_of(name))


def _measured(node: Term) -> frozenset[str]:
    """The letters under an integral by a measure, `\\int_A f(x)\\,N(t, dx)`: one of them is bound."""
    if isinstance(node, Integral) and node.variable.name not in (free := free_symbols(node.body)):
        return frozenset(free)
    return frozenset()


def slots(term: Term) -> tuple[Slot, ...]:
    """The free letters of the term's slots, in order. Names of more than one letter are labels, and the last
    index of a list with dots says how long it is."""
    found: list[Slot] = []
    lengths = listed(term)
    for node, bound in scoped(term):
        match node:
            case Element(indices=inside):
                places = [s for i in inside for s in among(i, Symbol)]
            case Call(args=args):
                places = [a for a in args if isinstance(a, Symbol)]
            case Probability(args=args, given=given, function=Symbol()):
                places = [a for a in (*args, *given) if isinstance(a, Symbol)]
            case _:
                continue
        found += [Slot(s, node) for s in places if s.name not in bound | lengths and is_letter(s)]
    return tuple(found)


def listed(term: Term) -> frozenset[str]:
    """The letters that end a list with dots: n in `f(x_1, \\dots, x_n)`."""
    return frozenset(
        letter
        for node in walk(term)
        if any(isinstance(c, Ellipsis) for c in children(node))
        for child in children(node)
        for part in walk(child)
        for _, letter in subscripts(part)
    )


def is_letter(symbol: Symbol) -> bool:
    """Whether a symbol is one small letter that can vary: no word, no accent, no name with a subscript."""
    if symbol.type.role in ("function", "operator", "distribution", "constant", "set", "event"):
        return False
    name = symbol.name
    return (len(name) == 1 and name.islower()) or name in _VARIABLES


def values(term: Term) -> tuple[Symbol, ...]:
    """The free letters that stand for a value by themselves: no array's or function's name, and none that
    only the condition of a case has, which may speak of what the value does not depend on."""
    found: list[Symbol] = []
    stack: list[tuple[Term, frozenset[str]]] = [(term, frozenset())]
    while stack:
        node, bound = stack.pop()
        inside = bound | binds_here(node)
        match node:
            case Symbol():
                if node.name not in bound and is_letter(node):
                    found.append(node)
                continue
            case Element(indices=below):
                parts: tuple[Term, ...] = below
            case Call(args=below):
                parts = below
            case Piecewise(cases=cases):
                parts = tuple(value for value, _ in cases)
            case _:
                parts = children(node)
        stack.extend((part, inside) for part in reversed(parts))
    return tuple(found)


def subscripts(node: Term) -> Iterator[tuple[str, str]]:
    """The letters that are an array's indices or a name's subscript, each with the array or the name."""
    match node:
        case Element(base=Symbol(name=base), indices=indices):
            for i in indices:
                if isinstance(i, Symbol) and len(i.name) == 1 and i.name.islower():
                    yield base, i.name
        case Symbol(name=name) if (found := _NAMED.fullmatch(name)) is not None:
            yield found[1], found[2]
        case _:
            return


def alike(a: str, b: str) -> bool:
    """Whether one letter can stand in the other's place by a slip: two that count, or two variables."""
    return (a in INDEX_LETTERS and b in INDEX_LETTERS) or (a in _VARIABLES and b in _VARIABLES)


def summands(term: Term) -> Iterator[Term]:
    match term:
        case Add(args=args):
            for a in args:
                yield from summands(a)
        case Neg(arg=arg):
            yield from summands(arg)
        case _:
            yield term


def repeated(term: Term, name: str) -> bool:
    """Whether one product has the letter as an index in two factors, `a_{ij} x_j`: summed without a sign."""
    for node in walk(term):
        if isinstance(node, Mul) and sum(any(i.symbol.name == name for i in slots(f)) for f in node.args) > 1:
            return True
        if isinstance(node, Element) and sum(name in free_symbols(i) for i in node.indices) > 1:
            return True
    return False


def unbalanced(term: Term, other: Term) -> dict[str, Slot]:
    """The free index letters of a side that the other side does not have in any form, by name."""
    elsewhere = mentioned(other)
    return {
        s.symbol.name: s
        for s in slots(term)
        if s.index and s.symbol.name in INDEX_LETTERS and s.symbol.name not in elsewhere
    }
