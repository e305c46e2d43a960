"""A model: an exact value for every free symbol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from derive.classes import dataclass, field, replace
from derive.term.nodes import Term
from derive.verify.evaluate.display import exact_text
from derive.verify.models.structured import HELPER


@dataclass(frozen=True, slots=True)
class Model:
    """values: name → Fraction, Gaussian, nested tuples of them, or a function, sequence, derived value.

    complex: logarithms and roots take principal values. bases: where the indices of an array start.
    guessed: names of symbols whose shape no one stated. sign: what `±` stands for.
    length: how far an index runs whose sum names no range.
    """

    values: Mapping[str, Any]
    complex: bool = False
    bases: Mapping[str, int] = field(default_factory=dict)
    guessed: tuple[str, ...] = ()
    sign: int = 1
    length: int | None = None
    ready: dict[int, dict[str, Any]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """The values as the evaluator uses them, by precision: one model is asked about many terms."""

    known: dict[tuple[Term, int], tuple[Any, int]] | None = field(
        default=None, init=False, compare=False, repr=False
    )
    """What terms are worth here at a precision, or why nothing, with the steps that it took; None where
    nothing is kept."""

    def remembering(self) -> Model:
        """The same model, for one who asks about the same terms again and again."""
        made = replace(self)
        object.__setattr__(made, "known", {})
        return made

    def point(self) -> tuple[tuple[str, str], ...]:
        """The values as text, for a reader, in the order of first appearance."""
        return tuple((name, exact_text(v)) for name, v in self.values.items() if not name.startswith(HELPER))
