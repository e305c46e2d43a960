"""The proof levels as the tower asks for them: the normal form in process, proof finders in the worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from derive.terms.nodes import Term
from derive.verify.relations import Question


@dataclass(frozen=True, slots=True)
class Proof:
    """conditions: relations that it needs beyond the scope. generic: it holds only almost everywhere."""

    method: str
    conditions: tuple[Term, ...] = ()
    generic: bool = False
    witness: dict[str, Any] = field(default_factory=dict)


def normal_form(q: Question) -> Proof | None:
    return None


def find(q: Question) -> Proof | None:
    return None


def order(q: Question, *, cheap: bool = False) -> Proof | None:
    return None


def remainder(rest: Term, variable: Term, point: Term | None, order: int, little: bool) -> Proof | None:
    """Whether `rest` is O((variable - point)^order), by its limit; at infinity where the point is None."""
    return None
