"""How a document lays out the derivative of a number by an array: as the array, or as its transpose.

Whoever writes `\\partial L / \\partial b = p - t` for a column b does not write the transpose of
`\\partial L / \\partial W` elsewhere. A gradient, `\\nabla_W L`, is laid out as its array by everybody. What
a claim shows by its own right side counts for the others only.
"""

from __future__ import annotations

from collections.abc import Sequence

from derive.calculus.gradient import shape_of
from derive.calculus.inferred import AS_THE_ARRAY, LAYOUT, with_inferred
from derive.classes import replace
from derive.model import Claim, Decided
from derive.term.nodes import Derivative, Symbol


def with_layouts(entries: Sequence[Claim | Decided]) -> tuple[Claim | Decided, ...]:
    """The entries with the option where it is told."""
    shown = [_shown(e) for e in entries]
    if not any(s is not None for s in shown):
        return tuple(entries)
    plain, turned = shown.count(True), shown.count(False)
    found: list[Claim | Decided] = []
    for entry, own in zip(entries, shown, strict=True):
        others = plain - (own is True), turned - (own is False)
        held = others[0] > 0 and others[1] == 0
        if isinstance(entry, Claim) and isinstance(entry.left, Derivative) and (held or _is_gradient(entry)):
            options = {**entry.scope.options, LAYOUT: AS_THE_ARRAY}
            entry = replace(entry, scope=replace(entry.scope, options=options))
        found.append(entry)
    return tuple(found)


def _is_gradient(claim: Claim) -> bool:
    return claim.latex.lstrip(" &{").startswith("\\nabla")


def _shown(entry: Claim | Decided) -> bool | None:
    """Whether a claim lays a derivative out as the array (True) or as its transpose (False); None where it
    shows nothing: for a square matrix both are alike."""
    if not isinstance(entry, Claim) or not isinstance(entry.left, Derivative) or entry.relation != "=":
        return None
    if len(entry.left.variables) != 1 or not isinstance(entry.left.variables[0][0], Symbol):
        return None
    claim = with_inferred(entry)
    if not isinstance(claim.left, Derivative) or shape_of(claim.left.body) != ():
        return None
    by, right = shape_of(claim.left.variables[0][0]), shape_of(claim.right)
    if not by or not right or _is_gradient(entry):
        return None
    if len(by) == 1:
        return True if len(right) == 1 else False if len(right) == 2 and right[0] == 1 else None
    if by == right[::-1]:
        return None if by == right else False
    return True if by == right else None
