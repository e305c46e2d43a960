"""The letter that a sum, a product or an extremum counts with has an index of its own.

`\\sum_{T=0}^n (O_i - T_i)`, `\\max_i |i_i|`: what counts is a whole number, which has no elements. The index
and what it belongs to were exchanged, or one letter was put for both.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.facts.pieces import INDEX_LETTERS, walk
from derive.facts.runs import run_together
from derive.form.binding import SUMMING
from derive.form.cause import survey
from derive.form.page import Page
from derive.model import Diagnostic
from derive.notation.syntax import Big, Chain, Juxtaposition, Name, Scripts

CODE, NAME = "DRV038", "counted-letter"
_WORD = 3
"""Letters run together that spell a word."""
_CHOOSING = frozenset({"max", "min", "argmax", "argmin"})


def look(page: Page) -> Iterator[Diagnostic]:
    told: set[tuple[int, int]] = set()
    for written, node in page.nodes:
        if not isinstance(node, Big) or (name := _counts(node)) is None:
            continue
        for found in _indexed(node, name):
            where = written.formula.locate(found.span)
            key = (written.number, found.span.start)
            if key not in told and page.open(where):
                told.add(key)
                yield page.finding(
                    CODE,
                    NAME,
                    f"${written.text(found.span)}$ has an index, but ${name}$ itself counts here",
                    written,
                    found.span,
                )


def _counts(node: Big) -> str | None:
    """The letter that the sign counts with; an extremum may be over anything, so only an index is taken."""
    if node.op not in SUMMING and node.op not in _CHOOSING:
        return None
    match node.sub:
        case Name(name=name, font="", accents=(), word=False):
            return name if node.op in SUMMING or name in INDEX_LETTERS else None
        case Chain(first=Name(name=name, font="", accents=(), word=False), links=(link,)) if (
            link.relation == "="
        ):
            return name if node.op in SUMMING else None
        case _:
            return None


def _indexed(node: Big, name: str) -> Iterator[Scripts]:
    nodes = list(walk([node.body]))
    words = {id(m) for n in nodes if isinstance(n, Juxtaposition) for m in run_together(n.factors, _WORD)}
    for inner in nodes:
        match inner:
            case Scripts() if id(inner) in words:
                continue  # `mean_x`
            case Scripts(base=Name(name=own, accents=()), sub=Name(word=False)) if own == name:
                yield inner
            case _:
                pass


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The bias moves by $$b = \\frac{1}{n} \\sum_{T=0}^{n} (O_i - T_i).$$\n",
        "The norm is $$m = \\sum_i |\\mathbf{i}_i|.$$\n",
    ),
    valid=(
        "The spread is $$sd_x = \\frac{1}{N} \\sum_{n=1}^N (x_n - mean_x)^2.$$\n",
        "The bias moves by $$b = \\frac{1}{n} \\sum_{i=0}^{n} (O_i - T_i).$$\n",
        "The largest one is $$m = \\max_i |x_i|.$$\n",
        "The step goes to $$\\theta_{k+1} = \\arg \\max_{\\theta} g^T (\\theta - \\theta_k).$$\n",
        "The best weights are $$a = \\max_w \\sum_i w_i x_i.$$\n",
    ),
)
