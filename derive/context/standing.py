"""What settings assume of a document: it holds from its first line to its last."""

from __future__ import annotations

from collections.abc import Sequence

from derive.context.givens import Givens, gather, scope_from
from derive.context.ledger import Hypothesis, Ledger
from derive.facts.document import Evidence
from derive.meaning import elaborate
from derive.model import Macro, Problem, Span
from derive.notation import NotationError, read
from derive.notation.syntax import Display

MOST = 200
"""Things that are assumed of one document."""
Given = tuple[str, Display, Givens]


def readable(given: Sequence[str], macros: Sequence[Macro], faults: list[Problem]) -> list[Given]:
    """Those that state something; of the others it is told."""
    found: list[Given] = []
    if len(given) > MOST:
        faults.append(
            Problem(Span(0, 0), f"the settings assume more than {MOST} things: the rest is left out")
        )
    for latex in given[:MOST]:
        try:
            display = read(latex, macros)
            found.append((latex, display, gather([display])))
        except NotationError as error:
            said = f"the settings assume {latex!r}, which cannot be used: {error.what}"
            faults.append(Problem(Span(0, 0), said))
    return found


def known(given: Sequence[Given], evidence: Evidence) -> None:
    """What they show of their letters is shown of the document's."""
    for _, display, _ in given:
        evidence.gather(display)


def assumed(given: Sequence[Given], ledger: Ledger) -> None:
    """Their definitions and hypotheses, in force from here on."""
    for latex, _, givens in given:
        sides = [side for s in givens.statements for side in (s.left, s.right)]
        if not sides:
            continue  # a declaration: the types of letters are known
        scope = ledger.scope()
        terms = elaborate(sides, scope)[0].terms
        after = scope_from(scope, givens.statements, terms)
        for name, definition in after.definitions.items():
            if scope.definitions.get(name) != definition:
                ledger.define(definition)
        for term in after.hypotheses:
            if term not in scope.hypotheses:
                ledger.assume(Hypothesis(term, latex))
