"""The claim is refuted, and no single edit of the kinds that the checker knows mends it.

The counterexample says where it fails; what was meant is left to the reader. Most slips are one small edit
away from what is right. Where none mends the line and the line rests on what stands around it, the
checker may have misunderstood the surroundings: then this is only a note.
"""

from derive.diagnose.case import Case
from derive.diagnose.cause import cause
from derive.model import Diagnostic, Role, Severity
from derive.terms.nodes import Call, Element
from derive.terms.traverse import free_symbols, walk

CODE, NAME = "DRV199", "wrong-step"


def check(case: Case) -> Diagnostic | None:
    step = case.claim.role is Role.STEP
    message = "this does not follow from the side before it" if step else "the two sides differ"
    severity = None if _stands_alone(case) else Severity.INFO
    return case.finding(CODE, NAME, message, span=case.claim.span, severity=severity)


def _stands_alone(case: Case) -> bool:
    """Whether the line says by itself all that its meaning needs: nothing defined or assumed elsewhere, no
    unknown function, no sequence or array, one way to read it."""
    claim = case.claim
    symbols = {**free_symbols(claim.left), **free_symbols(claim.right)}
    scope = claim.scope
    if len(claim.readings) > 1 or scope.hypotheses or scope.substitutions:
        return False
    if any(n in scope.definitions or s.type.shape != () for n, s in symbols.items()):
        return False
    return not any(isinstance(t, Call | Element) for side in (claim.left, claim.right) for t in walk(side))


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We get\n\n$$a + b = b + a = a^3 + 7 b - \\sin b$$\n",),
    valid=("We get\n\n$$a + b = b + a = b - (-a)$$\n",),
)
