"""Whether a printed right side is the law's, by every convention and however the letters are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, permutations

from derive.classes import dataclass, replace
from derive.form.known.matching import matches, plain
from derive.form.known.reading import Law, letters
from derive.mend.case import GOOD, Case
from derive.mend.mending import Mend
from derive.mend.rewrites import Vocabulary
from derive.model import Claim, Status
from derive.term.contents import among
from derive.term.nodes import (
    ONE,
    REAL,
    Apply,
    Call,
    Constant,
    Derivative,
    Div,
    Expectation,
    Probability,
    Relation,
    Symbol,
    Term,
    Type,
)
from derive.term.scope import Reading, Scope
from derive.term.traverse import substitute, walk

_LOST = frozenset(("i", "pi", "e"))
"""Constants that a slip loses."""
_MOST = 3
"""Letters of a law that its left side does not show, and that are tried in every order."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation as the document states it: the equation that a case of the text leads to, too."""

    left: Term
    right: Term
    relation: str = "="


@dataclass(frozen=True, slots=True)
class Instance:
    """A law in the letters of a document, by one convention. `own`: with no letter but the law's."""

    law: Law
    left: Term
    right: Term
    scope: Scope
    own: bool


def stated(claim: Claim) -> tuple[Stated, ...]:
    """The equation of a claim in each of its readings; behind `i = j:` the one that follows."""
    pairs = [(claim.left, claim.right), *(r.terms for r in claim.readings[1:])]
    found = []
    for left, right in pairs:
        if isinstance(left, Probability | Expectation) and isinstance(right, Probability | Expectation):
            continue  # two quantities set equal: that is said of these, and no formula for the one
        if claim.relation == "implies" and isinstance(right, Relation) and right.op == "=":
            found.append(Stated(right.left, right.right))
        elif claim.relation in ("=", ":=", "equiv", "<="):
            found.append(Stated(left, right, "<=" if claim.relation == "<=" else "="))
    return tuple(found)


def instances(law: Law, said: Stated, scope: Scope) -> Iterator[Instance]:
    """The law in the document's letters: every way to match its left side, to name the rest, to agree."""
    if law.known.relation != said.relation:
        return
    for right in law.rights:
        for bound in matches(law.left, said.left):
            yield from _named(law, right, bound, said, scope)


def _named(law: Law, right: Term, bound: dict[Term, Term], said: Stated, scope: Scope) -> Iterator[Instance]:
    rest = [s for s in letters(right).values() if s not in bound and not _is_function(s, right)]
    taken = {s for t in bound.values() for s in letters(t).values()}
    there = [s for s in letters(said.right).values() if s not in taken and not _is_function(s, said.right)]

    def renamed(chosen: tuple[Symbol, ...]) -> int:
        return sum(a.name != b.name for a, b in zip(rest, chosen, strict=True))

    # a letter that the document has under the law's own name is most likely the law's
    orders: Iterable[tuple[Symbol, ...]] = sorted(permutations(there[: _MOST + 1], len(rest)), key=renamed)
    if len(rest) > _MOST or len(there) > _MOST:
        orders = (tuple(rest),) if {s.name for s in rest} <= {s.name for s in there} else ()
    for chosen in orders:
        names: dict[Term, Term] = {**bound, **dict(zip(rest, chosen, strict=True))}
        kept = {k: v for k, v in names.items() if not _is_function_name(k)}
        inside = _scope(law, kept, scope)
        own = all(k == v for k, v in kept.items())
        yield Instance(law, said.left, substitute(right, kept), inside, own)


def _is_function(symbol: Symbol, term: Term) -> bool:
    return any(n.function == symbol for n in among(term, Call))


def _is_function_name(term: Term) -> bool:
    return isinstance(term, Symbol) and term.type.role == "function"


def _scope(law: Law, names: dict[Term, Term], scope: Scope) -> Scope:
    """The document's scope without its definitions, each name a thing of its own; the law's conditions."""
    symbols: dict[str, Type] = dict(scope.symbols)
    for name, declared in law.types.items():
        match names.get(Symbol(name)):
            case Symbol(name=own) if symbols.get(own, REAL) == REAL:
                symbols[own] = declared
            case _:
                pass
    when = tuple(substitute(h, names) for h in law.when)
    return replace(scope, symbols=symbols, definitions={}, substitutions=(), soft=(), hypotheses=when)


def question(case: Case, instance: Instance, right: Term) -> Claim:
    """`law's right side = printed right side`, as a claim in the place of the case's."""
    pair = _opaque_named(*_with_arguments(plain(instance.right), plain(right)))
    return replace(
        case.claim,
        left=pair[0],
        relation="=",
        right=pair[1],
        scope=instance.scope,
        readings=(Reading(pair),),
        cases=(),
    )


def _with_arguments(left: Term, right: Term) -> tuple[Term, Term]:
    """A letter that is differentiated is a function of what it is differentiated by."""
    by: dict[Symbol, dict[Term, None]] = {}
    for node in (n for side in (left, right) for n in among(side, Derivative)):
        for inner in (s for s in among(node.body, Symbol)):
            by.setdefault(inner, {}).update(dict.fromkeys(v for v, _ in node.variables))
    variables = {v for vs in by.values() for v in vs}
    put: dict[Term, Term] = {
        s: Call(Symbol(s.name, Type(role="function")), tuple(vs))
        for s, vs in by.items()
        if s not in variables and vs
    }
    return substitute(left, put), substitute(right, put)


def agrees(case: Case, instance: Instance, right: Term) -> Status | None:
    """What comes of the comparison; with the document's definitions too, where it fails without."""
    claim = question(case, instance, right)
    verdict = case.mender.verdict(claim)
    if verdict is None or verdict.status in GOOD:
        return verdict.status if verdict is not None else None
    own: Scope = case.claim.scope
    if own.definitions or own.hypotheses or own.soft:
        more = replace(
            claim.scope,
            definitions=own.definitions,
            substitutions=own.substitutions,
            hypotheses=(*own.hypotheses, *own.soft, *claim.scope.hypotheses),
        )
        again = case.mender.verdict(replace(claim, scope=more))
        if again is None or again.status in GOOD:
            return again.status if again is not None else None
    return verdict.status


def mend_of(case: Case, instance: Instance, right: Term) -> Mend | None:
    """The one small edit of the printed side that makes it the law's."""
    claim = question(case, instance, right)
    words = case.words
    more = tuple(letters(claim.left).values())
    symbols = (*(s for s in more if s not in words.symbols), *words.symbols)
    constants = {n for n in among(claim.left, Constant) if n.name in _LOST}
    factors = tuple(f for c in constants for f in (c, Div(ONE, c)))
    vocabulary: Vocabulary = replace(words, symbols=symbols[:14], factors=(*factors, *words.factors))
    return case.mender.mend(claim, vocabulary, left=False)


_ATOMS = (Probability, Expectation)
_MOST_TRIED = 16


def one_for_another(case: Case, instance: Instance, right: Term) -> bool:
    """Whether the printed side is the law's with one probability or mean for another, or two exchanged:
    `P(B \\mid A) P(B) / P(A)`."""
    here = tuple(dict.fromkeys(n for n in walk(right) if isinstance(n, _ATOMS)))
    there = tuple(dict.fromkeys(n for n in walk(instance.right) if isinstance(n, _ATOMS)))
    tries: list[dict[Term, Term]] = [{a: b, b: a} for a, b in combinations(here, 2)]
    tries += [{a: b} for a in here for b in there if a != b and b not in here]
    tries += [{a: b} for a in here for b in there if a != b and b in here]
    for change in tries[:_MOST_TRIED]:
        claim = question(case, instance, substitute(right, change))
        verdict = case.mender.verdict(claim)
        if verdict is not None and verdict.status in GOOD:
            return True
    return False


def _opaque_named(left: Term, right: Term) -> tuple[Term, Term]:
    """The sizes of sets as numbers of their own: nothing of them is known but where they stand."""
    sizes = dict.fromkeys(n for side in (left, right) for n in among(side, Apply) if n.head == "cardinality")
    names: dict[Term, Term] = {n: Symbol(f"n_{{{k}}}", Type("positive")) for k, n in enumerate(sizes)}
    return substitute(left, names), substitute(right, names)
