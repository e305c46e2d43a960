"""`x_i` beside X: the i-th row of the matrix, transposed, by the custom of keeping one sample in each row."""

from __future__ import annotations

from collections.abc import Iterator

from derive.calculus.entrywise import size
from derive.classes import replace
from derive.judge.doubts.doubt import Weaken, left_open, reread
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT
from derive.term.construct import transpose
from derive.term.nodes import Apply, Element, Mul, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import map_children, walk


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    scope: Scope = claim.scope
    names = _reached(claim)
    for name in sorted(names):
        matrix = scope.symbols.get(name.upper())
        shape = matrix.shape if matrix is not None else None
        if len(name) != 1 or not name.islower() or shape is None or len(shape) != 2:
            continue
        if name in scope.definitions or name.upper() not in names:
            continue
        rows = Symbol(name.upper(), matrix)  # type: ignore[arg-type]

        def put(term: Term, name: str = name, rows: Symbol = rows) -> Term:
            match term:
                case Element(base=Symbol(name=own), indices=(index,)) if own == name:
                    assert rows.type.shape is not None
                    return Mul((transpose(rows), Apply("unit", (index, size(rows.type.shape[0])))))
                case _:
                    return map_children(term, put)

        definitions = {n: replace(d, body=put(d.body)) for n, d in scope.definitions.items()}
        left, right = put(claim.left), put(claim.right)
        if (left, right, definitions) != (claim.left, claim.right, dict(scope.definitions)):
            yield replace(reread(claim, left, right), scope=replace(scope, definitions=definitions))


def _reached(claim: Claim) -> set[str]:
    """The letters of a claim, through its definitions."""
    scope: Scope = claim.scope
    found: set[str] = set()
    stack = [claim.left, claim.right]
    while stack:
        for node in walk(stack.pop()):
            if isinstance(node, Symbol) and node.name not in found:
                found.add(node.name)
                definition = scope.definitions.get(node.name)
                if definition is not None:
                    stack.append(definition.body)
    return found


DOUBT = Weaken(
    "doubt/rows",
    "a small letter with an index may be a row of the matrix that its capital is",
    claims,
    left_open(CONSTRAINT),
    lifts=(
        "Let $X \\in \\mathbb{R}^{n \\times d}$, $w \\in \\mathbb{R}^d$ and $x_i \\in \\mathbb{R}^d$. Hence "
        "$$\\|X w\\|^2 = \\sum_{i=1}^n (x_i^\\top w)^2.$$",
    ),
    stands=(
        "Let $X \\in \\mathbb{R}^{n \\times d}$, $w \\in \\mathbb{R}^d$ and $x_i \\in \\mathbb{R}^d$. Hence "
        "$$\\|X w\\|^2 = 2 \\sum_{i=1}^n (x_i^\\top w)^2.$$",
    ),
)
