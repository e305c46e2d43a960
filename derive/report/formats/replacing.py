"""Which mends a program may put into the file: those of which the exact text to be written is known."""

from __future__ import annotations

from derive.model import Diagnostic, FileReport, Fix

_ESCAPED = frozenset("&<>")
_MARKUP = frozenset({"html", "pretext"})


def replacement(d: Diagnostic, file: FileReport) -> Fix | None:
    """The mend where the formula stands in the file as LaTeX, character by character.

    A notebook's JSON, a Python string with escapes, a formula that quote marks interrupt: what the author
    would have to type there is another text, so nothing is offered but the words. In HTML and XML some
    characters are written as entities.
    """
    fix = d.fix
    if fix is None:
        return None
    formulas = (e.claim.formula for e in file.decided if e.claim is not None and e.claim.formula is not None)
    holding = next(
        (f for f in formulas if f.span.start <= fix.span.start and fix.span.end <= f.span.end), None
    )
    if holding is None or holding.origins is not None:
        return None
    if file.format in _MARKUP and _ESCAPED & set(fix.latex):
        return None
    return fix
