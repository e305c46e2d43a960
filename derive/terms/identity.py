"""The identity matrix: an `I` that nothing declares, beside square matrices, takes their size."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.terms.gradient import shape_of
from derive.terms.nodes import Add, Apply, Dimension, Mul, Neg, Symbol, Term, Type, integer
from derive.terms.scope import Scope
from derive.terms.traverse import free_symbols, map_children, substitute, walk

_NAME = re.compile(r"(?:I|\\mathbf\{I\}|\\boldsymbol\{I\}|\\mathbb\{I\}|\\mathrm\{I\})(?:_\{\w+\})?")


def sized(term: Term, scope: Scope) -> Term:
    """`X^\\top X + \\lambda I` with the identity of the size of the sum's other terms."""
    candidates = [node for node in walk(term) if _may_be_identity(node)]
    if not candidates:
        return term
    names = {
        name
        for name in free_symbols(term)
        if _NAME.fullmatch(name) and name not in scope.definitions and not _declared(name, scope)
    }
    if not names and all(isinstance(node, Symbol) for node in candidates):
        return term

    def visit(node: Term) -> Term:
        if isinstance(node, Add):
            node = _sized_sum(node, names)
        return map_children(node, visit)

    return visit(term)


def _may_be_identity(node: Term) -> bool:
    if isinstance(node, Symbol):
        return "I" in node.name and _NAME.fullmatch(node.name) is not None
    return isinstance(node, Apply) and node.head == "identity" and not node.args


def _declared(name: str, scope: Scope) -> bool:
    kind = scope.type_of(name)
    return kind is not None and (kind.role != "variable" or kind.domain != "real" or kind.shape is not None)


def _sized_sum(node: Add, names: set[str]) -> Add:
    size: Dimension | None = None
    for arg in node.args:
        if not _identities(arg, names):
            shape = shape_of(arg)
            if shape is not None and len(shape) == 2 and shape[0] == shape[1]:
                size = shape[0]
    if size is None:
        return node
    of = integer(size) if isinstance(size, int) else Symbol(size, Type("positive_integer"))
    whole = Apply("identity", (of,))
    args = tuple(substitute(arg, dict.fromkeys(_identities(arg, names), whole)) for arg in node.args)
    return replace(node, args=args)


def _identities(arg: Term, names: set[str]) -> tuple[Term, ...]:
    """The identities that a term of a sum is, or has as a factor."""
    match arg:
        case Symbol(name=name) if name in names:
            return (arg,)
        case Apply(head="identity", args=()):
            return (arg,)
        case Neg(arg=inner):
            return _identities(inner, names)
        case Mul(args=factors):
            return tuple(i for f in factors for i in _identities(f, names))
        case _:
            return ()
