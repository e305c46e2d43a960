"""Covariances, Hessians, kernels and masses are symmetric, and texts seldom say so."""

from __future__ import annotations

from collections.abc import Iterator

from derive.judge.doubts.doubt import Weaken, given, left_open, nodes, reread
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT
from derive.term.nodes import Apply, Element, Relation, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import children, free_symbols
from derive.verify.ladder.mentions import reached
from derive.verify.models.shapes import fitted


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    square = {s.name: s for s in (*_square(claim.right, claim), *_square(claim.left, claim))}
    for name in reached(claim.left, claim.scope).keys() - {s.name for s in _square(claim.left, claim)}:
        square.pop(name, None)  # made square by the other side alone, as a lost transposition does
    for name in claim.scope.options.get("turned", "").split():
        square.pop(name, None)  # nor does who transposes it elsewhere in the section
    for node in nodes(claim):
        if isinstance(node, Apply) and node.head == "transpose" and isinstance(node.args[0], Symbol):
            square.pop(node.args[0].name, None)  # who transposes a matrix does not take it for symmetric
    if _left_out(claim.left, claim.right):
        yield reread(claim, claim.right, claim.right)  # all that the step does is to leave transposes out
    if square:
        yield given(claim, *(Relation("=", Apply("transpose", (s,)), s) for s in square.values()))


def _left_out(left: Term, right: Term) -> bool:
    """Whether the right side is the left without the transposes of some letters."""
    match left, right:
        case Apply(head="transpose", args=(Symbol() | Element() as letter,)), _ if letter == right:
            return True
        case _:
            below = children(left), children(right)
            if left == right or type(left) is not type(right) or len(below[0]) != len(below[1]):
                return left == right
            head = getattr(left, "head", None) == getattr(right, "head", None)
            return head and bool(below[0]) and all(map(_left_out, *below))


def _square(side: Term, claim: Claim) -> list[Symbol]:
    """The matrices that a side of the claim needs to be square."""
    symbols = {**reached(side, claim.scope), **_of_entries(side, claim.scope)}
    types = {name: claim.scope.symbols.get(name, s.type) for name, s in symbols.items()}
    return [
        symbols[name]
        for name, kind in fitted(types, [side], claim.scope.definitions).items()
        if kind.shape and len(kind.shape) == 2 and kind.shape[0] == kind.shape[1]
    ]


def _of_entries(side: Term, scope: Scope) -> dict[str, Symbol]:
    """Matrices of which the text gives the entries, `K_{ij} = k(x_i, x_j)`, where they stand whole."""
    found: dict[str, Symbol] = {}
    stack, seen = [side], set[str]()
    while stack:
        for name, symbol in free_symbols(stack.pop()).items():
            definition = scope.definitions.get(name)
            if definition is None or name in seen:
                continue
            seen.add(name)
            if definition.kind == "element" and len(definition.parameters) == 2:
                found[name] = symbol
            stack.append(definition.body)
    return found


DOUBT = Weaken(
    "doubt/symmetric",
    "what holds of symmetric matrices is no error where the text may mean such",
    claims,
    left_open(CONSTRAINT),
    paired=True,
    unsaid=True,
    lifts=(
        "Let $P \\in \\mathbb{R}^{n \\times n}$ and $x \\in \\mathbb{R}^n$. Hence $$\\nabla_x "
        "(x^\\top P x) = 2 P x.$$",
        "Let $P \\in \\mathbb{R}^{n \\times n}$ and $x, y \\in \\mathbb{R}^n$. Hence "
        "$$(x^\\top P y)^\\top = y^\\top P^\\top x = y^\\top P x.$$",
    ),
    stands=(
        "Let $P \\in \\mathbb{R}^{n \\times n}$ and $x \\in \\mathbb{R}^n$. "
        "We write $P^\\top$ for its transpose. "
        "Hence $$\\nabla_x (x^\\top P x) = 2 P x.$$",
        "Let $P \\in \\mathbb{R}^{n \\times n}$ and $x \\in \\mathbb{R}^n$. Hence $$\\nabla_x "
        "(x^\\top P x) = P x.$$",
    ),
)
