"""What every relation needs to be decided: the question, the verdicts, the table of deciders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from derive.calculus.resolve import measure
from derive.classes import dataclass, replace
from derive.model import Status, Verdict
from derive.reasons import Reason, Why, no_definition
from derive.term.contents import among, has, heads
from derive.term.nodes import (
    Apply,
    BigOp,
    Call,
    Constant,
    Element,
    Expectation,
    Integral,
    Limit,
    Matrix,
    Number,
    Partial,
    Pow,
    Prime,
    Probability,
    Relation,
    Symbol,
    Term,
    Tuple,
)
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, substitute, walk
from derive.verify.evaluate.functions import Dependent, SmoothFunction
from derive.verify.evaluate.values import Array
from derive.verify.ladder.trial import Trial, truth_in
from derive.verify.models.hypotheses import NoModel
from derive.verify.models.search import Model, size


@dataclass(frozen=True, slots=True)
class Question:
    """One relation between two resolved terms in a scope. `depth` counts how often it was split up; of one
    that is only `tried` nobody wants to know why it is refuted."""

    left: Term
    relation: str
    right: Term
    scope: Scope
    depth: int = 0
    tried: bool = False

    def about(self, left: Term, relation: str, right: Term) -> Question:
        return replace(self, left=left, relation=relation, right=right, depth=self.depth + 1)

    def under(self, *hypotheses: Term) -> Question:
        return replace(self, scope=self.scope.with_hypotheses(*hypotheses), depth=self.depth + 1)

    @property
    def term(self) -> Relation:
        return Relation(self.relation, self.left, self.right)

    @property
    def expressible(self) -> bool:
        """Whether SymPy could have something to say: numbers only, no unknown functions."""
        return not any(
            isinstance(n, Call | Element | Matrix | Prime | Partial | Expectation | Probability | Tuple)
            or (isinstance(n, Symbol) and n.type.shape)
            for side in (self.left, self.right)
            for n in walk(side)
        )

    @property
    def has_closed_forms(self) -> bool:
        """Whether there is something in it of which a closed form may be known."""
        return has(self.left, Integral, Limit, BigOp) or has(self.right, Integral, Limit, BigOp)

    @property
    def symbols(self) -> dict[str, Symbol]:
        return {**free_symbols(self.left), **free_symbols(self.right)}


Decider = Callable[[Question], Verdict]


def undecided(reason: Reason | Why, **evidence: Any) -> Verdict:
    given = reason if isinstance(reason, Reason) else Reason(reason)
    return Verdict(Status.UNDECIDED, reason=given, evidence=dict(evidence))


def proved(method: str, conditions: tuple[str, ...] = (), **witness: Any) -> Verdict:
    return Verdict(
        Status.PROVED, conditions=conditions, evidence={"kind": "proof", "method": method, **witness}
    )


ENOUGH = 8
"""Different models that an unproved claim must withstand before it `holds`."""


def enough(trial: Trial, q: Question) -> bool:
    """Whether a claim that no model refuted may be said to hold: it withstood `ENOUGH` different models, or
    all that there are, and no fewer than told nothing."""
    if trial.withstood < max(1, trial.reasons.total()):
        return False
    if trial.withstood >= ENOUGH:
        return True
    try:
        return trial.withstood == trial.tried == size((q.left, q.right), q.scope)
    except NoModel:
        return False


def holds(trial: Trial, **evidence: Any) -> Verdict:
    return Verdict(
        Status.HOLDS,
        evidence={"kind": "models", "withstood": trial.withstood, "undefined": trial.undefined, **evidence},
    )


def is_complex(*terms: Term, scope: Scope | None = None) -> bool:
    """Whether complex numbers are meant: the imaginary unit or a complex symbol occurs."""
    for term in terms:
        if any(node.name == "i" for node in among(term, Constant)) or not _COMPLEX.isdisjoint(heads(term)):
            return True
        for node in among(term, Symbol):
            declared = scope.symbols.get(node.name) if scope is not None else None
            if (declared or node.type).domain == "complex":
                return True
    return False


def is_costly(*terms: Term) -> bool:
    """Whether one evaluation is much work: integrals, limits, infinite sums."""
    return any(
        has(term, Integral, Limit)
        or any(b.upper == Constant("infinity") for node in among(term, BigOp) for b in node.binders)
        for term in terms
    )


def is_long(*terms: Term) -> bool:
    """Whether evaluating or expanding may take many steps: each is short, where `is_risky` says no more."""
    return any(has(term, BigOp) or not _FACTORIALS.isdisjoint(heads(term)) for term in terms)


def is_risky(*terms: Term) -> bool:
    """Whether evaluating or expanding may take long in one step that nothing in this process can stop."""
    if is_costly(*terms):
        return True
    for term in terms:
        if not _FACTORIALS.isdisjoint(heads(term)) and _towers(term):
            return True
        if any(abs(node.value.numerator) > 10**6 for node in among(term, Number)):
            return True
        for node in among(term, Pow):
            if isinstance(node.exponent, Pow):
                return True
            if isinstance(node.exponent, Number) and abs(node.exponent.value) > 200:
                return True
    return sum(measure(term)[1] for term in terms) > 1500


def _towers(term: Term) -> bool:
    """Whether a factorial is of something large, or stands in an exponent: `(n!)!`, `(2^n)!`, `2^{n!}`."""
    for node in among(term, Apply):
        if node.head in _FACTORIALS:
            for arg in node.args:
                if has(arg, Pow) or not _FACTORIALS.isdisjoint(heads(arg)):
                    return True
                if any(abs(number.value) > _LARGE for number in among(arg, Number)):
                    return True
    return any(not _FACTORIALS.isdisjoint(heads(node.exponent)) for node in among(term, Pow))


_LARGE = 100
_COMPLEX = frozenset(("conjugate", "Re", "Im", "arg"))
_FACTORIALS = frozenset(("factorial", "double_factorial", "binomial"))


def guessed_shapes(model: Model) -> Verdict | None:
    """A model with shapes that nobody stated or forced is no evidence of an error: there is no refutation
    that could be doubted, so this is said here and not in the table of doubts."""
    return undecided(no_definition(*model.guessed, of=Why.SHAPE)) if model.guessed else None


def rests_on(q: Question, model: Model, left: object = None, right: object = None) -> dict[str, list[str]]:
    """What a counterexample takes for granted, by kind: the names of it, or the hypothesis that it breaks.

    left, right: the sides' values where they are known.

    It is written into the evidence; whether a refutation that rests on it may be shown, the doubts say.
    """
    found = {
        "function": _one_sided(q, model),
        "length": _untold_length(q),
        "array": _mismatched(q, left, right),
        "outside": _outside(q, model),
    }
    return {kind: names for kind, names in found.items() if names}


def _untold_length(q: Question) -> list[str]:
    """A vector whose length nobody states, on one side by its elements up to a bound, on the other as a
    whole: in `\\sum_{i=1}^n x_i^2 = x^\\top x` the bound is meant for the length."""
    for side, other in ((q.left, q.right), (q.right, q.left)):
        whole = {s.name for s in among(other, Symbol)} - {
            n.base.name for n in among(other, Element) if isinstance(n.base, Symbol)
        }
        for node in among(side, BigOp):
            counted = {b.variable for b in node.binders if isinstance(b.upper, Symbol)}
            for element in walk(node.body):
                match element:
                    case Element(base=Symbol(name=name, type=kind), indices=(index,)) if (
                        index in counted and name in whole
                    ):
                        match q.scope.symbols.get(name, kind).shape:
                            case (str(d),) if d == f"n_{name}":
                                return [name]
                            case _:
                                pass
                    case _:
                        pass
    return []


def _outside(q: Question, model: Model) -> list[str]:
    """The first membership or inequality among the hypotheses that the model breaks as it is stated; or of
    which not even the digits tell whether it keeps it. (Equations are solved, and checked there.)"""
    for hypothesis in q.scope.hypotheses:
        if not isinstance(hypothesis, Relation) or hypothesis.op not in _STATED or is_costly(hypothesis):
            continue
        for relation in _instances(hypothesis, q, model):
            truth, why = truth_in(relation, model)
            if truth is False or (hypothesis.op == "in" and why == Reason(Why.PRECISION)):
                return [hypothesis.to_latex()]
    return []


def _instances(hypothesis: Relation, q: Question, model: Model) -> list[Term]:
    """The hypothesis, or, of a family (`x_i \\in \\mathbb{Z}`), what it says of the elements here."""
    family = hypothesis.left
    if not isinstance(family, Element) or all(n in model.values for n in free_symbols(hypothesis)):
        return [hypothesis]
    elements = {
        node
        for side in (q.left, q.right)
        for node in among(side, Element)
        if node.base == family.base
        and len(node.indices) == len(family.indices)
        and all(n in model.values for n in free_symbols(node))
    }
    return [substitute(hypothesis, dict(zip(family.indices, e.indices, strict=True))) for e in elements]


_STATED = frozenset(("in", "notin", "<", "<=", ">", ">=", "!="))


def _mismatched(q: Question, left: object, right: object) -> list[str]:
    """An array against a number that a symbol stands for (`A A^{-1} = I`): the symbol is no number there."""
    if isinstance(left, Array) is isinstance(right, Array):
        return []
    plain = q.right if isinstance(left, Array) else q.left
    told = {n for h in q.scope.hypotheses if isinstance(h, Relation) and h.op == "in" for n in _put(h.left)}
    counts = {s.name for n in among(plain, BigOp) for b in n.binders if isinstance(s := b.upper, Symbol)}
    return [s.name for s in free_symbols(plain).values() if not s.type.shape and s.name not in told | counts]


def _put(term: Term) -> set[str]:
    """The letters of which it is told in which set they, or their elements, lie."""
    match term:
        case Symbol(name=name) | Element(base=Symbol(name=name)):
            return {name}
        case _:
            return set()


def _one_sided(q: Question, model: Model) -> list[str]:
    """An unknown function that only one side speaks of, and no hypothesis: of it nothing holds in general.

    Random functions refute `f(2) = 4` though the author has some function in mind.
    """
    left, right = free_symbols(q.left), free_symbols(q.right)
    assumed = {name for h in q.scope.hypotheses for name in free_symbols(h)}
    for name, value in model.values.items():
        if isinstance(value, SmoothFunction | Dependent) and (name in left) != (name in right):
            if name not in assumed:
                return [name]
    return []
