"""Defined letters with the shapes of what they stand for: `z = Wx + b` is a column where W is a matrix.

What a document declares stays as it is; a letter that it only defines takes the shape of its definition, so
that it can be differentiated by and transposed like any other array.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from derive.calculus.gradient import shape_of
from derive.calculus.shapes import Clash, Shapes
from derive.classes import replace
from derive.model import Claim
from derive.term.nodes import ONE, Apply, Call, Derivative, Symbol, Term, Type
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, map_children


def with_inferred(claim: Claim) -> Claim:
    """The claim and its scope with the types of defined letters told by their definitions; ∇² against a
    matrix is the matrix of second derivatives."""
    claim = _with_hessian(claim)
    scope: Scope = claim.scope
    types = inferred(scope, free_symbols(claim.left).keys() | free_symbols(claim.right).keys())
    if not types:
        return claim
    definitions = {
        name: replace(d, body=retyped(d.body, types), parameters=tuple(d.parameters))
        for name, d in scope.definitions.items()
    }
    hypotheses = tuple(retyped(h, types) for h in scope.hypotheses)
    scope = replace(scope, symbols={**scope.symbols, **types}, definitions=definitions, hypotheses=hypotheses)
    return replace(claim, left=retyped(claim.left, types), right=retyped(claim.right, types), scope=scope)


def _with_hessian(claim: Claim) -> Claim:
    for one, other in ((claim.left, claim.right), (claim.right, claim.left)):
        if (
            isinstance(one, Apply)
            and one.head in ("laplacian", "hessian")
            and len(shape_of(other) or ()) == 2
        ):
            hessian: Term = replace(one, head="hessian")
            match one.args:
                case (Call(args=(Symbol(type=kind) as x,)) as value,) if len(kind.shape or ()) == 1:
                    hessian = Derivative(value, ((x, ONE), (x, ONE)))
                case _:
                    pass
            return replace(claim, left=hessian) if one is claim.left else replace(claim, right=hessian)
    return claim


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
