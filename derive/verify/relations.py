"""What every relation needs to be decided: the question, the verdicts, the table of deciders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from derive.model import Status, Verdict
from derive.terms.nodes import Apply, BigOp, Constant, Integral, Limit, Number, Pow, Relation, Symbol, Term
from derive.terms.scope import Scope
from derive.terms.traverse import free_symbols, walk
from derive.verify.trial import Trial


@dataclass(frozen=True, slots=True)
class Question:
    """One relation between two resolved terms in a scope. `depth` counts how often it was split up."""

    left: Term
    relation: str
    right: Term
    scope: Scope
    depth: int = 0

    def about(self, left: Term, relation: str, right: Term) -> Question:
        return replace(self, left=left, relation=relation, right=right, depth=self.depth + 1)

    def under(self, *hypotheses: Term) -> Question:
        return replace(self, scope=self.scope.with_hypotheses(*hypotheses), depth=self.depth + 1)

    @property
    def term(self) -> Relation:
        return Relation(self.relation, self.left, self.right)

    @property
    def symbols(self) -> dict[str, Symbol]:
        return {**free_symbols(self.left), **free_symbols(self.right)}


Decider = Callable[[Question], Verdict]


def undecided(reason: str, **evidence: Any) -> Verdict:
    return Verdict(Status.UNDECIDED, reason=reason, evidence=dict(evidence))


def proved(method: str, conditions: tuple[str, ...] = (), **witness: Any) -> Verdict:
    return Verdict(
        Status.PROVED, conditions=conditions, evidence={"kind": "proof", "method": method, **witness}
    )


def holds(trial: Trial, **evidence: Any) -> Verdict:
    return Verdict(
        Status.HOLDS,
        evidence={"kind": "models", "withstood": trial.withstood, "undefined": trial.undefined, **evidence},
    )


def is_complex(*terms: Term, scope: Scope | None = None) -> bool:
    """Whether complex numbers are meant: the imaginary unit or a complex symbol occurs."""
    for term in terms:
        for node in walk(term):
            if isinstance(node, Constant) and node.name == "i":
                return True
            if isinstance(node, Apply) and node.head in ("conjugate", "Re", "Im", "arg"):
                return True
            if isinstance(node, Symbol):
                declared = scope.symbols.get(node.name) if scope is not None else None
                if (declared or node.type).domain == "complex":
                    return True
    return False


def is_costly(*terms: Term) -> bool:
    """Whether one evaluation is much work: integrals, limits, infinite sums."""
    for term in terms:
        for node in walk(term):
            if isinstance(node, Integral | Limit):
                return True
            if isinstance(node, BigOp) and any(b.upper == Constant("infinity") for b in node.binders):
                return True
    return False


def is_risky(*terms: Term) -> bool:
    """Whether evaluating or expanding may take long in one step that nothing in this process can stop."""
    size = 0
    for term in terms:
        for node in walk(term):
            size += 1
            if isinstance(node, Integral | Limit | BigOp):
                return True
            if isinstance(node, Number) and abs(node.value.numerator) > 10**6:
                return True
            if isinstance(node, Pow) and isinstance(node.exponent, Pow):
                return True
            if isinstance(node, Pow) and isinstance(node.exponent, Number) and abs(node.exponent.value) > 200:
                return True
            if isinstance(node, Apply) and node.head in ("factorial", "double_factorial", "binomial"):
                return True
    return size > 1500
