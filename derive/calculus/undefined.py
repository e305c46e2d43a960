"""What nothing defines and is decided all the same: fields, losses, steps, the permutation symbol.

Whoever asks what the sides of a claim are worth, the ladder or the mender's screen, asks this first, since
the sides tell of one another.
"""

from __future__ import annotations

from derive.calculus.fields import written_out
from derive.calculus.vectors import PERMUTATION
from derive.term.contents import among, has
from derive.term.nodes import Derivative, Element, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import free_names


def spelled(terms: tuple[Term, Term], scope: Scope) -> tuple[Term, Term]:
    """Both sides with all such things taken for what they are; the sides themselves where there are none."""
    if any(PERMUTATION & free_names(t) for t in terms):
        from derive.calculus.epsilon import permutations_written_out

        terms = permutations_written_out(terms, scope)
    return by_chain_rule(written_out(terms, scope), scope)


def by_chain_rule(terms: tuple[Term, Term], scope: Scope) -> tuple[Term, Term]:
    """Both sides with losses that nothing defines, and with steps of recurrences, written out."""
    if any(isinstance(n.body, Element) for t in terms for n in among(t, Derivative)):
        from derive.calculus.recurrent import steps_written_out  # few documents have a recurrence

        terms = steps_written_out(terms, scope)
    if not _of_slopes(terms, scope):
        return terms
    from derive.calculus.losses import linear_losses

    return linear_losses(terms, scope)


def _of_slopes(terms: tuple[Term, Term], scope: Scope) -> bool:
    """Whether a slope of a letter stands there, or in what a letter is defined to be."""
    known = scope.definitions
    if any(has(known[n].body, Derivative) for t in terms for n in free_names(t) if n in known):
        return True
    return any(isinstance(n.body, Symbol) for t in terms for n in among(t, Derivative))
