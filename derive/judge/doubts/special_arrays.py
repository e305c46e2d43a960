"""`All matrices here are symmetric`: words narrow the models, and no hypothesis says it of a symbol.

What fails for arrays that all have the property fails whichever of them the words mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from derive.context.properties import SPECIAL, property_of
from derive.judge.doubts.doubt import Answers, Weaken, given, left_open
from derive.model import Claim, Status, Verdict
from derive.reasons import CONSTRAINT
from derive.term.nodes import ZERO, Apply, Mul, Probability, Relation, Symbol, Term, Type
from derive.term.traverse import map_children
from derive.verify.ladder.mentions import reached
from derive.verify.models.shapes import fitted


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    """For each of the words the claim about arrays that all have that property."""
    arrays = _arrays(claim)
    for word in _words(claim) if arrays else ():
        if told := _told(word, arrays):
            yield given(claim, *told)


def rest(claim: Claim, answers: Answers) -> Verdict | None:
    """A word that no hypothesis tells, or arrays that could not be tried, leave it open."""
    arrays = _arrays(claim)
    words = _words(claim) if arrays else ()
    untold = any(not _takes(w, arrays) for w in words) or any(a.type.shape is None for a in arrays)
    open_ = any(a.status is not Status.REFUTED for _, a in answers)
    return Verdict(Status.UNDECIDED, CONSTRAINT) if untold or open_ else None


def _words(claim: Claim) -> list[str]:
    words: str = claim.scope.options.get(SPECIAL, "")
    return words.split()


def _told(word: str, arrays: list[Symbol]) -> list[Term]:
    """What the word says of the arrays, of all that it can be said of: orthogonal are square matrices, the
    columns of others, and vectors to one another."""
    told = [h for array in arrays for h in property_of(word, array)]
    if word in ("orthogonal", "orthonormal"):
        told += [h for a in arrays if not property_of(word, a) for h in property_of("orthonormal", a)]
        vectors = [a for a in arrays if a.type.shape is not None and len(a.type.shape) == 1]
        told += [
            Relation("=", Mul((Apply("transpose", (a,)), b)), ZERO)
            for a, b in combinations(vectors, 2)
            if a.type.shape == b.type.shape
        ]
    return told


def _takes(word: str, arrays: list[Symbol]) -> bool:
    """Whether what the word says of these arrays is known: a property of square matrices says nothing of
    others, and that of vectors nothing of matrices."""
    if _told(word, arrays):
        return True
    square = Symbol("A", _kind(2))
    vector = Symbol("a", _kind(1))
    return bool(property_of(word, square) or property_of(word, vector))


def _kind(dimensions: int) -> Type:
    return Type("real", ("n",) * dimensions)


def _arrays(claim: Claim) -> list[Symbol]:
    symbols: dict[str, Symbol] = {}
    for side in (claim.left, claim.right):  # `J(x)` with no x in what it is says nothing of the array x
        reached(_without_densities(side), claim.scope, symbols, parameters=False)
    # a letter that is taken as a number here, `f_j`, is no array for being one elsewhere
    types = {name: claim.scope.symbols.get(name, s.type) for name, s in symbols.items() if s.type.shape != ()}
    shaped = fitted(types, [claim.left, claim.right], claim.scope.definitions)
    return [Symbol(name, kind) for name, kind in shaped.items() if kind.shape != ()]


def _without_densities(term: Term) -> Term:
    """The term without `p(z \\mid x)`: whatever kind of arrays a distribution is of, it is one."""
    return ZERO if isinstance(term, Probability) else map_children(term, _without_densities)


DOUBT = Weaken(
    "doubt/special-arrays",
    "words of the text narrow its arrays in a way that was not read",
    claims,
    left_open(CONSTRAINT),
    rest=rest,
    unsaid=True,
    lifts=(
        "All matrices here are idempotent. Let $P \\in \\mathbb{R}^{n \\times n}$. We have $$P P x = P x$$ "
        "for every $x \\in \\mathbb{R}^n$.",
        "All matrices here are unitary. Let $P \\in \\mathbb{R}^{n \\times n}$. We have $$P P x = 2 x$$ "
        "for every $x \\in \\mathbb{R}^n$.",
    ),
    stands=(
        "All matrices here are idempotent. Let $P \\in \\mathbb{R}^{n \\times n}$. We have $$P P x = 2 P x$$ "
        "for every $x \\in \\mathbb{R}^n$.",
        "All matrices here are idempotent. Let $A \\in \\mathbb{R}^{n \\times n}$. We have "
        "$$D_{KL}(q(z \\mid A) \\,\\|\\, p(z \\mid A)) = "
        "\\sum_z p(z \\mid A) \\log \\frac{q(z \\mid A)}{p(z \\mid A)}.$$",
        "Let $P \\in \\mathbb{R}^{n \\times n}$. We have $$P P x = P x$$ for every $x \\in \\mathbb{R}^n$.",
    ),
)
