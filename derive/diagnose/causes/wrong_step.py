"""The claim is refuted, and no single edit of the kinds that the checker knows mends it.

The counterexample says where it fails; what was meant is left to the reader.
"""

from derive.diagnose.case import Case
from derive.diagnose.cause import cause
from derive.model import Diagnostic, Role

CODE, NAME = "DRV199", "wrong-step"


def check(case: Case) -> Diagnostic | None:
    step = case.claim.role is Role.STEP
    message = "this does not follow from the side before it" if step else "the two sides differ"
    return case.finding(CODE, NAME, message, span=case.claim.span)


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We get\n\n$$a + b = b + a = a^3 + 7 b - \\sin b$$\n",),
    valid=("We get\n\n$$a + b = b + a = b - (-a)$$\n",),
)
