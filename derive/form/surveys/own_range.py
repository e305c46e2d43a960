"""The variable of a sum or product stands in the bounds of its own range.

`\\sum_{k=1}^{k} x_k`, `\\sum_{N=0}^{N-1} u[n]`: a bound says how far the variable goes and cannot depend on
it. Integrals, whose bound is often spelled like their variable, and ranges that go over the elements of a
set are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.facts.pieces import walk
from derive.facts.runs import run_together, spelled
from derive.form.binding import SUMMING
from derive.form.cause import survey
from derive.form.page import Page
from derive.form.pattern.leaves import part
from derive.model import Diagnostic
from derive.notation.syntax import Big, Chain, Juxtaposition, Name, Scripts, Syntax

CODE, NAME = "DRV075", "own-range"


def look(page: Page) -> Iterator[Diagnostic]:
    for written, node in page.nodes:
        if isinstance(node, Big) and node.op in SUMMING and node.sup is not None and _ranged(node):
            if page.open(written.formula.locate(node.span)):
                bound = written.text(node.sup.span)
                yield page.finding(
                    CODE,
                    NAME,
                    f"the {SUMMING[node.op]} runs up to ${bound}$, over a letter that stands there: "
                    "a bound cannot have the letter that it bounds",
                    written,
                    node.span,
                )


def _ranged(node: Big) -> bool:
    match node.sub:
        case Chain(first=Name() as variable, links=(link,)) if link.relation == "=" and node.sup is not None:
            name = part(variable).values[0]
            end = node.sup
            if isinstance(end, Chain) and isinstance(end.first, Name) and end.first.name == variable.name:
                end = end.links[-1].right  # `i = n` above, as below
            return name in _letters(end) and name not in part(link.right).values
        case _:
            return False


def _letters(bound: Syntax) -> frozenset[str]:
    """The letters of a bound; that of `k_0` is another than `k`, `n_{training}` has a word below,
    and `kH` may be a name."""
    nodes = list(walk([bound]))
    scripts = [n for n in nodes if isinstance(n, Scripts) and n.sub is not None]
    named = {id(n.base) for n in scripts} | {id(m) for n in scripts for m in spelled(n.sub)}
    named |= {id(m) for n in nodes if isinstance(n, Juxtaposition) for m in run_together(n.factors)}
    return frozenset(part(n).values[0] for n in nodes if isinstance(n, Name) and id(n) not in named)


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The last share is what is left:\n\n$$s = 1 - \\sum_{k=1}^{k-1} s_k$$\n",
        "The gain is\n\n$$C = \\sum_{p=1}^p r_p$$\n",
    ),
    valid=(
        "The last share is what is left:\n\n$$s_K = 1 - \\sum_{k=1}^{K-1} s_k$$\n",
        "The area is $A(x) = \\int_0^x f(x)\\,dx$, and the gain is\n\n$$C_p = \\sum_{i=1}^p r_i$$\n",
        "The share of what was seen is $$\\sum_{i=1}^{n_{training}} s_i + 1.$$\n",
        "The kernel has the size $kH$.\n\n$$s = \\sum_{k=0}^{kH-1} s_k + 1$$\n",
        "With the end written out $$s = \\sum_{i=1}^{i=n} s_i + 1.$$\n",
        "Over all lengths $$\\sum_{k=1}^{k_0} s_k + 1.$$\n",
    ),
)
