"""The identity matrix: an `I` that nothing declares, beside square matrices, takes their size."""

from __future__ import annotations

from derive.calculus.gradient import shape_of
from derive.classes import replace
from derive.expressions import regex
from derive.term.contents import among, heads
from derive.term.nodes import Add, Apply, Dimension, Mul, Neg, Relation, Symbol, Term, Type, integer
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, map_children, substitute

_NAME = regex(r"(?:I|\\mathbf\{I\}|\\boldsymbol\{I\}|\\mathbb\{I\}|\\mathrm\{I\})(?:_\{\w+\})?")


def sized(terms: tuple[Term, ...], scope: Scope) -> tuple[Term, ...]:
    """The sides of a relation with each identity of the size of what it is added or equal to:
    `X^\\top X + \\lambda I`, `Q^\\top Q = I`."""
    letters = any(_may_be_identity(node) for term in terms for node in among(term, Symbol))
    written = any("identity" in heads(term) for term in terms) and any(
        _may_be_identity(node) for term in terms for node in among(term, Apply)
    )
    if not letters and not written:
        return terms
    names = {
        name
        for term in terms
        for name in free_symbols(term)
        if _NAME.fullmatch(name) and name not in scope.definitions and not _declared(name, scope)
    }
    if not names and not written:
        return terms

    def visit(node: Term) -> Term:
        match node:
            case Add(args=args):
                node = replace(node, args=_of_one_size(args, names))
            case Relation(op="=", left=left, right=right):
                left, right = _of_one_size((left, right), names)
                node = replace(node, left=left, right=right)
            case _:
                pass
        return map_children(node, visit)

    return tuple(map(visit, _of_one_size(terms, names)))


def _may_be_identity(node: Term) -> bool:
    if isinstance(node, Symbol):
        return "I" in node.name and _NAME.fullmatch(node.name) is not None
    return isinstance(node, Apply) and node.head == "identity" and not node.args


def stands_for_identity(name: str, scope: Scope) -> bool:
    """Whether a name is the identity's, `I` or `I_n`, and nothing says what it is."""
    undefined = name not in scope.definitions and not _declared(name, scope)
    return undefined and _NAME.fullmatch(name) is not None


def _declared(name: str, scope: Scope) -> bool:
    kind = scope.type_of(name)
    return kind is not None and (kind.role != "variable" or kind.domain != "real" or kind.shape is not None)


def _of_one_size(terms: tuple[Term, ...], names: set[str]) -> tuple[Term, ...]:
    """Terms that are added or equal, their identities of the size that one of the others shows."""
    size: Dimension | None = None
    for term in terms:
        if not _identities(term, names):
            shape = shape_of(term)
            if shape is not None and len(shape) == 2 and shape[0] == shape[1]:
                size = shape[0]
    if size is None:
        return terms
    of = integer(size) if isinstance(size, int) else Symbol(size, Type("positive_integer"))
    whole = Apply("identity", (of,))
    return tuple(substitute(term, dict.fromkeys(_identities(term, names), whole)) for term in terms)


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
