"""Vectors and their entries: `\\mathbf w` beside `w_j`, and sums over all of them.

`\\mathbf{w}^\\top \\mathbf{x} = \\sum_{j=1}^m w_j x_j` and `\\|w\\|^2 = \\sum_{j=1}^m w_j^2`: the plain
letter with an index is an entry of the bold one in the same claim, and where nobody tells the length of a
vector, the sum over its entries runs to its end, be they counted from 0 or from 1. A letter that stands in
the claim without an index too, or is defined, is another; one that has a norm and entries is a vector.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from derive.calculus.inferred import retyped
from derive.classes import replace
from derive.expressions import regex
from derive.model import Claim
from derive.term.contents import among
from derive.term.nodes import ONE, ZERO, Apply, BigOp, Element, Symbol, Term, Type
from derive.term.scope import Reading, Scope
from derive.term.traverse import children, free_symbols, map_children, substitute, walk

_BOLD = regex(r"\\(?:mathbf|boldsymbol|bm|vec)\{(\\?[A-Za-z]+)\}")


def with_entries(claim: Claim) -> tuple[Claim, tuple[str, ...]]:
    """The claim with its plain entries as those of its bold vectors and the lengths that its sums tell, and
    what was taken for granted with that, in LaTeX: nobody says that a sum runs to the end of its vector."""
    claim = _with_norms(claim)
    readings = claim.readings or (Reading((claim.left, claim.right)),)
    scope: Scope = claim.scope
    every = _vectors(claim)
    if not every:
        return claim, ()
    vectors = {name: symbol for name, symbol in every.items() if _untold(symbol.type) is not None}
    bold = {
        m[1]: symbol
        for name, symbol in every.items()
        if (m := _BOLD.fullmatch(name)) is not None and _only_with_index(m[1], claim)
    }
    changed = tuple(
        replace(r, terms=tuple(_with_bold(t, bold) for t in r.terms)) if bold else r for r in readings
    )
    sides = changed[0].terms[:2]
    lengths = _lengths(sides, vectors, scope)
    counted = _from_one(sides, vectors)
    if not bold and not lengths and not counted:
        return claim, ()
    if counted:
        changed = tuple(replace(r, terms=tuple(substitute(t, counted) for t in r.terms)) for r in changed)
    if bold:
        hypotheses = tuple(_with_bold(h, bold) for h in scope.hypotheses)
        scope = replace(scope, hypotheses=hypotheses, soft=tuple(_with_bold(e, bold) for e in scope.soft))
    if lengths:
        changed = tuple(replace(r, terms=tuple(_sized(t, lengths) for t in r.terms)) for r in changed)
        symbols = {name: _type(kind, lengths) for name, kind in scope.symbols.items()}
        definitions = {k: replace(d, body=_sized(d.body, lengths)) for k, d in scope.definitions.items()}
        hypotheses = tuple(_sized(h, lengths) for h in scope.hypotheses)
        soft = tuple(_sized(h, lengths) for h in scope.soft)
        scope = replace(scope, symbols=symbols, definitions=definitions, hypotheses=hypotheses, soft=soft)
    left, right = changed[0].terms[:2]
    made = replace(claim, left=left, right=right, readings=changed, scope=scope)
    ends = {**lengths, **{length: last for sum_ in counted for length, last in _last_of(sum_, vectors)}}
    return made, tuple(_granted(symbol, ends) for symbol in vectors.values() if _untold(symbol.type) in ends)


def _granted(vector: Symbol, ends: Mapping[str, str]) -> str:
    return f"{vector.to_latex()} \\in \\mathbb{{R}}^{{{ends[_untold(vector.type) or '']}}}"


def _last_of(sum_: Term, vectors: Mapping[str, Symbol]) -> Iterator[tuple[str, str]]:
    """Counted from 0 to m, the entries are one more than m."""
    for node, over in _sums((sum_,), vectors):
        end = node.binders[0].upper
        yield from ((length, f"{end.to_latex()} + 1") for length in over if end is not None)


def _with_norms(claim: Claim) -> Claim:
    """The claim with the letters as vectors that have a norm and entries: `\\|w\\|_1 = \\sum_j |w_j|`."""
    sides = (claim.left, claim.right)
    normed = {
        a.name
        for s in sides
        for n in among(s, Apply)
        if n.head == "norm" and isinstance(a := n.args[0], Symbol) and a.type.shape == ()
    }
    entries = {e.base.name for s in sides for e in among(s, Element) if isinstance(e.base, Symbol)}
    names = {n for n in normed & entries if n not in claim.scope.definitions}
    if not names:
        return claim

    kinds = {n: Type("real", (f"n_{n}",)) for n in names}
    made = partial(retyped, types=kinds)
    readings = tuple(replace(r, terms=tuple(map(made, r.terms))) for r in claim.readings)
    scope = replace(claim.scope, symbols={**claim.scope.symbols, **kinds})
    return replace(claim, left=made(claim.left), right=made(claim.right), readings=readings, scope=scope)


def _vectors(claim: Claim) -> dict[str, Symbol]:
    """The vectors of the claim that nothing defines."""
    found = {**free_symbols(claim.left), **free_symbols(claim.right)}
    return {
        name: symbol
        for name, symbol in found.items()
        if name not in claim.scope.definitions and len(symbol.type.shape or ()) == 1
    }


def _untold(kind: Type) -> str | None:
    """The name that was made up for the length of a vector."""
    match kind.shape:
        case (str(length),) if length.startswith("n_"):
            return length
        case _:
            return None


def _only_with_index(name: str, claim: Claim) -> bool:
    """Whether a letter stands in the claim with one index each time, and nowhere is more than that."""
    if name in claim.scope.definitions or name in claim.scope.dependencies:
        return False
    sides = (claim.left, claim.right)
    entries = [n for s in sides for n in among(s, Element) if _named(n.base, name)]
    bare = sum(_named(n, name) for s in sides for n in walk(s))
    return bool(entries) and bare == len(entries) and all(len(n.indices) == 1 for n in entries)


def _named(term: Term, name: str) -> bool:
    return isinstance(term, Symbol) and term.name == name


def _with_bold(term: Term, bold: Mapping[str, Symbol]) -> Term:
    match term:
        case Element(base=Symbol(name=name), indices=(index,)) if name in bold:
            return replace(term, base=bold[name], indices=(_with_bold(index, bold),))
        case _:
            return map_children(term, lambda t: _with_bold(t, bold))


def _lengths(sides: Iterable[Term], vectors: Mapping[str, Symbol], scope: Scope) -> dict[str, str]:
    """Made-up length → the letter that the sums over all entries of such a vector end at."""
    ends: dict[str, set[str]] = {}
    for node, over in _sums(sides, vectors):
        (binder,) = node.binders
        end = binder.upper
        known = isinstance(end, Symbol) and not end.type.shape and end.name not in scope.definitions
        told = end.name if known and isinstance(end, Symbol) and binder.lower == ONE else ""
        for length in over:
            ends.setdefault(length, set()).add(told)
    return {k: next(iter(told)) for k, told in ends.items() if len(told) == 1 and "" not in told}


def _sums(sides: Iterable[Term], vectors: Mapping[str, Symbol]) -> Iterator[tuple[BigOp, set[str]]]:
    """The sums over entries of these vectors, each with the made-up lengths of them."""
    for node in (n for s in sides for n in among(s, BigOp)):
        if len(node.binders) != 1 or node.binders[0].domain is not None:
            continue
        over = {
            length
            for e in among(node.body, Element)
            if isinstance(e.base, Symbol)
            and e.base.name in vectors
            and e.indices == (node.binders[0].variable,)
            if (length := _untold(vectors[e.base.name].type)) is not None
        }
        if over:
            yield node, over


def _from_one(sides: Sequence[Term], vectors: Mapping[str, Symbol]) -> dict[Term, Term]:
    """Sums over all entries from 0 to a letter that stands nowhere else → the same from 1 to the length."""
    found: dict[Term, Term] = {}
    last: set[str] = set()
    for node, over in _sums(sides, vectors):
        (binder,) = node.binders
        indices = sum(e.indices == (binder.variable,) for e in among(node.body, Element))
        if binder.lower != ZERO or not isinstance(binder.upper, Symbol) or len(over) != 1:
            return {}
        if sum(n == binder.variable for n in walk(node.body)) != indices:
            return {}
        last.add(binder.upper.name)
        end = Symbol(over.pop(), Type("positive_integer"))
        found[node] = replace(node, binders=(replace(binder, lower=ONE, upper=end),))
    seen = sum(isinstance(n, Symbol) and n.name in last for s in sides for n in walk(s))
    return found if seen == sum(isinstance(n, BigOp) and n in found for s in sides for n in walk(s)) else {}


def _sized(term: Term, lengths: Mapping[str, str]) -> Term:
    if isinstance(term, Symbol):
        kind = _type(term.type, lengths)
        return term if kind is term.type else replace(term, type=kind)
    return map_children(term, lambda t: _sized(t, lengths)) if children(term) else term


def _type(kind: Type, lengths: Mapping[str, str]) -> Type:
    if kind.shape and any(d in lengths for d in kind.shape):
        return replace(kind, shape=tuple(lengths.get(d, d) if isinstance(d, str) else d for d in kind.shape))
    return kind
