"""Bound variables under names of their own, so that their spelling does not count."""

from __future__ import annotations

from derive.classes import replace
from derive.term.nodes import BigOp, Integral, Limit, Term
from derive.term.traverse import bound_here, children, substitute


def height(term: Term) -> int:
    """How many binders are nested in the term."""
    below = max((height(c) for c in children(term)), default=0)
    return below + len(bound_here(term))


def canonical(term: Term) -> Term:
    """Bound variables named by the number of binders inside, so that their spelling does not count."""
    base = height(term)
    match term:
        case BigOp(body=body, binders=binders):
            names = [replace(b.variable, name=f"\\#{base - k}") for k, b in enumerate(binders)]
            renaming: dict[Term, Term] = {b.variable: v for b, v in zip(binders, names, strict=True)}
            new = []
            for b, v in zip(binders, names, strict=True):
                new.append(
                    replace(
                        b,
                        variable=v,
                        lower=_put(b.lower, renaming),
                        upper=_put(b.upper, renaming),
                        domain=_put(b.domain, renaming),
                        condition=_put(b.condition, renaming),
                    )
                )
            return replace(term, body=substitute(body, renaming), binders=tuple(new))
        case Integral(body=body, variable=v) | Limit(body=body, variable=v):
            bound = replace(v, name=f"\\#{base}")
            return replace(term, body=substitute(body, {v: bound}), variable=bound)
        case _:
            return term


def _put(part: Term | None, renaming: dict[Term, Term]) -> Term | None:
    return None if part is None else substitute(part, renaming)
