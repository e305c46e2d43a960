"""A model: an exact value for every free symbol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from derive.classes import dataclass, field
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

    def point(self) -> tuple[tuple[str, str], ...]:
        """The values as text, for a reader, in the order of first appearance."""
        return tuple((name, exact_text(v)) for name, v in self.values.items() if not name.startswith(HELPER))
