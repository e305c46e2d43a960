"""Whether a relation's shapes fit at all: a product, sum or comparison that cannot is ill formed.

It is told only where every array in the two places that clash is declared or forced, by a set, by words or by
use; where a shape was taken from bold letters it is a guess, and the relation goes on to the tower.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.calculus.shapes import Clash, Shape, Shapes, is_open
from derive.model import Claim, Stance, Status, Verdict
from derive.reasons import Reason, Why
from derive.term.nodes import BigOp, Derivative, Dimension, Matrix, Relation, Symbol, Type
from derive.term.scope import Origin, Scope
from derive.term.traverse import free_symbols, walk

_COMPARED = frozenset(("=", ":=", "=:", "defined", "equiv", "approx", "<", "<=", ">", ">=", "!="))


def ill_formed(claim: Claim) -> Verdict | None:
    """The verdict on a relation whose declared or forced shapes fit in no way, None on any other."""
    clash = clash_of(claim)
    if clash is None:
        return None
    rests = {
        name: {"how": o.how, "span": [o.span.start, o.span.end] if o.span is not None else None}
        for name, o in origins_of(clash, claim).items()
    }
    evidence = {
        "kind": "shapes",
        "what": clash.kind,
        "parts": [{"term": term.to_latex(), "shape": written(shape)} for term, shape in clash.parts],
        "from": rests,
    }
    parts = tuple(text for term, shape in clash.parts for text in (term.to_latex(), written(shape)))
    return Verdict(Status.ILL_FORMED, Reason(Why.MISFIT, parts), evidence=evidence)


def clash_of(claim: Claim) -> Clash | None:
    """Where the shapes of a relation clash for sure, as far as they are declared or forced there."""
    left, right, scope = claim.left, claim.right, claim.scope
    if isinstance(left, Symbol) and isinstance(right, Matrix) and claim.stance is not Stance.ASSERTED:
        return None  # a matrix written out says what its letter is from here on
    names = free_symbols(left).keys() | free_symbols(right).keys()
    if not any(_type(n, scope).shape for n in names) and not names & scope.definitions.keys():
        return None
    terms = (Relation("=", left, right),) if claim.relation in _COMPARED else (left, right)
    for derived in (False, True):
        shapes = Shapes(scope.symbols, scope.definitions, habits=True, derived=derived)
        _equated(shapes, scope)
        try:
            for term in terms:
                shapes.of(term)
        except Clash as clash:
            found = origins_of(clash, claim) if clash.sure else {}
            if derived and not _declared_below(clash, claim):
                return None
            if found and not _may_agree(clash, found, claim.stance):
                return clash
    return None


def _declared_below(clash: Clash, claim: Claim) -> bool:
    """Whether the lengths that definitions tell come from arrays whose own lengths are declared."""
    scope: Scope = claim.scope
    seen: set[str] = set()
    stack = [term for term, shape in clash.parts if shape]
    while stack:
        for name, symbol in free_symbols(stack.pop()).items():
            if name in seen:
                continue
            seen.add(name)
            definition = scope.definitions.get(name)
            if definition is not None:
                stack.append(definition.body)
            elif _type(name, scope, symbol).shape:
                origin = scope.origin(name, claim.span.start)
                if origin is None or origin.shape is None:
                    return False
    return True


def _may_agree(clash: Clash, found: dict[str, Origin], stance: Stance) -> bool:
    """Whether the lengths are letters that words alone gave, of another sentence perhaps: they may agree,
    as laws are stated of matrices for which they make sense. "Two vectors x and y" are no longer the ones
    that an earlier exercise took from spaces of its own."""
    if any(isinstance(d, int) or not shape for _, shape in clash.parts for d in shape or (1,)):
        return False  # a number and an array differ whatever its lengths are
    if sum(o.shape is not None for o in found.values()) == 1:
        return False  # `X r` of an r that is made of X: its lengths are those of one sentence
    worded = [o for o in found.values() if o.how == "words"]
    return bool(worded) if stance is Stance.OPEN else any(o.shape is None for o in worded)


def origins_of(clash: Clash, claim: Claim) -> dict[str, Origin]:
    """Where the shapes come from that a clash rests on; empty where one of them is not stated.

    What another section declares counts where one declares all of these letters together: a letter by itself
    may have come to stand for something else.
    """
    scope: Scope = claim.scope
    names = tuple(dict.fromkeys(arrays_in(clash, scope)))
    here = {n: o for n in names if (o := scope.origin(n, claim.span.start)) is not None}
    if len(here) == len(names):
        return here
    for start in {
        o.start for n in names[:1] for o in scope.origins.get(n, ()) if o.start <= claim.span.start
    }:
        together = {n: o for n in names if (o := scope.origin(n, start)) is not None and o.start == start}
        if len(together) == len(names) and all(_one_shape(scope.origins[n]) for n in names):
            return together
    return {}


def _one_shape(origins: tuple[Origin, ...]) -> bool:
    return len({o.shape for o in origins if o.shape is not None}) <= 1


def fits(claim: Claim) -> bool:
    """Whether the shapes of a relation fit by the rules alone, without any habit."""
    shapes = Shapes(claim.scope.symbols, claim.scope.definitions)
    _equated(shapes, claim.scope)
    try:
        shapes.of(Relation("=", claim.left, claim.right))
    except Clash:
        return False
    return True


def arrays_in(clash: Clash, scope: Scope) -> Iterator[str]:
    """The arrays that the shapes of the clashing parts rest on, through definitions too."""
    seen: set[str] = set()
    stack = [term for term, shape in clash.parts if shape]
    while stack:
        for node in walk(stack.pop()):
            if not isinstance(node, Symbol) or node.name in seen:
                continue
            seen.add(node.name)
            if _type(node.name, scope, node).shape:
                yield node.name
            elif (definition := scope.definitions.get(node.name)) is not None:
                stack.append(definition.body)


def written(shape: Shape) -> str:
    """`n × 1`; an untold dimension is a dot."""
    whole: tuple[Dimension, ...] = shape if len(shape) == 2 else (*shape, 1) if shape else (1, 1)
    return " × ".join("·" if is_open(d) else str(d) for d in whole)


def _type(name: str, scope: Scope, symbol: Symbol | None = None) -> Type:
    return scope.symbols.get(name) or (symbol.type if symbol is not None else Type())


def _equated(shapes: Shapes, scope: Scope) -> None:
    """Dimensions that the text sets equal, or equal to something that may be anything, do not differ."""
    letters = {d for t in scope.symbols.values() for d in t.shape or () if isinstance(d, str)}
    equated = {n for n in letters if any(o.how == "equated" for o in scope.origins.get(n, ()))}
    for name in equated | (letters & scope.definitions.keys()):
        shapes.parent[name] = f"?{name}"
    for term in (*scope.hypotheses, *scope.soft):
        if not isinstance(term, Relation) or term.op != "=" or not _between_numbers(term, scope):
            continue
        for name in letters & (free_symbols(term.left).keys() | free_symbols(term.right).keys()):
            if shapes.root(name) == name:
                shapes.parent[name] = f"?{name}"


def _between_numbers(term: Relation, scope: Scope) -> bool:
    """`m = 2n` says something of lengths; a gradient with 1/m before a sum to m, or a trace, does not."""
    for node in walk(term):
        if isinstance(node, BigOp | Derivative):
            return False
        if isinstance(node, Symbol) and _type(node.name, scope, node).shape:
            return False
    return True


__all__ = ["arrays_in", "clash_of", "fits", "ill_formed", "origins_of", "written"]
