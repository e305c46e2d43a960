"""A letter that counts, under a sum or as the index of others, has an index of its own.

`\\sum_{T=0}^n (O_i - T_i)`, `\\max_i |i_i|`: what counts is a whole number, which has no elements. The index
and what it belongs to were exchanged, or one letter was put for both. So in
`\\sum_j e^{z_j} = e^{j_i}` and `p_t + t(x_t)`, where the letter has an index or an argument once on the page,
and is that of others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from derive.facts.pieces import INDEX_LETTERS, walk
from derive.facts.runs import run_together
from derive.form.binding import SUMMING
from derive.form.cause import survey
from derive.form.page import Page, Written
from derive.form.pattern.leaves import part
from derive.model import Diagnostic
from derive.notation.syntax import Big, Chain, Fence, Juxtaposition, Name, Scripts, Syntax

CODE, NAME = "DRV038", "counted-letter"
_WORD = 3
"""Letters run together that spell a word."""
_CHOOSING = frozenset({"max", "min", "argmax", "argmin"})


_OFTEN = 2
"""How often the page has a letter for an index."""


def look(page: Page) -> Iterator[Diagnostic]:
    told: set[tuple[int, int]] = set()
    yield from _counting(page, told)
    yield from _indexing(page, told)


def _counting(page: Page, told: set[tuple[int, int]]) -> Iterator[Diagnostic]:
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


def _indexing(page: Page, told: set[tuple[int, int]]) -> Iterator[Diagnostic]:
    """What indexes others in its formula, and stands once on the page with an index or an argument."""
    uses: Counter[str] = Counter()
    indexing: set[tuple[int, str]] = set()
    dressed: defaultdict[str, list[tuple[Written, Syntax]]] = defaultdict(list)
    for written, node in page.nodes:
        match node:
            case Scripts(base=base, sub=sub, sup=sup):
                for index in (sub, sup if isinstance(sup, Fence) else None):
                    own = base.name if isinstance(base, Name) else None
                    letters = (
                        [x.value for x in part(index).leaves if not x.number] if index is not None else []
                    )
                    uses.update(x for x in letters if x != own)
                    indexing.update((written.number, x) for x in letters if x != own)
                if (
                    sub is not None
                    and isinstance(base, Name)
                    and base.name in INDEX_LETTERS - {*part(sub).values}
                ):
                    dressed[base.name].append((written, node))
            case Juxtaposition(factors=factors):
                words = {id(x) for x in run_together(factors, _WORD)}
                for a, b in pairwise(factors):
                    if isinstance(a, Name) and a.name in INDEX_LETTERS and id(a) not in words:
                        if isinstance(b, Fence) and b.open == "(" and a.span.end == b.span.start:
                            dressed[a.name].append((written, a))
            case _:
                pass
    for name, places in dressed.items():
        written, node = places[0]
        if len(places) > 1 or uses[name] < _OFTEN or (written.number, name) not in indexing:
            continue
        key = (written.number, node.span.start)
        if key not in told and page.open(written.formula.locate(node.span)):
            told.add(key)
            text = written.text(node.span)
            why = f"${text}$ has an index" if isinstance(node, Scripts) else f"${text}$ is applied"
            yield page.finding(CODE, NAME, f"{why}, but ${name}$ is the index of others", written, node.span)


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
        "The weights are $$w_i = \\frac{e^{z_i + c}}{\\sum_j e^{z_j + c}} "
        "= \\frac{e^{j_i}}{\\sum_j e^{z_j}}.$$\n",
        "The sum over the past $x_t$ is $$s_t = p_t + t(x_t).$$\n",
    ),
    valid=(
        "The spread is $$sd_x = \\frac{1}{N} \\sum_{n=1}^N (x_n - mean_x)^2.$$\n",
        "The bias moves by $$b = \\frac{1}{n} \\sum_{i=0}^{n} (O_i - T_i).$$\n",
        "The largest one is $$m = \\max_i |x_i|.$$\n",
        "With the masses $m_1$ and $m_2$ at $x_m$ $$m_1 x_m = m_2 y_m.$$\n",
        "A chain has $$p_t = r (s_t - t (1 - s_t)).$$\n",
        "The step goes to $$\\theta_{k+1} = \\arg \\max_{\\theta} g^T (\\theta - \\theta_k).$$\n",
        "The best weights are $$a = \\max_w \\sum_i w_i x_i.$$\n",
    ),
)
