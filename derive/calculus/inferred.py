"""Defined letters with the shapes of what they stand for: `z = Wx + b` is a column where W is a matrix.

What a document declares stays as it is; a letter that it only defines takes the shape of its definition, so
that it can be differentiated by and transposed like any other array.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from derive.calculus.gradient import shape_of
from derive.calculus.shapes import Clash, Shapes
from derive.calculus.vectors import by_vector
from derive.classes import replace
from derive.model import Claim
from derive.term.contents import among, heads
from derive.term.nodes import (
    Add,
    Apply,
    BigOp,
    Binder,
    Call,
    Dimension,
    Div,
    Element,
    Mul,
    Neg,
    Number,
    Symbol,
    Term,
    Type,
)
from derive.term.scope import Scope
from derive.term.traverse import children, free_symbols, map_children

LAYOUT, AS_THE_ARRAY = "layout", "denominator"
"""The option of a scope in which a derivative has the layout of what it is taken by."""
_OF_ALL = frozenset({"grad", "hessian", "laplacian"})


def with_inferred(claim: Claim) -> Claim:
    """The claim and its scope with the types of defined letters told by their definitions; ∇² against a
    matrix is the matrix of second derivatives."""
    claim = _with_hessian(claim)
    scope: Scope = claim.scope
    types = inferred(scope, free_symbols(claim.left).keys() | free_symbols(claim.right).keys())
    types = {**_summed_over(claim), **types}
    if not types:
        return claim
    definitions = {
        name: replace(
            d,
            body=retyped(d.body, types),
            parameters=tuple(replace(p, type=types.get(p.name, p.type)) for p in d.parameters),
        )
        for name, d in scope.definitions.items()
    }
    hypotheses = tuple(retyped(h, types) for h in scope.hypotheses)
    scope = replace(scope, symbols={**scope.symbols, **types}, definitions=definitions, hypotheses=hypotheses)
    left, right = retyped(claim.left, types), retyped(claim.right, types)
    return replace(claim, left=left, right=right, scope=scope)


def _with_hessian(claim: Claim) -> Claim:
    """∇² against a matrix is the Hessian; of a function of a vector it is by that vector."""
    for one, other in ((claim.left, claim.right), (claim.right, claim.left)):
        if isinstance(one, Apply) and one.head in ("laplacian", "hessian"):
            of_matrix = one.head == "hessian" or _is_matrix(other) or "I" in free_symbols(other)
            head = "hessian" if of_matrix else one.head
            new: Term = replace(one, head=head)
            match one.args:
                case (Call(args=(Symbol(type=kind) as x,)) as value,) if len(kind.shape or ()) == 1:
                    new = by_vector(head, value, x) or new
                case _:
                    pass
            if new != one:
                return replace(claim, left=new) if one is claim.left else replace(claim, right=new)
    return claim


def _is_matrix(term: Term) -> bool:
    """Whether a side is a matrix, whether or not what is in the middle of its products fits by name."""
    match term:
        case Neg(arg=arg) | Div(numerator=arg):
            return _is_matrix(arg)
        case Add(args=args):
            return any(map(_is_matrix, args))
        case Mul(args=args):
            arrays = [a for a in args if shape_of(a) != ()]
            return len(arrays) > 0 and _is_matrix(arrays[0]) and _is_matrix(arrays[-1])
        case _:
            shape = shape_of(term) or ()
            return len(shape) == 2 and 1 not in shape


def _summed_over(claim: Claim) -> dict[str, Type]:
    """The numbers that a gradient is taken by as a whole, `\\nabla f(x) = x` where f is a sum over the x_i:
    a vector of as many entries as the sum has. So are others that stand there as a whole, `= a`."""
    sides = (claim.left, claim.right)
    if not any(_OF_ALL & heads(side) for side in sides):
        return {}
    scope: Scope = claim.scope
    whole = {n.name for side in sides for n in _whole(side)}
    lengths: dict[str, set[Dimension | None]] = {}
    for name in whole & scope.definitions.keys():
        for letter, length in _summed(scope.definitions[name].body):
            lengths.setdefault(letter, set()).add(length)
    found = {}
    for name in lengths.keys() & whole - scope.definitions.keys():
        (length, *others), known = lengths[name], scope.symbols.get(name, Type())
        plain = not known.shape and known.domain == "real" and known.role in ("variable", "sequence")
        if length is not None and not others and plain:
            found[name] = Type("real", (length,))
    return found


def _summed(term: Term) -> Iterator[tuple[str, Dimension | None]]:
    """Letters whose entries a sum runs over, with how many; None where it does not run from 1 to a number."""
    for big in among(term, BigOp):
        counted: dict[Term, Dimension | None] = {b.variable: _count(b) for b in big.binders}
        for entry in among(big.body, Element):
            match entry:
                case Element(base=Symbol(name=name), indices=(index,)) if index in counted:
                    yield name, counted[index]
                case _:
                    pass


def _count(binder: Binder) -> Dimension | None:
    match binder.lower, binder.upper:
        case Number(value=one), Symbol(name=n) if one == 1:
            return n
        case Number(value=one), Number(value=n) if one == 1 and n.denominator == 1:
            return int(n)
        case _:
            return None


def _whole(term: Term) -> Iterator[Symbol]:
    """The letters of a term that stand without an index."""
    if isinstance(term, Symbol):
        yield term
    elif not isinstance(term, Element):
        for child in children(term):
            yield from _whole(child)


def inferred(scope: Scope, names: set[str]) -> dict[str, Type]:
    """The letters that a claim reaches and that nothing declares, with the shapes of their definitions."""
    reached, stack = set[str](), list(names)
    while stack:
        name = stack.pop()
        if name not in reached:
            reached.add(name)
            definition = scope.definitions.get(name)
            if definition is not None:
                stack += free_symbols(definition.body)
    if not any(kind.shape for n in reached if (kind := scope.symbols.get(n)) is not None):
        return {}
    shapes = Shapes(scope.symbols, scope.definitions)
    found: dict[str, Type] = {}
    for name in reached & scope.definitions.keys():
        definition = scope.definitions[name]
        known = scope.symbols.get(name, Type())
        if definition.kind != "symbol" or known.shape or known.role not in ("variable", "sequence"):
            continue
        kept = dict(shapes.parent)
        try:
            shape = shapes.of(definition.body)
        except Clash:
            shapes.parent = kept
            continue
        if shape:
            found[name] = replace(known, shape=shapes.rooted(shape), role="variable")
    return found


def retyped(term: Term, types: Mapping[str, Type]) -> Term:
    return retyper(types)(term)


def retyper(types: Mapping[str, Type]) -> Callable[[Term], Term]:
    """What gives letters these types, in one term after another. A node that they share is changed once."""
    done: dict[int, tuple[Term, Term]] = {}  # the node beside it, so that it stays what it is

    def visit(node: Term) -> Term:
        if isinstance(node, Symbol):
            known = types.get(node.name)
            return replace(node, type=known) if known is not None else node
        before = done.get(id(node))
        if before is None:
            before = done[id(node)] = node, map_children(node, visit)
        return before[1]

    return visit
