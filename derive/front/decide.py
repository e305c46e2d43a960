"""`derive.decide(latex, given=[…])`: one claim, asserted under assumptions given as LaTeX."""

from __future__ import annotations

from collections.abc import Sequence

from derive.context.givens import gather, scope_from, types_in
from derive.context.lone_claims import asserted
from derive.meaning import elaborate
from derive.model import Claim, Macro, Span, Stance, Status, Verdict
from derive.notation import NotationError
from derive.notation import read as read_display
from derive.notation.conventions import conventional
from derive.notation.syntax import Chain, Display, Row, Syntax, unread_because
from derive.term.nodes import Term
from derive.term.scope import Scope
from derive.verify.budget import CLAIM_SECONDS
from derive.verify.ladder.readings import Alternative


class DeriveError(ValueError):
    """A given cannot be used: the message says which, and what stopped the reader."""


def decide(latex: str, given: Sequence[str] = (), claim_seconds: float | None = None) -> Verdict:
    """Decide one relation (or a chain of them) as asserted for all values that the givens allow.

    `given`: assumptions (`x > 0`), definitions (`f(x) = x^2`, `z = \\theta^\\top x`), declarations
    (`x \\in \\mathbb{R}^n`). A condition behind the claim (`\\sqrt{x^2} = x, \\quad x \\ge 0`) is given too.

    It costs no more than a claim of a document does, for each of its relations: `claim_seconds` of processor
    time (2); what is too dear is undecided.

    Commands have their conventional meaning (`\\R`, `\\E[X]`), as in a document that declares none.

    A claim that cannot be read gives the verdict `unread` with the span that stopped the reader.
    Raises DeriveError for a given that cannot be read or states nothing, and
    `derive.verify.CheckerFault` when the checker contradicts itself.
    """
    try:
        alternatives = claims_of(latex, given)
    except NotationError as error:
        return unread(latex, error)
    from derive.front.budget import Budget
    from derive.judge.doubts import examined, told
    from derive.verify.ladder.tower import decide_alternatives, decide_by_law

    def link(claim: Claim) -> Verdict:
        """As in a document what is refuted is doubted first; nothing was left unsaid."""
        return examined(claim, decide_by_law(claim), decide_by_law, told)

    found: list[Verdict] = []
    most = max((len(alternative.links) for alternative in alternatives), default=1)
    seconds = (claim_seconds or CLAIM_SECONDS) * max(1, most)
    reason = Budget(seconds, 3 * seconds).spent_in(
        lambda: found.append(decide_alternatives(alternatives, link))
    )
    return Verdict(Status.UNDECIDED, reason) if reason is not None else found[0]


def claims_of(latex: str, given: Sequence[str] = ()) -> tuple[Alternative, ...]:
    """The readings of a claim under its givens, best first: for each the links to be decided.

    Raises NotationError for a claim that cannot be read, DeriveError for a given.
    """
    macros = conventional([*given, latex])
    displays = read_givens(given, macros)
    display = read_display(latex, macros)
    found = asserted(display)
    return _alternatives(latex, displays, found.claims, found.conditions, display)


def unread(latex: str, error: NotationError) -> Verdict:
    evidence = {
        "span": {"start": error.span.start, "end": error.span.end},
        "text": latex[error.span.start : error.span.end],
    }
    return Verdict(Status.UNREAD, reason=unread_because(error), evidence=evidence)


def read_givens(given: Sequence[str], macros: Sequence[Macro]) -> list[Display]:
    displays = []
    for latex in given:
        try:
            display = read_display(latex, macros)
            gather([display])
        except NotationError as error:
            where = latex[error.span.start : error.span.end]
            raise DeriveError(
                f"given {latex!r}: {error.what}" + (f" at {where!r}" if where else "")
            ) from None
        displays.append(display)
    return displays


def _alternatives(
    latex: str, displays: list[Display], claims: list[Chain], conditions: list[Chain], display: Display
) -> tuple[Alternative, ...]:
    behind = [Display(c.span, (Row(c.span, (c,)),)) for c in conditions]
    givens = gather([*displays, *behind])
    scope = types_in([*displays, display], givens)
    pieces: list[Syntax] = []
    for statement in givens.statements:
        pieces += [statement.left, statement.right]
    own = len(pieces)
    for chain in claims:
        assert chain.first is not None
        pieces += [chain.first, *(link.right for link in chain.links)]
    alternatives = []
    for reading in elaborate(pieces, scope):
        terms = reading.terms
        alternatives.append(
            Alternative(
                _links(latex, claims, terms[own:], scope_from(scope, givens.statements, terms)),
                reading.choices,
            )
        )
    return tuple(alternatives)


def _links(latex: str, chains: Sequence[Chain], terms: Sequence[Term], scope: Scope) -> tuple[Claim, ...]:
    found: list[Claim] = []
    at = 0
    for chain in chains:
        assert chain.first is not None
        left_span: Span = chain.first.span
        for link in chain.links:
            span = left_span.cover(link.right.span)
            found.append(
                Claim(
                    span,
                    terms[at],
                    link.relation,
                    terms[at + 1],
                    scope,
                    Stance.ASSERTED,
                    latex[span.start : span.end],
                    left_span,
                    link.right.span,
                )
            )
            left_span = link.right.span
            at += 1
        at += 1
    return tuple(found)
