"""Implicit substitutions: what a link puts in the place of a symbol without saying so.

In `\\sum\\|1-\\hat y\\|^2 = \\sum\\|1-\\sigma(z)\\|^2` the reader sees that ŷ is σ(z). The two sides are laid
over each other; where the left has an atom that vanishes, the right shows what replaced it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from derive.term.nodes import Add, Call, Element, Mul, Neg, Number, Symbol, Term
from derive.term.traverse import bound_here, children, free_symbols, walk


def vanishing(left: Term, right: Term, names: Iterable[str]) -> tuple[Term, ...]:
    """The maximal atoms of `left` (symbols, elements, calls of an unknown function) that are made of
    `names` and do not stand in `right`, in order of appearance."""
    wanted = set(names)
    inside = set(walk(right))
    found: dict[Term, None] = {}
    stack = [left]
    while stack:
        node = stack.pop()
        head = node
        if isinstance(node, Element):
            head = node.base
        elif isinstance(node, Call):
            head = node.function
        if isinstance(head, Symbol) and head.name in wanted:
            if node not in inside:
                found[node] = None
            continue
        stack.extend(reversed(children(node)))
    return tuple(found)


def align(left: Term, right: Term, atoms: frozenset[Term]) -> dict[Term, Term] | None:
    """What each atom of `left` corresponds to in `right`, or None where the shapes do not fit.

    Sums and products are matched up to order; a factor or term that only one side has is passed over.
    """
    found: dict[Term, Term] = {}
    return found if _align(left, right, atoms, found) and found else None


def _align(left: Term, right: Term, atoms: frozenset[Term], found: dict[Term, Term]) -> bool:
    if left in atoms:
        known = found.setdefault(left, right)
        return known == right
    if left == right:
        return True
    if not _holds_any(left, atoms):
        return True  # a difference that has nothing to do with the substitution
    if isinstance(left, Neg) and left.arg in atoms:
        return _align(left.arg, negated(right), atoms, found)
    if type(left) is type(right) and not isinstance(left, (Add, Mul)):
        ours, theirs = children(left), children(right)
        bound_l, bound_r = bound_here(left), bound_here(right)
        if len(ours) == len(theirs) and tuple(b.name for b in bound_l) == tuple(b.name for b in bound_r):
            return all(_align(a, b, atoms, found) for a, b in zip(ours, theirs, strict=True))
        return False
    if isinstance(left, (Add, Mul)):
        kind = Add if isinstance(left, Add) else Mul
        mine = list(left.args)
        rest = list(right.args) if isinstance(right, kind) else [right]
        for item in tuple(mine):
            if item in rest:
                mine.remove(item)
                rest.remove(item)
        holders = [item for item in mine if _holds_any(item, atoms)]
        if len(holders) == 1 and rest:
            return _align(holders[0], _joined(kind, rest, holders[0]), atoms, found)
        if len(holders) == len(rest):
            return all(_align(a, b, atoms, found) for a, b in zip(holders, rest, strict=True))
        return False
    if isinstance(right, Mul):
        same = [arg for arg in right.args if type(arg) is type(left)]
        return len(same) == 1 and _align(left, same[0], atoms, found)
    return False


def _joined(kind: type[Add] | type[Mul], items: list[Term], like: Term) -> Term:
    """What is left over on the right, as one term; of a product, the factor that looks like ours."""
    if len(items) == 1:
        return items[0]
    if kind is Mul:
        same = [item for item in items if type(item) is type(like)]
        if len(same) == 1:
            return same[0]
        return Mul(tuple(items))
    return Add(tuple(items))


def negated(term: Term) -> Term:
    match term:
        case Neg(arg=arg):
            return arg
        case Add(args=args):
            return Add(tuple(negated(a) for a in args))
        case Number(value=value) if value < 0:
            return Number(-value)
        case _:
            return Neg(term)


def _holds_any(term: Term, atoms: frozenset[Term]) -> bool:
    return any(node in atoms for node in walk(term))


def candidates(
    left: Term, right: Term, atoms: tuple[Term, ...], new: frozenset[str]
) -> Iterator[Mapping[Term, Term]]:
    """Substitutions worth trying, the one that the shapes suggest first; then, for a single atom, each
    subterm of `right` that `left` has not."""
    aligned = align(left, right, frozenset(atoms))
    inside = set(walk(right))
    if (
        aligned is not None
        and len(aligned) == len(atoms)
        and not any(isinstance(v, (Symbol, Element)) for v in aligned.values())
    ):  # another letter is a slip, not a value
        plain = {a: v.arg if isinstance(v, Neg) and v not in inside else v for a, v in aligned.items()}
        if plain != aligned:
            yield plain  # under a norm or a square the sign is the author's, not the substitution's
        yield aligned
    if len(atoms) != 1:
        return
    atom = atoms[0]
    ours = set(walk(left))
    allowed = {s.name for s in free_symbols(atom).values()}
    bound = {s.name for node in walk(right) for s in bound_here(node)}
    tried = 0
    for node in walk(right):
        names = free_symbols(node).keys()
        if node is right or node in ours or (bound & names) - allowed or tried >= 12:
            continue
        if (new and not names & new) or isinstance(node, (Symbol, Element)):
            continue
        if not new and not isinstance(node, Number):
            continue
        if isinstance(node, Number) and node.value in {Fraction(0), Fraction(1), Fraction(2)} and not new:
            continue  # too common to be the value of anything
        tried += 1
        yield {atom: node}
