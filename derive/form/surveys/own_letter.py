"""A letter has itself as its index, where the page gives that index to others.

`\\Delta t_t = X_t - X_{t-}`, `A_A(x) = P(x) + A(x)` beside `P_A`: the letter of the index was put for the
one that has it; so in `h_h + h_0`, where other indices of the letter are numbers. It is told once on a
page: what stands so a second time is a name, as the density `n_n` of neutrons.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from derive.classes import dataclass
from derive.facts.runs import spelled
from derive.form.cause import survey
from derive.form.page import Page, Written
from derive.form.pattern.leaves import part
from derive.model import Diagnostic
from derive.notation.syntax import Name, Scripts

CODE, NAME = "DRV023", "own-letter"
_OTHERS = 2


@dataclass(frozen=True, slots=True)
class _Indexed:
    written: Written
    node: Scripts
    base: str
    below: tuple[str, ...]


def look(page: Page) -> Iterator[Diagnostic]:
    found = list(_indexed(page))
    bases: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    indexed: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for one in found:
        bases[one.below][one.base] += 1
        indexed[one.base].add(one.below)
    for one in found:
        counts = bases[one.below]
        if one.base not in one.below or counts[one.base] > 1:
            continue
        others = indexed[one.base] - {one.below}
        if others and all(len(b) == 1 and b[0].isdigit() for b in others) and _beside(one, found):
            why = f"and ${one.written.text(one.node.base.span)}$ has numbers for it elsewhere"
        elif counts.total() - 1 >= _OTHERS and (not others or len(one.below) > 1):
            why = f"which others have {counts.total() - 1} times"
        else:
            continue  # one of several of its kind: `p_p` beside `p_n`
        if page.open(one.written.formula.locate(one.node.span)):
            text = one.written.text(one.node.span)
            yield page.finding(
                CODE, NAME, f"${text}$ has its own letter as its index, {why}", one.written, one.node.span
            )


def _beside(one: _Indexed, found: Sequence[_Indexed]) -> bool:
    """Whether the formula has the letter with a number for its index, `h_0`."""
    return any(o.written is one.written and o.base == one.base and o.below != one.below for o in found)


def _indexed(page: Page) -> Iterator[_Indexed]:
    for written, node in page.nodes:
        if not (isinstance(node, Scripts) and isinstance(node.base, Name)) or node.sub is None:
            continue
        if not spelled(node.sub):  # `E_{Eff}`
            yield _Indexed(written, node, part(node.base).values[0], part(node.sub).values)


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The path $X_t$ has the jump $$\\Delta t_t = X_t - X_{t-1}.$$\n",
        "The forces at the ends obey $$\\int_0^L f \\, dx + h_h + h_0 = 0.$$\n",
        "The scores are $f_{y_i}$ and $s_{y_i}$ for $y_i$. $$L_i = -y_{y_i} + \\log\\sum_j e^{f_j}$$\n",
        "The sum $P_A(x)$ is sent, and $P_A(x)$ is received.\n\n$$A_A(x) = P(x) + A(x)$$\n",
    ),
    valid=(
        "The path $X_t$ has the jump $$\\Delta X_t = X_t - X_{t-1}.$$\n",
        "With the pressures $p_n$ and $p_p$, the temperatures $T_n$ and $T_p$, the densities are $n_n$ and "
        "$n_p$, and $n = n_n + n_p$.\n",
        "The numbers $R_{Err}$ and $Q_{Err}$ have $E_{Err} = 3$.\n",
        "The field $x_a$ and $y_a$ has $a_b = x_a$.\n",
    ),
)
