"""When an equation between arrays that is no identity is a slip: what is told besides what goes for numbers.

Nothing that is looked for is one transpose from following from the definitions of the text by chance.
"""

from __future__ import annotations

from derive.mend.mending import Mend
from derive.mend.triviality import trivial
from derive.model import Claim
from derive.term.contents import among
from derive.term.nodes import Add, Apply, Call, Element, Mul, Symbol, Term
from derive.term.scope import Definition, Scope
from derive.term.traverse import children, free_symbols
from derive.verify.ladder.mentions import reached

_DEAREST = 1.75
KINDS = frozenset(
    ("sign", "transposition", "missing-factor", "extra-factor", "wrong-factor", "wrong-exponent")
)


def of_arrays(claim: Claim) -> bool:
    """Whether an equation is about arrays, by itself or through what its letters are defined to be."""
    symbols = {**reached(claim.left, claim.scope), **reached(claim.right, claim.scope)}
    return any((claim.scope.symbols.get(n, s.type)).shape for n, s in symbols.items())


def _definition(claim: Claim) -> Definition | None:
    match claim.left:
        case Symbol(name=name) | Call(function=Symbol(name=name)) | Element(base=Symbol(name=name)):
            scope: Scope = claim.scope
            return scope.definitions.get(name)
        case _:
            return None


def said_again(claim: Claim) -> bool:
    """Whether it gives a name that this section defines another value."""
    definition = _definition(claim)
    if definition is None or definition.earlier or definition.law is not None:
        return False
    # of other arguments it may be another function of the same name
    return not isinstance(claim.left, Call) or claim.left.args == definition.parameters


def reworked(mend: Mend) -> bool:
    """Whether what the mended line says of a defined name is more than its definition once more, and the edit
    is inside of it: another sign or factor of the whole makes another quantity of it, on purpose perhaps."""
    definition = _definition(mend.claim)
    inside = mend.edit is not None and mend.edit.side == 1 and bool(mend.edit.path)
    return inside and definition is not None and not trivial(definition.body, mend.claim.right)


def small_for_arrays(claim: Claim, mend: Mend) -> bool:
    """Whether the edit is a slip of the pen: both sides are made of several things."""
    assert mend.edit is not None
    if mend.kind == "transposition" and not (_defined(claim) or isinstance(mend.edit.old, Apply)):
        return False  # `u^\\top S v = v^\\top S u` says that S is symmetric
    several = _made_up(claim.right) and (_made_up(claim.left) or said_again(claim))
    return several and mend.kind in KINDS and mend.edit.cost <= _DEAREST


def _defined(claim: Claim) -> bool:
    """Whether the equation is made of what the text defines: then it follows from that, or it is wrong."""
    scope: Scope = claim.scope
    names = free_symbols(claim.left).keys() | free_symbols(claim.right).keys()
    return not names.isdisjoint(scope.definitions)


def reordered(old: Term, new: Term) -> bool:
    """Whether factors changed places and nothing else."""
    return isinstance(old, Mul) and isinstance(new, Mul | Add) and _transposed(old) == _transposed(new)


def _transposed(term: Term) -> set[Term]:
    return {a.args[0] for a in among(term, Apply) if a.head == "transpose"}


def _made_up(term: Term) -> bool:
    return bool(children(term)) and bool(free_symbols(term))
