"""What nothing defines and is decided all the same: fields, losses, the permutation symbol.

Whoever asks what the sides of a claim are worth, the ladder or the mender's screen, asks this first, since
the sides tell of one another.
"""

from __future__ import annotations

from derive.calculus.epsilon import permutations_written_out
from derive.calculus.fields import written_out
from derive.calculus.losses import linear_losses
from derive.term.nodes import Term
from derive.term.scope import Scope


def spelled(terms: tuple[Term, Term], scope: Scope) -> tuple[Term, Term]:
    """Both sides with all such things taken for what they are; the sides themselves where there are none."""
    return linear_losses(written_out(permutations_written_out(terms, scope), scope), scope)
