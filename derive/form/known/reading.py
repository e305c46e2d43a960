"""Laws as terms: their LaTeX read once, as a document's formula is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from derive.classes import dataclass
from derive.context.givens import gather, scope_from, types_in
from derive.context.lone_claims import asserted
from derive.expressions import regex
from derive.form.known.matching import plain
from derive.laws.law import Known
from derive.meaning import elaborate
from derive.notation import read
from derive.notation.syntax import Syntax
from derive.term.nodes import REAL, Symbol, Term, Type
from derive.term.scope import Scope
from derive.term.traverse import free_symbols


@dataclass(frozen=True, slots=True)
class Law:
    """A known formula as terms; `rights` begin with the one that is shown."""

    known: Known
    left: Term
    rights: tuple[Term, ...]
    when: tuple[Term, ...]
    types: Mapping[str, Type]

    @property
    def names_only(self) -> bool:
        """The left side is a letter: the words alone tell what is meant. `MSE` is a name of its own."""
        return isinstance(self.left, Symbol) and len(self.left.name) == 1


_TOKEN = regex(r"[A-Za-z]{2,}")
_SPELLING = frozenset("operatorname mathbb mid frac bar left right times cdot mathcal overline".split())


def laws_for(latex: str, named: Callable[[str], bool]) -> Iterator[Law]:
    """The known formulas that a formula's text may be about: it has the names that the left side has, and
    the words around it name what must be named. (Reading a law costs more than passing over it.)"""
    from derive.laws.known import KNOWN

    for known in KNOWN:
        if all(t in latex for t in _tokens(known.left)) and (not known.words or named(known.words)):
            yield law_of(known)


@cache
def _tokens(left: str) -> frozenset[str]:
    return frozenset(_TOKEN.findall(left)) - _SPELLING


@cache
def law_of(known: Known) -> Law:
    """The formula as terms. Raises NotationError where its LaTeX cannot be read."""
    sides: list[Term] = []
    for right in (known.right, *known.others):
        left, body, scope = equation(known.left, right, known.when)
        sides += [left, body]
    declared = {n: t for n, t in scope.symbols.items() if t != REAL}
    return Law(known, plain(sides[0]), tuple(sides[1::2]), scope.hypotheses, declared)


def equation(left: str, right: str, when: tuple[str, ...]) -> tuple[Term, Term, Scope]:
    """Both sides, and the scope that the conditions make. Raises NotationError."""
    displays = [read(given) for given in when]
    display = read(f"{left} = {right}")
    (chain,) = asserted(display).claims
    assert chain.first is not None
    givens = gather(displays)
    scope: Scope = types_in([*displays, display], givens)
    pieces: list[Syntax] = []
    for statement in givens.statements:
        pieces += [statement.left, statement.right]
    terms = elaborate([*pieces, chain.first, chain.links[0].right], scope)[0].terms
    return terms[-2], terms[-1], scope_from(scope, givens.statements, terms)


def letters(*terms: Term) -> dict[str, Symbol]:
    """The free letters of the terms, without bounds that only the reader put there."""
    found: dict[str, Symbol] = {}
    for term in terms:
        found.update({n: s for n, s in free_symbols(term).items() if not n.startswith("N_{")})
    return found
