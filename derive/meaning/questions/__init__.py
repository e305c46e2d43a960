"""What the notation leaves open about a letter, one question a file: a table of rules over the facts.

A rule that is `sure` closes its question; any other says which reading comes first, and both are kept.
The examples of a rule are formulas, after the givens that they stand under (`given ;; formula`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from derive.meaning.questions import complement, dot, order, star, subscript
from derive.meaning.questions.applied import anyway, in_scope, unknown
from derive.rules import Rule

TABLES: Mapping[str, Sequence[Rule[Any, Any]]] = {
    "applied": (*anyway.ANYWAY, *in_scope.IN_SCOPE, *unknown.UNKNOWN),
    "complement": complement.TABLE,
    "dot": dot.TABLE,
    "order": order.TABLE,
    "star": star.TABLE,
    "subscript": subscript.TABLE,
}
"""Every table by the name that its rules begin with."""
