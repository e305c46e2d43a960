"""A letter has itself as its index, or is applied to itself.

`n_n = s_{n-1} + a_n`, `\\int x(x) \\, dx`: what counts, or what is put in, stands in the place of what is
counted. It is told where the letter is an index of another letter in the same formula, or stands alone in
its own bracket, once on a page: what stands so a second time is a name.
"""

from __future__ import annotations

import re

from derive.expressions import regex
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import SET_ASIDE, Diagnostic, Severity
from derive.term.nodes import BigOp, Element, Symbol, Term
from derive.term.traverse import free_symbols, walk

CODE, NAME = "DRV078", "own-index"
_APPLIED = regex(r"(?<![\\A-Za-z_^{}])([a-z])\s*(?:\\left\s*)?\(\s*\1\s*(?:\\right\s*)?\)")
_STEP = regex(r"\\(?:[Dd]elta|partial|nabla)\s*$")
"""Before a letter: `\\Delta t(t)` is a function called `\\Delta t`."""
_COUNTS = frozenset("ijklmnpqrst")


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.stance in SET_ASIDE:
        return None
    sides = (claim.left, claim.right)
    for side in sides:
        for node in walk(side):
            match node:
                case Element(base=Symbol(name=name), indices=(Symbol(name=index),)) if name == index:
                    if name in _COUNTS and _counts(name, sides) and not _named_so(case, name):
                        return _finding(case, node, f"${node.to_latex()}$ has its own letter as its index")
                case _:
                    pass
    calls = (m for m in _APPLIED.finditer(claim.latex) if not _STEP.search(claim.latex[: m.start()]))
    found = next(calls, None)
    if found is not None and not _used_so(case, found[1]) and _varies(case, found[1]):
        return _finding(case, None, f"${found[0]}$ applies a letter to itself")
    return None


def _counts(name: str, sides: tuple[Term, ...]) -> bool:
    """Whether the letter is an index of another letter, or runs under a sum."""
    for node in (n for side in sides for n in walk(side)):
        match node:
            case Element(base=Symbol(name=base), indices=indices) if base != name:
                if any(name in free_symbols(i) for i in indices):
                    return True
            case BigOp(binders=binders) if any(b.variable.name == name for b in binders):
                return True
            case _:
                pass
    return False


def _used_so(case: Case, name: str) -> bool:
    """Whether the page applies the letter to itself more than once: `p(p)`, the density of a chance p."""
    own = re.compile(rf"(?<![\\A-Za-z_^{{}}]){name}\s*(?:\\left\s*)?\(\s*{name}\b")
    text = case.document.source.text
    return len(own.findall(text)) > 1


def _named_so(case: Case, name: str) -> bool:
    """Whether the page gives the letter itself as its index more than once: the gate `i_i` of the cell i."""
    own = re.compile(rf"(?<![\\A-Za-z_^{{}}]){name}\s*_\s*(?:{name}(?![A-Za-z])|\{{\s*{name}\s*\}})")
    return len(own.findall(case.document.source.text)) > 1


def _varies(case: Case, name: str) -> bool:
    """Whether the formula integrates, sums or applies something else over the letter."""
    latex = case.claim.formula.latex if case.claim.formula is not None else ""
    return (
        re.search(
            rf"[A-Za-z}}]\s*\(\s*{name}\s*\)|d\s*{name}(?![A-Za-z])|_\s*\{{?\s*{name}\b",
            _APPLIED.sub("", latex),
        )
        is not None
    )


def _finding(case: Case, node: Term | None, message: str) -> Diagnostic:
    where = case.locate(node) if node is not None else None
    return case.finding(CODE, NAME, message, severity=Severity.WARNING, span=where or case.claim.span)


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The partial sums obey $$n_n = s_{n-1} + a_n.$$\n",
        "The density has norm one, $$\\int_{-\\infty}^{\\infty} x(x) \\, dx = 1.$$\n",
    ),
    valid=(
        "The partial sums obey $$s_n = s_{n-1} + a_n.$$\n",
        "The density has norm one, $$\\int_0^1 p(x) \\, dx = 1.$$\n",
        "The gates are $[o_i, f_i, i_i]$, and of the cell we keep $$c_i = f_i c_{i-1} + i_i g_i.$$\n",
        "With a prior on it the chance has $$p(p \\mid y) \\propto p(y \\mid p) p(p).$$\n",
        "The delay of a trace is $$\\Delta t(t) = c_t s(t).$$\n",
        "The entry on the diagonal is $$A_{kk} = x(x + 1) + f(f).$$\n",
    ),
    when="any",
)
